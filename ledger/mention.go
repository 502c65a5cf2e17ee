package ledger

import (
	"cmp"
	"slices"
	"strings"

	"casus"
	"casus/ledger/fulltext"
)

// Role is the part that a record gives an actor: the field that names it.
type Role string

const (
	By          Role = "by"
	Source      Role = "source"
	Target      Role = "target"
	Speaker     Role = "speaker"
	About       Role = "about"
	From        Role = "from"
	To          Role = "to"
	Debtor      Role = "debtor"
	Beneficiary Role = "beneficiary"
	Group       Role = "group"
	Origin      Role = "origin"
	Destination Role = "destination"
)

// Roles lists the roles; the order is that of the bits in which a keeper may
// store them, so new ones go at the end.
func Roles() []Role {
	return []Role{By, Source, Target, Speaker, About, From, To, Debtor, Beneficiary, Group, Origin, Destination}
}

// Mention is one actor that a record names, and the roles in which it does.
type Mention struct {
	Actor casus.ActorID
	Roles []Role
}

// Mentions lists the actors that e names, the wider ones that these are parts
// of, and those for whom a person that it names acts, each once, in the order
// in which they are first met: a record that names rus/mil also mentions rus.
func Mentions(e Entry) []Mention {
	var out []Mention
	add := func(role string, id casus.ActorID) {
		for _, wide := range append(Widening(id), Widening(e.ActsFor[id])...) {
			i := slices.IndexFunc(out, func(m Mention) bool { return m.Actor == wide })
			if i < 0 {
				i, out = len(out), append(out, Mention{Actor: wide})
			}
			if !slices.Contains(out[i].Roles, Role(role)) {
				out[i].Roles = append(out[i].Roles, Role(role))
			}
		}
	}
	add("by", e.Record.By)
	e.Record.Body.Actors(add)
	return out
}

// ActsFor tells for whom the persons that r names acted on its day, or where it
// has none on the day of publication, by their offices among actors.
func ActsFor(r casus.Record, published casus.Period, actors []casus.Actor) map[casus.ActorID]casus.ActorID {
	day := cmp.Or(Day(r.When), Day(published))
	var out map[casus.ActorID]casus.ActorID
	for _, id := range r.Actors() {
		i := slices.IndexFunc(actors, func(a casus.Actor) bool { return a.ID == id })
		if i < 0 || !id.IsPerson() {
			continue
		}
		if office := actors[i].OfficeOn(day); office.Valid() && office != id {
			if out == nil {
				out = map[casus.ActorID]casus.ActorID{}
			}
			out[id] = office
		}
	}
	return out
}

// Widening lists an id and the ids that it is a part of, narrowest first. A
// person is a part of nobody.
func Widening(id casus.ActorID) []casus.ActorID {
	if id == "" {
		return nil
	}
	out := []casus.ActorID{id}
	if id.IsPerson() {
		return out
	}
	for s := string(id); ; {
		i := strings.LastIndexByte(s, '/')
		if i < 0 {
			return out
		}
		s = s[:i]
		out = append(out, casus.ActorID(s))
	}
}

// Places lists where r happens as Query.Place finds it: each place of
// Record.Where folded, and the wider ones of a place id, each once.
func Places(r casus.Record) []string {
	var out []string
	for _, place := range r.Where {
		folded := FoldPlace(place)
		wider := []string{folded}
		if id := casus.ActorID(folded); id.Valid() {
			for _, w := range Widening(id)[1:] {
				wider = append(wider, string(w))
			}
		}
		for _, p := range wider {
			if p != "" && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// FoldPlace is the form in which places are compared: fulltext.Fold, without space around.
func FoldPlace(s string) string { return fulltext.Fold(strings.TrimSpace(s)) }

// TypeOf is the sort of a record within its kind: an event's or a relation's
// type, a claim's act, a commitment's state, a flow's cause, a figure's unit.
func TypeOf(r casus.Record) string {
	switch b := r.Body.(type) {
	case *casus.Event:
		return string(b.Type)
	case *casus.Claim:
		return string(b.Act)
	case *casus.Figure:
		return b.Unit
	case *casus.Relation:
		return string(b.Type)
	case *casus.Commitment:
		return string(b.State)
	case *casus.Flow:
		return string(b.Cause)
	}
	return ""
}

// Words lists the terms by which Query.Word finds a figure: those of its unit
// and of what it counts. No other record has any.
func Words(r casus.Record) []string {
	f, ok := r.Body.(*casus.Figure)
	if !ok {
		return nil
	}
	var out []string
	for _, term := range append(fulltext.AnyLanguage(f.Of), fulltext.AnyLanguage(f.Unit)...) {
		if !slices.Contains(out, term) {
			out = append(out, term)
		}
	}
	return out
}

// Day is the day by which a record is ordered: the first of its valid period,
// else the last, else none.
func Day(p casus.Period) casus.Date {
	if p.From != 0 {
		return p.From
	}
	return p.To
}

// Anchor is the day for which a relation record speaks: for one that says that
// the relation ends, the last day of its period, by which it has ended; for
// others the first; the other side where that is open; and where both are, the
// last day of the article's publication.
func Anchor(e Entry) casus.Date {
	when, published := e.Record.When, e.Article.Date
	if rel, ok := e.Record.Body.(*casus.Relation); ok && rel.Change == casus.Ends {
		when.From, when.To = when.To, when.From
	}
	return cmp.Or(when.From, when.To, published.To, published.From)
}

// Asserted tells whether a record presents its matter as so, and not as
// planned, possible, conditional or denied.
func Asserted(r casus.Record) bool {
	return r.Status == casus.Happened || r.Status == casus.Ongoing
}

// Reaches tells whether what a relation record says is so on a day: it has
// started by then and, if it only holds for a period, that is not over. What
// begins lasts. The zero day is the end of time.
func Reaches(e Entry, on casus.Date) bool {
	rel, ok := e.Record.Body.(*casus.Relation)
	when := e.Record.When
	switch {
	case !ok:
		return false
	case on == 0:
		return rel.Change == casus.Begins || when.To == 0
	}
	return when.From <= on && (rel.Change == casus.Begins || when.To == 0 || on <= when.To)
}

// Bears tells whether a relation record matters to what holds on a day: it
// reaches the day, or says as so that the relation ends.
func Bears(e Entry, on casus.Date) bool {
	rel, ok := e.Record.Body.(*casus.Relation)
	return ok && (rel.Change == casus.Ends && Asserted(e.Record) || Reaches(e, on))
}
