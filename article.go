package casus

import "time"

// ArticleID names an article for people and exports: the base name of the file
// it came from, or the id that an import gave. It is unique in a ledger.
type ArticleID string

// Article is one text as a publisher brought it out.
type Article struct {
	ID        ArticleID `json:"id"`
	Hash      string    `json:"hash"` // identity: see feed.Identity
	URL       string    `json:"url,omitempty"`
	Title     string    `json:"title,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	Language  string    `json:"language"` // BCP 47 ("nl", "en"); "und" where it could not be told
	// Date is the day or month of publication; it anchors the text's relative
	// times. The zero Period means that nobody said.
	Date Period `json:"date"`
	// Known is when the desk had the article; the ledger keeps its own clock beside it.
	Known time.Time `json:"known"`
	// Text is what records quote: offsets count its code points. It is kept as it came, never trimmed.
	Text string `json:"text,omitempty"`
}

// Span is a stretch of an article's text in code points, End exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of code points in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether t lies inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps tells whether s and t share a code point.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Quote returns the words of text that s covers, and false where s does not lie
// in text. Whoever asks for many of one text uses Offsets.
func (s Span) Quote(text string) (string, bool) { return NewOffsets(text).Quote(s) }
