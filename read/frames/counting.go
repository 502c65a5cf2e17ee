package frames

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/read/actors"
	"casus/read/amount"
	"casus/read/when"
)

// number is an amount with what the sentence around it says of it.
type number struct {
	amount.Amount
	index       int // among the sentence's amounts
	at          int // the word of the number that hangs outside it
	first, last int // the words of the number alone, last exclusive
	noun        int // the word that it counts; -1 where that is left out ("thousands rallied")
	unit        string
}

// number looks an amount of the sentence up among its words.
func (x *scene) number(index int) number {
	a := x.doc.Amounts[x.s.index][index]
	n := number{Amount: a, index: index, first: a.First, last: a.Last, noun: -1}
	for w := a.First; w < a.Last && w < len(x.s.words); w++ {
		if a.Number.Contains(x.s.words[w].Span) {
			n.first = w
			break
		}
	}
	for w := n.first; w < a.Last && w < len(x.s.words) && a.Number.Contains(x.s.words[w].Span); w++ {
		n.last = w + 1
	}
	n.at = anchorWord(x.s, n.first, n.last)
	x.unbind(&n)
	if a.Counted[1] > a.Counted[0] && a.Counted[1] <= len(x.s.words) {
		n.noun = a.Counted[1] - 1
	}
	if !n.isMeasure() {
		x.toHead(&n)
	}
	n.unit = x.unit(n)
	return n
}

// toHead goes on from the first word that a number may count to the head of its
// phrase: "zes gewonde soldaten", "two pilot projects".
func (x *scene) toHead(n *number) {
	head := x.s.countedNoun(n.Last, x.times())
	if n.noun < 0 || x.partOf(*n) >= 0 {
		n.noun = max(n.noun, head)
		return
	}
	if head > n.noun && x.s.words[n.noun].Head == head {
		n.noun, n.Unit = head, ""
	}
}

// unbind takes back a bound that is a preposition of its own: "over the 14
// missiles", "released over four days".
func (x *scene) unbind(n *number) {
	if !x.gram.has("bounding", strings.ToLower(n.Hedge)) || n.Value == nil || n.First >= n.first {
		return
	}
	definite := x.gram.has("definite", x.s.lower(n.first-1))
	during := n.Class == amount.Duration && (n.First == 0 || x.s.words[n.First-1].UPOS != "ADP")
	if !definite && !during {
		return
	}
	n.Low, n.High, n.Hedge, n.Beyond = n.Value, n.Value, "", false
	n.First = n.first
	n.Span = x.s.span(n.first, n.Last-1)
	n.Text = x.words(n.Span)
}

// times are the time expressions of the sentence.
func (x *scene) times() []when.Expression { return x.doc.Times[x.s.index] }

// mostAdjectives is how many words may stand between a number and its noun.
const mostAdjectives = 5

// countedNoun returns the noun that a number before word from counts, over its
// adjectives ("four more ageing Soviet tanks"); -1 for none. It goes by the
// order of the words: trees often cut a number off from its noun.
func (s *sentence) countedNoun(from int, times []when.Expression) int {
	for w := from; w < len(s.words) && w <= from+mostAdjectives; w++ {
		switch s.words[w].UPOS {
		case "NOUN", "PROPN":
			if inTime(times, w) {
				return -1
			}
			return s.compoundHead(w, times)
		case "ADJ", "ADV", "NUM":
		case "VERB":
			if s.rel(w) != "amod" {
				return -1
			}
		case "CCONJ":
			if w == from || w+1 >= len(s.words) || s.words[w+1].UPOS != "ADJ" {
				return -1
			}
		case "PUNCT":
			if t := s.words[w].Form; t != "'" && t != "‘" && t != "’" && t != `"` && t != "“" && t != "„" {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// compoundHead goes from the first noun of a compound to its last: "grain silos", "health posts".
func (s *sentence) compoundHead(w int, times []when.Expression) int {
	for w+1 < len(s.words) && (s.words[w+1].UPOS == "NOUN" || s.words[w+1].UPOS == "PROPN") && !inTime(times, w+1) {
		if s.rel(w) != "compound" && s.rel(w) != "amod" && s.rel(w) != "nmod" || s.words[w].Head <= w {
			break
		}
		w++
	}
	return w
}

func inTime(times []when.Expression, w int) bool {
	for _, e := range times {
		if e.First <= w && w < e.Last {
			return true
		}
	}
	return false
}

// strength is the number from which men are counted as soldiers: of others one
// says "people".
const strength = 100

// unit is what an amount counts, as the contract writes it: the amount's own
// unit, that of the people or forces that its noun stands for, the noun itself;
// for a number without a noun that of what it stands for.
func (x *scene) unit(n number) string {
	switch {
	case n.noun >= 0 && n.Low != nil && *n.Low >= strength && x.gram.has("men", x.s.lower(n.noun)):
		return "soldiers" // "a force of 5000 men"
	case n.noun >= 0 && (n.Unit == "soldiers" || n.Unit == "" && x.nounUnit(n.noun) == "soldiers") && x.alsoOthers(n.noun):
		return "persons" // "4,000 soldiers and police"
	case n.Unit != "":
		return n.Unit
	case n.noun >= 0:
		u := x.nounUnit(n.noun)
		if u == "" && n.Low != nil && *n.Low == 1 && !x.isName(n.noun) {
			u = x.s.lower(n.noun)
		}
		return u
	}
	return x.elidedUnit(n)
}

// alsoOthers tells whether a noun is coordinated with one for people who are no soldiers.
func (x *scene) alsoOthers(w int) bool {
	for _, k := range x.s.kids[w] {
		if x.s.rel(k) == "conj" && x.s.words[k].UPOS == "NOUN" && x.s.child(k, "nummod", "det") < 0 && x.nounUnit(k) == "persons" {
			return true
		}
	}
	return false
}

// nounUnit is the unit that a noun makes: that of the language's list, that of
// the people it stands for, or the noun itself.
func (x *scene) nounUnit(w int) string {
	form := x.s.words[w].Form
	if u := x.units.Unit(form); u != "" {
		return u
	}
	if u := x.actorUnit(w); u != "" {
		return u
	}
	if before, rest, ok := strings.Cut(form, "-"); ok && x.gram.has("former", strings.ToLower(before)) {
		if u := x.units.Unit(rest); u != "" {
			return u // "ex-combatants"
		}
		if x.s.feat(w, "Number") == "Plur" {
			return "persons"
		}
	}
	if m, ok := x.s.mentions[w]; ok && (m.Class == actors.Role || m.Class == actors.Name && !m.Place && len(m.Members) == 0) {
		return "persons" // "one Taliban fighter", "137,000 Kyrgyz"
	}
	if r, _ := utf8.DecodeRuneInString(form); unicode.IsUpper(r) && w > 0 {
		if x.s.feat(w, "Number") == "Sing" || strings.ContainsAny(form, "0123456789") || form == strings.ToUpper(form) {
			return "" // "the 444 Brigade", "two F-16s"
		}
		return "persons" // a people that no table knows: "zes Karakalpakken"
	}
	if x.s.feat(w, "Number") == "Sing" {
		return "" // "two-state solution"; what is measured has a unit of its own
	}
	for k := w - 1; k >= 0 && x.s.rel(k) == "compound" && x.s.words[k].Head == w && x.s.words[k].UPOS == "NOUN"; k-- {
		form = x.s.words[k].Form + "-" + form // "health-posts"
	}
	return strings.ToLower(form)
}

// actorUnit is the unit of a word that stands for people: soldiers or persons, "" for others.
func (x *scene) actorUnit(w int) string {
	m, ok := x.s.mentions[w]
	switch {
	case !ok || m.Class == actors.Pronoun || m.Class == actors.Place:
		return ""
	case sector(m.ID) == "mil":
		return "soldiers"
	case isPeople(m.ID), m.Class == actors.Population, x.s.isForce(m.ID) && sector(m.ID) != "":
		return "persons"
	}
	return ""
}

// elidedUnit is the unit of a number that stands without a noun: of what it is
// a part or the strength of ("9 of his ministers", "a force of 5,000"), of what
// was counted just before ("fired on 100 ships, sunk four"), else of people
// ("thousands rallied").
func (x *scene) elidedUnit(n number) string {
	if u := x.partUnit(n); u != "" {
		return u
	}
	if u := x.actorUnit(n.at); u != "" {
		return u
	}
	vague := n.Low != nil && n.High != nil && n.Value == nil
	switch money := x.moneyBefore(n); {
	case vague && x.s.rel(n.at) == "nsubj":
		return "persons" // vague numbers that do something are people
	case money != "" && n.Low != nil && *n.Low >= fortune:
		return money
	case x.setting.counted == "percent" && (n.Low == nil || *n.Low > 100):
		return "persons" // more than a hundred is no share
	case x.setting.counted == "soldiers" || x.setting.counted != "" && !x.befallsPeople(n):
		return x.setting.counted
	}
	return "persons"
}

// befallsPeople tells whether a number stands with a verb of what happens to
// people: "40 were killed", whatever was counted before.
func (x *scene) befallsPeople(n number) bool {
	c := x.s.clauseOf(n.at, x.byWord)
	if c == nil || x.gram.has("befalls-people", c.lemma) {
		return c != nil
	}
	for _, k := range x.s.kids[c.pred] {
		if x.gram.has("casualty", x.s.lower(k)) {
			return true // "put the dead at 7,000"
		}
	}
	return false
}

// partUnit is the unit of the phrase that a number without a noun is a part of,
// or that says whose strength it is.
func (x *scene) partUnit(n number) string {
	s := x.s
	if k := x.partOf(n); k >= 0 {
		return x.nounUnit(k)
	}
	h := s.words[n.at].Head
	if h < 0 {
		return ""
	}
	strong := n.last+1 < len(s.words) && x.gram.has("strong", s.lower(n.last+1))
	if s.rel(n.at) == "appos" || strong || x.gram.has("of", s.preposition(n.at)) {
		if u := x.actorUnit(h); u == "soldiers" || x.s.isForce(s.mentions[h].ID) {
			return "soldiers" // "its troops, some 2,000 of them", "the 2,000-strong corps"
		}
	}
	return ""
}

// partOf is the noun that a number takes a part of ("nine of his ministers"), -1 for none.
func (x *scene) partOf(n number) int {
	s := x.s
	for _, k := range s.kids[n.at] {
		if k >= n.last && s.rel(k) == "nmod" && s.words[k].UPOS == "NOUN" && x.gram.has("of", s.preposition(k)) {
			return k
		}
	}
	if n.last < len(s.words) && x.gram.has("of", s.lower(n.last)) {
		from := n.last + 1
		for from < len(s.words) && (s.words[from].UPOS == "DET" || s.words[from].UPOS == "PRON" && s.words[from].Deprel == "nmod:poss") {
			from++
		}
		return s.countedNoun(from, x.times())
	}
	return -1
}

// fortune is the number from which one without a noun is of money, where a sum
// of money stands before it: "from 41 billion dollars to 100 billion".
const fortune = 1e6

// moneyBefore is the currency of a sum that stands before a number in its sentence.
func (x *scene) moneyBefore(n number) string {
	all := x.doc.Amounts[x.s.index]
	for i := n.index - 1; i >= max(0, n.index-mostBack); i-- {
		if all[i].Class == amount.Currency {
			return all[i].Unit
		}
	}
	return ""
}

// mostBack is how many amounts back a sum of money lends its currency.
const mostBack = 4

// isMeasure tells whether an amount has a unit of measure, money or share of its own.
func (n number) isMeasure() bool {
	switch n.Class {
	case amount.Percent, amount.Currency, amount.Dimension, amount.Duration:
		return true
	}
	return false
}

// isCount tells whether an amount is a figure: a number of something, and not
// a rank, part of a name, a date or an age, a way of pointing at what was
// counted before, or the distance between two times.
func (x *scene) isCount(n number) bool {
	switch {
	case n.Class == amount.Ordinal || n.Low == nil && n.High == nil:
		return false
	case n.unit == "" || x.isDate(n) || x.isLabel(n) || x.isAge(n):
		return false
	case n.Class == amount.Duration:
		return !x.isTimeShift(n) && !x.isRate(n) && !x.isClockTime(n)
	case n.Class == amount.Fraction || n.Class == amount.Percent:
		return !x.isHalfOfTime(n)
	case n.isMeasure():
		return !x.isConverted(n)
	case x.gram.has("one", x.s.lower(n.first)) && n.last-n.first == 1:
		return x.isCountedOne(n)
	}
	return !x.isAnaphor(n) && !x.isSpeaker(n)
}

// isDate tells whether a time expression has taken the number. A term that runs
// from now ("within 60 days") is a date and a length of time as well.
func (x *scene) isDate(n number) bool {
	for _, e := range x.times() {
		if e.Type != when.Duration && e.First < n.Last && n.First < e.Last && !e.IsTerm(x.doc.Article.Date) {
			return true
		}
	}
	return false
}

// isLabel tells whether a number is a name rather than a count: "Article 4",
// "day 500", "F-16", "Group of Seven", the time of day of a live report, or a
// measure that is one word with its noun ("two-state", "one-China").
func (x *scene) isLabel(n number) bool {
	s := x.s
	form := s.words[n.first].Form
	if n.isMeasure() {
		return false
	}
	if n.first > 0 {
		before := s.words[n.first-1]
		if before.Span.End == s.words[n.first].Span.Start && before.Form == "-" {
			return true
		}
		named := before.UPOS == "NOUN" || before.UPOS == "PROPN"
		if named && n.First == n.first && n.noun < 0 && n.Unit == "" && unicode.IsDigit(rune(form[0])) {
			return true
		}
		if r, _ := utf8.DecodeRuneInString(form); unicode.IsUpper(r) && n.First == n.first && (before.UPOS != "PUNCT" || x.isName(n.noun)) {
			return true
		}
	}
	if n.first == 0 && isClock(form) || n.Last < len(s.words) && x.gram.has("clock-after", s.lower(n.Last)) {
		return true
	}
	next := n.last
	return next < len(s.words) && s.words[next].Form == "-" && s.words[next].Span.Start == s.words[n.last-1].Span.End &&
		(next+1 >= len(s.words) || !x.gram.has("strong", s.lower(next+1)))
}

// isName tells whether a noun is a name in the singular: "the Three Brotherhood Alliance".
func (x *scene) isName(w int) bool {
	if w < 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(x.s.words[w].Form)
	return unicode.IsUpper(r) && x.s.words[w].UPOS == "PROPN" && x.s.feat(w, "Number") == "Sing"
}

// isClock tells "09.50" and "14:05" from a number with decimals.
func isClock(form string) bool {
	if len(form) != 5 || form[2] != '.' && form[2] != ':' {
		return false
	}
	return form[:2] < "24" && form[3:] < "60" && form >= "00"
}

// isAge tells whether a number is somebody's age: "(34)", "Nazanin, 34, was",
// "six years old", "aged 12".
func (x *scene) isAge(n number) bool {
	s := x.s
	after := n.Last
	if after < len(s.words) && s.words[after].Form == "-" {
		after++ // "14-year-old"
	}
	if after < len(s.words) && x.gram.has("old", s.lower(after)) || n.First > 0 && x.gram.has("old", s.lower(n.First-1)) {
		return true
	}
	if n.Unit != "" || n.noun >= 0 || n.Low == nil || *n.Low > 110 {
		return false
	}
	if k := s.child(n.at, "nsubj"); k >= 0 && s.child(n.at, "cop") >= 0 && s.mentions[k].ID.IsPerson() {
		return true // "he was seven when"
	}
	if n.first == 0 || n.last >= len(s.words) {
		return false
	}
	open, shut := s.words[n.first-1].Form, s.words[n.last].Form
	return open == "(" && shut == ")" || open == "," && shut == "," && s.rel(n.at) != "conj"
}

// isClockTime tells "sinds 7 uur" and "0830 GMT" from a length of time.
func (x *scene) isClockTime(n number) bool {
	if n.Last < len(x.s.words) && x.gram.has("clock-after", x.s.lower(n.Last)) {
		return true
	}
	return n.Unit == "hours" && n.Low != nil && *n.Low <= 24 && n.First > 0 && x.gram.has("clock-before", x.s.lower(n.First-1)) &&
		unicode.IsDigit(rune(x.s.words[n.first].Form[0]))
}

// isHalfOfTime tells whether a share is of a length of time ("a quarter of a
// century") or a noun of its own ("the Serb half of the country").
func (x *scene) isHalfOfTime(n number) bool {
	s := x.s
	if n.Class == amount.Percent && n.Unit == "percent" && s.words[n.last-1].UPOS == "NUM" {
		return false
	}
	if n.First > 0 && n.First == n.first {
		switch s.words[n.first-1].UPOS {
		case "ADJ", "PROPN":
			return true
		}
	}
	for w := n.Last; w < len(s.words) && w <= n.Last+2; w++ {
		if x.gram.has("span", s.words[w].Lemma) {
			return true
		}
	}
	return false
}

// isConverted tells whether a measure repeats the one before it in another
// unit: "212 kilometres (130 miles)".
func (x *scene) isConverted(n number) bool {
	if n.Class != amount.Dimension || n.First == 0 || x.s.words[n.First-1].Form != "(" {
		return false
	}
	for _, a := range x.beside(n) {
		if a.Class == n.Class && a.Last <= n.First-1 && a.Last >= n.First-3 {
			return true
		}
	}
	return false
}

// isTimeShift tells whether a length of time only says how far two times lie
// apart ("two days before the deadline") or which days are meant ("the first two days").
func (x *scene) isTimeShift(n number) bool {
	if n.Last < len(x.s.words) && x.s.rel(n.Last) != "compound" && x.gram.has("time-shift", x.s.lower(n.Last)) {
		return true // "drie weken voor de top"; not "stelde drie weken voor"
	}
	if n.Last < len(x.s.words) && n.Hedge == "" && x.gram.has("one", x.s.lower(n.first)) && x.gram.has("of", x.s.lower(n.Last)) {
		return true // "a week of talks"
	}
	for _, a := range x.beside(n) {
		if a.Class == amount.Ordinal && a.Last == n.First {
			return true
		}
	}
	return false
}

// isRate tells whether a length of time is what something is counted by: "8,000 people a day".
func (x *scene) isRate(n number) bool {
	if n.index == 0 || !x.gram.has("one", x.s.lower(n.first)) {
		return false
	}
	before := x.number(n.index - 1)
	return max(before.Last, before.noun+1) == n.First
}

// beside returns the amounts that stand next to one in the sentence.
func (x *scene) beside(n number) []amount.Amount {
	all := x.doc.Amounts[x.s.index]
	return all[max(0, n.index-1):min(len(all), n.index+2)]
}

// isCountedOne tells whether a "one" is counted: it is of people, it is
// stressed, or it stands in a list with other numbers ("two schools and one hospital").
func (x *scene) isCountedOne(n number) bool {
	if n.noun < 0 || x.isAnaphor(n) || x.isSpeaker(n) {
		return false
	}
	if n.unit == "soldiers" || n.unit == "persons" || x.gram.has("stressed-one", x.s.lower(n.first)) {
		return true
	}
	top := n.noun
	if x.s.rel(top) == "conj" {
		top = x.s.words[top].Head
	}
	for _, w := range x.s.with(top) {
		for _, a := range x.beside(n) {
			if a.First != n.First && a.Class == amount.Cardinal && (x.s.under(a.First, w) && w != n.noun || a.Counted[1]-1 == w && w != n.noun) {
				return true
			}
		}
	}
	return false
}

// few is the largest number that points at what was named before, or stands
// for those who say something.
const few = 4

// isAnaphor tells whether a small number points at what was named before rather
// than counting it: "the two countries", "all three". What is narrowed down
// behind the noun is counted ("the three dams that broke").
func (x *scene) isAnaphor(n number) bool {
	if n.Low == nil || n.High == nil || n.Hedge != "" || n.Value == nil {
		return false
	}
	if n.noun >= 0 && *n.Low < 10 && x.isUncounted(strings.ToLower(x.s.words[n.noun].Lemma)) {
		return true
	}
	if *n.Low > few {
		return false
	}
	if n.noun < 0 && *n.Low < few {
		return x.partOf(n) < 0 && (n.First == 0 || !x.gram.has("additional", x.s.lower(n.First-1)))
	}
	if n.First == 0 || !x.gram.has("definite", x.s.lower(n.First-1)) {
		return false
	}
	if n.noun < 0 || x.s.child(n.noun, "acl") < 0 {
		return true
	}
	_, actor := x.s.mentions[n.noun]
	return actor
}

// isUncounted tells whether a noun's number is no figure; compounds count ("veiligheidsbron").
func (x *scene) isUncounted(lemma string) bool {
	for _, w := range x.gram.lists["uncounted"] {
		if lemma == w || len(w) > 3 && strings.HasSuffix(lemma, w) {
			return true
		}
	}
	return false
}

// isSpeaker tells whether a number counts those who say something: "according to two officials".
func (x *scene) isSpeaker(n number) bool {
	if n.Low == nil || *n.Low > few {
		return false // "thousands demanded that he step down"
	}
	for _, y := range x.sayings {
		if y.s == x.s && y.as.Contains(n.Number) {
			return true
		}
	}
	return false
}
