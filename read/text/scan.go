package text

import (
	"strings"
	"unicode"

	"casus"
)

// scanner cuts one article into tokens from left to right. Every step moves
// forward and looks a bounded way ahead and back, so the whole is linear.
type scanner struct {
	rules   *Rules
	article string
	runes   []rune
	bytes   []int // byte offset of each rune, and the article's length at the end
	tokens  []Token
}

// scan returns the article's tokens in order. Bytes that are no UTF-8 count as
// one code point each, as a range loop and casus.Span.Quote count them.
func scan(rules *Rules, article string) *scanner {
	s := &scanner{rules: rules, article: article}
	for i, r := range article {
		s.runes = append(s.runes, r)
		s.bytes = append(s.bytes, i)
	}
	s.bytes = append(s.bytes, len(article))
	for i := 0; i < len(s.runes); {
		if unicode.IsSpace(s.runes[i]) {
			i++
			continue
		}
		i = s.next(i)
	}
	return s
}

// next emits the token or tokens that begin at i and returns where they end.
func (s *scanner) next(i int) int {
	if end := s.address(i); end > i {
		return s.emit(i, end)
	}
	if isApostrophe(s.runes[i]) && !s.wordBefore(i) {
		if end := s.frontClitic(i); end > i {
			return s.emit(i, end)
		}
	}
	if isWord(s.runes[i]) {
		return s.emitWord(i, s.word(i))
	}
	return s.emit(i, s.symbol(i))
}

// emit makes one token of the runes from i to end.
func (s *scanner) emit(i, end int) int {
	from, to := s.bytes[i], s.bytes[end]
	s.tokens = append(s.tokens, Token{
		Form: s.article[from:to], Span: casus.Span{Start: i, End: end}, ByteStart: from, ByteEnd: to,
		SpaceBefore: i == 0 || unicode.IsSpace(s.runes[i-1]),
	})
	return end
}

// at returns the rune at i, and 0 outside the article.
func (s *scanner) at(i int) rune {
	if i < 0 || i >= len(s.runes) {
		return 0
	}
	return s.runes[i]
}

func (s *scanner) wordBefore(i int) bool { return i > 0 && isWord(s.runes[i-1]) }

// lower returns the runes from i to end in lower case with plain apostrophes,
// and "" where they are longer than anything that the rules list.
func (s *scanner) lower(i, end int) string {
	if end-i > longestAbbreviation {
		return ""
	}
	form := strings.ToLower(s.article[s.bytes[i]:s.bytes[end]])
	return strings.ReplaceAll(form, "’", "'")
}

// address returns the end of a web address that begins at i, or i.
func (s *scanner) address(i int) int {
	if s.wordBefore(i) || !(s.has(i, "http://") || s.has(i, "https://") || s.has(i, "www.")) {
		return i
	}
	end := i
	for end < len(s.runes) && !unicode.IsSpace(s.runes[end]) && !strings.ContainsRune(`"<>“”«»‘’`, s.runes[end]) {
		end++
	}
	for end > i && strings.ContainsRune(".,;:!?)'", s.runes[end-1]) {
		end--
	}
	return end
}

func (s *scanner) has(i int, prefix string) bool {
	for k, r := range prefix {
		if s.at(i+k) != r {
			return false
		}
	}
	return true
}

// frontClitic returns the end of a clitic such as 's, 't or '90 at i, or i.
func (s *scanner) frontClitic(i int) int {
	end := i + 1
	for end < len(s.runes) && end-i <= longestAbbreviation && isWord(s.runes[end]) {
		end++
	}
	word := s.lower(i+1, end)
	if len(word) == 2 && isDigit(s.at(i+1)) && isDigit(s.at(i+2)) {
		return end // '90
	}
	if !s.rules.front[word] {
		return i
	}
	if s.at(end) == '-' && isLetter(s.at(end+1)) {
		return s.word(end + 1) // 's-Gravenhage
	}
	return end
}

// word returns the end of the word that begins at i, its abbreviation stop included.
func (s *scanner) word(i int) int {
	end, piece := i, i // piece is where the part after the last joint begins
	for end < len(s.runes) {
		if isWord(s.runes[end]) {
			end++
			continue
		}
		if end == i || !isWord(s.at(end+1)) || !s.joins(i, piece, end) {
			break
		}
		end++
		piece = end
	}
	if s.at(end) == '%' && s.rules.joinPercent && isDigit(s.at(end-1)) {
		return end + 1
	}
	if s.at(end) == '-' && s.rules.joinHyphen && isLetter(s.runes[end-1]) && isBlank(s.at(end+1)) {
		return end + 1 // "binnen- en buitenland"
	}
	if s.at(end) == '.' && s.at(end+1) != '.' && s.keepsStop(i, piece, end) {
		return end + 1
	}
	return end
}

// joins tells whether the mark at k holds the word that began at i together;
// piece is where the part before the mark begins, and a word character follows.
func (s *scanner) joins(i, piece, k int) bool {
	before, after := s.runes[k-1], s.runes[k+1]
	digits := isDigit(before) && isDigit(after)
	switch s.runes[k] {
	case '\'', '’':
		return isLetter(before) || isLetter(after) || digits
	case '-', '\u2010', '\u2011':
		return s.rules.joinHyphen || s.hyphenJoins(i, piece, k)
	case '.':
		return digits || isLetter(after) && (unicode.IsLower(after) && unicode.IsLower(before) || k-piece == 1 && isLetter(before))
	case ',':
		return digits
	case ':':
		return digits && k-piece <= 2
	case '/':
		return digits || s.rules.joinSlash
	case '&':
		return unicode.IsUpper(before) && unicode.IsUpper(after)
	case '@', '_':
		return true
	}
	return false
}

// hyphenJoins decides for languages that split at hyphens: listed prefixes
// stay ("anti-war"), and so do years with months and telephone numbers.
func (s *scanner) hyphenJoins(i, piece, k int) bool {
	if i == piece && s.rules.prefixes[s.lower(piece, k)] {
		return true
	}
	if !isDigit(s.runes[k-1]) || !isDigit(s.runes[k+1]) {
		return false
	}
	digits := 1
	for digits < 5 && isDigit(s.at(k+1+digits)) {
		digits++
	}
	return k-piece == 4 && digits == 2 || i < piece || digits < 5 && s.at(k+1+digits) == '-'
}

// keepsStop tells whether the full stop at end belongs to the word from i.
func (s *scanner) keepsStop(i, piece, end int) bool {
	form := s.lower(i, end+1)
	if s.rules.abbreviations[form] != notAbbreviation {
		return true
	}
	next := s.afterSpace(end + 1)
	if s.rules.numbered[form] {
		return isDigit(next)
	}
	if end-piece != 1 || !isLetter(s.runes[piece]) {
		return false
	}
	if dotted := piece > i && s.runes[piece-1] == '.'; dotted {
		return true
	}
	if !unicode.IsUpper(s.runes[i]) || !isLetter(next) {
		return false
	}
	return unicode.IsLower(next) || !s.openerAfter(end+1) // "J. van Dam", "J. Smith"; not "on X. The"
}

// afterSpace returns the first rune from i on that is not a space on the same
// line, looking at most a few runes ahead.
func (s *scanner) afterSpace(i int) rune {
	for k := i; k < i+farthestSpace; k++ {
		if r := s.at(k); !isBlank(r) {
			return r
		}
	}
	return 0
}

// farthestSpace bounds how many spaces a look ahead crosses.
const farthestSpace = 4

func isBlank(r rune) bool { return r == ' ' || r == '\u00a0' }

// openerAfter tells whether the word after the spaces at i is one that
// commonly begins a sentence: "on X. The" is a stop, "J. Smith" is not.
func (s *scanner) openerAfter(i int) bool {
	for limit := i + farthestSpace; i < limit && isBlank(s.at(i)); {
		i++
	}
	end := i
	for end-i < longestAbbreviation && isWord(s.at(end)) {
		end++
	}
	return s.rules.openers[s.lower(i, end)]
}

// emitWord emits the word from i to end, cut where the language cuts clitics off.
func (s *scanner) emitWord(i, end int) int {
	form := s.lower(i, end)
	if parts, ok := s.rules.cut[form]; ok {
		for _, p := range parts {
			i = s.emit(i, i+len([]rune(p)))
		}
		return end
	}
	tail := s.lower(max(i, end-4), end)
	for _, clitic := range s.rules.back {
		n := len(clitic)
		if end-i > n && strings.HasSuffix(tail, clitic) && isLetterOrDigit(s.runes[end-n-1]) {
			s.emit(i, end-n)
			return s.emit(end-n, end)
		}
	}
	return s.emit(i, end)
}

// symbol returns the end of the mark at i: runs of the same stop, dash or
// doubled comma stay together, and a pictograph keeps its modifiers.
func (s *scanner) symbol(i int) int {
	r, end := s.runes[i], i+1
	switch {
	case strings.ContainsRune(".!?-–—*=_~#", r):
		for s.at(end) == r || (r == '!' || r == '?') && (s.at(end) == '!' || s.at(end) == '?') {
			end++
		}
	case r == ',' || r == '`' || r == '\'':
		if s.at(end) == r {
			end++
		}
	default:
		for end < len(s.runes) && (isModifier(s.runes[end]) || s.runes[end-1] == zeroWidthJoiner && unicode.IsSymbol(s.runes[end])) {
			end++
		}
	}
	return end
}

const zeroWidthJoiner = '\u200d'

// isModifier tells whether r changes the pictograph before it.
func isModifier(r rune) bool {
	return r == zeroWidthJoiner || unicode.IsMark(r) || r >= 0x1F3FB && r <= 0x1F3FF
}

// isWord tells whether r makes up words: letters, digits, marks and the soft hyphen.
func isWord(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || r == '\u00ad' || r == '\u200c' || r == zeroWidthJoiner
}

func isLetter(r rune) bool        { return unicode.IsLetter(r) }
func isDigit(r rune) bool         { return unicode.IsDigit(r) }
func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
func isApostrophe(r rune) bool    { return r == '\'' || r == '’' || r == '‘' }
