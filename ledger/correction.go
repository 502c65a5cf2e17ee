package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"casus"
)

// Action is what an analyst's correction does.
type Action string

const (
	Accept   Action = "accept"    // Record is right as it stands
	Reject   Action = "reject"    // Record is wrong: it leaves the answers
	Amend    Action = "amend"     // Record should read as Amended
	AddActor Action = "add-actor" // Actor is somebody whom the reference data lack, called Names
	Alias    Action = "alias"     // Actor is also called Names
	Merge    Action = "merge"     // Actor is the same as Into, and so are its parts: answers name Into, for articles to come too
	Split    Action = "split"     // where Records name Actor, they mean Into
	Grade    Action = "grade"     // Source is as reliable as Reliability says
	Join     Action = "join"      // Records tell of one and the same thing; see Ties
	Part     Action = "part"      // Records tell of another thing than Others; see Ties
	Decide   Action = "decide"    // of what cannot all be right, Records are and Others are not; About is in what they differ
	Undo     Action = "undo"      // takes back correction number Undoes, which may be an undo itself
)

// Actions lists what corrections can do.
func Actions() []Action {
	return []Action{Accept, Reject, Amend, AddActor, Alias, Merge, Split, Grade, Join, Part, Decide, Undo}
}

// Correction is what an analyst says of records or actors. It is an entry of
// its own beside what the reader made, which stays as it is: a correction is
// taken back by another one.
type Correction struct {
	Number   int64     `json:"number"` // the place in the order of corrections, from 1; the ledger gives it
	Action   Action    `json:"action"`
	Author   string    `json:"author"`
	Reason   string    `json:"reason"`
	Recorded time.Time `json:"recorded"` // the ledger's clock; the ledger gives it

	Record  casus.RecordID   `json:"record,omitempty"`  // accept, reject, amend
	Records []casus.RecordID `json:"records,omitempty"` // split, join, part, decide
	Others  []casus.RecordID `json:"others,omitempty"`  // part, decide
	About   string           `json:"about,omitempty"`   // decide: in what the two sides differ, as package picture names it
	Amended *casus.Record    `json:"amended,omitempty"` // amend: the whole record; its id and article are those of Record

	Actor casus.ActorID   `json:"actor,omitempty"` // add-actor, alias, merge, split
	Kind  casus.ActorKind `json:"kind,omitempty"`  // add-actor
	Names []string        `json:"names,omitempty"` // add-actor, alias
	Into  casus.ActorID   `json:"into,omitempty"`  // merge, split

	Source      string      `json:"source,omitempty"`      // grade: a publisher as articles name it, or an actor's id
	Reliability Reliability `json:"reliability,omitempty"` // grade

	Undoes int64 `json:"undoes,omitempty"` // undo
	// Seen is the last correction of the same record or actor that the author
	// has seen, 0 for none: where there is a later one by then, Correct refuses
	// with casus.Conflict. Negative is not to ask, and so is an undo. It is not stored.
	Seen int64 `json:"-"`
	// Undone is the number of the correction by which this one is taken back,
	// 0 while it counts.
	Undone int64 `json:"undone,omitempty"`
}

// Reliability is how far a source can be relied on, by the Admiralty code (NATO
// AJP-2.1): A completely, B usually, C fairly, D not usually, E not; F cannot be
// judged. It is the analyst's judgement of the source, whatever this item.
type Reliability string

// Reliabilities lists the letters of the Admiralty code.
func Reliabilities() []Reliability { return []Reliability{"A", "B", "C", "D", "E", "F"} }

// Grades lists the sources that corrections which count have graded, the last
// grade of each.
func Grades(corrections []Correction) map[string]Reliability {
	out := map[string]Reliability{}
	for _, c := range corrections {
		if c.Action == Grade && c.Undone == 0 {
			out[c.Source] = c.Reliability
		}
	}
	return out
}

// Check tells what is wrong with a correction in itself, as casus.Invalid.
func (c Correction) Check() error {
	input := string(c.Action)
	switch {
	case !slices.Contains(Actions(), c.Action):
		return refuse(input, "this is not a correction", fmt.Sprintf("Corrections are %v.", Actions()))
	case strings.TrimSpace(c.Author) == "":
		return refuse(input, "the correction has no author", "Say who corrects.")
	case c.Action == Undo && c.Undoes <= 0:
		return refuse(input, "there is no number of what to take back", "Name the correction's number.")
	case c.Action == Amend && (c.Amended == nil || c.Amended.Body == nil):
		return refuse(input, "there is no amended record", "Give the whole record as it should read.")
	case c.Action == Split && len(c.Records) == 0:
		return refuse(input, "there are no records to split off", "Name the records that mean another actor.")
	case c.Action == Join && len(c.Records) < 2:
		return refuse(input, "there are not two records to join", "Name at least two.")
	case (c.Action == Part || c.Action == Decide) && (len(c.Records) == 0 || len(c.Others) == 0):
		return refuse(input, "there are not two sides", "Name the records of both.")
	case c.Action == Grade && strings.TrimSpace(c.Source) == "":
		return refuse(input, "there is no source to grade", "Name a publisher, or an actor by its id.")
	case c.Action == Grade && !slices.Contains(Reliabilities(), c.Reliability):
		return refuse(string(c.Reliability), "this is no reliability", "Grades are A (completely reliable) to E (unreliable), and F (cannot be judged).")
	case (c.Action == AddActor || c.Action == Alias) && len(c.Names) == 0:
		return refuse(input, "there is no name", "Give a name by which texts call the actor.")
	case c.Kind != "" && !slices.Contains(casus.ActorKinds(), c.Kind):
		return refuse(string(c.Kind), "this is not a kind of actor", fmt.Sprintf("Kinds are %v.", casus.ActorKinds()))
	case c.Into != "" && c.Into.Within(c.Actor):
		return refuse(string(c.Actor), "it cannot become "+string(c.Into)+", which is the same or a part of it", "Name another actor.")
	}
	for _, name := range c.Names {
		if strings.TrimSpace(name) == "" || strings.ContainsAny(name, "\n\t") {
			return refuse(fmt.Sprintf("%q", name), "this is not a name", "Names are one line of text.")
		}
	}
	return c.checkSubjects()
}

func (c Correction) checkSubjects() error {
	switch c.Action {
	case Accept, Reject, Amend:
		_, err := RecordNumber(c.Record)
		return err
	case Split, Join, Part, Decide:
		if err := c.checkSides(); err != nil {
			return err
		}
	}
	var ids []casus.ActorID
	switch c.Action {
	case AddActor, Alias:
		ids = []casus.ActorID{c.Actor}
	case Merge, Split:
		ids = []casus.ActorID{c.Actor, c.Into}
	}
	for _, id := range ids {
		if !id.Valid() {
			return refuse(string(id), "this is not an actor id", "Ids are lower-case words joined by slashes, as in rus/mil.")
		}
	}
	return nil
}

// checkSides wants every record once, and on one side.
func (c Correction) checkSides() error {
	seen := map[casus.RecordID]bool{}
	for _, id := range slices.Concat(c.Records, c.Others) {
		if _, err := RecordNumber(id); err != nil {
			return err
		}
		if seen[id] {
			return refuse(string(id), "it is named twice", "Name each record once, on one side.")
		}
		seen[id] = true
	}
	return nil
}

// Named lists the records that a correction names.
func (c Correction) Named() []casus.RecordID {
	if c.Record != "" {
		return []casus.RecordID{c.Record}
	}
	return slices.Concat(c.Records, c.Others)
}

// Normal checks a correction in itself and returns it as a keeper stores it:
// without what the ledger is to give.
func (c Correction) Normal() (Correction, error) {
	if err := c.Check(); err != nil {
		return c, err
	}
	c.Number, c.Recorded, c.Undone = 0, time.Time{}, 0
	if c.Action == Amend {
		amended := *c.Amended
		amended.ID, amended.Article, amended.Made, amended.Mentions = "", "", casus.Made{}, nil
		c.Amended = &amended
	}
	return c, nil
}

// Root checks a correction against those that are there, which are settled
// and numbered from 1 without gaps. It returns what the correction takes back,
// through undoings of undoings, or the correction itself.
func Root(c Correction, corrections []Correction) (Correction, error) {
	base := c
	for base.Action == Undo {
		if base.Undoes > int64(len(corrections)) {
			return base, noCorrection(base.Undoes)
		}
		base = corrections[base.Undoes-1]
	}
	if c.Action == Undo {
		if target := corrections[c.Undoes-1]; target.Undone != 0 {
			return base, undoneAlready(target)
		}
		return base, nil
	}
	subject := base.Subjects()[0]
	return base, c.unseen(subject, OfSubject(corrections, subject))
}

// Subjects lists the ids under which a correction is found: records and actors.
func (c Correction) Subjects() []string {
	var out []string
	add := func(s string) {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, id := range c.Named() {
		add(string(id))
	}
	add(string(c.Actor))
	add(string(c.Into))
	add(c.Source)
	return out
}

// Review says what a person has made of a record.
type Review string

const (
	Accepted Review = "accepted" // found right
	Amended  Review = "amended"  // put right
)

// Reviewed is a record as corrections leave it.
type Reviewed struct {
	Record  casus.Record
	ActsFor map[casus.ActorID]casus.ActorID
	Stands  bool   // not rejected
	Review  Review // empty where nobody has judged this record by itself
	Last    int64  // the last correction that had a part in it, 0 for none
}

// Apply makes of a record of the reader what the corrections that count, in
// their order, leave of it. Corrections of other records change nothing.
func Apply(e Entry, corrections []Correction) Reviewed {
	out := Reviewed{Record: e.Record, ActsFor: e.ActsFor, Stands: true}
	for _, c := range corrections {
		if c.Undone == 0 && out.apply(e.ID, c) {
			out.Last = c.Number
		}
	}
	return out
}

// apply tells whether the correction had anything to do with the record.
func (v *Reviewed) apply(id casus.RecordID, c Correction) bool {
	switch {
	case c.Action == Accept && c.Record == id:
		v.Stands = true
		if v.Review == "" {
			v.Review = Accepted
		}
	case c.Action == Reject && c.Record == id:
		v.Stands = false
	case c.Action == Amend && c.Record == id:
		was := v.Record
		v.Record = *c.Amended
		v.Record.ID, v.Record.Article, v.Record.Made, v.Record.Mentions = id, was.Article, was.Made, was.Mentions
		v.Stands, v.Review = true, Amended
	case c.Action == Split && slices.Contains(c.Records, id):
		v.rename(c)
		v.Review = Amended
	case c.Action == Merge && c.Concerns(Entry{Record: v.Record, ActsFor: v.ActsFor}):
		v.rename(c)
	default:
		return false
	}
	return true
}

func (v *Reviewed) rename(c Correction) {
	v.Record = v.Record.Renamed(c.Now)
	acts := make(map[casus.ActorID]casus.ActorID, len(v.ActsFor))
	for person, office := range v.ActsFor {
		acts[c.Now(person)] = c.Now(office)
	}
	v.ActsFor = acts
}

// Concerns tells whether a record names the actor of a merge, a part of it, or
// a person who acts for one of these.
func (c Correction) Concerns(e Entry) bool {
	for _, id := range e.Record.Actors() {
		if id.Within(c.Actor) || e.ActsFor[id].Within(c.Actor) {
			return true
		}
	}
	return slices.ContainsFunc(e.Record.Where, func(place string) bool { return casus.ActorID(place).Within(c.Actor) })
}

// Version is the entry by which a correction replaces e, a record of the
// reader, from a moment on.
func (v Reviewed) Version(e Entry, by int64, at time.Time) Entry {
	e.Record, e.Made, e.Review = v.Record, v.Record.Made, v.Review
	e.Correction, e.Recorded, e.Superseded = by, at, time.Time{}
	e.ActsFor = nil
	for _, id := range v.Record.Actors() {
		if office := v.ActsFor[id]; office != "" && office != id {
			if e.ActsFor == nil {
				e.ActsFor = map[casus.ActorID]casus.ActorID{}
			}
			e.ActsFor[id] = office
		}
	}
	return e
}

// Now is the id that an actor goes by after a merge or split: Into for Actor,
// and for a part of it the part of Into.
func (c Correction) Now(id casus.ActorID) casus.ActorID {
	if !id.Within(c.Actor) {
		return id
	}
	if c.Into.IsPerson() {
		return c.Into
	}
	return c.Into + id[len(c.Actor):]
}

// Known lists the actors that corrections which count add, name or merge, with
// the names that they give them, in the order of the ids: what a reader is to
// know beside its reference data. Names of a merged actor are Into's.
func Known(corrections []Correction) []casus.Actor {
	kept := map[casus.ActorID]*casus.Actor{}
	var ids []casus.ActorID
	for _, c := range corrections {
		if c.Undone != 0 || c.Action != AddActor && c.Action != Alias {
			continue
		}
		id := Resolve(c.Actor, corrections)
		a := kept[id]
		if a == nil {
			a = &casus.Actor{ID: id}
			kept[id] = a
			ids = append(ids, id)
		}
		if c.Kind != "" && id == c.Actor {
			a.Kind = c.Kind
		}
		for _, name := range c.Names {
			if !slices.Contains(a.Names, name) {
				a.Names = append(a.Names, name)
			}
		}
	}
	slices.Sort(ids)
	out := make([]casus.Actor, 0, len(ids))
	for _, id := range ids {
		out = append(out, *kept[id])
	}
	return out
}

// Merges lists the merges that count: all that Resolve looks at.
func Merges(corrections []Correction) []Correction {
	var out []Correction
	for _, c := range corrections {
		if c.Undone == 0 && c.Action == Merge {
			out = append(out, c)
		}
	}
	return out
}

// Resolve is the id that an actor goes by after all merges that count.
func Resolve(id casus.ActorID, corrections []Correction) casus.ActorID {
	for _, c := range corrections {
		if c.Undone == 0 && c.Action == Merge {
			id = c.Now(id)
		}
	}
	return id
}

// Settle marks in a list of corrections, which must be in order and hold all
// undoings of its members, those that are taken back. An undoing that is itself
// taken back takes nothing back.
func Settle(corrections []Correction) {
	at := make(map[int64]int, len(corrections))
	for i := range corrections {
		corrections[i].Undone = 0
		at[corrections[i].Number] = i
	}
	for i := len(corrections) - 1; i >= 0; i-- {
		c := corrections[i]
		if target, ok := at[c.Undoes]; c.Action == Undo && c.Undone == 0 && ok {
			corrections[target].Undone = c.Number
		}
	}
}

// unseen tells, as casus.Conflict, whether a correction of the same subject came
// after the last one that the author of c has seen. earlier are the corrections
// of the subject that are there, in order.
func (c Correction) unseen(subject string, earlier []Correction) error {
	if c.Seen < 0 || len(earlier) == 0 || earlier[len(earlier)-1].Number <= c.Seen {
		return nil
	}
	last := earlier[len(earlier)-1]
	return &casus.Error{Code: casus.Conflict, Input: subject,
		Problem: fmt.Sprintf("%s corrected it in the meantime (%s, number %d: %s)", last.Author, last.Action, last.Number, last.Reason),
		Advice:  "Look at it again, and correct it then if it still needs to be."}
}

// noCorrection says that there is no correction with a number.
func noCorrection(number int64) error {
	return &casus.Error{Code: casus.NotFound, Input: fmt.Sprint(number), Problem: "there is no correction with this number"}
}

// undoneAlready says that a correction is taken back already.
func undoneAlready(c Correction) error {
	return &casus.Error{Code: casus.Conflict, Input: fmt.Sprint(c.Number), Problem: fmt.Sprintf("it was taken back already, by correction %d", c.Undone),
		Advice: fmt.Sprintf("To have it count again, take back %d.", c.Undone)}
}

// FitAmended checks an amended record against the article of the record e that
// it amends.
func FitAmended(e Entry, amended casus.Record, text string) error {
	amended.ID, amended.Article = e.ID, e.Article.ID
	if err := amended.Validate(text); err != nil {
		return &casus.Error{Code: casus.Invalid, Input: string(e.ID), Problem: "the amended record does not hold up", Err: err,
			Advice: "Its quote must stand in the article where it says, and its fields follow docs/RECORDS.md."}
	}
	return nil
}

// OfSubject selects from a settled list the corrections of a subject, and what
// takes them back.
func OfSubject(corrections []Correction, subject string) []Correction {
	var out []Correction
	in := map[int64]bool{}
	for _, c := range corrections {
		if slices.Contains(c.Subjects(), subject) || c.Action == Undo && in[c.Undoes] {
			in[c.Number] = true
			out = append(out, c)
		}
	}
	return out
}

// SelectCorrections answers a CorrectionQuery from the list of all corrections.
func SelectCorrections(q CorrectionQuery, all []Correction) []Correction {
	out := []Correction{}
	for _, c := range all {
		if q.Recorded.IsZero() || !c.Recorded.After(q.Recorded) {
			out = append(out, c)
		}
	}
	Settle(out)
	if q.Subject != "" {
		out = OfSubject(out, q.Subject)
	}
	return q.page(out)
}

// page is the part of a list, which is in order, that a query asks for.
func (q CorrectionQuery) page(list []Correction) []Correction {
	if q.Newest {
		slices.Reverse(list)
	}
	if q.After != 0 {
		list = slices.DeleteFunc(list, func(c Correction) bool { return c.Number == q.After || (c.Number < q.After) != q.Newest })
	}
	if q.Limit > 0 && len(list) > q.Limit {
		list = list[:q.Limit]
	}
	return append([]Correction{}, list...)
}

// WithNames adds to the names that readings met for each actor those that
// corrections give it, and gives the names of a merged actor to whom it became.
func WithNames(names map[casus.ActorID][]string, corrections []Correction) map[casus.ActorID][]string {
	out := make(map[casus.ActorID][]string, len(names))
	add := func(id casus.ActorID, list []string) {
		for _, name := range list {
			if !slices.Contains(out[id], name) {
				out[id] = append(out[id], name)
			}
		}
	}
	var ids []casus.ActorID
	for id, list := range names {
		if ids = append(ids, id); Resolve(id, corrections) == id {
			out[id] = slices.Clone(list)
		}
	}
	slices.Sort(ids)
	for _, a := range Known(corrections) {
		add(a.ID, a.Names)
	}
	for _, id := range ids {
		if to := Resolve(id, corrections); to != id {
			add(to, names[id])
		}
	}
	return out
}
