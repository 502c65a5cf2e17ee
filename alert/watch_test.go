package alert_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"casus"
	"casus/alert"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/picture"
)

var update = flag.Bool("update", false, "write what the watcher raises into the documents")

// TestDocuments plays each document in testdata: rules, articles as they come
// in, and looks at the ledger with the alerts that each raises.
//
//	-- rules --                  a rules file; "-- rules nl --" has the alerts in Dutch
//	-- article a 2021-07-05 --   its first line is the publisher (and "| copy of STORY"); below it a record a line, see recordOf
//	-- look 2021-07-06 --        the alerts of a look on that day
//	-- wrong --                  what is wrong with the rules
func TestDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { document(t, file) })
	}
}

func document(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(data)
	play := &play{t: t, clock: time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC), language: "en", seen: alert.Seen{}}
	play.ledger = memory.New(func() time.Time { return play.clock }, func(a, b []byte) float64 {
		if bytes.Equal(a, b) {
			return 1
		}
		return 0
	})
	for i, f := range archive.Files {
		words := strings.Fields(f.Name)
		switch words[0] {
		case "rules":
			play.rules = f.Data
			if len(words) > 1 {
				play.language = words[1]
			}
		case "article":
			play.article(words[1], words[2], string(f.Data))
		case "look":
			play.compare(&archive.Files[i], play.look(words[1]))
		case "wrong":
			play.compare(&archive.Files[i], play.wrong())
		default:
			t.Fatalf("%s: %q is nothing that a document has", file, f.Name)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// play is a document being played.
type play struct {
	t        *testing.T
	ledger   ledger.Ledger
	clock    time.Time
	rules    []byte
	language string
	looked   time.Time
	seen     alert.Seen
}

func (p *play) compare(f *txtar.File, got string) {
	p.t.Helper()
	if *update {
		f.Data = []byte(got)
	} else if want := string(f.Data); got != want {
		p.t.Errorf("-- %s --\n%s\nwant\n%s", f.Name, got, want)
	}
}

// article appends an article whose text is the quotes of its records.
func (p *play) article(id, date, body string) {
	p.t.Helper()
	lines := strings.Split(strings.TrimSpace(body), "\n")
	publisher, story, _ := strings.Cut(lines[0], " | copy of ")
	day, err := casus.ParseDate(date)
	if err != nil {
		p.t.Fatal(err)
	}
	r := ledger.Reading{Reader: "1", Article: casus.Article{ID: casus.ArticleID(id), Language: "en", Publisher: publisher, Date: casus.Day(day)}}
	for _, line := range lines[1:] {
		rec, err := recordOf(line, r.Article.Text)
		if err != nil {
			p.t.Fatalf("article %s: %q: %v", id, line, err)
		}
		if !strings.Contains(r.Article.Text, rec.Quote) {
			r.Article.Text += rec.Quote + "\n"
		}
		r.Records = append(r.Records, rec)
	}
	r.Article.Text += "Published as " + id + "."
	sum := sha256.Sum256([]byte(r.Article.Text))
	r.Article.Hash = hex.EncodeToString(sum[:])
	if story != "" {
		h := fnv.New64()
		h.Write([]byte(story))
		r.Sketch = ledger.Sketch{Bands: []uint64{h.Sum64()}, Data: []byte(story)}
	}
	p.clock = p.clock.Add(time.Minute)
	if _, err := p.ledger.Append(p.t.Context(), r); err != nil {
		p.t.Fatalf("article %s: %v", id, err)
	}
}

// recordOf reads "BODY | status | when | where | by | quote". Its place is that
// of the quote in text, or at its end. A body is one of
//
//	ASSAULT/aerial taliban, usa > afg/mil     say rus > taliban
//	figure >=1600 soldiers of Afghan soldiers  relation taliban controls afg begins
//	usa owes taliban leave due 2021-09-11 in-force   flow afg/mil afg > tjk 1600
func recordOf(line, text string) (casus.Record, error) {
	f := strings.Split(line, " | ")
	if len(f) != 6 {
		return casus.Record{}, fmt.Errorf("%d fields, not 6", len(f))
	}
	body, err := bodyOf(f[0])
	if err != nil {
		return casus.Record{}, err
	}
	rec := casus.Record{Body: body, Status: casus.Status(f[1]), When: casus.Always, By: casus.ActorID(f[4]), Quote: f[5], Made: casus.Made{Rule: "test:1"}}
	if f[2] != "?" {
		from, err := casus.ParseDate(f[2])
		if err != nil {
			return rec, err
		}
		rec.When = casus.Day(from)
		if rec.Kind() == casus.KindCommitment || rec.Kind() == casus.KindRelation {
			rec.When = rec.When.Since()
		}
	}
	if f[3] != "" {
		rec.Where = strings.Split(f[3], ", ")
	}
	if rec.By != "" {
		rec.ByAs = "Published"
	}
	if _, ok := body.(*casus.Claim); ok {
		rec.By, rec.ByAs = body.(*casus.Claim).Speaker, "Published"
	}
	at := len([]rune(text))
	if i := strings.Index(text, rec.Quote); i >= 0 {
		at = len([]rune(text[:i]))
	}
	rec.Span = casus.Span{Start: at, End: at + len([]rune(rec.Quote))}
	return rec, nil
}

func bodyOf(s string) (casus.Body, error) {
	first, rest, _ := strings.Cut(s, " ")
	left, right, _ := strings.Cut(rest, " > ")
	words := strings.Fields(s)
	switch {
	case first == "figure":
		number, of, _ := strings.Cut(rest, " of ")
		w := strings.Fields(number)
		low, high, err := numbers(w[0])
		return &casus.Figure{Low: low, High: high, Unit: w[1], Of: of, AsWritten: strings.Trim(w[0], "<>=")}, err
	case first == "flow":
		to := strings.Fields(right)
		low, high, err := numbers(to[1])
		from := strings.Fields(left)
		return &casus.Flow{Group: casus.ActorID(from[0]), Origin: casus.ActorID(from[1]), Destination: casus.ActorID(to[0]), Low: low, High: high, Cause: casus.CauseConflict}, err
	case first == "relation":
		return &casus.Relation{From: casus.ActorID(words[1]), Type: casus.RelationType(words[2]), To: casus.ActorID(words[3]), Change: casus.Change(words[4])}, nil
	case len(words) > 3 && words[1] == "owes":
		due, err := casus.ParseDate(words[5])
		return &casus.Commitment{Debtor: casus.ActorID(words[0]), Beneficiary: casus.ActorID(words[2]), Duty: words[3], Deadline: due, State: casus.State(words[6]), Basis: casus.Pledge}, err
	case first[:1] == strings.ToUpper(first[:1]):
		typ, mode, _ := strings.Cut(first, "/")
		return &casus.Event{Type: casus.EventType(typ), Mode: mode, Source: actors(left), Target: actors(right)}, nil
	}
	return &casus.Claim{Act: casus.Act(first), Speaker: casus.ActorID(left), About: actors(right)}, nil
}

func actors(list string) []casus.ActorID {
	out := []casus.ActorID{}
	for id := range strings.SplitSeq(list, ", ") {
		if id != "" {
			out = append(out, casus.ActorID(id))
		}
	}
	return out
}

func numbers(s string) (low, high *float64, err error) {
	v, err := strconv.ParseFloat(strings.Trim(s, "<>="), 64)
	switch {
	case strings.HasPrefix(s, ">="):
		return &v, nil, err
	case strings.HasPrefix(s, "<="):
		return nil, &v, err
	}
	return &v, &v, err
}

func (p *play) watcher() (*alert.Watcher, []error) {
	p.t.Helper()
	rules, wrong := alert.Parse("rules", p.rules)
	w, unresolved, err := alert.New(p.t.Context(), p.ledger, picture.New(p.ledger, lexicon()), rules.Rules, p.language, func(id casus.ActorID) string { return names()[id] })
	if err != nil {
		p.t.Fatal(err)
	}
	return w, alert.InOrder(append(wrong, unresolved...))
}

func names() map[casus.ActorID]string {
	return map[casus.ActorID]string{"rus": "Russia", "taliban": "Taliban", "afg": "Afghanistan", "tjk": "Tajikistan", "pak": "Pakistan", "usa": "United States", "geo": "Georgia"}
}

func lexicon() *picture.Lexicon {
	all := func(yield func(string, casus.ActorID) bool) {
		for id, name := range names() {
			if !yield(name, id) {
				return
			}
		}
		yield("Georgia", "usa/georgia")
	}
	return picture.NewLexicon(all, func(id casus.ActorID) (casus.Actor, bool) {
		name, ok := names()[id]
		return casus.Actor{ID: id, Kind: casus.ActorState, Names: []string{name}}, ok
	})
}

// look evaluates what came in since the last look, and writes what is news.
func (p *play) look(on string) string {
	p.t.Helper()
	today, err := casus.ParseDate(on)
	if err != nil {
		p.t.Fatal(err)
	}
	ctx := p.t.Context()
	page, err := p.ledger.Articles(ctx, ledger.ArticleQuery{Since: p.looked})
	if err != nil {
		p.t.Fatal(err)
	}
	p.looked = p.clock
	w, _ := p.watcher()
	alerts, err := w.Arrived(ctx, page.Articles)
	if err != nil {
		p.t.Fatal(err)
	}
	standing, err := w.Standing(ctx, today)
	if err != nil {
		p.t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range append(alerts, standing...) {
		if !p.seen.New(a) {
			continue
		}
		fmt.Fprintf(&b, "%s (%s)\n  %s\n", a.Rule, a.Cause, a.Says)
		for _, e := range a.Entries {
			fmt.Fprintf(&b, "  “%s” %s\n", e.Record.Quote, e.Article.ID)
		}
	}
	return b.String()
}

func (p *play) wrong() string {
	var b strings.Builder
	w, wrong := p.watcher()
	for _, err := range wrong {
		fmt.Fprintln(&b, err)
	}
	for _, r := range w.Rules() {
		fmt.Fprintln(&b, "at work:", r.Name)
	}
	return b.String()
}

// A rule is the same whoever resolves its names: an error of the ledger is not
// taken for a name that nobody has.
func TestABrokenLedgerIsNoTypingMistake(t *testing.T) {
	rules, wrong := alert.Parse("rules", []byte("[rule a]\nactor: xyzzy\n"))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	l := broken{memory.New(nil, nil)}
	_, unresolved, err := alert.New(context.Background(), l, picture.New(l, nil), rules.Rules, "en", func(casus.ActorID) string { return "" })
	if !errors.Is(err, errDisk) || len(unresolved) > 0 {
		t.Errorf("got %v and %v, want the ledger's own error", unresolved, err)
	}
}

var errDisk = errors.New("the disk is gone")

type broken struct{ ledger.Ledger }

func (broken) Actors(context.Context, ledger.ActorQuery) ([]ledger.ActorEntry, error) {
	return nil, errDisk
}
