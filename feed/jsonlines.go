package feed

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"casus"
)

// entry is one line of JSON lines; fields that it does not name are let be.
type entry struct {
	ID        entryID `json:"id"`
	URL       string  `json:"url"`
	Title     string  `json:"title"`
	Date      string  `json:"date"`  // YYYY, YYYY-MM, YYYY-MM-DD or RFC 3339
	Known     string  `json:"known"` // YYYY-MM-DD or RFC 3339
	Publisher string  `json:"publisher"`
	Language  string  `json:"language"`
	Text      string  `json:"text"`
}

// entryID is an id, which exports also write as a number.
type entryID string

func (id *entryID) UnmarshalJSON(b []byte) error {
	if n := (json.Number)(""); json.Unmarshal(b, &n) == nil {
		*id = entryID(n)
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("field id is neither a text nor a number")
	}
	*id = entryID(s)
	return nil
}

// lineOverhead is how much longer than the longest text a line may be: every
// character may be written as an escape of six bytes, but news is not.
const lineOverhead = 2

// jsonLines hands out one article for each line of body.
func (r *reader) jsonLines(ctx context.Context, s source, body io.Reader) bool {
	lines := lineReader{br: bufio.NewReaderSize(body, 64<<10), limit: lineOverhead * r.limits.Text}
	found := false
	for {
		line, err := lines.next()
		if ctx.Err() != nil {
			return false
		}
		input := fmt.Sprintf("%s:%d", s.input, lines.number)
		if len(bytes.TrimSpace(line)) > 0 || errors.Is(err, errLineTooLong) {
			found = true
			if !r.line(s, input, line, err) {
				return false
			}
		}
		switch {
		case errors.Is(err, io.EOF) && !found:
			return r.fail(&casus.Error{Code: casus.Invalid, Input: s.input, Problem: "holds no article",
				Advice: `Put one article on each line, as {"text": "…", "date": "2021-07-05"}.`})
		case errors.Is(err, io.EOF):
			return true
		case err != nil && !errors.Is(err, errLineTooLong):
			return r.broken(input, err)
		}
	}
}

// line hands out the article of one line, or what is wrong with it.
func (r *reader) line(s source, input string, line []byte, err error) bool {
	if err != nil && !errors.Is(err, io.EOF) {
		if errors.Is(err, errLineTooLong) {
			return r.fail(r.tooLong(input))
		}
		return true // the stream broke off inside this line; jsonLines says so
	}
	d, bad := parseEntry(input, bytes.TrimSpace(line))
	if bad != nil {
		return r.fail(bad)
	}
	if int64(len(d.text)) > r.limits.Text {
		return r.fail(r.tooLong(input))
	}
	d.notes = append(d.notes, s.notes...)
	return r.give(d)
}

// parseEntry reads one line of JSON.
func parseEntry(input string, line []byte) (draft, *casus.Error) {
	d := draft{input: input}
	if !utf8.Valid(line) {
		return d, notText(input, "not valid UTF-8, which JSON must be")
	}
	var e entry
	if err := json.Unmarshal(line, &e); err != nil {
		return d, badEntry(input, err)
	}
	if strings.TrimSpace(e.Text) == "" {
		return d, &casus.Error{Code: casus.Invalid, Input: input, Problem: "no text in it",
			Advice: "Give the article's words in the field text."}
	}
	var ok bool
	if e.Date != "" {
		if d.date, ok = isoDate(strings.TrimSpace(e.Date)); !ok {
			return d, badTime(input, "date", e.Date, "Write it as 2021, 2021-07, 2021-07-05 or 2021-07-05T14:00:00Z.")
		}
	}
	if e.Known != "" {
		if d.known, ok = instant(strings.TrimSpace(e.Known)); !ok {
			return d, badTime(input, "known", e.Known, "Write it as 2021-07-05 or 2021-07-05T14:00:00Z.")
		}
	}
	d.id, d.text, d.title, d.publisher, d.url, d.language = string(e.ID), e.Text, e.Title, e.Publisher, e.URL, e.Language
	return d, nil
}

// instant reads an RFC 3339 time, or a date as its midnight in UTC.
func instant(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, plausible(t.Year())
		}
	}
	return time.Time{}, false
}

func badTime(input, field, value, advice string) *casus.Error {
	return &casus.Error{Code: casus.Invalid, Input: input,
		Problem: fmt.Sprintf("field %s: %q is not a date that exists", field, firstBytes(printable(value), 40)), Advice: advice}
}

// badEntry says in plain words why a line is not an article.
func badEntry(input string, err error) *casus.Error {
	e := &casus.Error{Code: casus.Invalid, Input: input, Problem: "not an article in JSON", Err: err,
		Advice: "Correct or remove this line; the others were read."}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		e.Problem = fmt.Sprintf("broken JSON after byte %d of the line", syntax.Offset)
	} else if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		e.Err = nil
		if kind.Field == "" {
			e.Problem = fmt.Sprintf("a JSON %s, not an article in braces", kind.Value)
		} else {
			e.Problem = fmt.Sprintf("field %s is a JSON %s, not a text", kind.Field, kind.Value)
		}
	}
	return e
}

var errLineTooLong = errors.New("line too long")

// lineReader reads lines of any length and keeps no more of one than its limit.
type lineReader struct {
	br     *bufio.Reader
	limit  int64
	number int // of the line last returned, from 1
	buf    []byte
}

// next returns the next line without its end; the slice is good until the next
// call. A line past the limit is passed over and answered with errLineTooLong;
// the last line comes with io.EOF.
func (l *lineReader) next() ([]byte, error) {
	l.number++
	l.buf = l.buf[:0]
	tooLong := false
	for {
		part, err := l.br.ReadSlice('\n')
		if int64(len(l.buf)+len(part)) > l.limit {
			tooLong = true
		} else if !tooLong {
			l.buf = append(l.buf, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if l.number == 1 {
			l.buf = trimBOM(l.buf)
		}
		if tooLong && (err == nil || errors.Is(err, io.EOF)) {
			return nil, errLineTooLong
		}
		return l.buf, err
	}
}
