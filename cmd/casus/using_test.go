package main

import (
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestUsingIsComplete holds docs/USING.md to the command line: a section for
// each command, which names each of its flags. The commands of casus lab that
// measure the reader are in docs/EVALUATION.md.
func TestUsingIsComplete(t *testing.T) {
	data, err := os.ReadFile("../../docs/USING.md")
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(&cli{}, kong.Name("casus"), kong.Vars{"version": version})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Leaves(true) {
		name := "casus " + command.Path()
		section, ok := sectionOf(string(data), "## "+name)
		if !ok && strings.HasPrefix(name, "casus lab ") {
			continue
		}
		if !ok {
			t.Errorf("docs/USING.md has no section %q", "## "+name)
			continue
		}
		for _, flag := range command.Flags {
			if !strings.Contains(section, "`--"+flag.Name) {
				t.Errorf("docs/USING.md does not name --%s in its section on %s", flag.Name, name)
			}
		}
	}
}

// sectionOf returns what stands below a heading, to the next of its level.
func sectionOf(document, heading string) (string, bool) {
	_, after, ok := strings.Cut("\n"+document, "\n"+heading+"\n")
	section, _, _ := strings.Cut(after, "\n## ")
	return section, ok
}
