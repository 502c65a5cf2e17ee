package actors

import (
	"slices"
	"strings"
	"unicode"

	"casus"
	"casus/read/syntax"
	"casus/refdata"
)

// Resolver finds the actors of articles in one language. It does not change
// and may be shared between goroutines.
type Resolver struct {
	world       *refdata.World
	lex         *Lexicon
	names       phrases[*alias]
	collectives phrases[*collective] // those of refdata that are common nouns
	wars        []refdata.War
	spelt       map[string]casus.ActorID // persons by the skeleton of a full name; "" where two share it
}

// New builds a resolver from what is known of the world and of a language.
func New(w *refdata.World, lex *Lexicon) *Resolver {
	r := &Resolver{world: w, lex: lex, wars: w.Wars(), spelt: map[string]casus.ActorID{}}
	for _, known := range w.Aliases(lex.lang) {
		actor, ok := w.Actor(known.ID)
		if !ok {
			actor = casus.Actor{ID: known.ID, Kind: kindOfID(known.ID)}
		}
		if key := skeleton(fold(known.Text)); key != "" && actor.Kind == casus.ActorPerson {
			if old, taken := r.spelt[key]; taken && old != known.ID {
				r.spelt[key] = "" // two persons share it
			} else {
				r.spelt[key] = known.ID
			}
		}
		upper, _ := letterCase(known.Text)
		if parts := fold(known.Text); len(parts) == 0 {
			continue
		} else if !upper && isCommonNoun(known, actor) {
			r.collectives.add(parts, &collective{
				id: known.ID, kind: actor.Kind, class: string(known.Class), plural: true, rule: "collectives.tsv " + known.Text,
			})
		} else {
			r.names.add(parts, &alias{
				text: known.Text, id: known.ID, kind: actor.Kind, class: classOf(known), valid: known.Valid,
				single: known.Class == refdata.DemonymSingular, upper: upper, proper: endsProper(known.Text),
			})
		}
	}
	return r
}

// endsProper tells whether the last word of a phrase has a capital.
func endsProper(phrase string) bool {
	upper, _ := letterCase(phrase[strings.LastIndexByte(phrase, ' ')+1:])
	return upper
}

// isCommonNoun tells whether an alias is a phrase like "westerse landen" and
// no name.
func isCommonNoun(known refdata.Alias, actor casus.Actor) bool {
	if known.Class != refdata.Name {
		return false
	}
	first := fold(known.Text)[0]
	return len(first) > 2 && actor.Kind != casus.ActorPerson && !strings.ContainsFunc(known.Text, unicode.IsUpper)
}

func classOf(known refdata.Alias) string {
	switch known.Class {
	case refdata.DemonymSingular:
		return classDemonym
	case refdata.Surname:
		return className
	case refdata.PlaceName:
		return classTown
	}
	return string(known.Class)
}

// kindOfID reads from an id that has no line of its own what it names.
func kindOfID(id casus.ActorID) casus.ActorKind {
	if id.IsPerson() {
		return casus.ActorPerson
	}
	if strings.Contains(string(id), "/") {
		return casus.ActorInstitution
	}
	return casus.ActorState
}

// holder returns who held an office of an actor on a day, "" if nobody is known.
func (r *Resolver) holder(id casus.ActorID, role string, on casus.Date) casus.ActorID {
	found := r.world.HoldersOf(id, role, on)
	if len(found) == 0 && strings.Contains(string(id), "/") {
		found = r.world.HoldersOf(casus.ActorID(id.Head()), role, on)
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

func (r *Resolver) formerly(w word) bool { return r.lex.has("former", w) }

// scene is an article while its actors are looked for.
type scene struct {
	r         *Resolver
	published casus.Period
	sentences []*sentence
	lower     map[string]bool   // words that the article writes in lower case
	surnames  map[string]*alias // parts of the names of persons in the article; nil where two share one
	persons   map[casus.ActorID]*personage
	countries map[casus.ActorID]bool            // that the article names, also by their people or capital
	settled   map[*alias]casus.ActorID          // the countries of places that refdata does not know
	mostNamed casus.ActorID                     // the state that the article names most often, "" for none
	kinds     map[casus.ActorID]casus.ActorKind // what mentions show actors to be
	memory    memory
}

func newScene(r *Resolver, published casus.Period) *scene {
	return &scene{
		r: r, published: published, lower: map[string]bool{}, surnames: map[string]*alias{},
		persons: map[casus.ActorID]*personage{}, countries: map[casus.ActorID]bool{}, settled: map[*alias]casus.ActorID{},
		kinds:  map[casus.ActorID]casus.ActorKind{},
		memory: memory{roles: map[string]*anchor{}, prior: map[casus.ActorID]float64{}},
	}
}

// personage is what the article says of a person.
type personage struct {
	titles  []*roleHit
	actsFor casus.ActorID
	as      string // the role as the text has it
}

// Resolve finds everybody in an article's trees, which stand in the order of
// the text. Published decides who holds an office and who governs.
func (r *Resolver) Resolve(trees []syntax.Tree, published casus.Period) *Cast {
	sc := newScene(r, published)
	for i, tree := range trees {
		s := newSentence(sc, i, tree)
		sc.sentences = append(sc.sentences, s)
		for k, w := range s.words {
			if !hasCapital(tree.Words[k].Form) {
				sc.lower[w.folded()] = true
			}
		}
	}
	for _, s := range sc.sentences {
		s.findRoles(r)
		s.findNames(r)
		sc.noteCountries(s.hits)
	}
	for _, s := range sc.sentences {
		s.findTowns(r)
	}
	sc.mostNamed = sc.findMostNamed()
	sc.bindAcronyms()
	sc.meetKnown()
	sc.meetOrganisations()
	sc.meetNewcomers()
	sc.count()
	cast := &Cast{Sentences: make([][]Mention, len(trees))}
	for i, s := range sc.sentences {
		cast.Sentences[i] = s.read()
		cast.heads = append(cast.heads, s.heads(cast.Sentences[i]))
	}
	cast.Actors = sc.listActors(cast)
	return cast
}

// meetKnown lets parts of the full names that refdata knows stand for the
// persons later ("Shaheen").
func (sc *scene) meetKnown() {
	for _, s := range sc.sentences {
		for _, h := range s.hits {
			if h.gone || h.alias.kind != casus.ActorPerson || h.fresh {
				continue
			}
			key, _ := s.nameText(h.first, h.last)
			if h.genitive {
				key = strings.Join(fold(h.alias.text), " ")
			}
			sc.rememberSurname(key, h.alias)
		}
	}
}

// meetOrganisations lets "the Council" stand for the council that was named.
func (sc *scene) meetOrganisations() {
	for _, s := range sc.sentences {
		for _, h := range s.hits {
			a := h.alias
			if a.class != className || !a.upper || a.kind != casus.ActorOrganisation && a.kind != casus.ActorAlliance && a.kind != casus.ActorInstitution {
				continue
			}
			sc.rememberOrgan(a)
		}
	}
}

// count makes the states that the article names most often present from its
// first sentence.
func (sc *scene) count() {
	counts := map[casus.ActorID]int{}
	var order []casus.ActorID
	kinds := map[casus.ActorID]string{}
	for _, s := range sc.sentences {
		for _, h := range s.hits {
			if h.gone {
				continue
			}
			id, kind := sc.presenceOf(h.alias.id, kindOfActor(h.alias.kind))
			if id == "" {
				continue
			}
			if counts[id] == 0 {
				order, kinds[id] = append(order, id), kind
			}
			counts[id]++
		}
	}
	slices.SortStableFunc(order, func(a, b casus.ActorID) int { return counts[b] - counts[a] })
	for _, id := range order[:min(len(order), 5)] {
		sc.memory.weigh(id, kinds[id], 0, 0)
		sc.memory.prior[id] = topical * float64(counts[id]) / float64(counts[order[0]])
	}
}

// findMostNamed is the state that the article names most often, "" for none.
func (sc *scene) findMostNamed() casus.ActorID {
	var best casus.ActorID
	counts := map[casus.ActorID]int{}
	for _, s := range sc.sentences {
		for _, h := range s.hits {
			state := casus.ActorID(h.alias.id.Head())
			if !sc.isState(state) {
				continue
			}
			if counts[state]++; best == "" || counts[state] > counts[best] {
				best = state
			}
		}
	}
	return best
}

// presenceOf says which state, group or alliance a mention makes present.
func (sc *scene) presenceOf(id casus.ActorID, kind string) (casus.ActorID, string) {
	switch {
	case id == "":
		return "", ""
	case id.IsPerson():
		if id = sc.worksFor(id); id == "" {
			return "", ""
		}
		return sc.presenceOf(casus.ActorID(id.Head()), "")
	case sc.isState(casus.ActorID(id.Head())):
		return casus.ActorID(id.Head()), kindState
	}
	if actor, ok := sc.r.world.Actor(id); ok {
		kind = kindOfActor(actor.Kind)
	}
	switch kind {
	case kindGroup, kindAlliance, kindOrg:
		return id, kind
	}
	return "", ""
}

// topicOf is the state or group behind an id.
func (sc *scene) topicOf(id casus.ActorID) casus.ActorID {
	topic, _ := sc.presenceOf(id, "")
	return topic
}

// isState tells whether an id is a country's.
func (sc *scene) isState(id casus.ActorID) bool {
	place, ok := sc.r.world.Place(id)
	return ok && place.Kind == refdata.Country
}

// worksFor returns the actor that a person acts for, by the article or by the
// offices that refdata knows for its date.
func (sc *scene) worksFor(id casus.ActorID) casus.ActorID {
	if actor, ok := sc.r.world.Actor(id); ok {
		if held := actor.OfficeOn(sc.published.From); held != "" {
			return held
		}
		if p := sc.persons[id]; p == nil || p.actsFor == "" {
			if n := len(actor.ActsFor); n > 0 {
				return actor.ActsFor[n-1].Actor
			}
		}
	}
	if p := sc.persons[id]; p != nil {
		return p.actsFor
	}
	return ""
}

// hasTitle tells whether a person has the title that a role noun repeats, in
// the article or in refdata.
func (sc *scene) hasTitle(id casus.ActorID, r *roleHit) bool {
	if p := sc.persons[id]; p != nil {
		for _, t := range p.titles {
			if t.role == r.role && (r.sector == r.role.sector || t.sector == r.sector) {
				return true
			}
		}
	}
	actor, _ := sc.r.world.Actor(id)
	for _, o := range actor.ActsFor {
		if r.office != "" && o.Role == r.office && (casus.Period{From: o.From, To: o.To}).Holds(sc.published.From) {
			return true
		}
	}
	return false
}

// knownNames are the names of a person in refdata.
func (sc *scene) knownNames(id casus.ActorID) []string {
	actor, _ := sc.r.world.Actor(id)
	return actor.Names
}

// governor returns the group that governs a state in its government's place on
// the article's date, else id itself. In the week after such a change the news
// still writes of the old government and its soldiers.
func (sc *scene) governor(id casus.ActorID) casus.ActorID {
	if by := sc.r.world.GovernedBy(id, sc.published.From.AddDays(-7)); len(by) > 0 {
		return by[0]
	}
	return id
}
