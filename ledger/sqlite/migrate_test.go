package sqlite_test

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casus/ledger"
	"casus/ledger/sqlite"
)

// TestAnOldLedgerOpens opens a ledger that the first Casus made of one sample
// article (testdata/version1.db.gz), asks it, and corrects a record of it.
func TestAnOldLedgerOpens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	unpack(t, "testdata/version1.db.gz", path)
	ctx := context.Background()
	l, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	page, err := l.Records(ctx, ledger.Query{Actor: "taliban"})
	if err != nil || len(page.Entries) == 0 {
		t.Fatalf("%d records of the Taliban, %v", len(page.Entries), err)
	}
	for _, e := range page.Entries {
		class := ledger.Doubt(e)
		doubted, err := l.Records(ctx, ledger.Query{Actor: "taliban", Doubt: max(class, 1)})
		if found := slices.ContainsFunc(doubted.Entries, func(d ledger.Entry) bool { return d.ID == e.ID }); err != nil || found != (class > 0) {
			t.Errorf("record %s of class %d is found there: %v, %v", e.ID, class, found, err)
		}
	}
	before, err := l.Totals(ctx)
	if err != nil || before.Articles != 1 {
		t.Fatalf("totals %+v, %v", before, err)
	}
	if _, err := l.Correct(ctx, ledger.Correction{Action: ledger.Reject, Author: "Ann", Reason: "not so", Record: page.Entries[0].ID}); err != nil {
		t.Fatal(err)
	}
	after, err := l.Totals(ctx)
	if err != nil || after.Records != before.Records-1 {
		t.Errorf("after a rejection totals are %+v, %v; before %+v", after, err, before)
	}
}

func unpack(t *testing.T, from, to string) {
	t.Helper()
	f, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
