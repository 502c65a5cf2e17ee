// Package frames writes down the records that a clause carries: who does what
// to whom, who says so, who is bound, who moves, how many. What a word means
// stands in a language's frame lexicon (FORMAT.md); this package finds clauses
// in trees, fills their slots with actors, and builds records from the frames
// that fit.
package frames

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Predicate is a lemma as the head of a clause or phrase.
type Predicate struct {
	Lemma string
	Class byte // 'v' verb, 'n' noun, 'a' adjective
}

// Frame says which records a predicate carries, and when.
type Frame struct {
	Predicates []Predicate
	Conditions []Condition
	Makes      []Make
	Example    string
	Place      string // file and line ("frames/assault.tsv:12"), for "why"
}

// Condition is something that must hold of a clause for a frame to fit.
type Condition struct {
	Slot   string
	Lemmas []string // one of which heads the slot; empty: see Class
	Class  string   // actor, force, place, people, person, state, number, thing
	Absent bool     // the clause has no such slot
}

// Make is one record that a frame writes.
type Make struct {
	Kind string // event, relation, flow, commitment, claim
	// What holds the words after the kind: an event's TYPE and mode, a
	// relation's type and change, a flow's cause, a commitment's basis and
	// state, a claim's act.
	What   []string
	Roles  map[string]Role
	Mutual bool
	Own    bool // only where the debtor says so
	Due    bool // a commitment only where the words say by when
	Any    bool // made of any word, "*.v": what the word means is not known
}

// Role is where a role is filled from: alternatives tried in order, each a sum of slots.
type Role []Sum

// Sum is slots whose actors are taken together.
type Sum []string

// anyWord stands for the lemma in a frame that fits any word of its class.
const anyWord = "*"

// Lexicon holds a language's frames by predicate.
type Lexicon struct {
	frames map[Predicate][]*Frame
	// asked holds the lemmas that conditions ask for.
	asked map[string]bool
	all   []*Frame
}

// knows tells whether a lemma is a predicate of a class or asked for by a condition.
func (l *Lexicon) knows(lemma string, class byte) bool {
	return len(l.frames[Predicate{lemma, class}]) > 0 || l.asked[lemma]
}

// asks tells whether a frame of a predicate asks for a noun in a slot.
func (l *Lexicon) asks(p Predicate, slot, noun string) bool {
	for _, f := range l.frames[p] {
		for _, c := range f.Conditions {
			if c.Slot == slot && slices.Contains(c.Lemmas, noun) {
				return true
			}
		}
	}
	return false
}

// Frames returns all frames in the order of the files.
func (l *Lexicon) Frames() []*Frame { return l.all }

// ReadLexicon reads the files frames/*.tsv of a language's folder, in the order
// of their names. Its error names the file and the line.
func ReadLexicon(files fs.FS) (*Lexicon, error) {
	names, err := fs.Glob(files, "frames/*.tsv")
	if err != nil {
		return nil, fmt.Errorf("looking for frames: %w", err)
	}
	if len(names) == 0 {
		return nil, errors.New("there are no frames: no file frames/*.tsv")
	}
	l := &Lexicon{frames: map[Predicate][]*Frame{}, asked: map[string]bool{}}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("reading frames: %w", err)
		}
		if err := l.add(name, string(data)); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *Lexicon) add(name, data string) error {
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		f, err := parseFrame(line)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		f.Place = fmt.Sprintf("%s:%d", name, n)
		l.all = append(l.all, f)
		for _, p := range f.Predicates {
			l.frames[p] = append(l.frames[p], f)
		}
		for _, c := range f.Conditions {
			for _, lemma := range c.Lemmas {
				l.asked[lemma] = true
			}
		}
	}
	return nil
}

func parseFrame(line string) (*Frame, error) {
	fields := strings.Split(line, "\t")
	if len(fields) != 4 {
		return nil, fmt.Errorf("%d fields, not 4 (predicate, conditions, makes, example)", len(fields))
	}
	f := &Frame{Example: strings.TrimSpace(fields[3])}
	for _, word := range strings.Fields(fields[0]) {
		p, err := parsePredicate(word)
		if err != nil {
			return nil, err
		}
		f.Predicates = append(f.Predicates, p)
	}
	if len(f.Predicates) == 0 {
		return nil, fmt.Errorf("no predicate")
	}
	for _, word := range strings.Fields(fields[1]) {
		c, err := parseCondition(word)
		if err != nil {
			return nil, err
		}
		f.Conditions = append(f.Conditions, c)
	}
	for _, part := range strings.Split(fields[2], ";") {
		m, err := parseMake(strings.Fields(part))
		if err != nil {
			return nil, err
		}
		m.Any = f.Predicates[0].Lemma == anyWord
		f.Makes = append(f.Makes, m)
	}
	return f, nil
}

func parsePredicate(word string) (Predicate, error) {
	lemma, class, ok := cutLast(word, ".")
	if !ok || lemma == "" || len(class) != 1 || !strings.Contains("vna", class) { //nolint:gocritic // is it one of these
		return Predicate{}, fmt.Errorf("predicate %q is not of the form lemma.v, lemma.n or lemma.a", word)
	}
	return Predicate{strings.ReplaceAll(lemma, "_", " "), class[0]}, nil
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

var slotClasses = []string{"actor", "force", "place", "people", "person", "state", "number", "thing"}

func parseCondition(word string) (Condition, error) {
	word = strings.ReplaceAll(word, "_", " ") // "out_of" is the preposition "out of"
	word, absent := strings.CutPrefix(word, "!")
	if slot, lemmas, ok := strings.Cut(word, "="); ok {
		if slot == "" || lemmas == "" {
			return Condition{}, fmt.Errorf("condition %q lacks a slot or a lemma", word)
		}
		return Condition{Slot: slot, Lemmas: strings.Split(lemmas, ","), Absent: absent}, nil
	}
	slot, class, ok := strings.Cut(word, ":")
	if !ok {
		return Condition{Slot: word, Absent: absent}, nil
	}
	for _, c := range slotClasses {
		if c == class {
			return Condition{Slot: slot, Class: class, Absent: absent}, nil
		}
	}
	return Condition{}, fmt.Errorf("condition %q: %q is not one of %s", word, class, strings.Join(slotClasses, ", "))
}

// whats gives the number of words after each kind and the roles it has.
var whats = map[string]struct {
	words int
	roles string
}{
	"event":      {1, "source target"},
	"relation":   {2, "from to"},
	"flow":       {1, "group origin destination"},
	"commitment": {2, "debtor to duty"},
	"claim":      {1, "speaker about content"},
}

func parseMake(words []string) (Make, error) {
	if len(words) == 0 {
		return Make{}, fmt.Errorf("nothing is made")
	}
	spec, ok := whats[words[0]]
	if !ok {
		return Make{}, fmt.Errorf("%q is not one of event, relation, flow, commitment, claim", words[0])
	}
	m := Make{Kind: words[0], Roles: map[string]Role{}}
	for _, w := range words[1:] {
		role, slots, isRole := strings.Cut(w, "=")
		switch {
		case isRole && !strings.Contains(" "+spec.roles+" ", " "+role+" "):
			return Make{}, fmt.Errorf("%s has no role %q (it has %s)", m.Kind, role, spec.roles)
		case isRole:
			m.Roles[role] = parseRole(slots)
		case w == "mutual":
			m.Mutual = true
		case w == "due" && m.Kind == "commitment":
			m.Due = true
		case w == "own" && m.Kind == "commitment":
			m.Own = true
		default:
			m.What = append(m.What, w)
		}
	}
	if len(m.What) < spec.words || len(m.What) > spec.words+1 {
		return Make{}, fmt.Errorf("%s needs %d words after it, has %q", m.Kind, spec.words, m.What)
	}
	return m, checkWhat(m)
}

func parseRole(slots string) Role {
	if slots == "" {
		return Role{}
	}
	slots = strings.ReplaceAll(slots, "_", " ")
	var r Role
	for alt := range strings.SplitSeq(slots, "|") {
		r = append(r, Sum(strings.Split(alt, "+")))
	}
	return r
}
