package alert

import (
	"context"
	"errors"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
	"casus/ontology"
	"casus/picture"
)

// resolved is a rule whose names have been looked up.
type resolved struct {
	Rule
	actors, pair, by []casus.ActorID
	places           []string // folded names and ids
}

// takenAsIs begins an id that nobody need know yet.
const takenAsIs = "id:"

// resolve finds out whom a rule's names mean. Its error says where in the file
// a name stands that means nobody, or several.
func resolve(ctx context.Context, p *picture.Picture, r Rule) (resolved, error) {
	out := resolved{Rule: r}
	for _, names := range []struct {
		words []Word
		ids   *[]casus.ActorID
	}{{r.Actors, &out.actors}, {r.Pair, &out.pair}, {r.By, &out.by}} {
		for _, w := range names.words {
			id, err := actorOf(ctx, p, w)
			if err != nil {
				return out, err
			}
			*names.ids = append(*names.ids, id)
		}
	}
	for _, w := range r.Places {
		out.places = append(out.places, ledger.FoldPlace(w.Text))
		a, err := p.Resolve(ctx, w.Text)
		switch code := casus.CodeOf(err); {
		case err == nil:
			out.places = append(out.places, string(a.ID))
		case code != casus.NotFound && code != casus.Invalid: // towns are no actors
			return out, err
		}
	}
	return out, nil
}

func actorOf(ctx context.Context, p *picture.Picture, w Word) (casus.ActorID, error) {
	if id, ok := strings.CutPrefix(w.Text, takenAsIs); ok {
		actor := casus.ActorID(strings.TrimSpace(id))
		if !actor.Valid() {
			return "", w.At.wrong("Ids are lower-case words joined by slashes, as in rus/mil.", "%q is not an actor id", actor)
		}
		return actor, nil
	}
	a, err := p.Resolve(ctx, w.Text)
	var e *casus.Error
	if errors.As(err, &e) && (e.Code == casus.NotFound || e.Code == casus.Invalid) {
		advice := e.Advice
		if e.Code == casus.NotFound {
			advice += " For an actor that nobody has named yet, write id: before its id."
		}
		return "", w.At.wrong(advice, "%s: %s", w.Text, e.Problem)
	}
	return a.ID, err
}

// meets tells whether a record meets the rule's conditions, apart from what the
// rule waits for.
func (r *resolved) meets(e ledger.Entry, plover *ontology.Plover) bool {
	rec := e.Record
	if len(r.Kinds) > 0 && !slices.Contains(r.Kinds, rec.Kind()) ||
		len(r.Statuses) > 0 && !slices.Contains(r.Statuses, rec.Status) ||
		len(r.Types) > 0 && !slices.ContainsFunc(r.Types, func(s Sort) bool { return s.fits(rec) }) ||
		len(r.Quads) > 0 && !slices.Contains(r.Quads, quadOf(rec, plover)) ||
		len(r.places) > 0 && !inPlace(rec, r.places) ||
		r.Unit != "" && !hasUnit(rec, r.Unit) ||
		r.Of != "" && !slices.Contains(ledger.Words(rec), r.Of) ||
		r.Figure != nil && !many(rec, *r.Figure) {
		return false
	}
	return r.names(e)
}

// names tells whether a record names whom the rule names.
func (r *resolved) names(e ledger.Entry) bool {
	if len(r.actors)+len(r.pair)+len(r.by) == 0 {
		return true
	}
	mentions := ledger.Mentions(e)
	return (len(r.actors) == 0 || slices.ContainsFunc(r.actors, func(id casus.ActorID) bool { return hasPart(e, rolesOf(mentions, id)) })) &&
		(len(r.by) == 0 || slices.ContainsFunc(r.by, func(id casus.ActorID) bool {
			return slices.ContainsFunc(rolesOf(mentions, id), func(role ledger.Role) bool { return role == ledger.By || role == ledger.Speaker })
		})) &&
		(len(r.pair) == 0 || between(mentions, r.pair[0], r.pair[1]) || between(mentions, r.pair[1], r.pair[0]))
}

// hasPart tells whether who has these roles has a part in a record, and does
// not only tell of it. A figure names nobody, so that its teller counts.
func hasPart(e ledger.Entry, roles []ledger.Role) bool {
	return slices.ContainsFunc(roles, func(r ledger.Role) bool { return r != ledger.By }) || len(roles) > 0 && e.Record.Kind() == casus.KindFigure
}

func rolesOf(mentions []ledger.Mention, id casus.ActorID) []ledger.Role {
	for _, m := range mentions {
		if m.Actor == id {
			return m.Roles
		}
	}
	return nil
}

// doers and others are the roles of the two sides of a record.
func doers() []ledger.Role {
	return []ledger.Role{ledger.Source, ledger.Speaker, ledger.From, ledger.Debtor, ledger.Group, ledger.Origin}
}

func others() []ledger.Role {
	return []ledger.Role{ledger.Target, ledger.About, ledger.To, ledger.Beneficiary, ledger.Destination}
}

// between tells whether a record is from a towards b.
func between(mentions []ledger.Mention, a, b casus.ActorID) bool {
	in := func(id casus.ActorID, side []ledger.Role) bool {
		return slices.ContainsFunc(rolesOf(mentions, id), func(r ledger.Role) bool { return slices.Contains(side, r) })
	}
	return in(a, doers()) && in(b, others())
}

func (s Sort) fits(r casus.Record) bool {
	if s.Kind != r.Kind() || s.Type != ledger.TypeOf(r) {
		return false
	}
	if s.Mode == "" {
		return true
	}
	event, ok := r.Body.(*casus.Event)
	return ok && event.Mode == s.Mode
}

// quadOf is an event's quad class, 0 for any other record.
func quadOf(r casus.Record, plover *ontology.Plover) ontology.Quad {
	event, ok := r.Body.(*casus.Event)
	if !ok {
		return 0
	}
	entry, _ := plover.Lookup(event.Type, "")
	return entry.Quad
}

// inPlace tells whether a record happens in one of some places or in a part of
// it, by its id, the last word of that, or its name.
func inPlace(r casus.Record, places []string) bool {
	return slices.ContainsFunc(ledger.Places(r), func(p string) bool {
		return slices.Contains(places, p) || slices.Contains(places, p[strings.LastIndexByte(p, '/')+1:])
	})
}

func hasUnit(r casus.Record, unit string) bool {
	switch b := r.Body.(type) {
	case *casus.Figure:
		return b.Unit == unit
	case *casus.Flow:
		return unit == "persons"
	}
	return false
}

// many tells whether a figure or flow is surely on a bound's side.
func many(r casus.Record, bound Bound) bool {
	switch b := r.Body.(type) {
	case *casus.Figure:
		return bound.Holds(b.Low, b.High)
	case *casus.Flow:
		return bound.Holds(b.Low, b.High)
	}
	return false
}
