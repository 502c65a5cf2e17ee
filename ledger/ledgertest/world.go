package ledgertest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"

	"casus"
	"casus/ledger"
)

// The small world in which random histories happen: few enough actors, days
// and sentences that queries meet, repeat and collide.

func actorIDs() []casus.ActorID {
	return []casus.ActorID{"rus", "rus/mil", "rus/gov/mfa", "tjk", "tjk/border-guard", "taliban", "afg", "afg/mil", "afg/north",
		"csto", "person/vladimir-putin", "person/abdul-ghani-baradar", "unknown"}
}

func places() []string {
	return []string{"afg/north", "afg", "Kunduz", "Moskou", "tjk", "Côte d’Ivoire"}
}

func sentences() []string {
	return []string{
		"Meer dan duizend Afghaanse militairen renden de Tadzjiekse grens over.",
		"De jihadisten namen zes grensdistricten in.",
		"Russia’s troops naïvely crossed the bordér near Kunduz.",
		"The ministers met in Dushanbe, he " + reported + " said.",
		"Volgens Moskou trokken de troepen zich terug.",
		"Ten thousand people fled; nobody counted them \U0001F6A9 twice.",
	}
}

const (
	reported            = "reportedly"
	epoch    casus.Date = 737972 // 2021-07-01
)

// drawReading draws an article of a few sentences with records on them.
func drawReading(t *rapid.T) ledger.Reading {
	var text []rune
	var spans []casus.Span
	for _, s := range rapid.SliceOfN(rapid.SampledFrom(sentences()), 1, 3).Draw(t, "sentences") {
		spans = append(spans, casus.Span{Start: len(text), End: len(text) + len([]rune(s))})
		text = append(text, []rune(s+rapid.SampledFrom([]string{" ", " ", " ", "\n"}).Draw(t, "space"))...)
	}
	// As for feed.Identity, white space makes no other text.
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(string(text)), " ")))
	r := ledger.Reading{
		Article: casus.Article{
			ID:        casus.ArticleID(rapid.SampledFrom([]string{"a", "a", "b", "a-2", "c"}).Draw(t, "id")),
			Hash:      hex.EncodeToString(sum[:]),
			Title:     rapid.SampledFrom([]string{"", "Troepen over de grens", "Kunduz"}).Draw(t, "title"),
			Publisher: rapid.SampledFrom([]string{"", "De Bode", "The Messenger"}).Draw(t, "publisher"),
			Language:  rapid.SampledFrom([]string{"nl", "en", "und"}).Draw(t, "language"),
			Date:      drawPeriod(t, "published"),
			Text:      string(text),
		},
		Reader: rapid.SampledFrom([]string{"", "1", "1", "2", "3"}).Draw(t, "reader"),
		Sketch: drawSketch(t),
	}
	if rapid.Bool().Draw(t, "import says when it was known") {
		r.Article.Known = moment(rapid.IntRange(0, 100).Draw(t, "known"))
	}
	if r.Reader == "" {
		return r
	}
	for range rapid.IntRange(0, 6).Draw(t, "records") {
		r.Records = append(r.Records, drawRecord(t, string(text), rapid.SampledFrom(spans).Draw(t, "span")))
	}
	if rapid.Bool().Draw(t, "names") {
		president := casus.Office{Actor: "rus/gov", Role: "president", From: epoch.AddDays(100), To: epoch.AddDays(300)}
		r.Actors = []casus.Actor{{ID: "person/vladimir-putin", Kind: casus.ActorPerson, Names: []string{"Poetin"}, ActsFor: []casus.Office{president}}, {ID: rapid.SampledFrom(actorIDs()).Draw(t, "named"), Kind: casus.ActorState,
			Names: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Rusland", "Moskou", "rusland", "Kreml"}), 1, 2, rapid.ID[string]).Draw(t, "names")}}
	}
	return r
}

func drawSketch(t *rapid.T) ledger.Sketch {
	var s ledger.Sketch
	if rapid.Bool().Draw(t, "no sketch") {
		return s
	}
	for i := range 4 {
		b := rapid.ByteRange(0, 2).Draw(t, "sketch")
		s.Data = append(s.Data, b)
		s.Bands = append(s.Bands, uint64(i)<<60|uint64(b))
	}
	return s
}

// Alike is the share of bytes that two sketches of equal length have in
// common, if it is all but one.
func Alike(a, b []byte) float64 {
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	if same < len(a)-1 {
		return 0
	}
	return float64(same) / float64(len(a))
}

func drawDate(t *rapid.T, label string) casus.Date {
	return epoch.AddDays(rapid.IntRange(0, 400).Draw(t, label))
}

// drawPeriod draws any extent: a day, a stretch, half open, open.
func drawPeriod(t *rapid.T, label string) casus.Period {
	d := drawDate(t, label)
	switch rapid.IntRange(0, 5).Draw(t, label+" extent") {
	case 0:
		return casus.Always
	case 1:
		return casus.Period{To: d, Precision: casus.PrecisionDay}
	case 2:
		return casus.Period{From: d, Precision: casus.PrecisionMonth}
	case 3:
		return casus.Period{From: d, To: d.AddDays(rapid.SampledFrom([]int{1, 30, 99, 100, 101, 365}).Draw(t, label+" days")), Precision: casus.PrecisionYear}
	}
	return casus.Day(d)
}

func drawActor(t *rapid.T, label string) casus.ActorID {
	return rapid.SampledFrom(actorIDs()).Draw(t, label)
}

func drawActors(t *rapid.T, label string, atLeast int) []casus.ActorID {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(actorIDs()), atLeast, 3, rapid.ID[casus.ActorID]).Draw(t, label)
}

func drawRecord(t *rapid.T, text string, span casus.Span) casus.Record {
	quote, _ := span.Quote(text)
	r := casus.Record{Quote: quote, Span: span,
		Status: rapid.SampledFrom(casus.Statuses()).Draw(t, "status"),
		When:   drawPeriod(t, "when"),
		Where:  rapid.SliceOfNDistinct(rapid.SampledFrom(places()), 0, 2, rapid.ID[string]).Draw(t, "where"),
		Body:   drawBody(t, quote),
		Made: casus.Made{Rule: rapid.SampledFrom([]string{"nl.tsv:12", "en.tsv:3", "en.tsv:3" + casus.SourceConcluded, "en.tsv:4" + casus.SourceConcluded + casus.TargetConcluded}).Draw(t, "rule"),
			Confidence: rapid.SampledFrom([]float64{0.25, 0.7, 0.9}).Draw(t, "confidence")},
	}
	if strings.Contains(quote, reported) {
		r.Hedge = reported
	}
	if end := len([]rune(text)); span.End < end && rapid.Bool().Draw(t, "told again") {
		again := casus.Span{Start: span.End, End: end}
		words, _ := again.Quote(text)
		r.Mentions = []casus.Mention{{Span: again, Quote: words}}
	}
	if rapid.Bool().Draw(t, "told by somebody") {
		r.By, r.ByAs = drawActor(t, "by"), quote[:2]
	}
	return r
}

func drawBody(t *rapid.T, quote string) casus.Body {
	number := float64(rapid.IntRange(0, 5).Draw(t, "number"))
	switch rapid.SampledFrom(casus.Kinds()).Draw(t, "kind") {
	case casus.KindEvent:
		return &casus.Event{Type: rapid.SampledFrom(casus.EventTypes()[:3]).Draw(t, "type"), Source: drawActors(t, "source", 1), Target: drawActors(t, "target", 0)}
	case casus.KindClaim:
		return &casus.Claim{Speaker: drawActor(t, "speaker"), Act: rapid.SampledFrom(casus.Acts()[:3]).Draw(t, "act"), About: drawActors(t, "about", 0)}
	case casus.KindFigure:
		return &casus.Figure{Low: &number, Unit: "conflict", Of: "men", AsWritten: quote[:2]}
	case casus.KindRelation:
		return &casus.Relation{Type: casus.BasesIn, From: drawActor(t, "from"), To: drawActor(t, "to"),
			Change: rapid.SampledFrom([]casus.Change{casus.Begins, casus.Held, casus.Ends}).Draw(t, "change")}
	case casus.KindCommitment:
		return &casus.Commitment{Debtor: drawActor(t, "debtor"), Beneficiary: drawActor(t, "beneficiary"), Duty: "to leave",
			Deadline: drawDate(t, "deadline"), Basis: casus.Pledge, State: rapid.SampledFrom(casus.States()[:3]).Draw(t, "state")}
	}
	return &casus.Flow{Group: drawActor(t, "group"), Origin: drawActor(t, "origin"), High: &number, Cause: casus.CauseConflict}
}

// moment is the n-th minute of a day.
func moment(n int) time.Time {
	return time.Date(2026, time.November, 1, 0, n, 0, 0, time.UTC)
}

func drawQuery(t *rapid.T) ledger.Query {
	maybe := func(label string) bool { return rapid.IntRange(0, 3).Draw(t, label) == 0 }
	q := ledger.Query{Order: rapid.SampledFrom([]ledger.Order{"", ledger.Newest, ledger.Oldest}).Draw(t, "order"),
		Limit: rapid.SampledFrom([]int{0, 1, 2, 7}).Draw(t, "limit")}
	if maybe("kinds") {
		q.Kinds = rapid.SliceOfN(rapid.SampledFrom(casus.Kinds()), 1, 3).Draw(t, "kinds")
	}
	if maybe("type") {
		q.Type = rapid.SampledFrom([]string{"AGREE", "CONSULT", "say", "deny", "bases-in", "offered", "conflict", "none"}).Draw(t, "type")
	}
	if maybe("statuses") {
		q.Statuses = rapid.SliceOfN(rapid.SampledFrom(casus.Statuses()), 1, 3).Draw(t, "statuses")
	}
	if maybe("article") {
		q.Article = casus.ArticleID(rapid.SampledFrom([]string{"a", "a-2", "none"}).Draw(t, "article"))
	}
	if maybe("articles") {
		q.Articles = rapid.SliceOfN(rapid.SampledFrom([]casus.ArticleID{"a", "a-2", "b", "none"}), 1, 3).Draw(t, "articles")
	}
	if maybe("actor") {
		q.Actor = drawActor(t, "actor")
		if maybe("roles") {
			q.Roles = rapid.SliceOfN(rapid.SampledFrom(ledger.Roles()), 1, 4).Draw(t, "roles")
		}
	}
	if maybe("with") {
		q.With = drawActor(t, "with")
		if maybe("with roles") {
			q.WithRoles = rapid.SliceOfN(rapid.SampledFrom(ledger.Roles()), 1, 4).Draw(t, "with roles")
		}
	}
	if maybe("place") {
		q.Place = rapid.SampledFrom([]string{"afg", "kunduz", "COTE D’IVOIRE", "nowhere"}).Draw(t, "place")
	}
	if maybe("word") {
		q.Word = rapid.SampledFrom([]string{"man", "Men", "conflicts", "two words"}).Draw(t, "word")
	}
	drawClasses(t, &q, maybe)
	if maybe("window") {
		q.From = drawDate(t, "from")
		q.To = q.From.AddDays(rapid.SampledFrom([]int{0, 1, 30, 200}).Draw(t, "days"))
		if open := rapid.IntRange(0, 3).Draw(t, "open"); open == 1 {
			q.From = 0
		} else if open == 2 {
			q.To = 0
		}
	}
	q.Starting = maybe("starting")
	if maybe("known after") {
		q.KnownAfter = moment(rapid.IntRange(0, 100).Draw(t, "not known at"))
	}
	if maybe("known") {
		q.Known = moment(rapid.IntRange(0, 100).Draw(t, "known at"))
	}
	if maybe("recorded") {
		q.Recorded = moment(rapid.IntRange(0, 100).Draw(t, "recorded at"))
	}
	return q
}

// drawClasses draws the classes that records are looked for by.
func drawClasses(t *rapid.T, q *ledger.Query, maybe func(string) bool) {
	if maybe("doubt") {
		q.Doubt = rapid.SampledFrom([]int{5, 12, 13, 14, 32, 33, 34, 43, 44}).Draw(t, "class")
	}
	if maybe("due") {
		q.Due = ledger.MonthOf(drawDate(t, "due in"))
	}
}

// clock gives the moments that it is told, which may run backwards.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func label(format string, args ...any) string { return fmt.Sprintf(format, args...) }
