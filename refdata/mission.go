package refdata

import (
	"slices"

	"casus"
)

// Mission is a mission or peacekeeping force and the place where it stands.
type Mission struct {
	Actor, Place casus.ActorID
	Held         casus.Period // open at its end while it lasts
	Source       string
}

func (w *World) addMission(r row) error {
	mission, err := r.actor("mission")
	if err != nil {
		return err
	}
	place, err := r.actor("place")
	if err != nil {
		return err
	}
	held, err := r.period("from", "to")
	if err != nil {
		return err
	}
	for _, id := range []casus.ActorID{mission, place} {
		if _, known := w.actors[id]; !known {
			return r.errorf("%s is in no table of actors", id)
		}
	}
	w.missions = append(w.missions, Mission{mission, place, held, r.cell("source")})
	return nil
}

// Missions lists the missions in the order of the table.
func (w *World) Missions() []Mission { return slices.Clone(w.missions) }
