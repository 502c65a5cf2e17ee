package picture

import (
	"context"
	"slices"
	"time"

	"casus"
	"casus/ledger"
)

// hand is what analysts have said that bears on answers, as of a moment of the
// ledger's clock.
type hand struct {
	ties      ledger.Ties
	grades    map[string]ledger.Reliability
	decisions []ledger.Correction // of contradictions, the latest first
}

// hand asks for what analysts have said by a moment; zero is by now.
func (p *Picture) hand(ctx context.Context, recorded time.Time) (hand, error) {
	corrections, err := p.ledger.Corrections(ctx, ledger.CorrectionQuery{Recorded: recorded})
	if err != nil {
		return hand{}, err
	}
	return hand{ledger.NewTies(corrections), ledger.Grades(corrections), ledger.Decisions(corrections)}, nil
}

// units are the tellings of a list as analysts left them: those that they
// joined are one unit, so that likeness is asked of the whole and not of one
// telling that is like no other.
type units struct {
	*knowledge
	list []told
	ties ledger.Ties
	of   [][]int // the places in the list, by unit, in their order
	at   []int   // the unit of each place
}

// units joins what analysts joined, unless they told some of it apart; records
// of different kinds are never one thing.
func (h hand) units(k *knowledge, list []told) units {
	u := units{knowledge: k, list: list, ties: h.ties, of: make([][]int, len(list)), at: make([]int, len(list))}
	for i := range list {
		u.of[i], u.at[i] = []int{i}, i
	}
	if h.ties.None() {
		return u
	}
	place := make(map[casus.RecordID]int, len(list))
	for i := range list {
		place[list[i].ID] = i
	}
	for _, pair := range h.ties.Joined() {
		i, ok1 := place[pair[0]]
		j, ok2 := place[pair[1]]
		if !ok1 || !ok2 {
			continue
		}
		if a, b := u.at[i], u.at[j]; a != b && list[i].Record.Kind() == list[j].Record.Kind() && !u.apart(a, b) {
			u.join(min(a, b), max(a, b))
		}
	}
	u.tidy()
	return u
}

func (u *units) join(a, b int) {
	for _, i := range u.of[b] {
		u.at[i] = a
	}
	u.of[a] = append(u.of[a], u.of[b]...)
	u.of[b] = nil
}

// tidy leaves out the units that went up in others; the rest keep the order of
// their first places.
func (u *units) tidy() {
	u.of = slices.DeleteFunc(u.of, func(places []int) bool { return len(places) == 0 })
	for i, places := range u.of {
		slices.Sort(places)
		for _, at := range places {
			u.at[at] = i
		}
	}
}

// apart tells whether an analyst told some telling of a from one of b.
func (u *units) apart(a, b int) bool {
	if u.ties.None() {
		return false
	}
	for _, i := range u.of[a] {
		for _, j := range u.of[b] {
			if u.ties.Apart(u.list[i].ID, u.list[j].ID) {
				return true
			}
		}
	}
	return false
}

// spokesmen is how many units of a cluster are compared with those of another.
// What is told more often is told in much the same ways, and hundreds of tellings
// are tens of thousands of pairs.
const spokesmen = 12

// alike is how surely the units of two clusters are of one thing, on average; of
// a large cluster some speak for all, evenly drawn. Where an analyst told some of
// them apart they are not.
func (u *units) alike(a, b []int) float64 {
	if !u.ties.None() {
		for _, i := range a {
			if slices.ContainsFunc(b, func(j int) bool { return u.apart(i, j) }) {
				return 0
			}
		}
	}
	sum, na, nb := 0.0, min(len(a), spokesmen), min(len(b), spokesmen)
	for i := range na {
		for j := range nb {
			sum += u.same(a[i*len(a)/na], b[j*len(b)/nb])
		}
	}
	return sum / float64(na*nb)
}

// same tells how surely two units are of one thing, by the two tellings that
// are most alike.
func (u *units) same(a, b int) float64 {
	sure := 0.0
	for _, i := range u.of[a] {
		for _, j := range u.of[b] {
			sure = max(sure, u.knowledge.same(&u.list[i], &u.list[j]))
		}
	}
	return sure
}

// links are those between tellings as links between their units.
func (u *units) links(of links) links {
	if u.ties.None() {
		return of // each is one
	}
	for l := range of.each {
		l.a, l.b = int32(u.at[l.a]), int32(u.at[l.b]) //nolint:gosec // places in a list
	}
	return of
}

// places lists the places of units, in their order.
func (u *units) places(list []int) []int {
	var out []int
	for _, i := range list {
		out = append(out, u.of[i]...)
	}
	slices.Sort(out)
	return out
}
