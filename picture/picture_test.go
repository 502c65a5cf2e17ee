package picture_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/memory"
	"casus/picture"
)

// day reads a date that a test writes.
func day(s string) casus.Date {
	d, err := casus.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// when reads "2021-07-04", "2021-07-04…", "…2021-07-04", "2021-07-01…2021-07-31" or "?".
func when(s string) casus.Period {
	if s == "?" {
		return casus.Always
	}
	from, to, stretch := strings.Cut(s, "…")
	if !stretch {
		to = from
	}
	return casus.Period{From: day(from), To: day(to), Precision: casus.PrecisionDay}
}

// told is one article with one sentence and its records.
type told struct {
	id, published string
	records       []casus.Record
}

// says is a record on the whole of an article's sentence.
func says(status casus.Status, period string, body casus.Body) casus.Record {
	return casus.Record{Status: status, When: when(period), Body: body, Made: casus.Made{Rule: "test:1"}}
}

func relation(sort casus.RelationType, from, to casus.ActorID, change casus.Change) casus.Body {
	return &casus.Relation{Type: sort, From: from, To: to, Change: change}
}

func newPicture(t *testing.T, lexicon *picture.Lexicon, stories ...told) *picture.Picture {
	t.Helper()
	l := memory.New(nil, nil)
	for _, s := range stories {
		if _, err := l.Append(context.Background(), reading(s)); err != nil {
			t.Fatal(err)
		}
	}
	return picture.New(l, lexicon)
}

// reading is a story as the ledger takes it.
func reading(s told) ledger.Reading {
	text := fmt.Sprintf("Dit staat in artikel %s.", s.id)
	sum := sha256.Sum256([]byte(text))
	r := ledger.Reading{Reader: "1", Article: casus.Article{ID: casus.ArticleID(s.id), Hash: hex.EncodeToString(sum[:]), Language: "nl", Title: "Over " + s.id,
		Publisher: "De Bode", Date: when(s.published), Text: text}}
	for _, rec := range s.records {
		rec.Quote, rec.Span = text, casus.Span{End: len(text)}
		if rec.By != "" {
			rec.ByAs = "artikel"
		}
		r.Records = append(r.Records, rec)
	}
	r.Actors = []casus.Actor{{ID: "person/onbekende-bron", Kind: casus.ActorPerson, Names: []string{"Onbekende Bron"}}}
	return r
}

// lexicon is a small reference for the tests.
func lexicon() *picture.Lexicon {
	names := []struct {
		name string
		id   casus.ActorID
	}{{"Rusland", "rus"}, {"Moskou", "rus"}, {"Taliban", "taliban"}, {"Georgië", "geo"}, {"Georgia", "geo"}, {"Georgia", "usa/georgia"}, {"Vladimir Poetin", "person/vladimir-putin"},
		{"Poetin", "person/vladimir-putin"}, {"Ivoorkust", "civ"}}
	return picture.NewLexicon(func(yield func(string, casus.ActorID) bool) {
		for _, n := range names {
			if !yield(n.name, n.id) {
				return
			}
		}
	}, func(id casus.ActorID) (casus.Actor, bool) {
		a := casus.Actor{ID: id, Kind: casus.ActorState}
		for _, n := range names {
			if n.id == id {
				a.Names = append(a.Names, n.name)
			}
		}
		return a, len(a.Names) > 0
	})
}

func TestResolve(t *testing.T) {
	p := newPicture(t, lexicon(), told{"a", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01", relation(casus.Hosts, "tjk/border-guard", "afg/mil", casus.Held))}})
	for _, c := range []struct {
		typed string
		want  casus.ActorID
		code  casus.Code
		says  string
	}{
		{"rus", "rus", "", ""},
		{" RUSLAND ", "rus", "", ""},
		{"georgie", "geo", "", ""},
		{"vladimir  poetin", "person/vladimir-putin", "", ""},
		{"person/vladimir-putin", "person/vladimir-putin", "", ""},
		{"tjk/border-guard", "tjk/border-guard", "", ""}, // only the ledger has it
		{"tjk", "tjk", "", ""},                           // as the wider actor of a part
		{"Onbekende bron", "person/onbekende-bron", "", ""},
		{"georgia", "", casus.Invalid, "this may be geo (Georgië) or usa/georgia (Georgia)"},
		{"Ruslnad", "", casus.NotFound, "Did you mean rusland?"},
		{"tjk/border-gaurd", "", casus.NotFound, "Did you mean tjk/border-guard?"},
		{"xyzzy plugh", "", casus.NotFound, "See casus actors"},
		{"nld", "", casus.NotFound, ""},
	} {
		a, err := p.Resolve(context.Background(), c.typed)
		if a.ID != c.want || casus.CodeOf(err) != c.code || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q is %q, %v; want %q, %s %s", c.typed, a.ID, err, c.want, c.code, c.says)
		}
	}
}

// inForce writes the relations of a portrait as "type from to".
func inForce(list []picture.Holding) []string {
	var out []string
	for _, h := range list {
		out = append(out, fmt.Sprintf("%s %s %s", h.Type, h.From, h.To))
	}
	return out
}

func TestARelationHoldsFromItsBeginningToItsEnd(t *testing.T) {
	recognised := func(change casus.Change, status casus.Status, period string) casus.Record {
		return says(status, period, relation(casus.Recognises, "rus", "taliban", change))
	}
	for _, c := range []struct {
		name      string
		stories   []told
		holds     []string // days on which it is in force
		doesNot   []string
		contested []string // days on which somebody doubts it
	}{
		{"it lasts once begun", []told{{"a", "2025-07-05", []casus.Record{recognised(casus.Begins, casus.Happened, "2025-07-04")}}},
			[]string{"2025-07-04", "2030-01-01"}, []string{"2025-07-03"}, nil},
		{"it ends by the last day of the period of its end", []told{
			{"a", "2021-01-01", []casus.Record{recognised(casus.Held, casus.Ongoing, "2020-01-01…")}},
			{"b", "2022-02-01", []casus.Record{recognised(casus.Ends, casus.Happened, "2022-01-01…2022-01-31")}}},
			[]string{"2020-01-01", "2022-01-30"}, []string{"2019-12-31", "2022-01-31", "2023-01-01"}, nil},
		{"it may begin again", []told{
			{"a", "2021-01-01", []casus.Record{recognised(casus.Begins, casus.Happened, "2020-01-01…")}},
			{"b", "2022-02-01", []casus.Record{recognised(casus.Ends, casus.Happened, "2021-01-01")}},
			{"c", "2022-02-01", []casus.Record{recognised(casus.Begins, casus.Happened, "2022-01-01…")}}},
			[]string{"2020-06-01", "2022-06-01"}, []string{"2021-06-01"}, nil},
		{"told in any order", []told{
			{"c", "2022-02-01", []casus.Record{recognised(casus.Begins, casus.Happened, "2022-01-01…")}},
			{"b", "2022-02-01", []casus.Record{recognised(casus.Ends, casus.Happened, "2021-01-01")}},
			{"a", "2021-01-01", []casus.Record{recognised(casus.Begins, casus.Happened, "2020-01-01…")}}},
			[]string{"2020-06-01", "2022-06-01"}, []string{"2021-06-01"}, nil},
		{"without a start it held before", []told{{"a", "2021-07-15", []casus.Record{recognised(casus.Held, casus.Ongoing, "?")}}},
			[]string{"2021-07-05", "2021-07-15", "2022-01-01"}, nil, nil},
		{"what is said to hold after an end holds again", []told{
			{"a", "2021-01-01", []casus.Record{recognised(casus.Ends, casus.Happened, "2021-01-01")}},
			{"b", "2022-01-01", []casus.Record{recognised(casus.Held, casus.Ongoing, "?")}}},
			[]string{"2022-06-01"}, nil, nil},
		{"what held for a period is over after it", []told{{"a", "2021-07-01", []casus.Record{recognised(casus.Held, casus.Happened, "…2001-12-31")}}},
			[]string{"2000-01-01", "2001-12-31"}, []string{"2002-01-01"}, nil},
		{"a denial and a plan are kept apart", []told{
			{"a", "2021-07-01", []casus.Record{recognised(casus.Held, casus.Denied, "?")}},
			{"b", "2021-07-01", []casus.Record{recognised(casus.Begins, casus.Planned, "2021-08-01…")}}},
			nil, []string{"2021-07-01", "2021-09-01"}, []string{"2021-07-01", "2021-09-01"}},
		{"a feared end does not end it", []told{
			{"a", "2021-07-01", []casus.Record{recognised(casus.Held, casus.Ongoing, "?")}},
			{"b", "2021-07-02", []casus.Record{recognised(casus.Ends, casus.Possible, "2021-07-02…")}}},
			[]string{"2021-07-05"}, nil, []string{"2021-07-05"}},
	} {
		p := newPicture(t, lexicon(), c.stories...)
		show := func(on string) picture.Portrait {
			portrait, err := p.Show(context.Background(), picture.ShowQuestion{Actor: "rusland", AsOf: day(on)})
			if err != nil {
				t.Fatal(err)
			}
			return portrait
		}
		for _, on := range c.holds {
			if got := inForce(show(on).Relations); !slices.Equal(got, []string{"recognises rus taliban"}) {
				t.Errorf("%s: on %s there is %v", c.name, on, got)
			}
		}
		for _, on := range c.doesNot {
			if got := inForce(show(on).Relations); len(got) > 0 {
				t.Errorf("%s: on %s there is %v", c.name, on, got)
			}
		}
		for _, on := range c.contested {
			if got := inForce(show(on).Contested); len(got) != 1 {
				t.Errorf("%s: on %s contested is %v", c.name, on, got)
			}
		}
	}
}

func TestAPortrait(t *testing.T) {
	n := 2000.0
	commitment := func(debtor, to casus.ActorID, state casus.State) casus.Body {
		return &casus.Commitment{Debtor: debtor, Beneficiary: to, Duty: "terugtrekken", Basis: casus.Pledge, State: state}
	}
	claim := func(speaker casus.ActorID) casus.Body { return &casus.Claim{Speaker: speaker, Act: casus.Say} }
	fight := &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"rus/mil"}, Target: []casus.ActorID{"taliban"}}
	p := newPicture(t, lexicon(),
		told{"basis", "2021-07-01", []casus.Record{
			says(casus.Ongoing, "2004-01-01…", relation(casus.BasesIn, "rus/mil", "tjk", casus.Held)),
			says(casus.Ongoing, "2021-07-01", &casus.Figure{Low: &n, Unit: "soldiers", Of: "militairen", AsWritten: "artikel"})}},
		told{"belofte", "2021-07-02", []casus.Record{says(casus.Happened, "2021-07-02…", commitment("rus", "kaz", casus.InForce)), says(casus.Happened, "2021-07-02…", commitment("kaz", "rus", casus.Offered)),
			says(casus.Happened, "2021-07-02…", commitment("rus", "kaz", casus.Kept))}},
		told{"woorden", "2021-07-03", []casus.Record{says(casus.Happened, "2021-07-03", claim("rus/gov")), says(casus.Happened, "2021-07-03", claim("taliban")), says(casus.Happened, "2021-07-03", fight)}},
		told{"later", "2021-08-01", []casus.Record{says(casus.Happened, "2021-08-01", claim("rus/gov"))}})
	got, err := p.Show(context.Background(), picture.ShowQuestion{Actor: "rus", AsOf: day("2021-07-10")})
	if err != nil {
		t.Fatal(err)
	}
	if got.Actor.Names[0] != "Rusland" || got.Records != 7 {
		t.Errorf("actor %+v, %d records", got.Actor, got.Records)
	}
	if len(got.Owes) != 1 || len(got.Owed) != 1 || len(got.Statements) != 1 || len(got.Events) != 1 {
		t.Errorf("%d owed by it, %d to it, %d statements, %d events", len(got.Owes), len(got.Owed), len(got.Statements), len(got.Events))
	}
	if len(got.Deployments) != 1 || len(got.Deployments[0].Figures) != 1 || got.Deployments[0].Since != day("2004-01-01") {
		t.Errorf("deployments %+v", got.Deployments)
	}
}

func TestListsAnswerWhatTheyAreAskedFor(t *testing.T) {
	n := 1200.0
	flow := func(group, from, to casus.ActorID) casus.Body {
		return &casus.Flow{Group: group, Origin: from, Destination: to, High: &n, Cause: casus.CauseReturn}
	}
	p := newPicture(t, lexicon(),
		told{"a", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01", flow("afg/refugees", "irn", "afg")), says(casus.Happened, "2021-07-01", flow("afg/refugees", "afg", "pak"))}},
		told{"b", "2021-07-02", []casus.Record{says(casus.Happened, "2021-07-02", &casus.Figure{Low: &n, Unit: "soldiers", Of: "Afghaanse militairen", AsWritten: "artikel"})}},
		told{"c", "2021-07-03", []casus.Record{says(casus.Happened, "2021-07-03", &casus.Claim{Speaker: "rus", Act: casus.Deny, About: []casus.ActorID{"taliban"}}),
			says(casus.Happened, "2021-07-03", &casus.Claim{Speaker: "taliban", Act: casus.Say, About: []casus.ActorID{"rus"}})}},
		told{"d", "2021-07-04", []casus.Record{says(casus.Happened, "2021-07-04…", &casus.Commitment{Debtor: "rus", Beneficiary: "tjk", Duty: "helpen", Basis: casus.Treaty, State: casus.Triggered})}})
	ctx := context.Background()
	for _, c := range []struct {
		name string
		ask  func() (picture.Answer, error)
		want int
	}{
		{"flows", func() (picture.Answer, error) { return p.Flows(ctx, picture.Question{}) }, 2},
		{"flows from", func() (picture.Answer, error) { return p.Flows(ctx, picture.Question{Actor: "irn"}) }, 1},
		{"flows to", func() (picture.Answer, error) { return p.Flows(ctx, picture.Question{With: "pak"}) }, 1},
		{"flows from and to", func() (picture.Answer, error) { return p.Flows(ctx, picture.Question{Actor: "afg", With: "pak"}) }, 1},
		{"flows the other way", func() (picture.Answer, error) { return p.Flows(ctx, picture.Question{Actor: "pak", With: "afg"}) }, 0},
		{"figures", func() (picture.Answer, error) { return p.Figures(ctx, "", picture.Question{}) }, 1},
		{"figures of soldiers", func() (picture.Answer, error) { return p.Figures(ctx, "Militair", picture.Question{}) }, 1},
		{"figures of a unit", func() (picture.Answer, error) { return p.Figures(ctx, "soldier", picture.Question{}) }, 1},
		{"figures of districts", func() (picture.Answer, error) { return p.Figures(ctx, "districten", picture.Question{}) }, 0},
		{"said", func() (picture.Answer, error) { return p.Said(ctx, picture.Question{Actor: "Rusland"}) }, 1},
		{"denied", func() (picture.Answer, error) { return p.Said(ctx, picture.Question{Actor: "rus", Type: "deny"}) }, 1},
		{"commitments", func() (picture.Answer, error) { return p.Commitments(ctx, picture.Question{Type: "triggered"}) }, 1},
		{"commitments kept", func() (picture.Answer, error) { return p.Commitments(ctx, picture.Question{Type: "kept"}) }, 0},
		{"timeline", func() (picture.Answer, error) {
			return p.Timeline(ctx, picture.Question{Actor: "rus", With: "Taliban"})
		}, 2},
	} {
		answer, err := c.ask()
		if err != nil || len(answer.Entries) != c.want {
			t.Errorf("%s: %d entries, %v; want %d", c.name, len(answer.Entries), err, c.want)
		}
	}
}

// The JSON of an answer is what the web page and --json readers hold on to.
func TestAnAnswerAsJSON(t *testing.T) {
	p := newPicture(t, lexicon(), told{"a", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01", relation(casus.Hosts, "rus", "afg/mil", casus.Held))}})
	answer, err := p.Timeline(context.Background(), picture.Question{Actor: "Rusland"})
	if err != nil {
		t.Fatal(err)
	}
	e := &answer.Entries[0]
	e.Recorded, e.Article.Known = time.Time{}, time.Time{}
	b, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"actor":{"id":"rus","kind":"state","names":["Rusland","Moskou"]},"entries":[{"id":"` + string(e.ID) + `","record":{"kind":"relation","article":"a",` +
		`"quote":"Dit staat in artikel a.","start":0,"end":23,"by":null,"status":"happened","when":{"from":"2021-07-01","to":"2021-07-01","precision":"day"},"where":[],` +
		`"type":"hosts","from":"rus","to":"afg/mil","change":"holds"},"made":{"reader":"1","rule":"test:1","confidence":0},` +
		`"article":{"id":"a","title":"Over a","publisher":"De Bode","language":"nl","date":{"from":"2021-07-01","to":"2021-07-01","precision":"day"},"known":"0001-01-01T00:00:00Z"},` +
		`"recorded":"0001-01-01T00:00:00Z"}]}`
	if string(b) != want {
		t.Errorf("JSON is\n%s\nwant\n%s", b, want)
	}
}

func TestAnArticleHasItsRecordsInOrder(t *testing.T) {
	p := newPicture(t, nil, told{"a", "2021-07-01", []casus.Record{says(casus.Happened, "2021-07-01", relation(casus.Hosts, "rus", "afg/mil", casus.Held)),
		says(casus.Happened, "2021-07-01", &casus.Event{Type: casus.Aid, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{}})}})
	a, err := p.Article(context.Background(), "a", picture.Question{})
	if err != nil || len(a.Entries) != 2 || a.Entries[0].Record.Kind() != casus.KindEvent || a.Article.Text == "" {
		t.Errorf("%+v, %v", a, err)
	}
	var missing *casus.Error
	if _, err := p.Article(context.Background(), "b", picture.Question{}); !errors.As(err, &missing) || missing.Code != casus.NotFound {
		t.Errorf("no article: %v", err)
	}
}

// A place has claims, dated and with their origins, and no verdict.
func TestTerritoryIsRivalClaims(t *testing.T) {
	holds := func(who, place casus.ActorID) casus.Body { return relation(casus.Controls, who, place, casus.Held) }
	p := newPicture(t, nil,
		told{"a", "2021-07-05", []casus.Record{says(casus.Happened, "2021-07-04", relation(casus.Controls, "taliban", "afg/kunduz", casus.Begins))}},
		told{"b", "2021-07-06", []casus.Record{by("afg", says(casus.Ongoing, "2021-07-06…", holds("afg/mil", "afg/kunduz")))}},
		told{"c", "2021-07-06", []casus.Record{by("afg", says(casus.Denied, "2021-07-06…", holds("taliban", "afg/faizabad")))}},
		told{"d", "2021-07-06", []casus.Record{by("taliban", says(casus.Ongoing, "2021-07-06…", holds("taliban", "afg/faizabad")))}},
		told{"e", "2021-07-06", []casus.Record{says(casus.Ongoing, "2021-07-06…", holds("afg", "afg/kabul")), says(casus.Ongoing, "2021-07-06…", holds("afg/mil", "afg/kabul"))}})
	s, err := p.Situation(context.Background(), picture.Question{To: day("2021-07-07")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, place := range s.Territory {
		line := fmt.Sprintf("%s, rivalry %v:", place.Place, place.Rivalry)
		for _, c := range place.Claims {
			line += fmt.Sprintf(" %s since %s by %s %s;", c.From, c.Since, c.Origins, c.Grade)
		}
		for _, c := range place.Contested {
			line += fmt.Sprintf(" not %s by %s %s;", c.From, c.Origins, c.Grade)
		}
		got = append(got, line)
	}
	want := []string{
		"afg/faizabad, rivalry true: taliban since 2021-07-06 by [taliban] F4; not taliban by [afg] F6;",
		"afg/kabul, rivalry false: afg since 2021-07-06 by [De Bode] F3; afg/mil since 2021-07-06 by [De Bode] F3;",
		"afg/kunduz, rivalry true: afg/mil since 2021-07-06 by [afg] F4; taliban since 2021-07-04 by [De Bode] F4;",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// What reference data hold of a day is told of those whom the answer names.
func TestASituationTellsWhoHeldOffice(t *testing.T) {
	l := picture.NewLexicon(func(func(string, casus.ActorID) bool) {}, nil).WithFacts(picture.Facts{
		Offices: []picture.OfficeHeld{
			{Person: "person/ashraf-ghani", Office: casus.Office{Actor: "afg/gov", Role: "president", From: day("2014-09-29"), To: day("2021-08-15")}},
			{Person: "person/vladimir-putin", Office: casus.Office{Actor: "rus/gov", Role: "president", From: day("2012-05-07")}}},
		Governments: []picture.Government{{Place: "afg", By: "taliban", From: day("2021-08-15")}}})
	p := newPicture(t, l, told{"a", "2021-07-05", []casus.Record{says(casus.Ongoing, "2021-07-01…", relation(casus.Controls, "taliban", "afg/kunduz", casus.Held))}})
	for on, want := range map[string]string{"2021-08-01": "1 offices, 0 governments", "2021-09-01": "0 offices, 1 governments", "1999-01-01": "0 offices, 0 governments"} {
		s, err := p.Situation(context.Background(), picture.Question{To: day(on)})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%d offices, %d governments", len(s.Offices), len(s.Governments)); got != want {
			t.Errorf("on %s: %s, want %s", on, got, want)
		}
	}
}
