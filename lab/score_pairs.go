package lab

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"casus"
)

// comparison is how two values of a field are held side by side.
type comparison int

const (
	same   comparison = iota // equal
	ids                      // some actor in common, or nobody on both sides
	number                   // equal as numbers; null is a value of its own
)

// field is a field of a kind of record, and how it compares.
type field struct {
	name string
	how  comparison
}

// keyFields are those that must all be right for a record to be fully right.
var keyFields = map[casus.Kind][]field{
	casus.KindEvent:      {{"type", same}, {"source", ids}, {"target", ids}},
	casus.KindClaim:      {{"speaker", ids}, {"act", same}},
	casus.KindFigure:     {{"low", number}, {"high", number}, {"unit", same}},
	casus.KindRelation:   {{"type", same}, {"from", ids}, {"to", ids}, {"change", same}},
	casus.KindCommitment: {{"debtor", ids}, {"beneficiary", ids}, {"state", same}},
	casus.KindFlow:       {{"group", ids}, {"origin", ids}, {"destination", ids}},
}

// otherFields of a kind are told beside status, when and by, and are no part of "full".
var otherFields = map[casus.Kind][]field{
	casus.KindEvent:      {{"mode", same}},
	casus.KindCommitment: {{"deadline", same}},
	casus.KindFlow:       {{"low", number}, {"high", number}},
}

// leastOverlap is the share of the shorter span that two records must share.
const leastOverlap = 0.30

// agreement is what is right in a predicted record that stands where a gold one does.
type agreement struct {
	keys  map[string]bool
	other map[string]bool // status, when, by and otherFields
	// exact tells, for kinds whose key fields have actors, whether their ids
	// are the same to the last segment.
	exact, hasIDs bool
	weight        [4]float64 // see compare
}

func (a agreement) full() bool { return all(a.keys) }

func all(of map[string]bool) bool { return countRight(of) == len(of) }

func countRight(of map[string]bool) int {
	n := 0
	for _, ok := range of {
		if ok {
			n++
		}
	}
	return n
}

// fields returns every field that was compared and whether it is right.
func (a agreement) fields() map[string]bool {
	out := maps.Clone(a.keys)
	maps.Copy(out, a.other)
	if a.hasIDs {
		out["exact_ids"] = a.exact
	}
	return out
}

// compare holds a predicted record against a gold one of its kind. ok is false
// where their spans do not meet. The weight of a pair is the share of key
// fields right, then the spans' intersection over union, then the share of
// other fields right, then the share of the gold's fields that are the same.
func (s *standIns) compare(gold, pred row) (a agreement, ok bool) {
	overlap, ok := spanOverlap(gold, pred)
	if !ok {
		return a, false
	}
	a = agreement{keys: map[string]bool{}, exact: true, other: map[string]bool{
		"status": equal(gold["status"], pred["status"]),
		"when":   sameTime(gold["when"], pred["when"]),
		"by":     s.agree(field{"by", ids}, gold, pred),
	}}
	for _, f := range keyFields[gold.kind()] {
		a.keys[f.name] = s.agree(f, gold, pred)
		if f.how == ids {
			a.hasIDs = true
			a.exact = a.exact && maps.Equal(written(gold[f.name]), written(pred[f.name]))
		}
	}
	for _, f := range otherFields[gold.kind()] {
		a.other[f.name] = s.agree(f, gold, pred)
	}
	unchanged := 0
	for f, v := range gold {
		if equal(v, pred[f]) {
			unchanged++
		}
	}
	a.weight = [4]float64{share(countRight(a.keys), len(a.keys)), overlap, share(countRight(a.other), len(a.other)), share(unchanged, len(gold))}
	return a, true
}

func share(n, of int) float64 { return float64(n) / float64(of) }

// spanOverlap returns the intersection over union of two records' spans; ok is
// false where they share too little of the shorter one, or one has no span.
func spanOverlap(a, b row) (float64, bool) {
	var ends [4]float64
	for i, v := range []any{a["start"], a["end"], b["start"], b["end"]} {
		n, ok := v.(float64)
		if !ok {
			return 0, false
		}
		ends[i] = n
	}
	shared := min(ends[1], ends[3]) - max(ends[0], ends[2])
	shorter := min(ends[1]-ends[0], ends[3]-ends[2])
	union := max(ends[1], ends[3]) - min(ends[0], ends[2])
	if shorter <= 0 || shared < leastOverlap*shorter {
		return 0, false
	}
	return shared / union, true
}

func sameTime(a, b any) bool {
	x, ok := daysOf(a)
	y, ok2 := daysOf(b)
	return ok && ok2 && x.meets(y)
}

// agree tells whether a field is right.
func (s *standIns) agree(f field, gold, pred row) bool {
	a, b := gold[f.name], pred[f.name]
	if f.how != ids {
		return equal(a, b)
	}
	x, y := s.sides(a, gold["when"]), s.sides(b, pred["when"])
	for who := range x {
		if y[who] {
			return true
		}
	}
	return len(x) == 0 && len(y) == 0
}

// side is whom an id stands for; what is no id stands for nobody, valid false.
type side struct {
	who   string
	valid bool
}

func (s *standIns) sides(v, when any) map[side]bool {
	out := map[side]bool{}
	for _, id := range list(v) {
		who, ok := s.first(id, when)
		out[side{who, ok}] = true
	}
	return out
}

// list returns a value as a list: null is empty, anything else one element.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// written returns the ids of a field as they are written.
func written(v any) map[string]bool {
	out := map[string]bool{}
	for _, id := range list(v) {
		out[fmt.Sprint(id)] = true
	}
	return out
}

// equal compares JSON values; true and false are the numbers 1 and 0.
func equal(a, b any) bool {
	switch x := asNumber(a).(type) {
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, equal)
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, equal)
	default:
		switch b.(type) {
		case []any, map[string]any:
			return false
		}
		return x == asNumber(b)
	}
}

func asNumber(v any) any {
	switch v {
	case true:
		return 1.0
	case false:
		return 0.0
	}
	return v
}

// pair is a gold record and the predicted one that stands for it, by index.
type pair struct {
	gold, pred int
	agreement
}

// match pairs the gold and predicted records of one article and kind, one to
// one, the heaviest pairs first, and returns the pairs in that order.
func (s *standIns) match(gold, pred []row) []pair {
	var candidates []pair
	for i, g := range gold {
		for j, p := range pred {
			if a, ok := s.compare(g, p); ok {
				candidates = append(candidates, pair{i, j, a})
			}
		}
	}
	slices.SortFunc(candidates, func(a, b pair) int {
		return cmp.Or(slices.Compare(b.weight[:], a.weight[:]), a.gold-b.gold, a.pred-b.pred)
	})
	goldUsed, predUsed := make([]bool, len(gold)), make([]bool, len(pred))
	var out []pair
	for _, c := range candidates {
		if !goldUsed[c.gold] && !predUsed[c.pred] {
			goldUsed[c.gold], predUsed[c.pred] = true, true
			out = append(out, c)
		}
	}
	return out
}
