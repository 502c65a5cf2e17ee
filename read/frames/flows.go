package frames

import (
	"slices"
	"strings"

	"casus"
	"casus/read/actors"
)

func (x *scene) flow(c *clause, f *Frame, m Make) {
	speaker, cause := x.speaker(c), casus.Cause(m.What[0])
	role := m.roleOr("group", agentRole)
	if cause == casus.CauseDeportation && x.toldBelow(c) {
		return
	}
	fromRole := m.roleOr("origin", Role{{"uit"}, {"van"}, {"vanuit"}, {"from"}})
	origins := c.role(fromRole, f, x.gram, true, speaker)
	if at := c.phrase(fromRole, f); at >= 0 && c.s.child(at, "nmod:poss") >= 0 && x.gram.has("dwellings", c.s.words[at].Lemma) {
		if origins = x.situated(at); len(origins) == 0 { // "from their homes": whose they are, the group says
			origins = c.role(Role{{x.gram.lists["locative"][0]}}, f, x.gram, true, speaker)
		}
	}
	if len(origins) == 0 && cause == casus.CauseConflict {
		origins = x.struck(c)
	}
	goals := c.role(m.roleOr("destination", Role{{"naar"}, {"into"}, {"to"}, {"richting"}, {"in"}}), f, x.gram, true, speaker)
	goals = slices.DeleteFunc(goals, func(id casus.ActorID) bool { return len(x.whereTo([]casus.ActorID{id})) == 0 }) // "naar schatting van de IOM"
	at := c.phrase(role, f)
	low, high := x.bounds(at)
	if low == nil && high == nil && len(origins)+len(goals) == 0 {
		return // that some people fled, no one knows how many or where, is no flow
	}
	groups := slices.DeleteFunc(c.role(role, f, x.gram, true, speaker), func(id casus.ActorID) bool { return x.s.kinds[id] == casus.ActorOrganisation })
	switch unnamed := at >= 0 && x.s.saysPeople(at); {
	case unnamed && len(groups) == 0 && x.s.words[x.s.core(at)].UPOS == "NUM" && x.people != "" && x.s.index-x.peopleAt <= 1:
		groups = []casus.ActorID{x.people} // "10,000 of whom crossed into Ethiopia"
	case unnamed && len(groups) == 0:
		groups = x.unnamedPeople(c, cause, origins, goals)
	case unnamed && len(groups) == 1 && len(origins) > 0 && cause != casus.CauseReturn && cause != casus.CauseDeportation:
		groups[0] = fromThere(groups[0], origins[0])
	}
	for i, group := range groups { // "a third of the people of the province"
		if len(group.Head()) == 3 && !isPeople(group) && sector(group) != "" && !forceSectors[sector(group)] && x.isPlace(group) {
			groups[i] = casus.ActorID(group.Head())
			origins = append(origins, group)
		}
	}
	for _, group := range groups {
		if len(origins) == 0 && (cause == casus.CauseConflict || cause == casus.CauseUnknown) {
			group = arriving(group, goals)
		}
		if group.IsPerson() {
			one := 1.0
			low, high = &one, &one
		}
		from, to := x.ways(c, group, cause, origins, goals)
		for _, pair := range pairs(from, to) {
			rec, ok := x.base(c, f, m)
			if !ok {
				return
			}
			rec.Body = &casus.Flow{Group: onTheMove(group, cause, pair[1]), Origin: pair[0], Destination: pair[1], Low: low, High: high, Cause: cause}
			x.out = append(x.out, rec)
		}
	}
}

// situated is the place that a phrase puts a thing in: "their homes in Karabakh".
func (x *scene) situated(thing int) []casus.ActorID {
	for _, k := range x.s.kids[thing] {
		if m, ok := x.s.mentions[k]; ok && m.ID.IsCountry() && x.gram.has("locative", x.s.preposition(k)) {
			return []casus.ActorID{m.ID}
		}
	}
	return nil
}

// toldBelow tells whether the infinitive of a clause says itself what people left:
// "forced them to leave their villages".
func (x *scene) toldBelow(c *clause) bool {
	return slices.ContainsFunc(c.slots["inf"], func(w int) bool {
		inner := x.byWord[w]
		return inner != nil && len(inner.slots["patient"]) > 0
	})
}

// isPlace tells whether a sentence names an id as a place.
func (x *scene) isPlace(id casus.ActorID) bool {
	for _, m := range x.s.mentions {
		if m.ID == id && m.Place {
			return true
		}
	}
	return false
}

// saysPeople tells whether a phrase only says that it is of people, or counts
// them: "families", "80,000".
func (s *sentence) saysPeople(w int) bool {
	w = s.core(w)
	if s.words[w].UPOS == "NUM" {
		return true
	}
	return s.people[strings.ToLower(s.words[w].Lemma)] && s.child(w, "amod", "nmod") < 0
}

// fromThere makes people of whom only the place is told that they leave people
// of that place's country.
func fromThere(group, origin casus.ActorID) casus.ActorID {
	_, rest, people := strings.Cut(string(group), "/")
	if !people || len(group.Head()) != 3 || len(origin.Head()) != 3 {
		return group
	}
	return casus.ActorID(origin.Head() + "/" + rest)
}

// newcomers are people from abroad, by an actor id's second word.
var newcomers = map[string]bool{"migrants": true, "refugees": true, "asylum-seekers": true}

// arriving is nobody's people where the words name only where they come to:
// migrants who land in Sicily are not Italy's.
func arriving(group casus.ActorID, goals []casus.ActorID) casus.ActorID {
	home, rest, _ := strings.Cut(string(group), "/")
	if !newcomers[rest] || !slices.ContainsFunc(goals, func(id casus.ActorID) bool { return id.Head() == home }) {
		return group
	}
	return casus.ActorID(rest)
}

// uprooted are the people of a country who move for a cause, as an actor id's second word.
var uprooted = map[casus.Cause]string{
	casus.CauseConflict: "displaced", casus.CauseDeportation: "migrants", casus.CauseReturn: "returnees",
	casus.CauseEconomic: "migrants", casus.CauseUnknown: "migrants",
}

// onTheMove is what the people of a country are that a flow is of: those who
// flee abroad are refugees.
func onTheMove(group casus.ActorID, cause casus.Cause, goal casus.ActorID) casus.ActorID {
	switch {
	case len(group) != 3 || !group.IsCountry():
		return group
	case cause == casus.CauseConflict && goal != "" && goal.Head() != string(group):
		return group + "/refugees"
	}
	return group + "/" + casus.ActorID(uprooted[cause])
}

// unnamedPeople are those whom a clause only counts ("760,000 people fled"):
// people of the country that they leave, or that they return to, else of the
// country where the clause is set.
func (x *scene) unnamedPeople(c *clause, cause casus.Cause, origins, goals []casus.ActorID) []casus.ActorID {
	home := origins
	if cause == casus.CauseReturn || cause == casus.CauseDeportation {
		home = goals
	}
	for _, id := range home {
		if id.IsCountry() {
			return []casus.ActorID{casus.ActorID(id.Head())}
		}
	}
	fit := func(m actors.Mention) bool {
		return m.ID.IsCountry() && !slices.ContainsFunc(goals, func(id casus.ActorID) bool { return id.Head() == m.ID.Head() })
	}
	at, ok := x.placeNamed(c, fit)
	loose := ok && x.s.placing(at) != x.gram.lists["locative"][0] // "near the Chinese border"
	if main := x.mainCountry(); (!ok || loose) && main != "" && !slices.ContainsFunc(goals, func(id casus.ActorID) bool { return id.Head() == string(main) }) {
		return []casus.ActorID{main}
	}
	if !ok {
		at, ok = x.placeWhere(c, fit)
	}
	if !ok {
		return nil
	}
	if top := x.mostNamed(func(id casus.ActorID) bool { return fit(actors.Mention{ID: id}) }); !x.s.places(at) && x.dealings.named[string(top)] > 3*x.dealings.named[at.ID.Head()] {
		return []casus.ActorID{top} // the story is of another country than where it passed last
	}
	return []casus.ActorID{casus.ActorID(at.ID.Head())}
}

// struck are those whom the act of force hit that a clause names as what drove
// people out, or where it was: "The shelling of Batken by Tajik forces drove …".
func (x *scene) struck(c *clause) []casus.ActorID {
	for _, w := range c.slots["agent"] {
		deed := x.byWord[w]
		if deed == nil || !deed.noun {
			continue
		}
		for _, slot := range x.gram.lists["locative"] {
			for _, k := range deed.slots[slot] {
				if m, ok := x.s.mentions[k]; ok && m.Place && m.ID.IsCountry() {
					return []casus.ActorID{m.ID}
				}
			}
		}
		for _, f := range x.lex.match(deed, acts) {
			for _, m := range f.Makes {
				if typ, _ := m.event(); m.Kind != "event" || typ != casus.Assault || m.Mutual {
					continue
				}
				if ids := deed.role(m.roleOr("target", targetRole), f, x.gram, true, x.speaker(c)); len(ids) > 0 {
					return ids
				}
			}
		}
	}
	return nil
}

// ways fills in the end of a flow that goes without saying: people flee from
// their own country and are sent back or return to it.
func (x *scene) ways(c *clause, group casus.ActorID, cause casus.Cause, origins, goals []casus.ActorID) (from, to []casus.ActorID) {
	home := x.homeOf(group, goals)
	if sentHome := cause == casus.CauseDeportation || cause == casus.CauseReturn; len(goals) == 0 && !sentHome && x.crosses(c) {
		goals = x.across(c, home)
	}
	origins = x.whereTo(origins) // nobody comes from an offensive
	abroad := func(id casus.ActorID) bool { return home == "" || id.Head() != string(home) }
	inside := func(id casus.ActorID) bool { return !abroad(id) }
	switch {
	case cause == casus.CauseDeportation || cause == casus.CauseReturn:
		if !slices.ContainsFunc(goals, inside) {
			origins = slices.DeleteFunc(origins, func(id casus.ActorID) bool { return id == home || isPeople(id) }) // "20,000 of them were expelled"
		}
		if len(goals) == 0 && home != "" && !slices.ContainsFunc(origins, inside) {
			goals = []casus.ActorID{home}
		}
		if len(origins) == 0 {
			origins = without(x.host(c, cause, abroad), goals)
		}
	case len(goals) == 0 && len(origins) > 0 && home != "" && !slices.ContainsFunc(origins, inside):
		goals = []casus.ActorID{home} // who leave a country that is not theirs go home
	default:
		if len(origins) == 0 && home != "" && !slices.ContainsFunc(goals, func(id casus.ActorID) bool { return id == home }) {
			origins = []casus.ActorID{home}
		}
	}
	origins, goals = x.whereTo(origins), x.whereTo(goals)
	if len(origins)+len(goals) == 0 {
		if at, ok := x.place(c); ok {
			origins = []casus.ActorID{at.ID}
		}
	}
	return origins, goals
}

// homeOf is the country or land that people are of who move; a person of whom
// no side is known is of the country that the article is about. "" where nothing tells.
func (x *scene) homeOf(group casus.ActorID, goals []casus.ActorID) casus.ActorID {
	home := casus.ActorID(x.sideOf(group))
	if len(home) == 3 && home.IsCountry() {
		return home
	}
	if kind := x.s.kinds[casus.ActorID(group.Head())]; !group.IsPerson() && !newcomers[group.Head()] && (kind == "" || kind == casus.ActorPopulation) && (isPeople(group) || sector(group) == "") {
		return casus.ActorID(group.Head()) // "Central Asians", "the Karabakh Armenians"
	}
	main := x.mainCountry()
	if group.IsPerson() && len(goals) > 0 && !slices.ContainsFunc(goals, func(id casus.ActorID) bool { return id.Head() == string(main) }) {
		return main
	}
	return ""
}

// crosses tells whether a clause says that a border is crossed.
func (x *scene) crosses(c *clause) bool {
	if x.gram.has("borders", c.lemma) {
		return true
	}
	for _, slots := range c.slots {
		for _, w := range slots {
			if x.s.words[w].UPOS == "NOUN" && x.gram.has("borders", strings.ToLower(x.s.words[w].Lemma)) {
				return true
			}
		}
	}
	return false
}

// across is the country on the other side of a border of which the words do
// not say whose it is: that of another country which the sentence or the story names.
func (x *scene) across(c *clause, home casus.ActorID) []casus.ActorID {
	fit := func(m actors.Mention) bool { return m.ID.IsCountry() && m.ID.Head() != string(home) }
	if at, ok := x.placeWhere(c, fit); home != "" && ok {
		return []casus.ActorID{casus.ActorID(at.ID.Head())}
	}
	for _, m := range x.s.mentions { // "Uzbekistan held 84 soldiers who had crossed the border"
		if home != "" && len(m.ID) == 3 && fit(m) {
			return []casus.ActorID{m.ID}
		}
	}
	if other := x.mostNamed(func(id casus.ActorID) bool { return id != home }); home != "" && other != "" {
		return []casus.ActorID{other}
	}
	return nil
}

// host is the state that people are sent away from, or return from, where the
// words do not say: the state that sends them, else the one where the clause is set.
func (x *scene) host(c *clause, cause casus.Cause, abroad func(casus.ActorID) bool) []casus.ActorID {
	for _, w := range c.slots["agent"] {
		for _, id := range x.s.who(w, false, x.speaker(c)) {
			if head := casus.ActorID(x.sideOf(id)); head.IsCountry() && !isPeople(id) && abroad(head) {
				return []casus.ActorID{head}
			}
		}
	}
	if c.noun {
		for _, id := range x.bystander(c, x.speaker(c)) { // "Iran went on with the deportation of Afghans"
			if len(id) == 3 && id.IsCountry() && abroad(id) {
				return []casus.ActorID{id}
			}
		}
	}
	if at, ok := x.place(c); ok && at.ID.IsCountry() && abroad(at.ID) {
		return []casus.ActorID{casus.ActorID(at.ID.Head())}
	}
	if other := x.mostNamed(abroad); other != "" && cause == casus.CauseDeportation {
		return []casus.ActorID{other}
	}
	return nil
}

// grounds turns people and forces that stand for a place into their country.
func grounds(ids []casus.ActorID) []casus.ActorID {
	var out []casus.ActorID
	for _, id := range ids {
		if s := sector(id); isPeople(id) || forceSectors[s] || s == "gov" || s == "prisoners" || s == "hostages" {
			id = casus.ActorID(id.Head())
		}
		if !slices.Contains(out, id) && !id.IsPerson() {
			out = append(out, id)
		}
	}
	return out
}

// whereTo are the places and countries that the ends of a flow stand for: nobody
// moves to a camp's name.
func (x *scene) whereTo(ids []casus.ActorID) []casus.ActorID {
	return slices.DeleteFunc(grounds(ids), func(id casus.ActorID) bool {
		if id.IsCountry() {
			return false
		}
		for _, m := range x.s.mentions {
			if m.ID == id && (m.Place || m.Class == actors.Place) {
				return false
			}
		}
		return true
	})
}

// pairs crosses origins and destinations; an empty side is one open end.
func pairs(a, b []casus.ActorID) [][2]casus.ActorID {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	if len(a) == 0 {
		a = []casus.ActorID{""}
	}
	if len(b) == 0 {
		b = []casus.ActorID{""}
	}
	var out [][2]casus.ActorID
	for _, x := range a {
		for _, y := range b {
			if x != y && len(out) < mostPairs {
				out = append(out, [2]casus.ActorID{x, y})
			}
		}
	}
	return out
}

// bounds returns the bounds of the number that stands in a phrase.
func (x *scene) bounds(w int) (low, high *float64) {
	if w < 0 {
		return nil, nil
	}
	first, last := x.s.bounds(w, func(k int) bool { return x.s.rel(k) != "acl" && x.s.rel(k) != "conj" })
	for _, a := range x.doc.Amounts[x.s.index] {
		if a.Unit == "percent" {
			continue
		}
		before := a.Last <= first && first <= a.Last+1 && x.s.words[w].Head == x.s.words[a.Last-1].Head // "more than a thousand | Afghans left"
		if first < a.Last && a.First <= last || before {
			return a.Low, a.High
		}
	}
	return nil, nil
}
