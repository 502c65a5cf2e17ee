package frames

import (
	"fmt"
	"slices"
	"strings"

	"casus"
)

// checkWhat makes sure that a frame writes only what the record contract knows.
func checkWhat(m Make) error {
	var err error
	switch m.Kind {
	case "event":
		typ, _, _ := strings.Cut(m.What[0], "/")
		err = known("event type", casus.EventType(typ), casus.EventTypes())
	case "relation":
		err = known("relation type", casus.RelationType(m.What[0]), casus.RelationTypes())
		if err == nil {
			err = known("change", casus.Change(m.What[1]), []casus.Change{casus.Begins, casus.Ends, casus.Held})
		}
	case "flow":
		err = known("cause", casus.Cause(m.What[0]), casus.Causes())
	case "commitment":
		err = known("basis", casus.Basis(m.What[0]), casus.Bases())
		if err == nil {
			err = known("state", casus.State(m.What[1]), casus.States())
		}
	case "claim":
		err = known("act", casus.Act(m.What[0]), casus.Acts())
	}
	if err != nil {
		return err
	}
	if s := m.status(); s != "" {
		return known("status", s, casus.Statuses())
	}
	return nil
}

// status is the status that a frame fixes, "" where the clause decides.
func (m Make) status() casus.Status {
	if n := whats[m.Kind].words; len(m.What) > n {
		return casus.Status(m.What[n])
	}
	return ""
}

func known[T ~string](what string, v T, allowed []T) error {
	if slices.Contains(allowed, v) {
		return nil
	}
	return fmt.Errorf("%s %q is not one of %v", what, v, allowed)
}
