// Package casus holds the nouns that the whole program speaks of: an article,
// a span of its text, an actor, a record of one of six kinds, a period of
// time, and an error that tells a person what to do.
//
// A feed brings articles. Read turns each into records. The ledger keeps the
// records and forgets nothing. The picture answers from the ledger. Web and
// cmd show the answer. Everything points at this package; it points at nobody
// and imports the standard library only.
//
// Offsets are Unicode code points from the start of an article's text, end
// exclusive, as in the W3C Web Annotation text-position selector; quotes are
// its text-quote selector. Dates are civil dates of the proleptic Gregorian
// calendar, without a time zone, as news reports them.
package casus
