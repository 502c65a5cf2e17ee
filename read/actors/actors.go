// Package actors says who is meant: it finds in analysed sentences the names,
// demonyms, roles, offices, descriptions and pronouns that stand for somebody,
// and gives each the id of the actor (docs/RECORDS.md, Actors).
//
// The work goes sentence by sentence in the order of the text. Names come from
// refdata and, where it does not know them, from the article itself; a role
// noun ("militairen", "the foreign ministry") is looked up in a language's
// tables and joined to its owner: the adjective, genitive or van-phrase beside
// it, or else the state or group that the passage is about. What a language
// must supply stands in read/lang/XX/actors_*.tsv; each file's head explains
// its columns.
package actors

import (
	"casus"
)

// Class says how a mention names its actor.
type Class string

const (
	Name        Class = "name"        // a proper name: "Rusland", "Suhail Shaheen", "CSTO"
	Role        Class = "role"        // an owner and a role noun: "Afghaanse militairen", "een woordvoerder van de politie"
	Adjective   Class = "adjective"   // an attribute inside another phrase: "Russische" in "Russische tanks"
	Pronoun     Class = "pronoun"     // "hij", "its", "who"
	Description Class = "description" // a noun that stands for somebody named before: "de jihadisten", "het land"
	Population  Class = "population"  // people: "betogers", "Afghaanse vluchtelingen"
	Collective  Class = "collective"  // a group without members of its own: "westerse landen"
	Office      Class = "office"      // an office without its holder's name: "de Russische president"
	Place       Class = "place"       // a town, region or other place that is no state
)

// Mention is one place in a sentence that stands for an actor.
type Mention struct {
	First, Last int // words of the tree, Last exclusive: the phrase with the title and apposition that are the same actor
	Head        int // the word that ties the phrase to the rest of the sentence
	Span        casus.Span
	ID          casus.ActorID   // who; empty only for a Pronoun that could not be resolved
	Members     []casus.ActorID // whom a plural or collective stands for, where the article says ("beide landen")
	Class       Class
	Place       bool     // it can serve as a place
	Where       []string // that place: names and ids, most specific first ("Batken", "kgz")
	Rule        string   // "actors_roles.tsv:12", or a word for the inference that was drawn
}

// Cast is everybody who is mentioned in an article.
type Cast struct {
	Sentences [][]Mention   // for each tree its mentions, by first word, the longer first
	Actors    []casus.Actor // everybody, by id: names as the text has them, offices as of the article's date

	heads [][]int // for each word the mention in Sentences that it ties to the rest, -1 for none
}

// Headed returns the mention whose Head is word; where the tree has cut a
// phrase in two, the mention that word is a part of without being its attribute.
func (c *Cast) Headed(sentence, word int) (Mention, bool) {
	if sentence < 0 || sentence >= len(c.heads) || word < 0 || word >= len(c.heads[sentence]) {
		return Mention{}, false
	}
	if i := c.heads[sentence][word]; i >= 0 {
		return c.Sentences[sentence][i], true
	}
	return Mention{}, false
}

// Covering returns the smallest mention that word lies in.
func (c *Cast) Covering(sentence, word int) (Mention, bool) {
	if sentence < 0 || sentence >= len(c.Sentences) {
		return Mention{}, false
	}
	var best Mention
	found := false
	for _, m := range c.Sentences[sentence] {
		if m.First <= word && word < m.Last && (!found || m.Last-m.First < best.Last-best.First) {
			best, found = m, true
		}
	}
	return best, found
}
