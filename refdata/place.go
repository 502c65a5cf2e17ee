package refdata

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus"
)

// PlaceKind says what sort of place it is.
type PlaceKind string

const (
	Country  PlaceKind = "country"  // also a territory or de-facto entity
	Region   PlaceKind = "region"   // crosses borders or follows none: the Sahel, north Afghanistan
	Province PlaceKind = "province" // the first level under a country
	District PlaceKind = "district" // the second
	City     PlaceKind = "city"     // towns and villages too
	Base     PlaceKind = "base"     // military bases and airfields
	Site     PlaceKind = "site"     // airports, crossings, palaces, plants, dams
	Water    PlaceKind = "water"    // seas, straits, rivers, lakes
)

var placeKinds = []PlaceKind{Country, Region, Province, District, City, Base, Site, Water}

// Place is somewhere that news happens. Its id is a path under its country
// (afg/kunduz), or a word of its own where it lies in several or in none.
type Place struct {
	ID      casus.ActorID
	Name    string // in English, or as GeoNames writes it
	Kind    PlaceKind
	Country casus.ActorID // "" across borders
	// Lat and Lon are decimal degrees (WGS 84). Located is false where we have
	// none. Of a province, region or country it is the middle of where people
	// live, good for a label and no more.
	Lat, Lon   float64
	Located    bool
	Population int // 0 unknown

	reviewed bool // from places.tsv or countries.tsv, so before the gazetteer's namesakes
}

// gazetteer finds places by id and by folded name. Names are kept as chains
// through one slice: most are borne by one place, and there are forty thousand.
type gazetteer struct {
	places []Place
	byID   map[casus.ActorID]int32
	same   map[casus.ActorID]int32 // the gazetteer's ids for reviewed places that have another
	byName map[string]int32 // the number in chains of the name's last bearer
	chains []bearer
}

// bearer is a place that has a name; before is the number of the one taken up
// before it, -1 for none.
type bearer struct{ place, before int32 }

// gazetteerSize is about how many places there are: maps of the right size
// halve the time to open.
const gazetteerSize = 1 << 15

func newGazetteer() *gazetteer {
	return &gazetteer{
		places: make([]Place, 0, gazetteerSize),
		byID:   make(map[casus.ActorID]int32, gazetteerSize),
		same:   map[casus.ActorID]int32{},
		byName: make(map[string]int32, gazetteerSize),
		chains: make([]bearer, 0, gazetteerSize*3/2),
	}
}

// add takes up a place, or completes the one that has its id, and returns its number.
func (g *gazetteer) add(p Place) int32 {
	if at, known := g.byID[p.ID]; known {
		g.places[at].complete(p)
		return at
	}
	at := int32(len(g.places))
	g.byID[p.ID] = at
	g.places = append(g.places, p)
	return at
}

// name gives a place a name to be found by.
func (g *gazetteer) name(at int32, key string) {
	before, known := g.byName[key]
	if !known {
		before = -1
	}
	for i := before; i >= 0; i = g.chains[i].before {
		if g.chains[i].place == at {
			return
		}
	}
	g.byName[key] = int32(len(g.chains))
	g.chains = append(g.chains, bearer{at, before})
}

// named returns the places that bear a name, in the order in which they came.
func (g *gazetteer) named(key string) []Place {
	var out []Place
	if last, known := g.byName[key]; known {
		for i := last; i >= 0; i = g.chains[i].before {
			out = append(out, g.places[g.chains[i].place])
		}
	}
	slices.Reverse(out)
	return out
}

// complete fills what p lacks from q: a reviewed line gives names and kind,
// the gazetteer gives where it lies and how many live there.
func (p *Place) complete(q Place) {
	if !p.Located && q.Located {
		p.Lat, p.Lon, p.Located = q.Lat, q.Lon, true
	}
	if p.Population == 0 {
		p.Population = q.Population
	}
}

// addPlace takes up a line of places.tsv as a place and as an actor.
func (w *World) addPlace(r row) error {
	id, err := r.actor("id")
	if err != nil {
		return err
	}
	p := Place{ID: id, Kind: PlaceKind(r.cell("kind")), Country: casus.ActorID(r.cell("country")), reviewed: true}
	if !slices.Contains(placeKinds, p.Kind) {
		return r.errorf("kind %q is not one of %v", p.Kind, placeKinds)
	}
	if _, known := w.actors[p.Country]; !known && p.Country != "" {
		return r.errorf("country %q is not in countries.tsv", p.Country)
	}
	if r.cell("lat") != "" {
		if err := p.locate(r.cell("lat"), r.cell("lon")); err != nil {
			return r.errorf("%w", err)
		}
	}
	english := r.list("names_en")
	if len(english) == 0 {
		return r.errorf("%s has no English name", id)
	}
	p.Name = english[0]
	kind := casus.ActorPopulation
	if p.Kind == Region && p.Country == "" {
		kind = casus.ActorState // a region of states: central-asia
	}
	if err := w.addActor(r, id, kind, string(p.Kind)); err != nil {
		return err
	}
	w.addAliases(r, id, PlaceName)
	at := w.addNamedPlace(p)
	for _, other := range r.list("same_as") {
		w.places.same[casus.ActorID(other)] = at
	}
	return nil
}

// addNamedPlace takes up a place under all names that it has as an actor.
func (w *World) addNamedPlace(p Place) int32 {
	at := w.places.add(p)
	for _, name := range w.actors[p.ID].Names {
		w.places.name(at, nameKey(name))
	}
	return at
}

func (p *Place) locate(lat, lon string) error {
	var errLat, errLon error
	p.Lat, errLat = strconv.ParseFloat(lat, 64)
	p.Lon, errLon = strconv.ParseFloat(lon, 64)
	p.Located = true
	if errLat != nil || errLon != nil || p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 {
		return fmt.Errorf("%q, %q is not a latitude and longitude", lat, lon)
	}
	return nil
}

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

// readCities takes up the gazetteer, which is sorted by falling population.
func (g *gazetteer) readCities() error {
	const file = "cities.tsv.gz"
	packed, err := files.ReadFile(file)
	if err != nil {
		return err
	}
	unpack, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	text := bytes.NewBuffer(make([]byte, 0, unpackedSize(packed)+bytes.MinRead))
	if _, err := text.ReadFrom(unpack); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for n, rest := 1, text.String(); rest != ""; n++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := g.addCity(line); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return nil
}

// merge takes up a place of the gazetteer: as the reviewed place that a line of
// places.tsv says it is, as the one that has its id, or on its own. A town and
// a province that share an id are two places, and the reviewed one keeps it.
func (g *gazetteer) merge(p Place) int32 {
	at, known := g.same[p.ID]
	if known {
		g.places[at].complete(p)
		g.byID[p.ID] = at
		return at
	}
	if at, known = g.byID[p.ID]; known && g.places[at].Kind != p.Kind {
		p.ID += "-" + casus.ActorID(p.Kind)
	}
	return g.add(p)
}

// unpackedSize is what the end of a gzip file says of its content (RFC 1952).
func unpackedSize(packed []byte) int {
	if len(packed) < 4 {
		return 0
	}
	return int(binary.LittleEndian.Uint32(packed[len(packed)-4:]))
}

func (g *gazetteer) addCity(line string) error {
	var cells [cityColumns]string
	for i := range cells {
		cells[i], line, _ = strings.Cut(line, "\t")
	}
	p := Place{ID: casus.ActorID(cells[cityID]), Name: cells[cityName], Kind: PlaceKind(cells[cityKind])}
	p.Country = casus.ActorID(p.ID.Head())
	if cells[cityLat] != "" {
		if err := p.locate(cells[cityLat], cells[cityLon]); err != nil {
			return err
		}
	}
	p.Population, _ = strconv.Atoi(cells[cityPeople]) // empty is unknown
	at := g.merge(p)
	for keys := cells[cityKeys]; keys != ""; {
		var key string
		key, keys, _ = strings.Cut(keys, ";")
		g.name(at, key)
	}
	return nil
}

// Place returns the place with an id.
func (w *World) Place(id casus.ActorID) (Place, bool) {
	at, ok := w.places.byID[id]
	if !ok {
		return Place{}, false
	}
	return w.places.places[at], true
}

// PlacesNamed returns the places that bear a name in Dutch, English or as
// GeoNames writes it, whatever its capitals, accents, apostrophes and hyphens.
// Reviewed places come first, then the most populous.
func (w *World) PlacesNamed(name string) []Place {
	out := w.places.named(nameKey(name))
	slices.SortStableFunc(out, func(a, b Place) int {
		if a.reviewed != b.reviewed {
			if a.reviewed {
				return -1
			}
			return 1
		}
		return b.Population - a.Population
	})
	return out
}
