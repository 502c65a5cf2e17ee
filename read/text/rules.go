package text

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Rules say how a language cuts its text; they are read from a pack's
// tokens.txt, whose head explains each directive.
type Rules struct {
	abbreviations map[string]ending   // lower case, with the full stop
	numbered      map[string]bool     // abbreviations before a number only
	front         map[string]bool     // clitics after an apostrophe
	back          []string            // clitics at the end of a word
	cut           map[string][]string // whole words and their parts
	prefixes      map[string]bool     // first parts that a hyphen does not cut off
	openers       map[string]bool     // words that commonly begin a sentence
	stamps        map[string]bool
	calendar      map[string]bool
	credits       map[string]bool
	agencies      map[string]bool
	joinPercent   bool
	joinHyphen    bool
	joinSlash     bool
}

// ending says what an abbreviation's full stop may be.
type ending int

const (
	notAbbreviation ending = iota
	neverEnds              // the sentence goes on
	mayEnd                 // the sentence may end here too
)

// longestAbbreviation bounds, in code points, what is looked up word by word.
const longestAbbreviation = 24

// LoadRules reads a tokens.txt. An unknown directive is an error that names its line.
func LoadRules(r io.Reader) (*Rules, error) {
	rules := &Rules{
		abbreviations: map[string]ending{}, numbered: map[string]bool{},
		front: map[string]bool{}, cut: map[string][]string{}, prefixes: map[string]bool{}, openers: map[string]bool{},
		stamps: map[string]bool{}, calendar: map[string]bool{}, credits: map[string]bool{}, agencies: map[string]bool{},
	}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(strings.ToLower(lines.Text()))
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if err := rules.add(fields[0], fields[1:]); err != nil {
			return nil, fmt.Errorf("token rules, line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("token rules: %w", err)
	}
	return rules, nil
}

// add takes in one directive and its words, both in lower case.
func (r *Rules) add(kind string, words []string) error {
	if len(words) == 0 {
		return fmt.Errorf("%q has no words", kind)
	}
	sets := map[string]map[string]bool{
		"numbered": r.numbered, "front": r.front, "prefix": r.prefixes, "opener": r.openers, "stamp": r.stamps, "calendar": r.calendar, "credit": r.credits, "agency": r.agencies,
	}
	switch kind {
	case "title", "abbreviation":
		return r.addAbbreviations(words, neverEnds)
	case "closing":
		return r.addAbbreviations(words, mayEnd)
	case "back":
		r.back = append(r.back, words...)
	case "cut":
		if len(words) < 2 || strings.Join(words[1:], "") != words[0] {
			return fmt.Errorf("the parts of %q do not make it up", words[0])
		}
		r.cut[words[0]] = words[1:]
	case "percent", "hyphen", "slash":
		if words[0] != "join" && words[0] != "split" {
			return fmt.Errorf("%s is %q, want join or split", kind, words[0])
		}
		join := map[string]*bool{"percent": &r.joinPercent, "hyphen": &r.joinHyphen, "slash": &r.joinSlash}
		*join[kind] = words[0] == "join"
	default:
		set, known := sets[kind]
		if !known {
			return fmt.Errorf("unknown directive %q", kind)
		}
		for _, w := range words {
			set[w] = true
		}
	}
	return nil
}

func (r *Rules) addAbbreviations(words []string, e ending) error {
	for _, w := range words {
		if utf8.RuneCountInString(w) > longestAbbreviation {
			return fmt.Errorf("abbreviation %q is longer than %d characters", w, longestAbbreviation)
		}
		r.abbreviations[w] = max(r.abbreviations[w], e)
	}
	return nil
}
