package feed_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casus"
	"casus/feed"
)

const sentence = "The district fell on Sunday, an official said, and the soldiers left for the north. "

// The text of a UTF-8 file is the article's text, code point for code point.
func TestTextIsKept(t *testing.T) {
	texts := map[string]string{
		"plain":     sentence,
		"crlf":      "One line\r\nand another\r\n\r\n",
		"spaces":    "  \t led by spaces, with a form feed\f and no-break\u00a0spaces \n\n\n",
		"combining": "e\u0301 stays two code points, \u200bzero width too",
		"mark":      "a mark inside \ufeff stays",
	}
	for name, text := range texts {
		path := filepath.Join(t.TempDir(), "a.txt")
		mustWrite(t, path, []byte(text))
		items := collect(t.Context(), feed.Options{}, nil, path)
		if len(items) != 1 || items[0].Err != nil || items[0].Article.Text != text {
			t.Errorf("%s: got %+v, want the text %q", name, items, text)
		}
	}
}

// The five articles of the mission keep their text, id and month.
func TestSeeds(t *testing.T) {
	files, err := filepath.Glob("../../shared/seeds/*.txt")
	if err != nil || len(files) == 0 {
		t.Skip("../shared/seeds is not here: nothing to compare with")
	}
	items := collect(t.Context(), feed.Options{}, nil, filepath.Dir(files[0]))
	if len(items) != len(files) {
		t.Fatalf("%d items from %d files", len(items), len(files))
	}
	for i, item := range items {
		if item.Err != nil {
			t.Fatal(item.Err)
		}
		a := item.Article
		if a.Text != string(mustRead(t, files[i])) {
			t.Errorf("%s: text differs from the file", item.Input)
		}
		if want := strings.TrimSuffix(filepath.Base(files[i]), ".txt"); string(a.ID) != want {
			t.Errorf("id %s, want %s", a.ID, want)
		}
		if strings.HasPrefix(a.Text, " date ") && a.Date.Precision != casus.PrecisionMonth {
			t.Errorf("%s: dated %v, want a month", item.Input, a.Date)
		}
		if a.Language != "nl" {
			t.Errorf("%s: language %s, want nl", item.Input, a.Language)
		}
	}
}

// A text far above the limit is refused without being read into memory,
// whether its size is known or not.
func TestHugeTextIsRefusedCheaply(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"huge.txt", "huge.html", "huge"} {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Truncate(200 << 20); err != nil { // a sparse file: no disk is used
			t.Fatal(err)
		}
		f.Close()
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	items := collect(t.Context(), feed.Options{}, endless{}, filepath.Join(dir, "huge.txt"), filepath.Join(dir, "huge.html"), filepath.Join(dir, "huge"))
	runtime.ReadMemStats(&after)
	if len(items) != 3 {
		t.Fatalf("%d items, want 3", len(items))
	}
	for _, item := range items {
		if casus.CodeOf(item.Err) != casus.TooLarge {
			t.Errorf("%s: %v, want too-large", item.Input, item.Err)
		}
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("refusing took %d bytes of memory", used)
	}
	items = collect(t.Context(), feed.Options{}, endless{}, "-")
	if len(items) != 1 || casus.CodeOf(items[0].Err) != casus.TooLarge {
		t.Errorf("endless standard input: %+v, want one error too-large", items)
	}
}

// endless is a text that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = sentence[i%len(sentence)]
	}
	return len(p), nil
}

// An archive that unpacks to gigabytes is stopped; what came before is given.
func TestFloodingArchives(t *testing.T) {
	zeros := strings.Repeat("x ", 4<<20)
	packed := func(write func(name, text string)) {
		write("good.txt", sentence)
		for i := range 3 {
			write(fmt.Sprintf("flood%d.txt", i), zeros)
		}
		write("after.txt", sentence)
	}
	var asZip, asTar bytes.Buffer
	zw := zip.NewWriter(&asZip)
	packed(func(name, text string) {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
	})
	zw.Close()
	gz := gzip.NewWriter(&asTar)
	tw := tar.NewWriter(gz)
	packed(func(name, text string) {
		if err := tw.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		io.WriteString(tw, text)
	})
	tw.Close()
	gz.Close()

	dir := t.TempDir()
	mustWrite(t, filepath.Join(dir, "flood.zip"), asZip.Bytes())
	mustWrite(t, filepath.Join(dir, "flood.tar.gz"), asTar.Bytes())
	for _, name := range []string{"flood.zip", "flood.tar.gz"} {
		path := filepath.Join(dir, name)
		for what, limits := range map[string]feed.Limits{
			"in all":   {Unpacked: 12 << 20, Ratio: 1 << 40, Text: 1 << 30},
			"by ratio": {Ratio: 20, Text: 1 << 30},
		} {
			items := collect(t.Context(), feed.Options{Limits: limits}, nil, path)
			first, last := items[0], items[len(items)-1]
			if first.Err != nil || first.Article.ID != "good" {
				t.Errorf("%s, %s: first item %+v, want the good article", name, what, first)
			}
			if last.Input != path || casus.CodeOf(last.Err) != casus.TooLarge || !strings.Contains(last.Err.Error(), "unpacks to more than") {
				t.Errorf("%s, %s: last item %v, want the archive refused as too large", name, what, last.Err)
			}
		}
		// Under a limit on texts the flood is passed over and the rest is read.
		items := collect(t.Context(), feed.Options{Limits: feed.Limits{Text: 1 << 20, Ratio: 1 << 40}}, nil, path)
		if last := items[len(items)-1]; len(items) != 5 || last.Err != nil || last.Article.ID != "after" {
			t.Errorf("%s: %d items, the last %+v; want 5, the last the article after the flood", name, len(items), last)
		}
	}
}

// A zip file of stored members that was cut short gives those before the cut.
func TestSalvageStored(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"dir/", "dir/a.txt", "dir/b.txt"} {
		h := &zip.FileHeader{Name: name, Method: zip.Store}
		data := []byte(sentence)
		if strings.HasSuffix(name, "/") {
			data = nil
		}
		h.CRC32, h.CompressedSize64, h.UncompressedSize64 = crc32.ChecksumIEEE(data), uint64(len(data)), uint64(len(data))
		m, err := w.CreateRaw(h) // with its sizes before the data, as most programs write it
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil { // and never the list
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut.zip")
	mustWrite(t, path, b.Bytes()[:b.Len()-10])
	items := collect(t.Context(), feed.Options{}, nil, path)
	if len(items) != 3 || items[0].Article.Text != sentence || items[1].Err == nil || items[2].Input != path {
		t.Errorf("got %+v, want a.txt, an error for b.txt and one for the archive", items)
	}
}

// When ctx ends nothing more is handed out, even while the input is silent.
func TestCancel(t *testing.T) {
	dir := t.TempDir()
	for i := range 5 {
		mustWrite(t, filepath.Join(dir, fmt.Sprintf("%d.txt", i)), []byte(sentence))
	}
	mustWrite(t, filepath.Join(dir, "9.jsonl"), []byte(strings.Repeat(`{"text":"`+sentence+`"}`+"\n", 5)))

	t.Run("between items", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		n := 0
		for range feed.Read(ctx, []string{dir}, nil, feed.Options{Now: now}) {
			if n++; n == 2 {
				cancel()
			}
		}
		if n != 2 {
			t.Errorf("%d items after a cancel at 2", n)
		}
	})
	t.Run("between lines", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		n := 0
		for range feed.Read(ctx, []string{filepath.Join(dir, "9.jsonl")}, nil, feed.Options{Now: now}) {
			if n++; n == 2 {
				cancel()
			}
		}
		if n != 2 {
			t.Errorf("%d items after a cancel at 2", n)
		}
	})
	t.Run("silent standard input", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		silent, hold := io.Pipe()
		defer hold.Close()
		done := make(chan []feed.Item)
		go func() { done <- collect(ctx, feed.Options{}, silent, "-") }()
		cancel()
		select {
		case items := <-done:
			if len(items) != 0 {
				t.Errorf("got %+v after a cancel", items)
			}
		case <-time.After(10 * time.Second):
			t.Error("Read still waits for standard input")
		}
	})
	t.Run("caller stops", func(t *testing.T) {
		for range feed.Read(t.Context(), []string{dir, dir}, nil, feed.Options{Now: now}) {
			break
		}
	})
}

// JSON lines are handed out as they come, not when the stream ends.
func TestJSONLinesStream(t *testing.T) {
	r, w := io.Pipe()
	got := make(chan casus.ArticleID)
	go func() {
		for item := range feed.Read(t.Context(), []string{"-"}, r, feed.Options{Now: now}) {
			got <- item.Article.ID
		}
		close(got)
	}()
	filler := strings.Repeat(" ", 8<<10) // what is looked at first
	for i := range 3 {
		fmt.Fprintf(w, `{"id":"n%d","text":%q}%s`+"\n", i, sentence, filler)
		if id := <-got; string(id) != fmt.Sprintf("n%d", i) {
			t.Errorf("got %s for line %d", id, i)
		}
	}
	w.Close()
	if id, open := <-got; open {
		t.Errorf("a further item %s", id)
	}
}

// Two runs over the same input give the same items.
func TestDeterministic(t *testing.T) {
	dir := t.TempDir()
	for i := range 20 {
		mustWrite(t, filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), fmt.Appendf(nil, "%s De regering viel op dag %d.", sentence, i))
	}
	first, second := collect(t.Context(), feed.Options{}, nil, dir), collect(t.Context(), feed.Options{}, nil, dir)
	if got, want := fmt.Sprint(second), fmt.Sprint(first); got != want || len(first) != 20 {
		t.Errorf("second run differs from the first")
	}
}

func TestPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := t.TempDir()
	file, folder := filepath.Join(dir, "a.txt"), filepath.Join(dir, "b")
	mustWrite(t, file, []byte(sentence))
	mustWrite(t, filepath.Join(folder, "c.txt"), []byte(sentence))
	for _, p := range []string{file, folder} {
		if err := os.Chmod(p, 0); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(folder, 0o700)
	for _, item := range collect(t.Context(), feed.Options{}, nil, file, folder) {
		if casus.CodeOf(item.Err) != casus.Unreadable || !strings.Contains(item.Err.Error(), "permission denied") {
			t.Errorf("%s: %v, want unreadable", item.Input, item.Err)
		}
	}
}

// Pages made to be slow are read in time that grows no faster than they do.
func TestHostilePages(t *testing.T) {
	pages := map[string]string{
		"deep":       strings.Repeat("<div>", 100_000) + sentence,
		"wide":       strings.Repeat("<p>"+sentence+"</p>", 20_000),
		"links":      strings.Repeat("<a href=x>"+sentence+"</a>", 20_000),
		"breaks":     strings.Repeat("<br>", 100_000) + sentence,
		"formatting": strings.Repeat("<b><i><p>", 20_000) + sentence,
		"tables":     strings.Repeat("<table><tr><td>", 20_000) + sentence,
		"attributes": "<p " + strings.Repeat("a=b ", 200_000) + ">" + sentence,
		"entities":   strings.Repeat("&amp;&lt;&bogus;", 100_000),
		"unclosed":   strings.Repeat("<", 500_000) + sentence,
		"json":       `<script type="application/ld+json">` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + "</script>" + sentence,
	}
	for name, page := range pages {
		path := filepath.Join(t.TempDir(), "page.html")
		mustWrite(t, path, []byte(page))
		start := time.Now()
		items := collect(t.Context(), feed.Options{}, nil, path)
		t.Logf("%s: %d kB in %v", name, len(page)/1000, time.Since(start).Round(time.Millisecond))
		if len(items) != 1 {
			t.Errorf("%s: %d items", name, len(items))
		} else if items[0].Err == nil && !utf8.ValidString(items[0].Article.Text) {
			t.Errorf("%s: text is not valid UTF-8", name)
		}
	}
}
