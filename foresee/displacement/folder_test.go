package displacement

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"casus"
)

// tarn reads the invented conflict with some files in the place of its own.
func tarn(t testing.TB, s Settings, instead map[string]string) (*Conflict, error) {
	t.Helper()
	load := func(dir string) fstest.MapFS {
		out := fstest.MapFS{}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			data, err := fs.ReadFile(os.DirFS(dir), e.Name())
			if err != nil {
				t.Fatal(err)
			}
			out[e.Name()] = &fstest.MapFile{Data: data}
		}
		return out
	}
	input, counted := load("testdata/tarn/input"), load("testdata/tarn/counted")
	for name, text := range instead {
		if _, isCount := counted[name]; isCount {
			counted[name] = &fstest.MapFile{Data: []byte(text)}
		} else {
			input[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return ReadFlee(input, counted, s)
}

func TestAFolderIsReadAsItIs(t *testing.T) {
	c, err := tarn(t, Default(), nil)
	if err != nil {
		t.Fatal(err)
	}
	in := c.Input
	if in.Start.String() != "2031-03-01" || in.Days != 90 || len(in.Places) != 9 || len(in.Routes) != 9 {
		t.Errorf("%s, %d days, %d places, %d routes", in.Start, in.Days, len(in.Places), len(in.Routes))
	}
	if p := in.Places[6]; p.Name != "Anholt" || p.Kind != Camp || p.Capacity != 9000 || p.Residents != 0 || p.Present != 400 {
		t.Errorf("the camp is read as %+v", p)
	}
	if p := in.Places[5]; p.Kind != Hub {
		t.Errorf("the hub is read as %+v", p)
	}
	if r := in.Routes[6]; r != (Route{A: "Ferry", B: "Anholt", KM: 55, Forced: AToB}) {
		t.Errorf("the redirection is read as %+v", r)
	}
	want := []Zone{{"Brel", 0, 30, 1}, {"Brel", 30, 70, 0.5}, {"Osmer", 12, Never, 1}, {"Kolde", 40, Never, 1}}
	for i, z := range want {
		if in.Zones[i] != z {
			t.Errorf("zone %d is %+v, want %+v", i, in.Zones[i], z)
		}
	}
	// Sel was counted anew on 10 May: 9400 became 8100, and so earlier counts too.
	if got := c.Counts.Series[2].On(in.Start.AddDays(42)); got != 5200*8100/9400 {
		t.Errorf("Sel on 12 April is %d, want %d", got, 5200*8100/9400)
	}
	if sum := c.Counts.Sum(in.Start.AddDays(89)); sum != 19420 {
		t.Errorf("%d people on the last day, want 19420", sum)
	}
	arrived := 400
	for _, n := range in.Arrivals {
		arrived += n
	}
	if arrived != 19420 {
		t.Errorf("%d people flee, want as many as are counted, 19420", arrived)
	}
}

func TestBadFiles(t *testing.T) {
	for _, c := range []struct{ file, text, says string }{
		{"routes.csv", "#a,b,km\nBrel,Atlantis,40\n", `routes.csv:2: the route Brel – Atlantis ends in "Atlantis", which is no place`},
		{"routes.csv", "Brel,Osmer,-4\n", "routes.csv:1: route Brel – Osmer: its length is -4 km"},
		{"routes.csv", "Brel,Osmer,near\n", `routes.csv:1: the distance is "near". Write a number.`},
		{"routes.csv", "Brel,Brel,4\n", "routes.csv:1: route Brel – Brel: it leads from a place to itself"},
		{"routes.csv", "Brel,Osmer,4,7\n", "routes.csv:1: the forced redirection is 7"},
		{"locations.csv", "Brel,,Tarn,46,21,camp,,-5\n", "locations.csv:1: the population or capacity is -5"},
		{"locations.csv", "Brel,,Tarn,146,21,town,,5\n", "locations.csv:1: place Brel: latitude 146 and longitude 21 are not on Earth"},
		{"locations.csv", "Brel,,Tarn,46,21,town,,5\nBrel,,Tarn,46,21,town,,5\n", "locations.csv:2: Brel stands here a second time"},
		{"locations.csv", "#name\n", "locations.csv: it names no place"},
		{"sim_period.csv", "StartDate,2031-02-30\nLength,9\n", "sim_period.csv:1: date"},
		{"sim_period.csv", "StartDate,2031-02-01\nLength,0\n", "sim_period.csv:2: the period has 0 days"},
		{"sim_period.csv", "Length,9\n", "sim_period.csv: the first day or the number of days is missing"},
		{"conflicts.csv", "#Day,Brel\n0,1\n0,1\n", "conflicts.csv:3: day 0 stands after day 0"},
		{"conflicts.csv", "#Day,Brel\n0,-1\n", "conflicts.csv:2: the fighting in Brel is -1"},
		{"closures.csv", "wall,Brel,Osmer,0,5\n", `closures.csv:1: "wall" is no type of closure`},
		{"closures.csv", "country,Tarn,Narnia,0,5\n", "closures.csv:1: closure Tarn – Narnia: no place is in one of the two countries"},
		{"closures.csv", "link,Brel,Osmer,9,5\n", "closures.csv:1: closure Brel – Osmer: it ends on day 5 and begins on day 9"},
		{"location_changes.csv", "Moon,camp,5\n", `location_changes.csv:1: "Moon" is no place of locations.csv`},
		{"location_changes.csv", "Hask,camp,-5\n", "location_changes.csv:1: the day is -5"},
		{"location_changes.csv", "Hask,marker,5\n", `location_changes.csv:1: Hask becomes "marker". A marker is one on all days`},
		{"major_routes.csv", "Brel,Moon\n", `major_routes.csv:1: "Moon" is no place of locations.csv`},
		{"major_routes.csv", "Brel,Osmer,Sel\n", "major_routes.csv:1: routes.csv has no route from Osmer to Sel"},
		{"region_attributes_IPC.csv", "#Day,Upper Tarn\n0,120\n", "region_attributes_IPC.csv:2: the share of hungry people in Upper Tarn is 120"},
		{"region_attributes_IPC.csv", "Dates,Upper Tarn\n9,10\n9,12\n", "region_attributes_IPC.csv:3: day 9 stands after day 9"},
		{"registration_corrections.csv", "Sel,soon\n", "registration_corrections.csv:1: date"},
		{"data_layout.csv", "total,refugees.csv\n", "data_layout.csv: it names no camp"},
		{"data_layout.csv", "Sel,../../secret.csv\n", `data_layout.csv:1: "../../secret.csv" is not a file of this folder`},
		{"data_layout.csv", "Sel,lost.csv\n", "data_layout.csv:1: a file that it names cannot be read"},
		{"sel.csv", "Date,Count\n2031-03-01,many\n", `sel.csv:2: the count is "many"`},
		{"sel.csv", "Date,Count\n2031-03-01,4\nyesterday,5\n", "sel.csv:3: date"},
	} {
		_, err := tarn(t, Default(), map[string]string{c.file: c.text})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q in %s: %v\nwant %s", c.text, c.file, err, c.says)
		}
		if err != nil && casus.CodeOf(err) != casus.Invalid {
			t.Errorf("%q in %s: the code is %s", c.text, c.file, casus.CodeOf(err))
		}
	}
}

// withAFlood are the places of the invented conflict, one of them a flood zone.
const withAFlood = `#name,region,country,lat,lon,location_type,conflict_date,population
Brel,Upper Tarn,Tarn,46.10,21.20,conflict_zone,0,64000
Osmer,Upper Tarn,Tarn,46.35,21.85,conflict_zone,12,38000
Kolde,Lower Tarn,Tarn,45.60,21.95,conflict_zone,40,91000
Hask,Lower Tarn,Tarn,45.75,21.30,town,,27000
Mirren,Lower Tarn,Tarn,45.95,22.40,flood_zone,,15000
Ferry,East,Vey,46.20,22.90,forwarding_hub,,
Anholt,East,Vey,46.30,23.45,camp,,9000
Dravik,South,Vey,45.55,22.85,camp,,4000
Sel,West,Lund,45.40,20.75,camp,,12000
`

func TestNotesForAPerson(t *testing.T) {
	for _, c := range []struct{ file, text, says string }{
		{"closures.csv", "location,Brel,Osmer,0,5\n", "closures.csv:1: Brel is closed towards Osmer only"},
		{"closures.csv", "country,Tarn,Lund,100,200\n", "closures.csv:1: day 100 is past the 90 days of the period"},
		{"conflicts.csv", "#Day,Brel,Atlantis\n0,1,1\n", "there is fighting in Atlantis, which is no place"},
		{"data_layout.csv", "Sel,sel.csv\nMoon,sel.csv\n", "data_layout.csv: Moon is no place"},
		{"sel.csv", "2031-03-01,4\n2031-03-09,8\n2030-03-10,9\n", "sel.csv:3: 2030-03-10 stands after 2031-03-09"},
		{"routes.csv", "Brel,Anholt,90,2\nAnholt,Sel,10,1\n", "Anholt is a camp, and no closure ends that its people are sent on to Sel"},
		{"demographics_age.csv", "x", "demographics_age.csv is not used: where people go does not depend on who they are, unless children_avoid_hazards is set"},
		{"demographics_religion.csv", "x", "demographics_religion.csv is not used: rules ask for age and gender only"},
		{"flood_level.csv", "#Day,Hask\n0,1\n", "flood_level.csv is not used: people flee from fighting and hunger here, not from floods"},
		{"agents.csv", "x", "agents.csv is not used"},
		{"clsures.csv", "x", "clsures.csv is not used: no file of this name is known"},
		{"location_changes.csv", "Hask,camp,500\n", "location_changes.csv:1: day 500 is past the 90 days of the period"},
		{"region_attributes_IPC.csv", "#Day,Moon\n0,12\n", "no place of locations.csv lies in the region Moon"},
		{"locations.csv", withAFlood, "Mirren is a flood zone: it is taken as a town"},
		{"routes.csv", "#a,b,km\n", "there is no route: all stay where they are"},
		{"routes.csv", "Osmer,Mirren,81\n", "no route leads out of Brel: who flees from there stays there"},
		{"conflicts.csv", "#Day,Sel\n0,1\n", "Sel is a camp with fighting in it"},
		{"conflicts.csv", "#Day,Ferry\n0,1\n", "nobody lives in Ferry: the fighting there drives nobody out"},
		{"conflicts.csv", "#Day,Ferry\n0,1\n", "nobody lives where there is fighting"},
		{"conflicts.csv", "#Day,Brel\n0,0\n95,1\n", "the fighting in Brel begins on day 95, past the 90 days of the period"},
		{"sel.csv", "Date,Count\n", "data_layout.csv: nobody was ever counted in Sel"},
	} {
		got, err := tarn(t, Default(), map[string]string{c.file: c.text})
		if err != nil {
			t.Errorf("%q in %s: %v", c.text, c.file, err)
			continue
		}
		if !strings.Contains(strings.Join(got.Notes, "\n"), c.says) {
			t.Errorf("%q in %s: the notes are %q\nwant %s", c.text, c.file, got.Notes, c.says)
		}
	}
}

func TestDemographicsAreRead(t *testing.T) {
	s := Default()
	s.AvoidHazards = true
	ages := "age,Default,Sel\n10,30,0\n16,10,0\n30,40,100\n70,20,0\n"
	genders := "gender,Default\nmale,0.4\nfemale,0.6\n"
	read := func(ages, genders string) (Place, Place, error) {
		files := map[string]string{"demographics_age.csv": ages}
		if genders != "" {
			files["demographics_gender.csv"] = genders
		}
		c, err := tarn(t, s, files)
		if err != nil {
			return Place{}, Place{}, err
		}
		return c.Input.Places[0], c.Input.Places[8], nil
	}
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %g, want %g", what, got, want)
		}
	}
	brel, sel, err := read(ages, genders)
	if err != nil {
		t.Fatal(err)
	}
	near("the young, the old and women", brel.Careful, 0.6+0.4*0.6) // 60 of 100 are below 19 or above 59
	near("grown-ups only", sel.Careful, 0.6)
	s.BoysTakeRisk = true
	if brel, sel, err = read(ages, genders); err != nil {
		t.Fatal(err)
	}
	near("males above 14", brel.Bold, 0.4*0.7)
	near("all others", brel.Careful, 1-0.4*0.7)
	near("men", sel.Bold, 0.4)
	for text, says := range map[string]string{
		"age,Default\nold,1\n": `demographics_age.csv:2: "old" is no age`,
		"age,Default\n10,-1\n": "demographics_age.csv:2: the weight of 10 is -1",
		"age,Brel\n10,1\n":     "demographics_age.csv:1: there is no column Default, and none for Osmer",
	} {
		if _, _, err := read(text, ""); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %s", text, err, says)
		}
	}
}

func TestGapsAreBridged(t *testing.T) {
	day := func(s string) casus.Date {
		d, err := casus.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	s, _, err := readSeries("x.csv", []byte("2031-03-10,100\n2031-03-12,\n2031-03-13,175\n"), false)
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]int{"2031-01-01": 100, "2031-03-10": 100, "2031-03-11": 125, "2031-03-12": 150, "2031-03-13": 175, "2032-01-01": 175} {
		if got := s.On(day(date)); got != want {
			t.Errorf("on %s %d, want %d", date, got, want)
		}
	}
}

// FuzzFolder reads any bytes as each file of a folder: it may refuse them, and
// what it takes runs, keeps everybody and gives figures.
func FuzzFolder(f *testing.F) {
	for i, name := range fuzzed() {
		data, err := os.ReadFile("testdata/tarn/" + name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			f.Fatal(err)
		}
		f.Add(uint8(i), string(data))
	}
	f.Add(uint8(8), "Hask,camp,5\nSel,conflict_zone,9\n")
	f.Add(uint8(11), "age,Default,Brel\n4,1,2\n70,0.5,\n")
	f.Add(uint8(12), "gender,Default\nmale,1\nfemale,1\n")
	f.Add(uint8(9), "Brel,Osmer,Mirren\n")
	f.Add(uint8(10), "#Day,Upper Tarn,Lower Tarn\n0,5,40\n30,60,\n")
	f.Add(uint8(2), "Brel,Osmer,0.001\nOsmer,Sel,1e-9,1\n")
	f.Add(uint8(1), "\"Brel,,Tarn\n\x00")
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		names := fuzzed()
		name := names[int(which)%len(names)]
		_, base, _ := strings.Cut(name, "/")
		asked := Default()
		asked.AvoidHazards, asked.BoysTakeRisk = true, true
		for _, s := range []Settings{Default(), Flee(), asked} {
			c, err := tarn(t, s, map[string]string{base: text})
			if err != nil {
				continue
			}
			c.Input.Days = min(c.Input.Days, 40)
			s.Hasten = 50
			out, err := Run(context.Background(), c.Input, s, 1)
			if err != nil {
				continue // what the rows say each for itself, they may not say together
			}
			for i, n := range out.People {
				if n < 0 {
					t.Fatalf("%d people at %d", n, i)
				}
			}
		}
	})
}

func fuzzed() []string {
	return []string{"input/sim_period.csv", "input/locations.csv", "input/routes.csv", "input/conflicts.csv", "input/closures.csv",
		"input/registration_corrections.csv", "counted/data_layout.csv", "counted/sel.csv",
		"input/location_changes.csv", "input/major_routes.csv", "input/region_attributes_IPC.csv", "input/demographics_age.csv", "input/demographics_gender.csv"}
}

// FuzzSettings reads any bytes as settings; what it takes is written and read as the same.
func FuzzSettings(f *testing.F) {
	f.Add("move_rules:\n  max_move_speed: 200.0\n  start_on_foot: True\nspawn_rules:\n  conflict_spawn_decay: [1.0,0.5]\n  insert_day0: False\noptimisations:\n  hasten: 10\n")
	f.Add("spawn_rules:\n  conflict_driven_spawning:\n    spawn_mode: poisson\n    displaced_per_conflict_day: 20\n")
	f.Add("move_rules: 7")
	f.Add("- a\n- b")
	f.Fuzz(func(t *testing.T, text string) {
		s, _, err := ReadSettings("x.yml", []byte(text), FleeCode())
		if err != nil {
			return
		}
		again, notes, err := ReadSettings("again.yml", WriteSettings(s), FleeCode())
		if err != nil || len(notes) > 0 {
			t.Fatalf("what was written of %q is not read: %v %q", text, err, notes)
		}
		if a, b := string(WriteSettings(s)), string(WriteSettings(again)); a != b {
			t.Fatalf("%q is written as\n%s\nand then as\n%s", text, a, b)
		}
	})
}
