package ledger

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"casus"
)

// MarshalJSON writes an entry as its fields say. Thousands are in an answer: it is
// written by hand, which takes a fraction of the time.
func (e Entry) MarshalJSON() ([]byte, error) {
	return e.AppendJSON(make([]byte, 0, 1024))
}

// AppendJSON appends what MarshalJSON writes.
func (e Entry) AppendJSON(to []byte) ([]byte, error) {
	to = casus.AppendText(append(to, `{"id":`...), string(e.ID))
	to, err := e.Record.AppendJSON(append(to, `,"record":`...))
	if err != nil {
		return to, err
	}
	if to, err = appendMade(append(to, `,"made":`...), e.Made); err != nil {
		return to, err
	}
	if len(e.Mentions) > 0 {
		to = appendMentions(append(to, `,"mentions":`...), e.Mentions)
	}
	if to, err = e.Article.appendJSON(append(to, `,"article":`...)); err != nil {
		return to, err
	}
	if len(e.ActsFor) > 0 {
		to = appendActsFor(append(to, `,"acts_for":`...), e.ActsFor)
	}
	if to, err = appendMoment(append(to, `,"recorded":`...), e.Recorded); err != nil {
		return to, err
	}
	if !e.Superseded.IsZero() {
		if to, err = appendMoment(append(to, `,"superseded":`...), e.Superseded); err != nil {
			return to, err
		}
	}
	if e.Review != "" {
		to = casus.AppendText(append(to, `,"review":`...), string(e.Review))
	}
	if e.Correction != 0 {
		to = strconv.AppendInt(append(to, `,"correction":`...), e.Correction, 10)
	}
	return append(to, '}'), nil
}

func appendMade(to []byte, m casus.Made) ([]byte, error) {
	to = casus.AppendText(append(to, `{"reader":`...), m.Reader)
	to = casus.AppendText(append(to, `,"rule":`...), m.Rule)
	confidence, err := json.Marshal(m.Confidence)
	return append(append(append(to, `,"confidence":`...), confidence...), '}'), err
}

func appendMentions(to []byte, list []casus.Mention) []byte {
	to = append(to, '[')
	for i, m := range list {
		if i > 0 {
			to = append(to, ',')
		}
		to = strconv.AppendInt(append(to, `{"start":`...), int64(m.Start), 10)
		to = strconv.AppendInt(append(to, `,"end":`...), int64(m.End), 10)
		to = append(casus.AppendText(append(to, `,"quote":`...), m.Quote), '}')
	}
	return append(to, ']')
}

func appendActsFor(to []byte, of map[casus.ActorID]casus.ActorID) []byte {
	to = append(to, '{')
	for i, person := range slices.Sorted(maps.Keys(of)) {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(casus.AppendText(to, string(person)), ':')
		to = casus.AppendText(to, string(of[person]))
	}
	return append(to, '}')
}

func (a ArticleRef) appendJSON(to []byte) ([]byte, error) {
	to = casus.AppendText(append(to, `{"id":`...), string(a.ID))
	for _, f := range []struct{ name, text string }{{`,"title":`, a.Title}, {`,"publisher":`, a.Publisher}, {`,"url":`, a.URL}} {
		if f.text != "" {
			to = casus.AppendText(append(to, f.name...), f.text)
		}
	}
	to = casus.AppendText(append(to, `,"language":`...), a.Language)
	to = a.Date.AppendJSON(append(to, `,"date":`...))
	to, err := appendMoment(append(to, `,"known":`...), a.Known)
	return append(to, '}'), err
}

func appendMoment(to []byte, t time.Time) ([]byte, error) {
	to, err := t.AppendText(append(to, '"'))
	return append(to, '"'), err
}
