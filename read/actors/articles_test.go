package actors

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/read/syntax"
)

// TestArticles reads the articles of the shared folder, where it lies beside
// the repository, and compares whom it finds with the actors of their records:
// five in six of their first segments must be there: ids differ where the
// record names somebody by another word, and some actors are only implied.
func TestArticles(t *testing.T) {
	for _, set := range []struct{ texts, gold, lang string }{
		{"seeds", "gold/seeds", "nl"}, {"written/nl-a/texts", "written/nl-a/gold", "nl"}, {"written/nl-b/texts", "written/nl-b/gold", "nl"},
		{"written/en-a/texts", "written/en-a/gold", "en"}, {"written/en-b/texts", "written/en-b/gold", "en"},
	} {
		t.Run(set.texts, func(t *testing.T) {
			shared := "../../../shared/"
			files, err := filepath.Glob(shared + set.texts + "/*.txt")
			if err != nil || len(files) == 0 {
				t.Skip("no articles in ", shared+set.texts)
			}
			read, r := parser(t, set.lang), resolver(t, set.lang)
			all, found := 0, 0
			for _, file := range files {
				trees, published := readArticle(t, file, read)
				cast := r.Resolve(trees, published)
				checkShape(t, trees, cast)
				heads := map[string]bool{}
				for _, a := range cast.Actors {
					heads[a.ID.Head()] = true
				}
				for head := range goldHeads(t, shared+set.gold+"/"+strings.TrimSuffix(filepath.Base(file), ".txt")+".jsonl") {
					all++
					if heads[head] {
						found++
					}
				}
			}
			t.Logf("%s: %d of %d actors of the records are found", set.texts, found, all)
			if 6*found < 5*all {
				t.Errorf("only %d of %d actors are found", found, all)
			}
		})
	}
}

// readArticle parses a text whose first line may begin with " date YYYY-MM-DD".
func readArticle(t *testing.T, file string, read func(string) []syntax.Tree) ([]syntax.Tree, casus.Period) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	article, published := string(data), casus.Period{}
	if rest, ok := strings.CutPrefix(article, " date "); ok {
		stamp, _, _ := strings.Cut(rest, " ")
		if day, err := time.Parse("2006-01-02", stamp); err == nil {
			published = casus.Day(casus.DateOf(day))
		} else if month, err := time.Parse("2006-01", stamp); err == nil {
			published = casus.Month(month.Year(), month.Month())
		}
		article = strings.Repeat(" ", 6+len(stamp)) + rest[len(stamp):]
	}
	return read(article), published
}

// goldHeads returns the first segments of the ids in a file of records, "person" for persons.
func goldHeads(t *testing.T, file string) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	heads := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		var r casus.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(file, err)
		}
		named, ok := r.Body.(interface {
			Actors(func(string, casus.ActorID))
		})
		if !ok {
			continue
		}
		named.Actors(func(_ string, id casus.ActorID) {
			if id != "" {
				heads[id.Head()] = true
			}
		})
	}
	return heads
}
