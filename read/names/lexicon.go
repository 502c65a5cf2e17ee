package names

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus"
	"casus/refdata"
)

// Lexicon is what is known of names before a model is trained: the aliases and
// places of refdata and a language's own list, names.tsv. It is read-only.
type Lexicon struct {
	phrases map[string]kinds // by folded words, a space between them
	longest map[string]int   // by first word, the number of words of the longest phrase
	world   *refdata.World   // towns are asked for one by one: there are forty thousand
}

// kinds is a set of ways in which a phrase is known.
type kinds uint32

// The ways. The first group comes from refdata, the second from names.tsv.
const (
	country kinds = 1 << iota
	adjective
	demonym
	place
	group
	institution
	collective
	person
	metonym
	town  // of the gazetteer, by its people
	city  // of 100,000 people and more
	given // a first name
	surname
	particle // "van", "der", "al" within a surname
	title    // before a person's name: "president", "mr."
	orgHead  // a word of organisations' names: "bank", "instituut"
	locHead  // of places' names: "berg", "straat"
	organisation
	location
	other      // events, languages, prizes, products, works
	portfolio  // of a ministry: "Buitenlandse Zaken"
	calendar   // months, days and feasts: no names
	media      // papers and broadcasters
	common     // words that are no names though they begin with a capital
	kindsCount = iota
)

// listKinds gives the lists of names.tsv.
var listKinds = map[string]kinds{
	"given": given, "surname": surname, "particle": particle, "title": title, "org-head": orgHead, "loc-head": locHead,
	"organisation": organisation, "location": location, "other": other, "portfolio": portfolio, "calendar": calendar,
	"media": media, "common": common, "demonym": demonym, "adjective": adjective,
}

const (
	phraseWords = 8       // the longest phrase looked up
	cityPeople  = 100_000 // the inhabitants of a city
)

// ReadLexicon reads a language's names.tsv ("list<TAB>name|name|…", "#" begins
// a comment) and joins it with the world's names in that language. The error
// names the line.
func ReadLexicon(r io.Reader, world *refdata.World, lang string) (*Lexicon, error) {
	l := &Lexicon{phrases: map[string]kinds{}, longest: map[string]int{}, world: world}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		list, entries, ok := strings.Cut(line, "\t")
		kind := listKinds[list]
		if !ok || kind == 0 {
			return nil, fmt.Errorf("line %d: %q is not a list and its names with a tab between", n, line)
		}
		for entry := range strings.SplitSeq(entries, "|") {
			l.add(entry, kind)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	for _, a := range world.Aliases(lang) {
		l.add(a.Text, aliasKind(a, world))
	}
	return l, nil
}

// aliasKind says how a name is known by an alias of refdata.
func aliasKind(a refdata.Alias, world *refdata.World) kinds {
	switch a.Class {
	case refdata.Adjective:
		return adjective
	case refdata.Demonym, refdata.DemonymSingular:
		return demonym
	case refdata.Capital:
		return city
	case refdata.Metonym:
		return metonym
	case refdata.Surname:
		return surname
	case refdata.PlaceName:
		return place
	}
	actor, _ := world.Actor(a.ID)
	switch actor.Kind {
	case casus.ActorState:
		return country
	case casus.ActorPopulation:
		if _, isPlace := world.Place(a.ID); isPlace {
			return place
		}
		return collective
	case casus.ActorPerson:
		return person
	case casus.ActorInstitution:
		return institution
	}
	return group
}

func (l *Lexicon) add(phrase string, k kinds) {
	words := strings.Fields(phrase)
	if len(words) == 0 || len(words) > phraseWords {
		return
	}
	for i := range words {
		words[i] = fold(words[i])
	}
	l.phrases[strings.Join(words, " ")] |= k
	l.longest[words[0]] = max(l.longest[words[0]], len(words))
}

// fold brings spellings together as refdata does. It also cuts long words, which
// are no names, so that looking them up stays cheap.
func fold(word string) string {
	const longest = 60
	if len(word) > longest {
		return ""
	}
	return refdata.Fold(word)
}

// match is a phrase of the lexicon in a sentence: words first to last.
type match struct {
	first, last int
	kinds       kinds
}

// matches returns the longest known phrase that begins at each word, for words
// that begin with a capital or that begin a phrase which does; nil for none.
func (l *Lexicon) matches(words []word) []match {
	var out []match
	var key []byte
	for i := range words {
		if words[i].folded == "" {
			continue
		}
		longest := l.longest[words[i].folded]
		if words[i].upper {
			longest = max(longest, 1+capitalsAfter(words, i))
		}
		longest = min(longest, len(words)-i)
		key = key[:0]
		best := match{first: i, last: -1}
		for k := i; k < i+longest; k++ {
			if k > i {
				key = append(key, ' ')
			}
			key = append(key, words[k].folded...)
			if found := l.lookup(string(key), words[i].upper, k == i); found != 0 {
				best.last, best.kinds = k, found
			}
		}
		if best.last >= 0 {
			out = append(out, best)
		}
	}
	return out
}

// capitalsAfter counts the capitalised words right after word i, up to as many
// as names of towns have.
func capitalsAfter(words []word, i int) int {
	const most = 2
	n := 0
	for n < most && i+n+1 < len(words) && words[i+n+1].upper {
		n++
	}
	return n
}

// lookup returns how a folded phrase is known, without its genitive if need be.
func (l *Lexicon) lookup(key string, upper, single bool) kinds {
	found := l.phrases[key]
	if !upper {
		return found
	}
	found |= l.towns(key)
	if stem, genitive := strings.CutSuffix(key, "s"); found == 0 && genitive && single {
		found = (l.phrases[stem] | l.towns(stem)) &^ (adjective | title | orgHead | locHead)
	}
	return found
}

func (l *Lexicon) towns(key string) kinds {
	const shortest = 3
	if len(key) < shortest {
		return 0
	}
	var k kinds
	for _, p := range l.world.PlacesNamed(key) {
		switch {
		case p.Kind != refdata.City || p.Population >= cityPeople:
			k |= city
		default:
			k |= town
		}
	}
	return k
}

// hyphenated returns how the front of a compound is known: VN in VN-gezant.
func (l *Lexicon) hyphenated(form string) kinds {
	front, _, ok := strings.Cut(form, "-")
	if !ok || front == "" {
		return 0
	}
	return l.lookup(fold(front), true, true)
}

// tail returns how the end of a compound is known: the office of
// "Kremlinwoordvoerder", the bank of "staatsbank".
func (l *Lexicon) tail(folded string) kinds {
	const shortest, longest = 4, 16
	for n := min(longest, len(folded)-3); n >= shortest; n-- {
		if k := l.phrases[folded[len(folded)-n:]] & (title | orgHead | locHead); k != 0 {
			return k
		}
	}
	return 0
}

// String names the kinds, for messages and tests.
func (k kinds) String() string {
	var out []string
	for name, bit := range listKinds {
		if k&bit != 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "|")
}
