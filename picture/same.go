package picture

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// told is an entry with what deciding on sameness needs of it.
type told struct {
	ledger.Entry
	gist
	parties [2][]casus.ActorID // by side: who does, has, owes or leaves, and to whom; heads, persons by whom they act for
	whole   [2][]casus.ActorID // the same, as the record has them
	who     [2][]casus.ActorID // the same, as those who stand alone: see knowledge.side
	around  []casus.ActorID    // whom the records in the same words name, each once
	done    [2][]casus.ActorID // of a figure, who does and suffers in the hostile acts in the same words, as who
	teller  casus.ActorID      // who asserts it, as who
	terms   stems              // of the quote, once they are asked for: see quoted
	of      stems              // of a figure, of what is counted
	words   *vocabulary
	day     casus.Date      // ledger.Day of its time
	last    casus.Date      // from when on what begins later lies apart: the end of its time, its day where it lasts
	fate    string          // of a figure, what became of those counted: a name of words.tsv
	people  bool            // a figure counts people
	besides bool            // it counts people besides those of another number
	places  []string        // the narrowest places, folded
	where   []casus.ActorID // all places, folded, as paths
	matter  []string        // what else the records in the same words tell of: types of events, bases of commitments
	alleged bool            // it is laid at somebody's door: its speaker says that it is so
	unit    int32           // of a figure, as a number in the vocabulary
	// Of a telling that was kept, whose entry is to be filled in: its number in the
	// ledger, and what it says, see keptTelling.
	number int64
	said   uint64
}

// gist is what of a telling is compared with that of most others: small, so that
// those of a list lie together, and with numbers in the vocabulary for what it
// names. Millions of pairs are compared.
type gist struct {
	weights           *[features]float64 // those of its kind
	from, to          casus.Date         // its time
	far               int                // how many days apart two of its kind may be: see farthest
	article, language int32
	by                int32
	sort, mode        int32 // an event's type and mode, a claim's act, a commitment's basis (mode), a relation's type, the head of a flow's group
	quad              int8  // of an event: see quadOf
	kind              casus.Kind
	isDenied          bool
	ownDay            bool    // its words name a day
	again             bool    // it says that it is another one of its sort
	unknown           [2]bool // a side is unknown
	sides             [2]gistSide
	towns, settings   []int32 // places and where
}

// gistSide are the parties of a side, the same as the record has them, and their
// names as those of towns are written.
type gistSide struct {
	heads, whole, asTowns []int32
	placed                uint64 // which of the whole, by their places in it, are places in a country; of more than 64 the rest are not looked at
}

// tellAll prepares entries. For figures, which name nobody, it looks at the
// records of the same article that share words with them; for what is only
// possible, whether somebody accuses in these words.
func (k *knowledge) tellAll(entries []ledger.Entry) []told {
	return k.tellWith(newVocabulary(&k.terms), entries)
}

// tellWith is tellAll in a vocabulary: only tellings of one can be compared.
func (k *knowledge) tellWith(words *vocabulary, entries []ledger.Entry) []told {
	byArticle := map[casus.ArticleID][]int{}
	out := make([]told, len(entries))
	for i, e := range entries {
		t := told{Entry: e, words: words, day: ledger.Day(e.Record.When)}
		t.last = cmp.Or(e.Record.When.To, t.day)
		t.parties, t.whole = partiesOf(e)
		t.who, t.teller = k.sidesOf(t.whole, e.ActsFor), k.side(e.Record.By, e.ActsFor)
		text := plain(e.Record.Quote)
		t.ownDay = k.days.in(text)
		if event, ok := e.Record.Body.(*casus.Event); ok {
			t.again = k.again.in(text)
			if event.Type == casus.Accuse {
				t.matter = k.mattersOf(text)
			}
		}
		if kind := e.Record.Kind(); kind == casus.KindFigure || kind == casus.KindFlow {
			t.besides = k.others.in(text)
		}
		t.places = k.placesOf(&t)
		for _, place := range e.Record.Where {
			t.where = append(t.where, casus.ActorID(ledger.FoldPlace(place)))
		}
		k.sum(&t)
		out[i] = t
		byArticle[e.Article.ID] = append(byArticle[e.Article.ID], i)
	}
	for _, list := range byArticle {
		for _, i := range list {
			k.lookAround(out, i, list)
		}
	}
	return out
}

// sum fills in the gist of a telling, but for ownDay and again.
func (k *knowledge) sum(t *told) {
	v, g, kind := t.words, &t.gist, t.Record.Kind()
	g.weights, g.far, g.kind = k.weights[kind], farthest(kind), kind
	g.from, g.to, g.isDenied = t.Record.When.From, t.Record.When.To, t.denied()
	g.article, g.language, g.by = v.number(string(t.Article.ID)), v.number(t.Article.Language), v.number(string(t.Record.By))
	switch b := t.Record.Body.(type) {
	case *casus.Event:
		g.sort, g.mode, g.quad = v.number(string(b.Type)), v.number(b.Mode), int8(quadOf(b.Type)) //nolint:gosec // there are four
	case *casus.Claim:
		g.sort = v.number(string(b.Act))
	case *casus.Relation:
		g.sort = v.number(string(b.Type))
	case *casus.Commitment:
		g.mode = v.number(string(b.Basis))
	case *casus.Flow:
		g.sort = v.number(b.Group.Head())
	}
	for i := range g.sides {
		g.sides[i], g.unknown[i] = gistSide{numbersOf(v, t.parties[i]), numbersOf(v, t.whole[i]), numbersOf(v, asTowns(t.parties[i])), k.placed(t.whole[i])}, unknownOnly(t.parties[i])
	}
	g.towns, g.settings = numbersOf(v, t.places), numbersOf(v, t.where)
}

// numbersOf are the numbers of names.
func numbersOf[T ~string](v *vocabulary, names []T) []int32 {
	if len(names) == 0 {
		return nil
	}
	out := make([]int32, len(names))
	for i, name := range names {
		out[i] = v.number(string(name))
	}
	return out
}

// lookAround looks at the records of the same article that share words with
// the one at place i of a list.
func (k *knowledge) lookAround(all []told, i int, article []int) {
	t := &all[i]
	figure, counts := t.Record.Body.(*casus.Figure)
	if counts {
		t.of = t.words.stems(figure.Of, t.Article.Language)
		t.fate = k.fateOf(t.Record.Quote, figure.AsWritten)
		t.people, t.unit = ofPeople(figure.Unit), t.words.number(figure.Unit)
	}
	for _, j := range article {
		other := &all[j]
		if i == j || !t.Record.Span.Overlaps(other.Record.Span) {
			continue
		}
		if counts {
			for _, id := range slices.Concat(other.parties[0], other.parties[1]) {
				if !slices.Contains(t.around, id) {
					t.around = append(t.around, id)
				}
			}
		}
		switch b := other.Record.Body.(type) {
		case *casus.Event:
			if b.Type != casus.Accuse {
				t.matter = append(t.matter, string(b.Type)+"/"+b.Mode)
			}
			if hostile(b.Type) && counts {
				t.done[0] = append(t.done[0], other.who[0]...)
				t.done[1] = append(t.done[1], other.who[1]...)
			}
		case *casus.Commitment:
			t.matter = append(t.matter, string(b.Basis))
		}
		if alleges(other.Record, t.Record) {
			t.alleged = true
		}
	}
}

// sidesOf are a record's sides as those who stand alone.
func (k *knowledge) sidesOf(whole [2][]casus.ActorID, actsFor map[casus.ActorID]casus.ActorID) (out [2][]casus.ActorID) {
	for i, side := range whole {
		for _, id := range side {
			out[i] = append(out[i], k.side(id, actsFor))
		}
	}
	return out
}

// mattersOf are the lists of matters that have a word of a plain text.
func (k *knowledge) mattersOf(text string) []string {
	var out []string
	for _, l := range k.matters {
		if l.in(text) {
			out = append(out, l.name)
		}
	}
	return out
}

// ofPeople tells whether a unit is one of people.
func ofPeople(unit string) bool { return slices.Contains(peopleUnits(), unit) }

// peopleUnits are the units of docs/RECORDS.md that people are counted in.
func peopleUnits() []string { return []string{"persons", "soldiers"} }

// asSo tells whether whoever tells it, tells it as so: by the record, or as
// what he accuses somebody of.
func (t *told) asSo() bool { return ledger.Asserted(t.Record) || t.alleged }

// denied tells whether somebody denies it.
func (t *told) denied() bool { return t.Record.Status == casus.Denied }

// wide tells whether it may be of one thing with what begins farther off than
// two of its kind usually do: a denial, which comes later, and what has only one
// end.
func (t *told) wide() bool {
	return t.denied() || (t.Record.When.From == 0) != (t.Record.When.To == 0)
}

// reach is how many days after it what may be of one thing with it can begin.
func (t *told) reach() int {
	if t.wide() {
		return max(t.far, farthestReach)
	}
	return t.far
}

// stems are the numbers of words in a vocabulary, in order, each once.
type stems []int32

// vocabulary numbers the words of the tellings that are compared.
type vocabulary struct {
	numbers map[string]int32
	texts   map[[2]string]stems // by text and language: copies quote the same words
	terms   *sharedTerms
}

// sharedTerms makes the terms of words for whoever asks, one after the other: each
// question's words are mostly those of the one before.
type sharedTerms struct {
	lock  sync.Mutex
	known fulltext.Terms
}

func (s *sharedTerms) each(text, language string, do func(term string)) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.known.Each(text, language, do)
}

func newVocabulary(terms *sharedTerms) *vocabulary {
	return &vocabulary{numbers: map[string]int32{}, texts: map[[2]string]stems{}, terms: terms}
}

// number is a word's number.
func (v *vocabulary) number(word string) int32 {
	n, ok := v.numbers[word]
	if !ok {
		n = int32(len(v.numbers)) //nolint:gosec // texts have no billions of words
		v.numbers[word] = n
	}
	return n
}

// shortest is how long a word is at most that says nothing.
const shortest = 3

// stems are the content words of a text: those longer than three letters. They
// are never nil.
func (v *vocabulary) stems(text, language string) stems {
	key := [2]string{text, language}
	if out, ok := v.texts[key]; ok {
		return out
	}
	out := stems{}
	v.terms.each(text, language, func(term string) {
		if len(term) > shortest {
			out = append(out, v.number(term))
		}
	})
	slices.Sort(out)
	out = slices.Compact(out)
	v.texts[key] = out
	return out
}

// quoted are the stems of the telling's quote. Most tellings are never compared
// by their words, and need none.
func (t *told) quoted() stems {
	if t.terms == nil {
		t.terms = t.words.stems(t.Record.Quote, t.Article.Language)
	}
	return t.terms
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Parties are the two sides of an entry: who does, says, owes or is in a
// relation, and towards whom. Each is the state, group or person that an actor
// belongs to or acts for. A figure has none.
func Parties(e ledger.Entry) [2][]casus.ActorID {
	heads, _ := partiesOf(e)
	return heads
}

// partiesOf lists a record's sides, as heads and as they are.
func partiesOf(e ledger.Entry) (heads, whole [2][]casus.ActorID) {
	add := func(side int, ids ...casus.ActorID) {
		for _, id := range ids {
			if id != "" {
				heads[side] = append(heads[side], headOf(id, e.ActsFor))
				whole[side] = append(whole[side], id)
			}
		}
	}
	switch b := e.Record.Body.(type) {
	case *casus.Event:
		add(0, b.Source...)
		add(1, b.Target...)
	case *casus.Claim:
		add(0, b.Speaker)
		add(1, b.About...)
	case *casus.Relation:
		add(0, b.From)
		add(1, b.To)
	case *casus.Commitment:
		add(0, b.Debtor)
		add(1, b.Beneficiary)
	case *casus.Flow:
		add(0, b.Group, b.Origin)
		add(1, b.Destination)
	}
	return heads, whole
}

// headOf is the state or group that an actor is of, or the person.
func headOf(id casus.ActorID, actsFor map[casus.ActorID]casus.ActorID) casus.ActorID {
	if office := actsFor[id]; office != "" {
		id = office
	}
	if id.IsPerson() {
		return id
	}
	return casus.ActorID(id.Head())
}

// placesOf are the narrowest places that a record names: those of its setting
// that are no country, and places in a country that are a side of it.
func (k *knowledge) placesOf(t *told) []string {
	var out []string
	add := func(place string) {
		if place != "" && !slices.Contains(out, place) {
			out = append(out, place)
		}
	}
	for _, place := range t.Record.Where {
		if !isCountry(place) {
			folded := ledger.FoldPlace(place)
			add(folded[strings.LastIndexByte(folded, '/')+1:])
		}
	}
	for _, id := range slices.Concat(t.whole[0], t.whole[1]) {
		if part := k.placePart(id); part != "" {
			add(strings.ReplaceAll(part, "-", " "))
		}
	}
	return out
}

// isCountry tells whether a place is a country's id and no name: sui, and not Sui.
func isCountry(place string) bool {
	return len(place) == 3 && !strings.ContainsFunc(place, func(r rune) bool { return r < 'a' || r > 'z' })
}

// placed are those of some ids that are places in a country: see gistSide.
func (k *knowledge) placed(ids []casus.ActorID) (out uint64) {
	for i, id := range ids[:min(len(ids), 64)] {
		if k.placePart(id) != "" {
			out |= 1 << i
		}
	}
	return out
}

// placePart is the part of an id that is a place in a country, "" for none.
func (k *knowledge) placePart(id casus.ActorID) string {
	country, part, ok := strings.Cut(string(id), "/")
	sector, _, _ := strings.Cut(part, "/")
	if _, known := k.sectors[sector]; !ok || known || !isCountry(country) {
		return ""
	}
	return part[strings.LastIndexByte(part, '/')+1:]
}

// quadOf is PLOVER's quad class of an event type: 1 verbal and 2 material
// cooperation, 3 verbal and 4 material conflict.
func quadOf(t casus.EventType) int {
	switch t {
	case casus.Agree, casus.Consult, casus.Support, casus.Concede:
		return 1
	case casus.Cooperate, casus.Aid, casus.Retreat:
		return 2
	case casus.Request, casus.Accuse, casus.Reject, casus.Threaten:
		return 3
	}
	return 4
}

// The features that speak for or against two tellings being of one thing.
// Their names and weights are in sameness.tsv.
const (
	start = iota
	otherMode
	otherType
	otherBasis
	dated
	daysApartEach
	namedApart
	denialLater
	undated
	oneTeller
	sidesMeet
	sidesApart
	placesApart
	organsApart
	wording
	oneLanguage
	onePlace
	widerPlace
	otherPlace
	otherSpelling
	onceMore
	counted
	around
	oneFate
	otherFate
	otherPeople
	otherVictims
	features // how many there are
)

// featureNames are the names of the features, in their order.
func featureNames() []string {
	return []string{"start", "other-mode", "other-type", "other-basis", "dated", "days-apart", "named-apart", "denial-later", "undated", "one-teller", "sides-meet", "sides-apart",
		"places-apart", "organs-apart", "wording", "one-language", "one-place", "wider-place", "other-place", "other-spelling", "once-more",
		"counted", "around", "one-fate", "other-fate", "other-people", "other-victims"}
}

// same tells how surely two entries tell of one and the same thing, 0 to 1,
// whatever status they give it and whatever number: each feature gives or takes
// evidence in log-odds, by its weight in sameness.tsv.
func (k *knowledge) same(a, b *told) float64 {
	evidence, ok := k.besideWords(&a.gist, &b.gist, a, b)
	if !ok {
		return 0
	}
	return surely(evidence + k.wordsEvidence(a, b))
}

// sureLink is the evidence of same, in log-odds, where that is sureEnough, else 0.
// It does not look at the words of two that could not be so surely one thing,
// whatever they say.
func (k *knowledge) sureLink(g, h *gist, a, b *told) float64 {
	evidence, ok := k.besideWords(g, h, a, b)
	if !ok || evidence+max(0, g.weights[wording]) < leastEvidence {
		return 0
	}
	if evidence += k.wordsEvidence(a, b); evidence < leastEvidence {
		return 0
	}
	return evidence
}

// leastEvidence is what makes two tellings sureEnough: its log-odds.
const leastEvidence = 0.4054651081081644

func surely(evidence float64) float64 { return 1 / (1 + math.Exp(-evidence)) }

// wordsEvidence compares the quotes' words; of two languages they say nothing.
func (k *knowledge) wordsEvidence(a, b *told) float64 {
	weight := a.weights[wording]
	if weight == 0 || a.language != b.language {
		return 0
	}
	return weight * likeness(a.quoted(), b.quoted())
}

// besideWords is the evidence of all features but the wording, and whether the
// two can be of one thing at all. g and h are the gists of a and b; it looks at
// these themselves only where it must.
func (k *knowledge) besideWords(g, h *gist, a, b *told) (float64, bool) {
	if g.weights != h.weights { // they are of different kinds
		return 0, false
	}
	if g.article == h.article && isCount(a.Record) && overlap(a.Record.Span, b.Record.Span) {
		return 0, false // one sentence that counts twice counts two things: "a thousand trained, 20,000 were called up"
	}
	if isCount(a.Record) && farOff(a.Record, b.Record) {
		return 0, false
	}
	days := daysApart(casus.Period{From: g.from, To: g.to}, casus.Period{From: h.from, To: h.to})
	denial := g.isDenied || h.isDenied
	if days > g.far && (!denial || days > farthestDenial) {
		return 0, false
	}
	v := tally{weights: g.weights, evidence: g.weights[start]}
	if !sorts(g, h, a, b, &v) {
		return 0, false
	}
	switch {
	case g.from == 0 && g.to == 0 || h.from == 0 && h.to == 0:
		v.add(undated, 1)
	case denial && !(g.ownDay && h.ownDay):
		v.add(dated, 1)
		v.add(denialLater, float64(days))
	case g.ownDay && h.ownDay:
		v.add(dated, 1)
		v.add(namedApart, float64(days))
	default:
		v.add(dated, 1)
		v.add(daysApartEach, float64(days))
	}
	if g.article == h.article && g.by == h.by {
		v.add(oneTeller, 1)
	}
	k.compareSides(g, h, a, b, &v)
	if g.language == h.language {
		v.add(oneLanguage, 1)
	}
	compareTowns(g, h, a, b, &v)
	if g.again != h.again {
		v.add(onceMore, 1)
	}
	return v.evidence, true
}

// tally adds up what speaks for and against two tellings being of one thing.
type tally struct {
	weights  *[features]float64
	evidence float64
}

func (t *tally) add(feature int, value float64) { t.evidence += t.weights[feature] * value }

// compareSides compares who is on each side of two records.
func (k *knowledge) compareSides(g, h *gist, a, b *told, v *tally) {
	for side := range g.sides {
		x, y := &g.sides[side], &h.sides[side]
		switch {
		case len(x.heads) == 0 || len(y.heads) == 0:
		case share(x.heads, y.heads):
			v.add(sidesMeet, 1)
			if !share(x.whole, y.whole) { // who is there as such is no part
				parts(a.whole[side], b.whole[side], x.placed, y.placed, v)
			}
		case g.unknown[side] || h.unknown[side]: // a rival name for the same deed
		case share(x.asTowns, h.towns) || share(y.asTowns, g.towns):
		default:
			v.add(sidesApart, 1)
		}
	}
}

// share tells whether two lists share a number.
func share(a, b []int32) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// asTowns are ids as towns are written that nobody knows: those of "civilians in Ardamata".
func asTowns(ids []casus.ActorID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strings.ReplaceAll(id.Head(), "-", " ")
	}
	return out
}

// parts compares the parts of a state that meet on one side.
func parts(a, b []casus.ActorID, placedA, placedB uint64, v *tally) {
	place, organ := false, false
	for i, x := range a {
		for j, y := range b {
			switch {
			case !oneHead(x, y):
			case x.Within(y) || y.Within(x):
				return
			case placedA>>i&1 != 0 && placedB>>j&1 != 0:
				place = true
			default:
				organ = true
			}
		}
	}
	switch {
	case place:
		v.add(placesApart, 1)
	case organ:
		v.add(organsApart, 1)
	}
}

// oneHead tells whether two ids have the same head.
func oneHead(x, y casus.ActorID) bool {
	n := len(x.Head())
	return len(y) >= n && y[:n] == x[:n] && (len(y) == n || y[n] == '/')
}

func unknownOnly(ids []casus.ActorID) bool { return len(ids) == 1 && ids[0] == "unknown" }

// sorts compares the sorts of two records of a kind, and tells whether they can
// be of one thing at all.
func sorts(g, h *gist, a, b *told, v *tally) bool {
	switch g.kind {
	case casus.KindEvent:
		switch {
		case g.sort != h.sort:
			v.add(otherType, 1)
			return g.quad == h.quad
		case g.mode != h.mode:
			v.add(otherMode, 1)
		}
		return true
	case casus.KindClaim, casus.KindFlow:
		return g.sort == h.sort
	case casus.KindFigure:
		return counts(a, b, v)
	case casus.KindRelation:
		return g.sort == h.sort && slices.Equal(g.sides[0].whole, h.sides[0].whole) && slices.Equal(g.sides[1].whole, h.sides[1].whole)
	case casus.KindCommitment:
		if g.mode != h.mode {
			v.add(otherBasis, 1)
		}
		return true
	}
	return false
}

// mostShared is how many actors around two numbers count, at most.
const mostShared = 2

// counts compares what two numbers count, and whom the words around them name.
func counts(a, b *told, v *tally) bool {
	if a.unit != b.unit {
		if !a.people || !b.people {
			return false
		}
		v.add(otherPeople, 1)
	}
	switch {
	case a.fate == "" || b.fate == "":
	case a.fate == b.fate:
		v.add(oneFate, 1)
	default:
		v.add(otherFate, 1)
	}
	if len(a.done[1]) > 0 && len(b.done[1]) > 0 && !meets(a.done[1], b.done[1]) && (meets(a.done[0], b.done[1]) || meets(a.done[1], b.done[0])) {
		v.add(otherVictims, 1)
	}
	if a.language == b.language {
		v.add(counted, likeness(a.of, b.of))
	}
	shared := 0
	for _, id := range a.around {
		if slices.Contains(b.around, id) {
			shared++
		}
	}
	v.add(around, min(float64(shared), mostShared))
	return true
}

// mostTimes is how many times as large a number may be as another of one thing:
// what sides say of each other's dead differs twentyfold.
const mostTimes = 100

// farOff tells whether two numbers are of another order: fifteen people on a bus are
// not the hundred thousand who crossed.
func farOff(a, b casus.Record) bool {
	low, high, ok := boundsOf(a)
	l, h, too := boundsOf(b)
	return ok && too && (low > mostTimes*max(h, 1) || l > mostTimes*max(high, 1))
}

// farthestDenial is how many days after a thing was told it may be denied.
const farthestDenial = 21

// farthestReach is how many days off one looks for what is wide.
const farthestReach = farthestDenial

// farthest is how many days apart two tellings of a thing of a kind may be.
func farthest(k casus.Kind) int {
	switch k {
	case casus.KindRelation, casus.KindCommitment:
		return 400
	case casus.KindFlow, casus.KindFigure:
		return 7
	}
	return 3
}

// daysApart is how far two periods are from sharing a day; 0 if they do.
func daysApart(p, q casus.Period) int {
	switch {
	case p.Overlaps(q):
		return 0
	case p.To != 0 && q.From != 0 && p.To < q.From:
		return int(q.From - p.To)
	}
	return int(p.From - q.To)
}

// likeness is the cosine of two sets of stems.
func likeness(a, b stems) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			shared, i, j = shared+1, i+1, j+1
		}
	}
	return float64(shared) / math.Sqrt(float64(len(a)*len(b)))
}

// compareTowns compares where two records are set.
func compareTowns(g, h *gist, a, b *told, v *tally) {
	named := len(g.towns) > 0 && len(h.towns) > 0
	switch {
	case named && share(g.towns, h.towns):
		v.add(onePlace, 1)
		return
	case len(g.settings) > 0 && len(h.settings) > 0 && (share(g.settings, h.settings) || wider(a.where, b.where)):
		v.add(widerPlace, 1)
	}
	switch {
	case !named:
	case g.language == h.language:
		v.add(otherPlace, 1)
	default:
		v.add(otherSpelling, 1)
	}
}

// wider tells whether two settings share a wider place, or one lies in the other.
func wider(a, b []casus.ActorID) bool {
	for _, p := range a {
		for _, q := range b {
			if p.Within(q) || q.Within(p) {
				return true
			}
		}
	}
	return false
}

// overlap tells whether two spans share a character.
func overlap(a, b casus.Span) bool { return a.Start < b.End && b.Start < a.End }

// isCount tells whether a record is of a number: of people and things, or of those who move.
func isCount(r casus.Record) bool {
	return r.Kind() == casus.KindFigure || r.Kind() == casus.KindFlow
}
