package scenario

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// field is one name that a mapping may have.
type field struct {
	name     string
	required bool
	read     func(*yaml.Node)
}

// fields reads a mapping: what is in it goes to the readers of its names; names
// that are unknown, twice there, or missing though required are mistakes.
func (r *reader) fields(n *yaml.Node, what string, list ...field) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, what+" is not a list of name: value", "Write its fields, as "+list[0].name+": …")
		return
	}
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = f.name
	}
	met := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := slices.Index(names, key.Value)
		switch {
		case at < 0:
			r.wrong(key, what+" has no field “"+key.Value+"”", didYouMean(key.Value, names))
		case met[key.Value]:
			r.wrong(key, "“"+key.Value+"” stands here twice", "Leave one of the two out.")
		case r.simple(value):
			list[at].read(value)
		}
		met[key.Value] = true
	}
	for _, f := range list {
		if f.required && !met[f.name] {
			r.wrong(n, what+" lacks “"+f.name+"”", "Add a line "+f.name+": …")
		}
	}
}

// simple refuses YAML's anchors and references.
func (r *reader) simple(n *yaml.Node) bool {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		r.wrong(n, "anchors (&) and references (*) are not read here", "Write the value out.")
		return false
	}
	return true
}

func didYouMean(typed string, names []string) string {
	if near, ok := nearest(typed, names); ok {
		return "Did you mean " + near + "?"
	}
	return "Its fields are " + strings.Join(names, ", ") + "."
}

// items reads a list; one item may stand without the list's dash.
func (r *reader) items(n *yaml.Node, read func(*yaml.Node)) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return // a section that is begun and has nothing yet
	}
	if n.Kind != yaml.SequenceNode {
		read(n)
		return
	}
	for _, item := range n.Content {
		if r.simple(item) {
			read(item)
		}
	}
}
