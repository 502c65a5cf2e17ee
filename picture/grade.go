package picture

import (
	"context"
	"slices"

	"casus"
	"casus/ledger"
)

// Credibility is how far an item can be believed, by the Admiralty code (NATO
// AJP-2.1): 1 confirmed by other sources, 2 probably true, 3 possibly true,
// 4 doubtful, 5 improbable, 6 cannot be judged. It is judged from the item
// alone, apart from how reliable its sources are.
type Credibility int

// Grade says how far a thing can be relied on: its sources, and itself.
type Grade struct {
	// Reliability is the best that an analyst has given any of its origins, "F"
	// where none has a grade.
	Reliability ledger.Reliability `json:"reliability"`
	Credibility Credibility        `json:"credibility"`
}

// credibility judges a thing by the independent origins that tell it so and
// those that tell it otherwise. Nobody confirms himself: it takes three for a
// thing to be confirmed, and where as many speak against it as for it, it is
// doubtful.
func credibility(g Group, against []Origin) Credibility {
	others := 0
	for _, o := range against {
		if !slices.Contains(g.Origins, o) {
			others++
		}
	}
	asserted := slices.ContainsFunc(g.Entries, func(e ledger.Entry) bool { return ledger.Asserted(e.Record) })
	switch n := len(g.Origins); {
	case !asserted:
		return 6 // only planned, possible, conditional or denied
	case others > n:
		return 5
	case others > 0 && others == n:
		return 4
	case n >= 3 && others == 0:
		return 1
	case n == 2 || others > 0:
		return 2
	}
	return 3
}

// reliability is the best grade that an analyst gave one of the origins.
func reliability(origins []Origin, grades map[string]ledger.Reliability) ledger.Reliability {
	best := ledger.Reliability("F")
	for _, o := range origins {
		if r, ok := grades[o.String()]; ok && r < best {
			best = r
		}
	}
	return best
}

// Graded gives things their grades, in their order. rivals are contradictions
// that the same days have.
func (p *Picture) Graded(ctx context.Context, things []Group, rivals []Contradiction) ([]Grade, error) {
	corrections, err := p.ledger.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil {
		return nil, err
	}
	grades := ledger.Grades(corrections)
	out := make([]Grade, len(things))
	for i, g := range things {
		out[i] = Grade{reliability(g.Origins, grades), credibility(g, against(g, rivals))}
	}
	return out, nil
}

// against lists the origins on the other sides of the contradictions that a
// thing is in.
func against(g Group, rivals []Contradiction) []Origin {
	in := map[casus.RecordID]bool{}
	for _, e := range g.Entries {
		in[e.ID] = true
	}
	var out []Origin
	for _, c := range rivals {
		mine := slices.IndexFunc(c.Sides, func(s Side) bool {
			return slices.ContainsFunc(s.Entries, func(e ledger.Entry) bool { return in[e.ID] })
		})
		if mine < 0 {
			continue
		}
		for i, s := range c.Sides {
			if i != mine {
				out = append(out, s.Origins...)
			}
		}
	}
	return out
}

// Source is an outlet or speaker with what the ledger has of it.
type Source struct {
	Name        string             `json:"name"` // a publisher, or an actor's id
	Articles    int                `json:"articles,omitempty"`
	Reliability ledger.Reliability `json:"reliability"` // "F" without a grade
	By          string             `json:"by,omitempty"`
	Reason      string             `json:"reason,omitempty"`
}

// Sources lists the publishers, most articles first, and the speakers that were
// graded, with their grades.
func (p *Picture) Sources(ctx context.Context, publishers map[string]int) ([]Source, error) {
	corrections, err := p.ledger.Corrections(ctx, ledger.CorrectionQuery{})
	if err != nil {
		return nil, err
	}
	kept := map[string]*Source{}
	for name, n := range publishers {
		kept[name] = &Source{Name: name, Articles: n, Reliability: "F"}
	}
	for _, c := range corrections {
		if c.Action != ledger.Grade || c.Undone != 0 {
			continue
		}
		if kept[c.Source] == nil {
			kept[c.Source] = &Source{Name: c.Source}
		}
		s := kept[c.Source]
		s.Reliability, s.By, s.Reason = c.Reliability, c.Author, c.Reason
	}
	out := make([]Source, 0, len(kept))
	for _, s := range kept {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Source) int {
		if a.Articles != b.Articles {
			return b.Articles - a.Articles
		}
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return out, nil
}
