package lab

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"casus"
	"casus/read/frames"
)

// Words count, not stretches: a word is right where its content and its source are.
func TestQuotesAreCountedByWord(t *testing.T) {
	const text = "Ada said it rains. Bob thinks so too."
	//            0         1         2         3
	gold := []attribution{
		{source: []casus.Span{{Start: 0, End: 3}}, content: []casus.Span{{Start: 9, End: 17}}},
		{content: []casus.Span{{Start: 30, End: 36}}}, // nobody is named as its source
	}
	ada, bob, nobody := casus.Span{Start: 0, End: 3}, casus.Span{Start: 19, End: 22}, casus.Span{}
	for _, c := range []struct {
		name  string
		found []frames.Quoted
		want  QuoteCount
	}{
		{"nothing", nil, QuoteCount{Gold: 4, Texts: 1}},
		{"the words and the source", []frames.Quoted{{Source: ada, Content: casus.Span{Start: 9, End: 17}}},
			QuoteCount{Right: 2, Found: 2, Gold: 4, Inside: 2, Texts: 1}},
		{"another source", []frames.Quoted{{Source: bob, Content: casus.Span{Start: 9, End: 17}}},
			QuoteCount{Found: 2, Gold: 4, Inside: 2, Texts: 1}},
		{"a word too many", []frames.Quoted{{Source: ada, Content: casus.Span{Start: 4, End: 17}}},
			QuoteCount{Right: 2, Found: 3, Gold: 4, Inside: 2, Texts: 1}},
		{"no source where there is none", []frames.Quoted{{Source: nobody, Content: casus.Span{Start: 30, End: 36}}},
			QuoteCount{Right: 2, Found: 2, Gold: 4, Inside: 2, Texts: 1}},
	} {
		if got := countQuotes(text, gold, c.found); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// A stretch that the text interrupts has several spans; roles that come twice have numbers.
func TestBratFilesAreRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "one_aa.ann")
	data := "T1\tSource 0 3\tAda\nT2\tContent 9 14;20 25\tit ra ins\nT3\tContent 30 31\tx\n" +
		"E1\tAttribution:T9 Content:T2 Content2:T3 Source:T1\nE2\tAttribution:T9 Source:T1\n"
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := readAttributions(path)
	want := []attribution{{
		source:  []casus.Span{{Start: 0, End: 3}},
		content: []casus.Span{{Start: 9, End: 14}, {Start: 20, End: 25}, {Start: 30, End: 31}},
	}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v (%v), want %+v: an attribution without content is left out", got, err, want)
	}
	if err := os.WriteFile(path, []byte("T1\tSource zero 3\tAda\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readAttributions(path); err == nil || !strings.Contains(err.Error(), "one_aa.ann:1: is no stretch of text") {
		t.Errorf("%v, want the file and line", err)
	}
}
