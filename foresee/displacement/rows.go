package displacement

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"casus"
)

// maxFile bounds one file of a folder: the largest that we know has 0.3 MB.
const maxFile = 64 << 20

// row is a line of a CSV file with what is needed to say where it stands.
type row struct {
	file  string
	line  int
	cells []string
}

// readFile reads a file of a folder; a missing one that is not needed is empty.
func readFile(fsys fs.FS, name string, needed bool) ([]byte, error) {
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) && !needed {
		return nil, nil
	}
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: name, Problem: "cannot be opened", Err: err, Advice: "Name a folder that holds it."}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: name, Problem: "cannot be read", Err: err}
	}
	if len(data) > maxFile {
		return nil, &casus.Error{Code: casus.TooLarge, Input: name, Problem: fmt.Sprintf("is larger than %d MB", maxFile>>20), Advice: "Name the right file."}
	}
	return data, nil
}

// readRows reads CSV: cells trimmed of space, rows whose first cell begins with
// # apart as comments (the last of which before the first row is the header),
// rows without any content left out.
func readRows(file string, data []byte) (header row, rows []row, err error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return header, rows, nil
		}
		line := 0
		if len(cells) > 0 {
			line, _ = r.FieldPos(0)
		}
		if err != nil {
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				line = bad.Line
			}
			return header, nil, row{file: file, line: line}.fault("is no row of a CSV file: "+err.Error(), "Mend the row.")
		}
		empty := true
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
			empty = empty && cells[i] == ""
		}
		switch got := (row{file, line, cells}); {
		case empty:
		case !strings.HasPrefix(cells[0], "#"):
			rows = append(rows, got)
		case len(rows) == 0:
			header = got
		}
	}
}

// cell returns a cell, or nothing where the row is shorter.
func (r row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// column returns the index of a header's column, or -1; case and # do not count.
func (r row) column(name string) int {
	for i, c := range r.cells {
		if strings.EqualFold(strings.TrimPrefix(c, "#"), name) {
			return i
		}
	}
	return -1
}

// number reads a cell as a finite number; an empty cell is 0.
func (r row) number(i int, what string) (float64, error) {
	c := r.cell(i)
	if c == "" {
		return 0, nil
	}
	x, err := strconv.ParseFloat(c, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, r.fault(fmt.Sprintf("%s is %q", what, c), "Write a number.")
	}
	return x, nil
}

// maxCount bounds every count of people and days: more is a slip of the pen.
const maxCount = 1_000_000_000

// count reads a cell as a whole number from 0 on; what follows a point is cut off.
func (r row) count(i int, what string) (int, error) {
	x, err := r.number(i, what)
	if err != nil {
		return 0, err
	}
	if x < 0 || x > maxCount {
		return 0, r.fault(fmt.Sprintf("%s is %s", what, r.cell(i)), "Write a number from 0 to a thousand million.")
	}
	return int(x), nil
}

// fault is an error about this row.
func (r row) fault(problem, advice string) error {
	return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%s:%d", r.file, r.line), Problem: problem, Advice: advice}
}
