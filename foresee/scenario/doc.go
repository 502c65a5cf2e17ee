// Package scenario reads the file in which an analyst writes down a "what if":
// a YAML document with assumed events, requests, decisions, changes of
// relations, borders that close, zones of conflict, people on the move and
// camps. Reading is strict: what is not known or cannot be is a mistake with its
// line and column, and all mistakes are told at once.
//
// A scenario is what somebody assumes, never what a source reports: nothing of
// it goes into a ledger. docs/USING.md has the form.
package scenario
