package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"

	"casus"
)

// MaxSize is how many bytes a scenario's file may have.
const MaxSize = 4 << 20

// ReadFile reads a scenario from a file. It returns Mistakes where the file can
// be read and is not a scenario.
func ReadFile(path string, names *Names) (Scenario, error) {
	f, err := os.Open(path)
	if err != nil {
		return Scenario{}, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the scenario cannot be read", Err: err,
			Advice: "Look at its spelling and at the folder you are in."}
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return Scenario{}, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the scenario cannot be read", Err: err,
			Advice: "Give a file, not a folder."}
	}
	return Read(path, text, names)
}

// Read reads a scenario; file is what its mistakes and its answer call it. All
// mistakes are returned at once, as Mistakes.
func Read(file string, text []byte, names *Names) (Scenario, error) {
	if len(text) > MaxSize {
		return Scenario{}, &casus.Error{Code: casus.TooLarge, Input: file, Problem: fmt.Sprintf("a scenario has at most %d MB", MaxSize>>20),
			Advice: "Is it the right file?"}
	}
	r := &reader{file: file, names: names}
	s := Scenario{File: file, Events: []Event{}, Relations: []Relation{}, Borders: []Border{}, Zones: []Zone{}, Fleeing: []Fleeing{},
		Displaced: []Fleeing{}, Camps: []Camp{}, Engine: []Setting{}}
	if top := r.parse(text); top != nil {
		r.scenario(top, &s)
		r.check(&s)
	}
	if len(r.mistakes) > 0 {
		return Scenario{}, r.mistakes.sorted()
	}
	return s, nil
}

// reader gathers the mistakes of one file.
type reader struct {
	file     string
	names    *Names
	mistakes Mistakes
}

func (r *reader) wrong(n *yaml.Node, problem, advice string) {
	r.at(Position{n.Line, n.Column}, problem, advice)
}

func (r *reader) at(p Position, problem, advice string) {
	r.mistakes = append(r.mistakes, Mistake{r.file, p, problem, advice})
}

// lineOfYAML finds the line in the message of the YAML library, which has no field for it.
var lineOfYAML = regexp.MustCompile(`line (\d+)(?:, column (\d+))?:? *`)

// parse returns the mapping that a file is, nil after a mistake. What YAML can
// and a scenario needs not, anchors and several documents, is refused: an anchor
// can make a small file grow without bound.
func (r *reader) parse(text []byte) *yaml.Node {
	var doc, second yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(text))
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) {
		r.at(Position{1, 1}, "the file is empty", "Begin with: casus-scenario: 1")
		return nil
	}
	if err != nil {
		r.syntax(err)
		return nil
	}
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		r.at(Position{max(second.Line, 1), max(second.Column, 1)}, "a second document begins here", "Put each scenario in a file of its own.")
		return nil
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		r.at(Position{max(doc.Line, 1), max(doc.Column, 1)}, "this is not a scenario", "Write lines of name: value, the first of them casus-scenario: 1")
		return nil
	}
	return doc.Content[0]
}

func (r *reader) syntax(err error) {
	p, message := Position{1, 1}, err.Error()
	if m := lineOfYAML.FindStringSubmatchIndex(message); m != nil {
		p.Line, _ = strconv.Atoi(message[m[2]:m[3]])
		if m[4] >= 0 {
			p.Column, _ = strconv.Atoi(message[m[4]:m[5]])
		}
		message = message[m[1]:]
	}
	r.at(p, "this is not YAML: "+message, "Look at the indentation, colons and quotation marks of this line and the one before.")
}
