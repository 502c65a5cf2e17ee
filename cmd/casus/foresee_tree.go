package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"

	"casus"
	"casus/foresee"
	"casus/foresee/obligation"
)

// writeForesight prints what follows from a scenario for a person.
func writeForesight(w io.Writer, a foresee.Answer, all bool) error {
	s := a.Scenario
	fmt.Fprintf(w, "%s\n%s\n  plays %s; the ledger as true on %s", a.Label, plainText(s.Name), s.Period, s.TrueOn)
	if s.KnownOn != 0 {
		fmt.Fprintf(w, ", as known on %s", s.KnownOn)
	}
	fmt.Fprintln(w)
	p := treePrinter{w, width(w)}
	for _, root := range a.Obligations.Events {
		fmt.Fprintf(w, "\n%s  [%s]\n", plainText(root.Act.What()), root.Act.Cite())
		if root.Act.Quote != "" {
			p.line("  ", "“"+root.Act.Quote+"”")
		}
		if len(root.Duties) == 0 {
			p.line("  ", metBy(a.Obligations, root.Act))
		}
		p.nodes(root.Duties, "  ")
	}
	if len(a.Obligations.Standing) > 0 {
		fmt.Fprintln(w, "\nHolds between them whatever happens")
		p.nodes(a.Obligations.Standing, "  ")
	}
	p.clashes(a.Obligations.Clashes)
	p.declined(a.Obligations.Declined, all)
	if a.Flight != nil {
		return p.flight(a)
	}
	return nil
}

// metBy says of an act that brings no clause to bear itself which duties it
// meets a condition of.
func metBy(a obligation.Answer, act obligation.Act) string {
	var numbers []string
	a.Walk(func(n *obligation.Node) {
		met := n.Met
		for _, d := range n.Debtors {
			met = append(met[:len(met):len(met)], d.Met...)
		}
		if slices.ContainsFunc(met, func(c obligation.Condition) bool { return c.Cite == act.Cite() }) {
			numbers = append(numbers, strconv.Itoa(n.Number))
		}
	})
	if len(numbers) == 0 {
		return "brings no clause to bear"
	}
	return "meets a condition of " + strings.Join(numbers, ", ")
}

// treePrinter prints lines that hang under each other, cut to a width.
type treePrinter struct {
	w     io.Writer
	width int
}

func (p treePrinter) line(indent, s string) {
	room := max(p.width-text.StringWidthWithoutEscSequences(indent), narrowest)
	for i, part := range strings.Split(text.WrapSoft(plainText(s), room), "\n") {
		if i > 0 {
			part = "  " + strings.TrimRight(part, " ")
		}
		fmt.Fprintln(p.w, indent+strings.TrimRight(part, " "))
	}
}

func (p treePrinter) nodes(list []*obligation.Node, indent string) {
	for _, n := range list {
		p.node(n, indent)
	}
}

func (p treePrinter) node(n *obligation.Node, indent string) {
	if n.Repeats > 0 {
		p.line(indent, fmt.Sprintf("↻ %s for %s: see %d above", n.Clause.ID, n.Beneficiary, n.Repeats))
		return
	}
	p.line(indent, fmt.Sprintf("%d %s %s", n.Number, strings.ToUpper(string(n.State)), heading(n)))
	inner := indent + "    "
	p.line(inner, owing(n))
	for _, m := range n.Met {
		p.line(inner, "✓ "+m.Condition+": "+m.By+bracket(m.Cite))
	}
	for _, m := range n.Missing {
		p.line(inner, "✗ missing: "+m)
	}
	for _, d := range n.Debtors {
		p.debtor(d, inner)
	}
	for _, t := range n.Told {
		p.line(inner, "told: "+t.What+bracket(string(t.Record))+" “"+t.Quote+"”")
	}
	if len(n.Again) > 0 {
		cites := make([]string, len(n.Again))
		for i, a := range n.Again {
			cites[i] = a.Date.String() + " " + a.Cite()
		}
		p.line(inner, "again: "+strings.Join(cites, "; "))
	}
	p.nodes(n.Then, inner)
}

func bracket(cite string) string {
	if cite == "" {
		return ""
	}
	return " [" + cite + "]"
}

// heading names a node's clause, or the commitment and its record.
func heading(n *obligation.Node) string {
	if n.Clause != nil {
		return fmt.Sprintf("%s: %s, %s", n.Clause.ID, n.Clause.Instrument, article(n.Clause.Article))
	}
	return fmt.Sprintf("%s: %s of the ledger", n.Promise.ID, promiseBasis(n))
}

// article names an article by its number; what has words instead stands as it is.
func article(a string) string {
	if first, _ := utf8.DecodeRuneInString(a); unicode.IsLower(first) {
		return a
	}
	return "article " + a
}

func promiseBasis(n *obligation.Node) string {
	if c, ok := n.Promise.Record.Body.(*casus.Commitment); ok {
		return string(c.Basis)
	}
	return "commitment"
}

// owing says who owes what to whom by when.
func owing(n *obligation.Node) string {
	who := make([]string, len(n.Debtors))
	for i, d := range n.Debtors {
		who[i] = string(d.Actor)
	}
	out := strings.Join(who, ", ")
	if to := n.Towards(); to != "" {
		out += " towards " + string(to)
	}
	out += ": " + n.Duty
	switch {
	case n.AtOnce && (strings.Contains(n.Duty, "at once") || strings.Contains(n.Duty, "without delay")):
	case n.AtOnce:
		out += ", at once"
	case n.Deadline != 0:
		out += ", by " + n.Deadline.String()
	}
	return out
}

// debtor prints what bears on one who owes, nothing where nothing does.
func (p treePrinter) debtor(d obligation.Debtor, indent string) {
	name := string(d.Actor) + " "
	for _, m := range d.Met {
		p.line(indent, name+"✓ "+m.Condition+": "+m.By+bracket(m.Cite))
	}
	for _, m := range d.Missing {
		p.line(indent, name+"✗ "+m)
	}
	for _, near := range d.Nearby {
		km := ""
		if near.KM > 0 {
			km = ", " + strconv.FormatFloat(near.KM, 'f', 0, 64) + " km"
		}
		p.line(indent, name+"has near: "+near.What+km+bracket(near.Cite))
	}
	for _, t := range d.Told {
		p.line(indent, name+"did: "+t.What+bracket(string(t.Record))+" “"+t.Quote+"”")
	}
}

func (p treePrinter) clashes(list []obligation.Clash) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(p.w, "\nClashes")
	for _, c := range list {
		with := strconv.Itoa(c.With)
		if c.Clause != "" {
			with = string(c.Clause)
		}
		p.line("  ", fmt.Sprintf("%s: %d against %s: %s", c.Debtor, c.Duty, with, c.Why))
	}
}

func (p treePrinter) declined(list []obligation.Declined, all bool) {
	if len(list) == 0 {
		return
	}
	if !all {
		fmt.Fprintf(p.w, "\n%s near, not binding: --all tells which, and why.\n", plural(len(list), "clause"))
		return
	}
	fmt.Fprintln(p.w, "\nNear, and not binding")
	for _, d := range list {
		p.line("  ", fmt.Sprintf("%s (%s, %s): %s [%s]", d.Clause.ID, d.Clause.Instrument, article(d.Clause.Article), d.Why, d.Act.Cite()))
	}
}

// mostEnds is how many places a person is shown.
const mostEnds = 15

func (p treePrinter) flight(a foresee.Answer) error {
	f := a.Flight
	last := f.Days - 1
	fmt.Fprintf(p.w, "\nWhere people would be on %s  (%s, %s, %s; eight in ten runs lie within the band)\n", f.Start.AddDays(last),
		plural(f.Runs, "run"), plural(f.Towns, "place"), plural(f.Routes, "way"))
	g := grid{columns: []string{"place", "country", "sort", "capacity", "people", "band"}}
	for _, e := range f.Places[:min(len(f.Places), mostEnds)] {
		capacity := ""
		if e.Capacity > 0 {
			capacity = strconv.Itoa(e.Capacity)
		}
		g.rows = append(g.rows, []string{e.Name + " (" + string(e.Place) + ")", string(e.Country), e.Kind, capacity, strconv.Itoa(e.Mid[last]), fmt.Sprintf("%d–%d", e.Low[last], e.High[last])})
	}
	if err := g.table(p.w); err != nil {
		return err
	}
	if len(f.Places) > mostEnds {
		fmt.Fprintf(p.w, "and %s more; --json and --csv have them all\n", plural(len(f.Places)-mostEnds, "place"))
	}
	fmt.Fprintf(p.w, "on the way: %d\n", f.OnTheWay)
	for _, n := range f.Notes {
		p.line("  ", n)
	}
	return p.scored(f.Later)
}

// scored prints a flight beside what articles tell.
func (p treePrinter) scored(list []foresee.Scored) error {
	if len(list) == 0 {
		return nil
	}
	fmt.Fprintln(p.w, "\nBeside what the articles tell")
	g := grid{columns: []string{"day", "to", "told", "scenario", "meets", "record", "quote"}, sources: 1}
	for _, s := range list {
		meets := "no"
		if s.Within {
			meets = "yes"
		}
		g.rows = append(g.rows, []string{s.Day.String(), string(s.Place), bounds(s.Low, s.High, false), fmt.Sprintf("%d (%d–%d)", s.ModMid, s.ModLow, s.ModHigh),
			meets, string(s.Record), s.Quote})
	}
	return g.table(p.w)
}

// foreseeGrid is an answer as rows: of duties a row for each debtor, of people a
// row for each place on the last day.
func foreseeGrid(a foresee.Answer) grid {
	g := grid{columns: []string{"label", "part", "number", "state", "clause", "debtor", "towards", "duty", "deadline", "missing", "place", "people", "low", "high"}}
	a.Obligations.Walk(func(n *obligation.Node) {
		if n.Repeats > 0 {
			return
		}
		for _, d := range n.Debtors {
			clause := ""
			if n.Clause != nil {
				clause = string(n.Clause.ID)
			} else {
				clause = string(n.Promise.ID)
			}
			g.rows = append(g.rows, []string{a.Label, "duty", strconv.Itoa(n.Number), string(n.State), clause, string(d.Actor), string(n.Beneficiary), n.Duty,
				cmp.Or(n.Deadline.String(), ""), strings.Join(append(append([]string{}, n.Missing...), d.Missing...), "; "), "", "", "", ""})
		}
	})
	if f := a.Flight; f != nil {
		last := f.Days - 1
		for _, e := range f.Places {
			g.rows = append(g.rows, []string{a.Label, "people", "", "", "", "", "", "", f.Start.AddDays(last).String(), "", string(e.Place),
				strconv.Itoa(e.Mid[last]), strconv.Itoa(e.Low[last]), strconv.Itoa(e.High[last])})
		}
	}
	return g
}
