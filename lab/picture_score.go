package lab

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
	"casus/picture"
)

// PictureBench is what scoring a case needs of the rest of the program.
type PictureBench struct {
	// Ledger returns a new, empty ledger that links near-copies.
	Ledger func() ledger.Ledger
	// Reading makes a reading of an article, by the reader or, where byHand is
	// not nil, of these records.
	Reading func(a casus.Article, byHand []casus.Record) (ledger.Reading, error)
	// Picture draws the picture of a ledger.
	Picture func(ledger.Ledger) (*picture.Picture, error)
}

// AblatePicture scores the cases without each feature that grouping weighs, in
// turn, by its name.
func AblatePicture(ctx context.Context, bench PictureBench, cases []PictureCase) (map[string][]CaseScore, error) {
	out := map[string][]CaseScore{}
	readings := bench.once()
	for _, feature := range picture.Features() {
		less := bench
		less.Reading = readings
		less.Picture = func(l ledger.Ledger) (*picture.Picture, error) {
			p, err := bench.Picture(l)
			if err != nil {
				return nil, err
			}
			return p.Without(feature)
		}
		scores, err := ScorePicture(ctx, less, cases)
		if err != nil {
			return nil, fmt.Errorf("without %s: %w", feature, err)
		}
		out[feature] = scores
	}
	return out, nil
}

// once returns the bench's Reading that reads each text once.
func (bench PictureBench) once() func(casus.Article, []casus.Record) (ledger.Reading, error) {
	kept := map[string]ledger.Reading{}
	return func(a casus.Article, byHand []casus.Record) (ledger.Reading, error) {
		if byHand != nil {
			return bench.Reading(a, byHand)
		}
		key := a.Language + a.Date.String() + a.Publisher + a.Text
		if r, ok := kept[key]; ok {
			r.Article.ID = a.ID
			return r, nil
		}
		r, err := bench.Reading(a, nil)
		kept[key] = r
		return r, err
	}
}

// CaseScore is what the picture made of one case.
type CaseScore struct {
	Name   string   `json:"name"`
	Folder string   `json:"folder"`
	Family string   `json:"family"`
	Form   string   `json:"form"`             // text or records
	Right  []string `json:"right,omitempty"`  // wanted, and answered
	Missed []string `json:"missed,omitempty"` // wanted, and not answered
	Beyond []string `json:"beyond,omitempty"` // answered, and not wanted
}

// ScorePicture asks the picture what the cases ask, each case in a ledger of
// its own, through the reader and, of cases that have them, with the records
// made by hand.
func ScorePicture(ctx context.Context, bench PictureBench, cases []PictureCase) ([]CaseScore, error) {
	var out []CaseScore
	for _, c := range cases {
		for _, form := range []string{"text", "records"} {
			if form == "records" && c.ByHand == nil {
				continue
			}
			s, err := bench.score(ctx, c, form)
			if err != nil {
				return nil, fmt.Errorf("case %s: %w", c.Name, err)
			}
			out = append(out, s)
		}
	}
	return out, nil
}

func (bench PictureBench) score(ctx context.Context, c PictureCase, form string) (CaseScore, error) {
	s := CaseScore{Name: c.Name, Folder: c.Folder, Family: c.Family, Form: form}
	l := bench.Ledger()
	defer l.Close()
	for _, a := range c.Articles {
		var byHand []casus.Record
		if form == "records" {
			byHand = append([]casus.Record{}, c.ByHand[a.ID]...)
		}
		r, err := bench.Reading(a, byHand)
		if err != nil {
			return s, err
		}
		if _, err := l.Append(ctx, r); err != nil {
			return s, err
		}
	}
	p, err := bench.Picture(l)
	if err != nil {
		return s, err
	}
	answers, err := c.ask(ctx, p)
	if err != nil {
		return s, err
	}
	met := make([]bool, len(c.wanted))
	for _, answer := range answers {
		i := slices.IndexFunc(c.wanted, answer.meets)
		switch {
		case i < 0:
			s.Beyond = append(s.Beyond, answer.line)
		case !met[i]: // that a thing is answered twice, as figure and as flow, is no error
			met[i] = true
			s.Right = append(s.Right, c.wanted[i].line)
		}
	}
	for i, w := range c.wanted {
		if !met[i] {
			s.Missed = append(s.Missed, w.line)
		}
	}
	return s, nil
}

// answered is one answer of the picture.
type answered struct {
	line  string // as a case would write it
	meets func(wanted) bool
}

// ask asks the picture what the case asks.
func (c PictureCase) ask(ctx context.Context, p *picture.Picture) ([]answered, error) {
	var out []answered
	contradictions, err := p.Contradictions(ctx, picture.Question{})
	if err != nil {
		return nil, err
	}
	for _, each := range contradictions {
		out = append(out, contradictionAnswer(each))
	}
	if c.promises {
		promises, err := p.Promises(ctx, picture.Question{To: c.On})
		if err != nil {
			return nil, err
		}
		for _, each := range promises {
			out = append(out, promiseAnswer(each))
		}
	}
	if c.same {
		things, err := p.Things(ctx, picture.Question{Kinds: []casus.Kind{casus.KindEvent, casus.KindFlow}, Order: ledger.Oldest, Limit: ledger.MaxLimit})
		if err != nil {
			return nil, err
		}
		for _, each := range things.Things {
			if severalArticles(each) {
				out = append(out, sameAnswer(each))
			}
		}
	}
	return out, nil
}

func contradictionAnswer(c picture.Contradiction) answered {
	var sides []string
	for _, side := range c.Sides {
		sides = append(sides, tells(side.Entries[:1]))
	}
	return answered{
		line: fmt.Sprintf("contradiction: %s | %s | %s", c.Rivalry, strings.Join(sides, " ~ "), c.Verdict),
		meets: func(w wanted) bool {
			if w.asked != "contradiction" || w.rivalry != c.Rivalry || w.verdict != c.Verdict || len(w.tellings) != len(c.Sides) {
				return false
			}
			used := make([]bool, len(c.Sides))
			for _, t := range w.tellings {
				i := slices.IndexFunc(c.Sides, func(s picture.Side) bool { return t.in(s.Entries) })
				for i >= 0 && used[i] && i+1 < len(c.Sides) && t.in(c.Sides[i+1].Entries) {
					i++
				}
				if i < 0 || used[i] {
					return false
				}
				used[i] = true
			}
			return true
		},
	}
}

func promiseAnswer(p picture.Promise) answered {
	body, _ := p.Entries[0].Record.Body.(*casus.Commitment)
	state := string(p.State)
	if p.Overdue {
		state += " overdue"
	}
	return answered{
		line: fmt.Sprintf("promise: %s | %s → %s | %s", tells(p.Entries), body.Debtor, body.Beneficiary, state),
		meets: func(w wanted) bool {
			return w.asked == "promise" && w.state == p.State && w.overdue == p.Overdue && w.tellings[0].in(p.Entries) &&
				sameSide(p.Entries[0], w.debtor, body.Debtor) && sameSide(p.Entries[0], w.beneficiary, body.Beneficiary)
		},
	}
}

// sameSide compares ids as scoring records does: by their first segment, a
// person by whom the person acts for.
func sameSide(e ledger.Entry, want, got casus.ActorID) bool {
	if office := e.ActsFor[got]; office != "" {
		got = office
	}
	return want.Head() == got.Head()
}

// sameAnswer is met where the group has all the tellings and no other, and as
// many origins as the case says.
func sameAnswer(g picture.Group) answered {
	return answered{
		line: fmt.Sprintf("same: %s | %d origins", tells(g.Entries), len(g.Origins)),
		meets: func(w wanted) bool {
			if w.asked != "same" || w.origins != 0 && w.origins != len(g.Origins) {
				return false
			}
			for _, t := range w.tellings {
				if !t.in(g.Entries) {
					return false
				}
			}
			return !slices.ContainsFunc(g.Entries, func(e ledger.Entry) bool {
				return !slices.ContainsFunc(w.tellings, func(t telling) bool { return t.in([]ledger.Entry{e}) })
			})
		},
	}
}

func severalArticles(g picture.Group) bool {
	return slices.ContainsFunc(g.Entries, func(e ledger.Entry) bool { return e.Article.ID != g.Entries[0].Article.ID })
}

// tells writes entries as tellings.
func tells(entries []ledger.Entry) string {
	var out []string
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%s: %s", e.Article.ID, e.Record.Quote))
	}
	return strings.Join(out, " = ")
}

// in tells whether one of the entries stands in the telling's words: for a
// figure, its number; for all else, any of its words.
func (t telling) in(entries []ledger.Entry) bool {
	return slices.ContainsFunc(entries, func(e ledger.Entry) bool {
		if e.Article.ID != t.article {
			return false
		}
		if f, ok := e.Record.Body.(*casus.Figure); ok {
			return t.span.Overlaps(numberPlace(e.Record, f))
		}
		return t.span.Overlaps(e.Record.Span) || slices.ContainsFunc(e.Mentions, func(m casus.Mention) bool { return t.span.Overlaps(m.Span) })
	})
}

// numberPlace is where a figure's number stands; the whole quote where it cannot
// be found there.
func numberPlace(r casus.Record, f *casus.Figure) casus.Span {
	at := strings.Index(r.Quote, f.AsWritten)
	if at < 0 || f.AsWritten == "" {
		return r.Span
	}
	start := r.Span.Start + len([]rune(r.Quote[:at]))
	return casus.Span{Start: start, End: start + len([]rune(f.AsWritten))}
}
