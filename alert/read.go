package alert

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/ledger/fulltext"
	"casus/ontology"
	"casus/picture"
)

// ruleKeys are the conditions that a rule may have.
func ruleKeys() []string {
	return []string{"actor", "pair", "by", "kind", "type", "quad", "status", "place", "figure", "unit", "of", "first", "deadline", "contradiction", "drift"}
}

// ruleOf reads a rule's conditions.
func ruleOf(s section, plover *ontology.Plover) (Rule, []error) {
	r := Rule{Name: s.name, At: s.at}
	var errs []error
	kinds, err := kindsFirst(s)
	if err != nil {
		return r, []error{err}
	}
	r.Kinds = kinds
	for _, p := range s.pairs {
		if err := r.set(p, plover); err != nil {
			errs = append(errs, err)
		}
	}
	if len(s.pairs) == 0 {
		errs = append(errs, s.at.wrong("Write one below it, as in actor: Taliban.", "the rule %q has no condition", s.name))
	}
	if len(errs) == 0 {
		errs = r.contrary(s)
	}
	return r, errs
}

// kindsFirst reads the kinds before the other conditions: what a type may be
// depends on them.
func kindsFirst(s section) ([]casus.Kind, error) {
	for _, p := range s.pairs {
		if p.key.Text == "kind" {
			return choices(p, casus.Kinds())
		}
	}
	return nil, nil
}

// set reads one condition.
func (r *Rule) set(p pair, plover *ontology.Plover) (err error) {
	switch p.key.Text {
	case "kind": // kindsFirst
	case "actor":
		r.Actors, err = named(p)
	case "pair":
		r.Pair, err = named(p)
		if err == nil && len(r.Pair) != 2 {
			err = p.value.At.wrong("Write two with a comma between, as in pair: Armenia, Azerbaijan.", "a pair has two actors, not %d", len(r.Pair))
		}
	case "by":
		r.By, err = named(p)
	case "place":
		r.Places, err = named(p)
	case "type":
		r.Types, err = sorts(p, r.Kinds, plover)
	case "quad":
		r.Quads, err = quads(p)
	case "status":
		r.Statuses, err = choices(p, casus.Statuses())
	case "figure":
		r.Figure, err = bound(p.value)
	case "unit":
		r.Unit = strings.ToLower(p.value.Text)
	case "of":
		r.Of, err = term(p.value)
	case "first":
		var list []First
		if list, err = choices(p, []First{FirstActor, FirstPair, FirstType}); err == nil {
			r.First = list[0]
			if len(list) > 1 {
				err = p.value.At.wrong("Write a rule for each.", "a rule waits for one first time")
			}
		}
	case "deadline":
		r.Deadline, err = days(p.value)
	case "contradiction":
		r.Contradiction, err = rivalries(p)
	case "drift":
		r.Drift, err = driftOf(p)
	default:
		err = p.key.At.wrong("Conditions are "+strings.Join(ruleKeys(), ", ")+".", "%q is no condition", p.key.Text)
	}
	return err
}

// contrary tells of conditions that do not go together.
func (r *Rule) contrary(s section) []error {
	at := func(key string) *pair {
		for i := range s.pairs {
			if s.pairs[i].key.Text == key {
				return &s.pairs[i]
			}
		}
		return nil
	}
	var errs []error
	var waits *pair
	for _, k := range []string{"first", "deadline", "contradiction", "drift"} {
		p := at(k)
		if p != nil && waits != nil {
			errs = append(errs, p.key.At.wrong("Write a rule for each.", "a rule waits for a %s or a %s, not both", waits.key.Text, k))
		} else if p != nil {
			waits = p
		}
	}
	if r.Drift != nil {
		for _, p := range s.pairs {
			if !slices.Contains([]string{"drift", "actor", "pair"}, p.key.Text) {
				errs = append(errs, p.key.At.wrong("Take it away; a drift is of all events of an actor or a pair.", "%s does not go with drift", p.key.Text))
			}
		}
	}
	if r.Deadline != nil && len(r.Kinds) > 0 && !slices.Contains(r.Kinds, casus.KindCommitment) {
		errs = append(errs, at("kind").key.At.wrong("Take it away, or write kind: commitment.", "only commitments have a deadline"))
	}
	return errs
}

// named reads a list of names.
func named(p pair) ([]Word, error) {
	list := p.list()
	for _, w := range list {
		if w.Text == "" {
			return nil, w.At.wrong("Take the comma away, or write what is missing.", "there is nothing between two commas")
		}
	}
	return list, nil
}

// choices reads a list of values of a closed list, in any capitals.
func choices[T ~string](p pair, all []T) ([]T, error) {
	list, err := named(p)
	if err != nil {
		return nil, err
	}
	var out []T
	for _, w := range list {
		i := slices.IndexFunc(all, func(v T) bool { return strings.EqualFold(string(v), w.Text) })
		if i < 0 {
			return nil, w.At.wrong("Write one of "+listed(all)+".", "%q is no %s", w.Text, p.key.Text)
		}
		out = append(out, all[i])
	}
	return out, nil
}

func listed[T ~string](list []T) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}

// sorts reads types, as ASSAULT, ASSAULT/aerial, controls, promise. A word that
// is a sort of several kinds means the one that is spelled so ("REJECT" the
// event, "reject" the act of saying), all of them in other capitals.
func sorts(p pair, kinds []casus.Kind, plover *ontology.Plover) ([]Sort, error) {
	if len(kinds) == 0 {
		kinds = casus.Kinds()
	}
	list, err := named(p)
	if err != nil {
		return nil, err
	}
	var out []Sort
	for _, w := range list {
		typed, mode, _ := strings.Cut(w.Text, "/")
		found := sortsNamed(typed, kinds)
		if len(found) == 0 {
			return nil, w.At.wrong("Types are those of casus timeline --type: "+strings.Join(everySort(kinds), ", ")+".", "%q is no type of %s", w.Text, listed(kinds))
		}
		for _, s := range found {
			if mode != "" {
				s.Mode = strings.ToLower(mode)
				if _, ok := plover.Lookup(casus.EventType(s.Type), s.Mode); !ok {
					return nil, w.At.wrong("See docs/RECORDS.md for PLOVER's modes.", "%q is no mode of %s", mode, s.Type)
				}
			}
			out = append(out, s)
		}
	}
	return out, nil
}

func sortsNamed(typed string, kinds []casus.Kind) []Sort {
	var exact, folded []Sort
	for _, kind := range kinds {
		for _, sort := range kind.Sorts() {
			if sort == typed {
				exact = append(exact, Sort{Kind: kind, Type: sort})
			} else if strings.EqualFold(sort, typed) {
				folded = append(folded, Sort{Kind: kind, Type: sort})
			}
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return folded
}

func everySort(kinds []casus.Kind) []string {
	var out []string
	for _, kind := range kinds {
		out = append(out, kind.Sorts()...)
	}
	return out
}

// quadNames are PLOVER's quad classes as a rule names them, from 1.
func quadNames() []string {
	return []string{"verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"}
}

func quads(p pair) ([]ontology.Quad, error) {
	all := append(quadNames(), "1", "2", "3", "4")
	list, err := choices(p, all)
	if err != nil {
		return nil, err
	}
	var out []ontology.Quad
	for _, q := range list {
		out = append(out, ontology.Quad(slices.Index(all, q)%4+1))
	}
	return out, nil
}

// bound reads ">= 1000", "> 1000", "<= 50", "< 50".
func bound(w Word) (*Bound, error) {
	rest := w.Text
	b := &Bound{}
	for _, sign := range []struct {
		text            string
		atLeast, strict bool
	}{{">=", true, false}, {"≥", true, false}, {"<=", false, false}, {"≤", false, false}, {">", true, true}, {"<", false, true}} {
		if after, ok := strings.CutPrefix(rest, sign.text); ok {
			b.AtLeast, b.Strict = sign.atLeast, sign.strict
			number, err := number(Word{strings.TrimSpace(after), w.At})
			b.Value = number
			return b, err
		}
	}
	return nil, w.At.wrong("Write figure: >= 1000 (or >, <=, <).", "a bound begins with >=, >, <= or <")
}

// number reads a number without marks for thousands: in Dutch and English they
// are each other's decimal marks.
func number(w Word) (float64, error) {
	v, err := strconv.ParseFloat(w.Text, 64)
	_, decimals, _ := strings.Cut(w.Text, ".")
	switch {
	case err != nil || strings.ContainsAny(w.Text, "eExXpP_inIN"):
		return 0, w.At.wrong("Write digits only, as in 1600 or 2.5.", "%q is no number", w.Text)
	case len(decimals) == 3:
		return 0, w.At.wrong("Write 1600 for sixteen hundred, and 1.6 for one and six tenths.", "%q may be read in two ways", w.Text)
	}
	return v, nil
}

// term checks a word of what is counted.
func term(w Word) (string, error) {
	terms := fulltext.AnyLanguage(w.Text)
	if len(terms) != 1 {
		return "", w.At.wrong("Give one word of what is counted, as in of: soldiers.", "%q is not one word", w.Text)
	}
	return terms[0], nil
}

// MaxDays bounds how far a rule looks ahead or back.
const MaxDays = 3660

// days reads "14", "14 days", "within 14 days".
func days(w Word) (*int, error) {
	text := strings.TrimSpace(strings.TrimPrefix(strings.ToLower(w.Text), "within "))
	for _, unit := range []string{" days", " day"} {
		text = strings.TrimSuffix(text, unit)
	}
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 || n > MaxDays {
		return nil, w.At.wrong("Write a number of days, as in within 14 days.", "%q is no number of days from 0 to %d", w.Text, MaxDays)
	}
	return &n, nil
}

func rivalries(p pair) ([]picture.Rivalry, error) {
	all := []picture.Rivalry{picture.RivalFigures, picture.RivalStatus, picture.RivalBlame, picture.RivalActors, picture.RivalDates}
	list, err := choices(p, append(slices.Clone(all), "any"))
	if slices.Contains(list, "any") {
		return all, err
	}
	return list, err
}

// driftOf reads "30 days", "30 days, likely".
func driftOf(p pair) (*Drift, error) {
	list := p.list()
	n, err := days(list[0])
	if err != nil {
		return nil, err
	}
	if *n < 1 {
		return nil, list[0].At.wrong("Write a number of days, as in drift: 30 days.", "a drift takes a day at least")
	}
	d := &Drift{Days: *n, AtLeast: "very likely"}
	if len(list) == 1 {
		return d, nil
	}
	d.AtLeast = picture.Likelihood(strings.Join(strings.Fields(strings.ToLower(list[1].Text)), " "))
	if surely := []picture.Likelihood{"likely", "very likely", "almost certain"}; !slices.Contains(surely, d.AtLeast) {
		return nil, list[1].At.wrong("Write "+listed(surely)+".", "%q does not say how surely", list[1].Text)
	}
	if len(list) > 2 {
		return nil, list[2].At.wrong("Write drift: 30 days, likely.", "there is more here than days and how surely")
	}
	return d, nil
}

// targetOf reads where alerts go.
func targetOf(s section) (Target, []error) {
	t := Target{Kind: TargetKind(s.kind), Name: s.name, At: s.at}
	keys := []string{"path"}
	if t.Kind == ToWebhook {
		keys = []string{"url", "secret-env", "secret-file"}
	}
	var errs []error
	for _, p := range s.pairs {
		switch {
		case !slices.Contains(keys, p.key.Text):
			errs = append(errs, p.key.At.wrong("It has "+strings.Join(keys, ", ")+".", "%q is nothing that a %s has", p.key.Text, s.kind))
		case p.key.Text == "path":
			t.Path = p.value
		case p.key.Text == "url":
			t.URL = p.value
			if u, err := url.Parse(p.value.Text); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
				errs = append(errs, p.value.At.wrong("Write one that begins with https:// or http://.", "this is no web address"))
			}
		case p.key.Text == "secret-env":
			t.SecretEnv = p.value
		default:
			t.SecretFile = p.value
		}
	}
	if len(errs) == 0 {
		errs = t.missing()
	}
	return t, errs
}

// missing tells what a target needs and has not.
func (t Target) missing() []error {
	switch {
	case t.Kind != ToWebhook && t.Path.Text == "":
		return []error{t.At.wrong("Write path: and the file's name below it.", "it is not said which file the %s is", t.Kind)}
	case t.Kind == ToWebhook && t.URL.Text == "":
		return []error{t.At.wrong("Write url: and the address below it.", "it is not said where the webhook is")}
	case t.Kind == ToWebhook && (t.SecretEnv.Text == "") == (t.SecretFile.Text == ""):
		return []error{t.At.wrong("Write secret-env: NAME (a variable that has it) or secret-file: PATH, one of the two.", "it is not said where the webhook's secret is")}
	}
	return nil
}
