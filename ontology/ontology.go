// Package ontology holds what is fixed about kinds of event: PLOVER's types
// and modes with their quad class and cooperation–conflict score, read from a
// table that a person can check against the manual.
package ontology

import (
	"bufio"
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"casus"
)

//go:embed plover.tsv
var ploverTable string

// Quad is PLOVER's quad class.
type Quad int

const (
	VerbalCooperation   Quad = 1
	MaterialCooperation Quad = 2
	VerbalConflict      Quad = 3
	MaterialConflict    Quad = 4
)

// Entry is one line of PLOVER's table: a type, or a mode of a type.
type Entry struct {
	Type  casus.EventType
	Mode  string // "" for the type itself
	Quad  Quad
	Score float64 // -10 (conflict) to +10 (cooperation)
	// NeedsTarget is PLOVER's "recipient needed": such an event without a
	// recipient is not coded by that codebook.
	NeedsTarget bool
}

// Plover is the table of types and modes.
type Plover struct {
	entries []Entry
	index   map[key]int
}

type key struct {
	t    casus.EventType
	mode string
}

// Open reads the embedded table.
func Open() (*Plover, error) { return parse(ploverTable) }

func parse(table string) (*Plover, error) {
	p := &Plover{index: map[key]int{}}
	scan := bufio.NewScanner(strings.NewReader(table))
	header := false
	for n := 1; scan.Scan(); n++ {
		line := scan.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		if !header {
			header = true
			continue
		}
		e, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("plover.tsv:%d: %w", n, err)
		}
		p.index[key{e.Type, e.Mode}] = len(p.entries)
		p.entries = append(p.entries, e)
	}
	return p, scan.Err()
}

func parseLine(line string) (Entry, error) {
	f := strings.Split(line, "\t")
	if len(f) != 5 {
		return Entry{}, fmt.Errorf("%d fields, not 5", len(f))
	}
	quad, err := strconv.Atoi(f[2])
	if err != nil || quad < 1 || quad > 4 {
		return Entry{}, fmt.Errorf("quad %q is not 1 to 4", f[2])
	}
	score, err := strconv.ParseFloat(f[4], 64)
	if err != nil || score < -10 || score > 10 {
		return Entry{}, fmt.Errorf("score %q is not between -10 and 10", f[4])
	}
	e := Entry{Type: casus.EventType(f[0]), Quad: Quad(quad), NeedsTarget: f[3] == "yes", Score: score}
	if f[1] != "-" {
		e.Mode = f[1]
	}
	return e, nil
}

// Lookup returns the entry of a type and mode ("" for none).
func (p *Plover) Lookup(t casus.EventType, mode string) (Entry, bool) {
	i, ok := p.index[key{t, mode}]
	if !ok {
		return Entry{}, false
	}
	return p.entries[i], true
}

// Entries returns the table in its order.
func (p *Plover) Entries() []Entry { return append([]Entry(nil), p.entries...) }

// Check reports whether an event's type and mode go together.
func (p *Plover) Check(e *casus.Event) error {
	if _, ok := p.Lookup(e.Type, ""); !ok {
		return fmt.Errorf("event type %q is not one of PLOVER's", e.Type)
	}
	if _, ok := p.Lookup(e.Type, e.Mode); !ok {
		return fmt.Errorf("mode %q is not a mode of %s", e.Mode, e.Type)
	}
	return nil
}
