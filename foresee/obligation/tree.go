package obligation

import (
	"casus"
	"casus/ledger"
	"casus/refdata"
)

// State is how far a duty has come.
type State string

const (
	Binds    State = "binds"    // all that the clause asks for is there
	Waits    State = "waits"    // something is missing: see Node.Missing
	Refused  State = "refused"  // who had to decide said no
	Broken   State = "broken"   // what is barred is done
	Alleged  State = "alleged"  // what is barred is done on one source's word, by or against whom the reader concluded, or said to be possible
	Open     State = "open"     // a standing duty of which nothing tells that it was kept
	Kept     State = "kept"     // a standing duty that was done, by the ledger
	Overdue  State = "overdue"  // a standing duty whose day has passed
	Released State = "released" // the condition of a promise falls away
)

// Label marks every answer: nothing in it is a fact of the ledger.
const Label = "SCENARIO — assumed, not reported"

// Answer is what follows from a scenario.
type Answer struct {
	Label  string `json:"label"`
	Events []Root `json:"events"`
	// Standing are duties and bars between those whom the scenario names that hold
	// whatever happens, with what the ledger tells of them.
	Standing []*Node `json:"standing"`
	// Declined are clauses that come near and do not bind, with the reason.
	Declined []Declined `json:"declined"`
	Clashes  []Clash    `json:"clashes"`
	// Articles are those behind the records that the answer cites.
	Articles map[casus.RecordID]casus.ArticleID `json:"articles"`
	// Shortened tells that the tree was cut at its greatest size.
	Shortened bool `json:"shortened,omitempty"`
}

// Root is an assumed or reported event and what it brings about.
type Root struct {
	Act    Act     `json:"act"`
	Duties []*Node `json:"duties"`
}

// Node is one clause, or one promise of the ledger, that an act brings to bear.
type Node struct {
	Number  int             `json:"number"`
	Clause  *refdata.Clause `json:"clause,omitempty"`
	Promise *ledger.Entry   `json:"promise,omitempty"`
	State   State           `json:"state"`
	// Beneficiary is to whom it is owed, Against whom the act comes from.
	Beneficiary casus.ActorID   `json:"beneficiary,omitempty"`
	Against     []casus.ActorID `json:"against,omitempty"`
	Met         []Condition     `json:"met"`
	Missing     []string        `json:"missing,omitempty"`
	Debtors     []Debtor        `json:"debtors"`
	Duty        string          `json:"duty"`
	Deadline    casus.Date      `json:"deadline"`
	AtOnce      bool            `json:"at_once,omitempty"`
	// Again are further acts that bring the same to bear.
	Again []Act `json:"again,omitempty"`
	// Told is what the ledger tells of it, before or after.
	Told []Telling `json:"told,omitempty"`
	// Then are the duties that what is owed brings about in its turn. A duty that
	// stands in the tree already is not followed again: Repeats is its number.
	Then    []*Node `json:"then,omitempty"`
	Repeats int     `json:"repeats,omitempty"`

	place  casus.ActorID // where it happens
	source []casus.ActorID
	date   casus.Date
}

// Condition is a condition of a clause and what meets it.
type Condition struct {
	Condition string `json:"condition"`
	By        string `json:"by"`   // what met it
	Cite      string `json:"cite"` // the record, the line of the scenario, the duty, or the table
}

// Debtor is who owes, with what bears on whether it can and will.
type Debtor struct {
	Actor   casus.ActorID `json:"actor"`
	Missing []string      `json:"missing,omitempty"` // its own parliament's word, where law asks for it
	Met     []Condition   `json:"met,omitempty"`
	Nearby  []Nearby      `json:"nearby,omitempty"`
	Clashes []int         `json:"clashes,omitempty"` // numbers of the duties and bars that it clashes with
	Told    []Telling     `json:"told,omitempty"`    // what the ledger tells that it did
}

// Nearby is a force that a debtor has near where it is called to.
type Nearby struct {
	What string  `json:"what"`
	KM   float64 `json:"km,omitempty"` // to where it happens, where both are known
	Cite string  `json:"cite"`         // the record or the clause
}

// Telling is a record that says what became of a duty.
type Telling struct {
	What   string         `json:"what"`
	Record casus.RecordID `json:"record"`
	Quote  string         `json:"quote"`
}

// Declined is a clause that an act comes near to, and why it does not bind.
type Declined struct {
	Clause refdata.Clause `json:"clause"`
	Act    Act            `json:"act"`
	Why    string         `json:"why"`
}

// Clash is two duties of one debtor that cannot both be done.
type Clash struct {
	Debtor casus.ActorID `json:"debtor"`
	Duty   int           `json:"duty"`
	With   int           `json:"with,omitempty"`   // the other duty
	Clause casus.ActorID `json:"clause,omitempty"` // or the bar
	Why    string        `json:"why"`
}

// Towards is to whom it is owed: the beneficiary, or whom the clause names; it
// is empty where the parties owe it to each other.
func (n *Node) Towards() casus.ActorID {
	if n.Clause == nil || n.Clause.Acts[0].Not {
		return n.Beneficiary
	}
	switch to := n.Clause.Acts[0].To; to {
	case "target", "source":
		return n.Beneficiary
	case "parties":
		return ""
	default:
		return casus.ActorID(to)
	}
}

// cites calls yield with all that a node cites: records, lines, clauses.
func (n *Node) cites(yield func(string)) {
	if n.Promise != nil {
		yield(string(n.Promise.ID))
	}
	for _, c := range n.Met {
		yield(c.Cite)
	}
	for _, a := range n.Again {
		yield(a.Cite())
	}
	for _, t := range n.Told {
		yield(string(t.Record))
	}
	for _, d := range n.Debtors {
		for _, near := range d.Nearby {
			yield(near.Cite)
		}
		for _, t := range d.Told {
			yield(string(t.Record))
		}
		for _, c := range d.Met {
			yield(c.Cite)
		}
	}
}

// Walk calls yield with every node of the answer, each once, in the order in
// which it is printed.
func (a Answer) Walk(yield func(*Node)) {
	for _, r := range a.Events {
		walk(r.Duties, yield)
	}
	walk(a.Standing, yield)
}

func walk(list []*Node, yield func(*Node)) {
	for _, n := range list {
		yield(n)
		walk(n.Then, yield)
	}
}
