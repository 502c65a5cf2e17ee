package obligation

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/refdata"
)

//go:embed keeps.tsv
var keepsTable string

//go:embed promises.tsv
var promisesTable string

// rules are the tables of this package.
type rules struct {
	keeps    []keepRule
	promises []promiseRule
}

// keepRule is a line of keeps.tsv.
type keepRule struct {
	owed, done refdata.Trigger
	towards    string
}

// promiseRule is a line of promises.tsv.
type promiseRule struct {
	words []string
	basis string
	event refdata.Trigger
	who   string
	comes State
	how   string
}

// readRules reads the tables; its error names the line, and means that the
// program was built from a broken table.
func readRules() (rules, error) {
	var out rules
	err := eachRow("keeps.tsv", keepsTable, 3, func(c []string) error {
		owed, ok1 := refdata.ParseTrigger(c[0])
		done, ok2 := refdata.ParseTrigger(c[1])
		if !ok1 || !ok2 || !slices.Contains([]string{"beneficiary", "parties", "place"}, c[2]) {
			return fmt.Errorf("%q is not understood", c)
		}
		out.keeps = append(out.keeps, keepRule{owed, done, c[2]})
		return nil
	})
	if err != nil {
		return out, err
	}
	err = eachRow("promises.tsv", promisesTable, 6, func(c []string) error {
		event, ok := refdata.ParseTrigger(c[2])
		if !ok || !slices.Contains([]string{"debtor>beneficiary", "any>debtor", "any>beneficiary"}, c[3]) ||
			!slices.Contains([]State{Binds, Broken, Released}, State(c[4])) || c[1] != "*" && !slices.Contains(casus.Bases(), casus.Basis(c[1])) {
			return fmt.Errorf("%q is not understood", c)
		}
		out.promises = append(out.promises, promiseRule{strings.Split(c[0], ","), c[1], event, c[3], State(c[4]), c[5]})
		return nil
	})
	return out, err
}

// eachRow calls read with the cells of each line of a table, after its header.
func eachRow(file, table string, columns int, read func([]string) error) error {
	header, n := true, 0
	for line := range strings.Lines(table) {
		n++
		if line = strings.TrimRight(line, "\r\n"); line == "" || line[0] == '#' {
			continue
		}
		if header {
			header = false
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			return fmt.Errorf("%s:%d: %d cells, not %d", file, n, len(cells), columns)
		}
		if err := read(cells); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return nil
}
