package displacement

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// readChanges reads location_changes.csv: name, new type, day. From that day on
// the place is what the type says; one of conflict has fighting from then on.
func (f *folder) readChanges(file string, data []byte) error {
	_, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	for _, r := range rows {
		name := r.cell(0)
		at, ok := f.index[name]
		if !ok {
			return r.fault(fmt.Sprintf("%q is no place of locations.csv", name), "Add the place, or take the row out.")
		}
		day, err := r.count(2, "the day")
		if err != nil {
			return err
		}
		if day >= f.in.Days {
			f.note("%s:%d: day %d is past the %d days of the period: the change has no effect", file, r.line, day, f.in.Days)
		}
		kind := kindOf(r.cell(1))
		switch {
		case (kind == Marker) != (f.in.Places[at].Kind == Marker):
			return r.fault(fmt.Sprintf("%s becomes %q", name, r.cell(1)), "A marker is one on all days: ways are found before the first. Write town or camp.")
		case isConflict(r.cell(1)):
			f.in.Zones = append(f.in.Zones, Zone{Place: name, From: day, Until: Never, Intensity: 1})
		default:
			f.in.Changes = append(f.in.Changes, Change{Place: name, Kind: kind, Day: day})
		}
	}
	return nil
}

// readMajorRoutes reads major_routes.csv: on each row the places along a major
// route, in their order.
func (f *folder) readMajorRoutes(file string, data []byte) error {
	if f.peer.RoutesAlike {
		f.note("%s is not used: Flee reads it only where fixed_routes is set", file)
		return nil
	}
	_, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	for _, r := range rows {
		before := ""
		for _, name := range r.cells {
			if name == "" {
				continue
			}
			if _, ok := f.index[name]; !ok {
				return r.fault(fmt.Sprintf("%q is no place of locations.csv", name), "Add the place, or take it out of the row.")
			}
			if before != "" && !f.makeMajor(before, name) {
				return r.fault(fmt.Sprintf("routes.csv has no route from %s to %s", before, name), "Add the route, or end the row before it.")
			}
			before = name
		}
	}
	return nil
}

// makeMajor marks the routes between two places, and tells whether there are any.
func (f *folder) makeMajor(a, b string) bool {
	found := false
	for i := range f.in.Routes {
		if r := &f.in.Routes[i]; r.A == a && r.B == b || r.A == b && r.B == a {
			r.Major, found = true, true
		}
	}
	return found
}

// readHunger reads region_attributes_IPC.csv: a column for each region, on each
// row a day and the share of the people, in hundredths, who have too little to
// eat (IPC phase 3 and above). The header may lack its #, as in Flee's own files.
func (f *folder) readHunger(file string, data []byte) error {
	header, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	if len(header.cells) == 0 && len(rows) > 0 {
		header, rows = rows[0], rows[1:]
	}
	for column := 1; column < len(header.cells); column++ {
		region := header.cells[column]
		if region == "" {
			continue
		}
		if !slices.ContainsFunc(f.in.Places, func(p Place) bool { return p.Region == region }) {
			f.note("%s: no place of locations.csv lies in the region %s: its column has no effect", file, region)
			continue
		}
		last := -1
		for _, r := range rows {
			day, err := r.count(0, "the day")
			if err != nil {
				return err
			}
			share, err := r.number(column, "the share of hungry people in "+region)
			if err != nil {
				return err
			}
			switch {
			case share < 0 || share > 100:
				return r.fault(fmt.Sprintf("the share of hungry people in %s is %g", region, share), "Write a number from 0 to 100.")
			case day <= last:
				return r.fault(fmt.Sprintf("day %d stands after day %d", day, last), "Write the days in order.")
			}
			last = day
			f.in.Hunger = append(f.in.Hunger, Hunger{Region: region, Day: day, Share: share / 100})
		}
	}
	return nil
}

// isConflict tells whether a location_type is one of conflict.
func isConflict(word string) bool {
	word = strings.ToLower(word)
	return strings.Contains(word, "conflict") && !strings.Contains(word, "camp")
}

// noteUnread tells of files that Flee would read and we do not, and why; and of
// any other file, whose name may be misspelt.
func (f *folder) noteUnread() {
	entries, err := fs.ReadDir(f.fsys, ".")
	if err != nil {
		return // the files that matter were read
	}
	for _, e := range entries {
		switch name := e.Name(); {
		case strings.HasPrefix(name, "demographics_"): // see readPeople
		case name == "flood_level.csv":
			f.note("%s is not used: people flee from fighting and hunger here, not from floods", name)
		case name == "agents.csv":
			f.note("%s is not used: those who are there on the first day are counted by camp", name)
		case strings.HasSuffix(name, ".csv") && !slices.Contains(fleeFiles, name):
			f.note("%s is not used: no file of this name is known", name)
		}
	}
	for _, p := range f.floods {
		f.note("locations.csv: %s is a flood zone: it is taken as a town, since people do not flee from floods here", p)
	}
}

// fleeFiles are the files of a folder that are read.
var fleeFiles = []string{"sim_period.csv", "locations.csv", "routes.csv", "closures.csv", "conflicts.csv", "registration_corrections.csv",
	"location_changes.csv", "major_routes.csv", "region_attributes_IPC.csv"}

// Remarks tell a person what an input has that is right in form and yet gives less
// than may be meant: fighting where nobody lives or that no route leads out of, a
// camp that is fought over, and what is past the last day.
func (in *Input) Remarks() []string {
	var out []string
	note := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if len(in.Routes) == 0 {
		note("there is no route: all stay where they are")
	}
	var seen []string
	lived := false
	for _, z := range in.Zones {
		at := slices.IndexFunc(in.Places, func(p Place) bool { return p.Name == z.Place })
		if at < 0 {
			continue // Check tells
		}
		p := &in.Places[at]
		left := slices.ContainsFunc(in.Leaving, func(l Leaving) bool { return l.Place == p.Name })
		lived = lived || left || p.Residents > 0
		if slices.Contains(seen, z.Place) {
			continue
		}
		seen = append(seen, z.Place)
		switch leads := slices.ContainsFunc(in.Routes, func(r Route) bool { return r.A == p.Name || r.B == p.Name }); {
		case z.From >= in.Days:
			note("the fighting in %s begins on day %d, past the %d days of the period", p.Name, z.From, in.Days)
		case p.Kind == Camp || p.Kind == IDPCamp:
			note("%s is a camp with fighting in it: as long people leave it as they leave a town that is fought over", p.Name)
		case p.Residents == 0 && !left:
			note("nobody lives in %s: the fighting there drives nobody out", p.Name)
		case !leads && len(in.Routes) > 0:
			note("no route leads out of %s: who flees from there stays there", p.Name)
		}
	}
	if len(in.Zones) > 0 && !lived && len(in.Hunger) == 0 {
		note("nobody lives where there is fighting: those who flee by the counts wait in vain for a place to flee from")
	}
	return out
}
