package displacement

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Conflict is a folder of Flee's with what was counted.
type Conflict struct {
	Input  *Input
	Counts *Counts
	// Notes are for a person: what the folders hold that is not used, and what
	// is read otherwise than it is written.
	Notes []string
}

// ReadFlee reads a folder as Flee reads it (sim_period.csv, locations.csv,
// routes.csv, conflicts.csv, closures.csv, registration_corrections.csv, and where
// they are there location_changes.csv, major_routes.csv, region_attributes_IPC.csv) and
// the folder of what was counted: camps begin with the people counted on day 0,
// and as many flee as the counts rise.
func ReadFlee(fsys, validation fs.FS, s Settings) (*Conflict, error) {
	counts, err := ReadCounts(validation, s.Peer.RowsAsWritten)
	if err != nil {
		return nil, err
	}
	f := &folder{fsys: fsys, in: &Input{}, peer: s.Peer, notes: counts.notes}
	for _, part := range []struct {
		file   string
		needed bool
		read   func(file string, data []byte) error
	}{
		{"sim_period.csv", true, f.readPeriod}, {"locations.csv", true, f.readPlaces}, {"routes.csv", true, f.readRoutes},
		{"closures.csv", false, f.readClosures}, {"conflicts.csv", true, f.readZones}, {"registration_corrections.csv", false, counts.correct},
		{"location_changes.csv", false, f.readChanges}, {"major_routes.csv", false, f.readMajorRoutes}, {"region_attributes_IPC.csv", false, f.readHunger},
	} {
		data, err := readFile(fsys, part.file, part.needed)
		if err == nil && data != nil {
			err = part.read(part.file, data)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := f.readPeople(s); err != nil {
		return nil, err
	}
	f.noteUnread()
	if !s.Peer.NoRedirection {
		f.keepOpenCamps()
	}
	kept := f.placed(counts)
	if s.Peer.AbsentCamps {
		f.in.Arrivals = counts.arrivals(f.in.Start, f.in.Days, s.TotalOnly)
	} else {
		f.in.Arrivals = kept.arrivals(f.in.Start, f.in.Days, s.TotalOnly)
	}
	return &Conflict{Input: f.in, Counts: kept, Notes: append(f.notes, f.in.Remarks()...)}, nil
}

// placed returns the counts of camps that are places, and puts the people of day 0 there.
func (f *folder) placed(counts *Counts) *Counts {
	kept := &Counts{Total: counts.Total}
	for i, camp := range counts.Camps {
		at, ok := f.index[camp]
		if !ok {
			f.note("data_layout.csv: %s is no place of locations.csv: its counts are left out", camp)
			continue
		}
		if len(counts.Series[i]) == 0 {
			f.note("data_layout.csv: nobody was ever counted in %s: it is taken as empty", camp)
		}
		kept.Camps, kept.Series = append(kept.Camps, camp), append(kept.Series, counts.Series[i])
		f.in.Places[at].Present += counts.Series[i].On(f.in.Start)
	}
	return kept
}

// folder is a Flee folder being read.
type folder struct {
	fsys   fs.FS
	in     *Input
	peer   Peer
	index  map[string]int // of places
	began  map[string]int // conflict_date of conflict zones
	floods []string       // flood zones
	notes  []string
}

func (f *folder) note(format string, args ...any) {
	f.notes = append(f.notes, fmt.Sprintf(format, args...))
}

// maxDays bounds a run: a century and a half.
const maxDays = 55_000

// readPeriod reads the first day and the number of days.
func (f *folder) readPeriod(file string, data []byte) error {
	_, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch strings.ToLower(r.cell(0)) {
		case "startdate":
			if f.in.Start, err = parseDay(r.cell(1)); err != nil {
				return r.fault(err.Error(), "Write StartDate,YYYY-MM-DD.")
			}
		case "length":
			if f.in.Days, err = r.count(1, "the length"); err != nil {
				return err
			}
			if f.in.Days < 1 || f.in.Days > maxDays {
				return r.fault(fmt.Sprintf("the period has %d days", f.in.Days), fmt.Sprintf("Write Length and 1 to %d days.", maxDays))
			}
		}
	}
	if f.in.Start.IsZero() || f.in.Days == 0 {
		return invalid(file, "the first day or the number of days is missing", "Write the rows StartDate,YYYY-MM-DD and Length,days.")
	}
	return nil
}

// readPlaces reads name, region, country, lat, lon, type, conflict date,
// population, and by name the columns after these.
func (f *folder) readPlaces(file string, data []byte) error {
	header, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	f.index, f.began = map[string]int{}, map[string]int{}
	perDay, idps := header.column("capacity_per_day"), header.column("initial_idps")
	for i := 8; i < len(header.cells); i++ {
		if i != perDay && i != idps && header.cells[i] != "" {
			f.note("%s: the column %s is not used", file, header.cells[i])
		}
	}
	for _, r := range rows {
		p, err := placeOf(r, perDay, idps)
		if err != nil {
			return err
		}
		if _, twice := f.index[p.Name]; twice {
			return r.fault(fmt.Sprintf("%s stands here a second time", p.Name), "Give each place its own name.")
		}
		if r.cell(6) != "" && strings.Contains(strings.ToLower(r.cell(5)), "conflict") {
			if f.began[p.Name], err = r.count(6, "the conflict date"); err != nil {
				return err
			}
		}
		if strings.Contains(strings.ToLower(r.cell(5)), "flood") {
			f.floods = append(f.floods, p.Name)
		}
		f.index[p.Name] = len(f.in.Places)
		f.in.Places = append(f.in.Places, p)
	}
	if len(f.in.Places) == 0 {
		return invalid(file, "it names no place", "Write a row for each place.")
	}
	return nil
}

func placeOf(r row, perDay, idps int) (Place, error) {
	p := Place{Name: r.cell(0), Region: r.cell(1), Country: r.cell(2), Kind: kindOf(r.cell(5))}
	var err error
	if p.Name == "" {
		return p, r.fault("the place has no name", "Name each place.")
	}
	if p.Lat, err = r.number(3, "the latitude"); err != nil {
		return p, err
	}
	if p.Lon, err = r.number(4, "the longitude"); err != nil {
		return p, err
	}
	people, err := r.count(7, "the population or capacity")
	if err != nil {
		return p, err
	}
	if p.Kind == Camp || p.Kind == IDPCamp {
		p.Capacity = people
	} else {
		p.Residents = people
	}
	if p.PerDay, err = r.count(perDay, "the capacity per day"); err != nil {
		return p, err
	}
	if p.Present, err = r.count(idps, "the initial number of displaced people"); err != nil {
		return p, err
	}
	if err := p.check(); err != nil {
		return p, r.fault(err.Error(), "")
	}
	return p, nil
}

// kindOf reads a location_type by the words in it, as Flee does.
func kindOf(word string) Kind {
	word = strings.ToLower(word)
	switch {
	case strings.Contains(word, "idpcamp"):
		return IDPCamp
	case strings.Contains(word, "camp"):
		return Camp
	case strings.Contains(word, "conflict"):
		return Town
	case strings.Contains(word, "forward"):
		return Hub
	case strings.Contains(word, "marker"):
		return Marker
	}
	return Town
}

// readRoutes reads name1, name2, km, forced redirection.
func (f *folder) readRoutes(file string, data []byte) error {
	header, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	speed, foot := header.column("max_move_speed"), header.column("walk_probability")
	for _, r := range rows {
		t := Route{A: r.cell(0), B: r.cell(1)}
		for _, end := range []string{t.A, t.B} {
			if _, ok := f.index[end]; !ok {
				return r.fault(fmt.Sprintf("the route %s – %s ends in %q, which is no place of locations.csv", t.A, t.B, end), "Add the place, or take the route out.")
			}
		}
		if t.KM, err = r.number(2, "the distance"); err != nil {
			return err
		}
		flag, err := r.count(3, "the forced redirection")
		if err != nil {
			return err
		}
		if flag > int(BToA) {
			return r.fault(fmt.Sprintf("the forced redirection is %d", flag), "Write 0 for none, 1 from the first place to the second.")
		}
		t.Forced = f.redirection(r, Redirection(flag))
		if t.MaxSpeed, err = r.number(speed, "the speed"); err != nil {
			return err
		}
		if t.OnFoot, err = r.number(foot, "the chance of walking"); err != nil {
			return err
		}
		if err := (&Input{Routes: []Route{t}}).checkRoutes(map[string]bool{t.A: true, t.B: true}); err != nil {
			return r.fault(err.Error(), "")
		}
		f.in.Routes = append(f.in.Routes, t)
	}
	return nil
}

// redirection reads the flag of forced redirection. By Flee's documents 2 means
// from the second place to the first; but Flee never obeys the flag, and every
// row of its files that has a 2 (nine, in two conflicts) means from the first to
// the second: from a hub to a camp, from a camp that has not opened to one that has.
func (f *folder) redirection(r row, flag Redirection) Redirection {
	if flag != BToA || f.peer.NoRedirection {
		return flag
	}
	f.note("%s:%d: all who come to %s are sent on to %s (flag 2, read as the files of Flee mean it)", r.file, r.line, r.cell(0), r.cell(1))
	return AToB
}

// keepOpenCamps drops redirections from a camp that no closure ever ends: such a
// camp would never hold anybody, and yet people are counted in it.
func (f *folder) keepOpenCamps() {
	for i := range f.in.Routes {
		r := &f.in.Routes[i]
		kind := f.in.Places[f.index[r.A]].Kind
		ends := func(c Closure) bool { return c.Kind == RedirectionOver && c.A == r.A && c.B == r.B }
		if r.Forced == NotForced || kind != Camp && kind != IDPCamp || slices.ContainsFunc(f.in.Closures, ends) {
			continue
		}
		r.Forced = NotForced
		f.note("routes.csv: %s is a camp, and no closure ends that its people are sent on to %s: they stay", r.A, r.B)
	}
}

// ReadRoutes reads an analyst's own routes between places, in the form of
// routes.csv: name1, name2, km, forced redirection (0, or 1 from the first to the
// second). Errors name file and line. Network takes them in place of its own.
func ReadRoutes(file string, data []byte, places []Place) ([]Route, error) {
	f := &folder{in: &Input{Places: places}, index: make(map[string]int, len(places))}
	for i, p := range places {
		f.index[p.Name] = i
	}
	err := f.readRoutes(file, data)
	return f.in.Routes, err
}
