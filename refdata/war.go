package refdata

import (
	"slices"

	"casus"
)

// War is who fought whom, and where.
type War struct {
	Parties [2]casus.ActorID
	Places  []casus.ActorID // that the war is named after or fought in
	Held    casus.Period    // open at its end while it lasts
	Source  string
}

func (w *World) addWar(r row) error {
	a, err := r.actor("a")
	if err != nil {
		return err
	}
	b, err := r.actor("b")
	if err != nil {
		return err
	}
	held, err := r.period("from", "to")
	if err != nil {
		return err
	}
	war := War{Parties: [2]casus.ActorID{a, b}, Held: held, Source: r.cell("source")}
	for _, place := range r.list("place") {
		war.Places = append(war.Places, casus.ActorID(place))
	}
	w.wars = append(w.wars, war)
	return nil
}

// Wars lists the wars in the order of the table.
func (w *World) Wars() []War { return slices.Clone(w.wars) }
