package sqlite

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"casus"
	"casus/ledger"
)

// bodies are one of each kind, with every field filled in, and with none.
func bodies(t *testing.T) []casus.Body {
	var out []casus.Body
	for _, kind := range casus.Kinds() {
		full := newBody(kind)
		fill(t, reflect.ValueOf(full).Elem(), new(int))
		out = append(out, full, newBody(kind))
	}
	return append(out, &casus.Event{Source: []casus.ActorID{}}, &casus.Figure{Low: number(math.Copysign(0, -1)), High: number(0.125)},
		&casus.Figure{Low: number(-7), High: number(1e300)}, &casus.Flow{Low: number(0), High: number(12.34)})
}

func number(f float64) *float64 { return &f }

// fill gives each field a value of its own.
func fill(t *testing.T, v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.UnixMicro(1625486400123456 + int64(*n)).UTC()))
			return
		}
		for i := range v.NumField() {
			fill(t, v.Field(i), n)
		}
	case reflect.String:
		v.SetString(fmt.Sprint("word ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n) + 300)
	case reflect.Float64:
		v.SetFloat(float64(*n) / 7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(t, v.Index(0), n)
		fill(t, v.Index(1), n)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(t, key, n)
		fill(t, value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	default:
		t.Fatalf("a field of kind %s is not known here", v.Kind())
	}
}

// packedSample are entries with every field of every kind, and with none.
func packedSample(t *testing.T) []ledger.Numbered {
	var out []ledger.Numbered
	for i, body := range bodies(t) {
		for _, full := range []bool{true, false} {
			n := ledger.Numbered{Number: int64(len(out)*3 + 1)}
			body := body
			if full {
				n.Record.Body = &casus.Event{}
				v := reflect.ValueOf(&n.Entry).Elem()
				for j := range v.NumField() {
					if v.Type().Field(j).Name != "Record" {
						fill(t, v.Field(j), new(int))
					}
				}
				r := v.FieldByName("Record")
				for j := range r.NumField() {
					if r.Type().Field(j).Name != "Body" {
						fill(t, r.Field(j), new(int))
					}
				}
				n.Superseded = time.Time{}
				n.Article.ID = casus.ArticleID(fmt.Sprint("a", i/2))
			}
			n.Record.Body = body
			n.Record.ID, n.Record.Article, n.Record.Made, n.Record.Mentions = n.ID, n.Article.ID, n.Made, n.Mentions
			out = append(out, n)
		}
	}
	return out
}

// What is packed comes back as it was, field by field, whichever fields there are.
func TestPackedEntriesComeBack(t *testing.T) {
	list := packedSample(t)
	var p packed
	p.put(list[:5])
	p.put(list)
	for i, n := range list {
		got := make([]ledger.Entry, 1)
		if missing := p.take([]int64{n.Number}, got); len(missing) > 0 {
			t.Errorf("record %d of kind %s is missing", i, n.Record.Kind())
		}
		if !reflect.DeepEqual(got[0], n.Entry) {
			t.Errorf("record %d of kind %s came back as\n%+v\nnot\n%+v", i, n.Record.Kind(), got[0], n.Entry)
		}
	}
	if missing := p.take([]int64{2, -1, 1 << 40}, make([]ledger.Entry, 3)); len(missing) != 3 {
		t.Errorf("of three that are not there %v are missing", missing)
	}
}

// When there is no more room the first are forgotten, and what was taken stays whole.
func TestPackedRecordsAreForgotten(t *testing.T) {
	p := packed{most: 2}
	long := ledger.Numbered{Entry: ledger.Entry{ID: "r000000000001", Record: casus.Record{ID: "r000000000001", Quote: strings.Repeat("é", maxText/4), Body: &casus.Event{}}}}
	first := make([]ledger.Entry, 1)
	for i := range int64(400) {
		long.Number, long.Record.Hedge = i, fmt.Sprint("hedge ", i)
		long.Record.Quote = long.Record.Quote[2:]
		p.put([]ledger.Numbered{long})
		if i == 0 {
			p.take([]int64{0}, first)
		}
		if len(p.slabs)-p.oldest > 2 {
			t.Fatalf("%d slabs", len(p.slabs)-p.oldest)
		}
	}
	if missing := p.take([]int64{0, 399}, make([]ledger.Entry, 2)); len(missing) != 1 || missing[0] != 0 {
		t.Errorf("missing are %v, not the first", missing)
	}
	if first[0].Record.Hedge != "hedge 0" {
		t.Errorf("what was taken reads %q", first[0].Record.Hedge)
	}
	p.put([]ledger.Numbered{{Number: 0, Entry: first[0]}})
	if missing := p.take([]int64{0}, first); len(missing) > 0 {
		t.Error("what was forgotten is not packed again")
	}
	long.Number, long.Record.Quote = 500, strings.Repeat("x", maxText+1)
	p.put([]ledger.Numbered{long})
	if missing := p.take([]int64{500}, first); len(missing) == 0 {
		t.Error("a record that is too long is packed")
	}
}

// A ledger answers the same before it is warm, while it warms and after, also of what
// was superseded or corrected since.
func TestAWarmLedgerAnswersTheSame(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "casus.db")
	l, err := Open(ctx, path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	text := "De Russische troepen trokken weg."
	reading := func(n int, reader string, kind casus.EventType) ledger.Reading {
		return ledger.Reading{Reader: reader, Article: casus.Article{ID: casus.ArticleID(fmt.Sprint("a", n)), Hash: fmt.Sprint("h", n), Language: "nl", Text: text}, Records: []casus.Record{
			{Quote: text, Span: casus.Span{End: len(text)}, Status: casus.Happened, When: casus.Day(casus.Date(1000 + n)), Made: casus.Made{Rule: "retreat.tsv:1"},
				Body: &casus.Event{Type: kind, Source: []casus.ActorID{"rus/mil"}}}}}
	}
	for n := range 30 {
		if _, err := l.Append(ctx, reading(n, "1", casus.Retreat)); err != nil {
			t.Fatal(err)
		}
	}
	same := func(when string) {
		t.Helper()
		cold, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer cold.Close()
		for _, q := range []ledger.Query{{}, {Actor: "rus", Limit: 7, Order: ledger.Oldest}, {Recorded: time.Now()}} {
			got, err1 := l.Records(ctx, q)
			want, err2 := cold.Records(ctx, q)
			if err1 != nil || err2 != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %+v is answered with\n%+v, %v\nnot\n%+v, %v", when, q, got, err1, want, err2)
			}
		}
	}
	var asking sync.WaitGroup
	asking.Go(func() { same("while it warms") })
	if err := l.Warm(ctx); err != nil {
		t.Fatal(err)
	}
	asking.Wait()
	same("after it is warm")
	if _, err := l.Append(ctx, reading(3, "2", casus.Assault)); err != nil {
		t.Fatal(err)
	}
	page, err := l.Records(ctx, ledger.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	c, err := l.Correct(ctx, ledger.Correction{Action: ledger.Reject, Author: "Ann", Reason: "not so", Record: page.Entries[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	same("after a newer reading and a correction")
	if _, err := l.Correct(ctx, ledger.Correction{Action: ledger.Undo, Author: "Ann", Reason: "it is so", Undoes: c.Number}); err != nil {
		t.Fatal(err)
	}
	same("after the correction was undone")
}
