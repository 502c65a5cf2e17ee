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

// Locate gives the coordinates of a place id, decimal degrees (WGS 84).
type Locate func(place string) (lat, lon float64, ok bool)

// Formats lists the endings of file names that Write knows.
func Formats() []string { return []string{".jsonl", ".csv", ".geojson", ".parquet"} }

// Write writes entries in the form that the ending of a file's name says.
// casus.Unsupported where it says none that is known.
func Write(out io.Writer, name string, entries []ledger.Entry, locate Locate) error {
	switch {
	case strings.HasSuffix(name, ".jsonl"):
		return JSONLines(out, entries)
	case strings.HasSuffix(name, ".csv"):
		return CSV(out, entries)
	case strings.HasSuffix(name, ".geojson"):
		return GeoJSON(out, entries, locate)
	case strings.HasSuffix(name, ".parquet"):
		return Parquet(out, entries)
	}
	return &casus.Error{Code: casus.Unsupported, Input: name, Problem: "this name does not say in what form",
		Advice: fmt.Sprintf("End it with one of %s.", strings.Join(Formats(), ", "))}
}

// JSONLines writes one entry a line: the record with its id, how it was made,
// the article and the two clocks.
func JSONLines(out io.Writer, entries []ledger.Entry) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, e := range entries {
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("writing record %s: %w", e.ID, err)
		}
	}
	return nil
}

// feature is a Feature of GeoJSON.
type feature struct {
	Type       string       `json:"type"`
	ID         string       `json:"id"`
	Geometry   *point       `json:"geometry"` // null where nobody knows the place
	Properties ledger.Entry `json:"properties"`
}

type point struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude, latitude
}

// GeoJSON writes a FeatureCollection. A record stands at its narrowest place
// that has coordinates; one without any has no geometry, so that nothing is lost.
func GeoJSON(out io.Writer, entries []ledger.Entry, locate Locate) error {
	if _, err := io.WriteString(out, `{"type":"FeatureCollection","features":[`); err != nil {
		return err
	}
	for i, e := range entries {
		data, err := json.Marshal(feature{Type: "Feature", ID: string(e.ID), Geometry: pointOf(e, locate), Properties: e})
		if err != nil {
			return fmt.Errorf("writing record %s: %w", e.ID, err)
		}
		separator := ",\n"
		if i == 0 {
			separator = "\n"
		}
		if _, err := fmt.Fprintf(out, "%s%s", separator, data); err != nil {
			return err
		}
	}
	_, err := io.WriteString(out, "\n]}\n")
	return err
}

func pointOf(e ledger.Entry, locate Locate) *point {
	if locate == nil {
		return nil
	}
	for _, place := range placesOf(e.Record) {
		if lat, lon, ok := locate(place); ok {
			return &point{"Point", [2]float64{lon, lat}}
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
	return out
}
