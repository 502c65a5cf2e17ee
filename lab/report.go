package lab

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	html "html/template"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casus"
)

// ReportArticle is an article of a report with its sentences, in order.
type ReportArticle struct {
	casus.Article
	Sentences []casus.Span
}

// ReportInput is what a report shows.
type ReportInput struct {
	Gold        *Gold // nil where there are only predictions
	Predictions []Prediction
	Articles    []ReportArticle // the texts, as far as they are at hand
}

// outcome is what became of a record.
type outcome string

const (
	right    outcome = "right"    // every scored field is right
	wrong    outcome = "wrong"    // it stands for a gold record, and some field is wrong
	missed   outcome = "missed"   // a gold record that nothing stands for
	invented outcome = "invented" // a predicted record that stands for none
	unjudged outcome = "unjudged" // there is no gold for its article
)

var outcomes = []outcome{right, wrong, missed, invented, unjudged}

// entry is one record of a report: gold, predicted or both.
type entry struct {
	Kind       string
	Outcome    outcome
	Wrong      []string // the fields that are wrong
	Sentence   []stretch
	Lang       string
	Fields     []fieldRow
	start, end int
}

// stretch is a run of a sentence, inside the record's quote or not.
type stretch struct {
	Text   string
	Quoted bool
}

// fieldRow is a field of a record in both readings.
type fieldRow struct {
	Name, Gold, Pred string
	Verdict          string // "right", "wrong", or "" where it is not scored
}

// reportArticle is one article with its entries, by their place in the text.
type reportArticle struct {
	ID, Title, Lang string
	Entries         []entry
}

// filterBox is a box to tick: records of this kind or outcome are shown.
type filterBox struct {
	Value string
	Count int
}

// page is what the template fills in.
type page struct {
	Articles        []reportArticle
	Kinds, Outcomes []filterBox
	Records         int
	Scores          string
	Style           html.CSS
	Script          html.JS
	Policy          string
}

//go:embed report.html
var reportTemplate string

//go:embed report.css
var reportStyle string

//go:embed report.js
var reportScript string

// WriteReport writes one page of HTML that needs nothing beside itself: every
// gold and predicted record of an article set side by side, with its sentence.
func WriteReport(w io.Writer, in ReportInput) error {
	t, err := html.New("report").Parse(reportTemplate)
	if err != nil {
		return fmt.Errorf("the report's template: %w", err)
	}
	p := page{Style: html.CSS(reportStyle), Script: html.JS(reportScript), //nolint:gosec // our own files
		Policy: fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'", digest(reportStyle), digest(reportScript))}
	p.Articles = in.articles()
	p.Kinds, p.Outcomes, p.Records = tallies(p.Articles)
	if in.Gold != nil {
		var b strings.Builder
		if err := in.Gold.Score(in.Predictions).WriteText(&b); err != nil {
			return err
		}
		p.Scores = b.String()
	}
	return t.Execute(w, p)
}

// digest names a script or style for a content security policy.
func digest(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// articles gathers the entries of every article: those whose text is at hand
// in their order, then the others by id.
func (in ReportInput) articles() []reportArticle {
	texts := map[string]ReportArticle{}
	var order []string
	for _, a := range in.Articles {
		if _, known := texts[string(a.ID)]; !known {
			order = append(order, string(a.ID))
		}
		texts[string(a.ID)] = a
	}
	groups := in.groups()
	var rest []string
	for key := range groups {
		if !slices.Contains(order, key.article) && !slices.Contains(rest, key.article) {
			rest = append(rest, key.article)
		}
	}
	slices.Sort(rest)
	var out []reportArticle
	for _, id := range append(order, rest...) {
		a := reportArticle{ID: id, Title: texts[id].Title, Lang: texts[id].Language}
		view := newTextView(texts[id])
		for _, kind := range append(casus.Kinds(), "") {
			if g := groups[groupKey{id, kind}]; g != nil {
				a.Entries = append(a.Entries, in.entries(g, in.judges(id), view)...)
			}
		}
		slices.SortStableFunc(a.Entries, func(x, y entry) int { return cmp.Or(x.start-y.start, x.end-y.end) })
		out = append(out, a)
	}
	return out
}

// groups sorts all records by article and kind.
func (in ReportInput) groups() map[groupKey]*group {
	var gold []row
	if in.Gold != nil {
		gold = in.Gold.rows
	}
	return groupRows(gold, rowsOf(in.Predictions))
}

// judges tells whether the gold has an article.
func (in ReportInput) judges(article string) bool {
	return in.Gold != nil && slices.ContainsFunc(in.Gold.rows, func(r row) bool { return r.text("article") == article })
}

// entries pairs the records of one article and kind as the scorer does.
func (in ReportInput) entries(g *group, judged bool, view textView) []entry {
	var out []entry
	goldUsed, predUsed := map[int]bool{}, map[int]bool{}
	if judged && len(g.gold) > 0 {
		for _, p := range in.Gold.actors.match(g.gold, g.pred) {
			goldUsed[p.gold], predUsed[p.pred] = true, true
			out = append(out, paired(g.gold[p.gold], g.pred[p.pred], p.agreement, view))
		}
	}
	for i, r := range g.gold {
		if !goldUsed[i] {
			out = append(out, view.entry(r, nil, missed))
		}
	}
	for i, r := range g.pred {
		switch {
		case predUsed[i]:
		case judged:
			out = append(out, view.entry(nil, r, invented))
		default:
			out = append(out, view.entry(nil, r, unjudged))
		}
	}
	return out
}

// paired is the entry of a predicted record that stands for a gold one.
func paired(gold, pred row, a agreement, view textView) entry {
	e := view.entry(gold, pred, right)
	verdicts := a.fields()
	delete(verdicts, "exact_ids")
	for i, f := range e.Fields {
		ok, scored := verdicts[f.Name]
		switch {
		case !scored:
		case ok:
			e.Fields[i].Verdict = "right"
		default:
			e.Fields[i].Verdict = "wrong"
			e.Wrong, e.Outcome = append(e.Wrong, f.Name), wrong
		}
	}
	return e
}

// textView cuts the words of records out of an article.
type textView struct {
	text      *casus.Offsets // nil where the text is not at hand
	sentences []casus.Span
	lang      string
}

func newTextView(a ReportArticle) textView {
	if a.Text == "" {
		return textView{}
	}
	return textView{casus.NewOffsets(a.Text), a.Sentences, a.Language}
}

// entry shows a record that is in one reading or in both.
func (v textView) entry(gold, pred row, o outcome) entry {
	main := gold
	if main == nil {
		main = pred
	}
	start, _ := main["start"].(float64)
	end, _ := main["end"].(float64)
	e := entry{Kind: cmp.Or(string(main.kind()), "of no kind"), Outcome: o, Lang: v.lang, start: int(start), end: int(end)}
	e.Sentence = v.around(casus.Span{Start: e.start, End: e.end})
	if e.Sentence == nil {
		e.Sentence = []stretch{{main.text("quote"), true}}
	}
	for _, name := range fieldNames(gold, pred) {
		e.Fields = append(e.Fields, fieldRow{Name: name, Gold: shown(gold, name), Pred: shown(pred, name)})
	}
	return e
}

// around returns the sentences that a span lies in, the span marked; nil where
// there is no text.
func (v textView) around(quote casus.Span) []stretch {
	if v.text == nil {
		return nil
	}
	whole := quote
	for _, s := range v.sentences {
		if s.Overlaps(quote) {
			whole.Start, whole.End = min(whole.Start, s.Start), max(whole.End, s.End)
		}
	}
	var out []stretch
	for _, part := range []struct {
		span   casus.Span
		quoted bool
	}{{casus.Span{Start: whole.Start, End: quote.Start}, false}, {quote, true}, {casus.Span{Start: quote.End, End: whole.End}, false}} {
		words, ok := v.text.Quote(part.span)
		if !ok {
			return nil
		}
		if words != "" {
			out = append(out, stretch{words, part.quoted})
		}
	}
	return out
}

// inOrder is the order of the fields that matter most; the others follow by name.
var inOrder = []string{"type", "mode", "source", "target", "speaker", "act", "quoted", "about", "low", "high", "unit", "of", "approx",
	"as_written", "from", "to", "change", "debtor", "beneficiary", "duty", "condition", "deadline", "basis", "state", "group", "origin",
	"destination", "cause", "status", "when", "by", "by_as", "where", "hedge", "quote"}

// fieldNames lists the fields of two readings of a record.
func fieldNames(gold, pred row) []string {
	has := map[string]bool{}
	for _, r := range []row{gold, pred} {
		for name := range r {
			has[name] = true
		}
	}
	for _, name := range []string{"kind", "article", "start", "end"} {
		delete(has, name)
	}
	var out []string
	for _, name := range inOrder {
		if has[name] {
			out = append(out, name)
			delete(has, name)
		}
	}
	return append(out, slices.Sorted(maps.Keys(has))...)
}

// shown is a field's value in words, "" where the reading is not there.
func shown(r row, field string) string {
	if r == nil {
		return ""
	}
	return inWords(r[field])
}

func inWords(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case string:
		return v
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = inWords(e)
		}
		return cmp.Or(strings.Join(parts, ", "), "none")
	case map[string]any:
		if _, ok := v["precision"]; ok {
			return fmt.Sprintf("%s to %s (%s)", orOpen(v["from"]), orOpen(v["to"]), inWords(v["precision"]))
		}
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, key+" "+inWords(v[key]))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v)
}

func orOpen(v any) string {
	if v == nil {
		return "open"
	}
	return inWords(v)
}

// tallies counts the entries by kind and by outcome, for the filters.
func tallies(articles []reportArticle) (kinds, found []filterBox, all int) {
	byKind, byOutcome := map[string]int{}, map[outcome]int{}
	for _, a := range articles {
		for _, e := range a.Entries {
			byKind[e.Kind]++
			byOutcome[e.Outcome]++
			all++
		}
	}
	for _, k := range append(casus.Kinds(), "of no kind") {
		if n := byKind[string(k)]; n > 0 {
			kinds = append(kinds, filterBox{string(k), n})
		}
	}
	for _, o := range outcomes {
		if n := byOutcome[o]; n > 0 {
			found = append(found, filterBox{string(o), n})
		}
	}
	return kinds, found, all
}
