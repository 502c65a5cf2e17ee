package ledger

import (
	"slices"

	"casus"
)

// statedRelation is a relation without what a record says of it.
type statedRelation struct {
	sort     casus.RelationType
	from, to casus.ActorID
}

// HoldsPlace tells whether a type of relation is of holding a place.
func HoldsPlace(t casus.RelationType) bool { return t == casus.Controls || t == casus.Governs }

// Turned leaves of the evidence that decides on two days, as known at two moments,
// that of the relations that may not be the same on both: of which another record
// decides, or one tells that they end, as that counts from a day on. Of those that
// hold a place it leaves all that hold that place, which are their rivals.
func Turned(before, after []Entry) (was, is []Entry) {
	records := [2]map[statedRelation][]string{{}, {}}
	may := map[statedRelation]bool{}
	for i, list := range [][]Entry{before, after} {
		for _, e := range list {
			key := stated(e)
			records[i][key] = append(records[i][key], string(e.ID)+" "+e.Recorded.String())
			may[key] = may[key] || tellsOfEnd(e)
		}
	}
	for i := range records {
		for key, of := range records[i] {
			may[key] = may[key] || !slices.Equal(of, records[1-i][key])
		}
	}
	places := map[casus.ActorID]bool{}
	for key, turned := range may {
		places[key.to] = places[key.to] || turned && HoldsPlace(key.sort)
	}
	bears := func(list []Entry) (out []Entry) {
		for _, e := range list {
			if key := stated(e); may[key] || HoldsPlace(key.sort) && places[key.to] {
				out = append(out, e)
			}
		}
		return out
	}
	return bears(before), bears(after)
}

func stated(e Entry) statedRelation {
	rel := e.Record.Body.(*casus.Relation)
	return statedRelation{rel.Type, rel.From, rel.To}
}

// tellsOfEnd tells whether a record says as so that its relation ends.
func tellsOfEnd(e Entry) bool {
	return e.Record.Body.(*casus.Relation).Change == casus.Ends && Asserted(e.Record)
}
