package foresee

import (
	"casus"
	"casus/foresee/displacement"
	"casus/foresee/scenario"
	"casus/refdata"
)

// Band is a number of people at the end of each day: the 10th, 50th and 90th
// percentile of the runs.
type Band struct {
	Low  []int `json:"low"`
	Mid  []int `json:"mid"`
	High []int `json:"high"`
}

// Fighting is a place in conflict for some days.
type Fighting struct {
	Place     casus.ActorID `json:"place"`
	Name      string        `json:"name"`
	Country   casus.ActorID `json:"country"`
	Lat       float64       `json:"lat"`
	Lon       float64       `json:"lon"`
	From      casus.Date    `json:"from"` // first day
	To        casus.Date    `json:"to"`   // last day
	Intensity float64       `json:"intensity"`
	People    int           `json:"people"` // who live there and may flee
}

// Closing is a border, or a way between two places, that is closed for some days.
type Closing struct {
	Between [2]Site    `json:"between"`
	Border  bool       `json:"border"` // between two countries; else between two places
	From    casus.Date `json:"from"`   // first day
	To      casus.Date `json:"to"`     // last day
}

// Site is where something lies; of a country, the middle of where people live.
type Site struct {
	Place casus.ActorID `json:"place"`
	Name  string        `json:"name"`
	Lat   float64       `json:"lat"`
	Lon   float64       `json:"lon"`
}

// bandOf is the band of a number that each run has by day.
func bandOf(e *displacement.Ensemble, number func(run *displacement.Outcome, day int) int) Band {
	out := Band{}
	for day := range e.Days {
		q := e.BandsOf(func(r *displacement.Outcome) int { return number(r, day) }, lowBand, midBand, highBand)
		out.Low, out.Mid, out.High = append(out.Low, int(q[0])), append(out.Mid, int(q[1])), append(out.High, int(q[2]))
	}
	return out
}

// fighting lists where the scenario has conflict, and when.
func (n network) fighting(s scenario.Scenario) []Fighting {
	out := []Fighting{}
	for _, z := range s.Zones {
		if i := n.at(z.Place); z.Intensity > 0 {
			p := n.places[i]
			out = append(out, Fighting{p.ID, p.Name, p.Country, p.Lat, p.Lon, z.Days.From, z.Days.To, z.Intensity, n.input.Places[i].Residents})
		}
	}
	return out
}

// closings lists what is closed, and when; what lies nobody knows where cannot be drawn.
func closings(w *refdata.World, s scenario.Scenario) []Closing {
	out := []Closing{}
	for _, b := range s.Borders {
		c := Closing{Border: true, From: b.Closed.From, To: b.Closed.To}
		located := true
		for i, id := range b.Between {
			p, _ := w.Place(id)
			c.Between[i] = Site{p.ID, p.Name, p.Lat, p.Lon}
			c.Border = c.Border && p.Kind == refdata.Country
			located = located && p.Located
		}
		if located {
			out = append(out, c)
		}
	}
	return out
}
