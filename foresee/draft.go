package foresee

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"casus"
	"casus/foresee/scenario"
	"casus/ledger"
	"casus/picture"
	"casus/refdata"
)

// DraftQuestion asks for a first draft of a scenario.
type DraftQuestion struct {
	Region     casus.ActorID // a country, a place, or a group of states
	AsOf       casus.Date
	Known      time.Time
	Days, Back int // how long it plays, and how far back to look for fighting
}

// draft is what a ledger gives for a scenario; each line has its records.
type draft struct {
	zones, borders, displaced, camps []string
	fleeing                          string
}

// Draft writes a scenario from a ledger: zones from fighting and changes of
// control, borders that were closed and not opened since, those already displaced and
// where they went from the flows. Every line names its records; what the ledger
// does not tell is left as a comment to fill in.
func Draft(ctx context.Context, b Beside, q DraftQuestion) (string, error) {
	if q.AsOf == 0 || q.Days < 1 || q.Back < 1 || q.Days > 3600 || q.Back > 3600 {
		return "", &casus.Error{Code: casus.Invalid, Input: "the draft", Problem: "it needs a day, and from 1 to 3600 days ahead and back"}
	}
	r := newRegion(b.World, q)
	var d draft
	parts := []func(context.Context, Beside, DraftQuestion, region) error{d.fighting, d.closings, d.flows} // each writes lines of its own
	wrong := make([]error, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() { wrong[i] = part(ctx, b, q, r) })
	}
	all.Wait()
	if err := cmp.Or(wrong...); err != nil {
		return "", err
	}
	return d.text(q), nil
}

// region is the lands and places that a draft is about.
type region struct {
	world *refdata.World
	lands []casus.ActorID
}

func newRegion(w *refdata.World, q DraftQuestion) region {
	return region{w, append(w.Members(q.Region, q.AsOf), q.Region)}
}

// has tells whether a place lies in the region.
func (r region) has(id casus.ActorID) bool {
	p, ok := r.world.Place(id)
	return ok && slices.ContainsFunc(r.lands, func(land casus.ActorID) bool { return id.Within(land) || p.Country == land })
}

// town tells whether people live in a place that can be a zone or a camp.
func (r region) town(id casus.ActorID) bool {
	p, ok := r.world.Place(id)
	return ok && p.Located && p.Kind != refdata.Country && p.Kind != refdata.Region && p.Kind != refdata.Water
}

// placesOf are the towns of the region that a record names: targets, ends of a
// relation, and where it happens.
func (r region) placesOf(rec casus.Record) []casus.ActorID {
	var out []casus.ActorID
	add := func(id casus.ActorID) {
		if r.town(id) && r.has(id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	rec.Body.Actors(func(role string, id casus.ActorID) {
		if role == "target" || role == "to" {
			add(id)
		}
	})
	for _, w := range rec.Where {
		add(casus.ActorID(w))
		if found := r.world.PlacesNamed(w); len(found) > 0 {
			add(found[0].ID)
		}
	}
	return out
}

// fighting gathers zones from the events and changes of control of the last days.
func (d *draft) fighting(ctx context.Context, b Beside, q DraftQuestion, r region) error {
	asked := q.since(q.Back)
	var questions []picture.Question
	for _, sort := range []string{string(casus.Assault), string(casus.Coerce), string(casus.Controls)} {
		asked.Type = sort
		questions = append(questions, asked)
	}
	entries, err := gather(ctx, b, questions, func(e ledger.Entry) bool { return fights(e) && len(r.placesOf(e.Record)) > 0 })
	if err != nil {
		return err
	}
	zones := gathered{}
	for _, e := range entries {
		zones.addAll(r.placesOf(e.Record), e)
	}
	for _, z := range zones.order {
		d.zones = append(d.zones, fmt.Sprintf("{place: %s, days: {from: %s, to: %s}, intensity: 1} # %s", z, q.AsOf.AddDays(1), q.AsOf.AddDays(q.Days), zones.records(z)))
	}
	return nil
}

// fights tells whether a record is of people who flee what happens there.
func fights(e ledger.Entry) bool {
	switch body := e.Record.Body.(type) {
	case *casus.Event:
		return body.Type == casus.Assault || body.Type == casus.Coerce && body.Mode == "seize"
	case *casus.Relation:
		return body.Type == casus.Controls && body.Change != casus.Held
	}
	return false
}

// bordersBack is how many days back closed borders are looked for: they stay
// closed until somebody opens them.
const bordersBack = 366

// closings gathers borders that were closed and not opened since. A record of
// them names somebody of the region, or happens there or at one of its crossings.
func (d *draft) closings(ctx context.Context, b Beside, q DraftQuestion, r region) error {
	table, err := readBorders(bordersTable)
	if err != nil {
		return err
	}
	asked := q.since(bordersBack)
	asked.Kinds = []casus.Kind{casus.KindEvent, casus.KindFigure, casus.KindFlow}
	var questions []picture.Question
	for _, land := range r.lands {
		named, there := asked, asked
		named.Actor, there.Place = string(land), string(land)
		questions = append(questions, named, there)
	}
	for _, c := range table.crossings {
		if !r.touches(c) {
			continue
		}
		for _, name := range c.written {
			at := asked
			at.Place = name
			questions = append(questions, at)
		}
	}
	entries, err := b.Picture.Saying(ctx, picture.SayingQuestion{Any: questions, Words: table.telling(r), Or: []string{"COERCE/restrict"}, Wanted: func(e ledger.Entry) bool {
		_, told := table.tells(r, e)
		return told
	}})
	if err != nil {
		return err
	}
	d.bordersOf(q, r, table, entries)
	return nil
}

// since asks for what began in the last days and is so.
func (q DraftQuestion) since(days int) picture.Question {
	return picture.Question{From: q.AsOf.AddDays(-days), To: q.AsOf, Starting: true, Known: q.Known,
		Statuses: []casus.Status{casus.Happened, casus.Ongoing}, Order: ledger.Oldest, Limit: gatherPage}
}

// gatherPage is how many records are looked at in one go.
const gatherPage = 1000

// gather asks several questions, two at a time, and returns the records that are
// wanted, each once, oldest first. What is not wanted is not kept.
func gather(ctx context.Context, b Beside, questions []picture.Question, wanted func(ledger.Entry) bool) ([]ledger.Entry, error) {
	found, failed := make([][]ledger.Entry, len(questions)), make([]error, len(questions))
	var all sync.WaitGroup
	turn := make(chan struct{}, 2)
	for i, q := range questions {
		turn <- struct{}{}
		all.Go(func() {
			defer func() { <-turn }()
			found[i], failed[i] = wantedOf(ctx, b, q, wanted)
		})
	}
	all.Wait()
	met := map[casus.RecordID]bool{}
	out := slices.DeleteFunc(slices.Concat(found...), func(e ledger.Entry) bool {
		again := met[e.ID]
		met[e.ID] = true
		return again
	})
	slices.SortStableFunc(out, func(x, y ledger.Entry) int {
		return cmp.Or(cmp.Compare(ledger.Day(x.Record.When), ledger.Day(y.Record.When)), x.Recorded.Compare(y.Recorded))
	})
	return out, errors.Join(failed...)
}

// wantedOf asks one question to its last page.
func wantedOf(ctx context.Context, b Beside, q picture.Question, wanted func(ledger.Entry) bool) ([]ledger.Entry, error) {
	var out []ledger.Entry
	for {
		page, err := b.Picture.Timeline(ctx, q)
		if casus.CodeOf(err) == casus.NotFound { // whom no record names
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		for _, e := range page.Entries {
			if wanted(e) {
				out = append(out, e)
			}
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

// flowsBack is how many days back flows count: who fled longer ago has settled or gone.
const flowsBack = 366

// flows gathers who is displaced already, and where people go.
func (d *draft) flows(ctx context.Context, b Beside, q DraftQuestion, r region) error {
	asked := q.since(flowsBack)
	asked.Kinds, asked.Starting = []casus.Kind{casus.KindFlow}, false
	entries, err := wantedOf(ctx, b, asked, r.fled)
	if err != nil {
		return err
	}
	latest := map[casus.ActorID]ledger.Entry{}
	var order []casus.ActorID
	for _, e := range entries {
		f, ok := e.Record.Body.(*casus.Flow)
		if !ok {
			continue
		}
		if _, met := latest[f.Destination]; !met {
			order = append(order, f.Destination)
		}
		latest[f.Destination] = e
	}
	for _, to := range order {
		d.destination(q, r, to, latest[to])
	}
	return nil
}

// fled tells whether a record counts who fled from the region and where to.
func (r region) fled(e ledger.Entry) bool {
	f, ok := e.Record.Body.(*casus.Flow)
	return ok && f.Destination != "" && f.Low != nil && (f.Cause == casus.CauseConflict || f.Cause == casus.CauseUnknown) &&
		f.Origin != "" && (slices.Contains(r.lands, casus.ActorID(f.Origin.Head())) || r.has(f.Origin))
}

// destination adds a place where people went as a camp without bound, with those
// who are there. Of a country that is its seat of population: an analyst knows better.
func (d *draft) destination(q DraftQuestion, r region, to casus.ActorID, e ledger.Entry) {
	place, why := to, ""
	if !r.town(to) {
		towns, err := r.world.Towns(to, 1)
		if err != nil || len(towns) == 0 {
			return
		}
		place, why = towns[0].ID, "; the flow names "+string(to)+" only"
	}
	f, ok := e.Record.Body.(*casus.Flow)
	if !ok {
		return
	}
	comment := fmt.Sprintf("# %s, %s%s", e.ID, e.Record.When, why)
	d.camps = append(d.camps, fmt.Sprintf("{place: %s, capacity: 0} %s", place, comment))
	d.displaced = append(d.displaced, fmt.Sprintf("{date: %s, persons: %.0f, in: %s} %s", q.AsOf, *f.Low, place, comment))
	d.fleeing = fmt.Sprintf("# the ledger's latest: %.0f persons to %s, %s (%s)", *f.Low, to, e.Record.When, e.ID)
}

// text writes the draft as a file that casus foresee check passes.
func (d *draft) text(q DraftQuestion) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# A first draft from the ledger, as of %s: every line names the records that it is from.\n", q.AsOf)
	fmt.Fprintf(&b, "# What happens next is yours to assume. Check it with: casus foresee check FILE\n")
	fmt.Fprintf(&b, "casus-scenario: %d\nname: What if, %s from %s\n", scenario.Version, q.Region, q.AsOf)
	fmt.Fprintf(&b, "clock: {true-on: %s", q.AsOf)
	if !q.Known.IsZero() {
		fmt.Fprintf(&b, ", known-on: %s", casus.DateOf(q.Known))
	}
	fmt.Fprintf(&b, "}\nperiod: {from: %s, to: %s}\n", q.AsOf.AddDays(1), q.AsOf.AddDays(q.Days))
	fmt.Fprintf(&b, "\nevents:\n  # - {date: %s, type: ASSAULT, source: …, target: …, place: …}\n", q.AsOf.AddDays(1))
	section(&b, "zones", d.zones, "no fighting or change of control is told in these days")
	fmt.Fprintf(&b, "\nfleeing: # how many leave is yours to assume\n")
	if d.fleeing != "" {
		fmt.Fprintf(&b, "  %s\n", d.fleeing)
	}
	fmt.Fprintf(&b, "  # - {days: {from: %s, to: %s}, persons: …}\n", q.AsOf.AddDays(1), q.AsOf.AddDays(q.Days))
	section(&b, "borders", d.borders, "no closed border is told")
	section(&b, "camps", d.camps, "no destination is told")
	section(&b, "displaced", d.displaced, "nobody displaced is told")
	fmt.Fprintf(&b, "\nseeds: [1, 2, 3, 4, 5]\n")
	return b.String()
}

func section(b *strings.Builder, name string, lines []string, nothing string) {
	fmt.Fprintf(b, "\n%s:\n", name)
	if len(lines) == 0 {
		fmt.Fprintf(b, "  # %s\n", nothing)
	}
	for _, line := range slices.Compact(lines) {
		if !strings.HasPrefix(line, "#") {
			line = "- " + line
		}
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// gathered is records by what they are about, in the order in which it was met.
type gathered struct {
	order []string
	by    map[string][]string
}

func (g *gathered) add(what string, e ledger.Entry) {
	if g.by == nil {
		g.by = map[string][]string{}
	}
	if g.by[what] == nil {
		g.order = append(g.order, what)
	}
	g.by[what] = append(g.by[what], fmt.Sprintf("%s %s", e.Record.When, e.ID))
}

func (g *gathered) addAll(places []casus.ActorID, e ledger.Entry) {
	for _, p := range places {
		g.add(string(p), e)
	}
}

// mostCited is how many records a line of a draft names.
const mostCited = 4

func (g *gathered) records(what string) string {
	list := g.by[what]
	if len(list) > mostCited {
		return strings.Join(list[:mostCited], ", ") + fmt.Sprintf(" and %d more", len(list)-mostCited)
	}
	return strings.Join(list, ", ")
}
