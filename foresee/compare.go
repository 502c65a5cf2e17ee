package foresee

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus"
	"casus/foresee/obligation"
)

// Comparison is two scenarios side by side.
type Comparison struct {
	Label  string     `json:"label"`
	First  string     `json:"first"`
	Second string     `json:"second"`
	Rows   []Compared `json:"rows"`
	// Events, Duties and Clashes tell of each part of the two trees whether the
	// other has it too; Places, how many people each has where.
	Events  []Match         `json:"events"`
	Duties  []Match         `json:"duties"`
	Clashes []Match         `json:"clashes"`
	Places  []ComparedPlace `json:"places"`
	// From and To are the days on which either plays; SharedFrom and SharedTo those
	// on which both do, zero where there is none.
	From       casus.Date `json:"from"`
	To         casus.Date `json:"to"`
	SharedFrom casus.Date `json:"shared_from"`
	SharedTo   casus.Date `json:"shared_to"`
}

// Compared is one thing and what each scenario makes of it, "" for nothing.
type Compared struct {
	What   string `json:"what"`
	First  string `json:"first"`
	Second string `json:"second"`
	// Difference is, for people, how many more the second has and whether the bands meet.
	Difference string `json:"difference,omitempty"`
}

// How says how a part of one scenario's tree stands in the other's.
type How string

const (
	Same       How = "same"
	Differs    How = "differs"
	OnlyFirst  How = "first"
	OnlySecond How = "second"
)

// Match is a part of the two trees that is the same thing: a duty by its clause
// and to whom it is owed, an event by what happens, a clash by whose it is and why.
type Match struct {
	What string `json:"what"`
	How  How    `json:"how"`
	// Differs names in what a duty differs: state, debtors, missing, deadline.
	Differs []string `json:"differs,omitempty"`
	// First and Second are where it stands in each: the numbers of duties, the
	// places of events and clashes in their lists, from 0.
	First  []int `json:"first"`
	Second []int `json:"second"`
}

// ComparedPlace is a place and the people in it in both flights; a flight in
// which nobody is ever there has 0.
type ComparedPlace struct {
	Place   casus.ActorID `json:"place"`
	Name    string        `json:"name"`
	Country casus.ActorID `json:"country"`
	Kind    string        `json:"kind"` // of the first that has it
	// More is how many more people the second has by the medians, below 0 fewer, and
	// Overlap whether the bands have a number in common: for each day from SharedFrom.
	More    []int  `json:"more"`
	Overlap []bool `json:"overlap"`
}

// Pair is two answers, and how they differ.
type Pair struct {
	Label      string     `json:"label"`
	First      Answer     `json:"first"`
	Second     Answer     `json:"second"`
	Comparison Comparison `json:"comparison"`
}

// Compare sets two answers side by side: each duty by its clause and to whom it
// is owed, each clash, and the people in each place on the last day.
func Compare(a, b Answer) Comparison {
	p, q := a.Scenario.Period, b.Scenario.Period
	out := Comparison{Label: obligation.Label, Places: []ComparedPlace{}, First: a.Scenario.Name, Second: b.Scenario.Name, From: min(p.From, q.From), To: max(p.To, q.To)}
	if p.Overlaps(q) {
		out.SharedFrom, out.SharedTo = max(p.From, q.From), min(p.To, q.To)
	}
	first, second := dutiesOf(a), dutiesOf(b)
	out.Events, out.Clashes = matches(eventsOf(a), eventsOf(b)), matches(clashesOf(a), clashesOf(b))
	out.Duties = matches(numbers(first), numbers(second))
	for i := range out.Duties {
		if m := &out.Duties[i]; m.How == Same {
			if m.Differs = differing(first[m.What], second[m.What]); len(m.Differs) > 0 {
				m.How = Differs
			}
		}
	}
	out.Rows = rows(out, first, second)
	f, g := endsOf(a.Flight), endsOf(b.Flight)
	if a.Flight != nil && b.Flight != nil {
		out.Places = out.places(f, g)
	}
	out.Rows = append(out.Rows, people(f, g)...)
	return out
}

// dutiesOf gathers the duties of an answer that are the same thing.
func dutiesOf(a Answer) map[string][]*obligation.Node {
	out := map[string][]*obligation.Node{}
	a.Obligations.Walk(func(n *obligation.Node) {
		if n.Repeats > 0 {
			return
		}
		what := fmt.Sprintf("%s for %s", named(n), n.Beneficiary)
		if n.Beneficiary == "" {
			what = named(n)
		}
		out[what] = append(out[what], n)
	})
	return out
}

// named is the clause or the commitment of a duty.
func named(n *obligation.Node) string {
	if n.Clause != nil {
		return string(n.Clause.ID)
	}
	return string(n.Promise.ID)
}

func numbers(duties map[string][]*obligation.Node) map[string][]int {
	out := map[string][]int{}
	for what, list := range duties {
		for _, n := range list {
			out[what] = append(out[what], n.Number)
		}
	}
	return out
}

func eventsOf(a Answer) map[string][]int {
	out := map[string][]int{}
	for i, r := range a.Obligations.Events {
		out[r.Act.What()] = append(out[r.Act.What()], i)
	}
	return out
}

func clashesOf(a Answer) map[string][]int {
	out := map[string][]int{}
	for i, c := range a.Obligations.Clashes {
		what := string(c.Debtor) + ": " + c.Why
		out[what] = append(out[what], i)
	}
	return out
}

// matches lays what two answers have beside each other, in the order of the words.
func matches(first, second map[string][]int) []Match {
	all := maps.Clone(first)
	maps.Copy(all, second)
	out := []Match{}
	for _, what := range slices.Sorted(maps.Keys(all)) {
		m := Match{What: what, How: Same, First: append([]int{}, first[what]...), Second: append([]int{}, second[what]...)}
		switch {
		case len(m.Second) == 0:
			m.How = OnlyFirst
		case len(m.First) == 0:
			m.How = OnlySecond
		}
		out = append(out, m)
	}
	return out
}

// differing names in what the same duty differs; nothing where it does not.
func differing(first, second []*obligation.Node) []string {
	var out []string
	for _, part := range []struct {
		name string
		of   func(*obligation.Node) string
	}{
		{"state", func(n *obligation.Node) string { return string(n.State) }},
		{"debtors", func(n *obligation.Node) string { return strings.Join(debtors(n), ",") }},
		{"missing", missing},
		{"deadline", func(n *obligation.Node) string { return n.Deadline.String() }},
	} {
		say := func(list []*obligation.Node) string {
			words := make([]string, len(list))
			for i, n := range list {
				words[i] = part.of(n)
			}
			slices.Sort(words)
			return strings.Join(slices.Compact(words), "\n")
		}
		if say(first) != say(second) {
			out = append(out, part.name)
		}
	}
	return out
}

func debtors(n *obligation.Node) []string {
	who := make([]string, len(n.Debtors))
	for i, d := range n.Debtors {
		who[i] = string(d.Actor)
	}
	return who
}

// missing is what a duty lacks, and what each of its debtors does.
func missing(n *obligation.Node) string {
	all := slices.Clone(n.Missing)
	for _, d := range n.Debtors {
		for _, m := range d.Missing {
			all = append(all, string(d.Actor)+": "+m)
		}
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

// flown is a flight's places, and on which days they were.
type flown struct {
	start  casus.Date
	days   int
	places map[casus.ActorID]*FlightEnd
}

func endsOf(f *Flight) flown {
	out := flown{places: map[casus.ActorID]*FlightEnd{}}
	if f == nil {
		return out
	}
	out.start, out.days = f.Start, f.Days
	for i := range f.Places {
		out.places[f.Places[i].Place] = &f.Places[i]
	}
	return out
}

// on is the band of a place on a day, counted from 0; where nobody ever is, 0.
func (f flown) on(place casus.ActorID, day int) (low, mid, high int) {
	e := f.places[place]
	if e == nil {
		return 0, 0, 0
	}
	return e.Low[day], e.Mid[day], e.High[day]
}

// peak is the most people by the median that a place has on a day.
func (f flown) peak(place casus.ActorID) int {
	if e := f.places[place]; e != nil {
		return slices.Max(e.Mid)
	}
	return 0
}

// places lays two flights beside each other, those places first where most people are in either.
func (c Comparison) places(first, second flown) []ComparedPlace {
	both := maps.Clone(second.places)
	maps.Copy(both, first.places)
	most := func(id casus.ActorID) int { return max(first.peak(id), second.peak(id)) }
	order := slices.SortedFunc(maps.Keys(both), func(x, y casus.ActorID) int {
		return cmp.Or(cmp.Compare(most(y), most(x)), cmp.Compare(x, y))
	})
	out := []ComparedPlace{}
	for _, id := range order {
		e := both[id]
		place := ComparedPlace{Place: id, Name: e.Name, Country: e.Country, Kind: e.Kind, More: []int{}, Overlap: []bool{}}
		for day := c.SharedFrom; day != 0 && day <= c.SharedTo; day++ {
			more, overlap := apart(first, second, id, int(day-first.start), int(day-second.start))
			place.More, place.Overlap = append(place.More, more), append(place.Overlap, overlap)
		}
		out = append(out, place)
	}
	return out
}

// apart tells how many more the second has at a place, and whether the bands meet.
func apart(first, second flown, place casus.ActorID, i, j int) (more int, overlap bool) {
	lowA, midA, highA := first.on(place, i)
	lowB, midB, highB := second.on(place, j)
	return midB - midA, lowA <= highB && lowB <= highA
}

// mostNamed is how many debtors are named in a comparison; more are counted.
const mostNamed = 3

// rows writes duties and clashes as lines of words.
func rows(c Comparison, first, second map[string][]*obligation.Node) []Compared {
	out := []Compared{}
	for _, m := range c.Duties {
		out = append(out, Compared{What: m.What, First: sayDuties(first[m.What]), Second: sayDuties(second[m.What])})
	}
	yes := func(list []int) string {
		if len(list) == 0 {
			return ""
		}
		return "yes"
	}
	for _, m := range c.Clashes {
		out = append(out, Compared{What: "clash of " + m.What, First: yes(m.First), Second: yes(m.Second)})
	}
	return out
}

// people writes who is where on the last day of each.
func people(first, second flown) []Compared {
	both := maps.Clone(second.places)
	maps.Copy(both, first.places)
	out := []Compared{}
	for _, id := range slices.Sorted(maps.Keys(both)) {
		row := Compared{What: "people in " + string(id) + " at the end", First: first.last(id), Second: second.last(id)}
		if first.days > 0 && second.days > 0 {
			more, overlap := apart(first, second, id, first.days-1, second.days-1)
			row.Difference = sayApart(more, overlap)
		}
		out = append(out, row)
	}
	return out
}

func sayApart(more int, overlap bool) string {
	out := "0"
	if more != 0 {
		out = fmt.Sprintf("%+d", more)
	}
	if overlap {
		return out + ", bands meet"
	}
	return out + ", bands apart"
}

// last says how many are at a place at the end, "" where nobody ever is.
func (f flown) last(place casus.ActorID) string {
	if f.places[place] == nil {
		return ""
	}
	low, mid, high := f.on(place, f.days-1)
	return fmt.Sprintf("%d (%d–%d)", mid, low, high)
}

// sayDuties says what an answer has of a duty, "" where it has none.
func sayDuties(list []*obligation.Node) string {
	var says []string
	for _, n := range list {
		say := string(n.State) + ": " + strings.Join(debtors(n), ", ")
		if len(n.Debtors) > mostNamed {
			say = fmt.Sprintf("%s: %d parties", n.State, len(n.Debtors))
		}
		if len(n.Missing) > 0 {
			say += " (missing: " + strings.Join(n.Missing, "; ") + ")"
		}
		if !slices.Contains(says, say) {
			says = append(says, say)
		}
	}
	return strings.Join(says, " / ")
}
