package actors

import (
	"slices"
	"strings"

	"casus"
	"casus/read/syntax"
)

// sentence is a tree while its actors are looked for.
type sentence struct {
	scene   *scene
	index   int
	tree    syntax.Tree
	words   []word
	starts  []bool // a capital shows nothing here
	named   []bool // a hit covers the word
	hitAt   []*hit // that hit
	roleAt  []*roleHit
	roles   []*roleHit
	hits    []*hit
	below   [][]int // for each word those that it governs
	clauses []int   // for each word the head of its clause
	anchors []*anchor
	at      []*anchor // for each word the anchor whose core covers it
}

// anchor is a stretch of words that names, describes or points to somebody,
// with what is known of it while it is being resolved.
type anchor struct {
	first, last     int // the words that were recognised
	head            int // the noun among them
	npFirst, npLast int // the noun phrase around them, without what follows in a PP
	hit             *hit
	role            *roleHit
	collective      *collective
	description     *description
	pronoun         *pronoun

	modifies *anchor // the phrase that this is an attribute of
	same     *anchor // the person whose title or apposition this is
	state    int     // of resolution
	m        Mention
	kind     string // what it is, for agreement: see kinds
	plural   bool
	gender   string
	titles   []*anchor // a person's
	index    int       // in its sentence
	follows  bool      // forces that are loyal to somebody, who are no "the forces" later
	dropped  bool      // a longer phrase has taken its place
	owners   *ownership
}

// The states of an anchor's resolution.
const (
	pending = iota
	resolving
	resolved
)

func newSentence(sc *scene, index int, tree syntax.Tree) *sentence {
	n := len(tree.Words)
	s := &sentence{
		scene: sc, index: index, tree: rooted(tree), words: make([]word, n), starts: make([]bool, n),
		named: make([]bool, n), hitAt: make([]*hit, n), below: make([][]int, n), roleAt: make([]*roleHit, n), at: make([]*anchor, n),
	}
	start := true
	for i, w := range tree.Words {
		s.words[i] = newWord(w)
		s.starts[i] = start && len(s.words[i].parts) > 0
		switch {
		case strings.ContainsAny(w.Form, ":‘“\"•–—…") && len(s.words[i].parts) == 0:
			start = true
		case len(s.words[i].parts) > 0:
			start = false
		}
	}
	for i, w := range s.tree.Words {
		if w.Head >= 0 {
			s.below[w.Head] = append(s.below[w.Head], i)
		}
	}
	s.clauses = clauseHeads(s.tree)
	return s
}

// rooted makes a root of every word whose head is no other word of the tree.
func rooted(tree syntax.Tree) syntax.Tree {
	tree.Words = slices.Clone(tree.Words)
	for i, w := range tree.Words {
		if w.Head < 0 || w.Head >= len(tree.Words) || w.Head == i {
			tree.Words[i].Head = -1
		}
	}
	return tree
}

// clauseHeads gives for each word the head of the clause that it stands in:
// itself for a clause's head. Trees with cycles give up after as many steps
// as there are words.
func clauseHeads(tree syntax.Tree) []int {
	heads := make([]int, len(tree.Words))
	for i := range heads {
		heads[i] = -1
	}
	var path []int
	for i := range tree.Words {
		path = path[:0]
		at := i
		for len(path) <= len(tree.Words) && heads[at] < 0 && !isClause(tree, at) {
			path = append(path, at)
			at = tree.Words[at].Head
		}
		clause := at
		if heads[at] >= 0 {
			clause = heads[at]
		}
		heads[at] = clause
		for _, p := range path {
			heads[p] = clause
		}
	}
	return heads
}

// isClause tells whether a word heads a clause, or has no governor.
func isClause(tree syntax.Tree, i int) bool {
	w := tree.Words[i]
	if w.Head < 0 {
		return true
	}
	relation, _, _ := strings.Cut(w.Deprel, ":")
	switch relation {
	case "root", "ccomp", "advcl", "acl", "csubj", "parataxis", "xcomp":
		return true
	case "conj":
		return w.UPOS == "VERB" || w.UPOS == "AUX"
	}
	return false
}

// findAnchors lists everything in the sentence that may stand for somebody.
func (s *sentence) findAnchors() {
	lex := s.scene.r.lex
	for _, h := range s.hits {
		if !h.gone {
			s.addAnchor(&anchor{first: h.first, last: h.last, head: s.topOf(h.first, h.last), hit: h, role: s.compoundOf(h)})
		}
	}
	for _, h := range s.roles {
		if !slices.Contains(s.named[h.first:h.last], true) && h.role.sort != kind {
			s.addAnchor(&anchor{first: h.first, last: h.last, head: h.head, role: h})
		}
	}
	for i := 0; i < len(s.words); i++ {
		if found, end := lex.descriptions.longest(s.words, i); len(found) > 0 && end > i+1 && s.notNamed(i, end) {
			s.replaceFrom(i, end)
		}
		if s.at[i] != nil {
			if c, end := s.collectiveAt(i); c != nil && s.at[i].hit == nil && end > s.at[i].last {
				s.drop(s.at[i])
				s.addAnchor(&anchor{first: i, last: end, head: s.topOf(i, end), collective: c})
			}
			continue
		}
		if d := s.countedDescription(i); d != nil {
			s.addAnchor(&anchor{first: i, last: i + 1, head: i, description: d})
		} else if c, end := s.collectiveAt(i); c != nil && !s.describes(i, end) {
			s.replaceFrom(i+1, end)
			s.addAnchor(&anchor{first: i, last: end, head: s.topOf(i, end), collective: c})
		} else if p := s.pronounAt(i); p != nil {
			s.addAnchor(&anchor{first: i, last: i + 1, head: i, pronoun: p})
		} else if found, end := lex.descriptions.longest(s.words, i); len(found) > 0 && s.standsAlone(i, end) && s.free(i, end) {
			s.addAnchor(&anchor{first: i, last: end, head: s.topOf(i, end), description: found[0]})
		}
	}
	s.anchors = slices.DeleteFunc(s.anchors, func(a *anchor) bool { return a.dropped })
	slices.SortStableFunc(s.anchors, func(a, b *anchor) int { return a.first - b.first })
	for i, a := range s.anchors {
		a.index = i
	}
}

// countedDescription reads "the two ex-Soviet neighbours" as "two neighbours":
// a number, adjectives, and a noun for those who are two.
func (s *sentence) countedDescription(i int) *description {
	lex := s.scene.r.lex
	if s.tree.Words[i].UPOS != "NOUN" {
		return nil
	}
	at := i - 1
	for at >= 0 && i-at < 4 && s.tree.Words[at].UPOS == "ADJ" && lex.value("numeral", s.words[at].folded()) == "" {
		at--
	}
	if at < 0 || at == i-1 || lex.value("numeral", s.words[at].folded()) == "" {
		return nil
	}
	for _, d := range lex.descriptions.lookup(append(append([]string{}, s.words[at].parts...), s.words[i].parts...)) {
		return d
	}
	return nil
}

// standsAlone tells whether words are a phrase of their own, not a verb and
// not an attribute: "beide" but not "beide operaties".
func (s *sentence) standsAlone(first, last int) bool {
	top := s.tree.Words[s.topOf(first, last)]
	return top.UPOS != "VERB" && top.Deprel != "det" && top.Deprel != "nummod"
}

// describes tells whether words up to end or further stand, with a definite
// determiner, for one actor named before ("het buurland").
func (s *sentence) describes(i, end int) bool {
	found, last := s.scene.r.lex.descriptions.longest(s.words, i)
	if len(found) == 0 || last < end || found[0].number != "other" {
		return false
	}
	if last < len(s.words) && s.at[last] != nil && s.at[last].hit != nil {
		return true // "buurland Rwanda"
	}
	for i--; i >= 0 && s.tree.Words[i].UPOS == "ADJ"; i-- {
	}
	return i >= 0 && (s.scene.r.lex.has("definite", s.words[i]) || s.tree.Words[i].Deprel == "nmod:poss")
}

func (s *sentence) addAnchor(a *anchor) {
	for i := a.first; i < a.last; i++ {
		s.at[i] = a
	}
	s.anchors = append(s.anchors, a)
}

func (s *sentence) drop(a *anchor) {
	for i := a.first; i < a.last; i++ {
		s.at[i] = nil
	}
	a.dropped = true
}

// replaceFrom drops the role nouns inside a longer phrase.
func (s *sentence) replaceFrom(first, last int) {
	for i := first; i < last; i++ {
		if s.at[i] != nil && s.at[i].hit == nil {
			s.drop(s.at[i])
		}
	}
}

func (s *sentence) free(first, last int) bool {
	for i := first; i < last; i++ {
		if s.at[i] != nil {
			return false
		}
	}
	return true
}

// compoundOf is the role that the end of a hit's last word names.
func (s *sentence) compoundOf(h *hit) *roleHit {
	if h.rest == "" {
		return nil
	}
	r := s.scene.r.lex.tail(h.rest)
	if r == nil {
		return nil
	}
	return &roleHit{first: h.last - 1, last: h.last, head: h.last - 1, role: r, sector: r.sector, office: r.office}
}

func (s *sentence) collectiveAt(i int) (*collective, int) {
	found, end := s.scene.r.lex.collectives.longest(s.words, i)
	own, last := s.scene.r.collectives.longest(s.words, i)
	if len(own) > 0 && last > end {
		found, end = own, last
	}
	if len(found) == 0 || !s.notNamed(i, end) || end == i+1 && s.tree.Words[i].UPOS == "VERB" {
		return nil, 0 // in "neighbouring countries" the participle is an attribute
	}
	if found[0].class == "adjective" && !s.words[i].upper && end < len(s.words) && s.roleAt[end] != nil && s.roleAt[end].role.class() == Place {
		return nil, 0 // "the western city" is no city of the West
	}
	return found[0], end
}

func (s *sentence) notNamed(first, last int) bool {
	return !slices.Contains(s.named[first:last], true)
}

// pronounAt looks a pronoun up by its form and by what the tree makes of it.
func (s *sentence) pronounAt(i int) *pronoun {
	w := s.tree.Words[i]
	if w.UPOS == "AUX" && i+1 < len(s.words) && s.roleAt[i+1] != nil { // "zijn leger", taken for "to be"
		if p := s.scene.r.lex.pronouns[strings.ToLower(w.Form)+"/possessive"]; p != nil && w.Head > i {
			return p
		}
	}
	if w.UPOS != "PRON" && w.UPOS != "DET" || strings.HasPrefix(w.Deprel, "expl") || w.Deprel == "fixed" {
		return nil
	}
	form := strings.ToLower(strings.ReplaceAll(w.Form, "’", "'"))
	if p := s.scene.r.lex.pronouns[form+"/relative"]; p != nil && p.number == "whose" {
		return p
	}
	sorts := []string{"first", "personal"}
	switch {
	case strings.Contains(w.Feats, "Poss=Yes") || w.Deprel == "nmod:poss":
		sorts = []string{"possessive"}
		if p := s.scene.r.lex.pronouns[form+"/first"]; p != nil {
			return p
		}
	case strings.Contains(w.Feats, "PronType=Rel") || w.UPOS == "PRON" && w.Head >= 0 && strings.HasPrefix(s.tree.Words[w.Head].Deprel, "acl:relcl"):
		sorts = []string{"relative", "personal"}
	case strings.Contains(w.Feats, "PronType=Dem"):
		sorts = []string{"demonstrative"}
	}
	if w.UPOS == "DET" && (sorts[0] == "first" || strings.HasPrefix(w.Deprel, "det") && sorts[0] != "possessive") {
		return nil // an article, or "deze" before its noun
	}
	for _, sort := range sorts {
		if p := s.scene.r.lex.pronouns[form+"/"+sort]; p != nil {
			return p
		}
	}
	return nil
}

// boundPhrases finds the noun phrase around each anchor and which anchors are
// attributes in another's phrase.
func (s *sentence) boundPhrases() {
	for _, a := range s.anchors {
		a.npFirst, a.npLast = s.phraseStart(a), a.last
	}
	for _, a := range s.anchors {
		if a.pronoun != nil || a.hit != nil && a.role == nil && a.hit.alias.kind != casus.ActorPerson {
			continue
		}
		for i := a.npFirst; i < a.first; i++ {
			if b := s.at[i]; b != nil && b != a && b.modifies == nil {
				b.modifies = a
			}
		}
	}
}

// phraseStart walks left from an anchor over what can stand before a noun in
// its phrase.
func (s *sentence) phraseStart(a *anchor) int {
	if a.pronoun != nil {
		return a.first
	}
	start := a.first
	for i := a.first - 1; i >= 0 && a.first-i < 12; i-- {
		if !s.beforeNoun(a, i) {
			break
		}
		if s.tree.Words[i].UPOS != "PUNCT" {
			start = i
		}
		if w := s.tree.Words[i]; w.UPOS == "DET" && w.Deprel == "det" || s.at[i] != nil && s.at[i].pronoun != nil {
			break
		}
	}
	for start < a.first && s.tree.Words[start].UPOS == "ADV" {
		start++
	}
	return start
}

// beforeNoun tells whether a word can stand in a phrase before its noun.
func (s *sentence) beforeNoun(a *anchor, i int) bool {
	w := s.tree.Words[i]
	if b := s.at[i]; b != nil && b.hit != nil {
		return b.hit.genitive || b.hit.alias.class == classAdjective || s.leadsTo(i, a) && w.Deprel != "appos" && w.Deprel != "conj"
	}
	switch w.UPOS {
	case "NUM":
		named := a.hit != nil && a.role == nil && a.hit.alias.class != classDemonym
		return !named && !isClock(w.Form)
	case "ADJ", "SYM":
		return true
	case "DET":
		return w.Deprel != "nsubj" && w.Deprel != "obj"
	case "PRON":
		return s.at[i] != nil && s.at[i].pronoun != nil && w.Deprel == "nmod:poss"
	case "AUX":
		return s.at[i] != nil && s.at[i].pronoun != nil
	case "ADV", "VERB", "PROPN", "NOUN", "X":
		return (w.UPOS != "VERB" || a.hit == nil || a.role != nil) && s.leadsTo(i, a) && (w.Deprel == "amod" || w.Deprel == "advmod" || w.Deprel == "compound" || w.Deprel == "nmod:desc" ||
			w.Deprel == "nmod:poss" || w.Deprel == "nummod" || w.Deprel == "acl" || w.Deprel == "flat")
	case "PART":
		return s.words[i].clit
	case "PUNCT":
		switch w.Form {
		case "-", "‘", "’", "\"", "“", "”", "'", "–":
			return s.leadsTo(i, a) || i > 0 && s.tree.Words[i-1].UPOS == "ADJ"
		}
	}
	return false
}

// isClock tells whether a number is a time of day: "09.50", "18:40".
func isClock(form string) bool {
	return len(form) == 5 && (form[2] == '.' || form[2] == ':')
}

// leadsTo tells whether a word's governors reach the anchor within four steps.
func (s *sentence) leadsTo(i int, a *anchor) bool {
	at := i
	for range 4 {
		at = s.tree.Words[at].Head
		if at < 0 {
			return false
		}
		if a.first <= at && at < a.last {
			return true
		}
	}
	return false
}
