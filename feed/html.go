package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"codeberg.org/readeck/go-readability/v2/render"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"casus"
)

// pageElements is the largest page that is searched for its article; the
// search takes time that grows faster than the page. News pages have 500 to 5,000.
const pageElements = 30_000

// page fills d from the bytes of a web page: the article's own text, without
// what stands around it, paragraphs joined by a blank line.
func (r *reader) page(d *draft, data []byte) (bad *casus.Error) {
	defer func() { // the parsers of others see bytes from anywhere
		if p := recover(); p != nil {
			bad = &casus.Error{Code: casus.Internal, Input: d.input, Problem: fmt.Sprintf("the page could not be taken apart: %v", p),
				Advice: "Save its text as .txt and read that."}
		}
	}()
	text, note, bad := decodePage(d.input, data)
	if bad != nil {
		return bad
	}
	d.note(note)
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return &casus.Error{Code: casus.Invalid, Input: d.input, Problem: "not a web page that can be read", Err: err,
			Advice: "Save its text as .txt and read that."}
	}
	about := r.tables.dates.aboutPage(doc)
	d.title, d.publisher, d.url, d.pageLanguage, d.date = about.title, about.publisher, about.url, about.language, about.date
	d.text = r.readable(d, doc)
	if d.text == "" {
		return &casus.Error{Code: casus.Invalid, Input: d.input, Problem: "a page without readable text",
			Advice: "If its text appears only in a browser, save it from there as .txt."}
	}
	return nil
}

// readable returns the text of a page's article, or of the whole page where no
// article stands out; doc is used up.
func (r *reader) readable(d *draft, doc *html.Node) string {
	whole := ""
	if body := firstElement(doc, atom.Body); body != nil {
		whole = paragraphs(body)
	}
	address, _ := url.Parse(d.url) // nil, which is fine, where there is none
	parser := readability.NewParser()
	parser.MaxElemsToParse = pageElements
	article, err := parser.ParseAndMutate(doc, address)
	if err != nil {
		d.note("read as a whole: too large to find the article in it")
		return whole
	}
	d.publisher = firstOf(d.publisher, strings.TrimSpace(article.SiteName()))
	d.title = withoutSite(firstOf(strings.TrimSpace(article.Title()), d.title), d.publisher)
	if article.Node == nil {
		return whole
	}
	if text := paragraphs(article.Node); text != "" {
		return text
	}
	return whole
}

// withoutSite takes the name of the site off the end of a page's title.
func withoutSite(title, site string) string {
	rest, ok := strings.CutSuffix(title, site)
	if head := strings.TrimRight(rest, " -–—|·•:"); ok && site != "" && head != "" && head != rest {
		return head
	}
	return title
}

// paragraphs is the text below n as a reader sees it, a blank line between
// paragraphs.
func paragraphs(n *html.Node) string {
	var b strings.Builder
	for line := range strings.Lines(render.InnerText(n)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(line)
	}
	return b.String()
}

// decodePage turns the bytes of a page into UTF-8: by its byte order mark, the
// charset it declares, or else as a plain text is.
func decodePage(input string, data []byte) (text, note string, bad *casus.Error) {
	head := data[:min(len(data), sniffed)]
	enc, name, _ := charset.DetermineEncoding(head, "") // windows-1252 where it found nothing
	declared := bytes.Contains(bytes.ToLower(head), []byte("charset"))
	switch {
	case name == "utf-8", bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}),
		name == "windows-1252" && (utf8.Valid(data) || !declared):
		return decodeText(input, data)
	}
	decoded, err := enc.NewDecoder().Bytes(data)
	if err != nil || !utf8.Valid(decoded) || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", "", notText(input, "says that it is in "+name+", but is not")
	}
	if utf8.Valid(data) && bytes.Equal(decoded, data) {
		return string(decoded), "", nil // nothing but ASCII
	}
	return string(decoded), "converted from " + name, nil
}

// about is what a page's markup says of its article.
type about struct {
	title, publisher, url, language string
	date                            casus.Period
}

// aboutPage reads the markup of a page: its language, canonical address, site
// and date of publication. Of several dates the one from JSON-LD counts first,
// then meta elements in the order of dates.tsv, then the first time element.
func (d dateWords) aboutPage(doc *html.Node) about {
	var a about
	var jsonDate, timeDate string
	meta := map[string]string{}
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Html:
			a.language = firstOf(a.language, attribute(n, "lang"))
		case atom.Title:
			a.title = firstOf(a.title, strings.Join(strings.Fields(ownText(n)), " "))
		case atom.Link:
			if strings.EqualFold(attribute(n, "rel"), "canonical") {
				a.url = firstOf(a.url, attribute(n, "href"))
			}
		case atom.Time:
			timeDate = firstOf(timeDate, firstOf(attribute(n, "datetime"), ownText(n)))
		case atom.Script:
			if attribute(n, "type") == "application/ld+json" {
				jsonDate = firstOf(jsonDate, publishedInJSON(ownText(n)))
			}
		}
		for _, key := range []string{"property", "name", "itemprop"} {
			if k := strings.ToLower(attribute(n, key)); k != "" && meta[k] == "" {
				meta[k] = firstOf(attribute(n, "content"), attribute(n, "datetime"))
			}
		}
	}
	a.url, a.publisher = firstOf(a.url, meta["og:url"]), meta["og:site_name"]
	a.date = d.pageDate(jsonDate, meta, timeDate)
	return a
}

// pageDate returns the first of a page's dates that can be read.
func (d dateWords) pageDate(jsonDate string, meta map[string]string, timeDate string) casus.Period {
	candidates := []string{jsonDate}
	for _, name := range d.meta {
		candidates = append(candidates, meta[name])
	}
	for _, c := range append(candidates, timeDate) {
		if p, ok := d.find(c); ok {
			return p
		}
	}
	return casus.Period{}
}

// publishedInJSON returns the datePublished of a JSON-LD script, the outermost
// and first by name where there are several.
func publishedInJSON(script string) string {
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		return ""
	}
	for level := []any{v}; len(level) > 0; {
		var below []any
		for _, v := range level {
			switch v := v.(type) {
			case []any:
				below = append(below, v...)
			case map[string]any:
				if s, ok := v["datePublished"].(string); ok && s != "" {
					return s
				}
				for _, key := range slices.Sorted(maps.Keys(v)) {
					below = append(below, v[key])
				}
			}
		}
		level = below
	}
	return ""
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// ownText returns the text that n begins with.
func ownText(n *html.Node) string {
	if c := n.FirstChild; c != nil && c.Type == html.TextNode {
		return c.Data
	}
	return ""
}

func firstElement(doc *html.Node, a atom.Atom) *html.Node {
	for n := range doc.Descendants() {
		if n.DataAtom == a {
			return n
		}
	}
	return nil
}
