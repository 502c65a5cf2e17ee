package actors

import (
	"slices"
	"strings"

	"casus"
)

// resolvePronoun finds whom a pronoun stands for.
func (s *sentence) resolvePronoun(a *anchor) {
	p := a.pronoun
	a.m.Class, a.m.Rule = Pronoun, p.rule
	switch p.sort {
	case "first":
		a.m.Rule = "first-person"
		return
	case "relative":
		s.copyFrom(a, s.antecedentOfRelative(a), "relative")
		s.shareRelative(a)
		return
	}
	number := p.number
	if number == "any" {
		number = s.numberOfVerb(a.head)
	}
	a.plural = number == "some"
	if s.isExpletive(a) {
		return
	}
	best := s.bestItem(a, number)
	if ids := s.subjectsTogether(a, best); number == "some" && len(ids) > 1 {
		a.m.ID, a.m.Members, a.kind, a.plural = ids[0], slices.Clone(ids), kindState, true
		a.m.Rule += ", the subjects together"
		return
	}
	s.copyFrom(a, best, "coreference")
}

// subjectsTogether returns the actors that are together the subject of this
// sentence before a pronoun, or of the last one unless best is of several itself.
func (s *sentence) subjectsTogether(a, best *anchor) []casus.ActorID {
	if ids := s.subjectsBefore(a); len(ids) > 1 || best != nil && best.plural {
		return ids
	}
	if n := len(s.scene.memory.joined); n > 0 {
		if c := s.scene.memory.joined[n-1]; c.subject && c.sentence == s.index-1 {
			return c.ids
		}
	}
	return nil
}

// shareRelative lets a relative pronoun with a plural verb stand for all the
// names that it follows: "Soedan en Tsjaad, die …".
func (s *sentence) shareRelative(a *anchor) {
	if s.numberOfVerb(a.head) != "some" || len(a.m.Members) > 0 {
		return
	}
	for _, b := range s.lately(a) {
		if ids := s.chainFrom(b); len(ids) > 1 && slices.Contains(ids, a.m.ID) {
			a.m.Members, a.plural = ids, true
			a.m.ID = ids[0]
			return
		}
	}
}

// copyFrom lets an anchor stand for what another stands for.
func (s *sentence) copyFrom(a, from *anchor, how string) {
	if from == nil {
		return
	}
	if from.state == pending {
		s.resolve(from)
	}
	a.m.ID, a.m.Members = from.m.ID, slices.Clone(from.m.Members)
	a.kind, a.gender, a.plural = from.kind, from.gender, from.plural
	a.m.Rule += ", " + how
}

// antecedentOfRelative goes up from a relative pronoun to the noun that its
// clause belongs to.
func (s *sentence) antecedentOfRelative(a *anchor) *anchor {
	at := a.head
	for range 8 {
		w := s.tree.Words[at]
		if w.Head < 0 {
			break
		}
		if strings.HasPrefix(w.Deprel, "acl") {
			if b := s.headedBy(w.Head); b != nil && b.first < a.first {
				if near := s.rightBefore(a); near != nil && near != b && near.hit != nil && (!s.isUnder(near.head, b.head) || near.kind == kindState && b.role != nil && b.role.role.sort == organ && b.role.sector == "mil") && near.first > b.first {
					return near // "Russia has a base in Tajikistan, whose government …"
				}
				return b
			}
			if slices.Contains(a.pronoun.kinds, "place") {
				return nil // of a noun that is no actor: "het akkoord van Dayton, dat …"
			}
			break // "a reply to President Trump, who …": not the reply
		}
		at = w.Head
	}
	return s.rightBefore(a)
}

// isUnder tells whether a word hangs below another, at any depth.
func (s *sentence) isUnder(w, top int) bool {
	for range len(s.words) {
		if w < 0 || w == top {
			break
		}
		w = s.tree.Words[w].Head
	}
	return w == top
}

// rightBefore returns the anchor right before a relative pronoun, but for a comma
// and adverbs ("the Americans as well, who …"); nil where none stands there.
func (s *sentence) rightBefore(a *anchor) *anchor {
	i := a.first - 1
	if i > 0 && s.tree.Words[i].Form == "," {
		i--
	}
	for i > 0 && s.at[i] == nil && s.tree.Words[i].UPOS == "ADV" {
		i--
	}
	if i < 0 || s.at[i] == nil || s.at[i].pronoun != nil {
		return nil
	}
	return s.headedBy(i)
}

// headedBy returns the anchor whose phrase a word heads; a quantity ("een van
// de leden") leads to what it counts.
func (s *sentence) headedBy(i int) *anchor {
	if i < 0 {
		return nil
	}
	if b := s.at[i]; b != nil {
		for b.modifies != nil {
			b = b.modifies
		}
		if b.same != nil {
			return b.same
		}
		return b
	}
	return nil
}

// numberOfVerb reads from a subject's verb whether it is one or some.
func (s *sentence) numberOfVerb(i int) string {
	if !strings.HasPrefix(s.tree.Words[i].Deprel, "nsubj") {
		return "any"
	}
	verb := s.tree.Words[i].Head
	if verb < 0 {
		return "any"
	}
	number := numberIn(s.tree.Words[verb].Feats)
	for _, i := range s.below[verb] {
		if w := s.tree.Words[i]; strings.HasPrefix(w.Deprel, "aux") || w.Deprel == "cop" {
			if n := numberIn(w.Feats); n != "any" {
				number = n
			}
		}
	}
	return number
}

func numberIn(feats string) string {
	switch {
	case strings.Contains(feats, "Number=Plur"):
		return "some"
	case strings.Contains(feats, "Number=Sing"):
		return "one"
	}
	return "any"
}

// isExpletive tells whether "het" or "it" stands for a clause that follows, or
// for nothing ("het regent"), so that nobody need be looked for.
func (s *sentence) isExpletive(a *anchor) bool {
	w := s.tree.Words[a.head]
	if !a.pronoun.isNeuter() || w.Head < 0 {
		return false
	}
	if !strings.HasPrefix(w.Deprel, "nsubj") {
		return !s.isDoneTo(a)
	}
	if s.numberOfVerb(a.head) == "some" || s.tree.Words[w.Head].UPOS != "VERB" || s.scene.r.lex.has("impersonal", s.words[w.Head]) {
		return true
	}
	for _, i := range s.below[w.Head] {
		if s.tree.Words[i].Deprel == "csubj" {
			return true
		}
	}
	return false
}

// isDoneTo tells whether a pronoun is the object of what one side does to another
// in a clause of a longer sentence: "Georgia says that Russia attacked it".
func (s *sentence) isDoneTo(a *anchor) bool {
	w := s.tree.Words[a.head]
	verb := s.tree.Words[w.Head]
	return w.Deprel == "obj" && verb.UPOS == "VERB" && verb.Head >= 0 && slices.Contains([]string{"ccomp", "advcl", "acl", "acl:relcl", "xcomp"}, verb.Deprel) && s.scene.r.lex.has("done-to", s.words[w.Head])
}

// isNeuter tells whether a pronoun is "het" or "it", which often stands for nobody.
func (p *pronoun) isNeuter() bool {
	return p.sort == "personal" && p.number == "one" && slices.Contains(p.kinds, kindState) && !slices.Contains(p.kinds, kindPerson)
}

// bestItem returns the remembered mention that a pronoun most likely stands for.
func (s *sentence) bestItem(a *anchor, number string) *anchor {
	var best *anchor
	top := 0.0
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0; i-- {
		it := items[i]
		if it.a.m.ID == "" || !agrees(a.pronoun, number, it.a) || a.pronoun.isNeuter() && (!it.subject || s.index-it.sentence > 1) {
			continue
		}
		score := s.closeness(a, it) + 0.01*float64(i)
		if number == "some" && !it.a.plural && len(it.a.m.Members) < 2 && it.a.kind != kindGroup {
			score-- // a body of people named in the singular
		}
		if score > top {
			best, top = it.a, score
		}
	}
	return best
}

// closeness scores a candidate by distance and by what it does in its clause.
func (s *sentence) closeness(a *anchor, it item) float64 {
	score := []float64{4, 3, 1.5, 0.7, 0.3}
	distance := s.index - it.sentence
	if distance >= len(score) {
		return 0
	}
	total := score[distance]
	if it.subject {
		total += 1.5
		if it.main && distance > 0 {
			total += 0.6
		}
	}
	if it.a.m.Class == Adjective {
		total -= 1.5
	}
	if distance > 0 {
		return total
	}
	possessive := a.pronoun != nil && a.pronoun.sort == "possessive"
	switch {
	case it.a.npFirst <= a.first && a.first < it.a.npLast:
		return 0 // inside its own phrase
	case it.clause == s.clauses[a.head] && possessive && it.subject:
		total += 2
	case it.clause == s.clauses[a.head] && !possessive && (it.subject || s.isSubject(a.head)):
		return 0 // two parts of one clause are two actors, unless it says "zich"
	}
	return total
}

// agrees tells whether a pronoun may stand for a mention.
func agrees(p *pronoun, number string, b *anchor) bool {
	if !slices.Contains(p.kinds, b.kind) {
		return false
	}
	if b.gender != "" && p.gender != "any" && p.gender != "" && b.gender != p.gender {
		return false
	}
	collective := b.kind == kindGroup || b.kind == kindForce || b.kind == kindPeople || b.kind == kindOrg || b.kind == kindOrgan
	switch number {
	case "one":
		return (!b.plural || b.hit != nil && b.kind != kindPeople) && len(b.m.Members) < 2 && b.kind != kindPeople && (b.kind != kindForce || !collective || p.gender != "m" && p.gender != "f") &&
			(p.gender != "m" && p.gender != "f" || b.kind == kindPerson)
	case "some":
		return b.plural || len(b.m.Members) > 1 || collective
	}
	return true
}

// resolveDescription finds whom "het land", "de jihadisten" or "beide partijen"
// stands for.
func (s *sentence) resolveDescription(a *anchor) {
	d := a.description
	a.m.Class, a.m.Rule = Description, d.rule
	a.plural = d.number == "some" || d.number == "pair"
	if len(d.kinds) > 0 {
		a.kind = d.kinds[0]
	}
	if b := s.apposed(a); b != nil {
		s.copyFrom(a, b, "apposition")
		if d.number == "pair" {
			s.addConjuncts(a, b)
		}
		return
	}
	if s.demonymed(a) {
		return
	}
	if d.number == "pair" {
		s.resolvePair(a)
		return
	}
	if d.number == "other" && s.ofSomeRegion(a) {
		return
	}
	if s.ownedDescription(a) || d.number != "other" && s.personsDescription(a) || !s.pointsBack(a) {
		return
	}
	if d.number == "one" && s.isPlural(a) {
		if d.kinds[0] == kindState {
			s.resolveJoined(a, 0)
		}
		return
	}
	if s.leftBySubject(a) || s.wordOfName(a) {
		return
	}
	own := casus.ActorID("")
	if subject := s.subjectOf(a); subject != nil && !s.isSubject(a.head) {
		own = subject.m.ID
	}
	if b := s.lastOf(a, d.kinds); b != nil {
		s.copyFrom(a, b, "last named")
		return
	}
	found := s.scene.memory.recent(d.kinds, s.index, func(id casus.ActorID) bool {
		return s.scenery(a, id) || d.number == "other" && s.speaksOf(a, id) || own == id || own.Within(id+"/gov")
	})
	if len(found) > 1 && found[0].kind == kindGroup && s.isSubject(a.head) && s.isAside(found[0].id) && found[1].kind == kindGroup {
		found = found[1:] // in "ties with al-Qaida, which the movement denies" the movement is another
	}
	if len(found) > 1 && own.Within(found[0].id) && found[0].weight < 2*found[1].weight {
		found = found[1:] // soldiers in "het land" are rather abroad
	}
	if len(found) > 0 {
		a.m.Rule += ", passage"
		a.becomes(found[0])
	}
}

// ofSomeRegion tells whether an adjective of a region narrows a description ("het
// Centraal-Aziatische buurland"): no table tells which states lie there, and whoever
// comes to mind otherwise is as a rule elsewhere.
func (s *sentence) ofSomeRegion(a *anchor) bool {
	for i := a.npFirst; i < a.first; i++ {
		w := s.tree.Words[i]
		if w.UPOS == "ADJ" && strings.ToLower(w.Form) != w.Form {
			b := s.at[i]
			return b == nil || b.hit == nil || !b.hit.alias.id.IsCountry()
		}
	}
	return false
}

// isAside tells whether this sentence has named somebody so far, and never as a subject.
func (s *sentence) isAside(id casus.ActorID) bool {
	named := false
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0 && items[i].sentence == s.index; i-- {
		if items[i].a.m.ID == id {
			if items[i].subject {
				return false
			}
			named = true
		}
	}
	return named
}

// becomes lets an anchor stand for somebody whom the passage is about.
func (a *anchor) becomes(p presence) {
	a.m.ID, a.kind = p.id, p.kind
	if a.m.Place = p.kind == kindState; a.m.Place {
		a.m.Where = []string{string(p.id)}
	}
}

// wordOfName reads "the council" as what was named last with that word in its
// name, and tells whether the noun is one that names of organisations have.
func (s *sentence) wordOfName(a *anchor) bool {
	noun := s.words[a.head].folded()
	if a.description.kinds[0] != kindOrg || !s.scene.r.lex.hasForm("organ", []string{noun}) {
		return false
	}
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0; i-- {
		b := items[i].a
		if b.hit != nil && b.hit.alias.kind != casus.ActorPerson && slices.Contains(fold(b.hit.alias.text), noun) {
			s.copyFrom(a, b, "the name's own word")
			return true
		}
	}
	return false
}

// leftBySubject reads "zette de ambassadeur het land uit": the country is that
// of the clause's subject.
func (s *sentence) leftBySubject(a *anchor) bool {
	lex := s.scene.r.lex
	out := a.last < len(s.words) && lex.has("from", s.words[a.last]) && s.tree.Words[a.last].UPOS != "NOUN" && a.last+1 < len(s.words) && s.at[a.last+1] == nil
	subject := s.subjectOf(a)
	if !out || a.description.kinds[0] != kindState || subject == nil {
		return false
	}
	id, kind := s.scene.presenceOf(subject.m.ID, subject.kind)
	if kind != kindState {
		return false
	}
	a.m.ID, a.kind, a.m.Place, a.m.Where = id, kind, true, []string{string(id)}
	a.m.Rule += ", the subject's own"
	return true
}

// scenery tells whether a state is in the clause only through the town where
// it happens: "In Boedapest deed het land afstand".
func (s *sentence) scenery(a *anchor, id casus.ActorID) bool {
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0 && items[i].sentence == s.index; i-- {
		b := items[i].a
		if b.hit != nil && (b.hit.alias.class == classCapital || b.hit.alias.class == classTown) && b.m.ID.Head() == string(id) && !s.acts(b) {
			return items[i].clause == s.clauses[a.head]
		}
	}
	return false
}

// lastOf returns what was named last, for a phrase with "dat" or "that".
func (s *sentence) lastOf(a *anchor, kinds []string) *anchor {
	if !s.scene.r.lex.has("that", s.words[a.npFirst]) {
		return nil
	}
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0 && s.index-items[i].sentence < 3; i-- {
		if b := items[i].a; slices.Contains(kinds, b.kind) && b.m.Class != Adjective && (items[i].sentence < s.index || b.npLast <= a.npFirst) {
			return b
		}
	}
	return nil
}

// speaksOf tells whether a state, or the group that governs it, has been named
// in the clause before an anchor, so that "het buurland" is another.
func (s *sentence) speaksOf(a *anchor, id casus.ActorID) bool {
	governor := s.scene.governor(id)
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0 && items[i].sentence == s.index; i-- {
		if items[i].clause != s.clauses[a.head] && !items[i].subject || items[i].a.npFirst >= a.first {
			continue
		}
		if topic := s.scene.topicOf(items[i].a.m.ID); topic == id || topic == governor {
			return true
		}
	}
	return false
}

// pointsBack tells whether a phrase has a determiner of what is known.
func (s *sentence) pointsBack(a *anchor) bool {
	for i := a.npFirst; i < a.first; i++ {
		w := s.words[i]
		if s.scene.r.lex.has("definite", w) || s.at[i] != nil && s.at[i].pronoun != nil {
			return true
		}
	}
	return false
}

// ownedDescription reads "de Afghaanse jihadisten" and "de beweging van X":
// the phrase itself says who.
func (s *sentence) ownedDescription(a *anchor) bool {
	for i := a.npFirst; i < a.first; i++ {
		if b := s.at[i]; b != nil && b.modifies == a && b.hit != nil && b.hit.alias.class == className && !b.hit.genitive {
			s.copyFrom(a, b, "attribute")
			return true
		}
	}
	return false
}

// demonymed reads "de Palestijnse staat" as the state of its adjective, and tells
// whether a noun has such an adjective: "Soedanese partijen" are not whoever was
// named last.
func (s *sentence) demonymed(a *anchor) bool {
	for i := a.npFirst; i < a.first; i++ {
		b := s.at[i]
		if b == nil || b.modifies != a || b.hit == nil || b.hit.alias.class != classAdjective || !s.scene.isState(b.hit.alias.id) {
			continue
		}
		if a.description.kinds[0] == kindState && a.description.number == "one" {
			s.copyFrom(a, b, "attribute")
		}
		return true
	}
	return false
}

// personsDescription reads "zijn land" and "her party" by whom the person acts for,
// "hun land" by where the people are from.
func (s *sentence) personsDescription(a *anchor) bool {
	for i := a.npFirst; i < a.first; i++ {
		b := s.at[i]
		if b == nil || b.modifies != a || b.m.ID == "" && b.state == resolved {
			continue
		}
		s.resolve(b)
		if home := casus.ActorID(b.m.ID.Head()); b.pronoun != nil && b.kind == kindPeople && a.description.kinds[0] == kindState && home.IsCountry() {
			a.becomes(presence{id: home, kind: kindState}) // "ontvluchtten hun land"
			return true
		}
		if !b.m.ID.IsPerson() {
			continue
		}
		id, kind := s.scene.presenceOf(s.scene.worksFor(b.m.ID), "")
		if id == "" || !slices.Contains(a.description.kinds, kind) {
			return id != "" // somebody's party that is not known
		}
		a.m.ID, a.kind = id, kind
		a.m.Rule += ", whom the person acts for"
		if kind == kindState {
			a.m.Place, a.m.Where = true, []string{string(id)}
		}
		return true
	}
	return false
}

// apposed returns the name that a description stands beside: "de Taliban, een
// beweging die …", "het buurland Tadzjikistan".
func (s *sentence) apposed(a *anchor) *anchor {
	if a.last < len(s.words) {
		if b := s.at[a.last]; b != nil && b.hit != nil && b.first == a.last && !b.hit.genitive && b.hit.alias.class != classAdjective {
			return b
		}
	}
	if s.tree.Words[a.head].Deprel == "appos" {
		b := s.headedBy(s.tree.Words[a.head].Head)
		if b != nil && b.hit != nil && b.hit.alias.class == classTown && !slices.Contains(a.description.kinds, kindPlace) {
			b = s.headedBy(s.tree.Words[b.head].Head) // "the committees in El Fasher, a local group"
		}
		if b != nil && b != a && b.first < a.first {
			return b
		}
	}
	return nil
}

// subjectOf returns the subject of the clause around an anchor, if it has been
// read; a clause joined to another shares that one's subject.
func (s *sentence) subjectOf(a *anchor) *anchor {
	items := s.scene.memory.items
	clause := s.clauses[a.head]
	for range 4 {
		for i := len(items) - 1; i >= 0 && items[i].sentence == s.index; i-- {
			if items[i].subject && items[i].clause == clause && items[i].a != a {
				return items[i].a
			}
		}
		w := s.tree.Words[clause]
		if w.Deprel != "conj" && w.Deprel != "xcomp" || w.Head < 0 {
			return nil
		}
		clause = s.clauses[w.Head]
	}
	return nil
}

// isSubject tells whether a word is the subject of its clause.
func (s *sentence) isSubject(i int) bool {
	w := s.tree.Words[i]
	if strings.HasPrefix(w.Deprel, "nsubj") || w.Deprel == "obl:agent" {
		return true
	}
	if w.Head >= 0 && (w.Deprel == "conj" || w.Deprel == "appos" || w.Deprel == "flat") {
		return strings.HasPrefix(s.tree.Words[w.Head].Deprel, "nsubj")
	}
	return false
}
