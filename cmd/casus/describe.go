package main

import (
	"fmt"
	"strconv"
	"strings"

	"casus"
	"casus/ledger"
)

// what says in a few words what a record says, in the contract's terms.
func what(r casus.Record) string {
	switch b := r.Body.(type) {
	case *casus.Event:
		source, target := r.Made.Concluded()
		return typeAndMode(b) + ": " + ids(b.Source) + doubt(source) + arrow(b.Target) + doubt(target)
	case *casus.Claim:
		return string(b.Speaker) + " " + acts[b.Act]
	case *casus.Figure:
		return bounds(b.Low, b.High, b.Approx) + " " + b.Unit
	case *casus.Relation:
		return fmt.Sprintf("%s %s %s (%s)", b.From, b.Type, b.To, b.Change)
	case *casus.Commitment:
		return fmt.Sprintf("%s owes %s: %s", b.Debtor, b.Beneficiary, b.State)
	case *casus.Flow:
		return fmt.Sprintf("%s: %s → %s%s", b.Group, orUnknown(b.Origin), orUnknown(b.Destination), many(b))
	}
	return ""
}

// acts are the acts of saying as a verb of the speaker.
var acts = map[casus.Act]string{
	casus.Say: "says", casus.AccuseAct: "accuses", casus.Deny: "denies", casus.Promise: "promises",
	casus.ThreatenAct: "threatens", casus.Demand: "demands", casus.RejectAct: "rejects", casus.Warn: "warns",
	casus.Assess: "judges", casus.Predict: "predicts", casus.Praise: "praises",
}

func typeAndMode(e *casus.Event) string {
	if e.Mode == "" {
		return string(e.Type)
	}
	return string(e.Type) + "/" + e.Mode
}

func ids(list []casus.ActorID) string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = string(id)
	}
	return strings.Join(out, ", ")
}

// doubt marks a side that the quoted words do not name.
func doubt(concluded bool) string {
	if concluded {
		return "?"
	}
	return ""
}

func arrow(target []casus.ActorID) string {
	if len(target) == 0 {
		return ""
	}
	return " → " + ids(target)
}

func orUnknown(id casus.ActorID) string {
	if id == "" {
		return "?"
	}
	return string(id)
}

func many(f *casus.Flow) string {
	if f.Low == nil && f.High == nil {
		return ""
	}
	return ", " + bounds(f.Low, f.High, false)
}

// bounds writes a number with its bounds: 3000, ≥ 1000, ≤ 500, 20–99, about 140.
func bounds(low, high *float64, approx bool) string {
	about := ""
	if approx {
		about = "about "
	}
	switch {
	case low == nil && high == nil:
		return "?"
	case low == nil:
		return about + "≤ " + number(*high)
	case high == nil:
		return about + "≥ " + number(*low)
	case *low == *high:
		return about + number(*low)
	}
	return about + number(*low) + "–" + number(*high)
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// says is who asserts a record, as a table shows it: nothing for the article
// itself, nor where the record already is that speaker's statement.
func says(r casus.Record) string {
	if c, ok := r.Body.(*casus.Claim); ok && c.Speaker == r.By {
		return ""
	}
	return string(r.By)
}

// state is a record's status, with the hedge in the text's own words.
func state(r casus.Record) string {
	if r.Hedge == "" {
		return string(r.Status)
	}
	return string(r.Status) + " (" + r.Hedge + ")"
}

// from is the article behind an entry: its publisher where known, its id, its date.
func from(a ledger.ArticleRef) string {
	name := string(a.ID)
	if a.Publisher != "" {
		name = a.Publisher + ", " + name
	}
	return name
}

func published(a ledger.ArticleRef) string {
	if a.Date.IsZero() {
		return "undated"
	}
	return a.Date.String()
}
