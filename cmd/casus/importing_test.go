package main

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"casus/web"
)

// A file that is handed to the server makes the ledger that casus read makes of it.
func TestAnImportReadsAsCasusReadDoes(t *testing.T) {
	const articles = 12
	folder := writeNumbered(t, articles)
	archive, err := os.Create(filepath.Join(t.TempDir(), "week.zip"))
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(archive)
	if err := errors.Join(w.AddFS(os.DirFS(folder)), w.Close()); err != nil {
		t.Fatal(err)
	}
	read, handed := filepath.Join(t.TempDir(), "read.db"), filepath.Join(t.TempDir(), "handed.db")
	output(t, "read", "-q", "--publisher", "De Bode", "--ledger", read, archive.Name())

	d := &desk{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, now: time.Now, ledger: handed}
	l, err := openLedger(d, true)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	imports := &importer{desk: d, ledger: l}
	outcomes := map[web.Outcome]int{}
	hand := func(ctx context.Context, tell func(web.Imported) error) error {
		if _, err := archive.Seek(0, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		return imports.take(ctx, web.Upload{Name: filepath.Base(archive.Name()), File: archive, Publisher: "De Bode"}, tell)
	}
	count := func(i web.Imported) error { outcomes[i.Outcome]++; return nil }

	// Who goes away in the middle leaves what was told of, and the next goes on there.
	gone := errors.New("gone")
	if err := hand(t.Context(), func(i web.Imported) error {
		if len(outcomes) > 0 {
			return gone
		}
		return count(i)
	}); !errors.Is(err, gone) {
		t.Fatalf("cut off: %v", err)
	}
	if err := hand(t.Context(), count); err != nil {
		t.Fatal(err)
	}
	if outcomes[web.OutcomeNew]+outcomes[web.OutcomeKnown] != articles+1 || outcomes[web.OutcomeKnown] == 0 {
		t.Errorf("outcomes: %v", outcomes)
	}
	if err := hand(t.Context(), count); err != nil || outcomes[web.OutcomeNew]+outcomes[web.OutcomeKnown] != 2*articles+1 || outcomes[web.OutcomeNew] > articles {
		t.Errorf("once more: %v, %v", outcomes, err)
	}
	if counts, err := l.Publishers(t.Context()); err != nil || len(counts) != 1 || counts["De Bode"] != articles {
		t.Errorf("publishers: %v, %v", counts, err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	_, want := articlesOf(t, read)
	_, got := articlesOf(t, handed)
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%d articles have records, want %d", len(got), len(want))
	}
	sameRecords(t, got, want)
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "casus-import-*")); err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v, %v", left, err)
	}
}
