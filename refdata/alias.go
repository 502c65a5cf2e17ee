package refdata

import (
	"slices"
	"strings"

	"casus"
)

// AliasClass says what kind of word an alias is, and so how a reader may use it.
type AliasClass string

const (
	Name            AliasClass = "name"             // Oekraïne, Islamitische Staat, Vladimir Poetin
	Acronym         AliasClass = "acronym"          // VS, CVVO, Navo
	Adjective       AliasClass = "adjective"        // Afghaanse, Russian: never the actor alone
	Demonym         AliasClass = "demonym"          // Afghanen, Russians; also Houthi's: the plural
	DemonymSingular AliasClass = "demonym-singular" // Afghaan, Russian
	Capital         AliasClass = "capital"          // Moskou for Russia; the town itself is a Place
	Metonym         AliasClass = "metonym"          // Kremlin, White House
	Surname         AliasClass = "surname"          // Poetin, Tokayev: a person known by it alone
	PlaceName       AliasClass = "place"            // Donbas, Noord-Afghanistan
)

// Alias is a word or words that stand for an actor or place. Text stands
// without article, save where the bare word means something else ("het
// Westen"). Both apostrophes are listed: Azeri's and Azeri’s.
type Alias struct {
	Text, Lang string // Lang is BCP 47: "nl", "en", or "mul" for all languages
	Class      AliasClass
	ID         casus.ActorID
	// Valid is when the alias holds, for the few that changed; else it is open.
	Valid casus.Period
}

// aliasColumns says which columns of any table hold aliases, and of what kind.
// An empty class is that of the table.
var aliasColumns = map[string]struct {
	class AliasClass
	lang  string
}{
	"names_nl":      {"", "nl"},
	"names_en":      {"", "en"},
	"acronyms_nl":   {Acronym, "nl"},
	"acronyms_en":   {Acronym, "en"},
	"adjectives_nl": {Adjective, "nl"},
	"adjectives_en": {Adjective, "en"},
	"people_nl":     {Demonym, "nl"},
	"people_en":     {Demonym, "en"},
	"person_nl":     {DemonymSingular, "nl"},
	"person_en":     {DemonymSingular, "en"},
	"capitals_nl":   {Capital, "nl"},
	"capitals_en":   {Capital, "en"},
	"surnames_nl":   {Surname, "nl"},
	"surnames_en":   {Surname, "en"},
	"names":         {"", "mul"},
	"surnames":      {Surname, "mul"},
}

// addAliases takes up all aliases of a row; names are of the class given.
func (w *World) addAliases(r row, id casus.ActorID, names AliasClass) {
	first := len(w.aliases)
	for i, column := range r.table.columns {
		kind, ok := aliasColumns[column]
		if !ok || i >= len(r.cells) {
			continue
		}
		if kind.class == "" {
			kind.class = names
		}
		for _, text := range splitList(r.cells[i]) {
			w.addAlias(Alias{text, kind.lang, kind.class, id, casus.Always}, first)
		}
	}
}

// addAlias takes up an alias, with both apostrophes, unless its row, whose
// aliases begin at number first, has it already.
func (w *World) addAlias(a Alias, first int) {
	if !slices.Contains(w.aliases[first:], a) {
		w.aliases = append(w.aliases, a)
	}
	if strings.Contains(a.Text, "'") {
		a.Text = strings.ReplaceAll(a.Text, "'", "’")
		w.addAlias(a, first)
	}
}

// addAliasRow takes up a line of aliases.tsv.
func (w *World) addAliasRow(r row) error {
	id, err := r.actor("id")
	if err != nil {
		return err
	}
	valid, err := r.period("valid_from", "valid_to")
	if err != nil {
		return err
	}
	first := len(w.aliases)
	for _, lang := range []string{"nl", "en"} {
		for _, text := range r.list(lang) {
			w.addAlias(Alias{text, lang, AliasClass(r.cell("class")), id, valid}, first)
		}
	}
	return nil
}

// Aliases returns the aliases of a language and those of all languages, in
// the order of the tables: states, groups, institutions, collectives, places,
// persons, further aliases. The towns of the gazetteer are not among them;
// ask PlacesNamed.
func (w *World) Aliases(lang string) []Alias {
	var out []Alias
	for _, a := range w.aliases {
		if a.Lang == lang || a.Lang == "mul" {
			out = append(out, a)
		}
	}
	return out
}
