package feed_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/htmlindex"

	"casus"
	"casus/feed"
)

var update = flag.Bool("update", false, "write what Read gives as what the documents in testdata expect")

// now is the clock of the documents: noon on 1 March 2026.
func now() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// TestDocuments runs the documents in testdata. Each is a text archive: what
// it is about, the steps that prepare its files (see script.step), the files,
// and under "want" the items that reading them must give.
func TestDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents in testdata: %v", err)
	}
	for _, file := range files {
		file, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runDocument(t, file) })
	}
}

func runDocument(t *testing.T, file string) {
	doc, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	want := -1
	for i, f := range doc.Files {
		if f.Name == "want" {
			want = i
			continue
		}
		mustWrite(t, f.Name, f.Data)
	}
	if want < 0 {
		t.Fatalf("%s has no section want", file)
	}
	s := script{t: t}
	for line := range strings.Lines(string(doc.Comment)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			s.step(strings.Fields(line))
		}
	}
	if *update {
		doc.Files[want].Data = []byte(s.got.String())
		mustWrite(t, file, txtar.Format(doc))
		return
	}
	if diff := cmp.Diff(string(doc.Files[want].Data), s.got.String()); diff != "" {
		t.Errorf("items differ from %s (-want +got):\n%s", filepath.Base(file), diff)
	}
}

// script is one document being run.
type script struct {
	t     *testing.T
	stdin []byte
	got   strings.Builder
}

// step runs one step of a document:
//
//	encode FILE CHARSET       write FILE in another encoding
//	bytes FILE HEX            write bytes
//	zip | targz NEW FILE…     pack files; "FILE=NAME" packs under another name, "link:NAME" packs a link
//	cut FILE N                keep the first N bytes, without the last -N where N is negative
//	flip FILE TEXT            damage the byte after the first occurrence of TEXT
//	symlink NEW TARGET, mkfifo NEW, stdin FILE
//	read PATH… [--date D] [--publisher P] [--url U] [--text BYTES] [--members N]
func (s *script) step(args []string) {
	verb, args := args[0], args[1:]
	switch verb {
	case "encode":
		enc, err := htmlindex.Get(args[1])
		s.check(err)
		data, err := enc.NewEncoder().Bytes(mustRead(s.t, args[0]))
		s.check(err)
		mustWrite(s.t, args[0], data)
	case "bytes":
		data, err := hex.DecodeString(args[1])
		s.check(err)
		mustWrite(s.t, args[0], data)
	case "zip":
		mustWrite(s.t, args[0], zipOf(s.t, args[1:]))
	case "targz":
		mustWrite(s.t, args[0], tarGzipOf(s.t, args[1:]))
	case "cut":
		data := mustRead(s.t, args[0])
		n, err := strconv.Atoi(args[1])
		s.check(err)
		if n < 0 {
			n += len(data)
		}
		mustWrite(s.t, args[0], data[:n])
	case "flip":
		data := mustRead(s.t, args[0])
		at := bytes.Index(data, []byte(args[1]))
		if at < 0 {
			s.t.Fatalf("flip: %s has no %q", args[0], args[1])
		}
		data[at+len(args[1])] ^= 0xff
		mustWrite(s.t, args[0], data)
	case "symlink":
		s.check(os.Symlink(args[1], args[0]))
	case "mkfifo":
		s.check(syscall.Mkfifo(args[0], 0o600))
	case "stdin":
		s.stdin = mustRead(s.t, args[0])
	case "read":
		s.read(args)
	default:
		s.t.Fatalf("unknown step %q", verb)
	}
}

func (s *script) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// read runs feed.Read and writes its items down.
func (s *script) read(args []string) {
	opt := feed.Options{Now: now}
	flags := flag.NewFlagSet("read", flag.ContinueOnError)
	flags.StringVar(&opt.Publisher, "publisher", "", "")
	flags.StringVar(&opt.URL, "url", "", "")
	flags.Int64Var(&opt.Limits.Text, "text", 0, "")
	flags.IntVar(&opt.Limits.Members, "members", 0, "")
	flags.Func("date", "", func(v string) error {
		d, err := casus.ParseDate(v)
		opt.Date = casus.Day(d)
		return err
	})
	var paths []string
	for len(args) > 0 && (args[0] == "-" || !strings.HasPrefix(args[0], "-")) {
		paths, args = append(paths, args[0]), args[1:]
	}
	s.check(flags.Parse(args))
	for item := range feed.Read(s.t.Context(), paths, bytes.NewReader(s.stdin), opt) {
		writeItem(&s.got, item)
	}
}

// writeItem writes an item as the documents have it: only the fields that say
// something, and the text behind bars.
func writeItem(w io.Writer, item feed.Item) {
	fmt.Fprintln(w, item.Input)
	if item.Err != nil {
		fmt.Fprintf(w, "  ERROR %s: %s\n", casus.CodeOf(item.Err), item.Err)
		return
	}
	a := item.Article
	field := func(name string, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %s: %s\n", name, value)
		}
	}
	field("id", string(a.ID))
	if !a.Date.IsZero() {
		field("date", a.Date.String())
	}
	if !a.Known.Equal(now()) {
		field("known", a.Known.Format(time.RFC3339))
	}
	field("language", a.Language)
	field("title", a.Title)
	field("publisher", a.Publisher)
	field("url", a.URL)
	for _, note := range item.Notes {
		field("note", note)
	}
	for line := range strings.Lines(a.Text) {
		fmt.Fprintf(w, "  | %s\n", strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\r", `\r`))
	}
}

func zipOf(t *testing.T, files []string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f, Method: zip.Deflate}
		var data []byte
		if link, ok := strings.CutPrefix(f, "link:"); ok {
			h.Name, data = link, []byte("elsewhere")
			h.SetMode(os.ModeSymlink | 0o777)
		} else {
			file, name, renamed := strings.Cut(f, "=")
			if renamed {
				h.Name = name
			}
			data = mustRead(t, file)
		}
		m, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarGzipOf(t *testing.T, files []string) []byte {
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	w := tar.NewWriter(gz)
	for _, f := range files {
		h := &tar.Header{Name: f, Mode: 0o644, Typeflag: tar.TypeReg}
		var data []byte
		if link, ok := strings.CutPrefix(f, "link:"); ok {
			h.Name, h.Typeflag, h.Linkname = link, tar.TypeSymlink, "elsewhere"
		} else {
			file, name, renamed := strings.Cut(f, "=")
			if renamed {
				h.Name = name
			}
			data = mustRead(t, file)
		}
		h.Size = int64(len(data))
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := gz.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func mustWrite(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustRead(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// collect reads paths to the end.
func collect(ctx context.Context, opt feed.Options, stdin io.Reader, paths ...string) []feed.Item {
	if opt.Now == nil {
		opt.Now = now
	}
	var items []feed.Item
	for item := range feed.Read(ctx, paths, stdin, opt) {
		items = append(items, item)
	}
	return items
}
