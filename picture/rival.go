package picture

import (
	"cmp"
	"context"
	"slices"

	"casus"
)

// farthestBlame is how many days may lie between two accusations of one breach.
const farthestBlame = 3

// rivals finds what two sides lay at each other's door, and deeds that sources
// ascribe to different doers. The tellings come in the order of their days.
func (p *Picture) rivals(ctx context.Context, o *origins, list []told, h hand) ([]Contradiction, error) {
	type pair struct{ a, b int }
	var found []pair
	try := func(a, b int) {
		a, b = min(a, b), max(a, b)
		if _, sure := rival(&list[a], &list[b]); sure >= sureEnough && (a == b || !h.ties.Apart(list[a].ID, list[b].ID)) {
			found = append(found, pair{a, b})
		}
	}
	tried := 0
	for a, b := range pairs(list, blamed(list))(0, 1) {
		if tried++; tried%looksUp == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		try(a, b)
	}
	for i := range list {
		try(i, i)
	}
	slices.SortFunc(found, func(x, y pair) int { return cmp.Or(x.a-y.a, x.b-y.b) })
	var out []Contradiction
	for _, f := range found {
		a, b := &list[f.a], &list[f.b]
		rivalry, sure := rival(a, b)
		c, err := rivalSides(ctx, o, rivalry, sure, a, b)
		if err != nil {
			return nil, err
		}
		if c.Verdict == SourcesDiffer {
			out = append(out, c)
		}
	}
	return out, nil
}

// blamed sorts the events for which somebody can be blamed by their type and
// what two that are rivals have in common: a party, a place, or that one's
// teller is the other's doer.
func blamed(list []told) [][]int {
	return blocksBy(list, func(t *told, add func([2]string)) {
		sort := eventType(t)
		if sort != casus.Accuse && !hostile(sort) {
			return
		}
		key := func(what string, id casus.ActorID) [2]string { return [2]string{string(sort) + " " + what, string(id)} }
		for _, id := range slices.Concat(t.parties[0], t.parties[1]) {
			add(key("party", id))
		}
		for _, place := range t.places {
			add(key("place", casus.ActorID(place)))
		}
		for _, id := range append(slices.Clone(t.who[0]), t.teller) {
			if id != "" {
				add(key("teller", id))
			}
		}
	})
}

// rivalSides makes the contradiction of two tellings. The account that an
// accusation gives is the accuser's, whoever tells of it.
func rivalSides(ctx context.Context, o *origins, r Rivalry, sure float64, a, b *told) (Contradiction, error) {
	if eventType(a) != casus.Accuse {
		return contradiction(ctx, o, r, [][]*told{{a}, {b}}, sure)
	}
	c := Contradiction{Rivalry: r, Verdict: SourcesDiffer, Sure: sure, Likely: likely(sure)}
	accusers := []casus.ActorID{firstOf(a.who[0]), firstOf(b.who[0])}
	if a == b { // "they accuse each other" in one record
		accusers[1] = firstOf(slices.DeleteFunc(slices.Clone(a.who[0]), func(id casus.ActorID) bool { return id == accusers[0] }))
	}
	for i, t := range []*told{a, b} {
		c.Sides = append(c.Sides, Side{Entries: entriesOf([]*told{t}), Origins: []Origin{{ID: accusers[i]}}})
	}
	return c, nil
}

func firstOf(ids []casus.ActorID) casus.ActorID {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

// eventType is an event's type, "" of other records.
func eventType(t *told) casus.EventType {
	if e, ok := t.Record.Body.(*casus.Event); ok {
		return e.Type
	}
	return ""
}

// rival tells whether two records are of one deed with different doers, and how
// surely. A record may be its own rival: two who accuse each other.
func rival(a, b *told) (Rivalry, float64) {
	sort := eventType(a)
	if sort == "" || sort != eventType(b) || a.Record.When.IsOpen() || b.Record.When.IsOpen() || !a.asSo() || !b.asSo() {
		return "", 0
	}
	switch {
	case sort == casus.Accuse:
		return RivalBlame, mutual(a, b)
	case a == b || !hostile(sort) || !a.Record.When.Overlaps(b.Record.When) || elsewhere(a, b):
		return "", 0
	case meets(a.who[0], b.who[0]) || unknownOnly(a.who[0]) || unknownOnly(b.who[0]):
		return "", 0
	}
	return rivalDoers(a, b)
}

// mayRival tells whether two records can be rivals, whatever stands around them
// in their articles.
func mayRival(a, b *told) bool {
	if sort := eventType(a); sort != eventType(b) || a.Record.When.IsOpen() || b.Record.When.IsOpen() {
		return false
	} else if sort == casus.Accuse {
		return accuseEachOther(a, b)
	}
	bare, other := *a, *b
	bare.alleged, other.alleged = true, true
	r, _ := rival(&bare, &other)
	return r != ""
}

// accuseEachOther tells whether the accusers of two accusations are of two sides
// and each lays something at the other's door, at one time.
func accuseEachOther(a, b *told) bool {
	return crossed(a, b) && !meets(a.who[0], b.who[0]) && daysApart(a.Record.When, b.Record.When) <= farthestBlame
}

// mutual is how surely two accusations are of each other, of the same matter.
func mutual(a, b *told) float64 {
	if a == b {
		if len(a.who[0]) > 1 && meets(a.who[0], a.who[1]) && !slices.Equal(a.who[0], a.who[1][:1]) {
			return 0.9
		}
		return 0
	}
	if !accuseEachOther(a, b) {
		return 0
	}
	switch {
	case a.Article.ID == b.Article.ID && a.Record.Span == b.Record.Span: // "they accuse each other"
		return 0.9
	case elsewhere(a, b):
		return 0
	case slices.ContainsFunc(a.matter, func(m string) bool { return slices.Contains(b.matter, m) }):
		return 0.8
	case a.Article.Language == b.Article.Language && likeness(a.quoted(), b.quoted()) >= 0.6:
		return 0.7
	}
	return 0
}

// crossed tells whether each of two records has on its one side who is on the
// other's other side.
func crossed(a, b *told) bool {
	return meets(a.parties[0], b.parties[1]) && meets(a.parties[1], b.parties[0])
}

// elsewhere tells whether two records are set in different places, as one
// language spells them.
func elsewhere(a, b *told) bool {
	return a.Article.Language == b.Article.Language && len(a.places) > 0 && len(b.places) > 0 &&
		!slices.ContainsFunc(a.places, func(p string) bool { return slices.Contains(b.places, p) })
}

// rivalDoers judges two hostile deeds of one day with different doers. Nobody
// lays a deed at his own door: where somebody boasts of it, both may have done
// what they say.
func rivalDoers(a, b *told) (Rivalry, float64) {
	if a.boasts() || b.boasts() {
		return "", 0
	}
	onePlace := slices.ContainsFunc(a.places, func(p string) bool { return slices.Contains(b.places, p) })
	alike := 0.0
	if a.Article.Language == b.Article.Language {
		alike = likeness(a.quoted(), b.quoted())
	}
	eachOther := points(a, b) && points(b, a)
	switch {
	case crossed(a, b) && a.Record.By != "" && b.Record.By != "" && a.Record.By != b.Record.By:
		return RivalBlame, 0.7
	case eachOther && (onePlace || alike > 0.3):
		return RivalActors, 0.8
	case (points(a, b) || points(b, a)) && onePlace, onePlace && alike > 0.4:
		return RivalActors, 0.6 + 0.4*alike
	}
	return "", 0
}

// boasts tells whether a deed's teller is its doer.
func (t *told) boasts() bool {
	return t.Record.By != "" && slices.Contains(t.who[0], t.teller)
}

// points tells whether the teller of a is whom b names as the doer.
func points(a, b *told) bool {
	return a.Record.By != "" && slices.Contains(b.who[0], a.teller)
}

func hostile(t casus.EventType) bool { return t == casus.Assault || t == casus.Coerce }

func meets(a, b []casus.ActorID) bool {
	return slices.ContainsFunc(a, func(id casus.ActorID) bool { return slices.Contains(b, id) })
}
