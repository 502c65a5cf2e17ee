package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"
)

// format is how an answer is printed; every question has these flags.
type format struct {
	JSON bool `name:"json" help:"Print JSON, as the web page gets it." xor:"format"`
	CSV  bool `name:"csv" help:"Print CSV with a header line." xor:"format"`
}

// exported is how an answer of records is printed, or written to a file.
type exported struct {
	format
	Export string `help:"Write the answer's records to this file instead; its name ends in .jsonl, .csv, .geojson or .parquet." xor:"format" placeholder:"FILE"`
}

// plain tells whether a person is to read the answer on a terminal.
func (e exported) plain() bool { return !e.JSON && !e.CSV && e.Export == "" }

// answer prints an answer of records in the format that was asked for, or
// writes its records to a file.
func (d *desk) answer(e exported, answer any, g grid) error {
	if e.Export != "" {
		d.sayNote()
		return d.export(e.Export, answer)
	}
	return d.print(e.format, answer, g)
}

// grid is an answer as rows: for a person as a table, for a program as CSV.
type grid struct {
	columns []string
	rows    [][]string
	sources int      // so many columns before the last say where it comes from; a table folds them under it
	below   []string // of each row, what a table shows under the last cell
	empty   string   // what to say to a person when there are no rows
	more    string   // what to say to a person when there are more rows
}

// print writes an answer in the format that was asked for: answer as JSON, or the grid.
func (d *desk) print(f format, answer any, g grid) error {
	if g.empty = cmp.Or(d.note, g.empty); f.JSON || f.CSV {
		d.sayNote()
	}
	switch {
	case f.JSON:
		return writeJSON(d.stdout, answer)
	case f.CSV:
		return g.csv(d.stdout)
	}
	return g.table(d.stdout)
}

// sayNote tells a person why an answer for a program is empty.
func (d *desk) sayNote() {
	if d.note != "" {
		fmt.Fprintln(d.stderr, d.note)
	}
}

func writeJSON(out io.Writer, answer any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(answer)
}

func (g grid) csv(out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write(g.columns); err != nil {
		return err
	}
	if err := w.WriteAll(g.rows); err != nil {
		return err
	}
	return w.Error()
}

// narrowest is the width below which a last column is no longer squeezed.
const narrowest = 30

func (g grid) table(out io.Writer) error {
	if len(g.rows) == 0 {
		_, err := fmt.Fprintln(out, g.empty)
		return err
	}
	g = g.folded()
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.Options{SeparateColumns: false, SeparateHeader: true}
	t.Style().Format.Header = text.FormatDefault
	head := make(table.Row, len(g.columns))
	for i, c := range g.columns {
		head[i] = c
	}
	t.AppendHeader(head)
	room := g.room(width(out))
	for i, row := range g.rows {
		cells := make(table.Row, len(row))
		for j, c := range row {
			cells[j] = c
		}
		cells[len(row)-1] = g.lastCell(i, room)
		t.AppendRow(cells)
	}
	if _, err := fmt.Fprintln(out, t.Render()); err != nil {
		return err
	}
	if g.more != "" {
		_, err := fmt.Fprintln(out, g.more)
		return err
	}
	return nil
}

// folded returns the grid as a person reads it: the columns of sources stand
// under the last column's words unless those say it, and no text can move the cursor.
func (g grid) folded() grid {
	last := len(g.columns) - 1
	keep := last - g.sources
	out := grid{columns: append(append([]string{}, g.columns[:keep]...), g.columns[last]), more: g.more}
	for _, row := range g.rows {
		var cells []string
		for _, c := range row[:keep] {
			cells = append(cells, plainText(c))
		}
		out.rows = append(out.rows, append(cells, plainText(row[last])))
		sources := slices.DeleteFunc(slices.Clone(row[keep:last]), func(c string) bool { return c == "" || strings.Contains(row[last], c) })
		out.below = append(out.below, plainText(strings.Join(sources, ", ")))
	}
	return out
}

// lastCell wraps the last column to a width, with its source on lines of its own.
func (g grid) lastCell(row, width int) string {
	cells := g.rows[row]
	out := text.WrapSoft(cells[len(cells)-1], width)
	if row < len(g.below) && g.below[row] != "" {
		out += "\n" + text.WrapSoft("— "+g.below[row], width)
	}
	return out
}

// room is what a terminal of a width leaves for the last column, the quote.
func (g grid) room(width int) int {
	for i := range len(g.columns) - 1 {
		w := text.StringWidthWithoutEscSequences(g.columns[i])
		for _, row := range g.rows {
			w = max(w, text.StringWidthWithoutEscSequences(row[i]))
		}
		width -= w + 2
	}
	return max(width-2, narrowest)
}

// plainText keeps text from moving the cursor or colouring the terminal.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
}

// width is the terminal's; where the output is none, as in a pipe to a pager,
// $COLUMNS, or else 160 columns.
func width(out io.Writer) int {
	if f, ok := out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			return w
		}
	}
	if w, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && w > 0 {
		return w
	}
	return 160
}
