package ledger_test

import (
	"fmt"
	"testing"

	"casus"
	"casus/ledger"
)

// TestTies says what the last word is on records 1 to 4 after joinings and
// partings.
func TestTies(t *testing.T) {
	ids := func(numbers ...int64) (out []casus.RecordID) {
		for _, n := range numbers {
			out = append(out, ledger.RecordID(n))
		}
		return out
	}
	join := func(numbers ...int64) ledger.Correction {
		return ledger.Correction{Action: ledger.Join, Records: ids(numbers...)}
	}
	part := func(of, from []casus.RecordID) ledger.Correction {
		return ledger.Correction{Action: ledger.Part, Records: of, Others: from}
	}
	for _, c := range []struct {
		name string
		list []ledger.Correction
		want string
	}{
		{"joined, each with each", []ledger.Correction{join(1, 2, 3)}, "1=2 1=3 2=3"},
		{"parted from two", []ledger.Correction{part(ids(1), ids(2, 3))}, "1|2 1|3"},
		{"the later word counts", []ledger.Correction{join(1, 2), part(ids(2), ids(1))}, "1|2"},
		{"joined with one, it may be with the others too", []ledger.Correction{part(ids(1), ids(2, 3)), join(1, 2)}, "1=2"},
		{"who was parted with it stays so", []ledger.Correction{part(ids(1, 4), ids(2, 3)), join(1, 2)}, "1=2 3|4"},
		{"another parting stays", []ledger.Correction{part(ids(1), ids(4)), part(ids(1), ids(2)), join(2, 1)}, "1=2 1|4"},
		{"what was taken back counts for nothing", []ledger.Correction{{Action: ledger.Part, Records: ids(1), Others: ids(2), Undone: 9}}, ""},
	} {
		for i := range c.list {
			c.list[i].Number = int64(i + 1)
		}
		ties, got := ledger.NewTies(c.list), ""
		for a := int64(1); a <= 4; a++ {
			for b := a + 1; b <= 4; b++ {
				if ties.Together(ledger.RecordID(b), ledger.RecordID(a)) {
					got += fmt.Sprintf(" %d=%d", a, b)
				}
				if ties.Apart(ledger.RecordID(a), ledger.RecordID(b)) {
					got += fmt.Sprintf(" %d|%d", a, b)
				}
			}
		}
		if c.want != "" {
			c.want = " " + c.want
		}
		if got != c.want {
			t.Errorf("%s:%s, want%s", c.name, got, c.want)
		}
	}
}
