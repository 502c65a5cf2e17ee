package refdata

import (
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"

	"casus"
)

// tables reads all embedded tables, by file name.
func tables(t testing.TB) map[string]*table {
	t.Helper()
	names, err := fs.Glob(files, "*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*table{}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if out[name], err = parseTable(name, string(text)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestEveryLineHasASource(t *testing.T) {
	for name, table := range tables(t) {
		if name == "roles.tsv" {
			continue // words for offices, no facts
		}
		for _, r := range table.rows {
			if strings.TrimSpace(r.cell("source")) == "" {
				t.Errorf("%s:%d: no source", name, r.line)
			}
		}
	}
}

func TestCellsAreClean(t *testing.T) {
	for name, table := range tables(t) {
		for _, r := range table.rows {
			for i, cell := range r.cells {
				column := table.columns[i]
				if column == "source" {
					continue
				}
				for _, entry := range splitList(cell) {
					if entry == "" || entry != strings.TrimSpace(entry) || strings.Contains(entry, "  ") {
						t.Errorf("%s:%d: %s: %q is empty or has a space too many", name, r.line, column, entry)
					}
				}
			}
		}
	}
}

func TestEveryIDIsWellFormed(t *testing.T) {
	idColumns := []string{"id", "person", "actor", "alliance", "members", "place", "by", "country", "same_as"}
	for name, table := range tables(t) {
		for _, r := range table.rows {
			for _, column := range idColumns {
				for _, id := range r.list(column) {
					if !casus.ActorID(id).Valid() {
						t.Errorf("%s:%d: %s: %q is no id", name, r.line, column, id)
					}
				}
			}
		}
	}
}

func TestCountriesHaveTheirISOCodes(t *testing.T) {
	for _, r := range tables(t)["countries.tsv"].rows {
		id, code := r.cell("id"), r.cell("iso2")
		if code == "" {
			if status := r.cell("status"); status != "de-facto" && status != "former" {
				t.Errorf("%s: no ISO 3166-1 code though it is %s", id, status)
			}
			continue
		}
		region, err := language.ParseRegion(code)
		if err != nil || !region.IsCountry() {
			t.Errorf("%s: %s is no country's code", id, code)
			continue
		}
		if want := strings.ToLower(region.ISO3()); id != want && id != "xkx" { // Kosovo: user-assigned, XKX by custom
			t.Errorf("%s is the code of %s", code, want)
		}
	}
}

func TestIDsBelongToKnownCountriesAndGroups(t *testing.T) {
	w := open(t)
	for _, name := range []string{"institutions.tsv", "places.tsv", "aliases.tsv", "governments.tsv"} {
		for _, r := range tables(t)[name].rows {
			for _, column := range []string{"id", "country", "place", "by"} {
				id := casus.ActorID(r.cell(column))
				if _, known := w.Actor(casus.ActorID(id.Head())); !known && id != "" {
					t.Errorf("%s:%d: %s is neither known nor part of what is", name, r.line, id)
				}
			}
		}
	}
}

func TestABrokenTableNamesFileAndLine(t *testing.T) {
	for text, want := range map[string]string{
		"# only a comment\n":                        "x.tsv: no header",
		"id\tsource\na\tb\tc\n":                     "x.tsv:2: 3 cells for 2 columns",
		"\n# c\nid\nRUS\n":                          `x.tsv:4: id: "RUS" is not an actor id`,
		"id\tfrom\na\t3 May\n":                      "x.tsv:2: from: date",
		"id\tfrom\tto\na\t2022-01-02\t2022-01-01\n": "x.tsv:2: from 2022-01-02 is after to 2022-01-01",
	} {
		table, err := parseTable("x.tsv", text)
		if err == nil {
			if _, err = table.rows[0].actor("id"); err == nil {
				_, err = table.rows[0].period("from", "to")
			}
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func FuzzParseTable(f *testing.F) {
	f.Add("# comment\nid\tnames\nrus\tRusland;Russia\n")
	f.Add("id\r\n\t\t\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := parseTable("x.tsv", text)
		if err != nil {
			return
		}
		for _, r := range table.rows {
			if len(r.cells) > len(table.columns) || r.line < 1 || r.line > strings.Count(text, "\n")+1 {
				t.Errorf("row %+v of %q", r, text)
			}
		}
	})
}

func TestFoldBringsSpellingsTogether(t *testing.T) {
	for spelling, want := range map[string]string{
		"Sana’a": "sanaa", "Sana'a": "sanaa", "Bagrām": "bagram", "Élysée": "elysee", "Erdoğan": "erdogan", "Łódź": "lodz",
		"IĞDIR": "igdir", "Straße": "strasse", "Bakı": "baki", "Gəncə": "ganca", "Khan-Younis": "khan-younis", "": "",
	} {
		if got := Fold(spelling); got != want {
			t.Errorf("Fold(%q) = %q, want %q", spelling, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Sana’a", "Bagrām", "İstanbul", "ǅ", "\xff\xfe", "ﬁ", "Ά"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); utf8.ValidString(s) && twice != once {
			t.Errorf("Fold(%q) = %q, and folded again %q", s, once, twice)
		}
		if strings.ContainsAny(once, "'’`ʼ") {
			t.Errorf("Fold(%q) = %q keeps an apostrophe", s, once)
		}
	})
}
