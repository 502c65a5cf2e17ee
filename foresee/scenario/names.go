package scenario

import (
	"slices"
	"strings"
	"unicode/utf8"

	"casus"
	"casus/ontology"
	"casus/refdata"
)

// Names is whom and what a scenario may name.
type Names struct {
	world  *refdata.World
	plover *ontology.Plover
	actors map[string][]casus.ActorID // by folded name
}

// NewNames gathers the names of the reference data.
func NewNames(world *refdata.World, plover *ontology.Plover) *Names {
	n := &Names{world, plover, map[string][]casus.ActorID{}}
	for _, lang := range []string{"nl", "en"} {
		for _, a := range world.Aliases(lang) {
			if a.Class != refdata.Name && a.Class != refdata.Acronym && a.Class != refdata.PlaceName {
				continue
			}
			if key := refdata.Fold(a.Text); !slices.Contains(n.actors[key], a.ID) {
				n.actors[key] = append(n.actors[key], a.ID)
			}
		}
	}
	return n
}

// actor finds whom a word means: an id, in any capitals, whose first part is
// known, or a name of the reference data. What else it may mean comes as advice.
func (n *Names) actor(typed string) (id casus.ActorID, advice string) {
	id = casus.ActorID(strings.ToLower(typed))
	if id.Valid() && n.knows(id) {
		return id, ""
	}
	switch found := n.actors[refdata.Fold(typed)]; len(found) {
	case 1:
		return found[0], ""
	case 0:
		return "", "Write an id or a name, as casus actors list has them" + n.near(typed) + "."
	default:
		return "", "It may be " + either(found) + ": write the id of the one that you mean."
	}
}

// knows tells whether an actor or place is known, or is a part of one that is.
func (n *Names) knows(id casus.ActorID) bool {
	for of := id; of != ""; {
		if _, ok := n.world.Actor(of); ok {
			return !id.IsPerson() || of == id
		}
		at := strings.LastIndexByte(string(of), '/')
		if at < 0 {
			return false
		}
		of = of[:at]
	}
	return false
}

// place finds which place a word means: an id or a name that one place has.
func (n *Names) place(typed string) (id casus.ActorID, advice string) {
	if p, ok := n.world.Place(casus.ActorID(strings.ToLower(typed))); ok {
		return p.ID, ""
	}
	var found []casus.ActorID
	for _, p := range n.world.PlacesNamed(typed) {
		found = append(found, p.ID)
	}
	switch {
	case len(found) > 0 && !slices.ContainsFunc(found, func(id casus.ActorID) bool { return id.Head() != found[0].Head() }):
		return found[0], "" // a town and its district, the town first
	case len(found) == 0:
		return "", "Write the id or the name of a place that the reference data have, as afg/kunduz or Kunduz."
	}
	return "", "It may be " + either(found[:min(len(found), 4)]) + ": write the id of the one that you mean."
}

// near names the countries and groups whose id is one letter away from a word.
func (n *Names) near(typed string) string {
	typed = refdata.Fold(typed)
	var out []string
	for name, ids := range n.actors {
		if len(name) > 3 && len(ids) == 1 && oneApart(name, typed) {
			out = append(out, string(ids[0]))
		}
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) == 0 {
		return ""
	}
	return "; perhaps " + strings.Join(out[:min(len(out), 3)], " or ")
}

// nearest returns the word of a list that is one slip away from what was typed.
func nearest(typed string, list []string) (string, bool) {
	for _, word := range list {
		if strings.EqualFold(word, typed) || oneApart(word, typed) {
			return word, true
		}
	}
	return "", false
}

// oneApart tells whether two words differ by one letter put in, left out,
// changed, or swapped with the next.
func oneApart(a, b string) bool {
	if d := len(a) - len(b); d > utf8.UTFMax || d < -utf8.UTFMax {
		return false
	}
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) != len(y) {
		return slices.Equal(x[i:], y[i+1:])
	}
	if i == len(x) || slices.Equal(x[i+1:], y[i+1:]) {
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}

// either writes a choice: a or b.
func either[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, " or ")
}
