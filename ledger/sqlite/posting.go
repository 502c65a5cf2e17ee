package sqlite

import (
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/ledger"
)

// The index of records is an inverted index in one table. Under each term by
// which a record can be found (everything, its type, each actor that it names,
// each pair of them, each place) stands one posting for it. A query takes its
// rarest term, walks that term's postings in order of day and stops when the
// page is full.
//
// Terms have a sort, so that the actor rus and the place rus are two.
type sort int

const (
	sortAll       sort = iota + 1 // the one term under which every record stands
	sortType                      // ledger.TypeOf
	sortActor                     // an actor or a wider one: ledger.Mentions
	sortPair                      // two heads that a record names both: see pairTerm
	sortPlace                     // ledger.Places
	sortWord                      // ledger.Words
	sortKind                      // a kind of record: only counted
	sortReader                    // a reader's version: only named
	sortRule                      // a rule: only named
	sortStatement                 // what a relation record says: see statement
	sortRole                      // an actor in one of the roles of ownTerms
	sortDoubt                     // a class of ledger.Doubt
	sortStatus                    // a status that is rare: see ownStatus
	sortDue                       // a month in which commitments are due: ledger.DueMonth
)

type termKey struct {
	sort sort
	text string
}

// Within a term, postings stand on shelves, each sorted by day. A shelf holds
// one lot, of one extent of valid time, that stand or are past. A query visits
// the shelves that can hold answers and merges them: kinds that were not asked
// for, superseded records, and in a window of time the records that cannot
// reach into it, are never walked over.
//
// A lot is a kind, or for commitments, of which one mostly asks what is still
// open, a state: see lotOf.
type extent int

const (
	short     extent = iota // starts, and ends within shortDays
	long                    // starts, and ends later or never
	openStart               // has no start, but an end: its day is its last
	undated                 // has neither; its day is 0
	extents
)

// shortDays is the longest short period: a season.
const shortDays = 100

func extentOf(p casus.Period) extent {
	switch {
	case p.IsOpen():
		return undated
	case p.From == 0:
		return openStart
	case p.To != 0 && p.To-p.From <= shortDays:
		return short
	}
	return long
}

func shelf(lot int, e extent, past bool) int {
	n := (lot*int(extents) + int(e)) * 2
	if past {
		n++
	}
	return n
}

// lotOf numbers the lot of a record: its kind's place in casus.Kinds, and
// after those its state's place in casus.States.
func lotOf(r casus.Record) int {
	if c, ok := r.Body.(*casus.Commitment); ok {
		return len(casus.Kinds()) + slices.Index(casus.States(), c.State)
	}
	return kindIndex(r.Kind())
}

// lotsOf lists the lots that records of a kind and type are in; the empty type is any.
func lotsOf(kind casus.Kind, sort string) []int {
	if kind != casus.KindCommitment {
		return []int{kindIndex(kind)}
	}
	var lots []int
	for i, state := range casus.States() {
		if sort == "" || sort == string(state) {
			lots = append(lots, len(casus.Kinds())+i)
		}
	}
	return lots
}

func kindIndex(k casus.Kind) int { return slices.Index(casus.Kinds(), k) }

func statusIndex(s casus.Status) int { return slices.Index(casus.Statuses(), s) }

// roleBits stores roles as bits, in the order of ledger.Roles.
func roleBits(roles []ledger.Role) int {
	bits := 0
	for i, r := range ledger.Roles() {
		if slices.Contains(roles, r) {
			bits |= 1 << i
		}
	}
	return bits
}

// head is what pairs are made of: the first segment of an actor's path, or a
// whole person. Pairs of full paths would be too many to keep.
func head(id casus.ActorID) string {
	if id.IsPerson() {
		return string(id)
	}
	return id.Head()
}

func pairTerm(a, b casus.ActorID) termKey {
	x, y := head(a), head(b)
	if x > y {
		x, y = y, x
	}
	return termKey{sortPair, x + " " + y}
}

// ownTerm tells whether who is in a role is found under a term of its own: one
// asks for a few of those, out of the many records that name him otherwise.
func ownTerm(r ledger.Role) bool { return r == ledger.Debtor || r == ledger.Beneficiary }

func roleTerm(id casus.ActorID, r ledger.Role) termKey {
	return termKey{sortRole, string(r) + " " + string(id)}
}

// ownStatus tells whether the records of a status are found under a term of
// their own: one asks a long time for the few that are denied.
func ownStatus(s casus.Status) bool { return s == casus.Denied }

func statusTerm(s casus.Status) termKey { return termKey{sortStatus, string(s)} }

func doubtTerm(class int) termKey { return termKey{sortDoubt, strconv.Itoa(class)} }

// found is a term under which a record is found, and as what.
type found struct {
	termKey
	roles int
}

// termsOf lists the terms under which e has postings.
func termsOf(e ledger.Entry) []found {
	r := e.Record
	out := []found{{termKey{sortAll, ""}, 0}, {termKey{sortType, ledger.TypeOf(r)}, 0}}
	mentions := ledger.Mentions(e)
	var heads []casus.ActorID
	for _, m := range mentions {
		out = append(out, found{termKey{sortActor, string(m.Actor)}, roleBits(m.Roles)})
		if string(m.Actor) == head(m.Actor) {
			heads = append(heads, m.Actor)
		}
		for _, role := range m.Roles {
			if ownTerm(role) {
				out = append(out, found{roleTerm(m.Actor, role), 0})
			}
		}
	}
	for i, a := range heads {
		for _, b := range heads[:i] {
			out = append(out, found{pairTerm(a, b), 0})
		}
	}
	for _, p := range ledger.Places(r) {
		out = append(out, found{termKey{sortPlace, p}, 0})
	}
	for _, w := range ledger.Words(r) {
		out = append(out, found{termKey{sortWord, w}, 0})
	}
	if class := ledger.Doubt(e); class > 0 {
		out = append(out, found{doubtTerm(class), 0})
	}
	if month := ledger.DueMonth(r); month != "" {
		out = append(out, found{termKey{sortDue, month}, 0})
	}
	if ownStatus(r.Status) {
		out = append(out, found{statusTerm(r.Status), 0})
	}
	return out
}

// statement is what a relation record says, as a term: all records that say
// the same have the same.
func statement(r casus.Record, rel *casus.Relation) termKey {
	how := "said"
	if ledger.Asserted(r) {
		how = "so"
	}
	return termKey{sortStatement, strings.Join([]string{string(rel.Type), string(rel.From), string(rel.To), string(rel.Change), how}, " ")}
}
