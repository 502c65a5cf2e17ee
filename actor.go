package casus

import "strings"

// ActorID is a path of lower-case words, widest first: "rus", "rus/mil",
// "taliban", "person/vladimir-putin". Countries are ISO 3166-1 alpha-3 in
// lower case; sectors after a country follow PLOVER. The empty id is nobody.
type ActorID string

// Head returns the first segment of the path: the state, group or "person".
func (a ActorID) Head() string {
	head, _, _ := strings.Cut(string(a), "/")
	return head
}

// IsPerson tells whether a is a person/… id.
func (a ActorID) IsPerson() bool { return strings.HasPrefix(string(a), "person/") }

// Within tells whether a is b or a part of b: rus/mil is within rus.
func (a ActorID) Within(b ActorID) bool {
	return a == b || b != "" && len(a) > len(b) && a[len(b)] == '/' && a[:len(b)] == b // millions are asked
}

// Valid tells whether a is well-formed: segments of a-z and 0-9 with single
// hyphens inside, joined by slashes; a person has exactly one segment after
// "person".
func (a ActorID) Valid() bool {
	if a == "" {
		return false
	}
	for seg := range strings.SplitSeq(string(a), "/") {
		if !validWord(seg) {
			return false
		}
	}
	return !a.IsPerson() || strings.Count(string(a), "/") == 1
}

func validWord(seg string) bool {
	prev := byte('-')
	for i := 0; i < len(seg); i++ {
		c := seg[i]
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '-' && prev != '-':
		default:
			return false
		}
		prev = c
	}
	return seg != "" && prev != '-'
}

// ActorKind sorts actors and places.
type ActorKind string

const (
	ActorState        ActorKind = "state"
	ActorArmedGroup   ActorKind = "armed-group"
	ActorAlliance     ActorKind = "alliance"
	ActorOrganisation ActorKind = "organisation"
	ActorPerson       ActorKind = "person"
	ActorPopulation   ActorKind = "population"
	ActorInstitution  ActorKind = "institution"
)

// ActorKinds lists the kinds.
func ActorKinds() []ActorKind {
	return []ActorKind{ActorState, ActorArmedGroup, ActorAlliance, ActorOrganisation, ActorPerson, ActorPopulation, ActorInstitution}
}

// Office is a role that a person holds for a time: the dated fact that lets
// "de minister" of 2021 be somebody else than that of 2025.
type Office struct {
	Actor ActorID `json:"actor"` // the actor that the person speaks for
	Role  string  `json:"role"`
	From  Date    `json:"from"`
	To    Date    `json:"to"`
}

// Actor is somebody who can act, speak, owe or be acted upon, or a place.
type Actor struct {
	ID      ActorID   `json:"id"`
	Kind    ActorKind `json:"kind"`
	Names   []string  `json:"names"`
	ActsFor []Office  `json:"acts_for,omitempty"`
	Note    string    `json:"note,omitempty"`
}

// OfficeOn returns the actor that a person acts for on a date, "" if none is known.
func (a Actor) OfficeOn(d Date) ActorID {
	for _, o := range a.ActsFor {
		if (Period{From: o.From, To: o.To}).Holds(d) {
			return o.Actor
		}
	}
	return ""
}
