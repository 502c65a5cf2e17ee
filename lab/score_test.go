package lab

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casus"
)

// TestScoreAgreesWithTheScript scores damaged gold records by the script that
// decides and by us: what they print must be the same to the last byte.
func TestScoreAgreesWithTheScript(t *testing.T) {
	const script, goldDir = "../../shared/gold/score.py", "../../shared/gold/seeds"
	if _, err := os.Stat(script); err != nil {
		t.Skip("no shared data here: ", err)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 here: ", err)
	}
	gold, err := ReadGold(goldDir)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	pred, actors := filepath.Join(dir, "pred.jsonl"), filepath.Join(dir, "actors.jsonl")
	write(t, pred, damaged(t, gold))
	write(t, actors, `{"id":"muscovy","names":["Rusland"]}`+"\n"+`{"id":"person/a-b","names":["A. B."],"acts_for":[{"actor":"kaz","from":"2020-01-01","to":null}]}`+"\n")
	if err := gold.AddActors(actors); err != nil {
		t.Fatal(err)
	}
	predictions, err := ReadPredictions(pred)
	if err != nil {
		t.Fatal(err)
	}
	scores := gold.Score(predictions)
	for _, form := range []struct {
		flags []string
		write func(*bytes.Buffer) error
	}{
		{nil, func(b *bytes.Buffer) error { return scores.WriteText(b) }},
		{[]string{"--json"}, func(b *bytes.Buffer) error { return scores.WriteJSON(b) }},
	} {
		cmd := exec.Command(python, append([]string{script, "--gold", goldDir, "--pred", pred, "--actors", actors}, form.flags...)...)
		want, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", cmd, err)
		}
		var got bytes.Buffer
		if err := form.write(&got); err != nil {
			t.Fatal(err)
		}
		if got.String() != string(want) {
			t.Errorf("%v: we print\n%s\nand the script\n%s", form.flags, &got, want)
		}
	}
}

// damaged returns the gold records as predictions with every kind of mistake.
func damaged(t *testing.T, g *Gold) string {
	t.Helper()
	var b strings.Builder
	for i, r := range g.rows {
		p := row{}
		for k, v := range r {
			p[k] = v
		}
		switch i % 11 {
		case 0:
			continue // missed
		case 1:
			p["start"], p["end"] = p["start"].(float64)+9, p["end"].(float64)+21
		case 2:
			p["status"], p["mode"], p["change"] = "denied", "seize", "ends"
		case 3:
			p["source"], p["speaker"], p["to"], p["group"] = "muscovy", "person/a-b", []any{}, nil
		case 4:
			p["when"] = map[string]any{"from": "2021-13-01", "to": nil}
		case 5:
			p["article"] = "elsewhere"
		case 6:
			p["kind"] = "guess"
		case 7:
			p["target"], p["by"], p["low"], p["act"] = []any{"kaz/mil", 7}, "person/nobody", "12", "threaten"
		case 8:
			delete(p, "end")
		}
		line, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteString("\n")
		if i%7 == 0 {
			b.Write(line) // told twice
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAPersonStandsForTheActorOfThatDay(t *testing.T) {
	s := newStandIns()
	s.add("kaz/gov", nil, nil, true)
	s.add("rus", []string{"Rusland", "Роccия", "Fédération de Russie"}, nil, true)
	s.add("person/x-y", []string{"Iks Ypsilon"}, []office{{"kaz/gov", nil, "2019-12-31"}, {"rus", "2020-01-01", nil}}, true)
	s.add("muscovy", []string{"rusland"}, nil, false)
	day := func(d string) any { return map[string]any{"from": d, "to": d} }
	for _, c := range []struct {
		id   string
		when any
		want string
	}{
		{"person/x-y", day("2018-01-01"), "kaz"},
		{"person/iks-ypsilon", day("2021-01-01"), "rus"},
		{"person/iks-ypsilon", nil, "kaz"},
		{"person/nobody", nil, "person/nobody"},
		{"rus/mil", nil, "rus"},
		{"federation-de-russie/x", nil, "rus"},
		{"muscovy", nil, "rus"},
		{"cathay", nil, "cathay"},
	} {
		if got, ok := s.first(c.id, c.when); !ok || got != c.want {
			t.Errorf("%s at %v stands for %q, want %q", c.id, c.when, got, c.want)
		}
	}
	if _, ok := s.first(7.0, nil); ok {
		t.Error("a number is taken for an actor's id")
	}
}

func TestSpansMeetFromThirtyPercentOfTheShorter(t *testing.T) {
	span := func(start, end float64) row { return row{"start": start, "end": end} }
	if overlap, ok := spanOverlap(span(0, 100), span(90, 120)); !ok || overlap != 10.0/120 {
		t.Errorf("10 of 30 shared: overlap %g, %v; want 1/12", overlap, ok)
	}
	for _, other := range []row{span(92, 120), span(50, 50), {"start": 0.0}, {"start": "0", "end": "9"}} {
		if _, ok := spanOverlap(span(0, 100), other); ok {
			t.Errorf("%v meets 0 to 100", other)
		}
	}
}

func TestGoldThatCannotBeUsedIsToldWithItsLine(t *testing.T) {
	for name, c := range map[string]struct{ file, content, want string }{
		"no JSON":      {"a.jsonl", "{\"kind\":\"event\",\"article\":\"a\"}\n\n{oops\n", "a.jsonl:3: not JSON: "},
		"no object":    {"a.jsonl", "[1]\n", "a.jsonl:1: not a JSON object"},
		"no kind":      {"a.jsonl", `{"kind":"guess","article":"a"}`, "a.jsonl:1: not a gold record: its kind is guess"},
		"no article":   {"a.jsonl", `{"kind":"event"}`, "a.jsonl:1: not a gold record: it names no article"},
		"bad actor":    {"actors.jsonl", `{"id":"x","names":"y"}`, "actors.jsonl:1: not an actor: "},
		"bad office":   {"actors.jsonl", `{"id":"person/x","acts_for":[{}]}`, "actors.jsonl:1: not an actor: acts_for names no actor"},
		"no UTF-8":     {"a.jsonl", "\xff\n", "a.jsonl:1: not UTF-8"},
		"nothing":      {"a.txt", "", "there are no gold records in it"},
		"empty actors": {"actors.jsonl", "", "there are no gold records in it"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, c.file), c.content)
			_, err := ReadGold(dir)
			if err == nil || !strings.Contains(err.Error(), c.want) || casus.CodeOf(err) == casus.Internal {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}
