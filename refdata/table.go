package refdata

import (
	"fmt"
	"strings"

	"casus"
)

// table is a tab-separated file: lines that begin with # are comments, the
// first other line names the columns.
type table struct {
	file    string
	columns []string
	rows    []row
}

// row is one line of a table; cells not written at its end are empty.
type row struct {
	table *table
	line  int
	cells []string
}

func parseTable(file, text string) (*table, error) {
	t := &table{file: file}
	for n, line := 1, ""; text != ""; n++ {
		line, text, _ = strings.Cut(text, "\n")
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if t.columns == nil {
			t.columns = cells
			continue
		}
		if len(cells) > len(t.columns) {
			return nil, fmt.Errorf("%s:%d: %d cells for %d columns", file, n, len(cells), len(t.columns))
		}
		t.rows = append(t.rows, row{t, n, cells})
	}
	if t.columns == nil {
		return nil, fmt.Errorf("%s: no header", file)
	}
	return t, nil
}

// cell returns the cell of a column, "" where the table has no such column.
func (r row) cell(column string) string {
	for i, c := range r.table.columns {
		if c == column && i < len(r.cells) {
			return r.cells[i]
		}
	}
	return ""
}

// list returns the entries of a cell, which are separated by semicolons.
func (r row) list(column string) []string { return splitList(r.cell(column)) }

func splitList(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

// actor returns a cell that must be an actor id.
func (r row) actor(column string) (casus.ActorID, error) {
	id := casus.ActorID(r.cell(column))
	if !id.Valid() {
		return "", r.errorf("%s: %q is not an actor id", column, id)
	}
	return id, nil
}

// period returns the days from one column's date to another's, both included;
// an empty cell is an open end.
func (r row) period(from, to string) (casus.Period, error) {
	p := casus.Period{Precision: casus.PrecisionDay}
	var err error
	if p.From, err = casus.ParseDate(r.cell(from)); err != nil {
		return p, r.errorf("%s: %w", from, err)
	}
	if p.To, err = casus.ParseDate(r.cell(to)); err != nil {
		return p, r.errorf("%s: %w", to, err)
	}
	if p.IsOpen() {
		p.Precision = casus.PrecisionUnknown
	}
	if err := p.Validate(); err != nil {
		return p, r.errorf("%w", err)
	}
	return p, nil
}

func (r row) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", r.table.file, r.line, fmt.Errorf(format, args...))
}
