package frames

import (
	"cmp"
	"fmt"
	"slices"

	"casus"
)

// once keeps a thing that an article tells twice at its fullest mention: two
// records of a kind are one where they agree in everything that tells them
// apart but the words. Claims are kept apart by their words too. The other
// places where it is told are the record's mentions.
func once(records []casus.Record) []casus.Record {
	at := map[string]int{}
	var out []casus.Record
	for _, r := range records {
		key := identity(r)
		i, seen := at[key]
		switch {
		case !seen:
			at[key] = len(out)
			out = append(out, r)
		case fuller(r, out[i]):
			r.Mentions = mentionedToo(r, out[i])
			out[i] = r
		default:
			out[i].Mentions = mentionedToo(out[i], r)
		}
	}
	return withoutInner(withoutResolved(withoutEnded(out)))
}

// withoutInner drops what a record says again inside the words of another of the
// same people and the same act: "promised to offer" is one promise, the noun and
// the verb of one talk one meeting. The mode that only the inner one has is kept.
func withoutInner(records []casus.Record) []casus.Record {
	told := map[string][]int{}
	for i, r := range records {
		if key := doing(r); key != "" {
			told[key] = append(told[key], i)
		}
	}
	drop := map[int]bool{}
	for _, same := range told {
		for _, i := range same {
			for _, o := range same {
				inner, outer := records[i].Span, records[o].Span
				if i != o && !drop[o] && outer.Contains(inner) && (inner != outer || i > o) && agrees(records[i], records[o]) {
					drop[i] = true
				}
			}
		}
	}
	out := records[:0]
	for i, r := range records {
		if !drop[i] {
			out = append(out, r)
		}
	}
	return out
}

// doing names who does what to whom in a record, "" for kinds that no words repeat.
func doing(r casus.Record) string {
	switch b := r.Body.(type) {
	case *casus.Event:
		return fmt.Sprint("event", b.Type, sorted(b.Source), sorted(b.Target), r.By)
	case *casus.Claim:
		if b.Act == casus.Say || b.Act == casus.Assess || b.Act == casus.Predict {
			return "" // what is said may hold what is said besides
		}
		return fmt.Sprint("claim", b.Act, b.Speaker)
	case *casus.Commitment:
		return fmt.Sprint("commitment", b.Debtor, b.Beneficiary, b.Basis)
	}
	return ""
}

// agrees tells whether an inner record says nothing else than the outer one.
func agrees(inner, outer casus.Record) bool {
	switch b := inner.Body.(type) {
	case *casus.Event:
		o := outer.Body.(*casus.Event)
		if b.Mode != "" && o.Mode == "" && inner.Status == outer.Status {
			o.Mode = b.Mode
		}
		return inner.Status == outer.Status && (b.Mode == "" || b.Mode == o.Mode)
	case *casus.Claim:
		return b.Quoted == outer.Body.(*casus.Claim).Quoted && inner.Span != outer.Span && inner.Span.Start > outer.Span.Start
	case *casus.Commitment:
		return inner.Span != outer.Span && outer.Body.(*casus.Commitment).State == casus.InForce && b.State == casus.Offered
	}
	return false
}

// withoutResolved drops what a record says to be in force where the words
// around it say what became of it: "the truce between … did not hold".
func withoutResolved(records []casus.Record) []casus.Record {
	became := map[string][]casus.Span{}
	key := func(b *casus.Commitment) string { return fmt.Sprint(b.Debtor, " ", b.Beneficiary) }
	for _, r := range records {
		if b, ok := r.Body.(*casus.Commitment); ok && b.State != casus.InForce && b.State != casus.Offered {
			became[key(b)] = append(became[key(b)], r.Span)
		}
	}
	return slices.DeleteFunc(records, func(r casus.Record) bool {
		b, ok := r.Body.(*casus.Commitment)
		return ok && b.State == casus.InForce &&
			slices.ContainsFunc(became[key(b)], func(s casus.Span) bool { return s.Contains(r.Span) })
	})
}

// mentionedToo returns the mentions of a record that another record says the
// same as: its own, the other's, and the other's place, in the order of the text.
func mentionedToo(r, other casus.Record) []casus.Mention {
	all := slices.Concat(r.Mentions, other.Mentions, []casus.Mention{{Span: other.Span, Quote: other.Quote}})
	all = slices.DeleteFunc(all, func(m casus.Mention) bool { return m.Span == r.Span })
	slices.SortFunc(all, func(a, b casus.Mention) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return slices.Compact(all)
}

// withoutEnded drops what a record says to hold where the words around it say
// that it ended: "ended the war between …" is not also a war that goes on.
func withoutEnded(records []casus.Record) []casus.Record {
	ended := map[string][]casus.Span{}
	for _, r := range records {
		if b, ok := r.Body.(*casus.Relation); ok && b.Change == casus.Ends {
			key := pairOf(b)
			ended[key] = append(ended[key], r.Span)
		}
	}
	return slices.DeleteFunc(records, func(r casus.Record) bool {
		b, ok := r.Body.(*casus.Relation)
		return ok && b.Change == casus.Held &&
			slices.ContainsFunc(ended[pairOf(b)], func(s casus.Span) bool { return s.Contains(r.Span) })
	})
}

// pairOf names a relation's type and its two sides, in one order where it is
// the same seen from either.
func pairOf(b *casus.Relation) string {
	from, to := b.From, b.To
	if isMutual(b.Type) {
		from, to = min(from, to), max(from, to)
	}
	return fmt.Sprint(b.Type, " ", from, " ", to)
}

func fuller(a, b casus.Record) bool {
	return a.Made.Confidence > b.Made.Confidence
}

func identity(r casus.Record) string {
	switch b := r.Body.(type) {
	case *casus.Event:
		return fmt.Sprint("event", b.Type, sorted(b.Source), sorted(b.Target), r.When, r.By, r.Status)
	case *casus.Relation:
		return fmt.Sprint("relation", pairOf(b), b.Change, r.By, r.Status == casus.Denied)
	case *casus.Figure:
		return fmt.Sprint("figure", value(b.Low), value(b.High), b.Unit, b.Of, r.By, r.Status)
	case *casus.Flow:
		return fmt.Sprint("flow", b.Group, b.Origin, b.Destination, value(b.Low), value(b.High), r.By, r.Status)
	case *casus.Commitment:
		words := r.Span
		if b.Basis == casus.Ceasefire && b.State == casus.InForce {
			words = casus.Span{} // a truce binds to one thing, however often it is told
		}
		return fmt.Sprint("commitment", b.Debtor, b.Beneficiary, b.Basis, b.State, words, r.By)
	case *casus.Claim:
		return fmt.Sprint("claim", r.Span, b.Speaker, b.Act)
	}
	return fmt.Sprint(r)
}

func sorted(ids []casus.ActorID) []casus.ActorID { return slices.Sorted(slices.Values(ids)) }

func value(f *float64) string {
	if f == nil {
		return "?"
	}
	return fmt.Sprint(*f)
}
