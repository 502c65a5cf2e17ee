package actors

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"casus"
)

// Lexicon is what a language supplies to find actors: nouns that name a role,
// a collective or somebody mentioned before, its pronouns and lists of words.
type Lexicon struct {
	lang         string
	roles        phrases[*role]
	roleTails    map[string]*role // by folded form: a role noun as the end of a compound
	elided       *role            // what a portfolio by itself stands for: "Binnenlandse Zaken" is its ministry
	portfolios   phrases[portfolio]
	collectives  phrases[*collective]
	descriptions phrases[*description]
	pronouns     map[string]*pronoun
	lists        map[string]*phrases[string] // actors_words.tsv by list; the value is what follows "=" in an entry
}

// roleSort says how a role noun relates to its owner.
type roleSort string

const (
	organ    roleSort = "organ"    // an institution: government, ministry, army
	body     roleSort = "body"     // its members together: soldiers, policemen, officials
	people   roleSort = "people"   // a population: refugees, protesters
	office   roleSort = "office"   // a post that one person holds: president, minister
	member   roleSort = "member"   // one who speaks or acts for the owner: spokesman, leader
	fighters roleSort = "fighters" // a member of a group, or of nobody: rebels, militants
	trade    roleSort = "trade"    // a person by trade, who may stand alone: expert, lawyer
	part     roleSort = "part"     // a part of a land, as a place: north, capital, border
	kind     roleSort = "kind"     // a noun that tells what the name beside it is: party, think tank, province
)

var sorts = []roleSort{organ, body, people, office, member, fighters, trade, part, kind}

// role is a line of actors_roles.tsv.
type role struct {
	forms  []string
	sort   roleSort
	sector string // what is added to the owner's id; "" for nothing
	alone  casus.ActorID
	office string // the role's name in refdata's offices
	flags  map[string]bool
	rule   string
}

// portfolio is a line of actors_portfolios.tsv: a field of government.
type portfolio struct {
	sector string
	office string // the minister's role in refdata's offices
}

// collective is a line of actors_collectives.tsv.
type collective struct {
	id     casus.ActorID
	kind   casus.ActorKind
	class  string // name, adjective or place
	plural bool
	rule   string
}

// description is a line of actors_descriptions.tsv.
type description struct {
	kinds  []string // of the actors that it can stand for
	number string   // one, some, group (any number of people), pair (several actors) or other (not the subject)
	rule   string
}

// pronoun is a line of actors_pronouns.tsv.
type pronoun struct {
	sort   string // personal, possessive, relative, demonstrative, first
	number string // one, some or any; whose for a relative that owns
	gender string // m, f or any
	kinds  []string
	rule   string
}

// LoadLexicon reads the actors_*.tsv files of a language's folder. Its error
// names the file and line.
func LoadLexicon(lang string, fsys fs.FS) (*Lexicon, error) {
	l := &Lexicon{lang: lang, roleTails: map[string]*role{}, pronouns: map[string]*pronoun{}, lists: map[string]*phrases[string]{}}
	for _, table := range []struct {
		name string
		cols int
		add  func(rule string, f []string) error
	}{
		{"actors_roles.tsv", 7, l.addRole},
		{"actors_portfolios.tsv", 4, l.addPortfolio},
		{"actors_collectives.tsv", 6, l.addCollective},
		{"actors_descriptions.tsv", 4, l.addDescription},
		{"actors_pronouns.tsv", 6, l.addPronoun},
		{"actors_words.tsv", 2, l.addWords},
	} {
		if err := readTable(fsys, table.name, table.cols, table.add); err != nil {
			return nil, fmt.Errorf("reading the %s words for actors: %w", lang, err)
		}
	}
	for _, name := range wordLists {
		if l.lists[name] == nil {
			return nil, fmt.Errorf("reading the %s words for actors: actors_words.tsv has no list %q", lang, name)
		}
	}
	return l, nil
}

// readTable calls add for each line of a tab-separated file after its header.
func readTable(fsys fs.FS, name string, cols int, add func(rule string, f []string) error) error {
	file, err := fsys.Open(name)
	if err != nil {
		return err
	}
	scan := bufio.NewScanner(file)
	header := false
	for n := 1; scan.Scan(); n++ {
		line := scan.Text()
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != cols {
			return errors.Join(fmt.Errorf("%s:%d: %d fields, not %d", name, n, len(fields), cols), file.Close())
		}
		if !header {
			header = true
			continue
		}
		for i := range fields {
			if fields[i] = strings.TrimSpace(fields[i]); fields[i] == "-" {
				fields[i] = ""
			}
		}
		if err := add(fmt.Sprintf("%s:%d", name, n), fields); err != nil {
			return errors.Join(fmt.Errorf("%s:%d: %w", name, n, err), file.Close())
		}
	}
	if err := scan.Err(); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", name, err), file.Close())
	}
	return file.Close()
}

func forms(field string) ([]string, error) {
	if field == "" {
		return nil, errors.New("no word")
	}
	return strings.Split(field, "|"), nil
}

// addRole reads forms, sort, sector, alone, office, flags, example.
func (l *Lexicon) addRole(rule string, f []string) error {
	words, err := forms(f[0])
	if err != nil {
		return err
	}
	r := &role{forms: words, sort: roleSort(f[1]), sector: f[2], alone: casus.ActorID(f[3]), office: f[4], flags: set(f[5]), rule: rule}
	if !slices.Contains(sorts, r.sort) {
		return fmt.Errorf("sort %q is not one of %v", r.sort, sorts)
	}
	if r.alone != "" && !r.alone.Valid() || r.sector != "" && !casus.ActorID(r.sector).Valid() {
		return fmt.Errorf("%q or %q is not an actor id", r.alone, r.sector)
	}
	if r.flags["elided"] {
		l.elided = r
	}
	for _, form := range words {
		parts := fold(form)
		if !r.flags["tail"] {
			l.roles.add(parts, r)
		}
		if len(parts) == 1 && !r.flags["whole"] && l.roleTails[parts[0]] == nil {
			l.roleTails[parts[0]] = r
		}
	}
	return nil
}

func set(field string) map[string]bool {
	s := map[string]bool{}
	for w := range strings.FieldsSeq(field) {
		s[w] = true
	}
	return s
}

// addPortfolio reads forms, sector, office, example.
func (l *Lexicon) addPortfolio(_ string, f []string) error {
	words, err := forms(f[0])
	if err != nil {
		return err
	}
	if !casus.ActorID(f[1]).Valid() {
		return fmt.Errorf("%q is not a sector", f[1])
	}
	for _, form := range words {
		l.portfolios.add(fold(form), portfolio{"gov/" + f[1], f[2]})
	}
	return nil
}

// addCollective reads forms, id, kind, class, number, example.
func (l *Lexicon) addCollective(rule string, f []string) error {
	words, err := forms(f[0])
	if err != nil {
		return err
	}
	c := &collective{id: casus.ActorID(f[1]), kind: casus.ActorKind(f[2]), class: f[3], plural: f[4] == "some", rule: rule}
	if !c.id.Valid() {
		return fmt.Errorf("%q is not an actor id", f[1])
	}
	if !slices.Contains([]string{"name", "adjective", "place"}, c.class) {
		return fmt.Errorf("class %q is not name, adjective or place", c.class)
	}
	for _, form := range words {
		l.collectives.add(fold(form), c)
	}
	return nil
}

// addDescription reads forms, kinds, number, example.
func (l *Lexicon) addDescription(rule string, f []string) error {
	words, err := forms(f[0])
	if err != nil {
		return err
	}
	d := &description{kinds: strings.Fields(f[1]), number: f[2], rule: rule}
	if !slices.Contains([]string{"one", "some", "pair", "other"}, d.number) {
		return fmt.Errorf("number %q is not one, some, pair or other", d.number)
	}
	for _, form := range words {
		l.descriptions.add(fold(form), d)
	}
	return nil
}

// addPronoun reads forms, sort, number, gender, kinds, example.
func (l *Lexicon) addPronoun(rule string, f []string) error {
	words, err := forms(f[0])
	if err != nil {
		return err
	}
	p := &pronoun{sort: f[1], number: f[2], gender: f[3], kinds: strings.Fields(f[4]), rule: rule}
	if !slices.Contains([]string{"personal", "possessive", "relative", "demonstrative", "first"}, p.sort) {
		return fmt.Errorf("sort %q is not personal, possessive, relative, demonstrative or first", p.sort)
	}
	for _, form := range words {
		l.pronouns[strings.ToLower(form)+"/"+p.sort] = p
	}
	return nil
}

// The lists that a language's actors_words.tsv must have.
var wordLists = []string{
	"of",         // prepositions of the owner: van, of
	"from",       // prepositions of origin: uit, from
	"for",        // prepositions between a person and whom that person works for: bij, for
	"thing",      // words in the name of what is no actor: verdrag, Line
	"in",         // prepositions of place: in, te, at
	"to",         // prepositions of direction: naar, to
	"impersonal", // verbs whose "het" or "it" is nobody
	"done-to",    // verbs of which one who is a side of the story is the object
	"and",        // conjunctions that join names
	"particle",   // words inside names: van, der, al
	"honorific",  // titles that tell nothing but that a person follows: mevrouw, Mr.
	"backed",     // participles after a hyphen that tell whose friend or work a thing is, not whose it is
	"loyal",      // adjectives of whom forces follow, before a preposition: loyal, trouw
	"go-between", // verbs of who stands between two sides, or speaks to them: mediate
	"pro",        // first parts of adjectives of whom somebody is for: pro
	"not-name",   // capitalised words that name nobody: weekdays, months
	"organ",      // words in the name of an organisation: Instituut, Bank
	"as",         // words before a role that is said of somebody: als, as
	"given",      // names of states and towns that are first names too: Israel, Jordan
	"that",       // determiners of what was named last: dat, that
	"send",       // verbs whose object is of the subject's own: sturen, deploy
	"along",      // prepositions of company: met, with
	"official",   // last words in the names of a state's bodies: council, brigade
	"quantity",   // nouns that stand for what they count: tientallen, a group
	"former",     // attributes of one who holds an office no more: voormalig
	"direction",  // parts of a country: noorden=north
	"definite",   // determiners of what is known: de, the, die
	"numeral",    // numbers with their values: twee=2
	"gender",     // first names and whose they are: maria=f
	"branch",     // organisations that have a branch of their own in each country: Red Cross
	"say",        // verbs whose subject is a person or actor
}

// addWords reads a list's name and its words ("noorden=north" where a word has a value).
func (l *Lexicon) addWords(rule string, f []string) error {
	if !slices.Contains(wordLists, f[0]) {
		return fmt.Errorf("list %q is not one of %v", f[0], wordLists)
	}
	list := l.lists[f[0]]
	if list == nil {
		list = &phrases[string]{}
		l.lists[f[0]] = list
	}
	words, err := forms(f[1])
	if err != nil {
		return err
	}
	for _, w := range words {
		form, value, _ := strings.Cut(w, "=")
		list.add(fold(form), value)
	}
	return nil
}

// hasForm tells whether folded words stand in a list, whatever their lemma.
func (l *Lexicon) hasForm(list string, folded []string) bool {
	return len(l.lists[list].lookup(folded)) > 0
}

// has tells whether a word stands in a list, by its form or its lemma.
func (l *Lexicon) has(list string, w word) bool {
	return l.hasForm(list, w.parts) || w.lemma != "" && l.hasForm(list, []string{w.lemma})
}

// value is what a list says of a word.
func (l *Lexicon) value(list, folded string) string {
	if v := l.lists[list].lookup([]string{folded}); len(v) > 0 {
		return v[0]
	}
	return ""
}

// compound splits a folded compound noun into its front and the role that its
// end names: "regeringstroepen" is regering and troepen.
func (l *Lexicon) compound(noun string) (front string, r *role) {
	for cut := 3; cut <= len(noun)-4; cut++ {
		if r = l.roleTails[noun[cut:]]; r != nil && !r.flags["tail"] {
			return strings.TrimSuffix(noun[:cut], "s"), r
		}
	}
	return "", nil
}
