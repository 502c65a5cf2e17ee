package feed

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casus"
)

// newReader is a reader for one draft, with the clock of the documents.
func newReader(t testing.TB) reader {
	tables, err := loadTables()
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	return reader{limits: Limits{}.orDefaults(), now: clock, tables: tables}
}

// checkArticle holds what is true of every article, whatever the bytes.
func checkArticle(t *testing.T, a casus.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) || strings.TrimSpace(a.Text) == "" || strings.ContainsRune(a.Text, 0) {
		t.Errorf("text %q", a.Text)
	}
	if a.ID == "" || safeID(string(a.ID)) != a.ID {
		t.Errorf("id %q is not safe", a.ID)
	}
	if a.Hash != Identity(a.Text) || a.Language == "" || a.Known.IsZero() {
		t.Errorf("article %+v is not complete", a)
	}
	if !a.Date.IsZero() {
		if err := a.Date.Validate(); err != nil {
			t.Errorf("date: %v", err)
		}
	}
	if strings.ContainsAny(a.Title, "\n\r") && a.Title == strings.TrimSpace(strings.SplitN(a.Text, "\n", 2)[0]) {
		t.Errorf("title %q", a.Title)
	}
}

// checkError holds what is true of every error: one line that names its input.
func checkError(t *testing.T, err *casus.Error) {
	t.Helper()
	if err.Code == casus.Internal || err.Input == "" || err.Problem == "" || strings.ContainsAny(err.Error(), "\n\r") {
		t.Errorf("error %#v: %v", err, err)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		" date 2021-07 Tekst.\n\nNog een.", "Published: 5 July 2021\nText", "Gepubliceerd op maandag 5 juli 2021 om 14.30 uur\nTekst",
		"KABUL, 5 juli 2021 – Tekst", "date 9999-99", "Date:", "Date: 30-02-2021\n\x00", "\xef\xbb\xbfbom", "\xff\xfea\x00", "caf\xe9 \x92", ": :: -",
	} {
		f.Add([]byte(s))
	}
	r := newReader(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		d := draft{input: "fuzz.txt", name: "fuzz.txt"}
		if bad := plain(&d, data); bad != nil {
			checkError(t, bad)
			return
		}
		if utf8.Valid(data) && d.text != strings.TrimPrefix(string(data), "\ufeff") && !bytes.HasPrefix(data, []byte{0xff, 0xfe}) {
			t.Errorf("%q became %q", data, d.text)
		}
		a, _, bad := r.article(d)
		if bad != nil {
			checkError(t, bad)
			return
		}
		checkArticle(t, a)
	})
}

func FuzzJSONLine(f *testing.F) {
	for _, s := range []string{
		`{"id":"a","url":"https://x.example/","title":"t","date":"2021-07","known":"2021-07-05","publisher":"p","language":"nl","text":"Tekst."}`,
		`{"id":7,"text":"x"}`, `{"id":null,"text":"\u0000"}`, `[]`, `{"text":`, "{\"text\":\"\xff\"}", `{"text":"\ud800"}`, `{"TEXT":"x","text":"y"}`,
	} {
		f.Add([]byte(s))
	}
	r := newReader(f)
	f.Fuzz(func(t *testing.T, line []byte) {
		d, bad := parseEntry("fuzz.jsonl:1", line)
		if bad == nil {
			var a casus.Article
			if a, _, bad = r.article(d); bad == nil {
				checkArticle(t, a)
				return
			}
		}
		checkError(t, bad)
	})
}

func FuzzPage(f *testing.F) {
	for _, s := range []string{
		`<!doctype html><html lang="nl"><title>T – P</title><meta property="og:site_name" content="P"><article><p>Een.</p><p>Twee.</p></article>`,
		`<meta charset="windows-1251"><p>` + "\xcf\xf0\xe8", `<script type="application/ld+json">{"@graph":[{"datePublished":"2021-07-05"}]}</script><p>x`,
		`<time datetime="2021">`, `<link rel=canonical href="::">x`, `<table><div><pre> a`, `<svg><math><mtext><p>x`, "<p>\x00x",
	} {
		f.Add([]byte(s))
	}
	r := newReader(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		d := draft{input: "fuzz.html", name: "fuzz.html"}
		bad := r.page(&d, data)
		if bad == nil {
			var a casus.Article
			if a, _, bad = r.article(d); bad == nil {
				checkArticle(t, a)
				return
			}
		}
		checkError(t, bad)
	})
}

// A member that is let in stays below the folder that it would be unpacked in.
func FuzzMemberName(f *testing.F) {
	for _, s := range []string{"a.txt", "a/../b.txt", "../a", "/a", `..\a`, `C:\a`, "c:a", "a/", ".", "", "\\\\host\\share", "a\x00b", "a/./../../b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		m := member{name: name}
		if m.climbs() {
			return
		}
		for _, p := range []string{path.Join("/base", name), path.Join("/base", strings.ReplaceAll(name, `\`, "/"))} {
			if p != "/base" && !strings.HasPrefix(p, "/base/") {
				t.Errorf("%q leads to %q", name, p)
			}
		}
		if strings.ContainsAny(m.input(source{input: "x.zip"}), "\n\r\x1b") {
			t.Errorf("%q is shown as %q", name, m.input(source{input: "x.zip"}))
		}
	})
}

func FuzzSketch(f *testing.F) {
	b, err := NewSketch("The truce between the two neighbours holds.").MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{sketchVersion})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Sketch
		if s.UnmarshalBinary(data) != nil {
			return
		}
		back, err := s.MarshalBinary()
		if err != nil || !bytes.Equal(back, data) {
			t.Errorf("%x became %x, %v", data, back, err)
		}
		s.Bands()
	})
}

// FuzzZip reads damaged zip files, by their list or without it.
func FuzzZip(f *testing.F) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"a.txt", "b/c.html"} {
		m, err := w.Create(name)
		if err != nil {
			f.Fatal(err)
		}
		if _, err := m.Write([]byte("The truce holds, observers say.")); err != nil {
			f.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	for cut := 0; cut < b.Len(); cut += 50 {
		f.Add(b.Bytes()[:cut])
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "fuzz.zip")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		opt := Options{Now: newReader(t).now, Limits: Limits{Text: 1 << 20, Unpacked: 1 << 24, Members: 100}}
		n := 0
		for item := range Read(t.Context(), []string{file}, nil, opt) {
			n++
			if item.Err == nil {
				checkArticle(t, item.Article)
			} else if e := (*casus.Error)(nil); !errors.As(item.Err, &e) {
				t.Errorf("%v is no *casus.Error", item.Err)
			} else {
				checkError(t, e)
			}
		}
		if n == 0 {
			t.Error("nothing was said about the file")
		}
	})
}
