package actors

import (
	"slices"
	"strings"

	"casus"
)

// bindPersons ties titles and appositions to the names beside them:
// "President Poetins Afghanistan-gezant Zamir Kaboelov", "Bob Deen,
// Oost-Europa-deskundige bij Instituut Clingendael".
func (s *sentence) bindPersons() {
	for _, p := range s.anchors {
		if p.hit == nil || p.hit.rest != "" || p.hit.alias.kind != casus.ActorPerson {
			continue
		}
		if t := s.titleBefore(p); t != nil {
			s.bind(p, t)
			p.npFirst = min(p.npFirst, t.npFirst)
			for i := t.npFirst; i < t.first; i++ { // "President Putin's envoy Zamir Kabulov"
				if b := s.at[i]; b != nil && b.modifies == t {
					p.npFirst = min(p.npFirst, b.npFirst)
				}
			}
		} else if office := s.namedOffice(p); office != nil {
			office.same = p
			p.npFirst = min(p.npFirst, office.npFirst)
		}
	}
	for _, p := range s.anchors {
		if p.hit == nil || p.hit.rest != "" || p.hit.alias.kind != casus.ActorPerson {
			continue
		}
		if t := s.apposition(p); t != nil {
			s.bind(p, t)
			s.ownersOf(t)
			p.npLast = max(p.npLast, t.npLast)
		}
	}
}

// namedOffice returns the name of an office that refdata has as an actor,
// where it stands before the name of its holder: "the High Commissioner for
// Human Rights, Volker Türk".
func (s *sentence) namedOffice(p *anchor) *anchor {
	at := p.first - 1
	if at >= 1 && s.tree.Words[at].Form == "," {
		at--
	}
	if at < 0 {
		return nil
	}
	b := s.at[at]
	for range 2 {
		if b == nil || b.npFirst < 2 || s.holdsOffice(b) {
			break
		}
		if !s.scene.r.lex.has("of", s.words[b.npFirst-1]) && !s.scene.r.lex.has("for", s.words[b.npFirst-1]) {
			return nil
		}
		b = s.at[b.npFirst-2]
	}
	if b == nil || b.same != nil || !s.holdsOffice(b) {
		return nil
	}
	return b
}

// holdsOffice tells whether an actor's name is that of an office: it begins
// with a noun for one person.
func (s *sentence) holdsOffice(b *anchor) bool {
	if b.hit == nil || b.role != nil || b.hit.alias.kind == casus.ActorPerson || b.hit.alias.kind == casus.ActorState {
		return false
	}
	for i := b.first; i < b.last && i < b.first+2; i++ {
		if h := s.roleAt[i]; h != nil && h.role.isPerson() && h.role.sort != kind {
			return true
		}
	}
	return false
}

// bindKinds ties a noun to the name of a group or organisation right behind it:
// "mensenrechtenorganisatie HRW", "the rebel army M23".
func (s *sentence) bindKinds() {
	for _, p := range s.anchors {
		if p.hit == nil || p.role != nil || p.first == 0 || p.hit.alias.class == classAdjective {
			continue
		}
		switch p.hit.alias.kind {
		case casus.ActorOrganisation, casus.ActorArmedGroup, casus.ActorAlliance, casus.ActorInstitution:
		default:
			continue
		}
		t := s.at[p.first-1]
		if t == nil || t.role == nil || t.hit != nil || t.same != nil || s.isPlural(t) || t.role.role.sort == office || t.role.role.sort == people {
			continue
		}
		s.bind(p, t)
		p.npFirst = min(p.npFirst, t.npFirst)
	}
}

func (s *sentence) bind(p, t *anchor) {
	t.same = p
	p.titles = append(p.titles, t)
	if t.modifies == p {
		t.modifies = nil
	}
}

// titleBefore returns the role noun right before a person's name.
func (s *sentence) titleBefore(p *anchor) *anchor {
	at := p.first - 1
	for at >= 0 && s.scene.r.lex.has("honorific", s.words[at]) {
		at--
	}
	comma := at >= 1 && s.tree.Words[at].Form == ","
	if comma {
		at--
	}
	if at < 0 {
		return nil
	}
	t := s.at[at]
	for range 3 {
		if t == nil || s.isTitle(t) {
			break
		}
		t = s.titleWithOwner(t)
	}
	if t == nil || !s.isTitle(t) || comma && (s.isPlural(t) || t.role.role.sort != office && !s.pointsBack(t) && !s.hasAttribute(t)) {
		return nil
	}
	return t
}

// hasAttribute tells whether another anchor stands in a phrase before its
// noun: the Moscow in "Moscow's chief negotiator".
func (s *sentence) hasAttribute(a *anchor) bool {
	for i := a.npFirst; i < a.first; i++ {
		if b := s.at[i]; b != nil && b.modifies == a {
			return true
		}
	}
	return a.hit != nil && a.hit.rest != ""
}

// isTitle tells whether an anchor is a personal role that no name has yet.
func (s *sentence) isTitle(t *anchor) bool {
	if t.role == nil || t.same != nil || t.hit != nil && t.hit.rest == "" {
		return false
	}
	return t.role.role.isPerson() || t.role.role.flags["one"] && !s.isPlural(t)
}

// titleWithOwner returns what stands before the phrase of its owner:
// "Woordvoerder … van het ministerie Maria Zacharova", "de leider van Hamas Ismail Haniyeh".
func (s *sentence) titleWithOwner(b *anchor) *anchor {
	before := b.npFirst - 1
	if b.pronoun != nil || before < 1 {
		return nil
	}
	for _, list := range []string{"of", "for", "in", "to"} {
		if s.scene.r.lex.has(list, s.words[before]) {
			return s.at[before-1]
		}
	}
	return nil
}

// apposition returns the role noun that follows a person's name after a comma,
// or without one in "woordvoerder Maria Zacharova van het ministerie".
func (s *sentence) apposition(p *anchor) *anchor {
	at := p.last
	if p.hit.genitive || at+1 >= len(s.words) || s.tree.Words[at].Form != "," && s.tree.Words[at].Form != "(" {
		return nil
	}
	if isAge(s.tree.Words[at+1].Form) && at+3 < len(s.words) && s.tree.Words[at+2].Form == "," {
		at += 2
	}
	oneOf := at+3 < len(s.words) && s.isQuantity(at+1) && s.scene.r.lex.has("of", s.words[at+2])
	if oneOf {
		at += 2 // "een van de oprichters van …"
	}
	for k := at + 1; k < len(s.words) && k < at+9; k++ {
		if b := s.at[k]; b != nil && b.role != nil && b.modifies == nil {
			if b.same == nil && b != p && b.role.role.isPerson() && b.npFirst <= at+2 && (oneOf || numberIn(s.tree.Words[b.head].Feats) != "some") {
				return b
			}
			return nil
		}
		switch s.tree.Words[k].UPOS {
		case "VERB", "AUX", "CCONJ", "SCONJ":
			return nil
		}
		if s.tree.Words[k].Form == "," {
			return nil
		}
	}
	return nil
}

func isAge(form string) bool {
	return len(form) == 2 && form >= "14" && form <= "99"
}

// learnOffice finds from a person's title whom that person acts for, and keeps
// it for later mentions.
func (s *sentence) learnOffice(a *anchor) {
	if gender := s.genderOf(a); gender != "" {
		a.gender = gender
	}
	s.learnNamedOffice(a)
	for _, t := range a.titles {
		p := s.scene.personage(a.m.ID)
		p.titles = append(p.titles, t.role)
		s.titleHolder(a, t)
		if p.actsFor != "" {
			continue
		}
		if id := s.affiliation(a, t); id != "" {
			p.actsFor, p.as = id, strings.ToLower(s.text(t.role.first, t.role.last))
		}
	}
}

// learnNamedOffice finds whom a person acts for from the name of an office, or
// from the state that owns the name: "Congo's Thérèse Kayikwamba Wagner".
func (s *sentence) learnNamedOffice(a *anchor) {
	for i := a.npFirst; i < a.first; i++ {
		b := s.at[i]
		if b == nil || b.hit == nil || b == a {
			continue
		}
		p := s.scene.personage(a.m.ID)
		switch {
		case p.actsFor != "":
		case b.same == a:
			p.actsFor, p.as = b.hit.alias.id, s.text(b.first, b.last)
		case b.hit.genitive && i == a.first-1 && s.scene.isState(b.hit.alias.id):
			p.actsFor = b.hit.alias.id
		}
	}
}

// personage returns what is known of a person, to be added to.
func (sc *scene) personage(id casus.ActorID) *personage {
	p := sc.persons[id]
	if p == nil {
		p = &personage{}
		sc.persons[id] = p
	}
	return p
}

// titleHolder recognises somebody whom refdata spells in another way: the
// president of a state on the article's date who shares the last name.
func (s *sentence) titleHolder(a, t *anchor) {
	if !a.hit.fresh || t.role.office == "" || s.scene.published.From == 0 {
		return
	}
	owners, _ := s.ownersOf(t)
	for _, o := range owners {
		id := s.scene.r.holder(casus.ActorID(o.id.Head()), t.role.office, s.scene.published.From)
		for _, name := range s.scene.knownNames(id) {
			if similar(last(fold(name)), last(fold(a.hit.alias.text))) {
				a.hit.alias.id, a.m.ID = id, id
				return
			}
		}
	}
}

func last(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return parts[len(parts)-1]
}

// consonants keeps of a folded name what transliterations agree on.
var consonants = strings.NewReplacer("a", "", "e", "", "i", "", "o", "", "u", "", "y", "", "j", "", "h", "", "w", "v", "z", "s", "c", "k", "q", "k")

// similar tells whether two spellings are of one name.
func similar(a, b string) bool {
	if a == b {
		return a != ""
	}
	x := consonants.Replace(a)
	return len(x) > 1 && x == consonants.Replace(b)
}

// skeleton is what the spellings of a full name have in common, "" for a name
// that is too short to tell persons apart: "Sergej Rjabkov" is Sergey Ryabkov.
func skeleton(parts []string) string {
	if len(parts) < 2 {
		return ""
	}
	first, family := consonants.Replace(parts[0]), consonants.Replace(parts[len(parts)-1])
	if len(first) < 2 || len(family) < 2 || len(first)+len(family) < 5 {
		return ""
	}
	return first + " " + family
}

// affiliation is the actor that a title says its bearer acts for.
func (s *sentence) affiliation(a, t *anchor) casus.ActorID {
	owners, _ := s.ownersOf(t)
	owners = slices.DeleteFunc(owners, func(o owner) bool { return o.id == a.m.ID })
	if len(owners) == 0 && t.role.role.sort == office {
		owners, _ = s.ownersFromContext(t)
	}
	for _, o := range owners {
		if id := s.scene.join(o, t.role); id != "" {
			return id
		}
	}
	return t.role.role.alone
}

// genderOf reads a person's gender from the titles before the name, or from
// the first name.
func (s *sentence) genderOf(a *anchor) string {
	for _, t := range a.titles {
		if t.role.role.flags["f"] {
			return "f"
		}
	}
	if a.first > 0 && s.scene.r.lex.has("honorific", s.words[a.first-1]) {
		return s.scene.r.lex.value("honorific", s.words[a.first-1].folded())
	}
	names := append([]string{a.hit.alias.text}, s.scene.knownNames(a.m.ID)...)
	for _, name := range names {
		if parts := fold(name); len(parts) > 1 {
			if gender := s.scene.r.lex.value("gender", parts[0]); gender != "" {
				return gender
			}
		}
	}
	return ""
}

func (s *sentence) text(first, last int) string {
	var b strings.Builder
	for i := first; i < last; i++ {
		if i > first && s.tree.Words[i].SpaceBefore {
			b.WriteByte(' ')
		}
		b.WriteString(s.tree.Words[i].Form)
	}
	return b.String()
}
