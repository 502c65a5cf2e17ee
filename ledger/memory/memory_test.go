package memory_test

import (
	"testing"
	"time"

	"casus/ledger"
	"casus/ledger/ledgertest"
	"casus/ledger/memory"
)

func TestContract(t *testing.T) {
	ledgertest.Run(t, func(_ testing.TB, now func() time.Time, similarity ledger.Similarity) ledger.Ledger {
		return memory.New(now, similarity)
	})
}
