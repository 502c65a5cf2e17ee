package actors

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"casus"
	"casus/read/text"
)

// run is a stretch of capitalised words that refdata does not know.
type run struct {
	sentence    *sentence
	first, last int
	key         string // its folded words
	name        string // as written
}

// noActor is the strength of the finding that a name is that of a thing.
const noActor = 10

// findRuns finds the stretches of capitalised words left over by findNames.
func (s *sentence) findRuns() []run {
	if s.tree.Sentence.Shape == text.Credit || s.tree.Sentence.Shape == text.Heading && s.titleCase() {
		return nil
	}
	var runs []run
	for i := 0; i < len(s.words); i++ {
		if !s.mayName(i) {
			continue
		}
		last := i + 1
		for last < len(s.words) {
			if s.mayName(last) || s.joins(last) && last+1 < len(s.words) && s.mayName(last+1) {
				last++
				continue
			}
			if next := s.linked(last); next > last {
				last = next
				continue
			}
			if s.joinsOrgan(i, last) {
				last += 2
				continue
			}
			if next := s.afterParticles(last); next > last {
				last = next + 1
				continue
			}
			break
		}
		r := run{sentence: s, first: i, last: last}
		r.key, r.name = s.nameText(i, last)
		runs = append(runs, r)
		i = last
	}
	return runs
}

// linked goes on from a hyphen over a small word and a hyphen more: the
// "-i-Naw" of "Qala-i-Naw". It returns where the name ends, or from itself.
func (s *sentence) linked(from int) int {
	if from+1 < len(s.words) && s.joins(from) {
		if w := s.words[from+1]; !w.upper && len(w.parts) == 2 && len(w.parts[0]) < 4 && hasCapital(s.tree.Words[from+1].Form) {
			return from + 2 // "-e-Pol" as one word
		}
	}
	if from+3 >= len(s.words) || !s.joins(from) || !s.joins(from+2) {
		return from
	}
	if w := s.words[from+1]; w.upper || len(w.parts) != 1 || len(w.parts[0]) > 3 || !s.words[from+3].upper {
		return from
	}
	return from + 4
}

// joinsOrgan tells whether a preposition goes on with an organisation's name:
// "Centre for Strategic Dialogue".
func (s *sentence) joinsOrgan(first, at int) bool {
	lex := s.scene.r.lex
	if at+1 >= len(s.words) || !lex.has("of", s.words[at]) && !lex.has("for", s.words[at]) || !s.words[at+1].upper || s.named[at+1] {
		return false
	}
	for i := first; i < at; i++ {
		if lex.has("organ", s.words[i]) {
			return true
		}
	}
	return false
}

// titleCase tells whether a heading is written with capitals throughout, so
// that they show nothing.
func (s *sentence) titleCase() bool {
	upper, all := 0, 0
	for i, w := range s.words {
		if len(w.parts) == 0 || len(w.parts[0]) < 4 || s.named[i] {
			continue
		}
		all++
		if w.upper {
			upper++
		}
	}
	return all > 3 && 3*upper > 2*all
}

// mayName tells whether a word can be a part of an unknown name.
func (s *sentence) mayName(i int) bool {
	w, t := s.words[i], s.tree.Words[i]
	if s.named[i] || w.clit || len(w.parts) == 0 || !hasCapital(t.Form) || s.scene.r.lex.hasForm("not-name", w.parts) {
		return false
	}
	if h := s.roleAt[i]; h != nil && !s.nameOfKind(i) || strings.ContainsAny(t.Form, "0123456789") {
		return false // an "F-16" is nobody
	}
	if s.scene.r.lex.has("honorific", w) && !s.namesPlace(i) || s.namesAgain(i) {
		return false
	}
	if s.starts[i] && s.scene.lower[w.folded()] {
		return false
	}
	if !w.upper {
		return s.scene.r.lex.hasForm("particle", w.parts[:1]) // "al-Sour"
	}
	switch t.UPOS {
	case "PROPN":
		return t.Deprel != "amod" || i+1 < len(s.words) && s.words[i+1].upper
	case "NOUN", "X":
		return !s.starts[i] && (!s.scene.lower[w.folded()] || s.isProper(i-1) && i+1 < len(s.words) && s.words[i+1].upper)
	case "VERB", "ADV", "ADJ":
		return !s.starts[i] && t.Deprel != "amod" && !s.scene.lower[w.folded()] && (s.isProper(i-1) || s.isProper(i+1))
	}
	return false
}

// namesPlace tells whether a word begins the name of a place, by the noun
// before it: "district Imam Sahib", "district of Imam Sahib".
func (s *sentence) namesPlace(i int) bool {
	if i > 0 && s.scene.r.lex.has("of", s.words[i-1]) {
		i--
	}
	if i == 0 {
		return false
	}
	h := s.roleAt[i-1]
	return h != nil && h.role.sort == kind && h.role.sector == "place"
}

func (s *sentence) isProper(i int) bool {
	return i >= 0 && i < len(s.words) && s.words[i].upper && s.tree.Words[i].UPOS == "PROPN" && !s.named[i]
}

// namesAgain tells whether a capitalised noun by itself stands for somebody
// named before: "the Kingdom".
func (s *sentence) namesAgain(i int) bool {
	if len(s.scene.r.lex.descriptions.lookup(s.words[i].parts)) == 0 || i == 0 || !s.scene.r.lex.has("definite", s.words[i-1]) {
		return false
	}
	return i+1 >= len(s.words) || !s.words[i+1].upper
}

// nameOfKind tells whether a role noun is a part of a name: "Party" in "Unity
// Party", "Refugee" in "Refugee Council".
func (s *sentence) nameOfKind(i int) bool {
	if !s.words[i].upper || s.starts[i] {
		return false
	}
	if s.roleAt[i].role.sort == kind {
		return true
	}
	return i+1 < len(s.words) && i+1 >= s.roleAt[i].last && s.words[i+1].upper && s.scene.r.lex.has("organ", s.words[i+1])
}

// hasCapital also finds the one in "al-Burhan".
func hasCapital(form string) bool {
	prev := '-'
	for _, r := range form {
		if unicode.IsUpper(r) && (prev == '-' || prev == '\'' || prev == '’') {
			return true
		}
		prev = r
	}
	return false
}

// afterParticles returns the place of the name that follows one to three
// particles ("van der Meer"), or from itself.
func (s *sentence) afterParticles(from int) int {
	i := from
	for i < len(s.words) && i < from+4 && (s.isParticle(i) || i > from && s.joins(i)) {
		i++
	}
	if i > from && i < len(s.words) && s.mayName(i) {
		return i
	}
	return from
}

// isParticle tells whether a word is "van" or "al" inside a name, and no
// preposition before the next one.
func (s *sentence) isParticle(i int) bool {
	relation := s.tree.Words[i].Deprel
	return !s.words[i].upper && relation != "case" && s.scene.r.lex.has("particle", s.words[i])
}

func (s *sentence) nameText(first, last int) (key, name string) {
	var folded []string
	for i := first; i < last; i++ {
		folded = append(folded, s.words[i].parts...)
	}
	return strings.Join(folded, " "), s.text(first, last)
}

// meetNewcomers names the runs of all sentences: the same words mean the same
// actor throughout, as the surest of their places shows.
func (sc *scene) meetNewcomers() {
	var runs []run
	for _, s := range sc.sentences {
		runs = append(runs, s.findRuns()...)
	}
	guesses := map[string]guess{}
	names := map[string]string{}
	owners := map[string]casus.ActorID{} // of organisations that a state's adjective or genitive stands before
	var keys []string
	for _, r := range runs {
		if state := r.sentence.stateBefore(r.first); state != "" {
			owners[r.key] = state
		}
		g := r.sentence.judge(r)
		old, seen := guesses[r.key]
		if !seen {
			keys = append(keys, r.key)
			names[r.key] = r.name
		}
		if g.strength > old.strength {
			guesses[r.key] = g
		}
	}
	aliases := sc.nameNewcomers(keys, names, guesses, owners)
	for _, r := range runs {
		a := aliases[r.key]
		if a == nil && sc.r.lex.hasForm("organ", []string{r.key}) {
			a = sc.organBefore(r)
		}
		if a != nil {
			h := hit{first: r.first, last: r.last, alias: a, fresh: true, rule: "new: " + guesses[r.key].rule}
			if r.last < len(r.sentence.words) && r.sentence.words[r.last].clit {
				h.genitive, h.last = true, r.last+1
			}
			r.sentence.addHit(h)
		}
	}
	sc.renameDemonyms()
	for _, s := range sc.sentences {
		s.findSurnames()
	}
}

// findSurnames finds persons of the article by a surname that the tagger took
// for another word, as it does at the start of a sentence.
func (s *sentence) findSurnames() {
	for i, w := range s.words {
		if s.named[i] || !w.upper || s.roleAt[i] != nil || len(w.parts) == 0 {
			continue
		}
		a := s.scene.surnames[w.folded()]
		stem, genitive := strings.CutSuffix(w.folded(), "s")
		if a == nil && genitive {
			a = s.scene.surnames[stem]
		} else {
			genitive = false
		}
		if a == nil || a.kind != casus.ActorPerson || s.starts[i] && s.scene.lower[w.folded()] {
			continue
		}
		h := hit{first: i, last: i + 1, alias: a, fresh: true, genitive: genitive, rule: "surname of " + a.text}
		if h.last < len(s.words) && s.words[h.last].clit {
			h.genitive, h.last = true, h.last+1
		}
		s.addHit(h)
	}
}

// stateBefore is the state whose adjective or genitive stands right before a
// word: the Libyan in "Libyan Red Crescent".
func (s *sentence) stateBefore(i int) casus.ActorID {
	if i == 0 || !s.named[i-1] {
		return ""
	}
	h := s.hitAt[i-1]
	if h == nil || h.alias.class != classAdjective && !h.genitive || !s.scene.isState(h.alias.id) {
		return ""
	}
	return h.alias.id
}

// renameDemonyms reads "Deen" as a person where the article has met Bob Deen.
func (sc *scene) renameDemonyms() {
	for _, s := range sc.sentences {
		for _, h := range s.hits {
			if h.gone || !h.alias.single || h.first > 0 && s.tree.Words[h.first-1].UPOS == "DET" {
				continue
			}
			key, _ := s.nameText(h.first, h.last)
			if a := sc.surnames[key]; a != nil && a.kind == casus.ActorPerson {
				h.alias, h.rule = a, "surname of "+a.text
			}
		}
	}
}

// nameNewcomers gives each run an alias: persons with several names first, so
// that a surname by itself finds its person.
func (sc *scene) nameNewcomers(keys []string, names map[string]string, guesses map[string]guess, owners map[string]casus.ActorID) map[string]*alias {
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Or(strings.Count(b, " ")-strings.Count(a, " "), len(a)-len(b)) })
	aliases := map[string]*alias{}
	for _, key := range keys {
		if a := sc.person(key, guesses[key]); a != nil {
			aliases[key] = a
			continue
		}
		if strength := guesses[key].strength; strength == 0 || strength == noActor || sc.r.lex.hasForm("organ", []string{key}) {
			continue
		}
		a := sc.newAlias(names[key], guesses[key])
		if a == nil {
			continue
		}
		if a.kind == casus.ActorOrganisation {
			if owners[key] == "" && sc.r.lex.hasForm("official", []string{last(strings.Fields(key))}) {
				owners[key] = sc.mostNamed
			}
			if owners[key] != "" {
				a.id = owners[key] + "/" + a.id
			}
			sc.rememberOrgan(a)
		}
		aliases[key] = a
		if a.kind == casus.ActorPerson {
			sc.rememberSurname(key, a)
		}
	}
	return aliases
}

// person returns somebody named in the article of whose name key is a part.
func (sc *scene) person(key string, g guess) *alias {
	if a := sc.surnames[key]; a != nil && (g.kind == a.kind || g.strength < 5 || a.kind != casus.ActorPerson) {
		return a
	}
	if stem, ok := strings.CutSuffix(key, "s"); ok {
		return sc.surnames[stem]
	}
	return nil
}

func (sc *scene) newAlias(name string, g guess) *alias {
	a := &alias{text: name, kind: g.kind, class: className, upper: true}
	switch {
	case g.kind == casus.ActorPerson:
		if a.id = sc.r.spelt[skeleton(fold(name))]; a.id == "" {
			a.id = personID(name)
		}
	case g.kind == "":
		a.id, a.class, a.kind = casus.ActorID(slug(name)), classTown, casus.ActorPopulation
	default:
		a.id = casus.ActorID(slug(name))
	}
	if !a.id.Valid() {
		return nil
	}
	return a
}

// organBefore returns the organisation that was named last before a bare word
// such as "the Council" and has that word in its name, for where several have.
func (sc *scene) organBefore(r run) *alias {
	for i := r.sentence.index; i >= max(0, r.sentence.index-organMemory); i-- {
		s := sc.sentences[i]
		for k := len(s.hits) - 1; k >= 0; k-- {
			h := s.hits[k]
			if h.gone || h.alias.kind == casus.ActorPerson || i == r.sentence.index && h.last > r.first {
				continue
			}
			if parts := fold(h.alias.text); len(parts) > 1 && slices.Contains(parts, r.key) {
				return h.alias
			}
		}
	}
	return nil
}

// organMemory is how many sentences back a bare "the Council" may look.
const organMemory = 12

// rememberOrgan lets the noun in an organisation's name stand for it.
func (sc *scene) rememberOrgan(a *alias) {
	parts := fold(a.text)
	if len(parts) < 2 {
		return
	}
	for _, part := range parts {
		if sc.r.lex.hasForm("organ", []string{part}) {
			sc.claimName(part, a)
		}
	}
}

// rememberSurname lets each end of a full name stand for the person; where two
// persons share it, for nobody.
func (sc *scene) rememberSurname(key string, a *alias) {
	parts := strings.Fields(key)
	sc.claimName(key, a)
	for i := 1; i < len(parts); i++ {
		sc.claimName(strings.Join(parts[i:], " "), a)
	}
	if len(parts) > 1 && len(parts[0]) > 2 {
		sc.claimName(parts[0], a)
	}
}

func (sc *scene) claimName(key string, a *alias) {
	if old, ok := sc.surnames[key]; ok && (old == nil || old.id != a.id) {
		sc.surnames[key] = nil
		return
	}
	sc.surnames[key] = a
}
