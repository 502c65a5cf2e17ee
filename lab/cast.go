package lab

import (
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/ledger"
)

// cast is everybody who can play a part in a generated article.
type cast struct {
	ids   []casus.ActorID // in the order in which they were named
	names map[casus.ActorID][]Name
}

func newCast(names []Name) *cast {
	c := &cast{names: map[casus.ActorID][]Name{}}
	for _, n := range names {
		if n.Text == "" || !n.ID.IsPerson() && strings.Contains(string(n.ID), "/") {
			continue // parts move with the whole
		}
		if _, ok := c.names[n.ID]; !ok {
			c.ids = append(c.ids, n.ID)
		}
		c.names[n.ID] = append(c.names[n.ID], n)
	}
	return c
}

// inSamplesFirst orders the cast by how often the samples name them: stand-ins
// are drawn from the front. The rest of the world is the long tail.
func (c *cast) inSamplesFirst(readings []ledger.Reading) {
	times := map[casus.ActorID]int{}
	for _, id := range c.ids {
		for _, n := range c.names[id] {
			for _, r := range readings {
				if n.in(r.Article.Language) {
					times[id] += len(occurrences(r.Article.Text, n.Text))
				}
			}
		}
	}
	slices.SortStableFunc(c.ids, func(a, b casus.ActorID) int { return times[b] - times[a] })
}

// mark is a place in a text, in bytes, that will vary.
type mark struct {
	start, end int
	piece      piece
}

// yearOrNumber finds years, and numbers that are written in digits.
var yearOrNumber = regexp.MustCompile(`\d+(?:[.,]\d+)*`)

// cut cuts a reading into what stays and what varies.
func (c *cast) cut(r ledger.Reading) sample {
	s := sample{reading: r}
	c.addStands(&s)
	for _, rec := range r.Records {
		if f, ok := rec.Body.(*casus.Figure); ok {
			if digits := yearOrNumber.FindString(f.AsWritten); digits != "" && !isYear(digits) && !slices.Contains(s.numbers, digits) {
				s.numbers = append(s.numbers, digits)
			}
		}
	}
	s.text, s.title = c.template(&s, r.Article.Text), c.template(&s, r.Article.Title)
	for _, rec := range r.Records {
		var fields []template
		for _, f := range fieldsOf(&rec) {
			fields = append(fields, c.template(&s, *f))
		}
		s.strings = append(s.strings, fields)
		s.spans = append(s.spans, rec.Span)
	}
	return s
}

// addStands finds out who is named in the text and who could stand in: those
// with words of each class that the text has of the actor.
func (c *cast) addStands(s *sample) {
	text, lang := s.reading.Article.Text, s.reading.Article.Language
	for _, id := range c.ids {
		var used []Name
		for _, n := range c.names[id] {
			if n.in(lang) && len(occurrences(text, n.Text)) > 0 {
				used = append(used, n)
			}
		}
		if len(used) == 0 {
			continue
		}
		a := stand{id: id, words: map[casus.ActorID][]string{}}
		for _, other := range c.ids {
			if other.IsPerson() != id.IsPerson() {
				continue
			}
			if words := c.wordsFor(other, id, used, lang); words != nil {
				a.others = append(a.others, other)
				a.words[other] = words
			}
		}
		s.actors = append(s.actors, a)
	}
}

func (n Name) in(lang string) bool { return n.Lang == lang || n.Lang == "mul" }

// wordsFor lists the words of an actor that take the place of those used of
// another; nil where it lacks some class.
func (c *cast) wordsFor(other, id casus.ActorID, used []Name, lang string) []string {
	var words []string
	for _, u := range used {
		if other == id {
			words = append(words, u.Text)
			continue
		}
		i := slices.IndexFunc(c.names[other], func(n Name) bool { return n.Class == u.Class && n.in(lang) })
		if i < 0 {
			return nil
		}
		words = append(words, c.names[other][i].Text)
	}
	return words
}

// template cuts a string at the words of the sample's actors, its numbers and
// the years.
func (c *cast) template(s *sample, text string) template {
	var marks []mark
	for i, a := range s.actors {
		for w, word := range a.words[a.id] {
			for _, at := range occurrences(text, word) {
				marks = append(marks, mark{at, at + len(word), piece{actor: i + 1, word: w}})
			}
		}
	}
	for _, at := range yearOrNumber.FindAllStringIndex(text, -1) {
		digits := text[at[0]:at[1]]
		switch i := slices.Index(s.numbers, digits); {
		case i >= 0:
			marks = append(marks, mark{at[0], at[1], piece{number: i + 1}})
		case isYear(digits):
			year, _ := strconv.Atoi(digits)
			marks = append(marks, mark{at[0], at[1], piece{year: year}})
		}
	}
	return assemble(text, marks)
}

// assemble makes a template of a text and its marks; of two that overlap the
// one that starts first stays, then the longer.
func assemble(text string, marks []mark) template {
	sort.SliceStable(marks, func(i, j int) bool {
		if marks[i].start != marks[j].start {
			return marks[i].start < marks[j].start
		}
		return marks[i].end > marks[j].end
	})
	var t template
	at := 0
	for _, m := range marks {
		if m.start < at {
			continue
		}
		if m.start > at {
			t = append(t, piece{text: text[at:m.start]})
		}
		m.piece.text = text[m.start:m.end]
		t = append(t, m.piece)
		at = m.end
	}
	if at < len(text) {
		t = append(t, piece{text: text[at:]})
	}
	return t
}

func isYear(digits string) bool {
	return len(digits) == 4 && (strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20"))
}

// occurrences lists the bytes at which a word or words stand whole in a text.
func occurrences(text, word string) []int {
	var out []int
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return out
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(word):])
		if !inWord(before) && !inWord(after) {
			out = append(out, at)
		}
		from = at + len(word)
	}
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
