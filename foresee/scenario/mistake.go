package scenario

import (
	"fmt"
	"slices"
	"strings"
)

// Mistake is one thing that is wrong in a scenario's file.
type Mistake struct {
	File string `json:"file"`
	Position
	Problem string `json:"problem"`
	Advice  string `json:"advice,omitempty"`
}

// String writes "file:line:column: problem. Advice", as editors know to follow.
func (m Mistake) String() string {
	out := fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Problem)
	if m.Advice != "" {
		out += ". " + m.Advice
	}
	return out
}

// Mistakes is all that is wrong in a file, in the order of its lines. It is the
// error that Read returns.
type Mistakes []Mistake

// Error writes the mistakes one a line.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i := range m {
		lines[i] = m[i].String()
	}
	return strings.Join(lines, "\n")
}

// sorted puts mistakes in the order of the file, each once.
func (m Mistakes) sorted() Mistakes {
	slices.SortStableFunc(m, func(a, b Mistake) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return slices.Compact(m)
}
