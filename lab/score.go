package lab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casus"
)

// Scores says how far predicted records agree with gold ones: a record's span
// is right where it stands for a gold record of its kind ("span"), and it is
// right in full where its key fields are too ("full").
type Scores struct {
	Kinds   KindScores `json:"kinds"`
	LeftOut int        `json:"left_out"` // predictions for articles that have no gold
	BadKind int        `json:"bad_kind"` // predictions of none of the six kinds: wrong in Micro
	Micro   Tally      `json:"micro"`    // all kinds together
}

// Tally is the count and the measures of one kind of record, or of all.
type Tally struct {
	Gold    int             `json:"gold"`
	Pred    int             `json:"pred"`
	Matched int             `json:"matched"`    // predicted records that stand for a gold one
	Right   int             `json:"full_right"` // those whose key fields are all right
	Span    Measures        `json:"span"`
	Full    Measures        `json:"full"`
	Fields  map[string]*Hit `json:"fields"` // by field, over the matched records
}

// Measures are precision, recall and F1.
type Measures struct {
	Precision Ratio `json:"precision"`
	Recall    Ratio `json:"recall"`
	F1        Ratio `json:"f1"`
}

// Hit counts how often a field was right.
type Hit struct{ Right, Of int }

// MarshalJSON writes the share.
func (h *Hit) MarshalJSON() ([]byte, error) { return ratio(h.Right, h.Of).MarshalJSON() }

// Ratio is a share between 0 and 1; undefined where its base is nothing.
type Ratio struct {
	value   float64
	defined bool
}

func ratio(n, of int) Ratio {
	if of == 0 {
		return Ratio{}
	}
	return Ratio{float64(n) / float64(of), true}
}

// MarshalJSON writes a ratio with as many figures as tell it apart, 1 as 1.0, undefined as null.
func (r Ratio) MarshalJSON() ([]byte, error) {
	if !r.defined {
		return []byte("null"), nil
	}
	s := strconv.FormatFloat(r.value, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return []byte(s), nil
}

// String writes a ratio in six places, "-" where it is undefined.
func (r Ratio) String() string {
	if !r.defined {
		return "   -  "
	}
	return fmt.Sprintf("%6.3f", r.value)
}

// KindScores are the tallies by kind; as JSON they keep the order of casus.Kinds.
type KindScores map[casus.Kind]*Tally

// MarshalJSON writes an object with the kinds in their order.
func (k KindScores) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, kind := range casus.Kinds() {
		tally, err := json.Marshal(k[kind])
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", kind, tally)
	}
	return []byte("{" + b.String() + "}"), nil
}

// microFields are the fields that every kind has.
var microFields = []string{"status", "when", "by", "exact_ids"}

// Score compares predicted records with the gold ones of the same articles.
func (g *Gold) Score(predictions []Prediction) Scores {
	s := Scores{Kinds: KindScores{}}
	for _, k := range casus.Kinds() {
		s.Kinds[k] = &Tally{Fields: map[string]*Hit{}}
	}
	rows, leftOut, badKind := g.judged(predictions)
	s.LeftOut, s.BadKind = leftOut, badKind
	groups := groupRows(g.rows, rows)
	for key, group := range groups {
		t := s.Kinds[key.kind]
		t.Gold += len(group.gold)
		t.Pred += len(group.pred)
		for _, p := range g.actors.match(group.gold, group.pred) {
			t.add(p.agreement)
		}
	}
	s.Micro = Tally{Pred: badKind, Fields: map[string]*Hit{}}
	for _, t := range s.Kinds {
		t.measure()
		s.Micro.join(t)
	}
	s.Micro.measure()
	return s
}

// groupKey names the records that may stand for each other.
type groupKey struct {
	article string
	kind    casus.Kind
}

type group struct{ gold, pred []row }

// judged returns the predictions that can be held against the gold, and counts
// those of articles without gold and those of no kind.
func (g *Gold) judged(predictions []Prediction) (rows []row, leftOut, badKind int) {
	articles := map[string]bool{}
	for _, r := range g.rows {
		articles[r.text("article")] = true
	}
	for _, r := range rowsOf(predictions) {
		switch {
		case !articles[r.text("article")]:
			leftOut++
		case r.kind() == "":
			badKind++
		default:
			rows = append(rows, r)
		}
	}
	return rows, leftOut, badKind
}

func rowsOf(predictions []Prediction) []row {
	out := make([]row, len(predictions))
	for i, p := range predictions {
		out[i] = p.row
	}
	return out
}

// groupRows sorts records by article and kind.
func groupRows(gold, pred []row) map[groupKey]*group {
	groups := map[groupKey]*group{}
	at := func(r row) *group {
		key := groupKey{r.text("article"), r.kind()}
		if groups[key] == nil {
			groups[key] = &group{}
		}
		return groups[key]
	}
	for _, r := range gold {
		to := at(r)
		to.gold = append(to.gold, r)
	}
	for _, r := range pred {
		to := at(r)
		to.pred = append(to.pred, r)
	}
	return groups
}

// add counts one matched record.
func (t *Tally) add(a agreement) {
	t.Matched++
	if a.full() {
		t.Right++
	}
	for name, ok := range a.fields() {
		h := t.hit(name)
		h.Of++
		if ok {
			h.Right++
		}
	}
}

func (t *Tally) hit(field string) *Hit {
	if t.Fields[field] == nil {
		t.Fields[field] = &Hit{}
	}
	return t.Fields[field]
}

// join adds another tally's counts, of the fields only those that every kind has.
func (t *Tally) join(o *Tally) {
	t.Gold, t.Pred, t.Matched, t.Right = t.Gold+o.Gold, t.Pred+o.Pred, t.Matched+o.Matched, t.Right+o.Right
	for _, name := range microFields {
		if from := o.Fields[name]; from != nil {
			h := t.hit(name)
			h.Right, h.Of = h.Right+from.Right, h.Of+from.Of
		}
	}
}

func (t *Tally) measure() {
	t.Span = measures(t.Matched, t.Pred, t.Gold)
	t.Full = measures(t.Right, t.Pred, t.Gold)
}

func measures(right, pred, gold int) Measures {
	return Measures{ratio(right, pred), ratio(right, gold), ratio(2*right, pred+gold)}
}

// WriteJSON writes the scores as indented JSON.
func (s Scores) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(s)
}

// WriteText writes the scores as a table, the fields below it.
func (s Scores) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-11s%6s%6s   %6s %6s %6s   %6s %6s %6s\n", "kind", "gold", "pred", "span P", "R", "F1", "full P", "R", "F1")
	s.each(func(name string, t *Tally) {
		fmt.Fprintf(&b, "%-11s%6d%6d   %s %s %s   %s %s %s\n", name, t.Gold, t.Pred,
			t.Span.Precision, t.Span.Recall, t.Span.F1, t.Full.Precision, t.Full.Recall, t.Full.F1)
	})
	b.WriteString("\nfields right among span-matched pairs\n")
	s.each(func(name string, t *Tally) {
		var fields []string
		for _, f := range slices.Sorted(maps.Keys(t.Fields)) {
			fields = append(fields, fmt.Sprintf("%s %.3f", f, share(t.Fields[f].Right, t.Fields[f].Of)))
		}
		if len(fields) > 0 {
			fmt.Fprintf(&b, "%-11s%s\n", name, strings.Join(fields, "  "))
		}
	})
	if s.LeftOut > 0 {
		fmt.Fprintf(&b, "\n%d predicted record(s) left out: no gold file for their article\n", s.LeftOut)
	}
	if s.BadKind > 0 {
		fmt.Fprintf(&b, "%d predicted record(s) of no known kind: wrong in the micro average\n", s.BadKind)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// each goes through the kinds and then all together.
func (s Scores) each(do func(name string, t *Tally)) {
	for _, k := range casus.Kinds() {
		do(string(k), s.Kinds[k])
	}
	do("micro", &s.Micro)
}
