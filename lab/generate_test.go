package lab_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/lab"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/ledger/sqlite"
	"casus/picture"
	"casus/refdata"
)

var (
	articles = flag.Int("articles", 500, "how many generated articles the benchmarks have")
	kept     = flag.String("ledger", "", "a generated ledger that the benchmarks read, made if it is not there; a fresh one unless given")
)

// The sample that is varied where the gold records are not there.
const border = `Op 4 juli 2021 staken 1.200 Afghaanse militairen de grens met Tadzjikistan over. Poetin noemde dat zondag zorgelijk. Rusland heeft sinds 2004 een basis in Tadzjikistan.`

func sample() ledger.Reading {
	r := ledger.Reading{Reader: "1", Article: casus.Article{ID: "grens", Language: "nl", Title: "Militairen naar Tadzjikistan", Text: border, Date: casus.Month(2021, time.July)}}
	add := func(quote string, when casus.Period, body casus.Body) {
		at := len([]rune(border[:max(0, strings.Index(border, quote))]))
		r.Records = append(r.Records, casus.Record{Quote: quote, Span: casus.Span{Start: at, End: at + len([]rune(quote))},
			Status: casus.Happened, When: when, Where: []string{"tjk"}, Body: body, Made: casus.Made{Reader: "1", Rule: "test:1"}})
	}
	n := 1200.0
	crossing, base := "staken 1.200 Afghaanse militairen de grens met Tadzjikistan over", "Rusland heeft sinds 2004 een basis in Tadzjikistan."
	day := casus.Day(casus.NewDate(2021, time.July, 4))
	add(crossing, day, &casus.Event{Type: casus.Retreat, Source: []casus.ActorID{"afg/mil"}, Target: []casus.ActorID{"tjk"}})
	add(crossing, day, &casus.Figure{Low: &n, High: &n, Unit: "soldiers", Of: "Afghaanse militairen", AsWritten: "1.200"})
	add(crossing, day, &casus.Flow{Group: "afg/mil", Origin: "afg", Destination: "tjk", Low: &n, High: &n, Cause: casus.CauseConflict})
	add("Poetin noemde dat zondag zorgelijk.", day, &casus.Claim{Speaker: "person/vladimir-putin", Act: casus.Assess})
	add(base, casus.Year(2004).Since(), &casus.Relation{Type: casus.BasesIn, From: "rus/mil", To: "tjk", Change: casus.Held})
	return r
}

func names() []lab.Name {
	var out []lab.Name
	add := func(id casus.ActorID, name, adjective string) {
		out = append(out, lab.Name{Text: name, Lang: "nl", Class: "name", ID: id})
		if adjective != "" {
			out = append(out, lab.Name{Text: adjective, Lang: "nl", Class: "adjective", ID: id})
		}
	}
	add("afg", "Afghanistan", "Afghaanse")
	add("tjk", "Tadzjikistan", "Tadzjiekse")
	add("rus", "Rusland", "Russische")
	add("uzb", "Oezbekistan", "Oezbeekse")
	add("kaz", "Kazachstan", "Kazachse")
	add("nato", "Navo", "")
	add("person/vladimir-putin", "Poetin", "")
	add("person/emomali-rahmon", "Rahmon", "")
	return out
}

func identity(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func newGenerator(t testing.TB, readings []ledger.Reading, names []lab.Name) *lab.Generator {
	t.Helper()
	g, err := lab.NewGenerator(readings, names, identity, 1)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGeneratedArticlesHoldTogether(t *testing.T) {
	g := newGenerator(t, []ledger.Reading{sample()}, names())
	texts, actors, years, numbers := map[string]bool{}, map[casus.ActorID]bool{}, map[int]bool{}, map[float64]bool{}
	for n := range 300 {
		r := g.Reading(n)
		if texts[r.Article.Text] {
			t.Fatalf("article %d has the text of another", n)
		}
		texts[r.Article.Text] = true
		if len(r.Records) != len(sample().Records) {
			t.Fatalf("article %d has %d records: %s", n, len(r.Records), r.Article.Text)
		}
		for _, rec := range r.Records {
			if err := rec.Validate(r.Article.Text); err != nil {
				t.Fatalf("article %d: %v", n, err)
			}
		}
		event, figure, flow := r.Records[0].Body.(*casus.Event), r.Records[1].Body.(*casus.Figure), r.Records[2].Body.(*casus.Flow)
		if event.Source[0] != flow.Group || flow.Group != flow.Origin+"/mil" || event.Target[0] != flow.Destination {
			t.Fatalf("article %d: the actors do not play the same parts: %+v %+v", n, event, flow)
		}
		if *figure.Low != *flow.Low || !strings.Contains(r.Article.Text, figure.AsWritten) {
			t.Fatalf("article %d: the numbers differ: %+v %+v", n, figure, flow)
		}
		if year := r.Records[0].When.From.Year(); !strings.Contains(r.Article.Text, "4 juli "+strconv.Itoa(year)) || r.Article.Date.From.Year() != year {
			t.Fatalf("article %d: %s is not in the text: %s", n, r.Records[0].When, r.Article.Text)
		}
		actors[event.Source[0]], years[r.Records[0].When.From.Year()], numbers[*figure.Low] = true, true, true
	}
	if len(actors) < 3 || len(years) < 6 || len(numbers) < 50 {
		t.Errorf("little varies: %d actors, %d years, %d numbers", len(actors), len(years), len(numbers))
	}
	if actors["nato/mil"] {
		t.Error("an actor without adjective stands in for one that needs it")
	}
}

func TestTheSameSeedGivesTheSameArticles(t *testing.T) {
	a, b := newGenerator(t, []ledger.Reading{sample()}, names()), newGenerator(t, []ledger.Reading{sample()}, names())
	for _, n := range []int{7, 3, 7} {
		if !reflect.DeepEqual(a.Reading(n), b.Reading(n)) {
			t.Errorf("article %d differs", n)
		}
	}
}

func TestGenerateStoresAll(t *testing.T) {
	l := memory.New(nil, nil)
	last := 0
	g := newGenerator(t, []ledger.Reading{sample()}, names())
	stored, err := g.Generate(context.Background(), l, 5, 40, 7, func(n int) { last = n })
	if err != nil {
		t.Fatal(err)
	}
	if totals, _ := l.Totals(context.Background()); totals.Articles != 40 || totals.Records != 200 || last != 40 || stored.Articles != 40 || stored.Records != 200 {
		t.Errorf("stored %+v, told %+v, last %d", totals, stored, last)
	}
	if _, err := l.Article(context.Background(), "generated-0000005"); err != nil {
		t.Error(err)
	}
}

func TestThinnedArticlesKeepTheirShareOfRecords(t *testing.T) {
	g := newGenerator(t, []ledger.Reading{sample()}, names())
	g.Thin(2)
	records := 0
	for n := range 500 {
		records += len(g.Reading(n).Records)
	}
	if records < 900 || records > 1100 {
		t.Errorf("500 articles of about 2 records each have %d", records)
	}
}

func TestGeneratedCorrectionsAreOfManySortsAndStand(t *testing.T) {
	ctx := context.Background()
	l := memory.New(nil, nil)
	g := newGenerator(t, []ledger.Reading{sample()}, names())
	if _, err := g.Generate(ctx, l, 0, 40, 40, nil); err != nil {
		t.Fatal(err)
	}
	if err := g.Correct(ctx, l, 40, 150); err != nil {
		t.Fatal(err)
	}
	all, err := l.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil || len(all) != 150 {
		t.Fatalf("%d corrections, %v", len(all), err)
	}
	sorts := map[ledger.Action]int{}
	for _, c := range all {
		sorts[c.Action]++
	}
	for _, action := range []ledger.Action{ledger.Accept, ledger.Reject, ledger.Amend, ledger.Alias, ledger.Merge, ledger.Undo} {
		if sorts[action] == 0 {
			t.Errorf("nothing is corrected by %s: %v", action, sorts)
		}
	}
}

// gold returns the articles with gold records, if they are there, else the sample.
func gold(t testing.TB) ([]ledger.Reading, []lab.Name) {
	files, _ := filepath.Glob("../../shared/gold/seeds/0*.jsonl")
	if len(files) == 0 {
		t.Log("../shared/gold/seeds is not there: varying one small article")
		return []ledger.Reading{sample()}, names()
	}
	var readings []ledger.Reading
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		text, err := os.ReadFile("../../shared/seeds/" + id + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		r := ledger.Reading{Reader: "gold", Article: casus.Article{ID: casus.ArticleID(id), Title: id, Text: string(text), Language: "nl", Date: casus.Month(2021, time.July)}}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var rec casus.Record
			if err := json.Unmarshal(lines.Bytes(), &rec); err != nil {
				t.Fatal(err)
			}
			rec.Made.Rule = "gold"
			// Twenty an article, as in news of 400 words.
			if len(r.Records) < 20 && rec.Validate(r.Article.Text) == nil {
				r.Records = append(r.Records, rec)
			}
		}
		f.Close()
		readings = append(readings, r)
	}
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	var names []lab.Name
	for _, a := range world.Aliases("nl") {
		if a.Class != refdata.DemonymSingular && a.Class != refdata.PlaceName && a.Valid.IsOpen() {
			names = append(names, lab.Name{Text: a.Text, Lang: a.Lang, Class: string(a.Class), ID: a.ID})
		}
	}
	return readings, names
}

// bench opens a generated ledger.
func bench(b *testing.B) *sqlite.Ledger {
	b.Helper()
	ctx := context.Background()
	path := *kept
	if path == "" {
		path = filepath.Join(b.TempDir(), "casus.db")
	}
	_, err := os.Stat(path)
	l, openErr := sqlite.Open(ctx, path, sqlite.Options{Create: true})
	if openErr != nil {
		b.Fatal(openErr)
	}
	b.Cleanup(func() { l.Close() })
	if err == nil {
		return l
	}
	readings, names := gold(b)
	stored, err := newGenerator(b, readings, names).Generate(ctx, l, 0, *articles, lab.Batch, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("made %d articles, %d records: %.0f records/s", stored.Articles, stored.Records, float64(stored.Records)/stored.Seconds)
	return l
}

// BenchmarkAppend stores one article a transaction, as casus read does.
func BenchmarkAppend(b *testing.B) {
	readings, names := gold(b)
	g := newGenerator(b, readings, names)
	l, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "casus.db"), sqlite.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	records := 0
	for n := 0; b.Loop(); n++ {
		receipt, err := l.Append(context.Background(), g.Reading(n))
		if err != nil {
			b.Fatal(err)
		}
		records += receipt.Records
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkOpen(b *testing.B) {
	l := bench(b)
	l.Close()
	path := *kept
	for b.Loop() {
		if path == "" {
			b.Skip("give -ledger")
		}
		l, err := sqlite.Open(context.Background(), path, sqlite.Options{})
		if err != nil {
			b.Fatal(err)
		}
		l.Close()
	}
}

func BenchmarkTimeline(b *testing.B) {
	p := picture.New(bench(b), nil)
	day := casus.NewDate(2021, time.July, 5)
	for _, q := range []struct {
		name string
		picture.Question
	}{
		{"all", picture.Question{}},
		{"oldest", picture.Question{Order: ledger.Oldest}},
		{"actor", picture.Question{Actor: "rus"}},
		{"with", picture.Question{Actor: "rus", With: "taliban"}},
		{"with-part", picture.Question{Actor: "rus/mil", With: "tjk"}},
		{"kind", picture.Question{Kinds: []casus.Kind{casus.KindFlow}}},
		{"type", picture.Question{Type: "ASSAULT"}},
		{"actor-type", picture.Question{Actor: "rus", Type: "SANCTION"}},
		{"actor-kind", picture.Question{Actor: "rus", Kinds: []casus.Kind{casus.KindCommitment}}},
		{"day", picture.Question{From: day, To: day}},
		{"from", picture.Question{From: day}},
		{"to", picture.Question{To: day}},
		{"actor-day", picture.Question{Actor: "rus", From: day, To: day}},
		{"place", picture.Question{Place: "Moskou"}},
		{"actor-place", picture.Question{Actor: "taliban", Place: "Moskou"}},
		{"denied", picture.Question{Actor: "rus", Statuses: []casus.Status{casus.Denied}}},
		{"known", picture.Question{Actor: "rus", Known: time.Now()}},
	} {
		b.Run(q.name, func(b *testing.B) {
			p95(b, func() (int, error) {
				answer, err := p.Timeline(context.Background(), q.Question)
				return len(answer.Entries), err
			})
		})
	}
}

// p95 runs a question and reports its 95th percentile and the rows of its answer.
func p95(b *testing.B, ask func() (rows int, err error)) {
	var times []time.Duration
	rows := 0
	for b.Loop() {
		start := time.Now()
		n, err := ask()
		if err != nil {
			b.Fatal(err)
		}
		times, rows = append(times, time.Since(start)), n
	}
	slices.Sort(times)
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
}

func BenchmarkShow(b *testing.B) {
	p := picture.New(bench(b), nil)
	for _, actor := range []string{"rus", "taliban", "tjk", "rus/mil"} {
		b.Run(actor, func(b *testing.B) {
			p95(b, func() (int, error) {
				portrait, err := p.Show(context.Background(), picture.ShowQuestion{Actor: actor, AsOf: casus.NewDate(2021, time.July, 5)})
				return len(portrait.Relations) + len(portrait.Contested), err
			})
		})
	}
}

func BenchmarkLists(b *testing.B) {
	p, ctx := picture.New(bench(b), nil), context.Background()
	b.Run("actors", func(b *testing.B) {
		p95(b, func() (int, error) {
			list, err := p.Actors(ctx, ledger.ActorQuery{})
			return len(list), err
		})
	})
	b.Run("articles", func(b *testing.B) {
		p95(b, func() (int, error) {
			page, err := p.Articles(ctx, ledger.ArticleQuery{}, picture.Question{})
			return len(page.Articles), err
		})
	})
	b.Run("article", func(b *testing.B) {
		p95(b, func() (int, error) {
			a, err := p.Article(ctx, "generated-0000042", picture.Question{})
			return len(a.Entries), err
		})
	})
	b.Run("commitments-broken", func(b *testing.B) {
		p95(b, func() (int, error) {
			a, err := p.Commitments(ctx, picture.Question{Type: "broken"})
			return len(a.Entries), err
		})
	})
	b.Run("figures-of", func(b *testing.B) {
		p95(b, func() (int, error) {
			a, err := p.Figures(ctx, "districten", picture.Question{})
			return len(a.Entries), err
		})
	})
}

func BenchmarkFind(b *testing.B) {
	l := bench(b)
	for _, words := range []string{"tentenkampen", "Taliban Moskou", `"de Afghaanse grens"`, "de"} {
		b.Run(words, func(b *testing.B) {
			for b.Loop() {
				if _, err := l.Find(context.Background(), words, 20); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
