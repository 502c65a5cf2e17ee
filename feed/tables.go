package feed

import (
	"fmt"
	"strings"
	"sync"
)

// tables is what the package knows of the world, read from its .tsv files.
type tables struct {
	formats   []format
	dates     dateWords
	languages functionWords
}

// loadTables reads the embedded tables once.
var loadTables = sync.OnceValues(func() (tables, error) {
	var t tables
	var err error
	if t.formats, err = parseFormats(formatsTSV); err != nil {
		return t, err
	}
	if t.dates, err = parseDateWords(datesTSV); err != nil {
		return t, err
	}
	t.languages, err = parseFunctionWords(functionWordsTSV)
	return t, err
})

// tableRows splits a table into rows of so many columns, without comments.
func tableRows(tsv string, columns int) ([][]string, error) {
	var rows [][]string
	n := 0
	for line := range strings.Lines(tsv) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			return nil, fmt.Errorf("line %d of a table has %d columns, not %d: %q", n, len(row), columns, line)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
