// Package exchange writes records out of the ledger in the forms that other
// programs read: JSON lines (docs/RECORDS.md), CSV, GeoJSON (RFC 7946) and
// Parquet. Each line is a record with its quote and the article behind it.
package exchange

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
)

// Spot is where a place is: decimal degrees (WGS 84). Of a country, region or
// province it is the middle of where people live, good for a label and no more.
type Spot struct {
	Place casus.ActorID `json:"place"`          // its id
	Kind  string        `json:"kind"`           // country, region, province, district, city, base, site or water
	Name  string        `json:"name,omitempty"` // as the record has it, where that is no id
	Lat   float64       `json:"lat"`
	Lon   float64       `json:"lon"`
}

// Locate finds a place by its id or its name. wider are the ids and names of
// places around it, narrowest first, which tell namesakes apart.
type Locate func(place string, wider []string) (Spot, bool)

// Formats lists the endings of file names that Write knows.
func Formats() []string { return []string{".jsonl", ".csv", ".geojson", ".parquet"} }

// Writer writes entries in one form, some at a time: what a file holds need not
// lie in memory.
type Writer interface {
	Write(entries []ledger.Entry) error
	Close() error // writes the end; what is written to stays open
}

// NewWriter writes in the form that the ending of a file's name says.
// casus.Unsupported where it says none that is known.
func NewWriter(out io.Writer, name string, locate Locate) (Writer, error) {
	switch {
	case strings.HasSuffix(name, ".jsonl"):
		return &jsonLines{out: out}, nil
	case strings.HasSuffix(name, ".csv"):
		return newTable(out), nil
	case strings.HasSuffix(name, ".geojson"):
		return &features{out: out, locate: locate}, nil
	case strings.HasSuffix(name, ".parquet"):
		return newColumns(out), nil
	}
	return nil, &casus.Error{Code: casus.Unsupported, Input: name, Problem: "this name does not say in what form",
		Advice: fmt.Sprintf("End it with one of %s.", strings.Join(Formats(), ", "))}
}

// Write writes a whole file; see NewWriter.
func Write(out io.Writer, name string, entries []ledger.Entry, locate Locate) error {
	w, err := NewWriter(out, name, locate)
	if err != nil {
		return err
	}
	if err := w.Write(entries); err != nil {
		return err
	}
	return w.Close()
}

// jsonLines writes one entry a line: the record with its id, how it was made,
// the article and the two clocks.
type jsonLines struct {
	out  io.Writer
	line []byte
}

func (w *jsonLines) Write(entries []ledger.Entry) error {
	for i := range entries {
		var err error
		if w.line, err = entries[i].AppendJSON(w.line[:0]); err == nil {
			_, err = w.out.Write(append(w.line, '\n'))
		}
		if err != nil {
			return fmt.Errorf("writing record %s: %w", entries[i].ID, err)
		}
	}
	return nil
}

func (w *jsonLines) Close() error { return nil }

// Feature is a record as GeoJSON has it (RFC 7946).
type Feature struct {
	Type     string    `json:"type" enum:"Feature"`
	ID       string    `json:"id"`
	Geometry *Geometry `json:"geometry"` // null where nobody knows the place
	// Spots is where the geometry stands: one place, or the two ends of a flow.
	Spots      []Spot       `json:"spots,omitempty"`
	Properties ledger.Entry `json:"properties"`
}

// Geometry is a Point, or the LineString of a flow from its origin to its destination.
type Geometry struct {
	Type        string `json:"type" enum:"Point,LineString"`
	Coordinates any    `json:"coordinates" doc:"Longitude and latitude, or a list of such pairs."`
}

// features writes a FeatureCollection. A record stands at its narrowest place
// that has coordinates; a flow of which both ends have them is a line; one
// without any has no geometry, so that nothing is lost.
type features struct {
	out    io.Writer
	locate Locate
	line   []byte
	begun  bool
}

func (w *features) Write(entries []ledger.Entry) error {
	if err := w.begin(); err != nil {
		return err
	}
	for i := range entries {
		feature := featureOf(&entries[i], w.locate)
		var err error
		if w.line, err = feature.appendJSON(append(w.line, '\n')); err == nil {
			_, err = w.out.Write(w.line)
		}
		if err != nil {
			return fmt.Errorf("writing record %s: %w", feature.ID, err)
		}
		w.line = append(w.line[:0], ',') // before the next
	}
	return nil
}

func (w *features) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	_, err := io.WriteString(w.out, `{"type":"FeatureCollection","features":[`)
	return err
}

func (w *features) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	_, err := io.WriteString(w.out, "\n]}\n")
	return err
}

// appendJSON appends a feature as its fields say.
func (f *Feature) appendJSON(to []byte) ([]byte, error) {
	to = casus.AppendText(append(to, `{"type":"Feature","id":`...), f.ID)
	geometry, err := json.Marshal(f.Geometry)
	to = append(append(to, `,"geometry":`...), geometry...)
	if len(f.Spots) > 0 && err == nil {
		var spots []byte
		spots, err = json.Marshal(f.Spots)
		to = append(append(to, `,"spots":`...), spots...)
	}
	if err != nil {
		return to, err
	}
	to, err = f.Properties.AppendJSON(append(to, `,"properties":`...))
	return append(to, '}'), err
}

// Features puts entries where they are, as GeoJSON describes.
func Features(entries []ledger.Entry, locate Locate) []Feature {
	out := make([]Feature, len(entries))
	for i := range entries {
		out[i] = featureOf(&entries[i], locate)
	}
	return out
}

func featureOf(e *ledger.Entry, locate Locate) Feature {
	spots := spotsOf(e.Record, locate)
	return Feature{Type: "Feature", ID: string(e.ID), Geometry: GeometryOf(spots), Spots: spots, Properties: *e}
}

// GeometryOf is the point of one spot, the line of two, nil of none.
func GeometryOf(spots []Spot) *Geometry {
	switch at := func(s Spot) [2]float64 { return [2]float64{s.Lon, s.Lat} }; len(spots) {
	case 0:
		return nil
	case 1:
		return &Geometry{"Point", at(spots[0])}
	default:
		return &Geometry{"LineString", [][2]float64{at(spots[0]), at(spots[1])}}
	}
}

func spotsOf(r casus.Record, locate Locate) []Spot {
	if locate == nil {
		return nil
	}
	if flow, ok := r.Body.(*casus.Flow); ok && flow.Origin != "" && flow.Destination != "" {
		from, left := locate(string(flow.Origin), nil)
		to, arrived := locate(string(flow.Destination), nil)
		if left && arrived && from.Place != to.Place {
			return []Spot{from, to}
		}
	}
	places := placesOf(r)
	for i, place := range places {
		if spot, ok := locate(place, places[i+1:]); ok {
			return []Spot{spot}
		}
	}
	return nil
}

// placesOf lists where a record is, narrowest first: where it happens, else
// where its flow goes or comes from, or the place that its relation is about.
func placesOf(r casus.Record) []string {
	out := slices.Clone(r.Where)
	switch b := r.Body.(type) {
	case *casus.Flow:
		out = append(out, string(b.Destination), string(b.Origin))
	case *casus.Relation:
		out = append(out, string(b.To))
	}
	return slices.DeleteFunc(out, func(place string) bool { return place == "" })
}
