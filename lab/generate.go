package lab

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"casus"
	"casus/ledger"
)

// Name is one way to write an actor, of a class such as its name, its
// adjective or its people. An actor stands in for another where it has words
// of the same classes.
type Name struct {
	Text  string
	Lang  string // "nl", "en", or "mul" for all
	Class string
	ID    casus.ActorID
}

// Generator makes many articles with records out of a few that were read, by
// varying the actors, the years and the numbers, alike in the text and in the
// records, whose spans move along. It is for measuring a ledger at size: the
// articles are no news, and read like it. Days move only in the dates of
// articles and records, over the whole year: the words "4 juli" stay.
//
// A generated article has no sketch: they would all be near-copies.
type Generator struct {
	// Spent, if any, tells the processor time that this process has spent, for Stored.
	Spent func() time.Duration

	samples  []sample
	identity func(text string) string
	seed     uint64
	share    float64         // of the samples' records, those that articles keep
	cast     []casus.ActorID // who can play a part, most often named first
}

// sample is a reading cut into what stays and what varies.
type sample struct {
	reading ledger.Reading
	text    template
	title   template
	strings [][]template // of each record: those of its fields that quote or name, see fieldsOf
	actors  []stand      // who varies
	numbers []string     // the digits that vary
	spans   []casus.Span // of each record, in code points of the sample's text
}

// stand is an actor that varies and those that may stand in for it.
type stand struct {
	id     casus.ActorID
	others []casus.ActorID
	words  map[casus.ActorID][]string // of each: its words, by number of the slot's word
}

// template is a string with slots.
type template []piece

// piece is a stretch of a template: as it was, or a slot.
type piece struct {
	text   string // as it was
	actor  int    // 1 + index of the stand; 0 is none
	word   int    // which of its words
	year   int    // 0 is none
	number int    // 1 + index of the number; 0 is none
}

// NewGenerator makes a generator out of readings with records; identity gives
// a text its hash. The same samples, names and seed give the same articles.
func NewGenerator(readings []ledger.Reading, names []Name, identity func(text string) string, seed uint64) (*Generator, error) {
	g := &Generator{identity: identity, seed: seed, share: 1}
	cast := newCast(names)
	cast.inSamplesFirst(readings)
	g.cast = cast.ids
	for _, r := range readings {
		if len(r.Records) == 0 {
			continue
		}
		s := cast.cut(r)
		if _, err := ledger.Prepare(s.vary(rand.New(rand.NewPCG(seed, 0)), 0, 1, identity)); err != nil {
			return nil, fmt.Errorf("varying article %s: %w", r.Article.ID, err)
		}
		g.samples = append(g.samples, s)
	}
	if len(g.samples) == 0 {
		return nil, &casus.Error{Code: casus.Invalid, Problem: "there is no article with records to vary", Advice: "Name articles that have something to read in them."}
	}
	return g, nil
}

// Thin has the articles from now on keep so many records each, on average, at
// random; all if that is more than the samples have, or not positive.
func (g *Generator) Thin(each float64) {
	have := 0
	for _, s := range g.samples {
		have += len(s.reading.Records)
	}
	g.share = 1
	if share := each * float64(len(g.samples)) / float64(have); share > 0 && share < 1 {
		g.share = share
	}
}

// Reading makes the n-th article.
func (g *Generator) Reading(n int) ledger.Reading {
	random := rand.New(rand.NewPCG(g.seed, uint64(n)))
	return g.samples[random.IntN(len(g.samples))].vary(random, n, g.share, g.identity)
}

// Batch is how many articles a bulk load stores in one transaction: the more,
// the fewer times a page of the ledger's index is written.
const Batch = 2000

// Stored says what a load stored, and how long storing it took.
type Stored struct {
	Articles int     `json:"articles"`
	Records  int     `json:"records"`
	Seconds  float64 `json:"seconds"` // in the ledger alone, without making the articles
	// Processor is the processor time of these seconds, of all cores; 0 where it was not measured.
	Processor float64 `json:"processor,omitzero"`
}

// Generate stores the articles from to from+n-1 in a ledger, batch in a
// transaction. It calls progress, if any, with the number stored so far.
func (g *Generator) Generate(ctx context.Context, into ledger.Ledger, from, n, batch int, progress func(stored int)) (Stored, error) {
	var out Stored
	for at := from; at < from+n; at += batch {
		var readings []ledger.Reading
		for i := at; i < min(from+n, at+batch); i++ {
			readings = append(readings, g.Reading(i))
		}
		start, spent := time.Now(), g.spent()
		receipts, err := into.AppendAll(ctx, readings)
		if err != nil {
			return out, fmt.Errorf("storing generated articles %d to %d: %w", at, at+len(readings)-1, err)
		}
		out.Seconds += time.Since(start).Seconds()
		out.Processor += (g.spent() - spent).Seconds()
		for _, r := range receipts {
			out.Records += r.Records
		}
		if out.Articles += len(readings); progress != nil {
			progress(out.Articles)
		}
	}
	return out, nil
}

func (g *Generator) spent() time.Duration {
	if g.Spent == nil {
		return 0
	}
	return g.Spent()
}

// choice is what one generated article puts into the slots.
type choice struct {
	actors  []casus.ActorID // of each stand
	years   int             // added to each
	days    int             // added to the days of dates, not of texts
	numbers []string        // of each number
}

// Actors keep their part in half of the articles, and who stands in for them is
// drawn by Zipf's law: a few are met often and many seldom, as in news.
const (
	keepActor = 0.5
	zipf      = 1.1 // the exponent
	zipfHead  = 4.0 // added to the rank, so that the first is not half of all
)

// maxYears bounds how far back an article moves in time; none moves into the future.
const maxYears = 5

func (s *sample) choose(random *rand.Rand) choice {
	c := choice{years: -random.IntN(maxYears + 1), days: s.dayOfItsYear(random)}
	for _, a := range s.actors {
		id := a.id
		other := a.others[rand.NewZipf(random, zipf, zipfHead, uint64(len(a.others)-1)).Uint64()]
		if random.Float64() > keepActor && !slices.Contains(c.actors, other) && !s.plays(other) {
			id = other
		}
		c.actors = append(c.actors, id)
	}
	for _, digits := range s.numbers {
		c.numbers = append(c.numbers, varyDigits(random, digits))
	}
	return c
}

// dayOfItsYear draws by how many days to move the article so that it, and what
// it tells of its own week, stays in its year.
func (s *sample) dayOfItsYear(random *rand.Rand) int {
	day := s.reading.Article.Date.From
	if day == 0 {
		return 0
	}
	return 8 + random.IntN(365-16) - day.Time().YearDay()
}

// plays tells whether an actor is one of the sample's own.
func (s *sample) plays(id casus.ActorID) bool {
	return slices.ContainsFunc(s.actors, func(a stand) bool { return a.id == id })
}

// varyDigits draws other digits of the same form: 1.200 may become 7.420.
func varyDigits(random *rand.Rand, digits string) string {
	b := []byte(digits)
	for i, c := range b {
		switch {
		case c < '0' || c > '9':
		case i == 0:
			b[i] = byte('1' + random.IntN(9))
		case c != '0': // a round number stays round
			b[i] = byte('0' + random.IntN(10))
		}
	}
	return string(b)
}

// vary makes an article out of the sample.
func (s *sample) vary(random *rand.Rand, n int, share float64, identity func(string) string) ledger.Reading {
	c := s.choose(random)
	r := ledger.Reading{Article: s.reading.Article, Reader: s.reading.Reader}
	text, move := s.fill(s.text, c)
	// The number at the end makes each text another.
	r.Article.Text = text + "\n\n[" + strconv.Itoa(n) + "]\n"
	r.Article.Title, _ = s.fill(s.title, c)
	r.Article.ID = casus.ArticleID(fmt.Sprintf("generated-%07d", n))
	r.Article.Hash = identity(r.Article.Text)
	r.Article.Date = c.period(r.Article.Date)
	if day := ledger.Day(r.Article.Date); day != 0 { // the desk has it some hours later
		r.Article.Known = day.Time().Add(time.Duration(random.IntN(48*60)) * time.Minute)
	}
	for _, a := range s.reading.Actors {
		r.Actors = append(r.Actors, s.varyActor(a, c))
	}
	words := casus.NewOffsets(r.Article.Text)
	for i, old := range s.reading.Records {
		if random.Float64() >= share {
			continue
		}
		// A record that does not fit its new words is left out: a quote may have become two sentences.
		if rec := s.varyRecord(i, old, c, move); rec.ValidateIn(words) == nil {
			r.Records = append(r.Records, rec)
		}
	}
	return r
}

// varyRecord fills in one record; move says where a place of the sample's text went.
func (s *sample) varyRecord(i int, old casus.Record, c choice, move func(int) int) casus.Record {
	r := clone(old)
	r.ID = ""
	r.When = c.period(r.When)
	r.Mentions = nil // they would have to move too
	r.Span = casus.Span{Start: move(s.spans[i].Start), End: move(s.spans[i].End)}
	for j, field := range fieldsOf(&r) {
		*field, _ = s.fill(s.strings[i][j], c)
	}
	for _, id := range actorsOf(&r) {
		*id = s.recast(*id, c)
	}
	for j, place := range r.Where {
		if id := casus.ActorID(place); id.Valid() {
			r.Where[j] = string(s.recast(id, c))
		}
	}
	if cm, ok := r.Body.(*casus.Commitment); ok {
		cm.Deadline = cm.Deadline.AddMonths(12 * c.years).AddDays(c.days)
	}
	s.scale(&r, old, c)
	return r
}

// varyActor gives a stand-in the part of an actor, with the words by which the
// text calls it. Offices go along, and their dates stay.
func (s *sample) varyActor(a casus.Actor, c choice) casus.Actor {
	was := a.ID
	a.ID = s.recast(was, c)
	for i, st := range s.actors {
		if st.id == was && a.ID != was {
			a.Names = st.words[c.actors[i]]
		}
	}
	a.ActsFor = slices.Clone(a.ActsFor)
	for i := range a.ActsFor {
		a.ActsFor[i].Actor = s.recast(a.ActsFor[i].Actor, c)
	}
	return a
}

// period moves a period by years, and by days as far as its precision goes.
func (c choice) period(p casus.Period) casus.Period {
	p.From, p.To = p.From.AddMonths(12*c.years), p.To.AddMonths(12*c.years)
	days := c.days
	switch p.Precision {
	case casus.PrecisionYear, casus.PrecisionSeason:
		days = 0
	case casus.PrecisionWeek:
		days -= days % 7
	case casus.PrecisionMonth:
		if first := p.From.AddDays(days); p.From != 0 && p.To != 0 {
			return casus.Month(first.Year(), first.Month())
		}
	}
	p.From, p.To = p.From.AddDays(days), p.To.AddDays(days)
	return p
}

// recast gives an actor, or a part of it, the id of who stands in for it.
func (s *sample) recast(id casus.ActorID, c choice) casus.ActorID {
	for i, a := range s.actors {
		if id.Within(a.id) {
			return c.actors[i] + id[len(a.id):]
		}
	}
	return id
}

// scale moves a record's bounds by as much as the number that it is written in.
func (s *sample) scale(r *casus.Record, old casus.Record, c choice) {
	for i, digits := range s.numbers {
		if !strings.Contains(old.Quote, digits) {
			continue
		}
		was, err1 := strconv.ParseFloat(onlyDigits(digits), 64)
		is, err2 := strconv.ParseFloat(onlyDigits(c.numbers[i]), 64)
		if err1 != nil || err2 != nil || was == 0 {
			continue
		}
		for _, bound := range boundsOf(r) {
			if *bound != nil {
				scaled := **bound * is / was
				*bound = &scaled
			}
		}
		return
	}
}

func onlyDigits(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return c
		}
		return -1
	}, s)
}

// fill writes a template, and tells where a code point of the sample went. A
// place inside a slot goes to the slot's end.
func (s *sample) fill(t template, c choice) (string, func(int) int) {
	type step struct{ from, shift int } // from this place on, shifted by so much
	var b strings.Builder
	var steps []step
	at, shift := 0, 0
	for _, p := range t {
		text := p.text
		switch {
		case p.actor > 0:
			a := s.actors[p.actor-1]
			text = a.words[c.actors[p.actor-1]][p.word]
		case p.year > 0:
			text = strconv.Itoa(p.year + c.years)
		case p.number > 0:
			text = c.numbers[p.number-1]
		}
		b.WriteString(text)
		was := len([]rune(p.text))
		at += was
		if d := len([]rune(text)) - was; d != 0 {
			shift += d
			steps = append(steps, step{at, shift})
		}
	}
	return b.String(), func(place int) int {
		i, exact := slices.BinarySearchFunc(steps, place, func(s step, place int) int { return cmp.Compare(s.from, place) })
		if exact {
			i++
		}
		if i == 0 {
			return place
		}
		return place + steps[i-1].shift
	}
}

// fieldsOf lists the fields of a record that are words of the text, or name
// what the text names.
func fieldsOf(r *casus.Record) []*string {
	fields := []*string{&r.Quote, &r.ByAs, &r.Hedge}
	switch b := r.Body.(type) {
	case *casus.Figure:
		fields = append(fields, &b.Of, &b.AsWritten)
	case *casus.Commitment:
		fields = append(fields, &b.Duty, &b.Condition)
	}
	return fields
}

// actorsOf lists the places where a record names an actor.
func actorsOf(r *casus.Record) []*casus.ActorID {
	ids := []*casus.ActorID{&r.By}
	many := func(list []casus.ActorID) {
		for i := range list {
			ids = append(ids, &list[i])
		}
	}
	switch b := r.Body.(type) {
	case *casus.Event:
		many(b.Source)
		many(b.Target)
	case *casus.Claim:
		ids = append(ids, &b.Speaker)
		many(b.About)
	case *casus.Relation:
		ids = append(ids, &b.From, &b.To)
	case *casus.Commitment:
		ids = append(ids, &b.Debtor, &b.Beneficiary)
	case *casus.Flow:
		ids = append(ids, &b.Group, &b.Origin, &b.Destination)
	}
	return ids
}

func boundsOf(r *casus.Record) []**float64 {
	switch b := r.Body.(type) {
	case *casus.Figure:
		return []**float64{&b.Low, &b.High}
	case *casus.Flow:
		return []**float64{&b.Low, &b.High}
	}
	return nil
}

// clone copies a record so deep that its strings, lists and bounds may be set.
func clone(r casus.Record) casus.Record {
	r.Where = slices.Clone(r.Where)
	switch b := r.Body.(type) {
	case *casus.Event:
		c := *b
		c.Source, c.Target = slices.Clone(b.Source), slices.Clone(b.Target)
		r.Body = &c
	case *casus.Claim:
		c := *b
		c.About = slices.Clone(b.About)
		r.Body = &c
	case *casus.Figure:
		c := *b
		r.Body = &c
	case *casus.Relation:
		c := *b
		r.Body = &c
	case *casus.Commitment:
		c := *b
		r.Body = &c
	case *casus.Flow:
		c := *b
		r.Body = &c
	}
	return r
}
