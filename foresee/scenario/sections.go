package scenario

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"casus"
)

// scenario reads the whole file.
func (r *reader) scenario(n *yaml.Node, s *Scenario) {
	r.fields(n, "a scenario",
		field{"casus-scenario", true, r.version},
		field{"name", true, r.text(&s.Name)},
		field{"about", false, r.text(&s.About)},
		field{"clock", true, func(n *yaml.Node) {
			r.fields(n, "the clock", field{"true-on", true, r.date(&s.TrueOn)}, field{"known-on", false, r.date(&s.KnownOn)})
		}},
		field{"period", true, func(n *yaml.Node) { r.days(n, "the period", &s.Period) }},
		field{"reported", false, func(n *yaml.Node) { r.reported(n, s) }},
		field{"events", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.event(n, s) }) }},
		field{"requests", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.request(n, s) }) }},
		field{"decisions", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.decision(n, s) }) }},
		field{"relations", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.relation(n, s) }) }},
		field{"borders", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.border(n, s) }) }},
		field{"zones", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.zone(n, s) }) }},
		field{"fleeing", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.fleeing(n, &s.Fleeing) }) }},
		field{"displaced", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.displaced(n, &s.Displaced) }) }},
		field{"camps", false, func(n *yaml.Node) { r.items(n, func(n *yaml.Node) { r.camp(n, s) }) }},
		field{"engine", false, func(n *yaml.Node) { r.engine(n, s) }},
		field{"seeds", false, func(n *yaml.Node) { r.seeds(n, s) }},
	)
}

func (r *reader) version(n *yaml.Node) {
	switch v, err := strconv.Atoi(n.Value); {
	case err != nil || v < 1:
		r.wrong(n, "“"+n.Value+"” is not the version of a form", "Write casus-scenario: 1")
	case v > Version:
		r.wrong(n, "this file is of form "+n.Value+", and this Casus reads forms up to "+strconv.Itoa(Version), "Get a newer Casus.")
	}
}

// days reads a stretch of days as from and to; a single day may stand bare.
func (r *reader) days(n *yaml.Node, what string, into *casus.Period) {
	if n.Kind == yaml.ScalarNode {
		var d casus.Date
		if r.date(&d)(n); d != 0 {
			*into = casus.Day(d)
		}
		return
	}
	p := casus.Period{Precision: casus.PrecisionDay}
	r.fields(n, what, field{"from", true, r.date(&p.From)}, field{"to", true, r.date(&p.To)})
	r.ordered(n, p)
	*into = p
}

func (r *reader) ordered(n *yaml.Node, p casus.Period) {
	if p.From != 0 && p.To != 0 && p.From > p.To {
		r.wrong(n, "it begins on "+p.From.String()+" and ends before, on "+p.To.String(), "Swap the two days.")
	}
}

func (r *reader) reported(n *yaml.Node, s *Scenario) {
	p := casus.Period{Precision: casus.PrecisionDay}
	r.fields(n, "what is reported", field{"from", true, r.date(&p.From)}, field{"to", true, r.date(&p.To)}, field{"among", false, r.actors(&s.Among)})
	r.ordered(n, p)
	s.Reported = p
}

func (r *reader) event(n *yaml.Node, s *Scenario) {
	e := Event{Position: Position{n.Line, n.Column}, Source: []casus.ActorID{}, Target: []casus.ActorID{}}
	r.fields(n, "an event",
		field{"date", true, r.date(&e.Date)},
		field{"type", true, oneOf(r, &e.Type, casus.EventTypes())},
		field{"mode", false, r.text(&e.Mode)},
		field{"source", true, r.actors(&e.Source)},
		field{"target", false, r.actors(&e.Target)},
		field{"place", false, r.place(&e.Place)},
		field{"note", false, r.text(&e.Note)})
	if e.Type == "" {
		return
	}
	if err := r.names.plover.Check(&casus.Event{Type: e.Type, Mode: e.Mode}); err != nil {
		r.wrong(n, err.Error(), "Its modes are "+r.modes(e.Type)+".")
	}
	s.Events = append(s.Events, e)
}

func (r *reader) modes(t casus.EventType) string {
	out := ""
	for _, e := range r.names.plover.Entries() {
		if e.Type == t && e.Mode != "" {
			if out != "" {
				out += ", "
			}
			out += e.Mode
		}
	}
	if out == "" {
		return "none"
	}
	return out
}

// request reads a call for help as the event that it is.
func (r *reader) request(n *yaml.Node, s *Scenario) {
	e := Event{Position: Position{n.Line, n.Column}, Type: casus.Request, Mode: "assist", Source: []casus.ActorID{}, Target: []casus.ActorID{}}
	r.fields(n, "a request",
		field{"date", true, r.date(&e.Date)}, field{"from", true, r.actors(&e.Source)}, field{"to", true, r.actors(&e.Target)},
		field{"note", false, r.text(&e.Note)})
	s.Events = append(s.Events, e)
}

// decision reads what a council, an alliance or a parliament decides on
// somebody's case: an AGREE or a REJECT of the body towards them.
func (r *reader) decision(n *yaml.Node, s *Scenario) {
	e := Event{Position: Position{n.Line, n.Column}, Source: []casus.ActorID{}, Target: []casus.ActorID{}}
	type verdict string
	var v verdict
	r.fields(n, "a decision",
		field{"date", true, r.date(&e.Date)}, field{"by", true, r.actors(&e.Source)}, field{"on", true, r.actors(&e.Target)},
		field{"verdict", true, oneOf(r, &v, []verdict{"agreed", "refused"})}, field{"note", false, r.text(&e.Note)})
	if e.Type = casus.Agree; v == "refused" {
		e.Type = casus.Reject
	}
	s.Events = append(s.Events, e)
}

func (r *reader) relation(n *yaml.Node, s *Scenario) {
	rel := Relation{Position: Position{n.Line, n.Column}}
	r.fields(n, "a relation",
		field{"date", true, r.date(&rel.Date)},
		field{"type", true, oneOf(r, &rel.Type, casus.RelationTypes())},
		field{"from", true, r.actor(&rel.From)}, field{"to", true, r.actor(&rel.To)},
		field{"change", true, oneOf(r, &rel.Change, []casus.Change{casus.Begins, casus.Ends})},
		field{"note", false, r.text(&rel.Note)})
	s.Relations = append(s.Relations, rel)
}

func (r *reader) border(n *yaml.Node, s *Scenario) {
	b := Border{Position: Position{n.Line, n.Column}, Closed: casus.Period{Precision: casus.PrecisionDay}}
	var between []casus.ActorID
	r.fields(n, "a border",
		field{"between", true, r.places(&between)},
		field{"closed", true, func(n *yaml.Node) { r.days(n, "the days", &b.Closed) }},
		field{"note", false, r.text(&b.Note)})
	if len(between) != 2 || between[0] == between[1] {
		r.wrong(n, "a border is between two places", "Write between: [afg, tjk], or two towns.")
		return
	}
	b.Between = [2]casus.ActorID(between)
	s.Borders = append(s.Borders, b)
}

func (r *reader) places(into *[]casus.ActorID) func(*yaml.Node) {
	return func(n *yaml.Node) {
		r.items(n, func(item *yaml.Node) {
			var id casus.ActorID
			if r.place(&id)(item); id != "" {
				*into = append(*into, id)
			}
		})
	}
}

func (r *reader) zone(n *yaml.Node, s *Scenario) {
	z := Zone{Position: Position{n.Line, n.Column}, Intensity: 1}
	r.fields(n, "a zone",
		field{"place", true, r.place(&z.Place)},
		field{"days", true, func(n *yaml.Node) { r.days(n, "the days", &z.Days) }},
		field{"intensity", false, r.number(&z.Intensity, 0, 1)},
		field{"people", false, r.persons(&z.People)},
		field{"note", false, r.text(&z.Note)})
	s.Zones = append(s.Zones, z)
}

func (r *reader) fleeing(n *yaml.Node, into *[]Fleeing) {
	f := Fleeing{Position: Position{n.Line, n.Column}}
	r.fields(n, "those who flee",
		field{"days", true, func(n *yaml.Node) { r.days(n, "the days", &f.Days) }},
		field{"persons", true, r.persons(&f.Persons)},
		field{"from", false, r.place(&f.From)},
		field{"note", false, r.text(&f.Note)})
	*into = append(*into, f)
}

func (r *reader) displaced(n *yaml.Node, into *[]Fleeing) {
	f := Fleeing{Position: Position{n.Line, n.Column}}
	r.fields(n, "the displaced",
		field{"date", true, func(n *yaml.Node) { r.days(n, "the day", &f.Days) }},
		field{"persons", true, r.persons(&f.Persons)},
		field{"from", false, r.place(&f.From)},
		field{"in", true, r.place(&f.To)},
		field{"note", false, r.text(&f.Note)})
	*into = append(*into, f)
}

func (r *reader) camp(n *yaml.Node, s *Scenario) {
	c := Camp{Position: Position{n.Line, n.Column}}
	r.fields(n, "a camp",
		field{"place", true, r.place(&c.Place)}, field{"capacity", true, r.persons(&c.Capacity)}, field{"note", false, r.text(&c.Note)})
	s.Camps = append(s.Camps, c)
}

// engine reads settings by name; the displacement engine knows which there are.
func (r *reader) engine(n *yaml.Node, s *Scenario) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "the engine's settings are lines of name: number", "Write max_move_speed: 300, or max_move_speed: [200, 360] where it is uncertain.")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		set := Setting{Position: Position{key.Line, key.Column}, Name: key.Value}
		if !r.simple(value) {
			continue
		}
		r.setting(value, &set)
		s.Engine = append(s.Engine, set)
	}
}

// evenly is the shape of a range that names none.
const evenly = "even"

// setting reads a number, [low, high], or {from: low, to: high, shape: even}.
func (r *reader) setting(n *yaml.Node, into *Setting) {
	number := func(into *float64) func(*yaml.Node) { return r.number(into, -1e12, 1e12) }
	switch n.Kind {
	case yaml.SequenceNode:
		if len(n.Content) != 2 || !r.simple(n.Content[0]) || !r.simple(n.Content[1]) {
			r.wrong(n, "a range has two ends", "Write [low, high].")
			return
		}
		into.Shape = evenly
		number(&into.Value)(n.Content[0])
		number(&into.High)(n.Content[1])
	case yaml.MappingNode:
		into.Shape = evenly
		r.fields(n, "a range", field{"from", true, number(&into.Value)}, field{"to", true, number(&into.High)}, field{"shape", false, r.text(&into.Shape)})
	default:
		number(&into.Value)(n)
	}
}

// maxSeeds bounds how often a scenario is run.
const maxSeeds = 1000

func (r *reader) seeds(n *yaml.Node, s *Scenario) {
	r.items(n, func(n *yaml.Node) {
		v, err := strconv.ParseUint(n.Value, 10, 64)
		if err != nil {
			r.wrong(n, "“"+n.Value+"” is not a seed", "Write whole numbers, as [1, 2, 3].")
			return
		}
		if s.Seeds = append(s.Seeds, v); len(s.Seeds) == maxSeeds+1 {
			r.wrong(n, "more than "+strconv.Itoa(maxSeeds)+" seeds", "Fewer give the same bands.")
		}
	})
}
