package displacement

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// makeup is who lives at a place, as shares of 1, by files of demographics.
type makeup struct {
	female, child, old, over14 float64 // child: below 19; old: above 59
}

// readPeople reads the files demographics_age.csv and demographics_gender.csv,
// where rules ask who people are, and sets for each place how many are careful
// (children, the old, women) and, where boys take risks, bold (males above 14,
// grown men too, as in Flee).
func (f *folder) readPeople(s Settings) error {
	entries, err := fs.ReadDir(f.fsys, ".")
	if err != nil {
		return nil //nolint:nilerr // the files that matter were read
	}
	live := make([]makeup, len(f.in.Places))
	for _, e := range entries {
		attribute, ok := strings.CutPrefix(strings.TrimSuffix(e.Name(), ".csv"), "demographics_")
		switch {
		case !ok:
			continue
		case attribute != "age" && attribute != "gender":
			f.note("%s is not used: rules ask for age and gender only", e.Name())
			continue
		case !s.AvoidHazards:
			f.note("%s is not used: where people go does not depend on who they are, unless children_avoid_hazards is set", e.Name())
			continue
		}
		data, err := readFile(f.fsys, e.Name(), true)
		if err == nil {
			err = f.readDemographics(e.Name(), attribute, data, live)
		}
		if err != nil {
			return err
		}
	}
	for i, p := range live {
		place := &f.in.Places[i]
		among := p.child + p.old
		place.Careful = among + (1-among)*p.female
		if s.BoysTakeRisk {
			place.Bold = (1 - p.female) * p.over14
			place.Careful = 1 - place.Bold
			if p.over14 == 0 { // no file tells of ages
				place.Careful = p.female
			}
		}
	}
	return nil
}

// readDemographics reads how many of each age or gender live at places: a column
// for each place that has one of its own, and Default for all others.
func (f *folder) readDemographics(file, attribute string, data []byte, live []makeup) error {
	header, rows, err := readRows(file, data)
	if err != nil {
		return err
	}
	if len(header.cells) == 0 && len(rows) > 0 {
		header, rows = rows[0], rows[1:]
	}
	for i := range live {
		column := header.column(f.in.Places[i].Name)
		if column < 0 {
			column = header.column("Default")
		}
		if column < 0 {
			return header.fault("there is no column Default, and none for "+f.in.Places[i].Name, "Write "+attribute+",Default and then places that differ.")
		}
		if err := live[i].read(attribute, column, rows); err != nil {
			return err
		}
	}
	return nil
}

// read sets the shares of one column.
func (p *makeup) read(attribute string, column int, rows []row) error {
	total := 0.0
	sum := makeup{}
	for _, r := range rows {
		weight, err := r.number(column, "the weight of "+r.cell(0))
		if err != nil {
			return err
		}
		if weight < 0 {
			return r.fault(fmt.Sprintf("the weight of %s is %g", r.cell(0), weight), "Write a number from 0 on.")
		}
		total += weight
		if attribute == "gender" {
			if strings.HasPrefix(strings.ToLower(r.cell(0)), "f") {
				sum.female += weight
			}
			continue
		}
		age, err := strconv.Atoi(r.cell(0))
		if err != nil || age < 0 {
			return r.fault(fmt.Sprintf("%q is no age", r.cell(0)), "Write years, from 0 on.")
		}
		sum.add(age, weight)
	}
	if total == 0 {
		return nil
	}
	if attribute == "gender" {
		p.female = sum.female / total
		return nil
	}
	p.child, p.old, p.over14 = sum.child/total, sum.old/total, sum.over14/total
	return nil
}

func (p *makeup) add(age int, weight float64) {
	switch {
	case age < 19:
		p.child += weight
	case age > 59:
		p.old += weight
	}
	if age > 14 {
		p.over14 += weight
	}
}
