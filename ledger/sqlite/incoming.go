package sqlite

import (
	"encoding/json"
	"fmt"

	"casus/ledger"
	"casus/ledger/fulltext"
)

// incoming is a reading made ready to be stored: all that takes no look at the
// ledger.
type incoming struct {
	ledger.Reading
	title, text string // their terms, for the full-text index
	rows        []row  // of its records
}

// row is a record as it is stored and found.
type row struct {
	ledger.Entry
	number                    int64 // its id
	body                      string
	places, mentions, actsFor any // JSON, nil for none
	terms                     []found
}

// ahead is how many readings are made ready before the writer takes them.
const ahead = 32

// outcome is a reading made ready, or why it cannot be stored.
type outcome struct {
	incoming
	err error
}

// makeReady makes readings ready, in their order, on a core of its own; nobody
// else may use terms until the channel is closed. Close stop to end it early.
func makeReady(readings []ledger.Reading, terms *fulltext.Terms, stop <-chan struct{}) <-chan outcome {
	out := make(chan outcome, ahead)
	go func() {
		defer close(out)
		for _, r := range readings {
			in, err := ready(r, terms)
			select {
			case out <- outcome{in, err}:
			case <-stop:
				return
			}
		}
	}()
	return out
}

// ready checks a reading against the contract and makes it ready.
func ready(r ledger.Reading, terms *fulltext.Terms) (in incoming, err error) {
	if in.Reading, err = ledger.Prepare(r); err != nil {
		return in, err
	}
	in.title = terms.Join(r.Article.Title, r.Article.Language)
	in.text = terms.Join(r.Article.Text, r.Article.Language)
	return in, in.makeRows()
}

// makeRows makes the rows of the reading's records.
func (in *incoming) makeRows() error {
	in.rows = make([]row, len(in.Records))
	for i, r := range in.Records {
		var err error
		if in.rows[i], err = rowOf(ledger.Entry{ID: r.ID, Record: r, Made: r.Made, ActsFor: ledger.ActsFor(r, in.Article.Date, in.Actors)}); err != nil {
			return err
		}
	}
	return nil
}

// rowOf makes the row of an entry, whose article may still be missing.
func rowOf(e ledger.Entry) (out row, err error) {
	r := e.Record
	out = row{Entry: e, terms: termsOf(e)}
	if out.number, err = ledger.RecordNumber(r.ID); err != nil {
		return out, err
	}
	body, err := json.Marshal(r.Body)
	if err != nil {
		return out, fmt.Errorf("record %s: %w", r.ID, err)
	}
	out.body = string(body)
	for _, f := range []struct {
		into  *any
		value any
		n     int
	}{{&out.places, r.Where, len(r.Where)}, {&out.mentions, r.Mentions, len(r.Mentions)}, {&out.actsFor, e.ActsFor, len(e.ActsFor)}} {
		if *f.into, err = jsonOrNull(f.value, f.n); err != nil {
			return out, fmt.Errorf("record %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// jsonOrNull writes a list or object of n members, null for none.
func jsonOrNull(v any, n int) (any, error) {
	if n == 0 {
		return nil, nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}
