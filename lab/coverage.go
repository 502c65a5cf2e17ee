package lab

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"casus"
	"casus/read/frames"
)

// Coverage counts which verbs and event nouns of a set of articles have a frame.
type Coverage struct {
	articles   int
	predicates map[frames.Predicate]*predicateCount
}

// predicateCount is how often a predicate was met.
type predicateCount struct {
	uses, fits           int // in all; where a frame fitted
	between, betweenFits int // the same, with two parties
	known                bool
	example              string // the first use, with its surroundings
}

// NewCoverage returns an empty count.
func NewCoverage() *Coverage {
	return &Coverage{predicates: map[frames.Predicate]*predicateCount{}}
}

// Add counts the predicates of one article.
func (c *Coverage) Add(a casus.Article, uses []frames.Use) {
	c.articles++
	text := casus.NewOffsets(a.Text)
	for _, u := range uses {
		n := c.predicates[u.Predicate]
		if n == nil {
			n = &predicateCount{known: u.Known, example: surroundings(text, u.Span)}
			c.predicates[u.Predicate] = n
		}
		if !u.Fits && n.fits == n.uses {
			n.example = surroundings(text, u.Span)
		}
		fits := 0
		if u.Fits {
			fits = 1
		}
		n.uses, n.fits = n.uses+1, n.fits+fits
		if u.Parties > 1 {
			n.between, n.betweenFits = n.between+1, n.betweenFits+fits
		}
	}
}

// reach is how many characters an example shows on each side of its word.
const reach = 40

// surroundings returns a word of a text with what stands around it, on one line.
func surroundings(text *casus.Offsets, word casus.Span) string {
	wide := casus.Span{Start: max(0, word.Start-reach), End: word.End + reach}
	words, ok := text.Quote(wide)
	for !ok && wide.End > word.End { // the text ends before that
		wide.End--
		words, ok = text.Quote(wide)
	}
	return strings.Join(strings.Fields(words), " ")
}

// Write prints what share of the verbs and event nouns has a frame, and the
// most frequent ones without, or whose frames did not fit.
func (c *Coverage) Write(w io.Writer, most int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "articles: %d\n\n%-28s %8s %10s %8s %8s %10s\n", c.articles, "", "uses", "with frame", "it fits", "lemmas", "with frame")
	for _, class := range []struct {
		name    string
		class   byte
		between bool
	}{{"verbs", 'v', false}, {"verbs between two parties", 'v', true}, {"event nouns", 'n', false}, {"event nouns between two", 'n', true}} {
		c.line(&b, class.name, class.class, class.between)
	}
	c.list(&b, "Without a frame", most, func(n *predicateCount) (between, uses int) {
		if n.known {
			return 0, 0
		}
		return n.between, n.uses
	})
	c.list(&b, "With frames that did not fit", most, func(n *predicateCount) (between, uses int) {
		if !n.known {
			return 0, 0
		}
		return n.between - n.betweenFits, n.uses - n.fits
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// line prints the shares of one class of predicates.
func (c *Coverage) line(b *strings.Builder, name string, class byte, between bool) {
	var uses, known, fits, lemmas, knownLemmas int
	for p, n := range c.predicates {
		k, fit := n.uses, n.fits
		if between {
			k, fit = n.between, n.betweenFits
		}
		if p.Class != class || k == 0 {
			continue
		}
		uses, lemmas = uses+k, lemmas+1
		if n.known {
			known, knownLemmas = known+k, knownLemmas+1
		}
		fits += fit
	}
	fmt.Fprintf(b, "%-28s %8d %9.1f%% %7.1f%% %8d %9.1f%%\n", name, uses, percent(known, uses), percent(fits, uses), lemmas, percent(knownLemmas, lemmas))
}

func percent(n, of int) float64 { return 100 * share(n, max(of, 1)) }

// list prints the predicates that lack most, those between two parties first;
// lacking tells how often one lacked, between two parties and in all.
func (c *Coverage) list(b *strings.Builder, title string, most int, lacking func(*predicateCount) (between, uses int)) {
	all := slices.DeleteFunc(slices.Collect(maps.Keys(c.predicates)), func(p frames.Predicate) bool {
		_, uses := lacking(c.predicates[p])
		return uses == 0
	})
	slices.SortFunc(all, func(p, q frames.Predicate) int {
		pBetween, pUses := lacking(c.predicates[p])
		qBetween, qUses := lacking(c.predicates[q])
		return cmp.Or(qBetween-pBetween, qUses-pUses, strings.Compare(p.Lemma, q.Lemma), int(p.Class)-int(q.Class))
	})
	fmt.Fprintf(b, "\n%s, the most frequent between two parties first:\n\n   uses  between  predicate              for example\n", title)
	for _, p := range all[:min(most, len(all))] {
		n := c.predicates[p]
		between, uses := lacking(n)
		fmt.Fprintf(b, "%7d  %7d  %-22s %s\n", uses, between, fmt.Sprintf("%s.%c", p.Lemma, p.Class), n.example)
	}
}
