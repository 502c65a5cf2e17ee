package obligation

import (
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/foresee/scenario"
	"casus/ledger"
)

// Origin says where an act comes from.
type Origin string

const (
	Assumed  Origin = "assumed"  // by the scenario
	Reported Origin = "reported" // by the ledger
	Follows  Origin = "follows"  // what a duty of this tree would have somebody do
)

// Act is an event or a change of a relation, as clauses see it.
type Act struct {
	Origin Origin `json:"origin"`
	// Where it stands: the line of the scenario, the record, or the number of the duty.
	Line   int            `json:"line,omitempty"`
	Record casus.RecordID `json:"record,omitempty"`
	Of     int            `json:"of,omitempty"`

	Date     casus.Date         `json:"date"`
	Type     casus.EventType    `json:"type,omitempty"`
	Mode     string             `json:"mode,omitempty"`
	Relation casus.RelationType `json:"relation,omitempty"`
	Change   casus.Change       `json:"change,omitempty"`
	Source   []casus.ActorID    `json:"source"`
	Target   []casus.ActorID    `json:"target"`
	Place    casus.ActorID      `json:"place,omitempty"`
	// Alleged tells that the ledger has it as possible only, on somebody's word.
	Alleged bool          `json:"alleged,omitempty"`
	By      casus.ActorID `json:"by,omitempty"`
	// Concluded are the sides, source or target, that no word of the record names:
	// the reader concluded them from the rest of the article.
	Concluded []string `json:"concluded,omitempty"`
	Quote     string   `json:"quote,omitempty"`

	until   casus.Date // the last day on which a report of a stretch of time has it
	actsFor map[casus.ActorID]casus.ActorID
	clause  casus.ActorID // of what follows: the clause
}

// What says the act in a line: "2022-01-05 REQUEST/assist: kaz → csto".
func (a Act) What() string {
	sort := strings.TrimSuffix(string(a.Type)+"/"+a.Mode, "/")
	if a.Relation != "" {
		sort = string(a.Change) + " " + string(a.Relation)
	}
	out := a.Date.String() + " " + sort + ": " + ids(a.Source)
	if len(a.Target) > 0 {
		out += " → " + ids(a.Target)
	}
	if a.Place != "" && !slices.Contains(a.Target, a.Place) {
		out += " in " + string(a.Place)
	}
	return out
}

// Cite says where the act stands: "line 8 of the scenario", a record's id, "duty 3".
func (a Act) Cite() string {
	switch a.Origin {
	case Assumed:
		return fmt.Sprintf("assumed, line %d", a.Line)
	case Follows:
		return fmt.Sprintf("if duty %d is done", a.Of)
	}
	out := string(a.Record)
	if a.By != "" {
		out += ", says " + string(a.By)
	}
	if len(a.Concluded) > 0 {
		out += ", " + strings.Join(a.Concluded, " and ") + " concluded"
	}
	return out
}

func ids(list []casus.ActorID) string {
	words := make([]string, len(list))
	for i, id := range list {
		words[i] = string(id)
	}
	return strings.Join(words, ", ")
}

// assumed are the acts of a scenario, in the order of their days.
func assumed(s scenario.Scenario) []Act {
	var out []Act
	for _, e := range s.Events {
		out = append(out, Act{Origin: Assumed, Line: e.Line, Date: e.Date, Type: e.Type, Mode: e.Mode, Source: e.Source, Target: e.Target, Place: e.Place})
	}
	for _, r := range s.Relations {
		out = append(out, Act{Origin: Assumed, Line: r.Line, Date: r.Date, Relation: r.Type, Change: r.Change,
			Source: []casus.ActorID{r.From}, Target: []casus.ActorID{r.To}})
	}
	byDay(out)
	return out
}

// reported is the act of a record, if it tells of one that was or is said to
// have been: what is planned or hangs on a condition is none yet, what is denied none.
func (f Facts) reported(e ledger.Entry) (Act, bool) {
	r := e.Record
	a := Act{Origin: Reported, Record: e.ID, Date: ledger.Day(r.When), By: r.By, Quote: r.Quote, actsFor: e.ActsFor, until: r.When.To}
	if a.Date == 0 || r.Status == casus.Planned || r.Status == casus.Conditional || r.Status == casus.Denied {
		return a, false
	}
	source, target := e.Made.Concluded()
	if source {
		a.Concluded = append(a.Concluded, "source")
	}
	if target {
		a.Concluded = append(a.Concluded, "target")
	}
	a.Alleged = r.Status == casus.Possible
	a.Place = f.placeOf(r.Where)
	switch b := r.Body.(type) {
	case *casus.Event:
		a.Type, a.Mode, a.Source, a.Target = b.Type, b.Mode, b.Source, b.Target
		// Where a side was concluded and one stands on both sides, the conclusion is wrong.
		same := slices.ContainsFunc(b.Source, func(id casus.ActorID) bool { return slices.Contains(b.Target, id) })
		return a, len(b.Source) > 0 && !(same && len(a.Concluded) > 0)
	case *casus.Relation:
		a.Relation, a.Change, a.Source, a.Target = b.Type, b.Change, []casus.ActorID{b.From}, []casus.ActorID{b.To}
		return a, b.Change != casus.Held
	}
	return a, false
}

// placeOf is the first place of a record that the reference data know.
func (f Facts) placeOf(where []string) casus.ActorID {
	for _, w := range where {
		if p, ok := f.World.Place(casus.ActorID(w)); ok {
			return p.ID
		}
		if found := f.World.PlacesNamed(w); len(found) > 0 {
			return found[0].ID
		}
	}
	return ""
}

// armed tells whether the act is one of force: PLOVER's ASSAULT or a seizure.
func (a Act) armed() bool {
	return a.Type == casus.Assault || a.Type == casus.Coerce && a.Mode == "seize"
}

func byDay(list []Act) {
	slices.SortStableFunc(list, func(a, b Act) int { return int(a.Date - b.Date) })
}
