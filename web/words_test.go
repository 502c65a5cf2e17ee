package web_test

import (
	"os"
	"strings"
	"testing"

	"casus"
	"casus/ontology"
)

// The page says every value of a record in both languages; the tables that it
// is built with are checked here against the types that the records have.
func TestThePageHasWordsForEveryRecord(t *testing.T) {
	text, err := os.ReadFile("desk/src/words/records.tsv")
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if columns := strings.Split(strings.TrimSpace(line), "\t"); len(columns) == 3 {
			has[columns[0]] = true
		}
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	var needed []string
	for _, e := range plover.Entries() {
		needed = append(needed, strings.TrimSuffix("event."+string(e.Type)+"."+e.Mode, "."))
	}
	needed = append(needed, keys("type.", casus.EventTypes())...)
	needed = append(needed, keys("claim.", casus.Acts())...)
	needed = append(needed, keys("type.", casus.Acts())...)
	for _, change := range []casus.Change{casus.Begins, casus.Ends, casus.Held} {
		for _, relation := range casus.RelationTypes() {
			needed = append(needed, "relation."+string(relation)+"."+string(change))
		}
	}
	needed = append(needed, keys("type.", casus.RelationTypes())...)
	needed = append(needed, keys("commitment.", casus.States())...)
	needed = append(needed, keys("type.", casus.States())...)
	needed = append(needed, keys("basis.", casus.Bases())...)
	needed = append(needed, keys("flow.", casus.Causes())...)
	needed = append(needed, keys("type.", casus.Causes())...)
	needed = append(needed, keys("status.", casus.Statuses())...)
	for _, key := range needed {
		if !has[key] {
			t.Errorf("records.tsv has no line %s", key)
		}
	}
}

func keys[T ~string](group string, values []T) []string {
	var out []string
	for _, v := range values {
		out = append(out, group+string(v))
	}
	return out
}
