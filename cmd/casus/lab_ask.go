package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"

	"casus"
	"casus/ledger"
	"casus/picture"
)

// labAskCmd is "casus lab ask".
type labAskCmd struct {
	Times int           `help:"How often each question is put, of another actor and day each time." default:"100"`
	Most  time.Duration `help:"Go on to the next question after this long." default:"30s"`
	Only  string        `help:"Only the questions that begin so."`
	Seed  uint64        `help:"The same seed puts the same questions." default:"1"`
	JSON  bool          `name:"json" help:"Print JSON lines."`
	Web   bool          `help:"Put the addresses of the API over HTTP instead, with the parameters that the desk sends."`
	Rules string        `help:"With --web, of /api/alerts: the rules of this file." placeholder:"FILE"`
	// For people who want to know where the time goes.
	Profile string `help:"Write a profile of processor time to this file, for go tool pprof." placeholder:"FILE"`
}

// Run puts the questions and prints how long the answers took.
func (c *labAskCmd) Run(d *desk) error {
	answerFast() // as the server does, whose answers these are
	if c.Web {
		return c.web(d)
	}
	return ask(d, []string{"anybody"}, func(p *picture.Picture) error {
		stop, err := c.profile()
		if err != nil {
			return err
		}
		defer stop()
		draw, err := newDrawing(d.ctx, p, c.Seed)
		if err != nil {
			return err
		}
		for _, q := range drawnQuestions() {
			if !strings.HasPrefix(q.name, c.Only) {
				continue
			}
			t, err := c.time(d.ctx, p, draw, q)
			if err != nil {
				return err
			}
			if err := c.print(d, t); err != nil {
				return err
			}
		}
		return nil
	})
}

// profile begins the profile, if one is wanted.
func (c *labAskCmd) profile() (stop func(), err error) {
	if c.Profile == "" {
		return func() {}, nil
	}
	f, err := os.Create(c.Profile)
	if err != nil {
		return nil, unwritable(c.Profile, err)
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("profiling into %s: %w", c.Profile, err)
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, nil
}

func (c *labAskCmd) print(d *desk, t timing) error {
	if c.JSON {
		return json.NewEncoder(d.stdout).Encode(t)
	}
	_, err := fmt.Fprintln(d.stdout, t)
	return err
}

// time puts one question many times, after one time that does not count.
func (c *labAskCmd) time(ctx context.Context, p *picture.Picture, draw *drawing, q drawnQuestion) (timing, error) {
	t := timing{Question: q.name, Must: q.must, Aim: q.aim}
	begun := time.Now()
	for i := range c.Times + 1 {
		question := draw.next()
		start, spent := time.Now(), processorTime()
		if err := put(ctx, p, q, question, c.Most); errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			t.GaveUp = true
		} else if err != nil {
			return t, fmt.Errorf("asking %s of %+v: %w", q.name, question, err)
		}
		if i > 0 || t.GaveUp {
			t.took = append(t.took, time.Since(start))
			t.CPU += ms(processorTime() - spent)
		}
		if t.GaveUp || i > 0 && time.Since(begun) > c.Most {
			break
		}
	}
	return t.summed(), nil
}

// put puts a question once, and gives up on it after a while.
func put(ctx context.Context, p *picture.Picture, q drawnQuestion, about drawn, most time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	return q.put(ctx, p, about)
}

// timing is how long the answers to a question took, in milliseconds.
type timing struct {
	Question string  `json:"question"`
	Times    int     `json:"times"`
	P50      float64 `json:"p50_ms"`
	P95      float64 `json:"p95_ms"`
	Max      float64 `json:"max_ms"`
	CPU      float64 `json:"cpu_ms"`            // processor time of an answer, mean, of all cores
	GaveUp   bool    `json:"gave_up,omitempty"` // the last answer was not waited for
	Must     float64 `json:"must_ms,omitempty"` // bars for P95; 0 is none
	Aim      float64 `json:"aim_ms,omitempty"`
	// Of an answer over HTTP: its bytes, and how many were sent, compressed; the most.
	Bytes int `json:"bytes,omitempty"`
	Wire  int `json:"wire_bytes,omitempty"`
	// Of an answer that comes by and by: when the slowest was whole. The times are those of its first part.
	Whole float64 `json:"whole_ms,omitempty"`
	took  []time.Duration
	sized bool
}

// summed works out the percentiles, by nearest rank.
func (t timing) summed() timing {
	slices.Sort(t.took)
	t.Times = len(t.took)
	at := func(percent int) float64 { return ms(t.took[(t.Times*percent+99)/100-1]) }
	t.P50, t.P95, t.Max = at(50), at(95), at(100)
	t.CPU /= float64(t.Times)
	return t
}

// String is a line of the table.
func (t timing) String() string {
	bars := ""
	if t.sized {
		bars = fmt.Sprintf("  %6.0f kB, sent %4.0f", float64(t.Bytes)/1000, float64(t.Wire)/1000)
		if t.P95 > t.Must {
			bars += fmt.Sprintf("  above %.0f ms", t.Must)
		}
		if t.Whole > 0 {
			bars += fmt.Sprintf("  (whole by %.1f s)", t.Whole/1000)
		}
	} else if t.Must > 0 {
		bars = fmt.Sprintf("   must %4.0f  aim %4.0f", t.Must, t.Aim)
	}
	if t.GaveUp {
		bars += "   gave up on the last"
	}
	return fmt.Sprintf("%-64s %4d times  p50 %8.1f ms  p95 %8.1f ms  max %8.1f ms  cpu %8.1f ms%s", t.Question, t.Times, t.P50, t.P95, t.Max, t.CPU, bars)
}

// processorTime is what this process has spent so far. Beside wall time it
// tells how much of a long answer is the machine doing something else.
func processorTime() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// drawnQuestion is a question with what is drawn for it, and its bars in
// milliseconds.
type drawnQuestion struct {
	name      string
	must, aim float64
	put       func(context.Context, *picture.Picture, drawn) error
}

// drawn is what one asking is about.
type drawn struct {
	actor, other string
	record       casus.RecordID
	article      casus.ArticleID
	word         string
	language     string
	day          casus.Date
	known        time.Time
}

// drawing draws actors as often as records name them, and days evenly.
type drawing struct {
	random      *rand.Rand
	actors      []casus.ActorID
	upTo        []int // of each actor, the records of it and of those before it
	first, last casus.Date
	records     map[casus.Kind][]casus.RecordID
	articles    []casus.ArticleID
	words       []string // to search for: some that most articles have, and words of quotes
}

// drawnDays and drawnRecords are from how many days records are drawn, and how
// many of each kind from each day.
const drawnDays, drawnRecords = 20, 20

// newDrawing looks up who and when a ledger is about.
func newDrawing(ctx context.Context, p *picture.Picture, seed uint64) (*drawing, error) {
	draw := &drawing{random: rand.New(rand.NewPCG(seed, 0))}
	actors, err := p.Actors(ctx, ledger.ActorQuery{Limit: ledger.MaxLimit})
	if err != nil {
		return nil, err
	}
	sum := 0
	for _, a := range actors {
		sum += a.Records
		draw.actors, draw.upTo = append(draw.actors, a.ID), append(draw.upTo, sum)
	}
	totals, err := p.Totals(ctx)
	if err != nil {
		return nil, err
	}
	draw.first, draw.last = totals.First, totals.Last
	if sum == 0 || draw.first == 0 || draw.last < draw.first {
		return nil, &casus.Error{Code: casus.NotFound, Problem: "the ledger has nobody or no day to ask about", Advice: "Read some articles first, or make a ledger with casus lab generate."}
	}
	return draw, draw.drawRecords(ctx, p)
}

// drawRecords looks up records of some days, to ask about.
func (w *drawing) drawRecords(ctx context.Context, p *picture.Picture) error {
	w.records = map[casus.Kind][]casus.RecordID{}
	w.words = []string{"grens", "border troops", "Taliban", "ceasefire"}
	for range drawnDays {
		day := w.day()
		for _, kind := range casus.Kinds() {
			found, err := p.Timeline(ctx, picture.Question{Kinds: []casus.Kind{kind}, To: day, Limit: drawnRecords})
			if err != nil {
				return err
			}
			for _, e := range found.Entries {
				w.records[kind] = append(w.records[kind], e.ID)
				w.articles = append(w.articles, e.Article.ID)
				w.words = append(w.words, longest(e.Record.Quote))
			}
		}
	}
	return nil
}

func (w *drawing) day() casus.Date {
	return w.first + casus.Date(w.random.IntN(int(w.last-w.first)+1))
}

// record draws a record, of each kind as often.
func (w *drawing) record() casus.RecordID {
	kinds := casus.Kinds()
	of := w.records[kinds[w.random.IntN(len(kinds))]]
	if len(of) == 0 {
		return ""
	}
	return of[w.random.IntN(len(of))]
}

func (w *drawing) next() drawn {
	q := drawn{actor: w.actor(), day: w.day()}
	for range 20 { // most often another side; where there is none, the same will do
		if q.other = w.actor(); casus.ActorID(q.other).Head() != casus.ActorID(q.actor).Head() {
			break
		}
	}
	q.known = q.day.AddDays(w.random.IntN(30)).Time()
	q.record, q.article = w.record(), w.articles[w.random.IntN(len(w.articles))]
	q.word, q.language = w.words[w.random.IntN(len(w.words))], []string{"nl", "en"}[w.random.IntN(2)]
	return q
}

// longest is the longest word of a text.
func longest(text string) string {
	return slices.MaxFunc(append(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }), "a"), func(a, b string) int { return len(a) - len(b) })
}

func (w *drawing) actor() string {
	i, _ := slices.BinarySearchFunc(w.upTo, w.random.IntN(w.upTo[len(w.upTo)-1])+1, cmp.Compare[int])
	return string(w.actors[i])
}

// drawnQuestions are the questions that have bars, and the others that look at
// many records.
func drawnQuestions() []drawnQuestion { //nolint:funlen // a table
	return []drawnQuestion{
		{"show ACTOR --as-of DAY", 50, 10, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Show(ctx, picture.ShowQuestion{Actor: q.actor, AsOf: q.day})
			return err
		}},
		{"show ACTOR --as-of DAY --known DAY", 50, 10, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Show(ctx, picture.ShowQuestion{Actor: q.actor, AsOf: q.day, Known: q.known})
			return err
		}},
		{"situation --as-of DAY", 500, 100, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Situation(ctx, picture.Question{To: q.day})
			return err
		}},
		{"situation --as-of DAY --known DAY", 500, 100, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Situation(ctx, picture.Question{To: q.day, Known: q.known})
			return err
		}},
		{"diff --from DAY --to NEXT", 1000, 200, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Diff(ctx, picture.DiffQuestion{From: q.day, To: q.day + 1})
			return err
		}},
		{"diff --from DAY --to A-WEEK-LATER", 1000, 200, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Diff(ctx, picture.DiffQuestion{From: q.day, To: q.day + 7})
			return err
		}},
		{"diff --known DAY --known NEXT", 1000, 200, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Diff(ctx, picture.DiffQuestion{KnownFrom: q.known, Known: q.known.AddDate(0, 0, 1)})
			return err
		}},
		{"contradictions of a month", 1000, 200, func(ctx context.Context, p *picture.Picture, q drawn) error {
			month := casus.Month(q.day.Year(), q.day.Month())
			_, err := p.Contradictions(ctx, picture.Question{From: month.From, To: month.To})
			return err
		}},
		{"contradictions of a month --actor ACTOR", 1000, 200, func(ctx context.Context, p *picture.Picture, q drawn) error {
			month := casus.Month(q.day.Year(), q.day.Month())
			_, err := p.Contradictions(ctx, picture.Question{Actor: q.actor, From: month.From, To: month.To})
			return err
		}},
		{"why RECORD", 0, 0, func(ctx context.Context, p *picture.Picture, q drawn) error {
			if q.record == "" { // of a kind that the ledger does not have
				return nil
			}
			_, err := p.Why(ctx, q.record, picture.Question{}, nil)
			return err
		}},
		{"commitments of a month", 0, 0, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Promises(ctx, picture.Question{From: q.day, To: q.day + 30})
			return err
		}},
		{"commitments, the 50 told of last", 0, 0, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Promises(ctx, picture.Question{To: q.day, Limit: 50})
			return err
		}},
		{"dyad A B of a year", 0, 0, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Dyad(ctx, q.actor, q.other, picture.Question{From: q.day, To: q.day + 365})
			return err
		}},
		{"drift of a month", 0, 0, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Drifting(ctx, picture.Question{From: q.day, To: q.day + 30})
			return err
		}},
		{"brief of a week --actor ACTOR", 0, 0, func(ctx context.Context, p *picture.Picture, q drawn) error {
			_, err := p.Brief(ctx, picture.BriefQuestion{Actor: q.actor, Since: q.day, Until: q.day + 7})
			return err
		}},
	}
}
