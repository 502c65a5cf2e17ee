package displacement

import "casus"

// Kind is what a place is to those who flee.
type Kind uint8

const (
	Town    Kind = iota // people pass through and may stay a while
	Camp                // people stay; Place.Capacity bounds how many
	IDPCamp             // a camp within the country, left more easily than a camp across the border
	Hub                 // people are sent on at once (Flee: forwarding_hub)
	Marker              // a bend in a road: never an end, passed without a stop
)

// String returns the word for a person.
func (k Kind) String() string {
	return [...]string{"town", "camp", "camp for the internally displaced", "hub", "marker"}[k]
}

// Place is a node of the network.
type Place struct {
	Name     string // unique
	Country  string // any spelling, the same for all places of one country; may be empty
	Lat, Lon float64
	Kind     Kind   // on day 0
	Region   string // within the country; may be empty

	// Shares of its people, 0 to 1 together, of whom rules ask: Settings.AvoidHazards, BoysTakeRisk.
	Careful, Bold float64

	Residents int // people who live there and may flee; what a zone's share of departures is weighed by
	Capacity  int // people that a camp takes; 0: unlimited
	PerDay    int // by which Capacity grows each day
	Present   int // displaced people who are there on day 0, before anybody moves
}

// Route joins two places, both ways.
type Route struct {
	A, B     string // names of places
	KM       float64
	MaxSpeed float64     // km a day on this route; 0: Settings.MaxSpeed
	OnFoot   float64     // chance that a day on it is walked, 0 to 1
	Forced   Redirection // where all who come to one end are sent on to the other
	Major    bool        // those who choose where to go take it for a quarter as long
}

// Redirection says that people are sent on, and which way.
type Redirection uint8

const (
	NotForced Redirection = iota
	AToB                  // all who come to A go on to B
	BToA                  // all who come to B go on to A
)

// Never is the end of a zone or a closure that does not end.
const Never = -1

// Zone is fighting at a place in a stretch of days. Of zones that overlap at
// one place the fiercest counts.
type Zone struct {
	Place       string
	From, Until int     // first day, and the day on which it is over (not part of it) or Never
	Intensity   float64 // above 0; 1 is what conflict files mark
}

// ClosureKind says what a closure closes.
type ClosureKind uint8

const (
	BorderClosed    ClosureKind = iota // all routes between the countries A and B
	PlaceClosed                        // all routes of the place A
	LinkClosed                         // the route between the places A and B
	CampClosed                         // the camp A is a town as long
	RedirectionOver                    // nobody is sent on from A to B any more (Until does not count)
)

// Closure is in force from the morning of day From to the morning of day Until.
type Closure struct {
	Kind        ClosureKind
	A, B        string // places, or countries where Kind is BorderClosed
	From, Until int    // Until may be Never
}

// Change makes a place another kind of place from the morning of a day on. Only
// a marker stays one: what ways there are is found before the first day.
type Change struct {
	Place string
	Kind  Kind
	Day   int
}

// Hunger is the share of a region's people, 0 to 1, who had too little to eat on a
// day: between two days it lies on the straight line from one to the other, before
// the first and after the last it is as they say. So many more are to leave their
// towns, and so much less do others go there.
type Hunger struct {
	Region string
	Day    int
	Share  float64
}

// Input is everything about one conflict that a run starts from. Days count
// from 0, which is Start.
type Input struct {
	Start    casus.Date // may be zero: days then have no dates
	Days     int        // days to run
	Home     string     // the country that people flee; others are foreign. Empty: that of the first place
	Places   []Place
	Routes   []Route
	Zones    []Zone
	Closures []Closure
	Changes  []Change // of one place in the order of their days
	Hunger   []Hunger // of one region in the order of their days

	// Arrivals are the people newly displaced on each day; a day past the end
	// has none. A negative number is of people who went home. Settings.Depart
	// may take departures from the zones instead.
	Arrivals []int
	// Leaving are people newly displaced from certain places, besides.
	Leaving []Leaving
}

// Leaving is how many people are newly displaced from a place on each day.
type Leaving struct {
	Place  string
	People []int // a day past the end has none
}
