package feed

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"casus"
)

//go:embed dates.tsv
var datesTSV string

// dateWords is dates.tsv.
type dateWords struct {
	months   map[string]time.Month
	weekdays map[string]bool
	labels   map[string]bool
	outlets  map[string]bool
	credits  map[string]bool
	meta     []string // in the order of preference
}

func parseDateWords(tsv string) (dateWords, error) {
	d := dateWords{months: map[string]time.Month{}, weekdays: map[string]bool{}, labels: map[string]bool{}, outlets: map[string]bool{}, credits: map[string]bool{}}
	rows, err := tableRows(tsv, 3)
	if err != nil {
		return d, err
	}
	for _, row := range rows {
		switch kind, word := row[0], row[1]; kind {
		case "month":
			n, err := strconv.Atoi(row[2])
			if err != nil || n < 1 || n > 12 {
				return d, fmt.Errorf("dates.tsv: %s: %q is not the number of a month", word, row[2])
			}
			d.months[word] = time.Month(n)
		case "weekday":
			d.weekdays[word] = true
		case "label":
			d.labels[word] = true
		case "outlet":
			d.outlets[word] = true
		case "credit":
			d.credits[word] = true
		case "meta":
			d.meta = append(d.meta, word)
		default:
			return d, fmt.Errorf("dates.tsv: %q is not a kind of row", kind)
		}
	}
	return d, nil
}

// isoDate reads YYYY, YYYY-MM, YYYY-MM-DD or an RFC 3339 time; of a time it
// takes the day that its own zone shows, as the publisher did.
func isoDate(s string) (casus.Period, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return casus.Day(casus.DateOf(t)), plausible(t.Year())
	}
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		t, err := time.Parse(layout, s)
		if err != nil || !plausible(t.Year()) {
			continue
		}
		switch layout {
		case "2006-01":
			return casus.Month(t.Year(), t.Month()), true
		case "2006":
			return casus.Year(t.Year()), true
		}
		return casus.Day(casus.DateOf(t)), true
	}
	return casus.Period{}, false
}

// plausible keeps four-digit numbers that are no year of a newspaper from being one.
func plausible(year int) bool { return year >= 1600 && year <= 2999 }

// find reads the date that s begins with: in figures (2021-07-05, 5-7-2021),
// in words (maandag 5 juli 2021, July 5th, 2021, juli 2021), whatever follows
// it. ok is false where there is none, where the day does not exist, and where
// figures could be read two ways (5/7/2021).
func (d dateWords) find(s string) (p casus.Period, ok bool) {
	words := dateTokens(s)
	for len(words) > 0 && d.weekdays[words[0]] {
		words = words[1:]
	}
	switch {
	case len(words) == 0:
		return casus.Period{}, false
	case strings.ContainsAny(words[0], "-/."):
		return numericDate(words[0])
	}
	if m, ok := d.months[words[0]]; ok { // July 5, 2021; July 2021
		if day, ok := number(words, 1, 2); ok {
			if year, ok := number(words, 2, 4); ok {
				return dayOf(year, m, day)
			}
			return casus.Period{}, false
		}
		year, ok := number(words, 1, 4)
		return casus.Month(year, m), ok && plausible(year)
	}
	if day, ok := number(words, 0, 2); ok && len(words) > 1 { // 5 juli 2021; 5th of July 2021
		words = words[1:]
		if words[0] == "of" && len(words) > 1 {
			words = words[1:]
		}
		m, isMonth := d.months[words[0]]
		year, isYear := number(words, 1, 4)
		if isMonth && isYear {
			return dayOf(year, m, day)
		}
	}
	if len(words) == 1 {
		return isoDate(words[0])
	}
	return casus.Period{}, false
}

// dateTokens are the words and figures at the start of s, in lower case,
// without the full stops and commas around them and without the ending of an
// ordinal; no date needs more than eight.
func dateTokens(s string) []string {
	var tokens []string
	for w := range strings.FieldsSeq(strings.ToLower(firstBytes(s, 200))) {
		if len(tokens) == 8 {
			break
		}
		w = strings.Trim(w, ".,;:()|–—")
		digits := strings.TrimLeft(w, "0123456789")
		if n := len(w) - len(digits); n > 0 && n <= 2 {
			switch digits {
			case "st", "nd", "rd", "th", "e", "ste", "de":
				w = w[:n]
			}
		}
		if w != "" {
			tokens = append(tokens, w)
		}
	}
	return tokens
}

// number reads token i as a number of at most so many digits; a year has exactly four.
func number(tokens []string, i, digits int) (int, bool) {
	if i >= len(tokens) || len(tokens[i]) > digits || digits == 4 && len(tokens[i]) != 4 {
		return 0, false
	}
	n, err := strconv.Atoi(tokens[i])
	return n, err == nil && n > 0
}

// numericDate reads a date in figures. Of two figures before the year the day
// comes first, as it is written in Dutch and British; with slashes, which
// Americans write month first, only where it can't be meant otherwise.
func numericDate(s string) (casus.Period, bool) {
	if day, _, ok := strings.Cut(s, "t"); ok { // a time, with or without a zone
		s = day
	}
	if p, ok := isoDate(s); ok {
		return p, true
	}
	parts := strings.FieldsFunc(s, func(c rune) bool { return c == '-' || c == '/' || c == '.' })
	if len(parts) != 3 {
		return casus.Period{}, false
	}
	if year, ok := number(parts, 0, 4); ok { // 2021/07/05, 2021-7-5
		month, _ := number(parts, 1, 2)
		day, _ := number(parts, 2, 2)
		return dayOf(year, time.Month(month), day)
	}
	day, _ := number(parts, 0, 2)
	month, _ := number(parts, 1, 2)
	year, _ := number(parts, 2, 4)
	if strings.Contains(s, "/") {
		if day <= 12 && month <= 12 && day != month {
			return casus.Period{}, false
		}
		if month > 12 {
			day, month = month, day
		}
	}
	return dayOf(year, time.Month(month), day)
}

// dayOf returns a day that exists.
func dayOf(year int, m time.Month, day int) (casus.Period, bool) {
	if !plausible(year) || m < 1 || m > 12 || day < 1 || day > 31 {
		return casus.Period{}, false
	}
	date := casus.NewDate(year, m, day)
	return casus.Day(date), date.Day() == day && date.Month() == m
}

// header is what the first lines of a plain text say about it.
type header struct {
	date      casus.Period
	publisher string
	title     string
	note      string // a line that means to give a date but can't be read
}

// headerLines and headerBytes are how far a text's header reaches.
const (
	headerLines = 5
	headerBytes = 4096
)

// header reads the first lines of text: a date, and a headline if there is one.
func (d dateWords) header(text string) header {
	var h header
	n, heading := 0, true // heading: nothing but dates and rubrics so far
	for line := range strings.Lines(firstBytes(text, headerBytes)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if n++; n > headerLines {
			break
		}
		if name, ok := d.outletLine(line); ok && h.publisher == "" {
			h.publisher = name
			continue
		}
		rest, isDate := d.dateLine(&h, line, n)
		if heading {
			h.title = d.headline(rest, text)
		}
		rubric := len(strings.Fields(rest)) == 1 // "Interview", above the headline
		heading = heading && (isDate && rest == "" || rubric)
	}
	return h
}

// outletLine reads a line such as "Publisher: Caspian Ledger".
func (d dateWords) outletLine(line string) (name string, ok bool) {
	label, name, ok := strings.Cut(line, ":")
	name = strings.TrimSpace(name)
	return name, ok && d.outlets[strings.ToLower(strings.TrimSpace(label))] && name != "" && len(name) <= 80
}

// dateLine looks for a date in line n of a text. rest is what the line holds
// beside it: all of it where the line is none about the date.
func (d dateWords) dateLine(h *header, line string, n int) (rest string, isDate bool) {
	if n == 1 {
		if p, rest, ok := markedDate(line); ok {
			h.date = p
			return rest, true
		}
	}
	if value, colon, ok := d.labelled(line); ok {
		p, ok := d.find(value)
		switch {
		case ok && h.date.IsZero():
			h.date, h.note = p, ""
		case !ok && colon:
			h.note = fmt.Sprintf("the date in the line %q could not be read", firstBytes(printable(line), 60))
		}
		if ok || colon {
			return "", true
		}
	}
	if h.date.IsZero() {
		if p, ok := d.dateline(line); ok {
			h.date = p
			return "", false // the first line of the text proper, no headline
		}
	}
	return line, false
}

// labelWords is the most words that a label has.
const labelWords = 3

// labelled returns what follows a label such as "Published:" at the start of a
// line. Without a colon ("Gepubliceerd op 5 juli 2021") the line must be
// short, or it is prose, and the longest label counts.
func (d dateWords) labelled(line string) (value string, colon, ok bool) {
	end := 0
	for range labelWords {
		next := strings.IndexAny(line[end:], " :")
		if next < 0 {
			break
		}
		word := line[:end+next]
		rest := strings.TrimLeft(line[len(word):], " ")
		after, isColon := strings.CutPrefix(rest, ":")
		if d.labels[strings.ToLower(word)] && (isColon || len(line) <= 80) {
			value, colon, ok = after, isColon, true
		}
		if isColon {
			break
		}
		end = len(line) - len(rest)
	}
	return value, colon, ok
}

// markedDate reads a first line of the form "date 2021-07 …".
func markedDate(line string) (casus.Period, string, bool) {
	word, rest, _ := strings.Cut(line, " ")
	if word != "date" {
		return casus.Period{}, "", false
	}
	value, rest, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	p, ok := isoDate(value)
	return p, strings.TrimSpace(rest), ok
}

// dateline reads the date of a paragraph that opens with place and date:
// "KABUL, 5 juli 2021 – ", "MOSCOW (Reuters), July 5, 2021 — ". Prose that
// merely begins with a date is none.
func (d dateWords) dateline(line string) (casus.Period, bool) {
	lead, _, ok := cutDash(firstBytes(line, 120))
	if !ok {
		return casus.Period{}, false
	}
	place, rest, ok := strings.Cut(lead, ",")
	if !ok {
		return casus.Period{}, false
	}
	if open := strings.IndexByte(place, '('); open > 0 {
		place = place[:open]
	}
	if !isPlaceLine(place) {
		return casus.Period{}, false
	}
	return d.find(rest)
}

// cutDash cuts line at its first dash that stands between spaces or after a
// word; a hyphen inside a word is none.
func cutDash(line string) (before, after string, found bool) {
	for _, dash := range []string{"–", "—", " - "} {
		if b, a, ok := strings.Cut(line, dash); ok && (!found || len(b) < len(before)) {
			before, after, found = b, a, true
		}
	}
	return before, after, found
}

// isPlaceLine tells whether s is written as a place at the head of a report: all in capitals.
func isPlaceLine(s string) bool {
	letters := 0
	for _, c := range s {
		switch {
		case unicode.IsLower(c) || unicode.IsDigit(c):
			return false
		case unicode.IsLetter(c):
			letters++
		}
	}
	return letters >= 2
}

// headline returns line where it is one: short, of more than one word, without
// the punctuation that ends a sentence, no photo's caption, and with text after it.
func (d dateWords) headline(line, text string) string {
	line = strings.TrimSpace(line)
	end := []rune(line)
	switch {
	case len(end) == 0 || len(end) > 120, !strings.Contains(line, " "),
		strings.ContainsRune(".!?:;,…-–—", end[len(end)-1]):
		return ""
	}
	if at := strings.Index(text, line); at < 0 || strings.TrimSpace(firstBytes(text[at+len(line):], headerBytes)) == "" {
		return ""
	}
	words := strings.Fields(line)
	for _, w := range words[max(0, len(words)-4):] {
		if d.credits[strings.ToLower(strings.Trim(w, ":"))] {
			return ""
		}
	}
	return line
}

// firstBytes returns the start of s, at most n bytes of it and whole code points.
func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
