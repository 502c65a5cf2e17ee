package scenario

import (
	"slices"

	"casus"
)

// Version is the form of the file that this package reads; a file says which it is in.
const Version = 1

// Scenario is what an analyst assumes.
type Scenario struct {
	File  string `json:"file"`
	Name  string `json:"name"`
	About string `json:"about,omitempty"`
	// TrueOn is the day as of which the ledger is asked: who has forces where, who
	// is bound to what. KnownOn is the day by whose end the desk knew; zero is all.
	TrueOn  casus.Date `json:"true_on"`
	KnownOn casus.Date `json:"known_on"`
	// Period is when the scenario plays: every day in it lies in the period.
	Period casus.Period `json:"period"`
	// Reported, where it is not open, is the time of which the ledger's own events
	// count beside the assumed ones; with Among, only those that name one of these.
	Reported casus.Period    `json:"reported"`
	Among    []casus.ActorID `json:"among,omitempty"`

	Events    []Event    `json:"events"` // requests and decisions are among them
	Relations []Relation `json:"relations"`
	Borders   []Border   `json:"borders"`
	Zones     []Zone     `json:"zones"`
	Fleeing   []Fleeing  `json:"fleeing"`
	Displaced []Fleeing  `json:"displaced"`
	Camps     []Camp     `json:"camps"`
	Engine    []Setting  `json:"engine"`
	Seeds     []uint64   `json:"seeds"`
}

// Position is where something stands in the file; lines and columns count from 1.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Event is an assumed event in PLOVER's terms (see package ontology).
type Event struct {
	Position
	Date   casus.Date      `json:"date"`
	Type   casus.EventType `json:"type"`
	Mode   string          `json:"mode,omitempty"`
	Source []casus.ActorID `json:"source"`
	Target []casus.ActorID `json:"target"`
	Place  casus.ActorID   `json:"place,omitempty"`
	Note   string          `json:"note,omitempty"`
}

// Relation is an assumed change of a relation.
type Relation struct {
	Position
	Date   casus.Date         `json:"date"`
	Type   casus.RelationType `json:"type"`
	From   casus.ActorID      `json:"from"`
	To     casus.ActorID      `json:"to"`
	Change casus.Change       `json:"change"` // begins or ends
	Note   string             `json:"note,omitempty"`
}

// Border is a way between two places or countries that is closed for some days.
type Border struct {
	Position
	Between [2]casus.ActorID `json:"between"`
	Closed  casus.Period     `json:"closed"`
	Note    string           `json:"note,omitempty"`
}

// Zone is a place in conflict for some days.
type Zone struct {
	Position
	Place casus.ActorID `json:"place"`
	Days  casus.Period  `json:"days"`
	// Intensity is between 0 and 1: how strongly the conflict drives people out.
	Intensity float64 `json:"intensity"`
	People    int     `json:"people,omitempty"` // who live there; 0 takes the reference data's
	Note      string  `json:"note,omitempty"`
}

// Fleeing is a number of people who leave in some days, spread evenly over them;
// for people already displaced, To is where they are and Days the day of counting.
type Fleeing struct {
	Position
	From    casus.ActorID `json:"from,omitempty"` // a zone; "" is any, by intensity and people
	To      casus.ActorID `json:"to,omitempty"`
	Days    casus.Period  `json:"days"`
	Persons int           `json:"persons"`
	Note    string        `json:"note,omitempty"`
}

// Camp is a place that takes people in.
type Camp struct {
	Position
	Place    casus.ActorID `json:"place"`
	Capacity int           `json:"capacity"` // persons; 0 is without bound
	Note     string        `json:"note,omitempty"`
}

// Setting is a setting of the displacement engine, which knows its names, bounds
// and shapes: one number, or the range in which it lies.
type Setting struct {
	Position
	Name  string  `json:"name"`
	Value float64 `json:"value"` // of a range the lower end
	High  float64 `json:"high,omitempty"`
	Shape string  `json:"shape,omitempty"` // of a range; "" where the setting is one number
}

// Moves tells whether the scenario says enough for people to move: where there
// is conflict, and how many leave.
func (s Scenario) Moves() bool { return len(s.Zones) > 0 && len(s.Fleeing) > 0 }

// Actors lists everybody whom the assumed events and relations name, each once.
func (s Scenario) Actors() []casus.ActorID {
	var out []casus.ActorID
	for _, e := range s.Events {
		out = append(append(out, e.Source...), e.Target...)
	}
	for _, r := range s.Relations {
		out = append(out, r.From, r.To)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
