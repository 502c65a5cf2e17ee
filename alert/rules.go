package alert

import (
	"fmt"
	"math"

	"casus"
	"casus/ontology"
	"casus/picture"
)

// Rules is what a rules file says, as far as it could be read.
type Rules struct {
	Rules   []Rule
	Targets []Target
	// Language is that in which alerts are to be written: nl, en, or "" where
	// the file does not say.
	Language string
}

// Place is where something stands in a rules file: line and column, from 1;
// columns count code points.
type Place struct {
	Input        string
	Line, Column int
}

// String writes "rules.txt:3:7", as editors read it.
func (p Place) String() string { return fmt.Sprintf("%s:%d:%d", p.Input, p.Line, p.Column) }

// wrong says what is wrong at a place.
func (p Place) wrong(advice, problem string, args ...any) error {
	return &casus.Error{Code: casus.Invalid, Input: p.String(), Problem: fmt.Sprintf(problem, args...), Advice: advice}
}

// Word is something that the file names, and where.
type Word struct {
	Text string
	At   Place
}

// Rule is one rule: every condition that it has must be met; of a list, one.
type Rule struct {
	Name string
	At   Place

	Actors   []Word          // the record names one of these, a part of it, or who acts for it
	Pair     []Word          // two: between them, either way; empty is any
	By       []Word          // one of these asserts it
	Kinds    []casus.Kind    // of one of these kinds
	Types    []Sort          // of one of these sorts
	Quads    []ontology.Quad // events of one of these classes
	Statuses []casus.Status
	Places   []Word
	Figure   *Bound // a figure or flow of so many
	Unit, Of string // figures: the unit; a word of what is counted

	First         First // the first time that …
	Deadline      *int  // commitments due within so many days
	Contradiction []picture.Rivalry
	Drift         *Drift
}

// Sort is a sort of record within a kind: see ledger.TypeOf. Mode is an
// event's, "" for any.
type Sort struct {
	Kind casus.Kind
	Type string
	Mode string
}

// First is what is to be met for the first time.
type First string

const (
	FirstActor First = "actor" // an actor that no record named before
	FirstPair  First = "pair"  // two actors between whom no record was before
	FirstType  First = "type"  // a type of record that was not between these two before, in this direction
)

// Drift is how much a pair must have moved.
type Drift struct {
	Days    int                // in so many days, against as many before them
	AtLeast picture.Likelihood // that it moved, and not by chance
}

// Bound is a bound of a number.
type Bound struct {
	AtLeast bool // else at most
	Strict  bool // the bound itself does not count
	Value   float64
}

// Holds tells whether a number that lies between low and high (nil is open)
// is surely on the bound's side.
func (b Bound) Holds(low, high *float64) bool {
	end, sign := low, 1.0
	if !b.AtLeast {
		end, sign = high, -1
	}
	if end == nil || math.IsNaN(*end) {
		return false
	}
	d := (*end - b.Value) * sign
	return d > 0 || d == 0 && !b.Strict
}

// TargetKind is a kind of place where alerts go.
type TargetKind string

const (
	ToFile    TargetKind = "file"    // JSON lines
	ToFeed    TargetKind = "feed"    // an Atom feed
	ToWebhook TargetKind = "webhook" // an address that takes signed messages
)

// Target is a place where alerts go. What was delivered is remembered by its
// kind and name.
type Target struct {
	Kind       TargetKind
	Name       string
	At         Place
	Path       Word // of a file or feed
	URL        Word // of a webhook, http or https
	SecretEnv  Word // the variable that has its secret, or
	SecretFile Word // the file that has it
}
