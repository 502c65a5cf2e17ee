package text

import (
	"strings"
	"unicode"
)

// Bounds, in tokens, of what stands around the prose.
const (
	longestStamp    = 24
	longestDateline = 16
	longestCredit   = 12
)

// stamp returns how many tokens at the head of an article are a line such as
// "date 2021-07" or "Published: July 5, 2021"; the prose after it is left alone.
func (r *Rules) stamp(tokens []Token) int {
	if len(tokens) == 0 || !r.stamps[strings.ToLower(tokens[0].Form)] {
		return 0
	}
	end := 0         // after the last token that is surely of the stamp
	numbers := false // a number was seen
	iso := false     // a whole ISO date was seen: only a time may follow
	for i := 1; i < len(tokens) && i < longestStamp; i++ {
		form := tokens[i].Form
		switch {
		case isDigit(firstRune(form)) && (!iso || strings.Contains(form, ":")):
			numbers, end = true, i+1
			iso = iso || len(form) >= len("2021-07") && form[4] == '-'
		case !r.isDateWord(form, numbers, iso):
			return endOfStamp(numbers, end)
		case len(form) > 2 && isLetter(firstRune(form)):
			end = i + 1
		}
	}
	return endOfStamp(numbers, end)
}

// isDateWord tells whether form may go on a stamp. Once a date is there a
// capitalised "Op" or "On" begins the prose, and after an ISO date any capital does.
func (r *Rules) isDateWord(form string, numbers, iso bool) bool {
	if strings.Contains(",:;|/-–—·()", form) { //nolint:gocritic // is it one of these
		return true
	}
	lower := strings.ToLower(form)
	if !r.calendar[lower] && !r.stamps[lower] {
		return false
	}
	prose := opensProse(form) && !isCapitals(form)
	return !prose || !iso && !(numbers && len(form) <= 2)
}

func endOfStamp(numbers bool, end int) int {
	if !numbers {
		return 0
	}
	return end
}

// opensProse tells whether form is written as a sentence's first word is.
func opensProse(form string) bool { return unicode.IsUpper(firstRune(form)) }

// shortestStory is how many tokens a first paragraph has at least that a place
// line with a colon opens: a shorter one is a headline ("WHO: Ebola spreads").
const shortestStory = 14

// longestPlace bounds, in tokens, a place line that shows itself by its dash alone.
const longestPlace = 5

// agencyDateline returns how many tokens at the head of a paragraph are an
// agency's place line: "KABUL, July 5 (Reuters) -", "BISJKEK –", "Geneva, MINA –",
// and at the head of the article "GAZA:".
func (r *Rules) agencyDateline(tokens []Token, head bool) int {
	if len(tokens) < 3 {
		return 0
	}
	capitals := isCapitals(tokens[0].Form)
	agency := false
	if !capitals && !opensProse(tokens[0].Form) {
		return 0
	}
	if head && tokens[1].Form == ":" && len(tokens) >= shortestStory && opensProse(tokens[2].Form) && (capitals || r.agencies[strings.ToLower(tokens[0].Form)]) {
		return 2
	}
	for i, t := range tokens {
		if i > longestDateline || i+1 == len(tokens) {
			return 0
		}
		lower := strings.ToLower(t.Form)
		switch {
		case i > 0 && isDash(t.Form) && t.SpaceBefore && tokens[i+1].SpaceBefore:
			if capitals || agency || i <= longestPlace && opensProse(tokens[i+1].Form) && !dashed(tokens[i+1:]) {
				return i + 1
			}
			return 0
		case r.agencies[lower]:
			agency = true
		case strings.Contains("(),./-", t.Form), isDigit(firstRune(t.Form)), r.calendar[lower], opensProse(t.Form): //nolint:gocritic // is it one of these
		default:
			return 0
		}
	}
	return 0
}

// dashed tells whether a dash sets words apart in a sentence: then one before it
// opens an aside ("Armenia – Russia's ally – refused").
func dashed(tokens []Token) bool {
	for i, t := range tokens {
		switch {
		case isDash(t.Form) && t.SpaceBefore && i+1 < len(tokens) && tokens[i+1].SpaceBefore:
			return true
		case t.Form == ".":
			return false
		}
	}
	return false
}

func isDash(form string) bool {
	return form == "-" || form == "--" || form == "–" || form == "—"
}

// isCapitals tells whether form is a word of two letters or more, all capitals.
func isCapitals(form string) bool {
	letters := 0
	for _, c := range form {
		if unicode.IsLower(c) {
			return false
		}
		if isLetter(c) {
			letters++
		}
	}
	return letters >= 2
}

// credit returns how many tokens at the end of a paragraph are a picture's
// credit: "Beeld AP", "Photo: Getty Images", "© AFP".
func (r *Rules) credit(tokens []Token) int {
	for i := len(tokens) - 1; i >= 0 && i >= len(tokens)-longestCredit; i-- {
		if isStop(tokens[i].Form) {
			return 0
		}
		if !r.credits[strings.ToLower(tokens[i].Form)] || unicode.IsLower(firstRune(tokens[i].Form)) {
			continue
		}
		rest := tokens[i+1:]
		if len(rest) > 0 && (i == 0 || isStop(tokens[i-1].Form) || closes(tokens[i-1]) || r.namesAgency(rest)) && r.isSource(rest) {
			if i > 0 && strings.Contains("(|/[", tokens[i-1].Form) { //nolint:gocritic // is it one of these
				i--
			}
			return len(tokens) - i
		}
	}
	return 0
}

func (r *Rules) namesAgency(tokens []Token) bool {
	for _, t := range tokens {
		if r.agencies[strings.ToLower(t.Form)] {
			return true
		}
	}
	return false
}

// isSource tells whether tokens read as the maker of a picture: a colon, an
// agency or a name.
func (r *Rules) isSource(tokens []Token) bool {
	t := tokens[0]
	return t.Form == ":" || r.namesAgency(tokens) || opensProse(t.Form)
}
