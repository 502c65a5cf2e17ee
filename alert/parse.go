package alert

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/ontology"
)

// MaxSize bounds a rules file, in bytes.
const MaxSize = 1 << 20

// Parse reads a rules file. Its text is in lines that each stand by themselves,
// so that what is wrong with one costs no more than its own section:
//
//	# a remark
//	[rule NAME]       a rule; its conditions follow
//	key: value        one condition; lists have commas
//	[file NAME]       where alerts go: file or feed (path), webhook (url, secret-env or secret-file)
//	[language nl]     alerts are written in Dutch (nl) or English (en)
//
// The errors are *casus.Error whose Input is name:line:column. The sections
// that they are in are left out of the answer.
func Parse(name string, data []byte) (Rules, []error) {
	if len(data) > MaxSize {
		return Rules{}, []error{&casus.Error{Code: casus.TooLarge, Input: name, Problem: fmt.Sprintf("a rules file has at most %d bytes", MaxSize), Advice: "Is this the right file?"}}
	}
	sections, errs := sectionsOf(name, strings.TrimPrefix(string(data), "\ufeff"))
	plover, err := ontology.Open()
	if err != nil {
		return Rules{}, []error{err}
	}
	var out Rules
	names := map[string]Place{}
	for _, s := range sections {
		if s.broken {
			continue
		}
		if before, ok := names[s.kind+" "+s.name]; ok {
			errs = append(errs, s.at.wrong("Give it another name.", "there is a %s of this name already, on line %d", s.kind, before.Line))
			continue
		}
		names[s.kind+" "+s.name] = s.at
		errs = append(errs, out.add(s, plover)...)
	}
	return out, InOrder(errs)
}

// add takes up what a section says, unless something is wrong with it.
func (rs *Rules) add(s section, plover *ontology.Plover) []error {
	switch s.kind {
	case ruleSection:
		r, wrong := ruleOf(s, plover)
		if len(wrong) == 0 {
			rs.Rules = append(rs.Rules, r)
		}
		return wrong
	case languageSection:
		if s.name != "nl" && s.name != "en" || len(s.pairs) > 0 {
			return []error{s.at.wrong("Write [language nl] or [language en], on a line by itself.", "alerts are written in Dutch (nl) or English (en)")}
		}
		rs.Language = s.name
		return nil
	}
	t, wrong := targetOf(s)
	if len(wrong) == 0 {
		rs.Targets = append(rs.Targets, t)
	}
	return wrong
}

// InOrder sorts errors of a rules file by line, keeping the order of those of a line.
func InOrder(errs []error) []error {
	line := func(err error) (n int) {
		if e := (*casus.Error)(nil); errors.As(err, &e) {
			rest := e.Input[:max(0, strings.LastIndexByte(e.Input, ':'))]
			n, _ = strconv.Atoi(rest[strings.LastIndexByte(rest, ':')+1:])
		}
		return n
	}
	slices.SortStableFunc(errs, func(a, b error) int { return line(a) - line(b) })
	return errs
}

// section is a header and the lines below it.
type section struct {
	kind, name string
	at         Place
	pairs      []pair
	broken     bool // an error in it was told
}

// pair is a line "key: value".
type pair struct {
	key, value Word
}

// list parts a value at its commas.
func (p pair) list() []Word {
	var out []Word
	column := p.value.At.Column
	for item := range strings.SplitSeq(p.value.Text, ",") {
		text := strings.TrimSpace(item)
		at := p.value.At
		at.Column = column + utf8.RuneCountInString(item[:max(0, strings.Index(item, text))])
		out = append(out, Word{text, at})
		column += utf8.RuneCountInString(item) + 1
	}
	return out
}

// The kinds of section that are no target.
const (
	ruleSection     = "rule"
	languageSection = "language"
)

func sectionKinds() []string {
	return []string{ruleSection, languageSection, string(ToFile), string(ToFeed), string(ToWebhook)}
}

// sectionsOf reads the lines.
func sectionsOf(name, text string) (out []section, errs []error) {
	homeless := false // told of lines before the first section
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		trimmed := strings.TrimSpace(line)
		at := Place{name, n, 1 + utf8.RuneCountInString(line) - utf8.RuneCountInString(trimmed)}
		if err := readable(line, at); err != nil {
			errs = append(errs, err)
			if strings.HasPrefix(trimmed, "[") {
				out = append(out, section{at: at, broken: true})
			} else if len(out) > 0 {
				out[len(out)-1].broken = true
			}
			continue
		}
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case trimmed[0] == '[':
			s, err := header(trimmed, at)
			if err != nil {
				errs = append(errs, err)
			}
			out = append(out, s)
		case len(out) == 0:
			if !homeless {
				errs = append(errs, at.wrong("Begin with a line like [rule Taliban take a place].", "this line is in no rule"))
			}
			homeless = true
		default:
			s := &out[len(out)-1]
			if err := s.add(trimmed, at); err != nil {
				errs = append(errs, err)
				s.broken = true
			}
		}
	}
	return out, errs
}

// readable refuses what is no text.
func readable(line string, at Place) error {
	column := 0
	for i, r := range line {
		column++
		size := utf8.RuneLen(r)
		if r == utf8.RuneError && !strings.HasPrefix(line[i:], "\ufffd") || size < 0 || unicode.IsControl(r) && r != '\t' {
			at.Column = column
			return at.wrong("Save the file as plain text in UTF-8.", "there is a byte here that is no text")
		}
	}
	return nil
}

// header reads "[rule NAME]". Where that fails the section is there, broken, so
// that the lines below it are not taken for those of the section above.
func header(text string, at Place) (section, error) {
	s := section{at: at, broken: true}
	inside, closed := strings.CutSuffix(text[1:], "]")
	if !closed {
		at.Column += utf8.RuneCountInString(text)
		return s, at.wrong("Close it, as in [rule Taliban take a place].", "the ] is missing")
	}
	kind, name, _ := strings.Cut(strings.TrimSpace(inside), " ")
	s.kind, s.name = strings.ToLower(kind), strings.Join(strings.Fields(name), " ")
	if !slices.Contains(sectionKinds(), s.kind) {
		at.Column++
		return s, at.wrong("Write [rule NAME], where alerts go ([file NAME], [feed NAME] or [webhook NAME]), or [language nl].", "%q begins no section", kind)
	}
	if s.name == "" {
		at.Column += utf8.RuneCountInString(text) - 1
		return s, at.wrong("Give it one, by which alerts are told apart.", "the %s has no name", s.kind)
	}
	s.broken = false
	return s, nil
}

// add reads "key: value".
func (s *section) add(trimmed string, at Place) error {
	key, rest, ok := strings.Cut(trimmed, ":")
	if !ok {
		at.Column += utf8.RuneCountInString(trimmed)
		return at.wrong("Write key: value, as in actor: Taliban.", "there is no colon in this line")
	}
	name := strings.ToLower(strings.TrimSpace(key))
	value := strings.TrimSpace(rest)
	valueAt := at
	valueAt.Column += utf8.RuneCountInString(trimmed) - utf8.RuneCountInString(strings.TrimLeftFunc(rest, unicode.IsSpace))
	if value == "" {
		return valueAt.wrong("Write one, or take the line away.", "%s has no value", name)
	}
	for _, p := range s.pairs {
		if p.key.Text == name {
			return at.wrong("Write all on one line, with commas.", "%s stands here already, on line %d", name, p.key.At.Line)
		}
	}
	s.pairs = append(s.pairs, pair{Word{name, at}, Word{value, valueAt}})
	return nil
}
