package actors

import (
	"cmp"
	"math"
	"slices"

	"casus"
)

// The kinds that mentions agree in; tables of descriptions and pronouns name them.
const (
	kindState    = "state"
	kindGroup    = "group" // an armed group
	kindAlliance = "alliance"
	kindOrg      = "org"   // any other organisation
	kindOrgan    = "organ" // an institution of a state or organisation
	kindForce    = "force" // soldiers, policemen
	kindPeople   = "people"
	kindPerson   = "person"
	kindPlace    = "place"
	kindSame     = "same" // of an owner: the role is resolved already
)

// kindOfActor sorts refdata's kinds into those that agree.
func kindOfActor(k casus.ActorKind) string {
	switch k {
	case casus.ActorState:
		return kindState
	case casus.ActorArmedGroup:
		return kindGroup
	case casus.ActorAlliance:
		return kindAlliance
	case casus.ActorOrganisation:
		return kindOrg
	case casus.ActorPerson:
		return kindPerson
	case casus.ActorPopulation:
		return kindPeople
	case casus.ActorInstitution:
		return kindOrgan
	}
	return kindPlace
}

// The weights of a mention by what it does in its clause.
const (
	weightSubject  = 3.0
	weightPlace    = 2.0 // "in Kazachstan": what follows is told of it
	weightObject   = 1.5
	weightOther    = 1.0
	weightInherits = 0.7 // a state through its soldiers, ministers, towns
	fading         = 0.6 // what is left of a weight one sentence later
	topical        = 2.5 // what the actor that an article names most often has throughout
	weightClause   = 1.5 // a subject of a subordinate clause
)

// Bounds that keep the work linear in the length of the text.
const (
	rememberedMentions = 32
	rememberedActors   = 16
	rememberedChains   = 8 // also the distance in sentences up to which they count
)

// item is a mention as it is remembered.
type item struct {
	a        *anchor
	sentence int
	clause   int
	subject  bool
	main     bool // its clause is the sentence's main one
}

// chain is actors named side by side.
type chain struct {
	ids      []casus.ActorID
	kind     string // of the first
	sentence int
	subject  bool // of the sentence
}

// presence is how much an actor is on the reader's mind.
type presence struct {
	id       casus.ActorID
	kind     string
	weight   float64
	sentence int
}

// memory is what has been read so far.
type memory struct {
	items  []item
	actors []presence
	roles  map[string]*anchor        // by rule and sector: the last of its kind
	lead   chain                     // the first two actors named side by side: whom the story is about
	joined []chain                   // the last actors named side by side: "Oezbekistan en Tadzjikistan"
	prior  map[casus.ActorID]float64 // how much of the article an actor takes up, 0 to topical
}

func (m *memory) keep(a *anchor, s *sentence) {
	m.items = append(m.items, item{a, s.index, s.clauses[a.head], s.isSubject(a.head), s.tree.Words[s.clauses[a.head]].Head < 0})
	if len(m.items) > rememberedMentions {
		m.items = slices.Delete(m.items, 0, len(m.items)-rememberedMentions)
	}
}

// join keeps the actors that a sentence names side by side.
func (m *memory) join(s *sentence) {
	for _, a := range s.anchors {
		ids := s.chainFrom(a)
		if len(ids) > 1 && s.goesBetween(a) {
			continue
		}
		if n := len(m.joined); len(ids) > 1 && (n == 0 || m.joined[n-1].sentence < s.index || !slices.Contains(m.joined[n-1].ids, ids[0])) {
			m.joined = append(m.joined, chain{ids, a.kind, s.index, s.isSubject(a.head)})
			if len(m.lead.ids) == 0 && len(ids) == 2 {
				m.lead = chain{slices.Clone(ids), a.kind, s.index, true}
			}
		}
	}
	if n := len(m.joined); n > rememberedChains {
		m.joined = slices.Delete(m.joined, 0, n-rememberedChains)
	}
}

// goesBetween tells whether an anchor is the subject of a verb of those who stand between
// two sides, or speak to them, and are neither: "Qatar and Egypt mediated".
func (s *sentence) goesBetween(a *anchor) bool {
	return s.isSubject(a.head) && s.clauses[a.head] >= 0 && s.scene.r.lex.has("go-between", s.words[s.clauses[a.head]])
}

// side returns the actors of some kind that were named side by side, n of them
// or any number for 0, and none of them barred: those most present, and for 0 the last.
func (m *memory) side(kinds []string, n, sentence int, barred func(casus.ActorID) bool) []casus.ActorID {
	var best []casus.ActorID
	top := -1.0
	for _, c := range m.joined {
		if sentence-c.sentence > rememberedChains || n > 0 && len(c.ids) != n || !slices.Contains(kinds, c.kind) || barred != nil && slices.ContainsFunc(c.ids, barred) {
			continue
		}
		weight := float64(c.sentence)
		if n > 0 {
			weight = 0
			for _, p := range m.actors {
				if slices.Contains(c.ids, p.id) {
					weight += p.at(sentence) + m.prior[p.id]
				}
			}
		}
		if weight >= top {
			best, top = c.ids, weight
		}
	}
	return best
}

// chainFrom returns the actors that are named side by side from an anchor on.
func (s *sentence) chainFrom(a *anchor) []casus.ActorID {
	if !isParty(a) {
		return nil
	}
	ids := []casus.ActorID{a.m.ID}
	b := s.conjunctOf(a)
	for ; b != nil && isParty(b) && len(ids) < 8; b = s.conjunctOf(b) {
		if !slices.Contains(ids, b.m.ID) {
			ids = append(ids, b.m.ID)
		}
	}
	if b != nil && b.role != nil {
		return ids[:1] // of "Malaysia, Cambodia and Thailand's ministers" the first two are no pair
	}
	return ids
}

// subjectsBefore returns the actors that are together the subject of the
// sentence so far, nil if one alone is.
func (s *sentence) subjectsBefore(a *anchor) []casus.ActorID {
	for _, b := range s.lately(a) {
		if ids := s.chainFrom(b); len(ids) > 1 && s.isSubject(b.head) {
			return ids
		}
	}
	return nil
}

// lately returns the anchors before one in its sentence, as many as are remembered.
func (s *sentence) lately(a *anchor) []*anchor {
	return s.anchors[max(0, a.index-rememberedMentions):a.index]
}

// isParty tells whether an anchor names a state, group or person.
func isParty(a *anchor) bool {
	return a.hit != nil && a.role == nil && a.m.ID != "" && (a.kind == kindState || a.kind == kindGroup || a.kind == kindPerson) && a.m.Class == Name
}

// weigh makes an actor more present by w.
func (m *memory) weigh(id casus.ActorID, kind string, sentence int, w float64) {
	for i := range m.actors {
		p := &m.actors[i]
		if p.id == id {
			p.weight, p.sentence = p.at(sentence)+w, sentence
			return
		}
	}
	if len(m.actors) == rememberedActors {
		weakest := 0
		for i, p := range m.actors {
			if p.at(sentence) < m.actors[weakest].at(sentence) {
				weakest = i
			}
		}
		m.actors = slices.Delete(m.actors, weakest, weakest+1)
	}
	m.actors = append(m.actors, presence{id, kind, w, sentence})
}

// at is the weight that is left in a sentence.
func (p presence) at(sentence int) float64 {
	return p.weight * math.Pow(fading, float64(sentence-p.sentence))
}

// recent is present with the last mention counting more than the whole
// passage: "het land" is the one just spoken of.
func (m *memory) recent(kinds []string, sentence int, skip func(casus.ActorID) bool) []presence {
	var out []presence
	for _, p := range m.actors {
		if slices.Contains(kinds, p.kind) && (skip == nil || !skip(p.id)) {
			p.weight = p.at(sentence)*math.Pow(fading, float64(sentence-p.sentence)) + m.prior[p.id]/2
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b presence) int { return cmp.Compare(b.weight, a.weight) })
	return out
}

// stillSpokenOf is for how many sentences after its last mention an actor is what
// the article speaks of.
const stillSpokenOf = 5

// speaksOf tells whether some part of a state or group was named lately.
func (m *memory) speaksOf(id casus.ActorID, sentence int) bool {
	return slices.ContainsFunc(m.actors, func(p presence) bool { return p.id.Head() == id.Head() && sentence-p.sentence <= stillSpokenOf })
}

// present returns the actors of some kinds that are most present, the first
// first, without those that skip says.
func (m *memory) present(kinds []string, sentence int, skip func(casus.ActorID) bool) []presence {
	var out []presence
	for _, p := range m.actors {
		if slices.Contains(kinds, p.kind) && (skip == nil || !skip(p.id)) {
			p.weight, p.sentence = p.at(sentence)+m.prior[p.id], sentence
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b presence) int { return cmp.Compare(b.weight, a.weight) })
	return out
}
