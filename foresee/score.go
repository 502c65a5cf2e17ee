package foresee

import (
	"context"
	"slices"

	"casus"
	"casus/foresee/displacement"
	"casus/foresee/scenario"
	"casus/ledger"
	"casus/picture"
	"casus/refdata"
)

// Scored is a flow that an article tells of, beside what the scenario gives for
// the same place and day.
type Scored struct {
	Record  casus.RecordID  `json:"record"`
	Article casus.ArticleID `json:"article"`
	Place   casus.ActorID   `json:"place"` // where they are said to have gone
	Day     casus.Date      `json:"day"`   // to which the report is compared: the last of its days within the period
	Low     *float64        `json:"low"`   // as reported; null is unbounded
	High    *float64        `json:"high"`
	By      casus.ActorID   `json:"by,omitempty"`
	Quote   string          `json:"quote"`
	ModLow  int             `json:"model_low"` // bands of the runs
	ModMid  int             `json:"model_mid"`
	ModHigh int             `json:"model_high"`
	Times   int             `json:"times"` // how many records tell the same numbers of the same day
	// Within tells whether the report and the band overlap.
	Within bool `json:"within"`
}

// scores sets a flight beside the flows that the ledger tells of its days,
// whenever it learned of them.
func (n network) scores(ctx context.Context, b Beside, s scenario.Scenario, e *displacement.Ensemble) ([]Scored, error) {
	out := []Scored{}
	page, err := b.Picture.Flows(ctx, picture.Question{From: s.Period.From, To: s.Period.To.AddDays(lateReports), Limit: ledger.MaxLimit})
	if err != nil {
		return out, err
	}
	for _, entry := range page.Entries {
		flow, ok := entry.Record.Body.(*casus.Flow)
		if !ok || !ledger.Asserted(entry.Record) || flow.Destination == "" || flow.Low == nil && flow.High == nil || !fromZone(b.World, s, flow.Origin) {
			continue
		}
		day := max(entry.Record.When.To, entry.Record.When.From)
		if entry.Record.When.To == 0 || day > s.Period.To {
			day = s.Period.To
		}
		places := n.within(flow.Destination)
		if day < s.Period.From || len(places) == 0 {
			continue
		}
		row := Scored{Record: entry.ID, Article: entry.Article.ID, Place: flow.Destination, Day: day, Low: flow.Low, High: flow.High, By: entry.Record.By, Quote: entry.Record.Quote}
		row.ModLow, row.ModMid, row.ModHigh = together(e, int(day-s.Period.From), places)
		row.Within = (flow.Low == nil || float64(row.ModHigh) >= *flow.Low) && (flow.High == nil || float64(row.ModLow) <= *flow.High)
		if at := slices.IndexFunc(out, row.tellsAs); at >= 0 {
			out[at].Times++
			continue
		}
		row.Times = 1
		out = append(out, row)
	}
	return out, nil
}

// tellsAs tells whether another report has the same numbers for the same place and day.
func (s Scored) tellsAs(o Scored) bool {
	same := func(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }
	return s.Place == o.Place && s.Day == o.Day && same(s.Low, o.Low) && same(s.High, o.High)
}

// lateReports is how many days after a scenario's period a report may still be of it.
const lateReports = 30

// fromZone tells whether an origin is, or holds, a zone of the scenario; a flow
// whose origin nobody tells is of none.
func fromZone(w *refdata.World, s scenario.Scenario, origin casus.ActorID) bool {
	for _, z := range s.Zones {
		if origin != "" && (z.Place.Within(origin) || origin.Within(z.Place) || string(origin) == land(w, z.Place)) {
			return true
		}
	}
	return false
}

// within are the numbers of the places of a network in a place or country.
func (n network) within(place casus.ActorID) []int {
	var out []int
	for i, p := range n.places {
		if p.ID.Within(place) || p.Country == place {
			out = append(out, i)
		}
	}
	return out
}

// together are the bands of the people in several places taken together.
func together(e *displacement.Ensemble, day int, places []int) (low, mid, high int) {
	sums := make([]int, len(e.Runs))
	for i, r := range e.Runs {
		for _, p := range places {
			sums[i] += r.At(day, p)
		}
	}
	slices.Sort(sums)
	at := func(q float64) int { return sums[int(q*float64(len(sums)-1)+0.5)] }
	return at(lowBand), at(midBand), at(highBand)
}
