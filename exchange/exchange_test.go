package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"casus"
	"casus/ledger"
)

func sample() []ledger.Entry {
	many := 1037.0
	article := ledger.ArticleRef{ID: "a", Publisher: "De Grenspost", Language: "nl", Date: casus.Day(737976), Known: time.Date(2021, 7, 6, 0, 0, 0, 0, time.UTC)}
	when := casus.Day(737976)
	return []ledger.Entry{
		{ID: "r000000000001", Article: article, Record: casus.Record{Quote: `=HYPERLINK("x") “naar Tadzjikistan”`, Status: casus.Happened, When: when, Where: []string{"Panj", "tjk"},
			Body: &casus.Flow{Group: "afg/mil", Origin: "afg", Destination: "tjk", Low: &many, High: &many, Cause: casus.CauseConflict}}},
		{ID: "r000000000002", Article: article, Record: casus.Record{Quote: "De Taliban\nen Iran", Status: casus.Denied, When: when.Since(), By: "irn",
			Body: &casus.Event{Type: casus.Agree, Source: []casus.ActorID{"taliban", "irn"}, Target: []casus.ActorID{"irn", "taliban"}}}},
	}
}

func tajikistan(place string, _ []string) (Spot, bool) {
	return Spot{Place: "tjk", Kind: "country", Lat: 38.5, Lon: 68.8}, place == "tjk"
}

// A flow of which both ends are known is a line from the one to the other, and
// who looks for a place is told what lies around it.
func TestAFlowIsALine(t *testing.T) {
	var around []string
	got := Features(sample()[:1], func(place string, wider []string) (Spot, bool) {
		around = append(around, wider...)
		spots := map[string]Spot{"afg": {Place: "afg", Lat: 34.5, Lon: 69.2}, "tjk": {Place: "tjk", Lat: 38.5, Lon: 68.8}}
		s, ok := spots[place]
		return s, ok
	})
	if data, err := json.Marshal(got[0].Geometry); err != nil || string(data) != `{"type":"LineString","coordinates":[[69.2,34.5],[68.8,38.5]]}` {
		t.Errorf("the line is %s, %v", data, err)
	}
	if len(around) > 0 {
		t.Errorf("the ends of a flow lie in %v", around)
	}
	at := sample()[1:]
	at[0].Record.Where = []string{"Herat", "afg"}
	if got := Features(at, func(place string, wider []string) (Spot, bool) {
		return Spot{Place: "afg/herat"}, place == "Herat" && slices.Equal(wider, []string{"afg"})
	}); len(got[0].Spots) != 1 {
		t.Errorf("Herat in Afghanistan is at %+v", got[0])
	}
}

func TestGeoJSON(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "x.geojson", sample(), tajikistan); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type     string
		Features []struct {
			Type, ID string
			Geometry *struct {
				Type        string
				Coordinates []float64
			}
			Properties struct{ Record struct{ Quote string } }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "FeatureCollection" || len(got.Features) != 2 {
		t.Fatalf("got %s", out.String())
	}
	if g := got.Features[0].Geometry; g == nil || g.Type != "Point" || !slices.Equal(g.Coordinates, []float64{68.8, 38.5}) {
		t.Errorf("the flow to Tajikistan is at %+v, want longitude first", g)
	}
	if got.Features[1].Geometry != nil || got.Features[1].Properties.Record.Quote != "De Taliban\nen Iran" {
		t.Errorf("what nobody can place is %+v", got.Features[1])
	}
	out.Reset()
	if err := Write(&out, "x.geojson", nil, nil); err != nil || !json.Valid(out.Bytes()) {
		t.Errorf("nothing is written as %q, %v", out.String(), err)
	}
}

func TestCSVRunsNoFormula(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "x.csv", sample(), nil); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := func(row int, column string) string { return rows[row][slices.Index(rows[0], column)] }
	if !strings.HasPrefix(at(1, "quote"), "'=HYPERLINK") || at(1, "low") != "1037" || at(1, "destination") != "tjk" || at(2, "source") != "taliban irn" || at(2, "to") != "" {
		t.Errorf("rows %q", rows)
	}
}

func TestParquetComesBack(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "x.parquet", sample(), nil); err != nil {
		t.Fatal(err)
	}
	rows, err := parquet.Read[Row](bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if *rows[0].Low != 1037 || rows[0].Where != "Panj; tjk" || rows[1].Low != nil || rows[1].Source != "taliban irn" || rows[1].Quote != "De Taliban\nen Iran" || rows[1].Type != "AGREE" {
		t.Errorf("rows %+v", rows)
	}
}

func TestJSONLinesAreLines(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "x.jsonl", sample(), nil); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[1], `"status":"denied"`) {
		t.Errorf("lines %q", lines)
	}
}

func TestAnUnknownEndingIsRefused(t *testing.T) {
	if err := Write(&bytes.Buffer{}, "answer.xlsx", sample(), nil); casus.CodeOf(err) != casus.Unsupported {
		t.Errorf("error %v", err)
	}
}

// A feature is written by hand as encoding/json writes its fields, but for the
// escapes that only HTML needs.
func TestFeaturesAreWrittenAsTheirFieldsSay(t *testing.T) {
	for _, f := range Features(sample(), tajikistan) {
		got, err := f.appendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(f); err != nil {
			t.Fatal(err)
		}
		if string(got)+"\n" != want.String() {
			t.Errorf("written as\n%s\nnot\n%s", got, want.String())
		}
	}
}

// What is written in parts is the same file.
func TestAFileInPartsIsTheSame(t *testing.T) {
	list := sample()
	for _, name := range Formats() {
		var whole, parts bytes.Buffer
		if err := Write(&whole, name, list, tajikistan); err != nil {
			t.Fatal(err)
		}
		w, err := NewWriter(&parts, name, tajikistan)
		if err != nil {
			t.Fatal(err)
		}
		for i := range list {
			if err := w.Write(list[i : i+1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil || len(list) < 2 || name != ".parquet" && parts.String() != whole.String() {
			t.Errorf("%s: %v\n%s\nis not\n%s", name, err, parts.String(), whole.String())
		}
	}
}
