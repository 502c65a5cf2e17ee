package alert_test

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"casus"
	"casus/alert"
)

var place = regexp.MustCompile(`(?s)^rules:(\d+):(\d+)$`)

// FuzzParse: whatever stands in a rules file, each error names a place that is
// in it, a rule above is not touched by what is wrong below, and the answer is
// the same the next time.
func FuzzParse(f *testing.F) {
	example, err := os.ReadFile("../examples/watch.rules")
	if err != nil {
		f.Fatal(err)
	}
	wrong, err := os.ReadFile("testdata/wrong.txtar")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(example)
	f.Add(wrong)
	for _, s := range []string{"", "[", "[]", "[rule]", "[rule x", "[rule x]\n:", "[rule x]\nactor:,", "\ufeff[rule x]\r\nactor: a\r\n", "[rule \xff]\n", "[rule x]\nfigure: >= 1e999",
		"[rule x]\ndrift: , ,", "[webhook x]\nurl: http://[::1", "[rule é]\nactor:\u00a0ë, ü", "[rule x]\ntype: /", "[rule x]\nfigure: > 0x1p-2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rules, errs := alert.Parse("rules", data)
		again, errsAgain := alert.Parse("rules", data)
		if !reflect.DeepEqual(rules, again) || len(errs) != len(errsAgain) {
			t.Fatal("two readings differ")
		}
		lines := strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
		for _, err := range errs {
			inFile(t, err, lines, len(data))
		}
		for _, r := range rules.Rules {
			if r.Name == "" || strings.ContainsRune(r.Name, '\n') {
				t.Errorf("a rule is called %q", r.Name)
			}
		}
		// What is in no section of data is in the one between.
		above, _ := alert.Parse("rules", append([]byte("[rule above all]\nactor: Taliban\n[file between]\n"), bytes.TrimPrefix(data, []byte("\ufeff"))...))
		if len(data) < alert.MaxSize-100 && (len(above.Rules) == 0 || above.Rules[0].Name != "above all") {
			t.Error("a rule above was lost")
		}
	})
}

func inFile(t *testing.T, err error, lines []string, size int) {
	t.Helper()
	var e *casus.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no error for a person", err)
	}
	if size > alert.MaxSize {
		return
	}
	m := place.FindStringSubmatch(e.Input)
	if m == nil {
		t.Fatalf("%v names no place", err)
	}
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	if line < 1 || line > len(lines) || column < 1 || column > 1+utf8.RuneCountInString(lines[line-1]) {
		t.Errorf("%v: there is no such place", err)
	}
}

func TestTheExampleIsRight(t *testing.T) {
	data, err := os.ReadFile("../examples/watch.rules")
	if err != nil {
		t.Fatal(err)
	}
	rules, errs := alert.Parse("watch.rules", data)
	if len(errs) > 0 || len(rules.Rules) < 10 {
		t.Errorf("%d rules, %v", len(rules.Rules), errs)
	}
	targets := strings.NewReplacer("#[", "[", "#path", "path", "#url", "url", "#secret", "secret").Replace(string(data))
	rules, errs = alert.Parse("watch.rules", []byte(targets))
	if len(errs) > 0 || len(rules.Targets) != 3 {
		t.Errorf("with its targets: %d of them, %v", len(rules.Targets), errs)
	}
}

func TestTooLongAFileIsNoRulesFile(t *testing.T) {
	if _, errs := alert.Parse("rules", make([]byte, alert.MaxSize+1)); len(errs) != 1 || casus.CodeOf(errs[0]) != casus.TooLarge {
		t.Errorf("got %v", errs)
	}
}

func TestSeenKnowsAThingByAnyOfItsKeys(t *testing.T) {
	seen := alert.Seen{}
	for i, c := range []struct {
		keys []string
		want bool
	}{{[]string{"a", "b"}, true}, {[]string{"b", "c"}, false}, {[]string{"c", "d"}, false}, {[]string{"e"}, true}} {
		if got := seen.New(alert.Alert{Keys: c.keys}); got != c.want {
			t.Errorf("%d: %v is news: %v", i, c.keys, got)
		}
	}
}
