package numeral

import (
	"math"
	"strconv"
	"strings"
)

// Number is a number that was read.
type Number struct {
	Value   float64
	Ordinal bool
	Figures bool // it begins with figures
	Digits  int  // how many digits, for a whole number in figures alone; else 0
	Article bool // only "a" or Dutch "een": perhaps no number at all
	Scaled  bool // a word such as hundred or million is in it
	Scale   float64
}

// sum builds a number from its parts, left to right.
type sum struct {
	total   float64 // closed groups
	current float64 // the open group, below 1000
	last    role
	lastVal float64
	smaller float64 // what follows must be below this
	joined  role    // what stood before a join
	n       int

	tenFirst bool // "twenty one", not "eenentwintig"
}

func (l *Lexicon) newSum() sum { return sum{smaller: math.Inf(1), tenFirst: l.tenFirst} }

// add takes one more part; glued tells that it is written onto the part before it.
func (s *sum) add(p part, glued bool) bool {
	if p.role != join && s.last == join && !s.joinable(p, glued) {
		return false
	}
	switch p.role {
	case digit:
		if s.last == digit || s.last == teen || s.last == ten && !s.tenFirst || p.value == 0 && s.n > 0 || int(s.current)%10 != 0 {
			return false
		}
		if s.last == ten && s.current != s.lastVal && int(s.current)%100 != int(s.lastVal) {
			return false
		}
		s.current += p.value
	case teen:
		if math.Mod(s.current, 100) != 0 {
			return false
		}
		s.current += p.value
	case ten:
		reversed := s.last == join && s.joined == digit
		if !reversed && math.Mod(s.current, 100) != 0 || reversed && int(s.current)%100 > 9 {
			return false
		}
		s.current += p.value
	case hundred:
		if s.current >= 100 || s.last == join {
			return false
		}
		s.current = max(s.current, 1) * p.value
	case scale:
		if !s.close(p.value) {
			return false
		}
	case join:
		if s.last == 0 || s.last == join || s.last == teen || s.last == ten {
			return false
		}
		s.joined = s.last
	}
	s.last, s.lastVal = p.role, p.value
	s.n++
	return true
}

// joinable tells whether p may follow "and": after a digit only the tens of a
// compound (eenentwintig), after hundred or a scale something smaller.
func (s *sum) joinable(p part, glued bool) bool {
	if s.joined == digit {
		return glued && p.role == ten
	}
	return p.role == digit || p.role == teen || p.role == ten
}

func (s *sum) close(value float64) bool {
	switch {
	case s.last == join:
		return false
	case s.current == 0 && s.n == 0:
		s.total = value
	case s.current == 0 && s.last == scale && s.total < value*1000:
		s.total *= value // "hundred thousand million"
	case s.current == 0 || value >= s.smaller:
		return false
	default:
		s.total += s.current * value
	}
	s.current = 0
	s.smaller = value
	return true
}

func (s *sum) value() float64 { return s.total + s.current }

// evaluate gives the value of the parts of one word.
func evaluate(parts []part, tenFirst bool) (sum, bool) {
	s := sum{smaller: math.Inf(1), tenFirst: tenFirst}
	for i, p := range parts {
		if !s.add(p, i > 0) {
			return s, false
		}
	}
	return s, s.n > 0 && s.last != join
}

// maxPieces bounds the pieces that one number may take.
const maxPieces = 24

// Read reads the longest number that begins at pieces[i], cardinal or ordinal,
// without a sign, and returns the index after it; end is i where there is none.
func (l *Lexicon) Read(pieces []Piece, i int) (n Number, end int) {
	if i >= len(pieces) {
		return Number{}, i
	}
	switch pieces[i].Kind {
	case Digits:
		return l.figures(pieces, i)
	case Letters:
		return l.inWords(pieces, i, l.newSum(), Number{})
	}
	if v, ok := vulgar(pieces[i].Text); ok {
		return Number{Value: v, Figures: true}, i + 1
	}
	return Number{}, i
}

// inWords goes on with number words from pieces[i].
func (l *Lexicon) inWords(pieces []Piece, i int, s sum, n Number) (Number, int) {
	start, end := i, i
	best := s
	articleOnly := true
	for j := i; j < len(pieces) && j-i < maxPieces; j++ {
		p := pieces[j]
		if p.Key == "-" && j > i && j+1 < len(pieces) && s.last != 0 && s.last != join && !p.Space == !pieces[j+1].Space {
			continue
		}
		if p.Kind == Digits {
			k, ok := l.figuresInside(pieces, j, &s)
			if !ok {
				break
			}
			best, end, j = s, k, k-1
			continue
		}
		parts := l.parts(p.Key)
		article := len(parts) == 1 && parts[0].article && strings.ToLower(p.Text) == p.Key
		if p.Kind != Letters || parts == nil || article && s.n > 0 || hyphened(pieces, j, start) && !s.hyphenable(parts) {
			break // "1.17 billion a year", "ten-two"
		}
		next := s
		if !next.all(parts, len(parts) > 1) {
			break
		}
		s = next
		if s.last == join {
			continue
		}
		articleOnly = article && s.n == 1
		best, end = s, j+1
		if parts[len(parts)-1].ordinal {
			n.Ordinal = true
			break
		}
	}
	if end == start {
		return n, start
	}
	n.Value, n.Article = best.value(), articleOnly && !n.Figures
	n.Scaled, n.Scale = best.last == hundred || best.last == scale, best.lastVal
	if best.n > 0 && end > start {
		n.Digits = 0
	}
	return n, end
}

func hyphened(pieces []Piece, j, start int) bool { return j > start && pieces[j-1].Key == "-" }

// hyphenable tells whether a word may follow with a hyphen: "twenty-one", "two-hundred".
func (s *sum) hyphenable(parts []part) bool {
	return len(parts) > 1 || parts[0].role >= hundred || s.last == ten && parts[0].role == digit
}

func (s *sum) all(parts []part, compound bool) bool {
	for i, p := range parts {
		if !s.add(p, compound && i > 0) {
			return false
		}
	}
	return true
}

// figuresInside reads the "21" of "3 hundred and 21", or the "3" of "4 thousand 3 hundred".
func (l *Lexicon) figuresInside(pieces []Piece, j int, s *sum) (end int, ok bool) {
	if s.n == 0 || !pieces[j].Space || s.smaller > 1000 && s.last != scale && s.last != join && s.last != hundred {
		return j, false
	}
	n, k := l.plainFigures(pieces, j)
	if n.Value != math.Trunc(n.Value) || n.Value >= 1000 || n.Value <= 0 {
		return j, false
	}
	scaled := false
	if k < len(pieces) && pieces[k].Kind == Letters {
		parts := l.parts(pieces[k].Key)
		scaled = len(parts) == 1 && (parts[0].role == hundred || parts[0].role == scale && parts[0].value < s.smaller)
	}
	switch {
	case scaled && s.last != join && (s.last == scale || s.last == hundred) && s.current == 0:
	case !scaled && s.last == join && n.Value < s.lastMultiplier():
	default:
		return j, false
	}
	s.current += n.Value
	s.last, s.lastVal = digit, n.Value
	s.n++
	return k, true
}

func (s *sum) lastMultiplier() float64 {
	if s.joined == hundred {
		return 100
	}
	return 1000
}

// figures reads a number that begins with figures: "1.250", "4e", "1,2 miljoen", "10k".
func (l *Lexicon) figures(pieces []Piece, i int) (Number, int) {
	n, end := l.plainFigures(pieces, i)
	if end >= len(pieces) {
		return n, end
	}
	next := pieces[end]
	if next.Kind == Letters && !next.Space && l.suffixes[next.Key] && n.Digits > 0 && n.Digits < 5 {
		n.Ordinal = true
		return n, end + 1
	}
	if next.Kind == Mark {
		if v, ok := vulgar(next.Text); ok && n.Digits > 0 {
			n.Value, n.Digits = n.Value+v, 0
			return n, end + 1
		}
	}
	if p, ok := l.abbrev[next.Text]; ok && next.Kind == Letters {
		n.Value, n.Digits, n.Scaled, n.Scale = n.Value*p.value, 0, true, p.value
		return n, end + 1
	}
	parts := l.parts(next.Key)
	if next.Kind != Letters || len(parts) == 0 || parts[0].role != hundred && parts[0].role != scale || !next.Space && end > 0 && len(next.Key) < 3 {
		return n, end
	}
	s := l.newSum()
	s.current, s.last, s.n = n.Value, ten, 1
	if parts[0].role == hundred { // "322 hundred"
		n.Value *= parts[0].value
		n.Digits, n.Scaled, n.Scale = 0, true, parts[0].value
		s.current, s.last, s.lastVal, s.smaller = n.Value, hundred, 100, 100
		rest, k := l.inWords(pieces, end+1, s, n)
		if k > end+1 {
			return rest, k
		}
		return n, end + 1
	}
	value := n.Value
	s.current, s.last = 1, digit
	got, k := l.inWords(pieces, end, s, n)
	if k == end {
		return n, end
	}
	first := parts[0].value
	got.Value = got.Value - first + value*first
	return got, k
}

// plainFigures reads digits with marks of thousands and decimals.
func (l *Lexicon) plainFigures(pieces []Piece, i int) (Number, int) {
	whole := pieces[i].Text
	if len(whole) > 18 {
		whole = whole[:18]
	}
	end := i + 1
	n := Number{Figures: true, Digits: len(pieces[i].Text)}
	if sep, groups := l.grouping(pieces, i); groups > 0 {
		for range groups {
			if sep == " " {
				whole += pieces[end].Text
				end++
				continue
			}
			whole += pieces[end+1].Text
			end += 2
		}
		n.Digits = 0
	}
	if decimalsFollow(pieces, i, end) {
		n.Value, _ = strconv.ParseFloat(whole+"."+cut(pieces[end+1].Text, 18), 64)
		n.Digits = 0
		return n, end + 2
	}
	n.Value, _ = strconv.ParseFloat(whole, 64)
	return n, end
}

func cut(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}

// grouping returns how many groups of thousands follow pieces[i], and their mark.
func (l *Lexicon) grouping(pieces []Piece, i int) (mark string, groups int) {
	if len(pieces[i].Text) > 3 || pieces[i].Text[0] == '0' && len(pieces[i].Text) > 1 {
		return "", 0
	}
	other := strings.NewReplacer(".", ",", ",", ".").Replace(l.group)
	for _, mark = range []string{l.group, other} {
		groups = marked(pieces, i, mark)
		if groups > 1 || groups == 1 && (mark == l.group || followedByDecimals(pieces, i+3, l.group)) {
			return mark, groups
		}
	}
	for j := i + 1; j < len(pieces) && j-i < 6 && thousand(pieces[j]) && singleSpace(pieces, j); j++ {
		groups++
	}
	return " ", groups
}

// marked counts the ".ddd" after pieces[i]; Indian numbers have groups of two before the last.
func marked(pieces []Piece, i int, mark string) int {
	groups, last := 0, 0
	for j := i + 1; j+1 < len(pieces) && groups < 6; j += 2 {
		d := pieces[j+1]
		if pieces[j].Key != mark || pieces[j].Space || d.Space || d.Kind != Digits || len(d.Text) != 3 && len(d.Text) != 2 {
			break
		}
		groups++
		if len(d.Text) == 3 {
			last = groups
			if j+2 < len(pieces) && pieces[j+2].Key != mark {
				break
			}
		} else if mark == "." {
			break
		}
	}
	if last < groups {
		return last
	}
	return groups
}

func followedByDecimals(pieces []Piece, j int, mark string) bool {
	return j+1 < len(pieces) && pieces[j].Key == mark && !pieces[j].Space && pieces[j+1].Kind == Digits && !pieces[j+1].Space
}

func thousand(p Piece) bool { return p.Kind == Digits && len(p.Text) == 3 }

func singleSpace(pieces []Piece, j int) bool {
	return pieces[j].Space && pieces[j].Span.Start == pieces[j-1].Span.End+1
}

// decimalsFollow tells whether decimals follow the whole number pieces[i:end].
func decimalsFollow(pieces []Piece, i, end int) bool {
	if end+1 >= len(pieces) || pieces[end].Space || pieces[end+1].Space || pieces[end+1].Kind != Digits {
		return false
	}
	m := pieces[end].Key
	if m != "." && m != "," || i > 0 && !pieces[i].Space && pieces[i-1].Key == m {
		return false
	}
	if end > i+1 && i+1 < end && pieces[i+1].Key == m {
		return false // "192.168.1": the mark stood between thousands
	}
	if after := end + 2; after+1 < len(pieces) && pieces[after].Key == m && !pieces[after].Space && pieces[after+1].Kind == Digits && !pieces[after+1].Space {
		return false // "1.2.3" is no number
	}
	return true
}

// vulgar gives the value of a sign such as ½.
func vulgar(s string) (float64, bool) {
	const signs = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒"
	values := [...]float64{1. / 2, 1. / 3, 2. / 3, 1. / 4, 3. / 4, 1. / 5, 2. / 5, 3. / 5, 4. / 5, 1. / 6, 5. / 6, 1. / 8, 3. / 8, 5. / 8, 7. / 8, 1. / 7, 1. / 9, 1. / 10}
	i := 0
	for _, r := range signs {
		if s == string(r) {
			return values[i], true
		}
		i++
	}
	return 0, false
}

// Point tells whether a word stands for the decimal mark.
func (l *Lexicon) Point(p Piece) bool { return l.point[p.Key] }

// Minus tells whether a word or mark before a number makes it negative.
func (l *Lexicon) Minus(p Piece) bool { return l.minus[p.Key] }
