package picture

import (
	"math"
	"slices"

	"casus"
	"casus/ledger"
	"casus/ledger/fulltext"
)

// told is an entry with what deciding on sameness needs of it.
type told struct {
	ledger.Entry
	parties [2][]casus.ActorID // by side: who does, has, owes or leaves, and to whom; heads, persons by whom they act for
	around  []casus.ActorID    // whom the records in the same words name
	terms   map[string]bool    // stems of the quote
	of      map[string]bool    // of a figure, stems of what is counted
}

// tellAll prepares entries. For figures, which name nobody, it looks at the
// records of the same article that share words with them.
func tellAll(entries []ledger.Entry) []told {
	byArticle := map[casus.ArticleID][]int{}
	out := make([]told, len(entries))
	for i, e := range entries {
		out[i] = told{Entry: e, terms: stems(e.Record.Quote, e.Article.Language)}
		out[i].parties = partiesOf(e)
		byArticle[e.Article.ID] = append(byArticle[e.Article.ID], i)
	}
	for _, list := range byArticle {
		for _, i := range list {
			f, ok := out[i].Record.Body.(*casus.Figure)
			if !ok {
				continue
			}
			out[i].of = stems(f.Of, out[i].Article.Language)
			for _, j := range list {
				if i != j && out[i].Record.Span.Overlaps(out[j].Record.Span) {
					out[i].around = append(out[i].around, slices.Concat(out[j].parties[0], out[j].parties[1])...)
				}
			}
		}
	}
	return out
}

// stems are the content words of a text: those longer than three letters.
func stems(text, language string) map[string]bool {
	out := map[string]bool{}
	for _, w := range fulltext.Words(text, language) {
		if len(w.Term) > 3 {
			out[w.Term] = true
		}
	}
	return out
}

func partiesOf(e ledger.Entry) (sides [2][]casus.ActorID) {
	add := func(side int, ids ...casus.ActorID) {
		for _, id := range ids {
			if id != "" {
				sides[side] = append(sides[side], sideOf(id, e.ActsFor))
			}
		}
	}
	switch b := e.Record.Body.(type) {
	case *casus.Event:
		add(0, b.Source...)
		add(1, b.Target...)
	case *casus.Claim:
		add(0, b.Speaker)
		add(1, b.About...)
	case *casus.Relation:
		add(0, b.From)
		add(1, b.To)
	case *casus.Commitment:
		add(0, b.Debtor)
		add(1, b.Beneficiary)
	case *casus.Flow:
		add(0, b.Group, b.Origin)
		add(1, b.Destination)
	}
	return sides
}

// quadOf is PLOVER's quad class of an event type: 1 verbal and 2 material
// cooperation, 3 verbal and 4 material conflict.
func quadOf(t casus.EventType) int {
	switch t {
	case casus.Agree, casus.Consult, casus.Support, casus.Concede:
		return 1
	case casus.Cooperate, casus.Aid, casus.Retreat:
		return 2
	case casus.Request, casus.Accuse, casus.Reject, casus.Threaten:
		return 3
	}
	return 4
}

// same tells how surely two entries tell of one and the same thing, 0 to 1,
// whatever status they give it and whatever number. Each feature gives or
// takes evidence in log-odds; the weights are set by hand and held to the case
// set (casus lab picture).
func same(a, b *told) float64 {
	if a.Record.Kind() != b.Record.Kind() {
		return 0
	}
	sort, ok := sameSort(a, b)
	if !ok {
		return 0
	}
	days := daysApart(a.Record.When, b.Record.When)
	if days > farthest(a.Record.Kind()) {
		return 0
	}
	evidence := sort + nearness(days, a, b)
	if a.Article.ID == b.Article.ID && a.Record.By == b.Record.By {
		evidence -= 2 // whoever tells a thing tells it once; the reader sees to that
	}
	for side := range a.parties {
		x, y := a.parties[side], b.parties[side]
		switch {
		case len(x) == 0 || len(y) == 0:
		case slices.ContainsFunc(x, func(id casus.ActorID) bool { return slices.Contains(y, id) }):
			evidence += 1.5
		case unknownOnly(x) || unknownOnly(y): // a rival name for the same deed
		default:
			evidence -= 3
		}
	}
	if a.Article.Language == b.Article.Language {
		evidence += 4*likeness(a.terms, b.terms) - 0.8
	}
	evidence += placeEvidence(a.Record.Where, b.Record.Where)
	return 1 / (1 + math.Exp(-evidence))
}

func unknownOnly(ids []casus.ActorID) bool { return len(ids) == 1 && ids[0] == "unknown" }

// sameSort gives the evidence of the records' sorts, and whether they can be
// of one thing at all.
func sameSort(a, b *told) (float64, bool) {
	switch x := a.Record.Body.(type) {
	case *casus.Event:
		y := b.Record.Body.(*casus.Event)
		switch {
		case x.Type == y.Type && x.Mode == y.Mode:
			return -0.5, true
		case x.Type == y.Type:
			return -1, true
		}
		return -2, quadOf(x.Type) == quadOf(y.Type)
	case *casus.Claim:
		return -2, x.Act == b.Record.Body.(*casus.Claim).Act
	case *casus.Figure:
		y := b.Record.Body.(*casus.Figure)
		return figureEvidence(a, b), x.Unit == y.Unit
	case *casus.Relation:
		y := b.Record.Body.(*casus.Relation)
		return 1, x.Type == y.Type && x.From == y.From && x.To == y.To
	case *casus.Commitment:
		return -1.5, x.Basis == b.Record.Body.(*casus.Commitment).Basis
	case *casus.Flow:
		return -0.5, x.Group.Head() == b.Record.Body.(*casus.Flow).Group.Head()
	}
	return 0, false
}

// figureEvidence says whether two numbers count the same: what is counted, and
// whom the words around them name.
func figureEvidence(a, b *told) float64 {
	evidence := -3.5
	if a.Article.Language == b.Article.Language {
		evidence += 2 * likeness(a.of, b.of)
	}
	shared := 0
	for _, id := range a.around {
		if slices.Contains(b.around, id) {
			shared++
		}
	}
	return evidence + min(float64(shared), 2)
}

// farthest is how many days apart two tellings of a thing of a kind may be.
func farthest(k casus.Kind) int {
	switch k {
	case casus.KindRelation, casus.KindCommitment:
		return 400
	case casus.KindFlow, casus.KindFigure:
		return 7
	}
	return 3
}

// nearness is the evidence of time: of things that last little is to be had.
func nearness(days int, a, b *told) float64 {
	if a.Record.When.IsOpen() || b.Record.When.IsOpen() {
		return -0.5
	}
	if k := a.Record.Kind(); k == casus.KindRelation || k == casus.KindCommitment {
		return 0
	}
	return 1 - 0.7*float64(days)
}

// daysApart is how far two periods are from sharing a day; 0 if they do.
func daysApart(p, q casus.Period) int {
	switch {
	case p.Overlaps(q):
		return 0
	case p.To != 0 && q.From != 0 && p.To < q.From:
		return int(q.From - p.To)
	}
	return int(p.From - q.To)
}

// likeness is the cosine of two sets of stems.
func likeness(a, b map[string]bool) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	shared := 0
	for t := range a {
		if b[t] {
			shared++
		}
	}
	return float64(shared) / math.Sqrt(float64(len(a)*len(b)))
}

// placeEvidence speaks for two records that share their narrowest place, a
// little for those that share a wider one, against those that share none.
func placeEvidence(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if ledger.FoldPlace(a[0]) == ledger.FoldPlace(b[0]) {
		return 1
	}
	for _, x := range a {
		for _, y := range b {
			p, q := casus.ActorID(ledger.FoldPlace(x)), casus.ActorID(ledger.FoldPlace(y))
			if p.Within(q) || q.Within(p) {
				return 0.3
			}
		}
	}
	return -1
}
