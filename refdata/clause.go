package refdata

import (
	"slices"
	"strconv"
	"strings"

	"casus"
)

// ClauseSort says what a clause does.
type ClauseSort string

const (
	Duty     ClauseSort = "duty"     // an event brings it about
	Bar      ClauseSort = "bar"      // what must not be done
	Standing ClauseSort = "standing" // to be done by a day, whatever happens
	BaseSite ClauseSort = "base"     // forces of the debtor may stand there
)

// Clause is one clause of a treaty, declaration or ceasefire in a structured
// form. clauses.tsv says what the cells may be.
type Clause struct {
	ID         casus.ActorID `json:"id"` // instrument/article
	Instrument string        `json:"instrument"`
	Article    string        `json:"article"`
	Parties    []string      `json:"parties"` // members:csto, actor ids, -id, states
	InForce    casus.Period  `json:"in_force"`
	Sort       ClauseSort    `json:"sort"`
	Triggers   []Trigger     `json:"triggers,omitempty"`
	Who        []string      `json:"who,omitempty"`
	Whom       []string      `json:"whom,omitempty"`
	Where      []string      `json:"where,omitempty"`
	Needs      []string      `json:"needs,omitempty"`
	Debtor     []string      `json:"debtor"`
	Acts       []OwedAct     `json:"acts"`
	Duty       string        `json:"duty"`
	Deadline   string        `json:"deadline,omitempty"`
	Source     string        `json:"source"`
}

// Trigger is a sort of event, or of change of a relation, that a clause is about.
type Trigger struct {
	Type     casus.EventType    `json:"type,omitempty"`
	Mode     string             `json:"mode,omitempty"`
	Relation casus.RelationType `json:"relation,omitempty"`
	Change   casus.Change       `json:"change,omitempty"`
}

// String writes ASSAULT/drone or "begins bases-in".
func (t Trigger) String() string {
	if t.Relation != "" {
		return string(t.Change) + " " + string(t.Relation)
	}
	return strings.TrimSuffix(string(t.Type)+"/"+t.Mode, "/")
}

// Covers tells whether an event of a type and mode, or a change of a relation, is
// of this sort. A trigger without a mode covers all modes.
func (t Trigger) Covers(sort casus.EventType, mode string, relation casus.RelationType, change casus.Change) bool {
	if t.Relation != "" {
		return t.Relation == relation && t.Change == change
	}
	return relation == "" && t.Type == sort && (t.Mode == "" || t.Mode == mode)
}

// OwedAct is what a debtor owes, as a sort of event towards somebody.
type OwedAct struct {
	Trigger
	Not bool   `json:"not,omitempty"` // it is what must be left undone
	To  string `json:"to"`            // target, source, parties or an actor id
}

// String writes AID>target.
func (a OwedAct) String() string {
	out := a.Trigger.String() + " > " + a.To
	if a.Not {
		return "not " + out
	}
	return out
}

// Approval is a national rule on sending forces abroad.
type Approval struct {
	State, Body casus.ActorID
	Held        casus.Period
	Rule        string
	Source      string
}

func (w *World) addClause(r row) error {
	id, err := r.actor("id")
	if err != nil {
		return err
	}
	c := Clause{ID: id, Instrument: r.cell("instrument"), Article: r.cell("article"), Parties: r.list("parties"), Sort: ClauseSort(r.cell("sort")),
		Who: r.list("who"), Whom: r.list("whom"), Where: r.list("where"), Needs: r.list("needs"), Debtor: r.list("debtor"),
		Duty: r.cell("duty"), Deadline: r.cell("deadline"), Source: r.cell("source")}
	if c.InForce, err = r.period("from", "to"); err != nil {
		return err
	}
	if !slices.Contains([]ClauseSort{Duty, Bar, Standing, BaseSite}, c.Sort) {
		return r.errorf("sort %q is not duty, bar, standing or base", c.Sort)
	}
	if c.Triggers, err = triggersOf(r); err != nil {
		return err
	}
	if c.Acts, err = actsOf(r); err != nil {
		return err
	}
	if err := w.checkClause(r, c); err != nil {
		return err
	}
	w.clauses = append(w.clauses, c)
	return nil
}

func triggersOf(r row) ([]Trigger, error) {
	var out []Trigger
	for _, text := range r.list("trigger") {
		t, ok := ParseTrigger(text)
		if !ok {
			return nil, r.errorf("trigger: %q is no type of event and no change of a relation", text)
		}
		out = append(out, t)
	}
	return out, nil
}

func actsOf(r row) ([]OwedAct, error) {
	var out []OwedAct
	for _, text := range r.list("act") {
		var a OwedAct
		text, a.Not = strings.CutPrefix(text, "not ")
		what, to, ok := strings.Cut(text, ">")
		a.To = to
		if a.Trigger, _ = ParseTrigger(what); !ok || a.Type == "" || to == "" {
			return nil, r.errorf("act: %q is not TYPE/mode>whom", text)
		}
		out = append(out, a)
	}
	return out, nil
}

// ParseTrigger reads TYPE, TYPE/mode, or "begins TYPE" and "ends TYPE" of a relation.
func ParseTrigger(text string) (Trigger, bool) {
	if change, relation, ok := strings.Cut(text, " "); ok {
		t := Trigger{Relation: casus.RelationType(relation), Change: casus.Change(change)}
		return t, slices.Contains(casus.RelationTypes(), t.Relation) && (t.Change == casus.Begins || t.Change == casus.Ends)
	}
	sort, mode, _ := strings.Cut(text, "/")
	return Trigger{Type: casus.EventType(sort), Mode: mode}, slices.Contains(casus.EventTypes(), casus.EventType(sort))
}

// clauseWords are the words of each column that are no actors.
var clauseWords = map[string][]string{
	"parties": {"states"},
	"who":     {"any", "party", "outsider", "other"},
	"whom":    {"any", "party"},
	"where":   {"home", "territory"},
	"needs":   {"request"},
	"debtor":  {"others", "parties", "source", "target"},
	"act":     {"source", "target", "parties"},
}

// checkClause refuses words that are neither of the column nor actors.
func (w *World) checkClause(r row, c Clause) error {
	var whom []string
	for _, a := range c.Acts {
		whom = append(whom, a.To)
	}
	for column, words := range map[string][]string{"parties": c.Parties, "who": c.Who, "whom": c.Whom, "where": c.Where,
		"needs": c.Needs, "debtor": c.Debtor, "act": whom} {
		for _, word := range words {
			if !slices.Contains(clauseWords[column], word) && !w.clauseWord(word) {
				return r.errorf("%s: %q is not understood", column, word)
			}
		}
	}
	if c.Sort != Standing && c.Sort != BaseSite && len(c.Triggers) == 0 || len(c.Acts) == 0 || len(c.Debtor) == 0 || c.Duty == "" {
		return r.errorf("%s lacks a trigger, a debtor or a duty", c.ID)
	}
	if _, _, ok := DeadlineOf(c.Deadline, 1); !ok {
		return r.errorf("deadline %q is not immediately, +N days or a day", c.Deadline)
	}
	return nil
}

// clauseWord tells whether a cell's entry is an actor, a place, or a prefix with one.
func (w *World) clauseWord(word string) bool {
	for _, prefix := range []string{"members:", "vote:", "not:", "in:", "-", "follows:", "north:"} {
		rest, ok := strings.CutPrefix(word, prefix)
		if !ok {
			continue
		}
		if prefix == "north:" {
			_, err := strconv.ParseFloat(rest, 64)
			return err == nil
		}
		if prefix == "follows:" { // what follows from a clause, or from any
			return rest == "" || slices.ContainsFunc(w.clauses, func(c Clause) bool { return string(c.ID) == rest })
		}
		word = rest
	}
	// That a town is in the gazetteer is for a test to see: to look here would unpack it at every start.
	id := casus.ActorID(word)
	_, ok := w.actors[casus.ActorID(id.Head())]
	return id.Valid() && ok
}

// DeadlineOf tells by which day a duty that begins on a day is to be done: the
// day itself for "immediately", 0 for none. ok is false for what is no deadline.
func DeadlineOf(text string, from casus.Date) (day casus.Date, atOnce, ok bool) {
	switch {
	case text == "":
		return 0, false, true
	case text == "immediately":
		return from, true, true
	case strings.HasPrefix(text, "+"):
		n, err := strconv.Atoi(strings.TrimSuffix(text[1:], " days"))
		return from.AddDays(n), false, err == nil && n > 0
	}
	day, err := casus.ParseDate(text)
	return day, false, err == nil
}

// Clauses lists the clauses in the order of the table.
func (w *World) Clauses() []Clause { return slices.Clone(w.clauses) }

// AddClauses returns a world with an analyst's clauses beside ours: lines in
// the form of clauses.tsv, its header among them. An error names the line.
func (w *World) AddClauses(file, text string) (*World, error) {
	t, err := parseTable(file, text)
	if err != nil {
		return nil, err
	}
	out := *w
	out.clauses = slices.Clone(w.clauses)
	for _, r := range t.rows {
		if slices.ContainsFunc(out.clauses, func(c Clause) bool { return string(c.ID) == r.cell("id") }) {
			return nil, r.errorf("there is a clause %s already", r.cell("id"))
		}
		if err := out.addClause(r); err != nil {
			return nil, err
		}
	}
	return &out, nil
}

// PartiesOn returns the parties of a clause on a day, in alphabetical order;
// all is true where every state is one.
func (w *World) PartiesOn(c Clause, on casus.Date) (parties []casus.ActorID, all bool) {
	for _, p := range c.Parties {
		if alliance, ok := strings.CutPrefix(p, "members:"); ok {
			parties = append(parties, w.Members(casus.ActorID(alliance), on)...)
		} else if p == "states" {
			all = true
		} else if !strings.HasPrefix(p, "-") {
			parties = append(parties, casus.ActorID(p))
		}
	}
	parties = slices.DeleteFunc(parties, func(id casus.ActorID) bool { return slices.Contains(c.Parties, "-"+string(id)) })
	slices.Sort(parties)
	return slices.Compact(parties), all
}

// Body is the alliance whose members are the parties, "" where they are named.
func (c Clause) Body() casus.ActorID {
	for _, p := range c.Parties {
		if alliance, ok := strings.CutPrefix(p, "members:"); ok {
			return casus.ActorID(alliance)
		}
	}
	return ""
}

func (w *World) addApproval(r row) error {
	state, err := r.actor("state")
	if err != nil {
		return err
	}
	body, err := r.actor("body")
	if err != nil {
		return err
	}
	held, err := r.period("from", "to")
	if err != nil {
		return err
	}
	if _, known := w.actors[state]; !known || !body.Within(state) {
		return r.errorf("%s is no body of a state that we know", body)
	}
	w.approvals = append(w.approvals, Approval{state, body, held, r.cell("rule"), r.cell("source")})
	return nil
}

// ApprovalOf returns the rule on sending a state's forces abroad on a day, if we know one.
func (w *World) ApprovalOf(state casus.ActorID, on casus.Date) (Approval, bool) {
	for _, a := range w.approvals {
		if a.State == state && a.Held.Holds(on) {
			return a, true
		}
	}
	return Approval{}, false
}
