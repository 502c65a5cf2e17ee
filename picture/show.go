package picture

import (
	"cmp"
	"context"
	_ "embed"
	"slices"
	"strings"
	"time"

	"casus"
	"casus/ledger"
)

// Portrait is what the ledger says of an actor as of a day.
type Portrait struct {
	Actor   casus.Actor `json:"actor"` // with all its names, and a person's offices
	AsOf    casus.Date  `json:"as_of"`
	Records int         `json:"records"` // that name it, a part of it or who acts for it

	// Offices are those that it held and, of a body, that were held in it;
	// Governments are of the places that it governed, and of who governed it. Reference
	// data have them, with a source: those that began by the day, the latest first.
	Offices     []OfficeHeld `json:"offices"`
	Governments []Government `json:"governments"`

	Relations   []Holding      `json:"relations"`   // in force on the day
	Contested   []Holding      `json:"contested"`   // said to be denied, possible, planned or conditional
	Deployments []Deployment   `json:"deployments"` // of Relations, those that station forces, with numbers
	Owes        []ledger.Entry `json:"owes"`        // open commitments of which it is the debtor
	Owed        []ledger.Entry `json:"owed"`        // open commitments made to it
	Statements  []ledger.Entry `json:"statements"`  // the latest words of it or who speaks for it
	Events      []ledger.Entry `json:"events"`      // the latest events that it takes part in
	// Grades says of each of Events how far the thing can be relied on that it
	// tells of, by what else is told of this actor in those days.
	Grades map[casus.RecordID]Grade `json:"grades"`
}

// Holding is a relation and the records that say so.
type Holding struct {
	Type casus.RelationType `json:"type"`
	From casus.ActorID      `json:"from"`
	To   casus.ActorID      `json:"to"`
	// Since is the first day from which one of the records has it, open where none says.
	Since casus.Date `json:"since"`
	// Evidence is the record that decides and others that say the same, the
	// latest to speak first.
	Evidence []ledger.Entry `json:"evidence"`
	Origins  []Origin       `json:"origins"` // on whose word it rests, each once
	Grade    Grade          `json:"grade"`   // by what else is said of it
}

func (h Holding) key() relationKey { return relationKey{h.Type, h.From, h.To} }

// HoldsPlace tells whether it is of holding a place.
func (h Holding) HoldsPlace() bool { return ledger.HoldsPlace(h.Type) }

// rivals tells whether two that hold a place are different sides: one that
// covers the other, as a state its own forces, is none.
func (h Holding) rivals(other Holding) bool {
	return !h.From.Within(other.From) && !other.From.Within(h.From)
}

// denied tells whether somebody denies it.
func (h Holding) denied() bool {
	return slices.ContainsFunc(h.Evidence, func(e ledger.Entry) bool { return e.Record.Status == casus.Denied })
}

// Deployment is a relation that stations forces, with the numbers that stand
// in the same words.
type Deployment struct {
	Holding
	Figures []ledger.Entry `json:"figures"`
}

// ShowQuestion asks for a portrait.
type ShowQuestion struct {
	Actor    string     // as a person types it
	AsOf     casus.Date // zero is the end of time: all that was ever told
	Known    time.Time  // see ledger.Query
	Recorded time.Time
}

// How much of each sort a portrait has.
const (
	portraitCommitments = 20 // of each open state
	portraitLatest      = 10
	portraitDeployments = 20
	portraitWeighed     = 100 // events by which the latest are graded
)

// Show draws an actor's portrait.
//
// A relation is in force on a day if a record has it begin or hold on or
// before that day, or has no start for it, and no record that speaks of the
// same time or later has it end on or before the day. Only records that present
// it as so count (ledger.Asserted); the others are contested, with whoever says
// so. What holds for a period that is over is not in force.
func (p *Picture) Show(ctx context.Context, q ShowQuestion) (Portrait, error) {
	actor, err := p.Resolve(ctx, q.Actor)
	if err != nil {
		return Portrait{}, err
	}
	facts := p.lexicon.facts.of(actor.ID, q.AsOf)
	portrait := Portrait{Actor: actor, AsOf: q.AsOf, Offices: facts.Offices, Governments: facts.Governments}
	stored, err := p.stored(ctx, actor.ID)
	if err != nil {
		return portrait, err
	}
	if stored != nil {
		portrait.Records = stored.Records
	}
	h, err := p.hand(ctx, q.Recorded)
	if err != nil {
		return portrait, err
	}
	err = sideBySide(func() error { return p.relations(ctx, q, &portrait, h) }, func() error {
		if err := p.records(ctx, q, &portrait); err != nil {
			return err
		}
		return p.gradeEvents(ctx, q, &portrait, h)
	})
	return portrait, err
}

// relations fills in what held on the day.
func (p *Picture) relations(ctx context.Context, q ShowQuestion, portrait *Portrait, h hand) error {
	evidence, err := p.ledger.Relations(ctx, ledger.RelationQuery{Actor: portrait.Actor.ID, On: q.AsOf, Known: q.Known, Recorded: q.Recorded})
	if err != nil {
		return err
	}
	portrait.Relations, portrait.Contested = holdings(evidence, q.AsOf)
	if err = p.gradeHoldings(ctx, portrait.Relations, portrait.Contested, h, func(Holding) bool { return true }); err != nil {
		return err
	}
	portrait.Deployments, err = p.deployments(ctx, portrait.Relations, q, portraitDeployments)
	return err
}

// records fills in what is a list of records.
func (p *Picture) records(ctx context.Context, q ShowQuestion, portrait *Portrait) error {
	ask := func(into *[]ledger.Entry, kind casus.Kind, sort string, limit int, roles ...ledger.Role) error {
		page, err := p.ledger.Records(ctx, ledger.Query{Kinds: []casus.Kind{kind}, Type: sort, Actor: portrait.Actor.ID, Roles: roles,
			To: q.AsOf, Known: q.Known, Recorded: q.Recorded, Limit: limit})
		*into = append(*into, page.Entries...)
		return err
	}
	portrait.Owes, portrait.Owed = []ledger.Entry{}, []ledger.Entry{}
	for _, state := range []casus.State{casus.Triggered, casus.InForce, casus.Offered} {
		if err := ask(&portrait.Owes, casus.KindCommitment, string(state), portraitCommitments, ledger.Debtor); err != nil {
			return err
		}
		if err := ask(&portrait.Owed, casus.KindCommitment, string(state), portraitCommitments, ledger.Beneficiary); err != nil {
			return err
		}
	}
	portrait.Statements, portrait.Events = []ledger.Entry{}, []ledger.Entry{}
	if err := ask(&portrait.Statements, casus.KindClaim, "", portraitLatest, ledger.Speaker); err != nil {
		return err
	}
	return ask(&portrait.Events, casus.KindEvent, "", portraitLatest, ledger.Source, ledger.Target)
}

// relationKey is a relation without what a record says of it.
type relationKey struct {
	sort     casus.RelationType
	from, to casus.ActorID
}

// holdings sorts the evidence by relation and judges each; they come by type,
// then by their ends.
func holdings(evidence []ledger.Entry, on casus.Date) (inForce, contested []Holding) {
	inForce, contested = []Holding{}, []Holding{}
	ranks := map[casus.RelationType]int{}
	for i, t := range casus.RelationTypes() {
		ranks[t] = i
	}
	type said struct {
		rank int
		relationKey
		at int // among the evidence
	}
	list := make([]said, len(evidence))
	for i := range evidence {
		rel := evidence[i].Record.Body.(*casus.Relation)
		list[i] = said{ranks[rel.Type], relationKey{rel.Type, rel.From, rel.To}, i}
	}
	slices.SortFunc(list, func(a, b said) int {
		switch {
		case a.rank != b.rank:
			return a.rank - b.rank
		case a.from != b.from:
			return cmp.Compare(a.from, b.from)
		case a.to != b.to:
			return cmp.Compare(a.to, b.to)
		}
		return a.at - b.at
	})
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].relationKey == list[0].relationKey {
			n++
		}
		of := make([]ledger.Entry, n)
		for i := range of {
			of[i] = evidence[list[i].at]
		}
		said, doubted := judge(of, on)
		if len(said) > 0 {
			inForce = append(inForce, holding(list[0].relationKey, said))
		}
		if len(doubted) > 0 {
			contested = append(contested, holding(list[0].relationKey, doubted))
		}
		list = list[n:]
	}
	return inForce, contested
}

// judge returns the records by which one relation is in force on a day, and
// those that say it may be, will be or is not.
func judge(evidence []ledger.Entry, on casus.Date) (said, doubted []ledger.Entry) {
	for _, e := range evidence {
		switch {
		case !ledger.Reaches(e, on):
		case !ledger.Asserted(e.Record):
			doubted = append(doubted, e)
		case change(e) != casus.Ends && !ended(e, evidence, on):
			said = append(said, e)
		}
	}
	return said, doubted
}

func change(e ledger.Entry) casus.Change { return e.Record.Body.(*casus.Relation).Change }

// ended tells whether some record has the relation end by the day, at the time
// that e speaks of or later.
func ended(e ledger.Entry, evidence []ledger.Entry, on casus.Date) bool {
	return slices.ContainsFunc(evidence, func(end ledger.Entry) bool {
		day := ledger.Anchor(end)
		return change(end) == casus.Ends && ledger.Asserted(end.Record) && (on == 0 || day <= on) && ledger.Anchor(e) <= day
	})
}

func holding(key relationKey, evidence []ledger.Entry) Holding {
	h := Holding{Type: key.sort, From: key.from, To: key.to, Evidence: evidence}
	for _, e := range evidence {
		if from := e.Record.When.From; from != 0 && (h.Since == 0 || from < h.Since) {
			h.Since = from
		}
	}
	slices.SortStableFunc(h.Evidence, func(a, b ledger.Entry) int { return cmp.Compare(ledger.Anchor(b), ledger.Anchor(a)) })
	return h
}

// unitsOfForce lists the units of numbers that tell how strong a force is, one
// on a line; the dead among persons do not.
//
//go:embed forces.txt
var unitsOfForce string

// deployments finds the relations that station forces, and their numbers: at
// most so many.
func (p *Picture) deployments(ctx context.Context, relations []Holding, q ShowQuestion, most int) ([]Deployment, error) {
	out := []Deployment{}
	var articles []casus.ArticleID
	asked := map[casus.ArticleID]bool{}
	for _, h := range relations {
		if h.Type != casus.DeploysIn && h.Type != casus.BasesIn || len(out) == most {
			continue
		}
		out = append(out, Deployment{Holding: h, Figures: []ledger.Entry{}})
		for _, e := range h.Evidence {
			if !asked[e.Article.ID] {
				asked[e.Article.ID] = true
				articles = append(articles, e.Article.ID)
			}
		}
	}
	figures, err := p.figuresIn(ctx, articles, q)
	if err != nil {
		return nil, err
	}
	for i := range out {
		for _, e := range out[i].Evidence {
			for _, f := range figures[e.Article.ID] {
				if f.Record.Span.Overlaps(e.Record.Span) {
					out[i].Figures = append(out[i].Figures, f)
				}
			}
		}
	}
	return out, nil
}

// figuresIn finds the numbers of articles that tell how strong a force is.
func (p *Picture) figuresIn(ctx context.Context, articles []casus.ArticleID, q ShowQuestion) (map[casus.ArticleID][]ledger.Entry, error) {
	out := map[casus.ArticleID][]ledger.Entry{}
	entries, err := p.ofArticles(ctx, articles, ledger.Query{Kinds: []casus.Kind{casus.KindFigure}, Known: q.Known, Recorded: q.Recorded})
	units := strings.Fields(unitsOfForce)
	for _, f := range entries {
		if slices.Contains(units, ledger.TypeOf(f.Record)) {
			out[f.Article.ID] = append(out[f.Article.ID], f)
		}
	}
	return out, err
}
