package sqlite_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/sqlite"
)

// The kill test runs this binary again as a process that appends, and kills it.
const (
	appendTo = "CASUS_TEST_APPEND_TO" // the ledger that the process appends to
	killings = 50
	supply   = 1500 // articles that there are to append
)

func TestMain(m *testing.M) {
	if path := os.Getenv(appendTo); path != "" {
		if err := appendAll(path, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// numbered is the n-th article of the supply, with n%7 records. Every fifth
// comes by one id, so that suffixes are given.
func numberedArticle(n int) ledger.Reading {
	id := fmt.Sprintf("bericht-%d", n)
	if n%5 == 0 {
		id = "bericht"
	}
	text := fmt.Sprintf("Dit is bericht %d uit Kunduz. %s", n, strings.Repeat("De troepen trokken verder. ", n%40))
	sum := sha256.Sum256([]byte(text))
	r := ledger.Reading{Reader: "1", Article: casus.Article{ID: casus.ArticleID(id), Hash: hex.EncodeToString(sum[:]), Language: "nl",
		Date: casus.Day(casus.NewDate(2021, time.July, 1+n%90)), Text: text}}
	quote := text[:strings.Index(text, ".")+1]
	for i := range n % 7 {
		r.Records = append(r.Records, casus.Record{Quote: quote, Span: casus.Span{End: len(quote)}, Status: casus.Happened, When: r.Article.Date,
			Body: &casus.Relation{Type: casus.RelationTypes()[i], From: "rus/mil", To: "afg", Change: casus.Held}})
	}
	return r
}

// correctable tells whether a record of the n-th article is to be rejected,
// and whether the rejection is to be taken back.
func correctable(n int) (reject, undo bool) { return n%10 == 3 && n%7 > 0, n%20 == 13 }

// correctSome corrects a record of the n-th article as far as that was not done
// before the process was killed, and says so.
func correctSome(ctx context.Context, l *sqlite.Ledger, n int, told io.Writer) error {
	reject, undo := correctable(n)
	if !reject {
		return nil
	}
	id, done, err := corrections(ctx, l, n)
	if err != nil {
		return err
	}
	if len(done) == 0 {
		c, err := l.Correct(ctx, ledger.Correction{Action: ledger.Reject, Author: "Ann", Reason: "not so", Record: id})
		if err != nil {
			return err
		}
		done = append(done, c)
		fmt.Fprintln(told, n)
	}
	if undo && len(done) == 1 {
		if _, err := l.Correct(ctx, ledger.Correction{Action: ledger.Undo, Author: "Ann", Reason: "it is so", Undoes: done[0].Number}); err != nil {
			return err
		}
		fmt.Fprintln(told, n)
	}
	return nil
}

// corrections returns the id of the first record of the n-th article and the
// corrections of it that are there.
func corrections(ctx context.Context, l *sqlite.Ledger, n int) (casus.RecordID, []ledger.Correction, error) {
	prepared, err := ledger.Prepare(numberedArticle(n))
	if err != nil {
		return "", nil, err
	}
	id := prepared.Records[0].ID
	done, err := l.Corrections(ctx, ledger.CorrectionQuery{Subject: string(id)})
	return id, done, err
}

// appendAll appends what is not there yet, as casus read goes on, corrects
// some of it, and says which article or correction was committed.
func appendAll(path string, told io.Writer) error {
	ctx := context.Background()
	l, err := sqlite.Open(ctx, path, sqlite.Options{Create: true})
	if err != nil {
		return err
	}
	defer l.Close()
	for n := range supply {
		r := numberedArticle(n)
		if there, err := l.HasRead(ctx, r.Article.Hash, r.Reader); there || err != nil {
			if err != nil {
				return err
			}
		} else {
			if _, err := l.Append(ctx, r); err != nil {
				return err
			}
			fmt.Fprintln(told, n)
		}
		if err := correctSome(ctx, l, n, told); err != nil {
			return err
		}
	}
	return nil
}

func TestKilledAtAnyMomentNothingIsLostOrDoubled(t *testing.T) {
	killings := killings
	if testing.Short() {
		killings = 5
	}
	path := filepath.Join(t.TempDir(), "casus.db")
	random := rand.New(rand.NewPCG(1, 2))
	committed := 0
	for range killings {
		said := appendAndKill(t, path, time.Duration(random.IntN(250))*time.Millisecond)
		committed += said
		if there := checkWhole(t, path); there < committed {
			t.Fatalf("%d articles and corrections were committed and %d are there", committed, there)
		} else {
			committed = there
		}
	}
	t.Logf("after %d killings %d articles and corrections were there", killings, committed)
	if err := appendAll(path, io.Discard); err != nil {
		t.Fatal(err)
	}
	all := supply
	for n := range supply {
		if reject, undo := correctable(n); reject {
			if all++; undo {
				all++
			}
		}
	}
	if there := checkWhole(t, path); there != all {
		t.Errorf("in the end %d articles and corrections are there, not %d", there, all)
	}
}

// appendAndKill runs the appending process for a while after its first commit,
// kills it, and returns how many commits it told of.
func appendAndKill(t *testing.T, path string, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), appendTo+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(after+20*time.Millisecond, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	told, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	return strings.Count(string(told), "\n")
}

// checkWhole checks that the file is sound and holds whole articles only, each
// once, and answers as the corrections that are there say; it returns how many
// of both. A killed first opening may have left no ledger.
func checkWhole(t *testing.T, path string) int {
	t.Helper()
	ctx := context.Background()
	l, err := sqlite.Open(ctx, path, sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	checkIntegrity(t, path)
	there, records, corrected := 0, 0, 0
	for n := range supply {
		r := numberedArticle(n)
		read, err := l.HasRead(ctx, r.Article.Hash, r.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if !read {
			if some, err := l.HasRead(ctx, r.Article.Hash, ""); some || err != nil {
				t.Fatalf("article %d is there without its reading, %v", n, err)
			}
			continue
		}
		there++
		standing := len(r.Records)
		if reject, _ := correctable(n); reject {
			_, done, err := corrections(ctx, l, n)
			if err != nil {
				t.Fatal(err)
			}
			corrected += len(done)
			standing -= len(done) % 2 // a rejection, unless it was taken back
		}
		records += standing
		checkArticle(t, l, r, standing)
	}
	totals, err := l.Totals(ctx)
	if err != nil || totals.Articles != there || totals.Records != records {
		t.Fatalf("totals are %+v, %v; there are %d articles and %d records", totals, err, there, records)
	}
	all, err := l.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil || len(all) != corrected {
		t.Fatalf("%d corrections, %v; the records have %d", len(all), err, corrected)
	}
	return there + corrected
}

func checkArticle(t *testing.T, l *sqlite.Ledger, r ledger.Reading, standing int) {
	t.Helper()
	ctx := context.Background()
	a, err := l.Article(ctx, r.Article.Hash)
	if err != nil || a.Text != r.Article.Text || a.Records != standing {
		t.Fatalf("article %s is half there: %+v, %v", r.Article.ID, a, err)
	}
	page, err := l.Records(ctx, ledger.Query{Article: a.ID})
	if err != nil || len(page.Entries) != standing {
		t.Fatalf("article %s has %d records, not %d, %v", a.ID, len(page.Entries), standing, err)
	}
}

func checkIntegrity(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var verdict string
	for _, check := range []string{"PRAGMA integrity_check", "SELECT ifnull((SELECT 'a foreign key' FROM pragma_foreign_key_check LIMIT 1), 'ok')",
		"SELECT iif((SELECT count(*) FROM words) = (SELECT count(*) FROM article), 'ok', (SELECT count(*) FROM words) || ' words, ' || (SELECT count(*) FROM article) || ' articles')",
		"SELECT iif((SELECT count(*) FROM text) = (SELECT count(*) FROM article), 'ok', 'texts')",
		"SELECT iif((SELECT count(*) FROM posting p JOIN term t ON t.id = p.term WHERE t.sort = 1) = (SELECT count(*) FROM record), 'ok', 'postings')"} {
		if err := db.QueryRow(check).Scan(&verdict); err != nil || verdict != "ok" {
			t.Fatalf("%s: %s, %v", check, verdict, err)
		}
	}
}
