package refdata

import (
	"slices"

	"casus"
)

// Role is a kind of office: president, foreign-minister, spokesperson.
type Role struct {
	Key string // the word used in offices.tsv
	// Sort is head-of-state, head-of-government, or empty. HoldersOf takes it
	// for a role too, which is how "het staatshoofd" finds a king or a president.
	Sort string
	// Single tells that an actor has one holder at a time.
	Single bool
	// Organ is what a minister's id ends in after the country: gov/mfa.
	Organ string
	// TitlesNL and TitlesEN are the words of the news for the role, lower case.
	TitlesNL, TitlesEN []string
}

// Term is a stretch of time that a person held a role.
type Term struct {
	Person casus.ActorID
	casus.Office
	AsOf   casus.Date // the day on which an open end was last checked
	Source string
}

func (w *World) addRole(r row) error {
	role := Role{
		Key: r.cell("role"), Sort: r.cell("sort"), Single: r.cell("single") == "yes", Organ: r.cell("organ"),
		TitlesNL: r.list("titles_nl"), TitlesEN: r.list("titles_en"),
	}
	if _, taken := w.roles[role.Key]; taken || role.Key == "" {
		return r.errorf("role %q is empty or taken", role.Key)
	}
	w.roles[role.Key] = role
	w.roleList = append(w.roleList, role)
	return nil
}

// Roles lists the roles in the order of roles.tsv.
func (w *World) Roles() []Role { return slices.Clone(w.roleList) }

func (w *World) addPerson(r row) error {
	id, err := r.actor("id")
	if err != nil {
		return err
	}
	if !id.IsPerson() {
		return r.errorf("%s is not a person", id)
	}
	if err := w.addActor(r, id, casus.ActorPerson, r.cell("note")); err != nil {
		return err
	}
	w.addAliases(r, id, Name)
	return nil
}

func (w *World) addTerm(r row) error {
	person, err := r.actor("person")
	if err != nil {
		return err
	}
	holder, known := w.actors[person]
	if !known {
		return r.errorf("%s is not in persons.tsv", person)
	}
	actor, err := r.actor("actor")
	if err != nil {
		return err
	}
	role := r.cell("role")
	if _, known := w.roles[role]; !known {
		return r.errorf("role %q is not in roles.tsv", role)
	}
	held, err := r.period("from", "to")
	if err != nil {
		return err
	}
	asOf, err := casus.ParseDate(r.cell("as_of"))
	if err != nil {
		return r.errorf("as_of: %w", err)
	}
	office := casus.Office{Actor: actor, Role: role, From: held.From, To: held.To}
	holder.ActsFor = append(holder.ActsFor, office)
	w.actors[person] = holder
	w.terms = append(w.terms, Term{person, office, asOf, r.cell("source")})
	return nil
}

// HoldersOf returns who held a role on a day: for the actor itself, for its
// organs (the foreign minister of rus acts for rus/gov/mfa), or for whoever
// governed it then (the Taliban in Kabul). A role is a key of roles.tsv, or
// head-of-state or head-of-government. On the zero date it returns those
// whose term is open. Most roles have one holder, spokespeople several.
func (w *World) HoldersOf(actor casus.ActorID, role string, on casus.Date) []casus.ActorID {
	out := w.holders(actor, role, on)
	for _, power := range w.GovernedBy(actor, on) {
		for _, person := range w.holders(power, role, on) {
			if !slices.Contains(out, person) {
				out = append(out, person)
			}
		}
	}
	if len(out) == 0 && role == "head-of-government" {
		return w.HoldersOf(actor, "head-of-state", on) // a president without a prime minister
	}
	return out
}

func (w *World) holders(actor casus.ActorID, role string, on casus.Date) []casus.ActorID {
	var out []casus.ActorID
	for _, t := range w.terms {
		if t.Role != role && w.roles[t.Role].Sort != role || !t.Actor.Within(actor) {
			continue
		}
		if holdsOn(casus.Period{From: t.From, To: t.To}, on) && !slices.Contains(out, t.Person) {
			out = append(out, t.Person)
		}
	}
	return out
}

// Terms lists all terms of office in the order of the table.
func (w *World) Terms() []Term { return slices.Clone(w.terms) }
