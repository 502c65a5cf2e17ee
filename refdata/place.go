package refdata

import (
	"fmt"
	"slices"
	"strconv"

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
	p := Place{ID: id, Kind: PlaceKind(r.cell("kind")), Country: casus.ActorID(r.cell("country"))}
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
	w.places.add(p, w.actors[id].Names, r.list("same_as"))
	return nil
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

// Place returns the place with an id.
func (w *World) Place(id casus.ActorID) (Place, bool) {
	g, _ := w.gazetteer() // LoadCities tells what is wrong
	return g.place(id)
}

// PlacesNamed returns the places that bear a name in Dutch, English or as
// GeoNames writes it, whatever its capitals, accents, apostrophes and hyphens.
// Reviewed places come first, then the most populous.
func (w *World) PlacesNamed(name string) []Place {
	g, _ := w.gazetteer()
	return g.named(nameKey(name))
}

// LoadCities reads the embedded gazetteer now. Without it, the first look-up
// of a place does. An error names the line and means that the program was built
// from a broken table; Place and PlacesNamed then know the reviewed places only.
func (w *World) LoadCities() error {
	_, err := w.gazetteer()
	return err
}
