package refdata

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"casus"
)

var openOnce = sync.OnceValues(Open)

// open returns the embedded reference data.
func open(t testing.TB) *World {
	t.Helper()
	w, err := openOnce()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestPlacesAreFoundByName(t *testing.T) {
	w := open(t)
	cases, err := os.ReadFile("testdata/placesnamed.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(cases)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var got []string
		for _, p := range w.PlacesNamed(name) {
			got = append(got, fmt.Sprintf("%s=%s", p.ID, p.Kind))
		}
		if found := strings.Join(got, ";"); found != want {
			t.Errorf("%s:\n got %s\nwant %s", name, found, want)
		}
	}
}

func TestAPlaceIsFoundByIDWithWhatReviewAndGazetteerKnowOfIt(t *testing.T) {
	w := open(t)
	for _, want := range []Place{
		{"afg/kunduz", "Kunduz", City, "afg", 36.729, 68.857, true, 161902, true},
		{"afg/bagram", "Bagram", Base, "afg", 34.946, 69.265, true, 0, true},
		{"afg/bagram-district", "Bagrām", District, "afg", 34.959, 69.247, true, 0, false}, // the base keeps the plain id
		{"pse/gaza", "Gaza", Region, "pse", 31.42, 34.36, true, 0, true},
		{"abkhazia/sukhumi", "Sukhumi", City, "abkhazia", 43.003, 41.015, true, 81546, true},
		{"geo/sokhumi", "Sukhumi", City, "abkhazia", 43.003, 41.015, true, 81546, true}, // same_as
		{"nagorno-karabakh", "Nagorno-Karabakh", Country, "nagorno-karabakh", 0, 0, false, 0, true},
	} {
		got, ok := w.Place(want.ID)
		if want.ID == "geo/sokhumi" {
			want.ID = "abkhazia/sukhumi"
		}
		if !ok || got != want {
			t.Errorf("got  %+v, %v\nwant %+v", got, ok, want)
		}
	}
	if p, ok := w.Place("afg/atlantis"); ok {
		t.Errorf("there is no afg/atlantis, got %+v", p)
	}
}

func TestTheEmbeddedCitiesAreWhole(t *testing.T) {
	w := open(t)
	if err := w.LoadCities(); err != nil {
		t.Fatal(err)
	}
	g, err := w.gazetteer()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(g.cities.lines); n < 30000 {
		t.Errorf("only %d places", n)
	}
	for id := range w.places.sameAs {
		if _, ok := g.cities.find(id); !ok {
			t.Errorf("places.tsv: same_as %s is not in %s", id, citiesFile)
		}
	}
	for line := range g.cities.lines {
		p := g.cities.at(line)
		if _, known := w.Actor(p.Country); !known {
			t.Errorf("%s: no country %s", p.ID, p.Country)
		}
		if back, ok := w.Place(g.atLine(line).ID); !ok || back != g.atLine(line) {
			t.Errorf("%s is found as %+v", p.ID, back)
		}
	}
	if !strings.Contains(g.cities.text[:500], "GeoNames, www.geonames.org, licence CC BY 4.0") {
		t.Error("the header does not name the source and its licence")
	}
}

func TestABrokenGazetteerIsAnErrorAndReviewedPlacesRemain(t *testing.T) {
	good := "abw/oranjestad\tcity\tOranjestad\t12.524\t-70.027\t29998\toranjestad\n"
	for problem, packed := range map[string]string{
		"EOF":                     "",
		"unexpected EOF":          pack(t, good)[:40],
		"2 cells for 7 columns":   pack(t, "abw/oranjestad\tcity\n"),
		"is not an id":            pack(t, strings.Replace(good, "abw/", "ABW/", 1)),
		"kind \"town\"":           pack(t, strings.Replace(good, "city", "town", 1)),
		"latitude and longitude":  pack(t, strings.Replace(good, "12.524", "112.524", 1)),
		"not a number of people":  pack(t, strings.Replace(good, "29998", "many", 1)),
		"cities.tsv.gz:2: id abw": pack(t, good+good),
	} {
		g, err := openGazetteer(open(t).places, packed)
		if err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("%s: got error %v", problem, err)
		}
		if p, ok := g.place("afg/jalalabad"); !ok || p.Name != "Jalalabad" {
			t.Errorf("%s: the reviewed Jalalabad is lost", problem)
		}
	}
}

func pack(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func FuzzIndexCities(f *testing.F) {
	f.Add("# a comment\nabw\tcountry\t\t12.505\t-69.99\t\t\nabw/oranjestad\tcity\tOranjestad\t12.5\t-70\t29998\toranjestad;playa\n")
	f.Add("abw\tcountry\t\t\t\t\t;;")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := indexCities(text)
		if err != nil {
			return
		}
		for line := range table.lines {
			id := table.at(line).ID
			if at, ok := table.find(id); !ok || at != line || !casus.ActorID.Valid(id) {
				t.Errorf("line %d: %q is found on %d, %v", line, id, at, ok)
			}
		}
		for _, n := range table.names {
			if len(table.named(table.name(n))) == 0 {
				t.Errorf("%q is not found", table.name(n))
			}
		}
	})
}
