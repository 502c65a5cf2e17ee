package casus

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// checker collects what is wrong with a record, so that all of it is told at once.
type checker struct{ problems []error }

func (c *checker) fail(format string, args ...any) {
	c.problems = append(c.problems, fmt.Errorf(format, args...))
}

func (c *checker) actor(field string, id ActorID) {
	if !id.Valid() {
		c.fail("%s: %q is not an actor id", field, id)
	}
}

func (c *checker) actors(field string, ids []ActorID, mayBeEmpty bool) {
	if len(ids) == 0 && !mayBeEmpty {
		c.fail("%s: nobody is named", field)
	}
	for i, id := range ids {
		c.actor(field, id)
		if slices.Contains(ids[:i], id) {
			c.fail("%s: %s is named twice", field, id)
		}
	}
}

func (c *checker) line(field, s string) {
	if strings.TrimSpace(s) == "" || strings.Contains(s, "\n") {
		c.fail("%s: %q is not one line of text", field, s)
	}
}

func (c *checker) bounds(low, high *float64) {
	if low != nil && *low < 0 || high != nil && *high < 0 {
		c.fail("low or high is negative")
	}
	if low != nil && high != nil && *low > *high {
		c.fail("low %g is above high %g", *low, *high)
	}
}

func oneOf[T comparable](c *checker, field string, v T, allowed []T) {
	if !slices.Contains(allowed, v) {
		c.fail("%s: %v is not one of %v", field, v, allowed)
	}
}

// Validate checks a record against the contract (docs/RECORDS.md) and the text
// that it quotes. The error joins everything that is wrong.
func (r Record) Validate(text string) error { return r.ValidateIn(NewOffsets(text)) }

// ValidateIn is Validate for many records of one text.
func (r Record) ValidateIn(text *Offsets) error {
	var c checker
	if quote, ok := text.Quote(r.Span); !ok || r.Span.Len() == 0 {
		c.fail("start %d, end %d do not lie in the text", r.Span.Start, r.Span.End)
	} else if quote != r.Quote {
		c.fail("text[%d:%d] is %q, quote is %q", r.Span.Start, r.Span.End, quote, r.Quote)
	}
	if r.Quote == "" || r.Quote != strings.TrimSpace(r.Quote) {
		c.fail("quote is empty or padded")
	}
	if strings.Contains(r.Quote, "\n\n") || len(sentenceEnd.FindAllStringIndex(r.Quote, 2)) > 1 {
		c.fail("quote is longer than two sentences")
	}
	r.validateSpeaker(&c, text.text)
	oneOf(&c, "status", r.Status, Statuses())
	if err := r.When.Validate(); err != nil {
		c.fail("when: %w", err)
	}
	for _, place := range r.Where {
		c.line("where", place)
	}
	if r.Hedge != "" && !strings.Contains(r.Quote, r.Hedge) {
		c.fail("hedge %q is not in the quote", r.Hedge)
	}
	if f, ok := r.Body.(*Figure); ok && !strings.Contains(r.Quote, f.AsWritten) {
		c.fail("as_written %q is not in the quote", f.AsWritten)
	}
	r.validateMentions(&c, text)
	if r.Body == nil {
		c.fail("no body")
	} else {
		r.Body.validate(&c)
	}
	return errors.Join(c.problems...)
}

// validateMentions checks that the other mentions are words of the text, in
// its order, and none of them the record's own place.
func (r Record) validateMentions(c *checker, text *Offsets) {
	last := -1
	for _, m := range r.Mentions {
		switch quote, ok := text.Quote(m.Span); {
		case !ok || m.Len() == 0:
			c.fail("a mention's start %d, end %d do not lie in the text", m.Start, m.End)
		case quote != m.Quote:
			c.fail("a mention: text[%d:%d] is %q, quote is %q", m.Start, m.End, quote, m.Quote)
		case m.Span == r.Span:
			c.fail("a mention is the record's own place %d to %d", m.Start, m.End)
		case m.Start < last:
			c.fail("the mentions are not in the order of the text")
		}
		last = m.Start
	}
}

// sentenceEnd is how the contract counts sentences inside a quote: a full
// stop, closing quotes, a space and a capital or an opening quote.
var sentenceEnd = regexp.MustCompile(`[.!?]['"’”)]*\s+[A-Z‘“'"(]`)

func (r Record) validateSpeaker(c *checker, text string) {
	if r.By == "" {
		if r.ByAs != "" {
			c.fail("by_as without by")
		}
		return
	}
	c.actor("by", r.By)
	c.line("by_as", r.ByAs)
	if !strings.Contains(r.Quote, r.ByAs) && !strings.Contains(text, r.ByAs) {
		c.fail("by_as %q is not in the article", r.ByAs)
	}
}

func (e *Event) validate(c *checker) {
	oneOf(c, "type", e.Type, EventTypes())
	c.actors("source", e.Source, false)
	c.actors("target", e.Target, true)
}

func (cl *Claim) validate(c *checker) {
	c.actor("speaker", cl.Speaker)
	oneOf(c, "act", cl.Act, Acts())
	c.actors("about", cl.About, true)
}

var unitWord = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (f *Figure) validate(c *checker) {
	if f.Low == nil && f.High == nil {
		c.fail("a figure without a bound")
	}
	c.bounds(f.Low, f.High)
	if !unitWord.MatchString(f.Unit) {
		c.fail("unit %q is not a lower-case word", f.Unit)
	}
	c.line("of", f.Of)
	c.line("as_written", f.AsWritten)
}

func (r *Relation) validate(c *checker) {
	oneOf(c, "type", r.Type, RelationTypes())
	c.actor("from", r.From)
	c.actor("to", r.To)
	oneOf(c, "change", r.Change, []Change{Begins, Ends, Held})
}

func (cm *Commitment) validate(c *checker) {
	c.actor("debtor", cm.Debtor)
	c.actor("beneficiary", cm.Beneficiary)
	c.line("duty", cm.Duty)
	if cm.Condition != "" {
		c.line("condition", cm.Condition)
	}
	oneOf(c, "basis", cm.Basis, Bases())
	oneOf(c, "state", cm.State, States())
}

func (f *Flow) validate(c *checker) {
	c.actor("group", f.Group)
	if f.Origin == "" && f.Destination == "" {
		c.fail("a flow without origin and destination")
	}
	for _, end := range []ActorID{f.Origin, f.Destination} {
		if end != "" {
			c.actor("origin or destination", end)
		}
	}
	c.bounds(f.Low, f.High)
	oneOf(c, "cause", f.Cause, Causes())
}
