package refdata

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"

	"casus"
)

// With returns a world that knows, beside the tables, the actors that an
// analyst added, and their names in all languages. A name that the tables give
// to others is theirs no longer: who adds it says whom it means. An actor that
// the tables have keeps its kind and gets the names as further ones. The error
// is casus.Invalid and names the actor whose id or name cannot be.
func (w *World) With(added []casus.Actor) (*World, error) {
	if len(added) == 0 {
		return w, nil
	}
	out := *w
	out.actors = maps.Clone(w.actors)
	given := map[string]bool{}
	var names []Alias
	for _, a := range added {
		if err := checkAdded(a); err != nil {
			return nil, err
		}
		out.actors[a.ID] = joined(w.actors[a.ID], a)
		for _, name := range a.Names {
			given[nameKey(name)] = true
			names = append(names, Alias{Text: name, Lang: "mul", Class: classOfAdded(name), ID: a.ID, Valid: casus.Always})
		}
	}
	out.aliases = make([]Alias, 0, len(w.aliases)+len(names))
	for _, a := range w.aliases {
		if !given[nameKey(a.Text)] {
			out.aliases = append(out.aliases, a)
		}
	}
	out.aliases = append(out.aliases, names...)
	print, err := fingerprint(added)
	if err != nil {
		return nil, fmt.Errorf("adding actors: %w", err)
	}
	out.added = print
	return &out, nil
}

// Added is a fingerprint of what With added, "" for the tables alone.
func (w *World) Added() string { return w.added }

func checkAdded(a casus.Actor) error {
	if !a.ID.Valid() {
		return &casus.Error{Code: casus.Invalid, Input: string(a.ID), Problem: "this is not an actor id", Advice: "Ids are lower-case words joined by slashes, as in rus/mil."}
	}
	if a.Kind != "" && !slices.Contains(actorKinds, a.Kind) {
		return &casus.Error{Code: casus.Invalid, Input: string(a.Kind), Problem: "this is no kind of actor", Advice: fmt.Sprintf("Kinds are %v.", actorKinds)}
	}
	for _, name := range a.Names {
		if nameKey(name) == "" {
			return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%q", name), Problem: "this is not a name"}
		}
	}
	return nil
}

// joined is an actor as it was with what was added to it.
func joined(was, added casus.Actor) casus.Actor {
	if was.ID == "" {
		was = casus.Actor{ID: added.ID, Kind: kindOfAdded(added)}
	}
	was.Names = slices.Clone(was.Names)
	for _, name := range added.Names {
		if !slices.Contains(was.Names, name) {
			was.Names = append(was.Names, name)
		}
	}
	return was
}

// kindOfAdded is what an added actor is taken for where nobody says.
func kindOfAdded(a casus.Actor) casus.ActorKind {
	switch {
	case a.Kind != "":
		return a.Kind
	case a.ID.IsPerson():
		return casus.ActorPerson
	}
	return casus.ActorOrganisation
}

// classOfAdded tells an acronym, which is read in capitals only, from a name.
func classOfAdded(name string) AliasClass {
	for _, r := range name {
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && r != '-' {
			return Name
		}
	}
	if utf8.RuneCountInString(name) < 2 {
		return Name
	}
	return Acronym
}

func fingerprint(added []casus.Actor) (string, error) {
	data, err := json.Marshal(added)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:4]), nil
}
