package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"casus/ledger"
	"casus/ledger/ledgertest"
	"casus/ledger/sqlite"
)

func TestContract(t *testing.T) {
	ledgertest.Run(t, func(t testing.TB, now func() time.Time, similarity ledger.Similarity) ledger.Ledger {
		l, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "casus.db"), sqlite.Options{Create: true, Now: now, Similarity: similarity})
		if err != nil {
			t.Fatal(err)
		}
		return l
	})
}

// A ledger that is warm, and keeps up in memory what is written, keeps the contract too.
func TestContractOfAWarmLedger(t *testing.T) {
	ledgertest.Run(t, func(t testing.TB, now func() time.Time, similarity ledger.Similarity) ledger.Ledger {
		l, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "casus.db"), sqlite.Options{Create: true, Now: now, Similarity: similarity})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Warm(context.Background()); err != nil {
			t.Fatal(err)
		}
		return l
	})
}
