package lab

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"casus"
	"casus/picture"
)

// PictureCase is a small group of articles with what the picture must answer
// from them: a text archive that reads as a document. Its first line says what
// it tests, and lines "name: value" follow:
//
//	family    what the case is one of: figures, denial, blame, actors, dates, account, promises, same, origins
//	forms     text (the articles go through the reader), or text, records (and a second time with records made by hand)
//	asks      beside contradictions, which every case is asked for: promises, same
//	on        the day as of which promises are asked; the last article's without it
//
// Then "-- ID LANGUAGE DATE PUBLISHER --" with an article's text, "-- ID.records
// --" with records by hand in the contract's form, one a line, without start and
// end, and "-- want --" with the answers, one a line:
//
//	contradiction: RIVALRY | TELLING ~ TELLING | VERDICT
//	promise: TELLING | DEBTOR → BENEFICIARY | STATE, or STATE overdue
//	same: TELLING = TELLING … | N origins (the last part may be left out)
//
// A telling is "ID: words", the words standing once in that article. What the
// picture answers beyond these is wrong.
type PictureCase struct {
	Name, Folder string
	About        string
	Family       string
	On           casus.Date
	Articles     []casus.Article                    // without hash
	ByHand       map[casus.ArticleID][]casus.Record // nil where the case has the text form only
	promises     bool                               // asked for
	same         bool                               // asked for
	wanted       []wanted
}

// wanted is one answer that a case wants.
type wanted struct {
	line     string // as the case has it
	asked    string // contradiction, promise or same
	tellings []telling

	rivalry             picture.Rivalry
	verdict             picture.Verdict
	debtor, beneficiary casus.ActorID
	state               casus.State
	overdue             bool
	origins             int // 0 where the case does not say
}

// telling is a place in one of a case's articles.
type telling struct {
	article casus.ArticleID
	span    casus.Span
}

// ReadPictureCases reads every .txtar file of a folder and its folders, in the
// order of their names. Its error names the file and what is wrong in it.
func ReadPictureCases(dir string) ([]PictureCase, error) {
	var out []PictureCase
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".txtar" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		c, err := parsePictureCase(data)
		if err != nil {
			return &casus.Error{Code: casus.Invalid, Input: path, Problem: err.Error(), Advice: "docs/EVALUATION.md has the form of a case."}
		}
		c.Name, c.Folder = strings.TrimSuffix(filepath.Base(path), ".txtar"), filepath.Base(filepath.Dir(path))
		out = append(out, c)
		return nil
	})
	if invalid, ok := err.(*casus.Error); ok { //nolint:errorlint // it is returned as it was made, just above
		return nil, invalid
	}
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: dir, Problem: "the cases cannot be read", Err: err}
	}
	if len(out) == 0 {
		return nil, &casus.Error{Code: casus.NotFound, Input: dir, Problem: "there are no cases here", Advice: "Give a folder of .txtar files, as lab/picture of the source."}
	}
	return out, nil
}

func parsePictureCase(data []byte) (PictureCase, error) {
	archive := txtar.Parse(data)
	c := PictureCase{}
	forms, err := c.header(string(archive.Comment))
	if err != nil {
		return c, err
	}
	complete := false
	for _, f := range archive.Files {
		body := strings.TrimSpace(string(f.Data))
		switch id, isRecords := strings.CutSuffix(f.Name, ".records"); {
		case isRecords:
			err = c.byHand(casus.ArticleID(id), body)
		case f.Name == "want":
			complete = true
			err = c.want(body)
		default:
			err = c.article(f.Name, body)
		}
		if err != nil {
			return c, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	switch {
	case !complete:
		return c, fmt.Errorf("there is no part want")
	case forms != "text" && forms != "text, records" || (forms == "text") != (c.ByHand == nil):
		return c, fmt.Errorf("forms: %s is not what the file holds", forms)
	}
	if c.On == 0 {
		c.On = c.Articles[len(c.Articles)-1].Date.To
	}
	return c, nil
}

// header reads what stands before the first part, and returns the forms.
func (c *PictureCase) header(comment string) (forms string, err error) {
	about, fields, _ := strings.Cut(strings.TrimSpace(comment), "\n")
	c.About = about
	for line := range strings.Lines(fields) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "family":
			c.Family = value
		case "forms":
			forms = value
		case "asks":
			for asked := range strings.SplitSeq(value, ", ") {
				c.promises = c.promises || asked == "promises"
				c.same = c.same || asked == "same"
			}
		case "on":
			if c.On, err = casus.ParseDate(value); err != nil {
				return forms, err
			}
		default:
			return forms, fmt.Errorf("%q is no field of a case", name)
		}
	}
	if c.About == "" || c.Family == "" {
		return forms, fmt.Errorf("it does not say what it tests, or its family")
	}
	return forms, nil
}

// article reads a part "a1 nl 2021-07-05 De Bode".
func (c *PictureCase) article(head, text string) error {
	f := strings.SplitN(head, " ", 4)
	if len(f) != 4 {
		return fmt.Errorf("not ID LANGUAGE DATE PUBLISHER")
	}
	day, err := casus.ParseDate(f[2])
	if err != nil {
		return err
	}
	c.Articles = append(c.Articles, casus.Article{ID: casus.ArticleID(f[0]), Language: f[1], Publisher: f[3], Text: text,
		Date: casus.Period{From: day, To: day, Precision: casus.PrecisionDay}})
	return nil
}

// byHand reads an article's records and finds where their quotes stand.
func (c *PictureCase) byHand(id casus.ArticleID, lines string) error {
	if c.ByHand == nil {
		c.ByHand = map[casus.ArticleID][]casus.Record{}
	}
	for line := range strings.Lines(lines) {
		var r casus.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return err
		}
		at, err := c.find(id, r.Quote)
		if err != nil {
			return err
		}
		r.Article, r.Span = id, at.span
		r.Made = casus.Made{Reader: "by hand", Rule: "by hand", Confidence: 1}
		c.ByHand[id] = append(c.ByHand[id], r)
	}
	return nil
}

// find returns where words stand in an article; they must stand there once.
func (c *PictureCase) find(id casus.ArticleID, words string) (telling, error) {
	i := slices.IndexFunc(c.Articles, func(a casus.Article) bool { return a.ID == id })
	if i < 0 {
		return telling{}, fmt.Errorf("there is no article %s before this", id)
	}
	text := c.Articles[i].Text
	if n := strings.Count(text, words); n != 1 || words == "" {
		return telling{}, fmt.Errorf("%q stands %d times in %s, not once", words, n, id)
	}
	at := strings.Index(text, words)
	start := len([]rune(text[:at]))
	return telling{id, casus.Span{Start: start, End: start + len([]rune(words))}}, nil
}

// want reads the answers.
func (c *PictureCase) want(lines string) error {
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		asked, rest, _ := strings.Cut(line, ": ")
		w := wanted{line: line, asked: asked}
		parts := strings.Split(rest, " | ")
		var err error
		switch {
		case asked == "contradiction" && len(parts) == 3:
			w.rivalry, w.verdict = picture.Rivalry(parts[0]), picture.Verdict(parts[2])
			err = c.tellings(&w, strings.Split(parts[1], " ~ "))
		case asked == "promise" && len(parts) == 3 && c.promises:
			err = c.wantedPromise(&w, parts)
		case asked == "same" && len(parts) <= 2 && c.same:
			if len(parts) == 2 {
				number, _, _ := strings.Cut(parts[1], " ")
				if w.origins, err = strconv.Atoi(number); err != nil {
					return err
				}
			}
			err = c.tellings(&w, strings.Split(parts[0], " = "))
		default:
			return fmt.Errorf("%q is no answer, or is not asked for", line)
		}
		if err != nil {
			return err
		}
		c.wanted = append(c.wanted, w)
	}
	return nil
}

func (c *PictureCase) wantedPromise(w *wanted, parts []string) error {
	debtor, beneficiary, ok := strings.Cut(parts[1], " → ")
	if !ok {
		return fmt.Errorf("%q is not DEBTOR → BENEFICIARY", parts[1])
	}
	state, overdue := strings.CutSuffix(parts[2], " overdue")
	w.debtor, w.beneficiary, w.state, w.overdue = casus.ActorID(debtor), casus.ActorID(beneficiary), casus.State(state), overdue
	if !slices.Contains(casus.States(), w.state) {
		return fmt.Errorf("%q is no state", state)
	}
	return c.tellings(w, parts[:1])
}

func (c *PictureCase) tellings(w *wanted, list []string) error {
	for _, t := range list {
		id, words, _ := strings.Cut(t, ": ")
		at, err := c.find(casus.ArticleID(id), words)
		if err != nil {
			return err
		}
		w.tellings = append(w.tellings, at)
	}
	return nil
}
