package feed_test

import (
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"casus/feed"
)

// Each archive in testdata/copies holds a wire, copies of it and other texts
// about the same event. Copies are told from the others, and share a band with the wire.
func TestCopies(t *testing.T) {
	files, err := filepath.Glob("testdata/copies/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		doc, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		wire := feed.NewSketch(string(doc.Files[0].Data))
		for _, f := range doc.Files[1:] {
			s := feed.NewSketch(string(f.Data))
			similarity := wire.Similarity(s)
			t.Logf("%s: %.2f %s", filepath.Base(file), similarity, f.Name)
			isCopy := strings.HasPrefix(f.Name, "copy")
			if got := similarity >= feed.CopyThreshold; got != isCopy {
				t.Errorf("%s: %q has similarity %.2f: copy %v, want %v", file, f.Name, similarity, got, isCopy)
			}
			if isCopy && !shareBand(wire, s) {
				t.Errorf("%s: %q shares no band with the wire", file, f.Name)
			}
		}
	}
}

func shareBand(s, t feed.Sketch) bool {
	bands := t.Bands()
	return slices.ContainsFunc(s.Bands(), func(b uint64) bool { return slices.Contains(bands, b) })
}

// The estimate stays within three standard errors of the true share of
// five-word runs, for texts that share from none to all.
func TestSimilarityEstimate(t *testing.T) {
	const words = 2000
	for shared := 0; shared <= words; shared += 200 {
		a, b := numbered(0, words), numbered(words-shared, words)
		common := max(0, shared-4)
		truth := float64(common) / float64(2*(words-4)-common)
		got := feed.NewSketch(a).Similarity(feed.NewSketch(b))
		if limit := 3*math.Sqrt(truth*(1-truth)/128) + 1e-9; math.Abs(got-truth) > limit {
			t.Errorf("%d words shared: similarity %.3f, want %.3f ± %.3f", shared, got, truth, limit)
		}
	}
}

// numbered is a text of n words that no other text has but one of the same numbers.
func numbered(from, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("w" + strconv.Itoa(from+i) + " ")
	}
	return b.String()
}

func TestSketchOfLittle(t *testing.T) {
	empty, one := feed.NewSketch(" … "), feed.NewSketch("Kabul valt")
	if got := empty.Similarity(empty); got != 0 {
		t.Errorf("texts without words have similarity %v, want 0", got)
	}
	if empty.Bands() != nil {
		t.Error("a text without words has bands")
	}
	if got := one.Similarity(feed.NewSketch("KABUL VALT!")); got != 1 {
		t.Errorf("case and punctuation count: similarity %v, want 1", got)
	}
	accents := feed.NewSketch("Één café in Isfahān")
	if got := accents.Similarity(feed.NewSketch("E\u0301e\u0301n ca\u00adfe\u0301 in Isfaha\u0304n")); got != 1 {
		t.Errorf("the coding of accents counts: similarity %v, want 1", got)
	}
	if got := one.Similarity(feed.NewSketch("Herat valt")); got > 0.1 {
		t.Errorf("two other words have similarity %v", got)
	}
}

func TestSketchBinary(t *testing.T) {
	want := feed.NewSketch(sentence)
	b, err := want.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var got feed.Sketch
	if err := got.UnmarshalBinary(b); err != nil || got != want {
		t.Errorf("read back %v, %v", got == want, err)
	}
	for name, bad := range map[string][]byte{"empty": nil, "short": b[:100], "long": append(b, 0), "other version": append([]byte{9}, b[1:]...)} {
		if err := got.UnmarshalBinary(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Stored sketches and hashes are compared with new ones: they may not change
// without a new version.
func TestStoredFormsStay(t *testing.T) {
	s := feed.NewSketch("The truce between the two neighbours holds.")
	if got := [3]uint32(s[:3]); got != [3]uint32{0x263887eb, 0x5231abea, 0x7e2acfea} {
		t.Errorf("sketch begins with %#v: if that is meant, change sketchVersion", got)
	}
	if got, want := feed.Identity("The truce holds."), "212cc92ad69d4855266562a43fd71c47176e4d40999e79d615184b33ea188b87"; got != want {
		t.Errorf("identity %s, want %s", got, want)
	}
}
