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
	return withoutResolved(withoutEnded(out))
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
