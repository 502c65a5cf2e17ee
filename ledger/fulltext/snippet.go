package fulltext

import "casus"

// Snippet is a stretch of an article's own text around words that matched.
type Snippet struct {
	Text    string       `json:"text"`
	Span    casus.Span   `json:"span"`    // where Text stands in the article
	Matches []casus.Span `json:"matches"` // where the matching words stand in the article
}

// A snippet is the stretch of window words that has most of the search, with
// margin words around it.
const (
	window      = 24
	margin      = 8
	maxSnippets = 3
)

// Snippets returns the stretches of an article's text that show best what was
// searched, at most three that do not overlap, in the order of the text. It
// returns none where only the title matched.
func (s Search) Snippets(text, language string) []Snippet {
	words := Words(text, language)
	matches := s.find(words)
	var chosen []Snippet
	for len(chosen) < maxSnippets && len(matches) > 0 {
		from, to := bestWindow(matches, len(s.Groups))
		first := max(0, matches[from].from-margin)
		last := min(len(words), matches[to-1].to+margin) - 1
		span := casus.Span{Start: words[first].Span.Start, End: words[last].Span.End}
		snippet := Snippet{Span: span}
		var rest []match
		for _, m := range matches {
			switch at := matchSpan(words, m); {
			case span.Contains(at):
				snippet.Matches = append(snippet.Matches, at)
			case !span.Overlaps(casus.Span{Start: words[max(0, m.from-margin)].Span.Start, End: words[min(len(words), m.to+margin)-1].Span.End}):
				rest = append(rest, m)
			}
		}
		chosen = append(chosen, snippet)
		matches = rest
	}
	return quoteAll(text, inOrder(chosen))
}

func matchSpan(words []Word, m match) casus.Span {
	return casus.Span{Start: words[m.from].Span.Start, End: words[m.to-1].Span.End}
}

// bestWindow returns the range of matches within one window of words that has
// most groups, then most matches; the first such.
func bestWindow(matches []match, groups int) (from, to int) {
	count := make([]int, groups)
	distinct, best, bestLen := 0, -1, 0
	for lo, hi := 0, 0; hi < len(matches); hi++ {
		if count[matches[hi].group]++; count[matches[hi].group] == 1 {
			distinct++
		}
		for lo < hi && matches[hi].to-matches[lo].from > window {
			if count[matches[lo].group]--; count[matches[lo].group] == 0 {
				distinct--
			}
			lo++
		}
		if distinct > best || distinct == best && hi+1-lo > bestLen {
			best, bestLen, from, to = distinct, hi+1-lo, lo, hi+1
		}
	}
	return from, to
}

func inOrder(snippets []Snippet) []Snippet {
	for i := range snippets {
		for j := i; j > 0 && snippets[j].Span.Start < snippets[j-1].Span.Start; j-- {
			snippets[j], snippets[j-1] = snippets[j-1], snippets[j]
		}
	}
	return snippets
}

func quoteAll(text string, snippets []Snippet) []Snippet {
	for i := range snippets {
		snippets[i].Text, _ = snippets[i].Span.Quote(text)
	}
	return snippets
}
