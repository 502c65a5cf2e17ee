package displacement

import (
	"fmt"
	"strings"
)

// readZones reads conflicts.csv: a column for each place, a row for each day, 0
// for peace and more for fighting. Stretches of days of one value become zones.
func (f *folder) readZones(file string, data []byte) error {
	header, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	if len(header.cells) == 0 {
		return invalid(file, "it has no header", "Begin it with #Day and the names of the places.")
	}
	for column := 1; column < len(header.cells); column++ {
		name := header.cells[column]
		if name == "" {
			continue
		}
		zones, err := zonesOf(name, column, rows)
		if err != nil {
			return err
		}
		if _, ok := f.index[name]; !ok {
			if len(zones) > 0 {
				f.note("%s: there is fighting in %s, which is no place of locations.csv: left out", file, name)
			}
			continue
		}
		if f.peer.ZoneMakesTown && f.startsAsZone(name) && (len(zones) == 0 || zones[0].From > 0) {
			zones = fromTheStart(name, zones)
		}
		f.in.Zones = append(f.in.Zones, zones...)
	}
	return nil
}

// startsAsZone tells whether locations.csv says that there is fighting from day 0.
func (f *folder) startsAsZone(name string) bool {
	began, ok := f.began[name]
	return ok && began == 0
}

// fromTheStart is how Flee takes a place that locations.csv calls a zone from
// day 0 and conflicts.csv does not: fighting goes on until it first ends there.
func fromTheStart(name string, zones []Zone) []Zone {
	until := Never
	for i, z := range zones {
		if i+1 == len(zones) || zones[i+1].From != z.Until {
			until = z.Until
			zones = zones[i+1:]
			break
		}
	}
	return append([]Zone{{Place: name, From: 0, Until: until, Intensity: 1}}, zones...)
}

// zonesOf reads one place's column. The last value holds on.
func zonesOf(name string, column int, rows []row) ([]Zone, error) {
	var zones []Zone
	before := 0.0
	last := -1
	for _, r := range rows {
		day, err := r.count(0, "the day")
		if err != nil {
			return nil, err
		}
		if day <= last {
			return nil, r.fault(fmt.Sprintf("day %d stands after day %d", day, last), "Write one row a day, in order.")
		}
		last = day
		now, err := r.number(column, "the fighting in "+name)
		if err != nil {
			return nil, err
		}
		if now < 0 {
			return nil, r.fault(fmt.Sprintf("the fighting in %s is %g", name, now), "Write 0 for peace and more for fighting.")
		}
		if now == before {
			continue
		}
		if n := len(zones); before > 0 {
			zones[n-1].Until = day
		}
		if before = now; now > 0 {
			zones = append(zones, Zone{Place: name, From: day, Until: Never, Intensity: now})
		}
	}
	return zones, nil
}

// readClosures reads closure type, name1, name2, first day, last day.
func (f *folder) readClosures(file string, data []byte) error {
	_, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	countries := map[string]bool{}
	places := map[string]bool{}
	for _, p := range f.in.Places {
		countries[p.Country], places[p.Name] = true, true
	}
	for _, r := range rows {
		c := Closure{A: r.cell(1), B: r.cell(2)}
		if c.From, err = r.count(3, "the first day"); err != nil {
			return err
		}
		until, err := r.number(4, "the day of opening")
		if err != nil {
			return err
		}
		if c.Until = int(min(max(until, Never), maxCount)); r.cell(4) == "" {
			c.Until = Never
		}
		if c.Kind, err = f.closureKind(r); err != nil {
			return err
		}
		check := Input{Places: f.in.Places, Closures: []Closure{c}}
		if err := check.checkClosures(places); err != nil {
			return r.fault(err.Error(), "")
		}
		if c.From >= f.in.Days {
			f.note("%s:%d: day %d is past the %d days of the period: the closure has no effect", file, r.line, c.From, f.in.Days)
		}
		f.in.Closures = append(f.in.Closures, c)
	}
	return nil
}

// closureKind reads the type of a closure. A place that is closed towards
// another place is the route between the two, but for Flee, which closes every
// route of the first.
func (f *folder) closureKind(r row) (ClosureKind, error) {
	switch strings.ToLower(r.cell(0)) {
	case "country":
		return BorderClosed, nil
	case "location":
		if _, place := f.index[r.cell(2)]; place && !f.peer.WholePlaceCloses {
			f.note("%s:%d: %s is closed towards %s only, not towards every place", r.file, r.line, r.cell(1), r.cell(2))
			return LinkClosed, nil
		}
		return PlaceClosed, nil
	case "link", "links":
		return LinkClosed, nil
	case "camp", "idpcamp":
		return CampClosed, nil
	case "remove_forced_redirection":
		return RedirectionOver, nil
	}
	return 0, r.fault(fmt.Sprintf("%q is no type of closure", r.cell(0)), "Write country, location, link, camp or remove_forced_redirection.")
}
