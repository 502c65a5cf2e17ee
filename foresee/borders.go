package foresee

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/ledger"
	"casus/refdata"
)

//go:embed borders.tsv
var bordersTable string

// borderWords are the words and crossings by which a record tells of a border.
type borderWords struct {
	crossings []crossing
	// byFirst are all words and names by the first word of each: a year of quotes
	// is looked through for them.
	byFirst map[string][]borderWord
}

// borderWord is a word of the table, or the name of a crossing.
type borderWord struct {
	text string // folded, with a space on both sides
	sort string // border, way, closed, opened; empty for a crossing
	at   int    // which crossing
}

// crossing is a way between two lands.
type crossing struct {
	written []string // its names as the table writes them
	lands   [2]casus.ActorID
}

// readBorders reads borders.tsv. Errors name its line.
func readBorders(table string) (borderWords, error) {
	out := borderWords{byFirst: map[string][]borderWord{}}
	add := func(w borderWord) {
		first, _, _ := strings.Cut(w.text[1:], " ")
		out.byFirst[first] = append(out.byFirst[first], w)
	}
	for i, line := range strings.Split(table, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		switch {
		case len(cells) == 3 && cells[0] == "word" && slices.Contains([]string{"border", "way", "closed", "opened"}, cells[1]):
			for _, w := range strings.Split(cells[2], ";") {
				add(borderWord{text: words(w), sort: cells[1]})
			}
		case len(cells) == 4 && cells[0] == "crossing":
			c := crossing{written: strings.Split(cells[1], ";"), lands: [2]casus.ActorID{casus.ActorID(cells[2]), casus.ActorID(cells[3])}}
			for _, name := range c.written {
				add(borderWord{text: words(name), at: len(out.crossings)})
			}
			out.crossings = append(out.crossings, c)
		default:
			return out, fmt.Errorf("borders.tsv:%d: %q is neither words nor a crossing with two lands", i+1, line)
		}
	}
	return out, nil
}

// words folds a text and sets a space around each word, so that a word can be
// looked for whole.
func words(text string) string {
	out := append(make([]byte, 0, len(text)+2), ' ')
	for _, r := range refdata.Fold(text) {
		switch {
		case r >= 'a' && r <= 'z', unicode.IsLetter(r), unicode.IsDigit(r):
			out = utf8.AppendRune(out, r)
		case out[len(out)-1] != ' ':
			out = append(out, ' ')
		}
	}
	if out[len(out)-1] != ' ' {
		out = append(out, ' ')
	}
	return string(out)
}

// said is what a text says of borders: where the first word of each sort stands
// in it, and the crossings that it names, in the order of the table.
type said struct {
	at        map[string]int
	crossings []int
}

func (s said) has(sort string) bool {
	_, ok := s.at[sort]
	return ok
}

// in finds the words and names in a text that words has made.
func (b borderWords) in(text string) said {
	out := said{at: map[string]int{}}
	for at := 0; at < len(text)-1; {
		end := at + 1 + strings.IndexByte(text[at+1:], ' ')
		for _, w := range b.byFirst[text[at+1:end]] {
			switch {
			case !strings.HasPrefix(text[at:], w.text):
			case w.sort == "":
				out.crossings = append(out.crossings, w.at)
			case !out.has(w.sort):
				out.at[w.sort] = at
			}
		}
		at = end
	}
	slices.Sort(out.crossings)
	out.crossings = slices.Compact(out.crossings)
	return out
}

// passage is what one record tells of a border.
type passage struct {
	open  bool
	lands []casus.ActorID // two where it tells between which; one where it tells only whose
	via   []string        // the crossings that it names
}

// telling are the words of which what tells of a border of a region has one, unless
// it tells of restrictions: those for borders, and the names of its crossings.
func (b borderWords) telling(r region) []string {
	var out []string
	for _, list := range b.byFirst {
		for _, w := range list {
			if w.sort == "border" || w.sort == "" && r.touches(b.crossings[w.at]) {
				out = append(out, strings.TrimSpace(w.text))
			}
		}
	}
	return out
}

// touches tells whether a crossing leads into the region.
func (r region) touches(c crossing) bool {
	return slices.ContainsFunc(c.lands[:], func(land casus.ActorID) bool { return slices.Contains(r.lands, land) })
}

// tells reads what a record tells of a border: by what kind of event it is, or by
// its words where it is of something else (the lorries that a closed crossing
// holds up). Of two words, closed and opened, the first is the news: "opened the
// crossings that had been closed".
func (b borderWords) tells(r region, e ledger.Entry) (passage, bool) {
	rec := e.Record
	var p passage
	if !ledger.Asserted(rec) {
		return p, false
	}
	text := b.in(words(rec.Quote))
	event, _ := rec.Body.(*casus.Event)
	restricts := event != nil && event.Type == casus.Coerce && event.Mode == "restrict"
	gives := event != nil && event.Type == casus.Retreat && event.Mode == "access"
	for _, at := range text.crossings {
		c := b.crossings[at]
		p.via = append(p.via, c.written[0])
		for _, land := range c.lands {
			p.lands = appendNew(p.lands, land)
		}
	}
	border := text.has("border") || len(p.via) > 0
	switch {
	case restricts && (border || text.has("closed") && text.has("way")):
	case gives && border:
		p.open = true
	case !restricts && !gives && border && (text.has("closed") || text.has("opened")):
		p.open = !text.has("closed") || text.has("opened") && text.at["opened"] < text.at["closed"]
	default:
		return p, false
	}
	if len(p.lands) == 0 {
		p.lands = r.landsOf(e)
	}
	inside := slices.ContainsFunc(p.lands, func(id casus.ActorID) bool { return slices.Contains(r.lands, id) })
	return p, inside && len(p.lands) <= 2
}

func appendNew(list []casus.ActorID, id casus.ActorID) []casus.ActorID {
	if slices.Contains(list, id) {
		return list
	}
	return append(list, id)
}

// landsOf are the countries of those whom a record names, of persons those for
// whom they act, and of where it happens.
func (r region) landsOf(e ledger.Entry) []casus.ActorID {
	var out []casus.ActorID
	add := func(id casus.ActorID) {
		if side, ok := e.ActsFor[id]; ok {
			id = side
		}
		if p, ok := r.world.Place(id); ok && p.Country != "" {
			id = p.Country
		}
		if id = casus.ActorID(id.Head()); id.IsCountry() {
			out = appendNew(out, id)
		}
	}
	e.Record.Body.Actors(func(_ string, id casus.ActorID) { add(id) })
	for _, w := range e.Record.Where {
		add(casus.ActorID(w))
		if found := r.world.PlacesNamed(w); len(found) > 0 {
			add(found[0].ID)
		}
	}
	return out
}

// borderState is the latest that the ledger tells of one border.
type borderState struct {
	open    bool
	via     []string
	records gathered // of the latest state only
}

// bordersOf writes the lines of borders that records, oldest first, tell to be
// closed; one that was opened since, or of which only one side is told, becomes a comment.
func (d *draft) bordersOf(q DraftQuestion, r region, b borderWords, entries []ledger.Entry) {
	states, order := map[string]*borderState{}, []string{}
	for _, e := range entries {
		p, ok := b.tells(r, e)
		if !ok {
			continue
		}
		key := pairOf(p.lands)
		s := states[key]
		if s == nil {
			s = &borderState{open: p.open}
			states[key], order = s, append(order, key)
		}
		if s.open != p.open {
			*s = borderState{open: p.open}
		}
		for _, via := range p.via {
			if !slices.Contains(s.via, via) {
				s.via = append(s.via, via)
			}
		}
		s.records.add(key, e)
	}
	for _, key := range order {
		d.borders = append(d.borders, states[key].line(q, key))
	}
}

// pairOf writes lands so that one border has one name.
func pairOf(lands []casus.ActorID) string {
	list := make([]string, len(lands))
	for i, id := range lands {
		list[i] = string(id)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// line is the line of a draft for one border.
func (s *borderState) line(q DraftQuestion, key string) string {
	why := s.records.records(key)
	if len(s.via) > 0 {
		why = "at " + strings.Join(s.via, ", ") + ": " + why
	}
	switch {
	case !strings.Contains(key, ","):
		return fmt.Sprintf("# {between: [%s, …], closed: {from: %s, to: %s}} # told %s, with whom is not: %s", key, q.AsOf.AddDays(1), q.AsOf.AddDays(q.Days), openOrClosed(s.open), why)
	case s.open:
		return fmt.Sprintf("# between %s: told open again, %s", key, why)
	}
	return fmt.Sprintf("{between: [%s], closed: {from: %s, to: %s}} # %s", key, q.AsOf.AddDays(1), q.AsOf.AddDays(q.Days), why)
}

func openOrClosed(open bool) string {
	if open {
		return "open again"
	}
	return "closed"
}
