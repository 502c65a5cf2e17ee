package feed

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"time"

	"casus"
)

// draft is what an input said about an article, before the user's options and
// what the text itself says are laid over it.
type draft struct {
	input     string
	name      string // of the file, for the id; "" where there is none
	id        string // given with the article
	text      string
	title     string
	publisher string
	url       string
	language  string // as given; "" to detect it
	date      casus.Period
	known     time.Time // zero for now
	notes     []string

	pageLanguage string // what a page's markup says; weaker than language
}

// note adds a remark, unless it is empty.
func (d *draft) note(remark string) {
	if remark != "" {
		d.notes = append(d.notes, remark)
	}
}

// article completes a draft.
func (r *reader) article(d draft) (casus.Article, []string, *casus.Error) {
	if bad := checkText(d.input, d.text); bad != nil {
		return casus.Article{}, nil, bad
	}
	now := r.now()
	a := casus.Article{
		Hash:      Identity(d.text),
		URL:       firstOf(r.opt.URL, webAddress(&d)),
		Title:     oneLine(d.title),
		Publisher: firstOf(r.opt.Publisher, oneLine(d.publisher)),
		Known:     d.known,
		Text:      d.text,
	}
	if a.Known.IsZero() {
		a.Known = now
	}
	r.date(&a, &d)
	if bad := checkTime(d.input, a, now); bad != nil {
		return casus.Article{}, nil, bad
	}
	a.Language = r.language(&d)
	a.ID = idOf(d, a.Hash)
	return a, d.notes, nil
}

// date settles an article's date, and its title and publisher where only the
// text has them: the user's word goes before the publisher's, and that before the text's.
func (r *reader) date(a *casus.Article, d *draft) {
	h := r.tables.dates.header(d.text)
	if a.Title == "" {
		a.Title = h.title
	}
	if a.Publisher == "" {
		a.Publisher = h.publisher
	}
	for _, p := range []casus.Period{r.opt.Date, d.date, h.date} {
		if a.Date.IsZero() {
			a.Date = p
		}
	}
	switch {
	case a.Date.IsZero():
		d.note(h.note)
		d.note("no date found: times such as yesterday will stay open; give the date with --date")
	case a.Date.Precision != casus.PrecisionDay:
		d.note(fmt.Sprintf("dated only to the %s", a.Date.Precision))
	}
}

// checkTime refuses an article from the future: a day is left for time zones.
func checkTime(input string, a casus.Article, now time.Time) *casus.Error {
	latest := casus.DateOf(now.AddDate(0, 0, 1))
	if a.Date.From > latest {
		return &casus.Error{Code: casus.Invalid, Input: input, Problem: fmt.Sprintf("dated %s, which is in the future", a.Date),
			Advice: "Correct the date, or give the right one with --date."}
	}
	if casus.DateOf(a.Known) > latest {
		return &casus.Error{Code: casus.Invalid, Input: input,
			Problem: fmt.Sprintf("known since %s, which is in the future", casus.DateOf(a.Known)), Advice: "Correct the field known."}
	}
	return nil
}

// language settles an article's language: the one given with it; else the one
// that the text reads as; else what a page's markup says, which is often that
// of the site's template.
func (r *reader) language(d *draft) string {
	read := r.tables.languages.languageOf(d.text)
	given, marked := baseLanguage(d.language), baseLanguage(d.pageLanguage)
	switch {
	case given != "":
		if read != undetermined && read != given {
			d.note(fmt.Sprintf("said to be in language %s, but reads as %s", given, read))
		}
		return given
	case d.language != "":
		d.note(fmt.Sprintf("%q is no language tag such as nl or en; the text reads as %s", firstBytes(printable(d.language), 20), read))
	case marked != "" && read == undetermined:
		return marked
	case marked != "" && marked != read:
		d.note(fmt.Sprintf("the page says it is in language %s, but reads as %s", marked, read))
	case read == undetermined:
		d.note("its language could not be told")
	}
	return read
}

// idOf names an article: as it was named, else after its file, else after its text.
func idOf(d draft, hash string) casus.ArticleID {
	if id := safeID(d.id); id != "" {
		return id
	}
	if d.id == "" && d.name != "" {
		base := path.Base(strings.ReplaceAll(d.name, `\`, "/"))
		if ext := path.Ext(base); ext != "" && looksLikeExtension(ext) {
			base = strings.TrimSuffix(base, ext)
		}
		if id := safeID(base); id != "" {
			return id
		}
	}
	return casus.ArticleID("a" + hash[:12])
}

// webAddress returns the article's address where it is one of the web.
func webAddress(d *draft) string {
	s := strings.TrimSpace(d.url)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		d.note(fmt.Sprintf("%q is no web address and was left out", firstBytes(printable(s), 60)))
		return ""
	}
	return u.String()
}

// oneLine puts s on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// firstOf returns the first of a and b that is not empty.
func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
