package actors

import (
	"strings"

	"casus"
)

// alias is a name of refdata, or one that an article gave.
type alias struct {
	text   string
	id     casus.ActorID
	kind   casus.ActorKind
	class  string // see the constants below
	single bool   // a demonym of one person
	upper  bool   // begins with a capital
	proper bool   // its last word has a capital: "het Westen" is not "het westen"
	valid  casus.Period
}

// The classes of an alias; the first six are refdata's.
const (
	classMetonym   = "metonym"
	classAcronym   = "acronym"
	className      = "name"
	classAdjective = "adjective"
	classDemonym   = "demonym"
	classCapital   = "capital"
	classTown      = "town" // a town or region that is no actor by itself
)

// hit is a name found in a sentence.
type hit struct {
	first, last int
	alias       *alias
	genitive    bool   // "Ruslands", "Russia's"
	rest        string // what follows the name inside its last word: "woordvoerder" in "Taliban-woordvoerder"
	loose       bool   // only the front of a word that says something about it: "Kremlingezind"
	gone        bool   // a longer name has taken its place
	fresh       bool   // the article brought it, refdata does not know it
	rule        string
}

// ending is a possible end of a name while the gazetteer is walked.
type ending struct {
	last     int
	aliases  []*alias
	genitive bool
	rest     string
	loose    bool
}

// findNames finds what refdata can name in a sentence, the longest first, and
// never two names in one place.
func (s *sentence) findNames(r *Resolver) {
	for i := 0; i < len(s.words); {
		h, ok := s.nameAt(r, i)
		if !ok {
			i++
			continue
		}
		s.addHit(h)
		i = h.last
	}
}

func (s *sentence) addHit(h hit) {
	if h.alias.kind == casus.ActorPerson && h.rest == "" && !h.fresh {
		for h.first > 0 && s.plainProper(h.first-1) && s.tree.Words[h.first].SpaceBefore && !s.isDemonym(h.first-1) {
			h.first-- // the first name in a spelling that refdata does not have
		}
	}
	for h.alias.class == classTown && !h.genitive && h.last < len(s.words) && s.words[h.last].upper && s.isPlaceNoun(h.last) {
		h.last++ // "Rakhine State"
	}
	for i := h.first; i < h.last; i++ {
		s.named[i], s.hitAt[i] = true, &h
	}
	s.hits = append(s.hits, &h)
}

// isKnownPerson tells whether a word by itself is the name of a person that
// refdata knows.
func (s *sentence) isKnownPerson(i int) bool {
	for _, a := range s.scene.r.names.lookup(s.words[i].parts) {
		if a.kind == casus.ActorPerson {
			return true
		}
	}
	return false
}

// isDemonym tells whether a word stands for one of a country's people, who is
// then named: "Serviër Vucic".
func (s *sentence) isDemonym(i int) bool {
	for _, a := range s.scene.r.names.lookup(s.words[i].parts) {
		if a.single {
			return true
		}
	}
	return false
}

func (s *sentence) nameAt(r *Resolver, from int) (hit, bool) {
	if h, ok := s.partOfLand(r, from); ok {
		return h, true
	}
	ends := s.endings(r, from)
	for i := len(ends) - 1; i >= 0; i-- {
		e := ends[i]
		if a := s.choose(r, e, from); a != nil {
			return hit{first: from, last: e.last, alias: a, genitive: e.genitive, rest: e.rest, loose: e.loose, rule: "name " + a.text}, true
		}
	}
	return hit{}, false
}

// partOfLand reads "Noord-Libanon" and "northern Lebanon" where refdata has no
// place of that name.
func (s *sentence) partOfLand(r *Resolver, from int) (hit, bool) {
	w := s.words[from]
	if len(w.parts) == 0 || !r.lex.hasForm("direction", w.parts[:1]) {
		return hit{}, false
	}
	var found []*alias
	last := from + 1
	switch {
	case len(w.parts) > 1 && w.upper:
		if len(r.names.lookup(w.parts)) > 0 {
			return hit{}, false
		}
		found = r.names.lookup(w.parts[1:])
	case last < len(s.words) && s.words[last].upper && s.tree.Words[from].UPOS == "ADJ":
		h, ok := s.nameAt(r, last)
		if !ok || h.rest != "" || h.genitive {
			return hit{}, false
		}
		found, last = []*alias{h.alias}, h.last
	}
	for _, a := range found {
		if a.class != className || !s.scene.isState(a.id) {
			continue
		}
		part := &alias{
			text: s.text(from, last), kind: casus.ActorPopulation, class: classTown, upper: true,
			id: a.id + casus.ActorID("/"+r.lex.value("direction", w.parts[0])),
		}
		return hit{first: from, last: last, alias: part, rule: "part of " + a.text}, true
	}
	return hit{}, false
}

// endings walks the gazetteer from a word and returns where names end, the
// shortest first.
func (s *sentence) endings(r *Resolver, from int) []ending {
	var ends []ending
	at := &r.names
	for i := from; i < len(s.words) && at != nil; i++ {
		w := s.words[i]
		if len(w.parts) == 0 {
			if i == from || !s.joins(i) {
				break
			}
			continue
		}
		for k, part := range w.parts {
			final := k == len(w.parts)-1
			next := at.next[part]
			if final && (next == nil || len(next.value) == 0) {
				ends = append(ends, s.inflected(r, at, i, part)...)
			}
			if at = next; at == nil {
				break
			}
			if len(at.value) > 0 {
				e := ending{last: i + 1, aliases: at.value, rest: strings.Join(w.parts[k+1:], "")}
				if final && e.last < len(s.words) && s.words[e.last].clit {
					e.genitive, e.last = true, e.last+1
				}
				ends = append(ends, e)
			}
		}
	}
	return ends
}

// joins tells whether a word is a hyphen that ties its neighbours together.
func (s *sentence) joins(i int) bool {
	form := s.tree.Words[i].Form
	return (form == "-" || form == "–") && !s.tree.Words[i].SpaceBefore
}

// inflected returns the endings of a name inside the last part of a word: a
// genitive ("Ruslands"), or the front of a compound ("Talibanstrijders").
func (s *sentence) inflected(r *Resolver, at *phrases[*alias], i int, part string) []ending {
	if !s.words[i].upper {
		return nil
	}
	if stem, ok := strings.CutSuffix(part, "s"); ok {
		if next := at.next[stem]; next != nil && len(next.value) > 0 {
			return []ending{{last: i + 1, aliases: next.value, genitive: true}}
		}
	}
	for cut := min(len(part)-4, 24); cut >= 4; cut-- {
		next := at.next[part[:cut]]
		if next == nil || len(next.value) == 0 {
			continue
		}
		rest := part[cut:]
		if r.lex.knowsTail(rest) {
			return []ending{{last: i + 1, aliases: next.value, rest: rest}}
		}
		if cut >= 5 && len(rest) >= 5 && s.tree.Words[i].UPOS != "PROPN" || cut >= 6 && len(rest) >= 6 {
			return []ending{{last: i + 1, aliases: next.value, rest: rest, loose: true}}
		}
	}
	return nil
}

// knowsTail tells whether the end of a compound is a role or description.
func (l *Lexicon) knowsTail(rest string) bool {
	return l.tail(rest) != nil || len(l.descriptions.lookup([]string{rest})) > 0
}

// tail returns the role that the end of a compound names, also where that end
// is a compound itself.
func (l *Lexicon) tail(rest string) *role {
	if r := l.roleTails[rest]; r != nil {
		return r
	}
	_, r := l.compound(rest)
	return r
}

// choose picks the alias that the words' capitals and place in the sentence
// allow, nil if none.
func (s *sentence) choose(r *Resolver, e ending, from int) *alias {
	attribute := s.isAttribute(from, e)
	var best *alias
	for _, a := range e.aliases {
		if e.genitive && (a.class == classAdjective || a.class == classDemonym && !s.hasClitic(e.last)) {
			continue
		}
		if !s.allows(r, a, from, e) || e.loose && a.class != className && a.class != classMetonym {
			continue
		}
		if best == nil || s.scene.countries[a.id] && !s.scene.countries[best.id] || attribute == (a.class == classAdjective) && attribute != (best.class == classAdjective) {
			best = a
		}
	}
	return best
}

func (s *sentence) hasClitic(last int) bool { return last > 0 && s.words[last-1].clit }

// isAttribute tells whether what ends at e stands before the noun that it modifies.
func (s *sentence) isAttribute(from int, e ending) bool {
	w := s.tree.Words[from]
	if w.UPOS == "ADJ" && e.last < len(s.tree.Words) {
		next := s.tree.Words[e.last].UPOS
		if next == "CCONJ" && e.last+1 < len(s.tree.Words) {
			return s.tree.Words[e.last+1].UPOS == "ADJ" // "Armenian and Azerbaijani soldiers"
		}
		return next == "NOUN" || next == "ADJ" || next == "PROPN" || next == "NUM" || next == "PUNCT" && w.Deprel == "amod"
	}
	return (w.Deprel == "amod" || w.Deprel == "compound") && w.Head >= e.last
}

// allows tells whether an alias may be read here: capitals as it has them
// itself, and at the start of a sentence no common word.
func (s *sentence) allows(r *Resolver, a *alias, from int, e ending) bool {
	w := s.words[from]
	if next := from + 1; next < len(s.words) && r.lex.hasForm("given", w.parts) && s.plainProper(next) && s.tree.Words[next].SpaceBefore {
		return false // "Israel Katz"
	}
	if day := s.scene.published.From; day != 0 && !a.valid.Holds(day) {
		return false
	}
	if a.class == classAcronym {
		return s.acronymFits(a, from)
	}
	if end := s.words[e.last-1]; a.proper && e.last > from+1 && !end.upper && !end.clit {
		return false
	}
	if a.upper && !w.upper {
		loose := a.kind == casus.ActorArmedGroup || a.kind == casus.ActorAlliance || a.kind == casus.ActorPopulation
		upos := s.tree.Words[from].UPOS
		return loose && len(a.text) >= 5 && e.last == from+1 && (upos == "NOUN" || upos == "PROPN")
	}
	if !a.upper && a.class != classAdjective {
		return true
	}
	single := e.last == from+1 && e.rest == ""
	if single && s.starts[from] && s.isCommon(r, a, from) {
		return false
	}
	if single && a.single && !e.genitive && (from > 0 && s.plainProper(from-1) || e.last < len(s.words) && s.plainProper(e.last) && !s.isKnownPerson(e.last)) {
		return false // "Bob Deen", "Noor Rahimi"
	}
	if single && !w.caps && (a.kind == casus.ActorArmedGroup || a.kind == casus.ActorOrganisation) && s.endsPersonName(from) {
		return false // "Thérèse Kayikwamba Wagner"
	}
	return !(single && a.kind == casus.ActorPerson && s.partOfOtherName(from, e.last, a))
}

// endsPersonName tells whether a word is tied as a last name to the names
// before it, none of which is a word for an organisation.
func (s *sentence) endsPersonName(i int) bool {
	lex := s.scene.r.lex
	return i > 0 && s.plainProper(i-1) && s.tree.Words[i].SpaceBefore && s.tree.Words[i].Deprel == "flat" && !lex.has("organ", s.words[i-1]) &&
		!lex.isThing(s.words[i-1]) && !lex.knowsTail(last(s.words[i-1].parts))
}

// acronymFits compares capitals: "IS" is not "is", "Navo" is NAVO.
func (s *sentence) acronymFits(a *alias, from int) bool {
	form := strings.ReplaceAll(s.tree.Words[from].Form, ".", "")
	text := strings.ReplaceAll(a.text, ".", "")
	if head, _, ok := strings.Cut(form, "-"); ok && !strings.Contains(text, "-") {
		form = head
	}
	form = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(form, "'s"), "’s"), "'’")
	upper, _ := letterCase(form)
	return form == text || form == strings.ToUpper(text) || len(form) >= 4 && upper && strings.EqualFold(form, text)
}

// isCommon tells whether a word at the start of a sentence, where its capital
// shows nothing, is rather a common word than the name. The name of a state is
// believed whatever the tagger makes of it.
func (s *sentence) isCommon(r *Resolver, a *alias, i int) bool {
	folded := s.words[i].folded()
	if r.lex.hasForm("not-name", s.words[i].parts) {
		return true
	}
	switch s.tree.Words[i].UPOS {
	case "PROPN":
		return false
	case "NOUN", "ADJ", "X", "INTJ":
		return s.scene.lower[folded]
	}
	return a.kind != casus.ActorState || len(folded) < 4 || s.scene.lower[folded]
}

// partOfOtherName tells whether a surname that refdata knows stands beside
// another first name: "Hunter Biden".
func (s *sentence) partOfOtherName(from, last int, a *alias) bool {
	if last < len(s.words) && s.tree.Words[last].SpaceBefore && (s.plainProper(last) || s.isParticle(last) && s.tree.Words[last].UPOS == "PROPN") {
		return true
	}
	if from == 0 || !s.plainProper(from-1) || s.isDemonym(from-1) {
		return false
	}
	for _, name := range s.scene.knownNames(a.id) {
		parts := fold(name)
		if len(parts) > 1 && (similar(parts[0], s.words[from-1].folded()) || s.scene.r.lex.hasForm("honorific", parts[:1])) {
			return false // the same person in another spelling
		}
	}
	return true
}

// plainProper tells whether a word looks like a part of a name: capitalised,
// a proper noun to the tagger, no title and no name of refdata.
func (s *sentence) plainProper(i int) bool {
	w := s.words[i]
	if len(w.parts) > 1 && s.scene.r.lex.knowsTail(last(w.parts)) {
		return false // "Afghanistan-gezant"
	}
	return w.upper && len(w.parts) > 0 && s.tree.Words[i].UPOS == "PROPN" && s.roleAt[i] == nil && !s.named[i] && !w.clit
}
