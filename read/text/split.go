package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
)

// MaxTokens bounds a sentence: a longer run without a stop is cut there, so
// that whoever works on a sentence at a cost above linear stays bounded.
const MaxTokens = 200

// maxHeading bounds a line without a full stop that still counts as a heading.
const maxHeading = 25

// stampedParagraphs is how far from the top a date stamp may stand, below a title and a byline.
const stampedParagraphs = 3

// Split cuts an article into sentences in the order of the text. Every token
// is in exactly one sentence. It takes time linear in the article's length.
func Split(rules *Rules, article string) []Sentence {
	s := scan(rules, article)
	var sentences []Sentence
	for n, p := range s.paragraphs() {
		for _, part := range rules.sentences(p, n < stampedParagraphs) {
			for len(part.Tokens) > MaxTokens {
				head := part
				head.Tokens = part.Tokens[:MaxTokens:MaxTokens]
				sentences = append(sentences, head.placed(n))
				part.Tokens = part.Tokens[MaxTokens:]
			}
			sentences = append(sentences, part.placed(n))
		}
	}
	return sentences
}

// placed fills in the sentence's span and paragraph.
func (s Sentence) placed(paragraph int) Sentence {
	s.Span = casus.Span{Start: s.Tokens[0].Span.Start, End: s.Tokens[len(s.Tokens)-1].Span.End}
	s.Paragraph = paragraph
	return s
}

// sentences cuts a paragraph; head tells that it
// stands at the head of the article.
func (r *Rules) sentences(tokens []Token, head bool) []Sentence {
	var out []Sentence
	if head {
		if n := r.stamp(tokens); n > 0 {
			out = append(out, Sentence{Tokens: tokens[:n:n], Shape: Dateline})
			tokens = tokens[n:]
		}
	}
	place := false
	if n := r.agencyDateline(tokens, head); n > 0 {
		place = true
		out = append(out, Sentence{Tokens: tokens[:n:n], Shape: Dateline})
		tokens = tokens[n:]
	}
	var credit []Token
	if n := r.credit(tokens); n > 0 {
		credit, tokens = tokens[len(tokens)-n:], tokens[:len(tokens)-n:len(tokens)-n]
	}
	start := 0
	for i := range tokens {
		if i+1 < len(tokens) && !r.endsAt(tokens, start, i) {
			continue
		}
		shape := Prose
		if !place && start == 0 && i+1 == len(tokens) && isHeading(tokens) {
			shape = Heading
		}
		out = append(out, Sentence{Tokens: tokens[start : i+1 : i+1], Shape: shape})
		start = i + 1
	}
	if len(credit) > 0 {
		out = append(out, Sentence{Tokens: credit, Shape: Credit})
	}
	return out
}

// endsAt tells whether the sentence that began at start ends with token i,
// which is not the paragraph's last.
func (r *Rules) endsAt(tokens []Token, start, i int) bool {
	next := tokens[i+1]
	if closes(next) {
		return false // the mark that closes a quotation goes with the sentence it closes
	}
	stop := i
	for stop > start && closes(tokens[stop]) {
		stop--
	}
	form := tokens[stop].Form
	switch {
	case isStop(form):
	case r.abbreviations[strings.ToLower(form)] == mayEnd:
		return r.openers[strings.ToLower(next.Form)] && opensProse(next.Form) || !isLetterOrDigit(firstRune(next.Form)) && r.opens(tokens, i+1)
	default:
		return false
	}
	if !next.SpaceBefore && stop == i && isStop(form) && len(form) == 1 && form != "." {
		return false // "Yahoo!s", "(?)x"
	}
	return r.opens(tokens, i+1)
}

// opens tells whether a sentence may begin with token i: the first word from
// there on, clitics such as 's left out, must not be small.
func (r *Rules) opens(tokens []Token, i int) bool {
	for end := min(len(tokens), i+3); i < end; i++ {
		form := tokens[i].Form
		first := firstRune(form)
		switch {
		case isLetterOrDigit(first):
			return !unicode.IsLower(first)
		case isApostrophe(first) && len(form) > 2 && unicode.IsUpper(firstRune(strings.TrimLeft(form, "'’‘"))):
			return true // 'Tis
		case len(form) == 1 && strings.Contains(",;:)]", form): //nolint:gocritic // is it one of these
			return false
		}
	}
	return true
}

// isStop tells whether a token of this form ends a sentence.
func isStop(form string) bool {
	return strings.Trim(form, ".!?…") == "" && form != "" || form == "؟" || form == "。"
}

// closes tells whether t is a closing quote or bracket, which has no space before it.
func closes(t Token) bool {
	switch t.Form {
	case "’", "”", "\"", "'", "''", "»", ")", "]", "“":
		return !t.SpaceBefore
	}
	return false
}

// isHeading tells whether a paragraph is a title: short, without a final stop, and with a word in it.
func isHeading(tokens []Token) bool {
	if len(tokens) > maxHeading {
		return false
	}
	last := len(tokens) - 1
	for last > 0 && closes(tokens[last]) {
		last--
	}
	if isStop(tokens[last].Form) || strings.ContainsAny(tokens[last].Form, ",;:") {
		return false
	}
	for _, t := range tokens {
		if isLetter(firstRune(t.Form)) {
			return true
		}
	}
	return false
}

func firstRune(form string) rune {
	r, _ := utf8.DecodeRuneInString(form)
	return r
}
