package syntax

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lemmatiser finds dictionary forms: by a dictionary of the words of the
// treebank; for a word that it lacks, by the dictionary form of its last part
// ("grens" + "districten"); else by how words with that ending change.
type lemmatiser struct {
	words     map[string]string // form (see dictionaryForm), UPOS and for some FEATS -> lemma
	rules     map[string]rule   // ending, UPOS and FEATS -> change
	particles map[string]bool   // what a separable verb may begin with
	cased     map[string]bool   // parts of speech whose lemmas keep a capital inside a sentence
}

// rule is a change of ending: cut so many bytes and add.
type rule struct {
	cut int
	add string
}

const (
	longestEnding = 7 // code points of a rule's ending
	leastPart     = 4 // code points of a compound's last part
)

// apply changes form, unless nothing would be left or a character be cut in two.
func (r rule) apply(form string) string {
	at := len(form) - r.cut
	if at < 0 || at == 0 && r.add == "" || at < len(form) && !utf8.RuneStart(form[at]) {
		return form
	}
	return form[:at] + r.add
}

func ruleBetween(form, lemma string) rule {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	for n > 0 && n < len(form) && !utf8.RuneStart(form[n]) {
		n--
	}
	for n > 0 && n < len(lemma) && !utf8.RuneStart(lemma[n]) {
		n--
	}
	return rule{len(form) - n, lemma[n:]}
}

// dictionaryForm is how the dictionary has a form: with its capitals where they
// tell something, which for other words than names they do not at the
// beginning of a sentence.
func dictionaryForm(form, upos string, first bool) string {
	if upos == "PROPN" || !first {
		return form
	}
	return strings.ToLower(form)
}

// base is the form that rules change.
func (l *lemmatiser) base(form, upos string, first bool) string {
	if !first && l.cased[upos] || upos == "PROPN" || hasInnerCapital(form) {
		return form
	}
	return strings.ToLower(form)
}

func hasInnerCapital(form string) bool {
	_, first := utf8.DecodeRuneInString(form)
	return strings.IndexFunc(form[first:], unicode.IsUpper) >= 0
}

// lemma returns the lemma of a form, without its separated particle; first
// tells that no word stands before it in its sentence.
func (l *lemmatiser) lemma(form, upos, feats string, first bool) string {
	if upos == "PUNCT" {
		return form
	}
	form = strings.ReplaceAll(form, "’", "'")
	if lemma, ok := l.known(dictionaryForm(form, upos, first), upos, feats); ok {
		return lemma
	}
	low := strings.ToLower(form)
	if lemma, ok := l.known(low, upos, feats); ok {
		return lemma
	}
	base := l.base(form, upos, first)
	if upos == "SYM" || upos == "NUM" {
		return base
	}
	if lemma, ok := l.byPart(base, low, upos, feats); ok {
		return lemma
	}
	for _, f := range []string{feats, ""} {
		for n := longestEnding; n >= 0; n-- {
			if r, ok := l.rules[ending(low, n)+"\t"+upos+"\t"+f]; ok {
				return r.apply(base)
			}
		}
	}
	return base
}

func (l *lemmatiser) known(form, upos, feats string) (string, bool) {
	if lemma, ok := l.words[form+"\t"+upos+"\t"+feats]; ok {
		return lemma, true
	}
	lemma, ok := l.words[form+"\t"+upos]
	return lemma, ok
}

// byPart looks for a known word at the end of form: after a particle for
// verbs, after a hyphen or at least leastPart long for nouns.
func (l *lemmatiser) byPart(base, low, upos, feats string) (string, bool) {
	if len(base) != len(low) || len(low) > 64 || upos != "NOUN" && upos != "VERB" {
		return "", false
	}
	for i := range low {
		if i == 0 || utf8.RuneCountInString(low[i:]) < leastPart {
			continue
		}
		if upos == "VERB" && !l.particles[low[:i]] {
			continue
		}
		if lemma, ok := l.known(low[i:], upos, feats); ok {
			return base[:i] + lemma, true
		}
	}
	return "", false
}

// ending returns the last n code points of form, all of it where it is shorter.
func ending(form string, n int) string {
	at := len(form)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(form[:at])
		at -= size
	}
	return form[at:]
}

// counter counts values under keys.
type counter map[string]map[string]int

func (c counter) add(key, value string) {
	if c[key] == nil {
		c[key] = map[string]int{}
	}
	c[key][value]++
}

// best returns the most frequent value of a key, the first in the alphabet of
// several, and how often the key was seen.
func (c counter) best(key string) (value string, total int) {
	most := 0
	for v, n := range c[key] {
		total += n
		if n > most || n == most && v < value {
			value, most = v, n
		}
	}
	return value, total
}

// learnLemmas makes a lemmatiser of a treebank. Where particles are joined,
// "_" in a lemma parts the particle or the members of a compound, as in Alpino.
func learnLemmas(entries []Entry, joinParticles bool) *lemmatiser {
	l := &lemmatiser{words: map[string]string{}, rules: map[string]rule{}, particles: map[string]bool{}, cased: casedTags(entries)}
	byWord, byFeats, byEnding := counter{}, counter{}, counter{}
	for _, e := range entries {
		for i, w := range e.Tree.Words {
			if w.Lemma == "_" && w.Form != "_" || w.Deprel == "goeswith" {
				continue
			}
			lemma := w.Lemma
			if joinParticles {
				lemma = l.wholeLemma(e.Tree, i)
			}
			form := strings.ReplaceAll(w.Form, "’", "'")
			first := firstWord(e.Tree.Words, i)
			entry, lemma := dictionaryForm(form, w.UPOS, first), strings.ReplaceAll(lemma, "’", "'")
			byWord.add(entry+"\t"+w.UPOS, lemma)
			byFeats.add(entry+"\t"+w.UPOS+"\t"+w.Feats, lemma)
			low, r := strings.ToLower(form), ruleBetween(l.base(form, w.UPOS, first), lemma)
			for n := 0; n <= longestEnding; n++ {
				end := ending(low, n)
				if r.cut > len(end) {
					continue // a rule may not change what it does not look at
				}
				change := strconv.Itoa(r.cut) + "\t" + r.add
				byEnding.add(end+"\t"+w.UPOS+"\t"+w.Feats, change)
				byEnding.add(end+"\t"+w.UPOS+"\t", change)
			}
		}
	}
	for key := range byWord {
		l.words[key], _ = byWord.best(key)
	}
	for key := range byFeats {
		lemma, _ := byFeats.best(key)
		if word := key[:strings.LastIndexByte(key, '\t')]; lemma != l.words[word] {
			l.words[key] = lemma
		}
	}
	for key := range byEnding {
		if change, total := byEnding.best(key); total >= 3 {
			cut, add, _ := strings.Cut(change, "\t")
			n, _ := strconv.Atoi(cut)
			l.rules[key] = rule{n, add}
		}
	}
	l.prune()
	return l
}

// casedTags finds the parts of speech that mostly keep a capital in the lemma.
func casedTags(entries []Entry) map[string]bool {
	kept := map[string]int{}
	for _, e := range entries {
		for i, w := range e.Tree.Words {
			first, _ := utf8.DecodeRuneInString(w.Form)
			if !unicode.IsUpper(first) || firstWord(e.Tree.Words, i) || hasInnerCapital(w.Form) {
				continue
			}
			if lemma, _ := utf8.DecodeRuneInString(w.Lemma); unicode.IsUpper(lemma) {
				kept[w.UPOS]++
			} else {
				kept[w.UPOS]--
			}
		}
	}
	out := map[string]bool{}
	for tag, n := range kept {
		if n > 0 {
			out[tag] = true
		}
	}
	return out
}

// firstWord tells whether no word with a letter in it stands before word i.
func firstWord(words []Word, i int) bool {
	for _, w := range words[:i] {
		if strings.IndexFunc(w.Form, unicode.IsLetter) >= 0 {
			return false
		}
	}
	return true
}

// wholeLemma returns the lemma of word i to learn: without a particle that
// stands apart in the sentence, with one that the form contains, and for
// compounds with the form's own joints ("zede_delinquent" of "zedendelinquenten"
// is zedendelinquent).
func (l *lemmatiser) wholeLemma(t Tree, i int) string {
	w := t.Words[i]
	first, rest, compound := strings.Cut(w.Lemma, "_")
	if !compound || w.Form == "_" {
		return w.Lemma
	}
	if w.UPOS == "VERB" || w.UPOS == "AUX" {
		l.particles[strings.ToLower(first)] = true
		for _, p := range t.Words {
			if p.Head == i && p.Deprel == particleRelation && strings.EqualFold(p.Form, first) {
				return strings.ReplaceAll(rest, "_", "")
			}
		}
	}
	if w.UPOS == "NOUN" {
		last := w.Lemma[strings.LastIndexByte(w.Lemma, '_')+1:]
		base := l.base(w.Form, w.UPOS, firstWord(t.Words, i))
		if at := strings.LastIndex(base, ending3(last)); at > 0 {
			return base[:at] + last
		}
	}
	return strings.ReplaceAll(w.Lemma, "_", "")
}

// ending3 is the beginning of a compound's last member by which it is found in the form.
func ending3(member string) string {
	n := 0
	for i := range member {
		if n == 4 {
			return member[:i]
		}
		n++
	}
	return member
}

// prune drops the rules that say no more than the rule of the next shorter ending.
func (l *lemmatiser) prune() {
	keys := make([]string, 0, len(l.rules))
	for key := range l.rules {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	for _, key := range keys {
		end, rest, _ := strings.Cut(key, "\t")
		if end == "" {
			continue
		}
		_, size := utf8.DecodeRuneInString(end)
		if shorter, ok := l.rules[end[size:]+"\t"+rest]; ok && shorter == l.rules[key] {
			delete(l.rules, key)
		}
	}
}
