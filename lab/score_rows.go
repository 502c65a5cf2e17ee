package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"casus"
)

// row is a record or an actor as a line of JSON has it. Scoring works on these
// and not on casus.Record, because a prediction of any program may be scored:
// a field that is absent, null or of an odd type is wrong, and no error.
type row map[string]any

// kind returns the row's kind, "" where it has none of the six.
func (r row) kind() casus.Kind {
	s, _ := r["kind"].(string)
	for _, k := range casus.Kinds() {
		if string(k) == s {
			return k
		}
	}
	return ""
}

// text returns a field that is a string, else "".
func (r row) text(field string) string {
	s, _ := r[field].(string)
	return s
}

// readRows reads JSON lines. check may be nil; its error and a line that is no
// JSON object are told with file and line.
func readRows(path string, check func(row) error) ([]row, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be read", Err: err}
	}
	var out []row
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		r, err := parseRow(line)
		if err == nil && check != nil {
			err = check(r)
		}
		if err != nil {
			return nil, &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%s:%d", path, n), Problem: err.Error()}
		}
		out = append(out, r)
	}
	return out, nil
}

func parseRow(line []byte) (row, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("not UTF-8")
	}
	var v any
	if err := json.Unmarshal(line, &v); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	r, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	return r, nil
}

// Gold is what is right: the records of some articles, and whom their ids stand for.
type Gold struct {
	rows   []row
	actors *standIns
}

// ReadGold reads a folder of gold records, at any depth: actors.jsonl says who
// is who, every other .jsonl file holds records. Files are read in the order of
// their paths. An error names the file, and the line where there is one.
func ReadGold(dir string) (*Gold, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &casus.Error{Code: casus.NotFound, Input: dir, Problem: "there is no such folder",
			Advice: "Give the folder that holds the gold records."}
	}
	g := &Gold{actors: newStandIns()}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".jsonl") {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if filepath.Base(path) == "actors.jsonl" {
			return g.actors.read(path, true)
		}
		rows, err := readRows(path, isGold)
		g.rows = append(g.rows, rows...)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(g.rows) == 0 {
		return nil, &casus.Error{Code: casus.NotFound, Input: dir, Problem: "there are no gold records in it (files .jsonl)"}
	}
	return g, nil
}

// AddActors takes in the actors of whoever made the predictions: for persons
// that the gold does not list, and for ids under which the gold has another name.
func (g *Gold) AddActors(path string) error { return g.actors.read(path, false) }

// isGold tells what keeps a row from being a gold record.
func isGold(r row) error {
	switch {
	case r.kind() == "":
		return fmt.Errorf("not a gold record: its kind is %v, not one of %v", r["kind"], casus.Kinds())
	case r.text("article") == "":
		return errors.New("not a gold record: it names no article")
	}
	return nil
}

// ReadPredictions reads predicted records, JSON lines as casus read --json prints them.
func ReadPredictions(path string) ([]Prediction, error) {
	rows, err := readRows(path, nil)
	if err != nil {
		return nil, err
	}
	out := make([]Prediction, len(rows))
	for i, r := range rows {
		out[i] = Prediction{r}
	}
	return out, nil
}

// Prediction is one predicted record, whoever made it.
type Prediction struct{ row }

// UnmarshalJSON reads one record.
func (p *Prediction) UnmarshalJSON(line []byte) (err error) {
	p.row, err = parseRow(line)
	return err
}
