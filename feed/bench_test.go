package feed_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"casus/feed"
)

// article400 is a text of 400 words.
var article400 = strings.Repeat("Enkele honderden militairen zijn zondag de grens over gevlucht, heeft de grenswacht van het buurland maandag bekendgemaakt, zegt hij.\n\n", 20)

func BenchmarkIdentity(b *testing.B) {
	b.SetBytes(int64(len(article400)))
	for b.Loop() {
		feed.Identity(article400)
	}
}

func BenchmarkNewSketch(b *testing.B) {
	b.SetBytes(int64(len(article400)))
	for b.Loop() {
		feed.NewSketch(article400)
	}
}

func BenchmarkSimilarity(b *testing.B) {
	s, t := feed.NewSketch(article400), feed.NewSketch("Kabul valt")
	for b.Loop() {
		s.Similarity(t)
	}
}

// benchmarkRead reads one file again and again; it reports articles a second.
func benchmarkRead(b *testing.B, name, content string, articles int) {
	path := filepath.Join(b.TempDir(), name)
	mustWrite(b, path, []byte(content))
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		for item := range feed.Read(b.Context(), []string{path}, nil, feed.Options{Now: now}) {
			if item.Err != nil {
				b.Fatal(item.Err)
			}
		}
	}
	b.ReportMetric(float64(articles)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

func BenchmarkReadText(b *testing.B) { benchmarkRead(b, "a.txt", article400, 1) }

func BenchmarkReadHTML(b *testing.B) {
	var page strings.Builder
	page.WriteString(`<!doctype html><html lang="nl"><head><title>Bestand</title><meta property="article:published_time" content="2022-01-08"></head><body><nav>`)
	for i := range 100 {
		fmt.Fprintf(&page, `<a class="item" href="/%d">Rubriek %d</a>`, i, i)
	}
	page.WriteString("</nav><article><h1>Bestand</h1>")
	for p := range strings.SplitSeq(article400, "\n\n") {
		page.WriteString("<p>" + p + "</p>")
	}
	page.WriteString("</article></body></html>")
	benchmarkRead(b, "a.html", page.String(), 1)
}

func BenchmarkReadJSONLines(b *testing.B) {
	line := fmt.Sprintf(`{"id":"a","date":"2022-01-08","language":"nl","text":%q}`+"\n", article400)
	benchmarkRead(b, "a.jsonl", strings.Repeat(line, 100), 100)
}
