package refdata

import (
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"

	"casus"
)

const citiesFile = "cities.tsv.gz"

// cityTable is cities.tsv.gz unpacked: one text, and where in it the lines and
// the names stand. A Place is cut from its line when somebody asks for it, so
// that thirty thousand of them take two megabytes and few allocations.
type cityTable struct {
	text  string
	lines []uint32    // where each line begins, by rising id
	names []nameInRow // by rising name, then by line
}

// nameInRow says where in the text a folded name stands, and the number of
// its line.
type nameInRow struct{ from, to, line uint32 }

// Columns of cities.tsv.gz; the generator writes them in this order.
const (
	cityID = iota
	cityKind
	cityName
	cityLat
	cityLon
	cityPeople
	cityKeys // folded names, separated by semicolons
	cityColumns
)

// unpackCities returns the text of a packed table. Its checksum tells a
// damaged file from a good one.
func unpackCities(packed string) (string, error) {
	unpack, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		return "", fmt.Errorf("%s: %w", citiesFile, err)
	}
	var text strings.Builder
	text.Grow(unpackedSize(packed))
	if _, err := io.Copy(&text, unpack); err != nil {
		return "", fmt.Errorf("%s: %w", citiesFile, err)
	}
	return text.String(), nil
}

// unpackedSize is what the end of a gzip file says of its content (RFC 1952),
// or 0 where that is more than DEFLATE can pack.
func unpackedSize(packed string) int {
	if len(packed) < 4 {
		return 0
	}
	size := int(binary.LittleEndian.Uint32([]byte(packed[len(packed)-4:])))
	if size > 1032*len(packed) {
		return 0
	}
	return size
}

// indexCities notes where lines and names stand. It reads every line once, so
// that those who look up later cannot meet a bad one.
func indexCities(text string) (cityTable, error) {
	count := strings.Count(text, "\n")
	t := cityTable{text: text, lines: make([]uint32, 0, count), names: make([]nameInRow, 0, count*3/2)}
	before := ""
	for n, from := 1, 0; from < len(text); n++ {
		line, _, _ := strings.Cut(text[from:], "\n")
		if line != "" && line[0] != '#' {
			place, err := parseCity(line)
			if err != nil {
				return cityTable{}, fmt.Errorf("%s:%d: %w", citiesFile, n, err)
			}
			if string(place.ID) <= before {
				return cityTable{}, fmt.Errorf("%s:%d: id %s does not come after %s", citiesFile, n, place.ID, before)
			}
			before = string(place.ID)
			t.addNames(from+strings.LastIndexByte(line, '\t')+1, from+len(line))
			t.lines = append(t.lines, uint32(from))
		}
		from += len(line) + 1
	}
	slices.SortFunc(t.names, func(a, b nameInRow) int {
		return cmp.Or(strings.Compare(t.name(a), t.name(b)), cmp.Compare(a.line, b.line))
	})
	return t, nil
}

// addNames notes the names of the line that comes next, which stand from one
// byte of the text to another.
func (t *cityTable) addNames(from, to int) {
	for from < to {
		name, _, _ := strings.Cut(t.text[from:to], ";")
		t.names = append(t.names, nameInRow{uint32(from), uint32(from + len(name)), uint32(len(t.lines))})
		from += len(name) + 1
	}
}

func (t *cityTable) name(n nameInRow) string { return t.text[n.from:n.to] }

// parseCity reads one line of the table.
func parseCity(line string) (Place, error) {
	var cells [cityColumns]string
	if n := strings.Count(line, "\t") + 1; n != cityColumns {
		return Place{}, fmt.Errorf("%d cells for %d columns", n, cityColumns)
	}
	for i := range cells {
		cells[i], line, _ = strings.Cut(line, "\t")
	}
	p := Place{ID: casus.ActorID(cells[cityID]), Name: cells[cityName], Kind: PlaceKind(cells[cityKind])}
	if !p.ID.Valid() {
		return Place{}, fmt.Errorf("%q is not an id", p.ID)
	}
	if !slices.Contains(placeKinds, p.Kind) {
		return Place{}, fmt.Errorf("kind %q is not one of %v", p.Kind, placeKinds)
	}
	p.Country = casus.ActorID(p.ID.Head())
	if cells[cityLat] != "" {
		if err := p.locate(cells[cityLat], cells[cityLon]); err != nil {
			return Place{}, err
		}
	}
	if cells[cityPeople] != "" {
		var err error
		if p.Population, err = strconv.Atoi(cells[cityPeople]); err != nil || p.Population < 0 {
			return Place{}, fmt.Errorf("%q is not a number of people", cells[cityPeople])
		}
	}
	return p, nil
}

// at returns the place on a line, by the line's number.
func (t *cityTable) at(line int) Place {
	text, _, _ := strings.Cut(t.text[t.lines[line]:], "\n")
	p, _ := parseCity(text) // indexCities has read it before
	return p
}

// find returns the number of the line with an id.
func (t *cityTable) find(id casus.ActorID) (int, bool) {
	return sort.Find(len(t.lines), func(i int) int {
		key, _, _ := strings.Cut(t.text[t.lines[i]:], "\t")
		return strings.Compare(string(id), key)
	})
}

// named returns the numbers of the lines that bear a folded name, rising.
func (t *cityTable) named(key string) []int {
	var lines []int
	first, _ := sort.Find(len(t.names), func(i int) int { return strings.Compare(key, t.name(t.names[i])) })
	for _, n := range t.names[first:] {
		if t.name(n) != key {
			break
		}
		lines = append(lines, int(n.line))
	}
	return lines
}
