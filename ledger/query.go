package ledger

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"casus"
	"casus/ledger/fulltext"
)

// Limits of a page. A Limit above MaxLimit is refused: ask for the next page.
const (
	DefaultLimit = 200
	MaxLimit     = 10000
)

// Order is the order of a page, by Day. Records of the same day follow the
// order in which they were appended, reversed for Newest; records without a
// day come last in both.
type Order string

const (
	Newest Order = "newest" // the default
	Oldest Order = "oldest"
)

// Query selects records; every field that is set narrows the answer. The zero
// value is all the records that stand, newest first.
type Query struct {
	Kinds []casus.Kind
	// Type is the sort within the kind; see TypeOf. It does not need Kinds.
	Type     string
	Statuses []casus.Status
	Article  casus.ArticleID
	Articles []casus.ArticleID // any of these

	// Actor selects records that name this actor, a part of it, or a person who
	// acted for one of these on the day of the record: rus also finds rus/mil
	// and its president. Roles, if any, are those in which Actor is named.
	Actor casus.ActorID
	Roles []Role
	// With selects records that also name this actor, in the same way.
	// WithRoles, if any, are those in which With is named.
	With      casus.ActorID
	WithRoles []Role
	// Place selects records that happen in a place or a part of it, by the id
	// or the name that the record has, whatever its capitals.
	Place string
	// Word selects figures by a word of their unit or of what they count.
	Word string
	// Doubt selects the records of one class of doubt; see Doubt. 0 is any.
	Doubt int
	// Due selects commitments whose deadline lies in a month, as 2021-07: see DueMonth.
	Due string

	// From and To select records whose valid period shares a day with this
	// one; a zero end is open. From == To asks what held on a day.
	From, To casus.Date
	// Starting narrows that to records whose Day lies in the period: what begins
	// in it, or ends in it where nobody says when it began. What has no day is
	// in no period then, not even the open one.
	Starting bool
	// KnownAfter selects what the desk did not know yet at that moment: articles
	// with a later known time. Zero is all.
	KnownAfter time.Time
	// Known selects what the desk knew at that moment: articles with a known
	// time at or before it. Zero is all.
	Known time.Time
	// Recorded shows the ledger as it was at that moment of its own clock:
	// what was appended at or before it and not superseded by then. Zero is now.
	Recorded time.Time

	Order Order
	Limit int    // 0 is DefaultLimit
	After string // the Next of the page before
}

// Page is one page of an answer. Next is empty on the last.
type Page struct {
	Entries []Entry `json:"entries"`
	Next    string  `json:"next,omitempty"`
}

// Normal returns q with its defaults filled in, or casus.Invalid where q asks
// for what cannot be.
func (q Query) Normal() (Query, error) {
	if q.Actor == "" && len(q.Roles) > 0 || q.With == "" && len(q.WithRoles) > 0 {
		return q, refuse("roles", "roles are given without an actor", "Name the actor too.")
	}
	if q.Actor == "" {
		q.Actor, q.Roles, q.With, q.WithRoles = q.With, q.WithRoles, "", nil
	}
	if q.With == q.Actor && len(q.WithRoles) == 0 {
		q.With = ""
	}
	for _, id := range []casus.ActorID{q.Actor, q.With} {
		if id != "" && !id.Valid() {
			return q, refuse(string(id), "this is not an actor id", "Ids are lower-case words joined by slashes, as in rus/mil.")
		}
	}
	for _, k := range q.Kinds {
		if !slices.Contains(casus.Kinds(), k) {
			return q, refuse(string(k), "this is not a kind of record", fmt.Sprintf("Kinds are %v.", casus.Kinds()))
		}
	}
	for _, s := range q.Statuses {
		if !slices.Contains(casus.Statuses(), s) {
			return q, refuse(string(s), "this is not a status", fmt.Sprintf("Statuses are %v.", casus.Statuses()))
		}
	}
	for _, r := range slices.Concat(q.Roles, q.WithRoles) {
		if !slices.Contains(Roles(), r) {
			return q, refuse(string(r), "this is not a role", fmt.Sprintf("Roles are %v.", Roles()))
		}
	}
	if q.Doubt < 0 || q.Doubt > MaxDoubt {
		return q, refuse(fmt.Sprint(q.Doubt), "this is not a class of doubt", fmt.Sprintf("Classes are 1 to %d.", MaxDoubt))
	}
	if _, err := time.Parse("2006-01", q.Due); q.Due != "" && err != nil {
		return q, refuse(q.Due, "this is not a month", "Write it as 2021-07.")
	}
	if q.From != 0 && q.To != 0 && q.From > q.To {
		return q, refuse(q.From.String(), "the period starts after it ends, on "+q.To.String(), "Swap the two days.")
	}
	var err error
	if q.Order, err = normalOrder(q.Order); err != nil {
		return q, err
	}
	q.Limit, err = NormalLimit(q.Limit)
	if err != nil {
		return q, err
	}
	q.Place = FoldPlace(q.Place)
	return q.normalWord()
}

// normalWord turns Word into its term. It is a term's own term.
func (q Query) normalWord() (Query, error) {
	if q.Word == "" {
		return q, nil
	}
	terms := fulltext.AnyLanguage(q.Word)
	if len(terms) != 1 {
		return q, refuse(q.Word, "this is not one word", "Give one word of what is counted.")
	}
	q.Word = terms[0]
	return q, nil
}

func normalOrder(o Order) (Order, error) {
	switch o {
	case "":
		return Newest, nil
	case Newest, Oldest:
		return o, nil
	}
	return o, refuse(string(o), "this is not an order", "Orders are newest and oldest.")
}

// NormalLimit fills in the default limit and refuses what is out of bounds.
func NormalLimit(n int) (int, error) {
	switch {
	case n == 0:
		return DefaultLimit, nil
	case n < 0 || n > MaxLimit:
		return n, refuse(fmt.Sprint(n), "the limit is out of bounds", fmt.Sprintf("Give 1 to %d, and page on from there.", MaxLimit))
	}
	return n, nil
}

func refuse(input, problem, advice string) error {
	return &casus.Error{Code: casus.Invalid, Input: input, Problem: problem, Advice: advice}
}

// Cursor is a place between two entries: after the entry of a day and number.
type Cursor struct {
	Day    casus.Date
	Number int64 // of the record or article, in the order of appending; from 1
}

// String writes the cursor as Page.Next has it.
func (c Cursor) String() string {
	if c.Number == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d", c.Day, c.Number)
}

// ParseCursor reads what String wrote; the empty string is the start.
func ParseCursor(s string) (Cursor, error) {
	var c Cursor
	if s == "" {
		return c, nil
	}
	day, number, _ := strings.Cut(s, ".")
	d, err1 := strconv.ParseInt(day, 10, 32)
	n, err2 := strconv.ParseInt(number, 10, 64)
	c = Cursor{casus.Date(d), n}
	if err1 != nil || err2 != nil || n < 1 || d < 0 || c.String() != s {
		return Cursor{}, refuse(s, "this is not the place where a page ended", "Give what the page before named as next.")
	}
	return c, nil
}
