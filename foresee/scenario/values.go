package scenario

import (
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"casus"
)

// maxPersons bounds a number of people: more than live on earth is a slip.
const maxPersons = 9_000_000_000

// The readers of values take the node and where the value goes; a mistake leaves
// that as it was.

func (r *reader) scalar(n *yaml.Node) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		r.wrong(n, "one value is wanted here, not a list or fields", "Write it behind the colon.")
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}

func (r *reader) text(into *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if s, ok := r.scalar(n); ok {
			*into = s
		}
	}
}

func (r *reader) date(into *casus.Date) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s, ok := r.scalar(n)
		if !ok {
			return
		}
		d, err := casus.ParseDate(s)
		if err != nil || d <= 0 {
			r.wrong(n, "“"+s+"” is not a day", "Write YYYY-MM-DD, a day that exists.")
			return
		}
		*into = d
	}
}

func (r *reader) actor(into *casus.ActorID) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s, ok := r.scalar(n)
		if !ok {
			return
		}
		id, advice := r.names.actor(s)
		if advice != "" {
			if place, ok := r.names.world.Place(casus.ActorID(strings.ToLower(s))); ok {
				*into = place.ID // a town may be attacked
				return
			}
			r.wrong(n, "“"+s+"” is no actor that the reference data know", advice)
			return
		}
		*into = id
	}
}

func (r *reader) actors(into *[]casus.ActorID) func(*yaml.Node) {
	return func(n *yaml.Node) {
		r.items(n, func(item *yaml.Node) {
			var id casus.ActorID
			if r.actor(&id)(item); id != "" {
				*into = append(*into, id)
			}
		})
	}
}

func (r *reader) place(into *casus.ActorID) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s, ok := r.scalar(n)
		if !ok {
			return
		}
		id, advice := r.names.place(s)
		if advice != "" {
			r.wrong(n, "“"+s+"” is no place that the reference data know", advice)
			return
		}
		*into = id
	}
}

// persons reads a whole number of people; thousands may be parted by underscores.
func (r *reader) persons(into *int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s, ok := r.scalar(n)
		if !ok {
			return
		}
		v, err := strconv.ParseInt(strings.ReplaceAll(s, "_", ""), 10, 64)
		switch {
		case err != nil:
			r.wrong(n, "“"+s+"” is not a whole number of people", "Write digits, as 20000 or 20_000.")
		case v < 0:
			r.wrong(n, "a number of people cannot be negative", "Write 0 or more.")
		case v > maxPersons:
			r.wrong(n, "more people than live on earth", "Is there a digit too many?")
		default:
			*into = int(v)
		}
	}
}

func (r *reader) number(into *float64, low, high float64) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s, ok := r.scalar(n)
		if !ok {
			return
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsNaN(v) || v < low || v > high {
			r.wrong(n, "“"+s+"” is not a number from "+plain(low)+" to "+plain(high), "")
			return
		}
		*into = v
	}
}

func plain(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// oneOf reads a word of a closed list, in any capitals.
func oneOf[T ~string](r *reader, into *T, list []T) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s, ok := r.scalar(n)
		if !ok {
			return
		}
		words := make([]string, len(list))
		for i, v := range list {
			if words[i] = string(v); strings.EqualFold(words[i], s) {
				*into = v
				return
			}
		}
		advice := "Write one of " + strings.Join(words, ", ") + "."
		if near, found := nearest(s, words); found {
			advice = "Did you mean " + near + "?"
		}
		r.wrong(n, "“"+s+"” is not known here", advice)
	}
}
