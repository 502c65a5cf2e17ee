package alert

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/ledger"
	"casus/picture"
)

//go:embed words.tsv
var wordTable string

// phrases say in plain words what an alert is about, in one language.
type phrases struct {
	language string
	words    map[string]string
	name     func(casus.ActorID) string // "" where it has none
}

// newPhrases reads words.tsv for a language (nl, en).
func newPhrases(language string, name func(casus.ActorID) string) (*phrases, error) {
	column := map[string]int{"nl": 1, "en": 2}[language]
	if column == 0 {
		return nil, &casus.Error{Code: casus.Unsupported, Input: language, Problem: "alerts are not written in this language", Advice: "Choose nl or en."}
	}
	p := &phrases{language: language, words: map[string]string{}, name: name}
	n := 0
	for line := range strings.Lines(wordTable) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("words.tsv:%d: %d fields, not 3", n, len(f))
		}
		p.words[f[0]] = f[column]
	}
	return p, nil
}

// fill writes the phrase with a key. {x} stands for a value; a part in square
// brackets is left out where a value in it is empty.
func (p *phrases) fill(key string, values map[string]string) string {
	var out strings.Builder
	for rest := p.words[key]; rest != ""; {
		before, part, found := strings.Cut(rest, "[")
		out.WriteString(replaced(before, values))
		if !found {
			break
		}
		part, rest, _ = strings.Cut(part, "]")
		if complete(part, values) {
			out.WriteString(replaced(part, values))
		}
	}
	return out.String()
}

// replaced fills in all values in one pass: what an article says cannot be
// taken for a place to fill in.
func replaced(s string, values map[string]string) string {
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

func complete(part string, values map[string]string) bool {
	for name, value := range values {
		if value == "" && strings.Contains(part, "{"+name+"}") {
			return false
		}
	}
	return true
}

// names lists actors, each once: a, b and c.
func (p *phrases) names(list []casus.ActorID) string {
	var out []string
	for _, id := range list {
		if id == "" {
			continue
		}
		if n := p.called(id); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	if len(out) < 2 {
		return strings.Join(out, "")
	}
	return strings.Join(out[:len(out)-1], ", ") + " " + p.words["and"] + " " + out[len(out)-1]
}

func (p *phrases) one(id casus.ActorID) string { return p.names([]casus.ActorID{id}) }

// called is what an actor is called: its name; of a person without one, what
// its id has; of a part without one, the name of the whole with the part in
// brackets, as in "Russia (army)"; else the id.
func (p *phrases) called(id casus.ActorID) string {
	if name := p.name(id); name != "" {
		return name
	}
	if id.IsPerson() {
		return capitals(strings.TrimPrefix(string(id), "person/"))
	}
	for _, whole := range ledger.Widening(id)[1:] {
		name := p.name(whole)
		if name == "" {
			continue
		}
		part := strings.TrimPrefix(string(id), string(whole)+"/")
		last := part[strings.LastIndexByte(part, '/')+1:]
		if word := p.words["part "+last]; word != "" {
			return name + " (" + word + ")"
		}
		return name + " (" + strings.NewReplacer("-", " ", "/", " ").Replace(part) + ")"
	}
	return string(id)
}

// capitals writes "bob-deen" as "Bob Deen".
func capitals(name string) string {
	words := strings.Split(name, "-")
	for i, w := range words {
		if w != "" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// record says what a record says: "Planned: violence by A against B
// (ASSAULT/aerial), 2021-07-05, Kunduz, according to C".
func (p *phrases) record(e ledger.Entry) string {
	r := e.Record
	by := ""
	if claim, ok := r.Body.(*casus.Claim); r.By != "" && (!ok || claim.Speaker != r.By) {
		by = p.one(r.By)
	}
	where := ""
	if len(r.Where) > 0 {
		where = r.Where[0]
		if id := casus.ActorID(where); id.Valid() {
			where = p.one(id)
		}
	}
	when := ""
	if !r.When.IsOpen() {
		when = r.When.String()
	}
	return p.fill("record", map[string]string{"status": p.words["status "+string(r.Status)], "core": p.core(r), "when": when, "where": where, "by": by})
}

// core says what a record says by its body alone.
func (p *phrases) core(r casus.Record) string {
	switch b := r.Body.(type) {
	case *casus.Event:
		code := string(b.Type)
		if b.Mode != "" {
			code += "/" + b.Mode
		}
		return p.fill("event "+string(b.Type), map[string]string{"source": p.names(b.Source), "target": p.names(b.Target)}) + " (" + code + ")"
	case *casus.Claim:
		return p.fill("claim "+string(b.Act), map[string]string{"speaker": p.one(b.Speaker), "about": p.names(b.About)})
	case *casus.Figure:
		return p.fill("figure", map[string]string{"number": p.bounds(b.Low, b.High, b.Approx), "unit": cmp.Or(p.words["unit "+b.Unit], b.Unit), "of": b.Of})
	case *casus.Relation:
		return p.words["change "+string(b.Change)] + p.fill("relation "+string(b.Type), map[string]string{"from": p.one(b.From), "to": p.one(b.To)})
	case *casus.Commitment:
		return p.commitment(b, b.State)
	case *casus.Flow:
		number := ""
		if b.Low != nil || b.High != nil {
			number = p.bounds(b.Low, b.High, false)
		}
		return p.fill("flow", map[string]string{"group": p.one(b.Group), "origin": p.one(b.Origin), "destination": p.one(b.Destination),
			"number": number, "cause": p.words["cause "+string(b.Cause)]})
	}
	return ""
}

func (p *phrases) commitment(c *casus.Commitment, state casus.State) string {
	return p.fill("commitment", map[string]string{"debtor": p.one(c.Debtor), "beneficiary": p.one(c.Beneficiary), "duty": c.Duty,
		"state": p.words["state "+string(state)], "deadline": c.Deadline.String()})
}

// bounds writes a number with its bounds: 3000, ≥ 1000, ≤ 500, 20–99, about 140.
func (p *phrases) bounds(low, high *float64, approx bool) string {
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	out := ""
	switch {
	case low == nil && high == nil:
		out = "?"
	case low == nil:
		out = "≤ " + number(*high)
	case high == nil:
		out = "≥ " + number(*low)
	case *low == *high:
		out = number(*low)
	default:
		out = number(*low) + "–" + number(*high)
	}
	if approx {
		out = p.words["about"] + " " + out
	}
	return out
}

func (p *phrases) firstActor(id casus.ActorID, e ledger.Entry) string {
	return p.fill("first actor", map[string]string{"a": p.one(id), "record": p.record(e)})
}

func (p *phrases) firstPair(a, b casus.ActorID, e ledger.Entry) string {
	return p.fill("first pair", map[string]string{"a": p.one(a), "b": p.one(b), "record": p.record(e)})
}

func (p *phrases) firstType(a, b casus.ActorID, e ledger.Entry) string {
	return p.fill("first type", map[string]string{"type": ledger.TypeOf(e.Record), "a": p.one(a), "b": p.one(b), "record": p.record(e)})
}

// contradiction sets its sides beside each other, each with whose word it is.
func (p *phrases) contradiction(c picture.Contradiction) string {
	var sides []string
	for _, s := range c.Sides {
		var origins []string
		for _, o := range s.Origins {
			if o.ID != "" {
				origins = append(origins, p.one(o.ID))
			} else {
				origins = append(origins, o.Outlet)
			}
		}
		r := s.Entries[0].Record
		core := p.words["status "+string(r.Status)] + p.core(r)
		if c.Rivalry == picture.RivalDates {
			core = r.When.String() + ": " + core
		}
		sides = append(sides, strings.Join(origins, ", ")+": "+core)
	}
	return p.fill("contradiction", map[string]string{"rivalry": p.words["rivalry "+string(c.Rivalry)], "verdict": p.words["verdict "+string(c.Verdict)],
		"sides": strings.Join(sides, " ↔ ")})
}

// deadline says what is due in so many days.
func (p *phrases) deadline(promise picture.Promise, left int) string {
	c, ok := promise.Entries[0].Record.Body.(*casus.Commitment)
	if !ok {
		return ""
	}
	due := *c
	due.Deadline = promise.Deadline
	when := p.fill("in days", map[string]string{"n": strconv.Itoa(left)})
	switch left {
	case 0:
		when = p.words["today"]
	case 1:
		when = p.words["tomorrow"]
	}
	return p.fill("deadline", map[string]string{"when": when, "commitment": p.commitment(&due, promise.State)})
}

func (p *phrases) drift(d picture.Drift, days int) string {
	direction := p.words["up"]
	if d.After < d.Before {
		direction = p.words["down"]
	}
	score := func(v float64) string { return fmt.Sprintf("%+.1f", v) }
	return p.fill("drift", map[string]string{"a": p.one(d.A), "b": p.one(d.B), "direction": direction, "before": score(d.Before), "after": score(d.After),
		"days": strconv.Itoa(days), "surely": d.Likely.In(p.language), "events": fmt.Sprintf("%d, %d", d.Events[0], d.Events[1])})
}
