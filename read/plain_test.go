package read_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"casus"
)

// TestPlainSentences reads the sentences of testdata/plain.tsv: what everybody
// expects of them, and no more.
func TestPlainSentences(t *testing.T) {
	readSentences(t, "testdata/plain.tsv", inShort)
}

// TestSaidSentences reads the sentences of testdata/said.tsv: who speaks, what
// the saying is, and the status of what is said.
func TestSaidSentences(t *testing.T) {
	readSentences(t, "testdata/said.tsv", func(r casus.Record) string {
		c, ok := r.Body.(*casus.Claim)
		if !ok {
			return ""
		}
		return fmt.Sprintf("%s %s %s", c.Speaker, c.Act, r.Status)
	})
}

// readSentences reads each line's sentence and compares its records, in short,
// with what the line says.
func readSentences(t *testing.T, file string, short func(casus.Record) string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(fields) != 3 {
			continue
		}
		got, err := newReader().Read(article(fields[0], "2024-05-15", fields[1]))
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, r := range got.Records {
			if s := short(r); s != "" {
				said = append(said, s)
			}
		}
		if all := strings.Join(said, " ; "); all != fields[2] {
			t.Errorf("%s:%d: %s\n got %s\nwant %s", file, n, fields[1], all, fields[2])
		}
	}
}

// inShort writes a record as plain.tsv has it; a figure is nothing.
func inShort(r casus.Record) string {
	switch b := r.Body.(type) {
	case *casus.Event:
		typ := string(b.Type)
		if b.Mode != "" {
			typ += "/" + b.Mode
		}
		return strings.TrimSpace(fmt.Sprintf("%s %s > %s", typ, plus(b.Source), plus(b.Target)))
	case *casus.Claim:
		return fmt.Sprintf("%s %s", b.Speaker, b.Act)
	case *casus.Relation:
		return fmt.Sprintf("%s %s %s %s", b.From, b.Type, b.To, b.Change)
	case *casus.Commitment:
		return fmt.Sprintf("%s owes %s %s", b.Debtor, b.Beneficiary, b.Basis)
	case *casus.Flow:
		return fmt.Sprintf("%s %s > %s", b.Group, b.Origin, b.Destination)
	}
	return ""
}

func plus(ids []casus.ActorID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return strings.Join(out, "+")
}
