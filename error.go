package casus

import (
	"errors"
	"strings"
)

// Code sorts errors by what a caller can do about them.
type Code string

const (
	Invalid     Code = "invalid"     // the input is not what it must be
	NotFound    Code = "not-found"   // there is no such thing
	TooLarge    Code = "too-large"   // past a limit that the message names
	Unreadable  Code = "unreadable"  // a file or address that could not be read
	Unwritable  Code = "unwritable"  // a place that could not be written
	Conflict    Code = "conflict"    // somebody else was first
	Newer       Code = "newer"       // made by a newer Casus
	Unsupported Code = "unsupported" // well-formed, but not something that Casus reads
	Internal    Code = "internal"    // a mistake of ours
)

// Error says in one line which input, what is wrong, and what to do.
type Error struct {
	Code    Code
	Input   string // the file, address, id or option that it is about
	Problem string // what is wrong, as a clause
	Advice  string // what to do about it, as a sentence; may be empty
	Err     error  // what was underneath; may be nil
}

// Error writes "input: problem: cause. Advice".
func (e *Error) Error() string {
	var b strings.Builder
	if e.Input != "" {
		b.WriteString(e.Input)
		b.WriteString(": ")
	}
	b.WriteString(e.Problem)
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	if e.Advice != "" {
		b.WriteString(". ")
		b.WriteString(e.Advice)
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}

// Unwrap returns what was underneath.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first Error in err's chain, Internal for any
// other error, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
