package actors

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"casus"
)

// TestExamples reads the example of every line of the tables of roles,
// descriptions and pronouns with the language's own model: the line must show
// up as the rule of a mention. The model errs now and then, so one in twenty may fail.
func TestExamples(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		t.Run(lang, func(t *testing.T) {
			read, r := parser(t, lang), resolver(t, lang)
			all, missed := 0, 0
			for _, table := range []string{"actors_roles.tsv", "actors_descriptions.tsv", "actors_pronouns.tsv"} {
				cols := map[string]int{"actors_roles.tsv": 7, "actors_descriptions.tsv": 4, "actors_pronouns.tsv": 6}[table]
				err := readTable(os.DirFS("../lang/"+lang), table, cols, func(rule string, f []string) error {
					if f[1] == "kind" || f[1] == "first" {
						return nil // no mention of their own
					}
					all++
					if !mentioned(r.Resolve(read(f[len(f)-1]), casus.Period{}), rule) {
						missed++
						t.Logf("%s does not read its example: %s", rule, f[len(f)-1])
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if 20*missed > all {
				t.Errorf("%d of %d examples are not read by their line", missed, all)
			}
		})
	}
}

// mentioned tells whether a rule made a mention, or the title of a person.
func mentioned(cast *Cast, rule string) bool {
	for _, mentions := range cast.Sentences {
		for _, m := range mentions {
			if m.Rule == rule || strings.HasPrefix(m.Rule, rule+",") || m.ID.IsPerson() && m.Last-m.First > 2 {
				return true
			}
		}
	}
	return false
}

func TestLoadLexiconNamesTheLine(t *testing.T) {
	good := fstest.MapFS{}
	for _, name := range []string{"roles", "portfolios", "collectives", "descriptions", "pronouns", "words"} {
		data, err := os.ReadFile("../lang/en/actors_" + name + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		good["actors_"+name+".tsv"] = &fstest.MapFile{Data: data}
	}
	for _, c := range []struct{ file, line, want string }{
		{"actors_roles.tsv", "word\tno-such-sort\t-\t-\t-\t-\texample", `sort "no-such-sort" is not one of`},
		{"actors_roles.tsv", "word\torgan\tGov\t-\t-\t-\texample", "is not an actor id"},
		{"actors_roles.tsv", "only three\tfields\there", "3 fields, not 7"},
		{"actors_pronouns.tsv", "he\tpersonification\tone\tm\tperson\texample", "is not personal, possessive"},
		{"actors_words.tsv", "no-such-list\ta|b", `list "no-such-list" is not one of`},
		{"actors_collectives.tsv", "x\tsome id\tstate\tname\tsome\texample", "is not an actor id"},
		{"actors_descriptions.tsv", "x\tstate\tmany\texample", `number "many" is not`},
	} {
		files := fstest.MapFS{}
		for name, f := range good {
			files[name] = f
		}
		files[c.file] = &fstest.MapFile{Data: append(append([]byte{}, good[c.file].Data...), c.line+"\n"...)}
		_, err := LoadLexicon("en", files)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.file+":") {
			t.Errorf("%s with %q: error %v, want %q and the line", c.file, c.line, err, c.want)
		}
	}
	delete(good, "actors_words.tsv")
	if _, err := LoadLexicon("en", good); err == nil {
		t.Error("no error where a table is missing")
	}
}
