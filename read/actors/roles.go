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
	if r.flags["one"] && !a.plural {
		a.kind = kindPerson
	}
	a.gender = r.gender()
	a.m.Class, a.m.Rule = r.class(), r.rule
	if a.same != nil || s.isLoose(a) || s.bodyOf(a) {
		return
	}
	if b := s.apposedRole(a); b != nil {
		s.copyFrom(a, b, "apposition")
		return
	}
	if id := s.followed(a); id != "" {
		a.m.ID = id
		a.m.Rule, a.follows = a.m.Rule+", loyal to", true
		return
	}
	owners, how := s.ownersOf(a)
	if len(owners) == 0 && s.isPredicate(a) && r.isPerson() {
		return
	}
	if len(owners) == 0 && !s.ownerUnknown(a) {
		owners, how = s.ownersFromContext(a)
	}
	if len(owners) > 0 && s.isGroupOfPeople(owners[0]) && (r.sort == office || r.sort == organ) {
		if found, from := s.ownersFromContext(a); len(found) > 0 { // "the Shiite ministers"
			owners, how = found, from
		}
	}
	if how != "" {
		a.m.Rule += ", " + how
	}
	s.joinOwners(a, owners)
}

// bodyOf reads "de VN-organisatie": the body of the UN that was named last, or
// the UN itself.
func (s *sentence) bodyOf(a *anchor) bool {
	if a.hit == nil || a.hit.rest == "" || a.role.role.sort != kind || a.role.sector == "place" {
		return false
	}
	whole := a.hit.alias.id
	a.m.ID, a.kind = whole, kindOrg
	items := s.scene.memory.items
	for i := len(items) - 1; i >= 0 && s.pointsBack(a); i-- {
		if b := items[i].a; b.hit != nil && b.m.ID != whole && b.m.ID.Within(whole) {
			s.copyFrom(a, b, "a body of it")
			break
		}
	}
	return true
}

// isGroupOfPeople tells whether an owner is a people or faith that has no
// ministers of its own.
func (s *sentence) isGroupOfPeople(o owner) bool {
	actor, ok := s.scene.r.world.Actor(o.id)
	return ok && actor.Kind == casus.ActorPopulation && !s.scene.isState(casus.ActorID(o.id.Head())) && !strings.Contains(string(o.id), "/")
}

// joinOwners makes the ids of a role from those of its owners.
func (s *sentence) joinOwners(a *anchor, owners []owner) {
	var found []casus.ActorID
	for _, o := range owners {
		if id := s.scene.join(o, a.role); id != "" && !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	if len(found) == 0 {
		a.m.ID = s.alone(a)
		return
	}
	a.m.ID = found[0]
	if len(found) > 1 {
		a.m.Members = found
	}
	switch r := a.role.role; {
	case r.sort == office && owners[0].kind != kindSame:
		s.namedHolder(a)
	case r.sort == part:
		s.setPart(a, owners[0])
	}
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
	case kind:
		if r.sector == "place" {
			return Place
		}
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
