package text

import (
	"strings"
	"unicode"
)

// widestWrap bounds, in code points, the lines of text that a mail program or
// agency wire wrapped; longer lines are whole paragraphs.
const widestWrap = 120

// line is a run of tokens between two line breaks: indices into the scanner's tokens.
type line struct {
	begin, end int
	blank      bool // an empty line stands before it
}

// paragraphs groups the tokens: an empty line always parts two paragraphs, a
// single line break does too unless the text is wrapped there.
func (s *scanner) paragraphs() [][]Token {
	var out [][]Token
	lines := s.lines()
	for len(lines) > 0 {
		n := 1
		for n < len(lines) && !lines[n].blank {
			n++
		}
		for _, l := range s.unwrap(lines[:n]) {
			out = append(out, s.tokens[l.begin:l.end:l.end])
		}
		lines = lines[n:]
	}
	return out
}

// lines cuts the tokens at line breaks.
func (s *scanner) lines() []line {
	var out []line
	current := line{}
	end := 0 // where the token before ended
	for i, t := range s.tokens {
		breaks := 0
		for k := end; k < t.Span.Start; k++ {
			if isBreak(s.runes, k) {
				breaks++
			}
		}
		if breaks > 0 && i > current.begin {
			current.end = i
			out = append(out, current)
			current = line{begin: i, blank: breaks > 1}
		}
		end = t.Span.End
	}
	if current.begin < len(s.tokens) {
		current.end = len(s.tokens)
		out = append(out, current)
	}
	return out
}

// isBreak tells whether a line ends at rune k; "\r\n" counts once.
func isBreak(runes []rune, k int) bool {
	switch runes[k] {
	case '\n', '\u0085', '\u2028', '\u2029', '\v', '\f':
		return true
	case '\r':
		return k+1 >= len(runes) || runes[k+1] != '\n'
	}
	return false
}

// unwrap joins the lines of one block where the block was wrapped to a width.
func (s *scanner) unwrap(block []line) []line {
	width, full := 0, 0
	for _, l := range block {
		width = max(width, s.width(l))
	}
	for i := 0; i+1 < len(block); i++ {
		if s.isFull(block[i], block[i+1], width) {
			full++
		}
	}
	wrapped := width <= widestWrap && full*5 >= (len(block)-1)*3 // three in five lines reach the margin
	out := []line{block[0]}
	for i := 1; i < len(block); i++ {
		if wrapped && s.isFull(block[i-1], block[i], width) && s.continues(block[i-1], block[i], len(block)) {
			out[len(out)-1].end = block[i].end
			continue
		}
		out = append(out, block[i])
	}
	return out
}

// width is the length of a line in code points, its margins left out.
func (s *scanner) width(l line) int {
	return s.tokens[l.end-1].Span.End - s.tokens[l.begin].Span.Start
}

// isFull tells whether the next line's first word had no room left on l.
func (s *scanner) isFull(l, next line, width int) bool {
	return s.width(l)+1+s.tokens[next.begin].Span.Len() > width
}

// continues tells whether next goes on where l broke off. Two lines alone do
// so only if the second begins small; longer blocks show their margin.
func (s *scanner) continues(l, next line, lines int) bool {
	first := firstRune(s.tokens[next.begin].Form)
	if lines > 2 {
		return !strings.ContainsRune("•-–*", first)
	}
	return unicode.IsLower(first) || s.tokens[l.end-1].Form == ","
}
