package casus

import (
	"slices"
	"strings"
)

// Kind is one of the six kinds of record.
type Kind string

const (
	KindEvent      Kind = "event"
	KindClaim      Kind = "claim"
	KindFigure     Kind = "figure"
	KindRelation   Kind = "relation"
	KindCommitment Kind = "commitment"
	KindFlow       Kind = "flow"
)

// Kinds lists the six kinds in the order in which they are shown.
func Kinds() []Kind {
	return []Kind{KindEvent, KindClaim, KindFigure, KindRelation, KindCommitment, KindFlow}
}

// Status says how the text presents the thing itself, not who says it.
type Status string

const (
	Happened    Status = "happened"
	Ongoing     Status = "ongoing"
	Planned     Status = "planned"
	Possible    Status = "possible"
	Conditional Status = "conditional"
	Denied      Status = "denied"
)

// Statuses lists the statuses.
func Statuses() []Status {
	return []Status{Happened, Ongoing, Planned, Possible, Conditional, Denied}
}

// RecordID names one record of one reading of one article; it is a hash of
// what the record says, so the same reading gives the same ids (see NewID).
type RecordID string

// Record is one thing that an article says, tied to the words that carry it.
// What is common to the six kinds stands here, the rest in Body.
type Record struct {
	ID      RecordID
	Article ArticleID
	Quote   string  // the verbatim words: a clause or sentence, two sentences at most
	Span    Span    // where Quote stands
	By      ActorID // who asserts it; "" where the article says it in its own voice
	ByAs    string  // the speaker as the text names them; empty with By
	Status  Status
	When    Period   // when it holds, or for a claim when it was said
	Where   []string // place ids or names, most specific first
	Hedge   string   // the hedging words, verbatim and inside Quote; may be empty
	Body    Body

	// Mentions are the places beside Span where the article tells the same, in
	// the order of the text: the record stands at its fullest mention.
	Mentions []Mention

	Made Made
}

// Mention is a place where an article tells what a record says.
type Mention struct {
	Span         // where Quote stands
	Quote string `json:"quote"` // the verbatim words
}

// Made says how a record came to be: by which reader and which rule.
type Made struct {
	Reader     string  `json:"reader"`     // the reader's version
	Rule       string  `json:"rule"`       // "file:entry" of the rule or lexicon line, and what was concluded beyond it
	Confidence float64 `json:"confidence"` // 0 to 1, the reader's own
}

// What a reader adds to a rule's name where the quoted words leave out a side of
// an event, and it was concluded from the rest of the article.
const (
	SourceConcluded = "; source concluded from the article"
	TargetConcluded = "; target concluded from the article"
)

// Concluded tells which sides of an event are not in the words that carry it.
func (m Made) Concluded() (source, target bool) {
	return strings.Contains(m.Rule, SourceConcluded), strings.Contains(m.Rule, TargetConcluded)
}

// Kind is the kind of the record's body.
func (r Record) Kind() Kind { return r.Body.Kind() }

// Body is what a kind of record adds: *Event, *Claim, *Figure, *Relation,
// *Commitment or *Flow.
type Body interface {
	Kind() Kind
	// Actors calls yield with every actor that the body names and its role.
	Actors(yield func(role string, id ActorID))
	renamed(name func(ActorID) ActorID) Body
	write(w *fieldWriter)
	validate(check *checker)
}

// Actors lists everybody that the record names, by's speaker included, each once.
func (r Record) Actors() []ActorID {
	var out []ActorID
	add := func(_ string, id ActorID) {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	add("by", r.By)
	r.Body.Actors(add)
	return out
}

// EventType is one of PLOVER's sixteen (PLOVER manual 0.8).
type EventType string

const (
	Agree     EventType = "AGREE"
	Consult   EventType = "CONSULT"
	Support   EventType = "SUPPORT"
	Concede   EventType = "CONCEDE"
	Cooperate EventType = "COOPERATE"
	Aid       EventType = "AID"
	Retreat   EventType = "RETREAT"
	Request   EventType = "REQUEST"
	Accuse    EventType = "ACCUSE"
	Reject    EventType = "REJECT"
	Threaten  EventType = "THREATEN"
	Protest   EventType = "PROTEST"
	Sanction  EventType = "SANCTION"
	Mobilize  EventType = "MOBILIZE"
	Coerce    EventType = "COERCE"
	Assault   EventType = "ASSAULT"
)

// EventTypes lists PLOVER's sixteen from cooperation to conflict.
func EventTypes() []EventType {
	return []EventType{Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request,
		Accuse, Reject, Threaten, Protest, Sanction, Mobilize, Coerce, Assault}
}

// Event is something one actor did, does or is to do, towards another. In a
// fight, a deal or a joint act both parties are in Source and in Target.
type Event struct {
	Type   EventType `json:"type"`
	Mode   string    `json:"mode,omitempty"` // PLOVER's mode, lower case; see ontology.Modes
	Source []ActorID `json:"source"`
	Target []ActorID `json:"target"`
}

// Act is what a claim does with words.
type Act string

const (
	Say         Act = "say"
	AccuseAct   Act = "accuse"
	Deny        Act = "deny"
	Promise     Act = "promise"
	ThreatenAct Act = "threaten"
	Demand      Act = "demand"
	RejectAct   Act = "reject"
	Warn        Act = "warn"
	Assess      Act = "assess"
	Predict     Act = "predict"
	Praise      Act = "praise"
)

// Acts lists the acts of saying.
func Acts() []Act {
	return []Act{Say, AccuseAct, Deny, Promise, ThreatenAct, Demand, RejectAct, Warn, Assess, Predict, Praise}
}

// Claim is words put in somebody's mouth.
type Claim struct {
	Speaker ActorID   `json:"speaker"`
	Act     Act       `json:"act"`
	Quoted  bool      `json:"quoted"` // verbatim words, in quotation marks
	About   []ActorID `json:"about"`
}

// Figure is a number with its bounds; nil is unbounded.
type Figure struct {
	Low       *float64 `json:"low"`
	High      *float64 `json:"high"`
	Unit      string   `json:"unit"` // a lower-case word: persons, soldiers, districts, percent, usd, km
	Of        string   `json:"of"`   // what is counted, as the text says
	Approx    bool     `json:"approx"`
	AsWritten string   `json:"as_written"`
}

// RelationType is a state of affairs between two actors, or an actor and a place.
type RelationType string

const (
	Recognises          RelationType = "recognises"
	MemberOf            RelationType = "member-of"
	AlliedWith          RelationType = "allied-with"
	Governs             RelationType = "governs"
	Controls            RelationType = "controls"
	BasesIn             RelationType = "bases-in"
	DeploysIn           RelationType = "deploys-in"
	DesignatesTerrorist RelationType = "designates-terrorist"
	Hosts               RelationType = "hosts"
	AtWarWith           RelationType = "at-war-with"
	Disputes            RelationType = "disputes"
	DependsOn           RelationType = "depends-on"
	NeutralOn           RelationType = "neutral-on"
)

// RelationTypes lists the thirteen types of relation.
func RelationTypes() []RelationType {
	return []RelationType{Recognises, MemberOf, AlliedWith, Governs, Controls, BasesIn, DeploysIn,
		DesignatesTerrorist, Hosts, AtWarWith, Disputes, DependsOn, NeutralOn}
}

// Change says what a record tells of a relation.
type Change string

const (
	Begins Change = "begins"
	Ends   Change = "ends"
	Held   Change = "holds"
)

// Relation is a state of affairs that holds for a time.
type Relation struct {
	Type   RelationType `json:"type"`
	From   ActorID      `json:"from"`
	To     ActorID      `json:"to"`
	Change Change       `json:"change"`
}

// Basis is what binds a debtor.
type Basis string

const (
	Treaty    Basis = "treaty"
	Deal      Basis = "deal"
	Pledge    Basis = "pledge"
	Ultimatum Basis = "ultimatum"
	Ceasefire Basis = "ceasefire"
	Law       Basis = "law"
)

// Sorts lists the sorts of a kind that are a closed list: types of events and
// relations, acts of claims, states of commitments, causes of flows. Figures
// have units instead, and none here.
func (k Kind) Sorts() []string {
	switch k {
	case KindEvent:
		return texts(EventTypes())
	case KindClaim:
		return texts(Acts())
	case KindRelation:
		return texts(RelationTypes())
	case KindCommitment:
		return texts(States())
	case KindFlow:
		return texts(Causes())
	}
	return nil
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// Bases lists what can bind.
func Bases() []Basis { return []Basis{Treaty, Deal, Pledge, Ultimatum, Ceasefire, Law} }

// State is where a commitment stands as the article has it.
type State string

const (
	Offered   State = "offered"
	InForce   State = "in-force"
	Triggered State = "triggered"
	Kept      State = "kept"
	Broken    State = "broken"
	Lapsed    State = "lapsed"
	Rejected  State = "rejected"
)

// States lists the states of a commitment.
func States() []State {
	return []State{Offered, InForce, Triggered, Kept, Broken, Lapsed, Rejected}
}

// Commitment is what somebody is bound to, towards somebody. A mutual one is
// a record for each debtor.
type Commitment struct {
	Debtor      ActorID `json:"debtor"`
	Beneficiary ActorID `json:"beneficiary"`
	Duty        string  `json:"duty"` // one line
	Condition   string  `json:"condition,omitempty"`
	Deadline    Date    `json:"deadline"`
	Basis       Basis   `json:"basis"`
	State       State   `json:"state"`
}

// Cause is why people move.
type Cause string

const (
	CauseConflict    Cause = "conflict"
	CauseDeportation Cause = "deportation"
	CauseReturn      Cause = "return"
	CauseEconomic    Cause = "economic"
	CauseUnknown     Cause = "unknown"
)

// Causes lists why people move.
func Causes() []Cause {
	return []Cause{CauseConflict, CauseDeportation, CauseReturn, CauseEconomic, CauseUnknown}
}

// Flow is people who move or are moved. Origin and Destination are place or
// country ids; one of them at least is known. Low and High count persons.
type Flow struct {
	Group       ActorID  `json:"group"`
	Origin      ActorID  `json:"origin"`
	Destination ActorID  `json:"destination"`
	Low         *float64 `json:"low"`
	High        *float64 `json:"high"`
	Cause       Cause    `json:"cause"`
}

// Kind is KindEvent.
func (*Event) Kind() Kind { return KindEvent }

// Kind is KindClaim.
func (*Claim) Kind() Kind { return KindClaim }

// Kind is KindFigure.
func (*Figure) Kind() Kind { return KindFigure }

// Kind is KindRelation.
func (*Relation) Kind() Kind { return KindRelation }

// Kind is KindCommitment.
func (*Commitment) Kind() Kind { return KindCommitment }

// Kind is KindFlow.
func (*Flow) Kind() Kind { return KindFlow }

// Actors names the event's sources and targets.
func (e *Event) Actors(yield func(string, ActorID)) {
	for _, a := range e.Source {
		yield("source", a)
	}
	for _, a := range e.Target {
		yield("target", a)
	}
}

// Actors names the speaker and whom the claim is about.
func (cl *Claim) Actors(yield func(string, ActorID)) {
	yield("speaker", cl.Speaker)
	for _, a := range cl.About {
		yield("about", a)
	}
}

// Actors names nobody: a figure counts.
func (*Figure) Actors(func(string, ActorID)) {}

// Actors names both ends.
func (r *Relation) Actors(yield func(string, ActorID)) {
	yield("from", r.From)
	yield("to", r.To)
}

// Actors names debtor and beneficiary.
func (cm *Commitment) Actors(yield func(string, ActorID)) {
	yield("debtor", cm.Debtor)
	yield("beneficiary", cm.Beneficiary)
}

// Actors names the group and the ends of its way.
func (f *Flow) Actors(yield func(string, ActorID)) {
	yield("group", f.Group)
	yield("origin", f.Origin)
	yield("destination", f.Destination)
}
