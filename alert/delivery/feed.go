package delivery

import (
	"context"
	"encoding/xml"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"casus"
	"casus/alert"
	"casus/alert/outbox"
	"casus/ledger"
)

// newestInFeed is how many alerts a feed holds; readers keep what they saw.
const newestInFeed = 200

// Feed keeps the newest alerts in an Atom feed (RFC 4287).
type Feed struct {
	name, path, title string
}

// NewFeed is the target of that name that writes a feed with a title to a path.
func NewFeed(name, path, title string) *Feed { return &Feed{name, path, title} }

// Name names the target as the rules do.
func (f *Feed) Name() string { return "feed " + f.name }

// Most is how many alerts one delivery takes.
func (f *Feed) Most() int { return newestInFeed }

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID       string        `xml:"id"`
	Title    string        `xml:"title"`
	Updated  string        `xml:"updated"`
	Category *atomCategory `xml:"category"`
	Link     *atomLink     `xml:"link"`
	Content  atomText      `xml:"content"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// Deliver puts the parcels that are not there on top and writes the feed anew,
// in one step: a reader sees the old one or the new one.
func (f *Feed) Deliver(_ context.Context, parcels []outbox.Parcel) error {
	feed, err := f.read()
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, e := range feed.Entries {
		there[e.ID] = true
	}
	for _, p := range parcels {
		if e := entryOf(p.Alert); !there[e.ID] {
			feed.Entries = append([]atomEntry{e}, feed.Entries...)
			feed.Updated = e.Updated
		}
	}
	feed.Entries = feed.Entries[:min(len(feed.Entries), newestInFeed)]
	out, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return err
	}
	return replace(f.path, append([]byte(xml.Header), append(out, '\n')...))
}

// read reads the feed that is there, or begins one.
func (f *Feed) read() (atomFeed, error) {
	feed := atomFeed{ID: "urn:casus:feed:" + f.name, Title: f.title, Author: atomAuthor{"Casus"}}
	data, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(data) == 0 {
		return feed, nil
	}
	if err != nil {
		return feed, unwritable(f.path, err)
	}
	old := atomFeed{}
	if err := xml.Unmarshal(data, &old); err != nil || old.ID != feed.ID {
		return feed, &casus.Error{Code: casus.Conflict, Input: f.path, Problem: "there is another file here, which is no feed of this name", Advice: "Move it, or name another path in the rules file."}
	}
	feed.Entries = old.Entries
	feed.Updated = old.Updated
	return feed, nil
}

func entryOf(a alert.Alert) atomEntry {
	var text strings.Builder
	text.WriteString(a.Says + "\n")
	e := atomEntry{ID: "urn:casus:alert:" + a.ID, Title: valid(a.Rule), Updated: a.Raised.UTC().Format(time.RFC3339), Category: &atomCategory{string(a.Cause)}}
	for _, entry := range a.Entries {
		text.WriteString("\n“" + entry.Record.Quote + "”\n— " + source(entry) + "\n")
		if e.Link == nil && entry.Article.URL != "" {
			e.Link = &atomLink{valid(entry.Article.URL)}
		}
	}
	e.Content = atomText{"text", valid(text.String())}
	return e
}

// source is where the words of an entry stand: publisher, article, day, record.
func source(e ledger.Entry) string {
	var parts []string
	for _, p := range []string{e.Article.Publisher, string(e.Article.ID), e.Article.Date.String(), string(e.ID)} {
		if p != "" && p != "?" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// valid keeps what XML cannot hold out of a text.
func valid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, s)
}

// replace writes a file beside the old one, syncs it and puts it in its place.
func replace(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".casus-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644) // a temporary file is its owner's only; a feed is for readers
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return unwritable(path, err)
	}
	return nil
}
