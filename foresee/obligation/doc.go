// Package obligation tells who becomes bound to do what when something happens.
// It lays the standing clauses of refdata/clauses.tsv, and the commitments that
// a ledger holds, beside assumed and reported events: an event triggers the
// clauses whose conditions it meets, what is owed then is an act that may trigger
// others, and so on. The answer is a tree in which every line names its clause,
// its record or its line in the scenario.
//
// The law is not decided here: a clause is matched by its structured form, and
// what is still missing before it binds (a request, a decision) is told beside it.
package obligation
