package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus"
	"casus/ledger"
	"casus/ledger/sqlite"
)

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func run(t *testing.T, path string, statements ...string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

// fresh makes a ledger with some articles.
func fresh(t *testing.T, path string) string {
	t.Helper()
	ctx := context.Background()
	l, err := sqlite.Open(ctx, path, sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 20 {
		if _, err := l.Append(ctx, numberedArticle(n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWhatIsNoLedgerIsRefusedInOneLine(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	cut := fresh(t, in("cut.db"))
	if err := os.Truncate(cut, 8192); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path   string
		create bool
		code   casus.Code
		says   string
	}{
		{in("none.db"), false, casus.NotFound, "there is no ledger here"},
		{write(t, in("empty.db"), ""), false, casus.NotFound, "there is no ledger in it"},
		{in("no/such/folder.db"), true, casus.Unwritable, "folder"},
		{"/proc/casus.db", true, casus.Unwritable, "folder"},
		{dir, true, casus.Invalid, "this is a folder"},
		{write(t, in("text.db"), strings.Repeat("Dit is geen ledger. ", 100)), true, casus.Invalid, "this is not a ledger"},
		{write(t, in("short.db"), "kort"), true, casus.Invalid, "this is not a ledger"},
		{run(t, in("other.db"), "CREATE TABLE recipe (name)"), true, casus.Invalid, "another program"},
		{run(t, in("tagged.db"), "PRAGMA application_id = 7", "CREATE TABLE recipe (name)"), true, casus.Invalid, "another program"},
		{run(t, fresh(t, in("newer.db")), "PRAGMA user_version = 99"), true, casus.Newer, "a newer Casus made this ledger"},
		{cut, false, casus.Unreadable, "damaged"},
	} {
		l, err := sqlite.Open(context.Background(), c.path, sqlite.Options{Create: c.create})
		if err == nil {
			l.Close()
		}
		var said *casus.Error
		if !errors.As(err, &said) || said.Code != c.code || !strings.Contains(err.Error(), c.says) || said.Input != c.path || said.Advice == "" {
			t.Errorf("%s: error %v", c.path, err)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: more than one line: %v", c.path, err)
		}
	}
	if _, err := os.Stat(in("none.db")); err == nil {
		t.Error("asking made a file")
	}
}

func TestAnEmptyFileAndAnOddNameBecomeLedgers(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"empty.db", "wat? 100% ü#1 &mode=ro.db", "file:x.db"} {
		path := write(t, filepath.Join(dir, name), "")
		fresh(t, path)
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s was not written: %v", name, err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 3 {
		t.Errorf("other files are left: %v, %v", left, err)
	}
}

func TestAFullDiskLeavesWholeArticles(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "casus.db")
	l, err := sqlite.Open(ctx, path, sqlite.Options{Create: true, MaxPages: 200})
	if err != nil {
		t.Fatal(err)
	}
	stored := 0
	for ; ; stored++ {
		_, err = l.Append(ctx, numberedArticle(stored))
		if err != nil || stored > 1000 {
			break
		}
	}
	if casus.CodeOf(err) != casus.Unwritable || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("after %d articles: error %v", stored, err)
	}
	if _, err := l.Append(ctx, numberedArticle(stored)); casus.CodeOf(err) != casus.Unwritable {
		t.Errorf("and again: error %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if there := checkWhole(t, path); there != stored {
		t.Errorf("%d articles were stored, %d are there", stored, there)
	}
	// With room again, it goes on.
	if err := appendAll(path, io.Discard); err != nil {
		t.Fatal(err)
	}
}

func TestAnotherWriterIsWaitedFor(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "casus.db")
	var ledgers [3]*sqlite.Ledger
	for i := range ledgers {
		l, err := sqlite.Open(ctx, path, sqlite.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ledgers[i] = l
	}
	errs := make(chan error)
	for i, l := range ledgers {
		go func() {
			for n := range 30 {
				if _, err := l.Append(ctx, numberedArticle(n+10*i)); err != nil {
					errs <- fmt.Errorf("ledger %d, article %d: %w", i, n, err)
					return
				}
			}
			errs <- nil
		}()
	}
	for range ledgers {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if there := checkWhole(t, path); there != 50 {
		t.Errorf("%d articles are there, not 50", there)
	}
}

func TestAReadOnlyLedgerAnswersAndRefusesAppends(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everything")
	}
	ctx := context.Background()
	dir := t.TempDir()
	path := fresh(t, filepath.Join(dir, "casus.db"))
	for _, mode := range []os.FileMode{0o755, 0o555} { // the folder too
		if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(dir, mode)); err != nil {
			t.Fatal(err)
		}
		l, err := sqlite.Open(ctx, path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if page, err := l.Records(ctx, ledger.Query{}); err != nil || len(page.Entries) == 0 {
			t.Errorf("records: %d, %v", len(page.Entries), err)
		}
		if _, err := l.Append(ctx, numberedArticle(99)); casus.CodeOf(err) != casus.Unwritable {
			t.Errorf("append: error %v", err)
		}
		if err := errors.Join(l.Close(), os.Chmod(dir, 0o755)); err != nil {
			t.Error(err)
		}
	}
}

func TestASurveyNamesTheTablesThatAreDamaged(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "casus.db")
	l, err := sqlite.Open(ctx, path, sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 300 {
		if _, err := l.Append(ctx, numberedArticle(n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if found, err := sqlite.Survey(ctx, path); err != nil || len(found) > 0 {
		t.Fatalf("a whole ledger: %v, %v", found, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, info.Size()*3/4); err != nil {
		t.Fatal(err)
	}
	found, err := sqlite.Survey(ctx, path)
	if err != nil || len(found) < 2 || !strings.Contains(found[0].What, "it is cut off") {
		t.Fatalf("%v, %v", found, err)
	}
	all := fmt.Sprint(found[1:])
	for _, says := range []string{"table record", "the records: ", "rows can be read before the damage"} {
		if !strings.Contains(all, says) {
			t.Errorf("the survey does not say %q: %s", says, all)
		}
	}
}
