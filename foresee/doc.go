// Package foresee runs a ledger forward: it lays an analyst's scenario beside
// what the ledger holds and tells who becomes bound to what (package
// obligation) and where people would flee (package displacement). It also writes
// a first draft of a scenario from the ledger.
//
// It asks and never writes: a scenario is assumed, not reported, and every
// answer says so (obligation.Label).
package foresee
