package chart

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"strings"
	"testing"

	"casus"
	"casus/foresee/displacement"
)

// two is an invented conflict with a camp, a town and some counts.
func two(t *testing.T) Picture {
	t.Helper()
	start := casus.NewDate(2031, 3, 1)
	in := &displacement.Input{Start: start, Days: 40,
		Places:   []displacement.Place{{Name: "Brel", Residents: 9}, {Name: "Sel", Country: "Lund", Kind: displacement.Camp}},
		Routes:   []displacement.Route{{A: "Brel", B: "Sel", KM: 90}},
		Zones:    []displacement.Zone{{Place: "Brel", Until: displacement.Never, Intensity: 1}},
		Arrivals: []int{500, 700, 900}}
	e, err := displacement.RunEnsemble(context.Background(), in, []displacement.Settings{displacement.Default()}, 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	counts := &displacement.Counts{Camps: []string{"Sel"}, Series: []displacement.Series{{{Date: start, Count: 0}, {Date: start.AddDays(9), Count: 1800}}}}
	return Picture{Title: "Brel & <Sel>", Input: in, Ensemble: e, Counts: counts}
}

func TestSVGSaysWhatItIs(t *testing.T) {
	var out bytes.Buffer
	if err := two(t).Write(&out, "svg"); err != nil {
		t.Fatal(err)
	}
	words := ""
	for dec := xml.NewDecoder(bytes.NewReader(out.Bytes())); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the picture is no XML: %v", err)
		}
		if text, ok := token.(xml.CharData); ok {
			words += string(text) + "\n"
		}
	}
	for _, want := range []string{"SIMULATED, not reported", "mean of 3 runs", "people counted", "Brel & <Sel>", "Sel", "2031-0"} {
		if !strings.Contains(words, want) {
			t.Errorf("the picture does not say %q:\n%s", want, words)
		}
	}
}

func TestPNGIsAPicture(t *testing.T) {
	var out bytes.Buffer
	if err := two(t).Write(&out, "png"); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds(); size.Dx() < 300 || size.Dy() < 200 {
		t.Errorf("the picture is %v", size)
	}
}

func TestWhatCannotBeDrawn(t *testing.T) {
	p := two(t)
	if err := p.Write(io.Discard, "gif"); casus.CodeOf(err) != casus.Unsupported {
		t.Errorf("a gif: %v", err)
	}
	p.Places = []string{"Atlantis"}
	if err := p.Write(io.Discard, "svg"); casus.CodeOf(err) != casus.NotFound {
		t.Errorf("a place that is not there: %v", err)
	}
	p = two(t)
	p.Input.Places[1].Kind = displacement.Town
	if err := p.Write(io.Discard, "svg"); casus.CodeOf(err) != casus.Invalid {
		t.Errorf("no camp: %v", err)
	}
}

func TestShortNumbers(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 850: "850", 1000: "1k", 12500: "12.5k", 2e6: "2M"} {
		if got := short(x); got != want {
			t.Errorf("%g is %q, want %q", x, got, want)
		}
	}
}
