package main

import (
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestEveryQuestionHasBothClocks walks the command tree: whatever asks the
// ledger takes --as-of and --known, has a JSON form, and says in docs/USING.md
// what that is.
func TestEveryQuestionHasBothClocks(t *testing.T) {
	data, err := os.ReadFile("../../docs/USING.md")
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(&cli{}, kong.Name("casus"), kong.Vars{"version": version})
	if err != nil {
		t.Fatal(err)
	}
	questions := 0
	for _, command := range parser.Model.Leaves(true) {
		if !asks(command) {
			continue
		}
		questions++
		for _, name := range []string{"as-of", "known", "recorded", "json"} {
			if flagOf(command, name) == nil {
				t.Errorf("casus %s takes no --%s", command.Path(), name)
			}
		}
		section, _ := sectionOf(string(data), "## casus "+command.Path())
		if !strings.Contains(section, "JSON") {
			t.Errorf("docs/USING.md does not say what the JSON of casus %s is", command.Path())
		}
		if table, _ := sectionOf(strings.ReplaceAll(string(data), "\n### ", "\n## "), "## Clocks and JSON"); !strings.Contains(table, "| [`"+command.Path()+"`]") {
			t.Errorf("docs/USING.md, Clocks and JSON, has no line for casus %s", command.Path())
		}
	}
	if questions < 18 {
		t.Errorf("only %d commands ask something", questions)
	}
}

// asks tells whether a command asks the ledger: those of the group Questions,
// and those that show or list, but none that corrects.
func asks(command *kong.Node) bool {
	if flagOf(command, "reason") != nil {
		return false
	}
	for n := command; n != nil; n = n.Parent {
		if n.Group != nil && n.Group.Title == "Questions" {
			return true
		}
	}
	return command.Path() == "group show"
}

func flagOf(command *kong.Node, name string) *kong.Flag {
	for _, f := range command.Flags {
		if f.Name == name {
			return f
		}
	}
	return nil
}
