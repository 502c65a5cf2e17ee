package ledger

import (
	"cmp"
	"maps"
	"slices"

	"casus"
)

// Ties is what analysts have said of which records tell of one and the same
// thing: the joinings and partings that count, the later word over the
// earlier one of the same two records.
type Ties struct {
	together map[[2]casus.RecordID]int64 // by the correction that joined the two
	apart    map[[2]casus.RecordID]int64 // by the correction that told them apart
	by       map[casus.RecordID][]int64
}

// NewTies gathers what a settled list of corrections, in their order, says.
// Joining a record with one that it was told apart from takes it back to those
// that the same parting told it apart from: it may be grouped with them again.
func NewTies(corrections []Correction) Ties {
	t := Ties{together: map[[2]casus.RecordID]int64{}, apart: map[[2]casus.RecordID]int64{}, by: map[casus.RecordID][]int64{}}
	for _, c := range corrections {
		if c.Undone != 0 || c.Action != Join && c.Action != Part {
			continue
		}
		if c.Action == Join {
			t.join(c)
		} else {
			t.part(c)
		}
		for _, id := range c.Named() {
			t.by[id] = append(t.by[id], c.Number)
		}
	}
	return t
}

func (t Ties) join(c Correction) {
	for i, a := range c.Records {
		for _, b := range c.Records[i+1:] {
			if wall := t.apart[pair(a, b)]; wall != 0 {
				for p, number := range t.apart {
					if number == wall && (p[0] == a || p[1] == a || p[0] == b || p[1] == b) {
						delete(t.apart, p)
					}
				}
			}
			if a != b {
				t.together[pair(a, b)] = c.Number
			}
		}
	}
}

func (t Ties) part(c Correction) {
	for _, a := range c.Records {
		for _, b := range c.Others {
			delete(t.together, pair(a, b))
			t.apart[pair(a, b)] = c.Number
		}
	}
}

// None tells whether nobody has joined or parted anything.
func (t Ties) None() bool { return len(t.together) == 0 && len(t.apart) == 0 }

// Together tells whether an analyst joined two records.
func (t Ties) Together(a, b casus.RecordID) bool { return t.together[pair(a, b)] != 0 }

// Apart tells whether an analyst told two records apart.
func (t Ties) Apart(a, b casus.RecordID) bool { return t.apart[pair(a, b)] != 0 }

// Joined lists the pairs that an analyst joined, in the order of the ids.
func (t Ties) Joined() [][2]casus.RecordID {
	return slices.SortedFunc(maps.Keys(t.together), func(a, b [2]casus.RecordID) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
}

// By lists the numbers of the corrections that joined a record with others or
// told it apart from them, also where a later one has the last word.
func (t Ties) By(id casus.RecordID) []int64 { return t.by[id] }

// pair names two records, whichever comes first.
func pair(a, b casus.RecordID) [2]casus.RecordID {
	return [2]casus.RecordID{min(a, b), max(a, b)}
}

// Decisions lists what analysts have said of contradictions and counts, the
// latest first: it has the last word. The list of corrections is settled.
func Decisions(corrections []Correction) []Correction {
	var out []Correction
	for i := len(corrections) - 1; i >= 0; i-- {
		if c := corrections[i]; c.Action == Decide && c.Undone == 0 {
			out = append(out, c)
		}
	}
	return out
}
