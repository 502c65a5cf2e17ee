package foresee

import (
	"maps"
	"strings"
	"testing"

	"casus"
	"casus/ledger"
)

func TestTheTableOfBordersIsWhole(t *testing.T) {
	b, _ := beside(t)
	table, err := readBorders(bordersTable)
	if err != nil {
		t.Fatal(err)
	}
	found := table.in(words("Torkham was reopened; the Latsjin-corridor, a road along the border, stays sealed off: closed by decree."))
	if want := map[string]int{"opened": 12, "way": 44, "border": 33, "closed": 72}; !maps.Equal(found.at, want) || len(found.crossings) != 2 {
		t.Errorf("found %v and crossings %v, want %v and two", found.at, found.crossings, want)
	}
	for _, c := range table.crossings {
		for _, land := range c.lands {
			if _, ok := b.World.Place(land); !ok {
				t.Errorf("%s lies at %s, which is no place", c.written[0], land)
			}
		}
	}
	if _, err := readBorders("# x\nword\tborder\n"); err == nil || !strings.HasPrefix(err.Error(), "borders.tsv:2: ") {
		t.Errorf("a short line: %v", err)
	}
}

// TestBordersOfADraft lays records beside each other that tell of closed borders in
// the ways in which records do: by an event, beside a figure, by the name of a
// crossing, of one side only; and that tell of an opening, or of something else.
func TestBordersOfADraft(t *testing.T) {
	b, _ := beside(t)
	day := casus.NewDate(2026, 1, 1)
	q := DraftQuestion{Region: "central-asia", AsOf: day, Days: 30, Back: 30}
	table, err := readBorders(bordersTable)
	if err != nil {
		t.Fatal(err)
	}
	r := region{b.World, []casus.ActorID{"kgz", "tjk", "uzb", "afg"}}
	entry := func(id, quote string, body casus.Body) ledger.Entry {
		return ledger.Entry{ID: casus.RecordID(id), ActsFor: map[casus.ActorID]casus.ActorID{"person/x": "kgz/gov"},
			Record: casus.Record{Status: casus.Happened, Quote: quote, When: casus.Day(day.AddDays(-3)), Body: body}}
	}
	event := func(sort casus.EventType, mode string, source, target casus.ActorID) *casus.Event {
		return &casus.Event{Type: sort, Mode: mode, Source: []casus.ActorID{source}, Target: []casus.ActorID{target}}
	}
	closes := event(casus.Coerce, "restrict", "tjk/gov", "kgz")
	for _, c := range []struct {
		name    string
		entries []ledger.Entry
		want    string
	}{
		{"an event between two", []ledger.Entry{entry("r1", "Tajikistan closed its border with Kyrgyzstan.", closes)},
			"{between: [kgz, tjk], closed: {from: 2026-01-02, to: 2026-01-31}} # 2025-12-29 r1"},
		{"beside a figure, by crossings", []ledger.Entry{entry("r1", "De grensposten Torkham en Chaman bleven gesloten, honderden vrachtwagens staan vast.", &casus.Figure{})},
			"{between: [afg, pak], closed: {from: 2026-01-02, to: 2026-01-31}} # at Torkham, Chaman: 2025-12-29 r1"},
		{"of one side", []ledger.Entry{entry("r1", "Uzbekistan sealed the border.", event(casus.Coerce, "restrict", "uzb/gov", "people"))},
			"# {between: [uzb, …], closed: {from: 2026-01-02, to: 2026-01-31}} # told closed, with whom is not: 2025-12-29 r1"},
		{"closed and opened since", []ledger.Entry{entry("r1", "Tajikistan closed its border with Kyrgyzstan.", closes),
			entry("r2", "De president opende twee grensovergangen die dicht waren geweest.", event(casus.Retreat, "access", "person/x", "tjk"))},
			"# between kgz, tjk: told open again, 2025-12-29 r2"},
		{"opened and closed since", []ledger.Entry{entry("r2", "He reopened the crossing, shut since May.", event(casus.Retreat, "access", "person/x", "tjk")),
			entry("r1", "Tajikistan closed its border with Kyrgyzstan.", closes)},
			"{between: [kgz, tjk], closed: {from: 2026-01-02, to: 2026-01-31}} # 2025-12-29 r1"},
		{"a restriction of something else", []ledger.Entry{entry("r1", "Tajikistan barred Kyrgyz women from schools.", closes)}, ""},
		{"a border that nobody closes", []ledger.Entry{entry("r1", "Soldiers attacked border posts.", event(casus.Assault, "", "tjk/mil", "kgz"))}, ""},
		{"outside the region", []ledger.Entry{entry("r1", "Larsi remained closed.", &casus.Figure{})}, ""},
	} {
		var d draft
		d.bordersOf(q, r, table, c.entries)
		if got := strings.Join(d.borders, "\n"); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	planned := entry("r1", "Tajikistan may close its border with Kyrgyzstan.", closes)
	planned.Record.Status = casus.Planned
	var d draft
	if d.bordersOf(q, r, table, []ledger.Entry{planned}); len(d.borders) > 0 {
		t.Errorf("what is planned: %q", d.borders)
	}
}
