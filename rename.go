package casus

import "slices"

// Renamed is the record with every actor id replaced by what name says of it,
// its places included where they are ids; an actor that so stands in a list
// twice stands there once. The record itself is left as it is.
func (r Record) Renamed(name func(ActorID) ActorID) Record {
	one := func(id ActorID) ActorID {
		if id == "" {
			return ""
		}
		return name(id)
	}
	r.By = one(r.By)
	where := make([]string, 0, len(r.Where))
	for _, place := range r.Where {
		if id := ActorID(place); id.Valid() {
			place = string(one(id))
		}
		if !slices.Contains(where, place) {
			where = append(where, place)
		}
	}
	r.Where = where
	r.Body = r.Body.renamed(one)
	return r
}

func renamedAll(ids []ActorID, name func(ActorID) ActorID) []ActorID {
	out := make([]ActorID, 0, len(ids))
	for _, id := range ids {
		if to := name(id); !slices.Contains(out, to) {
			out = append(out, to)
		}
	}
	return out
}

func (e *Event) renamed(name func(ActorID) ActorID) Body {
	out := *e
	out.Source, out.Target = renamedAll(e.Source, name), renamedAll(e.Target, name)
	return &out
}

func (cl *Claim) renamed(name func(ActorID) ActorID) Body {
	out := *cl
	out.Speaker, out.About = name(cl.Speaker), renamedAll(cl.About, name)
	return &out
}

func (f *Figure) renamed(func(ActorID) ActorID) Body {
	out := *f
	return &out
}

func (r *Relation) renamed(name func(ActorID) ActorID) Body {
	out := *r
	out.From, out.To = name(r.From), name(r.To)
	return &out
}

func (cm *Commitment) renamed(name func(ActorID) ActorID) Body {
	out := *cm
	out.Debtor, out.Beneficiary = name(cm.Debtor), name(cm.Beneficiary)
	return &out
}

func (f *Flow) renamed(name func(ActorID) ActorID) Body {
	out := *f
	out.Group, out.Origin, out.Destination = name(f.Group), name(f.Origin), name(f.Destination)
	return &out
}
