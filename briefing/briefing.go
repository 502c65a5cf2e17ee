// Package briefing writes a brief of the picture as one page for people, in
// Markdown or self-contained HTML, in Dutch or English: what happened, what was
// said, what changed, what is due, where sources differ, each with a footnote
// to its sentence.
package briefing

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io"
	"strings"
	"text/template"

	"casus"
	"casus/ledger"
	"casus/picture"
)

//go:embed page.md page.html words.tsv
var files embed.FS

// page is what the templates are filled from.
type page struct {
	picture.Brief
	words map[string]string
	notes []ledger.Entry
	at    map[casus.RecordID]int
}

// Markdown writes the brief as Markdown, in a language (nl, en).
func Markdown(out io.Writer, b picture.Brief, language string) error {
	p, err := newPage(b, language)
	if err != nil {
		return err
	}
	source, err := files.ReadFile("page.md")
	if err != nil {
		return err
	}
	t, err := template.New("page").Funcs(template.FuncMap(p.funcs(escapeMarkdown))).Parse(string(source))
	if err != nil {
		return fmt.Errorf("reading the page of a brief: %w", err)
	}
	return t.Execute(out, p)
}

// HTML writes the brief as one HTML page that needs nothing else.
func HTML(out io.Writer, b picture.Brief, language string) error {
	p, err := newPage(b, language)
	if err != nil {
		return err
	}
	source, err := files.ReadFile("page.html")
	if err != nil {
		return err
	}
	t, err := htmltemplate.New("page").Funcs(htmltemplate.FuncMap(p.funcs(func(s string) string { return s }))).Parse(string(source))
	if err != nil {
		return fmt.Errorf("reading the page of a brief: %w", err)
	}
	return t.Execute(out, p)
}

// escapeMarkdown keeps an article's words from being taken for marks.
func escapeMarkdown(s string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", "#", `\#`, "\n", " ").Replace(s)
}

func newPage(b picture.Brief, language string) (*page, error) {
	data, err := files.ReadFile("words.tsv")
	if err != nil {
		return nil, err
	}
	p := &page{Brief: b, words: map[string]string{"lang": language}, at: map[casus.RecordID]int{}}
	column := map[string]int{"nl": 1, "en": 2}[language]
	if column == 0 {
		return nil, &casus.Error{Code: casus.Unsupported, Input: language, Problem: "briefs are not written in this language", Advice: "Choose nl or en."}
	}
	for line := range strings.Lines(string(data)) {
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) == 3 && line[0] != '#' {
			p.words[f[0]] = f[column]
		}
	}
	return p, nil
}

// funcs are what the templates call: words of the language, quotes, and the
// numbers of footnotes, which are given as they are asked for.
func (p *page) funcs(escape func(string) string) map[string]any {
	return map[string]any{
		"word": func(key string) (string, error) {
			w, ok := p.words[key]
			if !ok {
				return "", fmt.Errorf("there is no word for %q", key)
			}
			return w, nil
		},
		"quote":   func(e ledger.Entry) string { return escape(e.Record.Quote) },
		"text":    escape,
		"note":    p.note,
		"notes":   func() []ledger.Entry { return p.notes },
		"inc":     func(i int) int { return i + 1 },
		"first":   func(g picture.Group) ledger.Entry { return g.Entries[0] },
		"origins": func(list []picture.Origin) string { return escape(p.names(list)) },
		"owes":    func(pr picture.Promise) *casus.Commitment { return pr.Entries[0].Record.Body.(*casus.Commitment) },
		"grade":   grade,
		"speaker": func(e ledger.Entry) string { return escape(speaker(e)) },
		"source":  func(e ledger.Entry) string { return escape(source(e)) },
		"act":     func(e ledger.Entry) string { return p.words["act "+ledger.TypeOf(e.Record)] },
		"state":   func(s casus.State) string { return p.words["state "+string(s)] },
		"verdict": func(v picture.Verdict) string { return p.words["verdict "+string(v)] },
		"likely":  func(l picture.Likelihood) string { return l.In(p.words["lang"]) },
		"called":  called,
		"rivalry": func(r picture.Rivalry) string { return p.words["rivalry "+string(r)] },
	}
}

// grade is the Admiralty code of a thing, a letter and a figure.
func grade(g picture.Group) string {
	if g.Grade == nil {
		return ""
	}
	return g.Grade.String()
}

// called is an actor's first name, or its id where it has none.
func called(a *casus.Actor) string {
	if len(a.Names) == 0 {
		return string(a.ID)
	}
	return a.Names[0]
}

// note is the number of the footnote to an entry.
func (p *page) note(e ledger.Entry) int {
	if n, ok := p.at[e.ID]; ok {
		return n
	}
	p.notes = append(p.notes, e)
	p.at[e.ID] = len(p.notes)
	return len(p.notes)
}

func (p *page) names(list []picture.Origin) string {
	var out []string
	for _, o := range list {
		out = append(out, o.String())
	}
	return strings.Join(out, ", ")
}

// speaker is who makes a statement, as the text names them.
func speaker(e ledger.Entry) string {
	if e.Record.ByAs != "" {
		return e.Record.ByAs
	}
	c, ok := e.Record.Body.(*casus.Claim)
	if !ok {
		return ""
	}
	return string(c.Speaker)
}

// source is the article behind an entry, as a footnote has it.
func source(e ledger.Entry) string {
	out := string(e.Article.ID)
	if e.Article.Publisher != "" {
		out = e.Article.Publisher + ", " + out
	}
	if !e.Article.Date.IsZero() {
		out += ", " + e.Article.Date.String()
	}
	return out + ", " + string(e.ID)
}
