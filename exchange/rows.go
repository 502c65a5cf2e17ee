package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	"casus"
	"casus/ledger"
)

// Row is a record as one row: what the six kinds have in common, then what each
// adds, empty for the others. Lists are joined by a space, which no id holds.
type Row struct {
	ID         string   `parquet:"id"`
	Kind       string   `parquet:"kind,dict"`
	Type       string   `parquet:"type,dict"` // see ledger.TypeOf
	Mode       string   `parquet:"mode,dict"`
	Status     string   `parquet:"status,dict"`
	From       string   `parquet:"from"` // the valid time: days, empty where open
	To         string   `parquet:"to"`
	Precision  string   `parquet:"precision,dict"`
	Source     string   `parquet:"source"` // who does, speaks, has, owes or moves
	Target     string   `parquet:"target"` // to whom, about whom, what, towards whom
	Change     string   `parquet:"change,dict"`
	Origin     string   `parquet:"origin"`
	End        string   `parquet:"destination"`
	Low        *float64 `parquet:"low,optional"`
	High       *float64 `parquet:"high,optional"`
	Unit       string   `parquet:"unit,dict"`
	Of         string   `parquet:"of"`
	Duty       string   `parquet:"duty"`
	Condition  string   `parquet:"condition"`
	Deadline   string   `parquet:"deadline"`
	Basis      string   `parquet:"basis,dict"`
	By         string   `parquet:"by"`
	ByAs       string   `parquet:"by_as"`
	Hedge      string   `parquet:"hedge"`
	Where      string   `parquet:"where"` // narrowest first, joined by "; "
	Quote      string   `parquet:"quote"`
	Start      int64    `parquet:"start"` // code points
	Stop       int64    `parquet:"end"`
	Article    string   `parquet:"article,dict"`
	Publisher  string   `parquet:"publisher,dict"`
	Published  string   `parquet:"published"`
	URL        string   `parquet:"url"`
	Language   string   `parquet:"language,dict"`
	Known      string   `parquet:"known"`    // the desk's clock, RFC 3339
	Recorded   string   `parquet:"recorded"` // the ledger's clock, RFC 3339
	Review     string   `parquet:"review,dict"`
	Reader     string   `parquet:"reader,dict"`
	Rule       string   `parquet:"rule"`
	Confidence float64  `parquet:"confidence"`
}

func rowOf(e ledger.Entry) Row {
	r := e.Record
	row := Row{ID: string(e.ID), Kind: string(r.Kind()), Type: ledger.TypeOf(r), Status: string(r.Status),
		From: dayOf(r.When.From), To: dayOf(r.When.To), Precision: string(r.When.Precision),
		By: string(r.By), ByAs: r.ByAs, Hedge: r.Hedge, Where: strings.Join(r.Where, "; "), Quote: r.Quote,
		Start: int64(r.Span.Start), Stop: int64(r.Span.End), Article: string(e.Article.ID), Publisher: e.Article.Publisher,
		URL: e.Article.URL, Language: e.Article.Language, Known: e.Article.Known.Format(time.RFC3339), Recorded: e.Recorded.Format(time.RFC3339Nano),
		Review: string(e.Review), Reader: e.Made.Reader, Rule: e.Made.Rule, Confidence: e.Made.Confidence}
	if !e.Article.Date.IsZero() {
		row.Published = e.Article.Date.String()
	}
	row.fill(r.Body)
	return row
}

func (row *Row) fill(body casus.Body) {
	switch b := body.(type) {
	case *casus.Event:
		row.Mode, row.Source, row.Target = b.Mode, joined(b.Source), joined(b.Target)
	case *casus.Claim:
		row.Source, row.Target = string(b.Speaker), joined(b.About)
	case *casus.Figure:
		row.Low, row.High, row.Unit, row.Of = b.Low, b.High, b.Unit, b.Of
	case *casus.Relation:
		row.Source, row.Target, row.Change = string(b.From), string(b.To), string(b.Change)
	case *casus.Commitment:
		row.Source, row.Target, row.Duty, row.Condition = string(b.Debtor), string(b.Beneficiary), b.Duty, b.Condition
		row.Deadline, row.Basis = dayOf(b.Deadline), string(b.Basis)
	case *casus.Flow:
		row.Source, row.Origin, row.End, row.Low, row.High = string(b.Group), string(b.Origin), string(b.Destination), b.Low, b.High
	}
}

func joined(ids []casus.ActorID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return strings.Join(out, " ")
}

func dayOf(d casus.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// table writes rows with a header line, the columns of Row.
type table struct {
	out   *csv.Writer
	cells []string
}

func newTable(out io.Writer) *table {
	sort := reflect.TypeFor[Row]()
	w := &table{out: csv.NewWriter(out), cells: make([]string, sort.NumField())}
	for i := range w.cells {
		w.cells[i], _, _ = strings.Cut(sort.Field(i).Tag.Get("parquet"), ",")
	}
	_ = w.out.Write(w.cells) // what fails is told by Error, after the next
	return w
}

func (w *table) Write(entries []ledger.Entry) error {
	for _, e := range entries {
		row := rowOf(e)
		of := reflect.ValueOf(&row).Elem()
		for i := range w.cells {
			w.cells[i] = cell(of.Field(i))
		}
		if err := w.out.Write(w.cells); err != nil {
			return fmt.Errorf("writing record %s: %w", e.ID, err)
		}
	}
	return w.Close()
}

func (w *table) Close() error {
	w.out.Flush()
	return w.out.Error()
}

// cell is a field of a Row as text; nil is empty.
func cell(f reflect.Value) string {
	switch f.Kind() { //nolint:exhaustive // a Row has no other kinds
	case reflect.String:
		return guarded(f.String())
	case reflect.Int64:
		return strconv.FormatInt(f.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(f.Float(), 'f', -1, 64)
	case reflect.Pointer:
		if f.IsNil() {
			return ""
		}
		return cell(f.Elem())
	}
	return fmt.Sprint(f.Interface())
}

// guarded keeps a spreadsheet from taking text of an article for a formula
// (OWASP, CSV injection).
func guarded(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// columns writes rows as a Parquet file, compressed with Zstandard.
type columns struct{ out *parquet.GenericWriter[Row] }

func newColumns(out io.Writer) columns {
	return columns{parquet.NewGenericWriter[Row](out, parquet.Compression(&parquet.Zstd))}
}

func (w columns) Write(entries []ledger.Entry) error {
	const batch = 1000
	rows := make([]Row, 0, batch)
	for part := range slices.Chunk(entries, batch) {
		rows = rows[:0]
		for _, e := range part {
			rows = append(rows, rowOf(e))
		}
		if _, err := w.out.Write(rows); err != nil {
			return fmt.Errorf("writing records from %s on: %w", part[0].ID, err)
		}
	}
	return nil
}

func (w columns) Close() error {
	if err := w.out.Close(); err != nil {
		return fmt.Errorf("closing the Parquet file: %w", err)
	}
	return nil
}
