package main

import (
	"slices"
	"strings"

	"casus"
)

// choice returns the value of a closed list that a user typed, in any
// capitals; "" stays "". What is not on the list is refused, because a
// question that can have no answer looks like an answer.
func choice[T ~string](option, typed string, list []T) (T, error) {
	for _, value := range list {
		if strings.EqualFold(string(value), typed) {
			return value, nil
		}
	}
	if typed == "" {
		return "", nil
	}
	return "", &casus.Error{Code: casus.Invalid, Input: option + " " + typed, Problem: "there is no such value",
		Advice: "Write one of " + listed(list) + "."}
}

// listed writes a list for a person: a, b, c.
func listed[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, value := range list {
		words[i] = string(value)
	}
	return strings.Join(words, ", ")
}

// kindsOf reads the values of --kind.
func kindsOf(typed []string) ([]casus.Kind, error) {
	var kinds []casus.Kind
	for _, t := range typed {
		kind, err := choice("--kind", t, casus.Kinds())
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

// typeOf reads --type, a sort of record of the kinds that were asked for, all
// where none were. The units of figures are an open list: any word is one.
func typeOf(typed string, kinds []casus.Kind) (string, error) {
	if len(kinds) == 0 {
		kinds = casus.Kinds()
	}
	var known []string
	for _, kind := range kinds {
		known = append(known, kind.Sorts()...)
	}
	found, err := choice("--type", typed, known)
	if err != nil && slices.Equal(kinds, []casus.Kind{casus.KindFigure}) {
		return strings.ToLower(typed), nil
	}
	return found, err
}
