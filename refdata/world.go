package refdata

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"casus"
)

//go:embed *.tsv
var files embed.FS

//go:embed cities.tsv.gz
var packedCities string

// World is the reference data, read and joined. It does not change once it is
// open and may be shared between goroutines.
type World struct {
	actors    map[casus.ActorID]casus.Actor
	aliases   []Alias
	iso2      map[string]casus.ActorID
	roles     map[string]Role
	roleList  []Role
	terms     []Term // in the order of the table
	members   []Membership
	governed  []Government
	wars      []War
	missions  []Mission
	clauses   []Clause
	approvals []Approval
	places    *reviewedPlaces
	added     string // the fingerprint of what an analyst added; see With
	// gazetteer joins places and the cities at the first look-up: few programs
	// that open the reference data ask where something lies.
	gazetteer func() (*gazetteer, error)
}

// About how many actors and aliases the tables hold: room for them from the
// start takes half the memory that growing does.
const (
	aboutActors  = 2_000
	aboutAliases = 12_000
)

// Open reads the embedded tables. An error names file and line, and means
// that the program was built from a broken table.
func Open() (*World, error) {
	w := &World{
		actors:  make(map[casus.ActorID]casus.Actor, aboutActors),
		aliases: make([]Alias, 0, aboutAliases),
		iso2:    map[string]casus.ActorID{},
		roles:   map[string]Role{},
		places:  newReviewedPlaces(),
	}
	steps := []struct {
		file string
		add  func(row) error
	}{
		{"countries.tsv", w.addCountry},
		{"groups.tsv", w.addGroup},
		{"institutions.tsv", w.addGroup},
		{"collectives.tsv", w.addGroup},
		{"places.tsv", w.addPlace},
		{"roles.tsv", w.addRole},
		{"persons.tsv", w.addPerson},
		{"offices.tsv", w.addTerm},
		{"memberships.tsv", w.addMembership},
		{"governments.tsv", w.addGovernment},
		{"wars.tsv", w.addWar},
		{"missions.tsv", w.addMission},
		{"aliases.tsv", w.addAliasRow},
		{"clauses.tsv", w.addClause},
		{"approvals.tsv", w.addApproval},
	}
	for _, step := range steps {
		if err := readTable(step.file, step.add); err != nil {
			return nil, fmt.Errorf("reference data: %w", err)
		}
	}
	w.gazetteer = sync.OnceValues(func() (*gazetteer, error) { return openGazetteer(w.places, packedCities) })
	return w, nil
}

func readTable(file string, add func(row) error) error {
	text, err := files.ReadFile(file)
	if err != nil {
		return err
	}
	t, err := parseTable(file, string(text))
	if err != nil {
		return err
	}
	for _, r := range t.rows {
		if err := add(r); err != nil {
			return err
		}
	}
	return nil
}

// addCountry takes up a line of countries.tsv as an actor and as a place.
func (w *World) addCountry(r row) error {
	id, err := r.actor("id")
	if err != nil {
		return err
	}
	kind, note := casus.ActorState, r.cell("status")
	switch note {
	case "un-member", "observer", "partly-recognised", "former":
	case "de-facto", "territory":
		kind = casus.ActorPopulation // as the contract has it for places that are no country
	default:
		return r.errorf("status %q is not known", note)
	}
	if err := w.addActor(r, id, kind, note); err != nil {
		return err
	}
	if code := r.cell("iso2"); code != "" {
		w.iso2[code] = id
	}
	w.addAliases(r, id, Name)
	english := r.list("names_en")
	if len(english) == 0 {
		return r.errorf("%s has no English name", id)
	}
	w.places.add(Place{ID: id, Name: english[0], Kind: Country, Country: id}, w.actors[id].Names, nil)
	return nil
}

// addGroup takes up a line of groups.tsv, institutions.tsv or collectives.tsv.
func (w *World) addGroup(r row) error {
	id, err := r.actor("id")
	if err != nil {
		return err
	}
	kind := casus.ActorKind(r.cell("kind"))
	if err := w.addActor(r, id, kind, r.cell("what")); err != nil {
		return err
	}
	w.addAliases(r, id, Name)
	return nil
}

var actorKinds = []casus.ActorKind{casus.ActorState, casus.ActorArmedGroup, casus.ActorAlliance,
	casus.ActorOrganisation, casus.ActorPerson, casus.ActorPopulation, casus.ActorInstitution}

// addActor takes up an actor under the names of its row.
func (w *World) addActor(r row, id casus.ActorID, kind casus.ActorKind, note string) error {
	if _, taken := w.actors[id]; taken {
		return r.errorf("id %s is taken", id)
	}
	if !slices.Contains(actorKinds, kind) {
		return r.errorf("kind %q is not one of %v", kind, actorKinds)
	}
	var names []string
	for _, column := range []string{"names_nl", "names_en", "names", "acronyms_nl", "acronyms_en"} {
		for _, name := range r.list(column) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return r.errorf("%s has no name", id)
	}
	w.actors[id] = casus.Actor{ID: id, Kind: kind, Names: names, Note: note}
	return nil
}

// Actor returns the actor with an id: its names, Dutch first, its kind, and a
// person's offices with their dates. The note is a finer word for its kind
// (un-member, media, court, region). Organs such as rus/mil have no entry unless
// a table names them: their id says what they are.
func (w *World) Actor(id casus.ActorID) (casus.Actor, bool) {
	a, ok := w.actors[id]
	a.Names, a.ActsFor = slices.Clone(a.Names), slices.Clone(a.ActsFor)
	return a, ok
}
