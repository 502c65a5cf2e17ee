package ledger

import (
	"fmt"
	"strconv"

	"casus"
)

// RecordNumber is the number in a record id: an r and twelve hexadecimal
// digits, as casus.NewID makes them.
func RecordNumber(id casus.RecordID) (int64, error) {
	if len(id) == 13 && id[0] == 'r' {
		if n, err := strconv.ParseUint(string(id[1:]), 16, 48); err == nil && RecordID(int64(n)) == id {
			return int64(n), nil
		}
	}
	return 0, refuse(string(id), "this is not a record id", "Ids are an r and twelve digits or letters a-f.")
}

// RecordID is the id with a number.
func RecordID(number int64) casus.RecordID {
	return casus.RecordID(fmt.Sprintf("r%012x", number))
}

// Fit checks records against the text that an article has in the ledger.
func Fit(id casus.ArticleID, records []casus.Record, text string) error {
	offsets := casus.NewOffsets(text)
	for _, r := range records {
		if err := r.ValidateIn(offsets); err != nil {
			return &casus.Error{Code: casus.Conflict, Input: string(id), Problem: "the ledger has this text with other white space, where the records do not fit", Err: err,
				Advice: "Read the text that the ledger has."}
		}
	}
	return nil
}

// Prepare checks a reading against the contract and returns what a keeper is
// to store: every record with an id and its reader, each id once.
func Prepare(r Reading) (Reading, error) {
	if r.Article.Hash == "" {
		return r, refuse(string(r.Article.ID), "the article has no hash", "This is a mistake of the feed that brought it.")
	}
	if r.Article.ID == "" {
		r.Article.ID = casus.ArticleID(r.Article.Hash[:min(12, len(r.Article.Hash))])
	}
	if len(r.Records) > 0 && r.Reader == "" {
		return r, refuse(string(r.Article.ID), "records came without the version of their reader", "This is a mistake of the reader.")
	}
	records := make([]casus.Record, 0, len(r.Records))
	seen := make(map[casus.RecordID]bool, len(r.Records))
	text := casus.NewOffsets(r.Article.Text)
	for i, rec := range r.Records {
		if err := rec.ValidateIn(text); err != nil {
			return r, &casus.Error{Code: casus.Invalid, Input: string(r.Article.ID),
				Problem: fmt.Sprintf("record %d (%s) does not hold up", i+1, rec.Quote), Err: err}
		}
		rec.Made.Reader = r.Reader
		if rec.ID == "" {
			var err error
			if rec.ID, err = casus.NewID(r.Article.Hash, rec); err != nil {
				return r, fmt.Errorf("naming record %d of article %s: %w", i+1, r.Article.ID, err)
			}
		}
		if _, err := RecordNumber(rec.ID); err != nil {
			return r, err
		}
		if !seen[rec.ID] {
			seen[rec.ID] = true
			records = append(records, rec)
		}
	}
	r.Records = records
	return r, nil
}
