package picture_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"casus"
	"casus/ledger"
	"casus/ledger/ledgertest"
	"casus/ledger/memory"
	"casus/picture"
)

// desk is a ledger that grows, with a picture of it that keeps tellings and one
// that does not.
type desk struct {
	t           *rapid.T
	ledger      ledger.Ledger
	kept, plain *picture.Picture
	articles    int
	reader      int
	readings    []ledger.Reading
	records     []casus.RecordID
	corrections []int64
}

func anyOf[T any](t *rapid.T, what string, from ...T) T { return rapid.SampledFrom(from).Draw(t, what) }

func drawSide(t *rapid.T) casus.ActorID {
	return anyOf(t, "actor", casus.ActorID("rus"), "rus/mil", "rus/rebels", "kaz/gov", "kaz", "afg", "person/vladimir-putin", "person/onbekende-bron")
}

func drawDay(t *rapid.T) casus.Date {
	return day("2021-07-01") + casus.Date(rapid.Int32Range(0, 40).Draw(t, "day"))
}

func drawWhen(t *rapid.T) casus.Period {
	from := drawDay(t)
	switch rapid.IntRange(0, 9).Draw(t, "period") {
	case 0:
		return casus.Always
	case 1:
		return casus.Day(from).Since()
	case 2:
		return casus.Day(from).Until()
	case 3:
		return casus.Period{From: from, To: from + 60, Precision: casus.PrecisionSeason}
	case 4:
		return casus.Week(from)
	}
	return casus.Day(from)
}

// drawStory is an article of two sentences with what it tells.
func drawStory(t *rapid.T, n int) ledger.Reading {
	words := func() string {
		return anyOf(t, "words", "Zij zouden hun soldaten terugtrekken.", "They attacked the town again.", "Het plan werd afgewezen op maandag.", "Zij sloten een bestand.")
	}
	first, second := words(), words()
	text := fmt.Sprintf("%s %s %d", first, second, n)
	s := told{id: fmt.Sprintf("a%d", n), published: drawDay(t).String()}
	r := reading(s)
	r.Article.Text, r.Article.Hash = text, fmt.Sprintf("%064d", n)
	r.Article.Publisher, r.Article.Language = anyOf(t, "publisher", "De Bode", "The Messenger", ""), anyOf(t, "language", "nl", "en")
	r.Article.Known = r.Article.Date.From.AddDays(rapid.IntRange(0, 5).Draw(t, "known")).Time()
	sketch := byte(rapid.IntRange(0, 3).Draw(t, "sketch"))
	r.Sketch = ledger.Sketch{Bands: []uint64{uint64(sketch)}, Data: []byte{sketch, 0, 0}}
	r.Actors = []casus.Actor{{ID: "person/vladimir-putin", Kind: casus.ActorPerson, Names: []string{"Poetin"},
		ActsFor: []casus.Office{{Actor: "rus/gov", Role: "president", From: day("2021-07-10")}}}}
	for range rapid.IntRange(1, 4).Draw(t, "records") {
		rec := casus.Record{Quote: first, Span: casus.Span{End: len(first)}, Made: casus.Made{Rule: "test:1", Confidence: 1},
			Status: anyOf(t, "status", casus.Happened, casus.Happened, casus.Ongoing, casus.Possible, casus.Denied, casus.Planned), When: drawWhen(t), Body: drawBody(t)}
		if rapid.Bool().Draw(t, "second sentence") {
			rec.Where = []string{anyOf(t, "where", "afg/kunduz", "afg", "Torkham", "rus")}
			rec.Quote, rec.Span = second, casus.Span{Start: len(first) + 1, End: len(first) + 1 + len(second)}
		}
		if rapid.IntRange(0, 2).Draw(t, "told by") == 0 {
			rec.By, rec.ByAs = drawSide(t), rec.Quote[:5]
		}
		if rapid.IntRange(0, 3).Draw(t, "where") == 0 {
			rec.Where = []string{anyOf(t, "place", "Kunduz", "afg/kunduz", "Moskou")}
		}
		r.Records = append(r.Records, rec)
	}
	return r
}

func drawBody(t *rapid.T) casus.Body {
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0:
		return &casus.Claim{Speaker: drawSide(t), Act: anyOf(t, "act", casus.AccuseAct, casus.Say)}
	case 1, 2, 3, 4:
		c := &casus.Commitment{Debtor: drawSide(t), Beneficiary: drawSide(t), Duty: anyOf(t, "duty", "to withdraw its troops", "not to attack"),
			Basis: anyOf(t, "basis", casus.Deal, casus.Ceasefire, casus.Treaty), State: anyOf(t, "state", casus.InForce, casus.InForce, casus.Offered, casus.Broken)}
		if rapid.Bool().Draw(t, "deadline") {
			c.Deadline = drawDay(t)
		}
		return c
	}
	e := &casus.Event{Type: anyOf(t, "type", casus.Assault, casus.Assault, casus.Retreat, casus.Coerce, casus.Reject), Source: []casus.ActorID{drawSide(t)}, Target: []casus.ActorID{drawSide(t)}}
	switch e.Type {
	case casus.Retreat:
		e.Mode = anyOf(t, "mode", "withdraw", "release")
	case casus.Coerce:
		e.Mode = anyOf(t, "mode", "seize", "deport")
	}
	return e
}

// change has the ledger grow, be read anew or be corrected.
func (d *desk) change() {
	ctx := context.Background()
	take := func(r ledger.Reading) {
		if _, err := d.ledger.Append(ctx, r); err != nil {
			d.t.Fatal(err)
		}
		prepared, err := ledger.Prepare(r)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, rec := range prepared.Records {
			d.records = append(d.records, rec.ID)
		}
	}
	switch rapid.IntRange(0, 5).Draw(d.t, "change") {
	case 0:
		if len(d.readings) > 0 { // a newer reader finds other things in the same text
			r := rapid.SampledFrom(d.readings).Draw(d.t, "read anew")
			d.reader++
			r.Reader = fmt.Sprint(d.reader)
			r.Records = r.Records[:rapid.IntRange(0, len(r.Records)).Draw(d.t, "found again")]
			take(r)
		}
	case 1:
		d.correct()
	default:
		for range rapid.IntRange(1, 6).Draw(d.t, "articles") {
			r := drawStory(d.t, d.articles)
			d.articles++
			d.readings = append(d.readings, r)
			take(r)
		}
	}
}

func (d *desk) correct() {
	if len(d.records) < 2 {
		return
	}
	record := func() casus.RecordID { return rapid.SampledFrom(d.records).Draw(d.t, "record") }
	c := ledger.Correction{Author: "Ann", Reason: "test", Seen: -1}
	switch rapid.IntRange(0, 5).Draw(d.t, "correction") {
	case 0:
		c.Action, c.Record = ledger.Reject, record()
	case 1:
		c.Action, c.Actor, c.Into = ledger.Merge, "rus/rebels", "kaz"
	case 2:
		c.Action, c.Records = ledger.Join, []casus.RecordID{record(), record()}
	case 3:
		c.Action, c.Actor, c.Into, c.Records = ledger.Split, "rus", "afg", []casus.RecordID{record()}
	case 4:
		c.Action, c.Records, c.Others = ledger.Part, []casus.RecordID{record()}, []casus.RecordID{record()}
	case 5:
		if len(d.corrections) == 0 {
			return
		}
		c.Action, c.Undoes = ledger.Undo, rapid.SampledFrom(d.corrections).Draw(d.t, "undoes")
	}
	done, err := d.ledger.Correct(context.Background(), c)
	if code := casus.CodeOf(err); err != nil && code != casus.Invalid && code != casus.Conflict && code != casus.NotFound {
		d.t.Fatal(err)
	}
	if err == nil {
		d.corrections = append(d.corrections, done.Number)
	}
}

// ask puts one question to both pictures.
func (d *desk) ask() {
	t := d.t
	q := picture.Question{Actor: anyOf(t, "asked", "", "", "rus", "kaz", "person/vladimir-putin", "rus/gov"), Limit: anyOf(t, "limit", 0, 1, 3, 50)}
	if rapid.Bool().Draw(t, "from") {
		q.From = drawDay(t)
	}
	if rapid.Bool().Draw(t, "to") {
		q.To = max(q.From, drawDay(t))
	}
	q.Starting = rapid.Bool().Draw(t, "starting")
	q.Place = anyOf(t, "place", "", "", "", "afg", "TORKHAM")
	if rapid.IntRange(0, 2).Draw(t, "known") == 0 {
		q.Known = drawDay(t).Time()
	}
	if rapid.IntRange(0, 5).Draw(t, "recorded") == 0 {
		q.Recorded = time.Unix(int64(rapid.IntRange(0, 300).Draw(t, "at")), 0)
	}
	var answer func(*picture.Picture) (any, error)
	switch rapid.IntRange(0, 4).Draw(t, "question") {
	case 0:
		q.From, q.To, q.Starting = day("2021-07-20"), day("2021-08-08"), false
		answer = func(p *picture.Picture) (any, error) { return p.Drifting(t.Context(), q) }
	case 1:
		answer = func(p *picture.Picture) (any, error) {
			return p.Due(t.Context(), q, day("2021-07-05"), day("2021-08-01"))
		}
	case 2:
		there := q
		there.Actor, there.Place = "", "afg"
		answer = func(p *picture.Picture) (any, error) {
			return p.Saying(t.Context(), picture.SayingQuestion{Any: []picture.Question{q, there}, Words: []string{"soldaten", "attacked the town"}, Or: []string{"COERCE/seize"},
				Wanted: func(e ledger.Entry) bool {
					event, ok := e.Record.Body.(*casus.Event)
					return strings.Contains(e.Record.Quote, "attacked") || strings.Contains(e.Record.Quote, "soldaten") || ok && event.Type == casus.Coerce && event.Mode == "seize"
				}})
		}
	default:
		q.Type = string(anyOf(t, "state", "", "", casus.InForce, casus.Broken))
		answer = func(p *picture.Picture) (any, error) { return p.Promises(t.Context(), q) }
	}
	var written [2]string
	for i, p := range []*picture.Picture{d.kept, d.plain} {
		out, err := answer(p)
		if err != nil && casus.CodeOf(err) != casus.NotFound { // nobody has named him yet
			t.Fatal(err)
		}
		b, err := json.MarshalIndent(out, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		written[i] = string(b)
	}
	if written[0] != written[1] {
		t.Fatalf("asked %+v, what is kept answers\n%s\nand the ledger\n%s", q, written[0], written[1])
	}
}

// Whatever is stored, read anew, corrected and taken back, a picture that keeps
// tellings answers as one does that asks the ledger each time.
func TestWhatIsKeptAnswersAsTheLedgerDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := int64(0)
		l := memory.New(func() time.Time { at++; return time.Unix(at, 0) }, ledgertest.Alike)
		d := &desk{t: t, ledger: l, kept: picture.New(l, lexicon()), plain: picture.New(l, lexicon())}
		steps := rapid.IntRange(1, 12).Draw(t, "steps")
		kept := rapid.IntRange(0, steps).Draw(t, "kept from step")
		for i := range steps {
			d.change()
			if i == kept {
				if err := d.kept.Keep(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			d.ask()
		}
	})
}
