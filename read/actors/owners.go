package actors

import (
	"slices"
	"strings"

	"casus"
)

// resolveRole finds whose soldiers, ministers or refugees are meant.
func (s *sentence) resolveRole(a *anchor) {
	r := a.role.role
	a.kind, a.plural = r.agreement(), s.isPlural(a)
	a.gender = r.gender()
	a.m.Class, a.m.Rule = r.class(), r.rule
	if a.same != nil {
		return
	}
	if s.isLoose(a) {
		return
	}
	if b := s.apposedRole(a); b != nil {
		s.copyFrom(a, b, "apposition")
		return
	}
	owners, how := s.ownersOf(a)
	if len(owners) == 0 && s.isPredicate(a) && r.isPerson() {
		return
	}
	if len(owners) == 0 && !s.ownerUnknown(a) {
		owners, how = s.ownersFromContext(a)
	}
	if how != "" {
		a.m.Rule += ", " + how
	}
	if len(owners) == 0 {
		a.m.ID = s.alone(a)
		return
	}
	for _, owner := range owners {
		id := s.scene.join(owner, a.role)
		if id != "" && !slices.Contains(a.m.Members, id) {
			a.m.Members = append(a.m.Members, id)
		}
	}
	if len(a.m.Members) == 0 {
		a.m.ID = s.alone(a)
		return
	}
	a.m.ID = a.m.Members[0]
	if len(a.m.Members) == 1 {
		a.m.Members = nil
	}
	if r.sort == office && owners[0].kind != kindSame {
		s.namedHolder(a)
	}
	if r.sort == part {
		s.setPart(a, owners[0])
	}
}

// isLoose tells whether a role noun only says of what kind another noun is:
// "refugee camp", "terrorist list".
func (s *sentence) isLoose(a *anchor) bool {
	w := s.tree.Words[a.head]
	if w.Deprel != "compound" || w.Head < a.last || s.at[w.Head] != nil {
		return false
	}
	r := a.role.role.sort
	return r != organ && r != body
}

// isPredicate tells whether a role is said of somebody ("was commander", "as
// president") and not somebody by itself.
func (s *sentence) isPredicate(a *anchor) bool {
	for i, w := range s.tree.Words {
		if w.Head != a.head {
			continue
		}
		if w.Deprel == "cop" || w.Deprel == "case" && i < a.head && s.scene.r.lex.has("as", s.words[i]) {
			return true
		}
	}
	return false
}

// apposedRole returns the group or organisation that a role noun stands in
// apposition to: "JNIM, the local branch of …".
func (s *sentence) apposedRole(a *anchor) *anchor {
	if s.tree.Words[a.head].Deprel != "appos" || a.hit != nil {
		return nil
	}
	b := s.headedBy(s.tree.Words[a.head].Head)
	if b == nil || b == a || b.hit == nil || b.first > a.first || b.hit.alias.kind == casus.ActorPerson || b.hit.alias.class == classTown {
		return nil
	}
	return b
}

// alone is the id of a role without an owner: refdata's for the same words
// where it has them.
func (s *sentence) alone(a *anchor) casus.ActorID {
	if a.role.role.alone == "" {
		return ""
	}
	if found, end := s.scene.r.collectives.longest(s.words, a.first); len(found) > 0 && end == a.last {
		return found[0].id
	}
	return a.role.role.alone
}

// class is the class of a mention by this role.
func (r *role) class() Class {
	switch r.sort {
	case office:
		return Office
	case people:
		return Population
	case part:
		return Place
	}
	return Role
}

// agreement is the kind that a mention by this role agrees in.
func (r *role) agreement() string {
	switch r.sort {
	case organ:
		return kindOrgan
	case people:
		return kindPeople
	case part:
		return kindPlace
	case office, member, trade:
		return kindPerson
	}
	return kindForce
}

func (r *role) gender() string {
	if r.flags["f"] {
		return "f"
	}
	return ""
}

// owner is somebody whose role a noun names, and where that was read.
type owner struct {
	id   casus.ActorID
	kind string
}

// ownership is what a phrase says of a role's owners, looked up once.
type ownership struct {
	owners []owner
	how    string
}

// ownersOf returns the owners that the phrase itself names.
func (s *sentence) ownersOf(a *anchor) ([]owner, string) {
	if a.owners == nil {
		a.owners = &ownership{}
		a.owners.owners, a.owners.how = s.findOwners(a)
	}
	return slices.Clone(a.owners.owners), a.owners.how
}

func (s *sentence) findOwners(a *anchor) ([]owner, string) {
	if a.hit != nil && !a.role.role.flags["topic"] { // "Talibanstrijders"
		return []owner{s.scene.ownerOf(&anchor{m: Mention{ID: a.hit.alias.id}, kind: kindOfActor(a.hit.alias.kind), hit: a.hit})}, "compound"
	}
	if o, ok := s.front(a); ok {
		return o, "compound"
	}
	for i := a.first - 1; i >= a.npFirst; i-- {
		if b := s.at[i]; b != nil && b.modifies == a && (b.hit == nil || !b.hit.loose) {
			s.resolve(b)
			if len(b.m.Members) > 1 {
				return s.ownersOfMembers(b), "attribute"
			}
			if b.m.ID != "" {
				return []owner{s.scene.ownerOf(b)}, "attribute"
			}
		}
	}
	if owners := s.ownersAfter(a); len(owners) > 0 {
		return owners, "phrase"
	}
	return nil, ""
}

// ownersOfMembers are those whom a plural attribute stands for: "hun troepen".
func (s *sentence) ownersOfMembers(b *anchor) []owner {
	var out []owner
	for _, id := range b.m.Members {
		kind := kindState
		if id.IsPerson() {
			kind = kindPerson
		} else if !s.scene.isState(casus.ActorID(id.Head())) {
			kind = kindGroup
		}
		out = append(out, owner{id, kind})
	}
	return out
}

// front reads the beginning of a compound role noun: the police in
// "politiewoordvoerder" is an organ whose own owner is looked for.
func (s *sentence) front(a *anchor) ([]owner, bool) {
	if a.role.front == "" {
		return nil, false
	}
	lex := s.scene.r.lex
	inner := lex.roleTails[a.role.front]
	if inner == nil {
		_, inner = lex.compound(a.role.front)
	}
	if inner == nil || inner.sort == office || inner.sort == trade || inner.sort == part {
		return nil, false
	}
	if a.role.sector != "" && inner.sector != "" && a.role.role.sort != member { // "regeringstroepen" are troops
		return nil, false
	}
	b := &anchor{first: a.first, last: a.last, head: a.head, npFirst: a.npFirst, npLast: a.npLast,
		role: &roleHit{first: a.first, last: a.last, head: a.head, role: inner, sector: inner.sector}}
	for i := a.npFirst; i < a.first; i++ {
		if c := s.at[i]; c != nil && c.modifies == a {
			c.modifies = b
			defer func() { c.modifies = a }()
		}
	}
	s.resolveRole(b)
	if b.m.ID == "" {
		return nil, false
	}
	return []owner{{b.m.ID, b.kind}}, true
}

// ownersAfter reads the phrase after a role noun: "van de politie", "of
// Tajikistan and Uzbekistan", "in Bakoe".
func (s *sentence) ownersAfter(a *anchor) []owner {
	at := a.npLast
	if a.role.role.flags["topic"] {
		at = s.skipTopic(at)
	}
	if at >= len(s.words) || !s.ownerPreposition(a.role.role, at) {
		return nil
	}
	b := s.phraseAt(at + 1)
	if b == nil {
		return nil
	}
	s.resolve(b)
	if b.m.ID == "" || b.m.Class == Pronoun {
		return nil
	}
	owners := []owner{s.scene.ownerOf(b)}
	a.npLast = b.npLast
	if a.plural {
		for c := s.conjunctOf(b); c != nil; c = s.conjunctOf(c) {
			s.resolve(c)
			if c.m.ID == "" || c.kind != b.kind {
				break
			}
			owners = append(owners, s.scene.ownerOf(c))
			a.npLast = c.npLast
		}
	}
	return owners
}

// skipTopic goes from the end of "expert" over "on the Sahel" to the "at" of
// where that person works; it stays where it is if there is none.
func (s *sentence) skipTopic(from int) int {
	for i := from; i < len(s.words) && i < from+8; i++ {
		switch s.tree.Words[i].UPOS {
		case "VERB", "AUX", "PUNCT", "CCONJ", "SCONJ":
			return from
		}
		if s.scene.r.lex.has("for", s.words[i]) && i+1 < len(s.words) && s.phraseAt(i+1) != nil {
			return i
		}
	}
	return from
}

// ownerPreposition tells whether the word at i ties an owner to a role. A
// place is no owner of those who are only there: "vluchtelingen in Turkije".
func (s *sentence) ownerPreposition(r *role, i int) bool {
	lex, w := s.scene.r.lex, s.words[i]
	switch {
	case lex.has("of", w):
		return true
	case lex.has("for", w) && (r.sort == member || r.sort == trade || r.sort == fighters || r.sort == office):
		return !r.flags["topic"] || lex.has("in", w)
	case lex.has("from", w):
		return true
	case lex.has("in", w):
		return r.flags["in"]
	}
	return false
}

// phraseAt returns the anchor whose noun phrase begins at a word, not one that
// is only an attribute in it.
func (s *sentence) phraseAt(i int) *anchor {
	for k := i; k < len(s.words) && k < i+8; k++ {
		b := s.at[k]
		if b == nil {
			continue
		}
		for b.modifies != nil {
			b = b.modifies
		}
		if b.hit != nil && b.role == nil && b.hit.alias.class == classAdjective {
			return nil // of a noun that is no actor: "van Turkse makelij"
		}
		if b.npFirst <= i && i < b.last {
			return b
		}
		return nil
	}
	return nil
}

// conjunctOf returns the anchor that follows another after a comma or "and".
func (s *sentence) conjunctOf(a *anchor) *anchor {
	at := a.npLast
	if at >= len(s.words) || s.tree.Words[at].Form != "," && !s.scene.r.lex.has("and", s.words[at]) {
		return nil
	}
	return s.phraseAt(at + 1)
}

// ownersFromContext finds whose role it is where the phrase does not say: that
// of the last mention of the same role, or the state, group or alliance that
// the passage is about.
func (s *sentence) ownersFromContext(a *anchor) ([]owner, string) {
	r := a.role.role
	mem := &s.scene.memory
	pointed := s.pointsBack(a)
	before := mem.roles[a.role.key()]
	if before != nil && pointed {
		return s.sameOwners(before), "as before"
	}
	if last := mem.roles[r.rule]; last != nil && r.flags["portfolio"] && r.sort == organ {
		return []owner{{casus.ActorID(last.m.ID.Head()), kindState}}, "as before"
	}
	if r.flags["solo"] {
		return nil, ""
	}
	if o := s.ownerByPlace(a); o.id != "" {
		return []owner{o}, "place"
	}
	if before != nil && a.plural && a.npFirst == a.first {
		return s.sameOwners(before), "as before"
	}
	if o := s.ownerInClause(a); o.id != "" {
		return []owner{o}, "subject"
	}
	kinds := []string{kindState}
	switch {
	case r.flags["alliance"]:
		kinds = []string{kindAlliance}
	case r.sort == fighters:
		kinds = []string{kindGroup}
	case r.sort == member:
		kinds = []string{kindState, kindGroup, kindAlliance, kindOrg}
	}
	if (r.sort == office || r.sort == member) && pointed && !a.plural {
		if p := s.personOfOffice(a); p != nil {
			return []owner{{p.m.ID, kindSame}}, "the person of that office"
		}
	}
	if found := mem.present(kinds, s.index, nil); len(found) > 0 && (r.alone == "" || pointed || found[0].at(s.index) > 1) {
		return []owner{{found[0].id, found[0].kind}}, "passage"
	}
	return nil, ""
}

// ownerUnknown tells whether the phrase names an owner that could not be
// found ("leiders van een verboden club"), or one of many: "een islamistisch regime".
func (s *sentence) ownerUnknown(a *anchor) bool {
	r := a.role.role
	if a.npLast < len(s.words) && s.scene.r.lex.has("of", s.words[a.npLast]) && a.role.role.sort != office {
		return true
	}
	if r.sort != organ && r.sort != office && r.sort != part {
		return false
	}
	first := s.tree.Words[a.npFirst]
	return a.npFirst < a.first && !a.plural && strings.Contains(first.Feats, "Definite=Ind")
}

// ownerInClause is the subject whose troops or delegates an indefinite phrase
// in the same clause names: "Soedan stuurt troepen", "X kwam met een delegatie".
func (s *sentence) ownerInClause(a *anchor) owner {
	r := a.role.role
	if r.sort != body && r.sort != member || s.isSubject(a.head) || s.pointsBack(a) {
		return owner{}
	}
	b := s.subjectOf(a)
	if b == nil {
		return owner{}
	}
	id, kind := s.scene.presenceOf(b.m.ID, b.kind)
	return owner{id, kind}
}

// placeBefore tells whether a preposition of place or origin stands at i.
func (s *sentence) placeBefore(i int) bool {
	return s.scene.r.lex.has("in", s.words[i]) || s.scene.r.lex.has("from", s.words[i])
}

// sameOwners undoes join for a role that was resolved before.
func (s *sentence) sameOwners(last *anchor) []owner {
	ids := last.m.Members
	if len(ids) == 0 {
		ids = []casus.ActorID{last.m.ID}
	}
	var out []owner
	for _, id := range ids {
		out = append(out, owner{id, kindSame})
	}
	return out
}

// personOfOffice returns somebody in the article with the title that a bare
// "de president" repeats.
func (s *sentence) personOfOffice(a *anchor) *anchor {
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0; i-- {
		p := items[i].a
		if p.kind == kindPerson && p.m.ID.IsPerson() && s.scene.hasTitle(p.m.ID, a.role) {
			return p
		}
	}
	return nil
}

// ownerByPlace is the country of a place named before in the sentence, whose
// people and police are spoken of: "In Bisjkek gingen betogers de straat op".
func (s *sentence) ownerByPlace(a *anchor) owner {
	if a.role.sector == "mil" || a.role.role.sort == member || a.role.role.sort == fighters {
		return owner{}
	}
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0 && items[i].sentence == s.index; i-- {
		b := items[i].a
		if !b.m.Place || b.npFirst == 0 || !s.placeBefore(b.npFirst-1) {
			continue
		}
		if id, kind := s.scene.presenceOf(b.m.ID, b.kind); kind == kindState {
			return owner{id, kind}
		}
	}
	return owner{}
}

// join adds a role's sector to its owner: rus and mil are rus/mil. A group's
// own soldiers are the group; a person's army is that of the state.
func (sc *scene) join(o owner, r *roleHit) casus.ActorID {
	if o.kind == kindSame {
		return o.id
	}
	id := o.id
	sector := r.sector
	if id.IsPerson() {
		if id = sc.worksFor(id); id == "" {
			return ""
		}
	}
	state := casus.ActorID(id.Head())
	switch {
	case sector == "":
		return id
	case r.role.sort == member || r.role.sort == trade || r.role.sort == fighters:
		if o.kind == kindState || id == state && sc.isState(id) {
			return sc.inPower(id, sector)
		}
		return id
	case sc.isState(state):
		return sc.inPower(state, sector)
	case o.kind == kindGroup || o.kind == kindPerson:
		return id
	}
	return id + casus.ActorID("/"+sector)
}

// inPower adds a sector to a state; where a group governs it, its government
// and forces are that group.
func (sc *scene) inPower(state casus.ActorID, sector string) casus.ActorID {
	first, _, _ := strings.Cut(sector, "/")
	switch first {
	case "gov", "mil", "police", "border-guard", "spy":
		if by := sc.governor(state); by != state {
			return by
		}
	}
	return state + casus.ActorID("/"+sector)
}

// ownerOf is what a mention is as an owner: its state or group, for a town its country.
func (sc *scene) ownerOf(b *anchor) owner {
	if b.hit != nil && b.hit.alias.class == classTown && b.m.ID.Head() != string(b.m.ID) {
		return owner{casus.ActorID(b.m.ID.Head()), kindState}
	}
	return owner{b.m.ID, b.kind}
}

// namedHolder puts the person who held an office on the article's date in the
// office's place.
func (s *sentence) namedHolder(a *anchor) {
	if a.role.office == "" || a.plural || s.scene.published.From == 0 || slices.ContainsFunc(s.words[a.npFirst:a.first], s.scene.r.formerly) {
		return
	}
	if id := s.scene.r.holder(a.m.ID, a.role.office, s.scene.published.From); id != "" {
		a.m.ID, a.m.Rule = id, a.m.Rule+", holder on "+s.scene.published.From.String()
	}
}

// isPlural tells whether an anchor speaks of several.
func (s *sentence) isPlural(a *anchor) bool {
	w := s.tree.Words[a.head]
	if strings.Contains(w.Feats, "Number=Plur") {
		return true
	}
	if strings.Contains(w.Feats, "Number=Sing") {
		return false
	}
	lemma := s.words[a.head].lemma
	return lemma != "" && lemma != s.words[a.head].folded()
}
