package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus"
	"casus/exchange"
	"casus/ledger"
	"casus/picture"
	"casus/web"
)

// get asks a handler as a browser on this machine does.
func get(h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8317/", nil)
	r.URL.RawQuery = ""
	path, query, _ := strings.Cut(address, "?")
	r.RequestURI = address
	r.URL = &url.URL{Path: path, RawQuery: query}
	if plain, err := url.PathUnescape(path); err == nil && plain != path {
		r.URL.Path, r.URL.RawPath = plain, path
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Every address answers what the picture answers, byte for byte as the command
// line prints it.
func TestTheAPIAnswersAsThePictureDoes(t *testing.T) {
	l := sample(t)
	o := options(l)
	h, p, ctx := web.New(o), o.Picture, t.Context()
	july := casus.NewDate(2021, 7, 1)
	cases := []struct {
		address string
		want    func() (any, error)
	}{
		{"/api/articles", func() (any, error) { return p.Articles(ctx, ledger.ArticleQuery{}, picture.Question{}) }},
		{"/api/articles?language=nl&from=2021-07-01&limit=1", func() (any, error) {
			return p.Articles(ctx, ledger.ArticleQuery{Language: "nl", From: july, Limit: 1}, picture.Question{})
		}},
		{"/api/articles/border", func() (any, error) { return p.Article(ctx, "border", picture.Question{}) }},
		{"/api/timeline", func() (any, error) { return p.Timeline(ctx, picture.Question{}) }},
		{"/api/timeline?actor=Taliban&with=afg&kind=event,relation&from=2021-07-01&to=2021-07-31&order=oldest&limit=5", func() (any, error) {
			return p.Timeline(ctx, picture.Question{Actor: "Taliban", With: "afg", Kinds: []casus.Kind{casus.KindEvent, casus.KindRelation},
				From: july, To: casus.NewDate(2021, 7, 31), Order: ledger.Oldest, Limit: 5})
		}},
		{"/api/timeline?type=COERCE", func() (any, error) { return p.Timeline(ctx, picture.Question{Type: "COERCE"}) }},
		{"/api/timeline?place=tjk", func() (any, error) { return p.Timeline(ctx, picture.Question{Place: "tjk"}) }},
		{"/api/said?actor=taliban&act=promise", func() (any, error) { return p.Said(ctx, picture.Question{Actor: "taliban", Type: "promise"}) }},
		{"/api/commitments?state=in-force", func() (any, error) { return p.Commitments(ctx, picture.Question{Type: "in-force"}) }},
		{"/api/flows?from=afg&to=tjk", func() (any, error) { return p.Flows(ctx, picture.Question{Actor: "afg", With: "tjk"}) }},
		{"/api/figures?of=districten", func() (any, error) { return p.Figures(ctx, "districten", picture.Question{}) }},
		{"/api/find?words=districten", func() (any, error) { return p.Find(ctx, "districten", 20, picture.Question{}) }},
		{"/api/find?words=nowhere", func() (any, error) { return []ledger.Hit{}, nil }},
		{"/api/actors", func() (any, error) { return p.Actors(ctx, ledger.ActorQuery{}) }},
		{"/api/show/taliban?as_of=2021-07-09", func() (any, error) {
			return p.Show(ctx, picture.ShowQuestion{Actor: "taliban", AsOf: casus.NewDate(2021, 7, 9)})
		}},
		{"/api/show/afg%2Fmil", func() (any, error) { return p.Show(ctx, picture.ShowQuestion{Actor: "afg/mil"}) }},
		{"/api/review?kind=event,flow&actor=Taliban&limit=1", func() (any, error) {
			return p.Review(ctx, picture.Question{Kinds: []casus.Kind{casus.KindEvent, casus.KindFlow}, Actor: "Taliban", Limit: 1})
		}},
		{"/api/show/taliban/sources", func() (any, error) { return p.SourcesOn(ctx, picture.Question{Actor: "taliban"}) }},
		{"/api/dyad?a=taliban&b=afg", func() (any, error) { return p.Dyad(ctx, "taliban", "afg", picture.Question{}) }},
		{"/api/dyad?a=taliban&b=afg&things=false", func() (any, error) {
			d, err := p.Dyad(ctx, "taliban", "afg", picture.Question{})
			d.Weeks[0].Things = nil
			return d, err
		}},
		{"/api/totals", func() (any, error) { return p.Totals(ctx) }},
		{"/api/names/nl", func() (any, error) { return testNames["nl"], nil }},
	}
	for _, c := range cases {
		t.Run(c.address, func(t *testing.T) {
			want, err := c.want()
			if err != nil {
				t.Fatal(err)
			}
			got := get(h, c.address)
			if got.Code != http.StatusOK {
				t.Fatalf("status %d: %s", got.Code, got.Body)
			}
			if diff := cmp.Diff(asJSON(t, want), got.Body.String()); diff != "" {
				t.Errorf("the answer differs from the picture's:\n%s", diff)
			}
		})
	}
}

func TestARecordComesWithTheLineThatMadeIt(t *testing.T) {
	l := sample(t)
	h := web.New(options(l))
	page, err := l.Records(t.Context(), ledger.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Entries {
		var answer picture.Why
		got := get(h, "/api/records/"+string(e.ID))
		if err := json.Unmarshal(got.Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		want := "line of frames/seize.tsv:12 innemen"
		if e.Article.Language == "en" {
			want = "" // a rule that is gone takes nothing away from the record
		}
		if answer.Line != want || answer.Entry.ID != e.ID {
			t.Errorf("%s: line %q of record %s, want %q", e.ID, answer.Line, answer.Entry.ID, want)
		}
	}
}

func TestMonthsCountTheWholeTimeline(t *testing.T) {
	l := sample(t)
	many(t, l, 40)
	got := get(web.New(options(l)), "/api/months?limit=3")
	want := `{"months":[{"month":"2021-07","count":6},{"month":"2022-01","count":31},{"month":"2022-02","count":9}],"complete":true,"counted":47,"undated":1}` + "\n"
	if got.Body.String() != want {
		t.Errorf("months are\n%swant\n%s", got.Body, want)
	}
	got = get(web.New(options(l)), "/api/months?actor=rus&from=2022-02-01")
	want = `{"months":[{"month":"2022-02","count":9}],"complete":true,"counted":9,"undated":0}` + "\n"
	if got.Body.String() != want {
		t.Errorf("months of one actor are\n%swant\n%s", got.Body, want)
	}
}

func TestPagesFollowEachOtherToTheEnd(t *testing.T) {
	l := sample(t)
	many(t, l, 25)
	h := web.New(options(l))
	var days []string
	for after := ""; ; {
		var page picture.Answer
		got := get(h, "/api/timeline?actor=rus&order=oldest&limit=10&after="+after)
		if err := json.Unmarshal(got.Body.Bytes(), &page); err != nil {
			t.Fatalf("%v in %s", err, got.Body)
		}
		for _, e := range page.Entries {
			days = append(days, e.Record.When.From.String())
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(days) != 25 || !slices.IsSorted(days) || len(slices.Compact(days)) != 25 {
		t.Errorf("the pages give %d days: %v", len(days), days)
	}
}

func TestWhatCannotBeAnsweredSaysWhy(t *testing.T) {
	h := web.New(options(sample(t)))
	cases := []struct {
		address string
		status  int
		says    string
	}{
		{"/api/timeline?actor=Talibna", 404, "Did you mean"},
		{"/api/timeline?from=yesterday", 400, "from=yesterday: this is not a day. Write YYYY-MM-DD."},
		{"/api/timeline?from=2021-07-05&to=2021-07-01", 400, "Swap the two days."},
		{"/api/timeline?after=../../etc/passwd", 400, "not the place where a page ended"},
		{"/api/timeline?after=1.9999999999999999999999", 400, "not the place where a page ended"},
		{"/api/timeline?kind=rumour", 422, "query.kind"},
		{"/api/timeline?limit=many", 422, "query.limit"},
		{"/api/timeline?limit=10001", 422, "query.limit"},
		{"/api/timeline?limit=-1", 422, "query.limit"},
		{"/api/timeline?actr=rus", 422, "unknown query parameter"},
		{"/api/timeline?actor=" + strings.Repeat("a", 300), 422, "query.actor"},
		{"/api/said", 422, "query.actor"},
		{"/api/review?after=nowhere", 400, "not the place where a page ended"},
		{"/api/corrections?order=best", 422, "query.order"},
		{"/api/articles/nothing", 404, "nothing"},
		{"/api/articles/..%2F..%2Fgo.mod", 404, "go.mod"},
		{"/api/records/r000000000000", 404, "r000000000000"},
		{"/api/names/fr", 422, "path.language"},
		{"/api/nothing", 404, "/api/docs"},
		{"/api/", 404, "/api/docs"},
	}
	for _, c := range cases {
		t.Run(c.address, func(t *testing.T) {
			got := get(h, c.address)
			if got.Code != c.status || !strings.Contains(got.Body.String(), c.says) {
				t.Errorf("%d %s, want %d and %q", got.Code, got.Body, c.status, c.says)
			}
			if ct := got.Header().Get("Content-Type"); ct != "application/problem+json" {
				t.Errorf("the content type is %s", ct)
			}
			if strings.Count(strings.TrimSpace(got.Body.String()), "\n") > 0 {
				t.Errorf("the problem takes several lines: %s", got.Body)
			}
		})
	}
}

func TestAnAnswerThatDidNotChangeIsNotSentAgain(t *testing.T) {
	l := sample(t)
	h := web.New(options(l))
	first := get(h, "/api/timeline")
	tag := first.Header().Get("ETag")
	if tag == "" {
		t.Fatal("the answer has no ETag")
	}
	again := get(h, "/api/timeline", "If-None-Match", `"other", `+tag)
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("status %d and %d bytes for whoever has the answer", again.Code, again.Body.Len())
	}
	many(t, l, 1)
	if changed := get(h, "/api/timeline", "If-None-Match", tag); changed.Code != http.StatusOK || changed.Header().Get("ETag") == tag {
		t.Errorf("status %d and tag %s after the ledger grew", changed.Code, changed.Header().Get("ETag"))
	}
	if missing := get(h, "/api/articles/nothing"); missing.Header().Get("ETag") != "" {
		t.Error("an error has an ETag")
	}
}

func TestLongAnswersAreCompressed(t *testing.T) {
	h := web.New(options(sample(t)))
	plain, packed := get(h, "/api/timeline"), get(h, "/api/timeline", "Accept-Encoding", "gzip")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= plain.Body.Len() {
		t.Fatalf("encoding %q, %d bytes of %d", packed.Header().Get("Content-Encoding"), packed.Body.Len(), plain.Body.Len())
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(unpacked, plain.Body.Bytes()) {
		t.Errorf("unpacked it is another answer (%v)", err)
	}
}

func TestTheAPIDescribesItself(t *testing.T) {
	h := web.New(options(sample(t)))
	var described struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			Summary string `json:"summary"`
		} `json:"paths"`
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any `json:"properties"`
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(get(h, "/api/openapi.json").Body.Bytes(), &described); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(described.OpenAPI, "3.1") {
		t.Errorf("OpenAPI %s", described.OpenAPI)
	}
	docs := get(h, "/api/docs").Body.String()
	for _, path := range []string{"articles", "articles/{id}", "timeline", "months", "said", "commitments", "flows", "figures", "find",
		"actors", "show/{actor}", "names/{language}", "records/{id}", "totals", "situation", "diff", "contradictions", "commitments/followed", "commitments/deadlines.ics", "quantities", "dyad", "drift",
		"brief", "things", "records/{id}/history", "records/{id}/group", "corrections", "sources", "review"} {
		if described.Paths["/api/"+path]["get"].Summary == "" {
			t.Errorf("%s is not described", path)
		}
		if !strings.Contains(docs, "<code>/api/"+path+"</code>") {
			t.Errorf("%s is not on the page", path)
		}
	}
	if outside := regexp.MustCompile(`(?i)(src|href)\s*=\s*"?(https?:)?//`).FindString(docs); outside != "" {
		t.Errorf("the page loads from elsewhere: %s", outside)
	}
	if record := described.Components.Schemas["Record"]; record.Properties["quote"] == nil || record.Properties["start"] == nil {
		t.Errorf("the form of a record is %v", record.Properties)
	}
}

// FuzzQuestions asks with any parameters: nothing may panic or be a fault of ours.
func FuzzQuestions(f *testing.F) {
	for _, seed := range []string{"actor=Taliban&kind=event,claim&from=2021-07-01", "after=1.2&limit=0", "kind=,,&type=%00", "a=%zz;b&&=", "place=%F0%9F%99%82&order=oldest"} {
		f.Add("timeline", seed)
		f.Add("figures", seed)
	}
	h := web.New(options(sample(f)))
	f.Fuzz(func(t *testing.T, path, query string) {
		if got := get(h, "/api/"+url.PathEscape(path)+"?"+query); got.Code >= http.StatusInternalServerError {
			t.Errorf("/api/%s?%s: status %d, %s", path, query, got.Code, got.Body)
		}
	})
}

// Answers that consist of records are written in other forms too, by the
// parameter or by Accept, as package exchange writes them.
func TestRecordsAreWrittenInOtherForms(t *testing.T) {
	l := sample(t)
	many(t, l, 300)
	o := options(l)
	o.Locate = located
	h := web.New(o)
	answer, err := o.Picture.Timeline(t.Context(), picture.Question{Limit: ledger.MaxLimit})
	if err != nil || len(answer.Entries) != 307 {
		t.Fatalf("%d records, %v", len(answer.Entries), err)
	}
	for _, c := range []struct{ format, media, file string }{
		{"jsonl", "application/x-ndjson", "casus-timeline.jsonl"},
		{"csv", "text/csv; charset=utf-8", "casus-timeline.csv"},
		{"geojson", "application/geo+json", "casus-timeline.geojson"},
	} {
		var want bytes.Buffer
		if err := exchange.Write(&want, c.file, answer.Entries, o.Locate); err != nil {
			t.Fatal(err)
		}
		accept, _, _ := strings.Cut(c.media, ";")
		for _, got := range []*httptest.ResponseRecorder{get(h, "/api/timeline?format="+c.format), get(h, "/api/timeline", "Accept", "application/xml, "+accept+";q=0.9")} {
			if got.Code != http.StatusOK || got.Header().Get("Content-Type") != c.media || got.Header().Get("Content-Disposition") != `attachment; filename="`+c.file+`"` {
				t.Errorf("%s: status %d, %v", c.format, got.Code, got.Header())
			}
			if diff := cmp.Diff(want.String(), got.Body.String()); diff != "" {
				t.Errorf("%s differs from the exchange's:\n%s", c.format, diff)
			}
		}
	}
	first := get(h, "/api/flows?format=jsonl&limit=1")
	if lines := strings.Count(first.Body.String(), "\n"); lines != 1 || first.Header().Get("Casus-Next") != "" {
		t.Errorf("%d lines, next %q", lines, first.Header().Get("Casus-Next"))
	}
	page := get(h, "/api/timeline?format=csv&limit=300")
	rest := get(h, "/api/timeline?format=csv&after="+page.Header().Get("Casus-Next"))
	if got := strings.Count(page.Body.String(), "\n") + strings.Count(rest.Body.String(), "\n"); got != 307+2 {
		t.Errorf("two pages have %d lines with their headers", got)
	}
	if wrong := get(h, "/api/timeline?format=doc"); wrong.Code != http.StatusUnprocessableEntity {
		t.Errorf("status %d for a form that is none", wrong.Code)
	}
}

// The log of corrections comes in pages, from either end.
func TestCorrectionsComeInPages(t *testing.T) {
	l := sample(t)
	for i := range 5 {
		if _, err := l.Correct(t.Context(), ledger.Correction{Action: ledger.Grade, Author: "Ann", Reason: "read it often", Source: fmt.Sprintf("Krant %d", i), Reliability: "B", Seen: -1}); err != nil {
			t.Fatal(err)
		}
	}
	h := web.New(options(l))
	for address, want := range map[string][]int64{
		"/api/corrections":                              {1, 2, 3, 4, 5},
		"/api/corrections?order=newest&limit=2":         {5, 4},
		"/api/corrections?order=newest&limit=2&after=4": {3, 2},
		"/api/corrections?order=newest&after=1":         {},
		"/api/corrections?after=3":                      {4, 5},
		"/api/corrections?subject=Krant+2&order=newest": {3},
	} {
		var list []ledger.Correction
		got := get(h, address)
		if err := json.Unmarshal(got.Body.Bytes(), &list); err != nil {
			t.Fatalf("%s: %v in %s", address, err, got.Body)
		}
		numbers := []int64{}
		for _, c := range list {
			numbers = append(numbers, c.Number)
		}
		if !slices.Equal(numbers, want) {
			t.Errorf("%s gives %v, want %v", address, numbers, want)
		}
	}
}

// What the API says in words it says in the client's language.
func TestTheNoteIsInTheClientsLanguage(t *testing.T) {
	h := web.New(options(sample(t)))
	for accept, want := range map[string][2]string{
		"":                        {"en", "The ledger has no article of 1999-01-01 or before"},
		"nl":                      {"nl", "Het grootboek heeft geen artikel van 1999-01-01"},
		"nl-BE,nl;q=0.9,en;q=0.1": {"nl", "Het grootboek"},
		"fr-FR,nl;q=0.8,en;q=0.5": {"nl", "Het grootboek"},
		"en-GB,en;q=0.9,nl;q=0.8": {"en", "The ledger"},
		"fr, de":                  {"en", "The ledger"},
		`"><script>`:              {"en", "The ledger"},
	} {
		for _, address := range []string{"/api/timeline?as_of=1999-01-01", "/api/situation?as_of=1999-01-01", "/api/timeline?format=csv&as_of=1999-01-01"} {
			got := get(h, address, "Accept-Language", accept)
			if note := got.Header().Get("Casus-Note"); got.Header().Get("Content-Language") != want[0] || !strings.HasPrefix(note, want[1]) || !strings.Contains(strings.Join(got.Header().Values("Vary"), ","), "Accept-Language") {
				t.Errorf("%q, %s: %s, %q", accept, address, got.Header(), note)
			}
		}
	}
}
