package lab

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"casus"
)

const (
	goldClaim = `{"kind":"claim","article":"a","quote":"Kabul spoke","start":0,"end":11,"speaker":"afg","act":"say","by":"afg","status":"happened","when":{"from":"2021-07-05","to":"2021-07-05","precision":"day"}}`
	goldFlow  = `{"kind":"flow","article":"a","quote":"All fled.","start":13,"end":22,"group":"afg/refugees","origin":"afg","destination":null}`
	predClaim = `{"kind":"claim","article":"a","quote":"Kabul spoke","start":0,"end":11,"speaker":"afg","act":"deny","by":"afg","status":"happened","when":{"from":"2021-07-05","to":null,"precision":"day"}}`
	predEvent = `{"kind":"event","article":"a","quote":"<script>alert(1)</script>","start":23,"end":48,"type":"AID","source":["\"><img src=x onerror=alert(2)>"],"target":[]}`
	elsewhere = `{"kind":"event","article":"</h2><script>alert(3)</script>","quote":"x","start":0,"end":1,"type":"AID","source":["usa"],"target":[]}`
)

// report returns the page of one gold claim that is misread, one flow that is
// missed, one event that is invented and carries a script, and one event of
// another article.
func report(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "gold.jsonl"), goldClaim+"\n"+goldFlow+"\n")
	gold, err := ReadGold(dir)
	if err != nil {
		t.Fatal(err)
	}
	pred := filepath.Join(t.TempDir(), "pred.jsonl")
	write(t, pred, predClaim+"\n"+predEvent+"\n"+elsewhere+"\n")
	predictions, err := ReadPredictions(pred)
	if err != nil {
		t.Fatal(err)
	}
	text := "Kabul spoke. All fled. <script>alert(1)</script>"
	article := ReportArticle{Article: casus.Article{ID: "a", Title: "<b>Bold</b>", Language: "en", Text: text},
		Sentences: []casus.Span{{Start: 0, End: 12}, {Start: 13, End: 22}, {Start: 23, End: 48}}}
	var out bytes.Buffer
	if err := WriteReport(&out, ReportInput{Gold: gold, Predictions: predictions, Articles: []ReportArticle{article}}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// elements returns the elements of a page by name.
func elements(t *testing.T, page string) map[string][]*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]*html.Node{}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			out[n.Data] = append(out[n.Data], n)
		}
	}
	return out
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestReportSetsRecordsSideBySide(t *testing.T) {
	page := elements(t, report(t))
	var heads []string
	for _, h := range page["h3"] {
		heads = append(heads, words(h))
	}
	if want := []string{"wrong claim: act", "missed flow", "invented event", "unjudged event"}; !slices.Equal(heads, want) {
		t.Errorf("records %q, want %q", heads, want)
	}
	var rows []string
	for _, tr := range page["tr"] {
		var cells []string
		for c := range tr.ChildNodes() {
			cells = append(cells, words(c))
		}
		rows = append(rows, strings.Join(cells, " | "))
	}
	for _, want := range []string{"act | say | deny | ≠ wrong", "speaker | afg | afg | ✓ right",
		"when | 2021-07-05 to 2021-07-05 (day) | 2021-07-05 to open (day) | ✓ right", "destination | none |  |"} {
		if !slices.ContainsFunc(rows, func(r string) bool { return strings.HasPrefix(r, want) }) {
			t.Errorf("no row %q in %q", want, rows)
		}
	}
	if got := words(page["blockquote"][0]); got != "Kabul spoke." || words(page["mark"][0]) != "Kabul spoke" {
		t.Errorf("the sentence is %q, marked %q", got, words(page["mark"][0]))
	}
}

// What an article or a record says is text on the page, whatever it looks like.
func TestReportRunsNothingOfAnArticle(t *testing.T) {
	page := elements(t, report(t))
	if len(page["script"]) != 1 || len(page["img"]) != 0 || len(page["b"]) != 0 {
		t.Errorf("%d scripts, %d images, %d bold; want our one script", len(page["script"]), len(page["img"]), len(page["b"]))
	}
	if got := page["script"][0].FirstChild.Data; got != reportScript {
		t.Errorf("the script is not ours: %s", got)
	}
	policy := attribute(page["meta"][1], "content")
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, digest(reportScript)) {
		t.Errorf("the policy is %q", policy)
	}
}

func TestReportNeedsNothingBesideItself(t *testing.T) {
	for name, nodes := range elements(t, report(t)) {
		for _, n := range nodes {
			if src := attribute(n, "src"); src != "" {
				t.Errorf("<%s> loads %s", name, src)
			}
			if href := attribute(n, "href"); href != "" && !strings.HasPrefix(href, "#") {
				t.Errorf("<%s> points to %s", name, href)
			}
		}
	}
}

func TestReportCanBeReadWithoutSeeingIt(t *testing.T) {
	page := elements(t, report(t))
	if attribute(page["html"][0], "lang") != "en" || attribute(page["blockquote"][0], "lang") != "en" {
		t.Error("the page or a sentence does not say its language")
	}
	for _, box := range page["input"] {
		if box.Parent.Data != "label" {
			t.Errorf("the box %s has no label", attribute(box, "value"))
		}
	}
	for _, th := range page["th"] {
		if attribute(th, "scope") == "" {
			t.Errorf("the heading %q does not say of what", words(th))
		}
	}
	ids := map[string]bool{}
	for _, nodes := range page {
		for _, n := range nodes {
			if id := attribute(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("two elements have the id %s", id)
				}
				ids[id] = true
			}
		}
	}
	for _, a := range page["a"] {
		if !ids[strings.TrimPrefix(attribute(a, "href"), "#")] {
			t.Errorf("%s points nowhere", attribute(a, "href"))
		}
	}
	if len(page["fieldset"]) != 2 || len(page["legend"]) != 2 {
		t.Error("the filters are not grouped and named")
	}
}
