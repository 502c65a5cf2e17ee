package frames

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Grammar is what frames must know of a language's function words: lists by
// name, read from clauses.txt ("name: word word word").
type Grammar struct {
	words map[string]map[string]bool
	lists map[string][]string
	forms map[string]string // verb-forms: a form of a verb → its lemma
	like  map[string]string // of same-preposition
}

// The lists that a language's clauses.txt must have.
var grammarLists = []string{
	"agent",                // prepositions of the one who acts: door, by
	"of",                   // prepositions of possession: van, of
	"towards",              // prepositions of the one towards whom
	"attribution",          // prepositions and verbs of source: volgens, aldus, "according to"
	"negation",             // words that deny a clause
	"future",               // auxiliaries of the future
	"possible",             // auxiliaries and adverbs of possibility
	"future-of-past",       // auxiliaries of what was then still to come: zou, would
	"intend",               // verbs whose infinitive is planned: willen, plan
	"seeming",              // verbs of what only looks so: appear, lijken
	"readies",              // verbs of what is made ready for a number of people or things to come: prepare, bouwen
	"ready-for",            // their prepositions: for, op
	"unreal",               // verbs whose object is only feared, asked for or proposed
	"undertake",            // verbs whose object is promised
	"object-of",            // prepositions of what those verbs are about: om, for
	"reported",             // participles of what is only said to be so: said, believed
	"state",                // participles of a state that lasts: ontheemd, stranded
	"invariable",           // verbs whose past looks like their present: put, zetten
	"that",                 // conjunctions of what is said: dat, that
	"hearsay-of",           // verbs for what lasts, which with an auxiliary of what was to come are hearsay: zitten
	"fighting",             // verbs whose object one is the target of: fight an insurgency
	"manners",              // nouns that a clause behind them explains, and is not done to: the way they fled
	"moments",              // nouns for a time that need no preposition: moments later, a week on
	"since",                // prepositions that also open a clause: sinds
	"neuter-names",         // names that have a neuter article: het Kremlin
	"question-words",       // what a question asks that takes the rest to be so: why, when
	"whether",              // conjunctions of a question: of, whether
	"presupposed",          // event nouns that have happened where they are definite: the attack
	"inverted",             // auxiliaries that open a condition: should, mocht
	"then",                 // what opens the clause after such a condition: dan
	"background",           // adverbs that go back behind the story: previously, eerder
	"perfect",              // auxiliaries of the perfect
	"condition",            // conjunctions of a condition
	"condition-to-come",    // conjunctions of time that are conditions of what has not come yet: once
	"without",              // prepositions of what must not be missing
	"no-question",          // nouns of which a denial says that there is nothing in it: question
	"falsehood",            // words for what is not so: lie
	"likelihood",           // judgements of how likely something is: unlikely
	"come-about",           // verbs of coming about
	"only-attributes",      // participles that stand before a name and are no verb: neighbouring
	"the-one",              // words that stand for the subject they are said of: the one who …
	"force-itself",         // nouns of force: what one is ready to use
	"answering",            // verbs of answering, with a word or a deed: respond
	"answering-with",       // prepositions of the deed that is the answer: with
	"fleeing",              // verbs of flight
	"undertakings",         // nouns whose infinitive is what their verb's subject is to do: operation
	"regarding",            // verbs that take one thing for another: regard
	"instruments",          // nouns of what binds by being passed or signed: law
	"dwellings",            // nouns of where people live, which name no country: home
	"implicative",          // verbs whose infinitive came about if they did: force
	"brought-about",        // verbs of how a truce or a deal came to be: reached, signed, begun
	"ready",                // who is so will do it: ready
	"announcing",           // verbs whose infinitive is what their subject undertakes
	"raising",              // verbs that let or want something happen
	"behind",               // prepositions of who had a hand in it: behind
	"former",               // what stands before a hyphen in words for what somebody was: ex
	"those",                // pronouns for those counted before: them
	"border",               // nouns for the line between two states
	"preventing",           // verbs of preventing
	"beginning",            // verbs of beginning something
	"going-on",             // verbs of going on with something: continue
	"ending",               // verbs and adjectives of being over, which threaten where they hang on a condition
	"operations",           // nouns for what forces do
	"dire",                 // words for what one warns of
	"blame",                // what one blames somebody or something for being
	"committed",            // words by which somebody holds himself bound
	"turning-out",          // verbs of turning out to be
	"breaking",             // verbs of not keeping to what was agreed
	"breakable",            // what besides a deal one breaks
	"knowing",              // verbs of knowing, whose denial denies nothing
	"dead",                 // what an agreement is that is over
	"granting",             // verbs of giving and telling, whose denial accuses
	"receiving",            // verbs of getting: who does not get what is due accuses
	"due",                  // what one is due
	"choice",               // what one has none of without denying anything
	"having",               // verbs of having, whose denial denies
	"refusing",             // verbs whose denial in the present refuses
	"voices",               // nouns for people who have a say as a group
	"letting-down",         // verbs of letting somebody down
	"wronging",             // verbs of wrongs, which accuse though no doer is told
	"ruin",                 // nouns for what an oath of ruin leaves: ash
	"yet",                  // adverbs of what is still to be done
	"think-tank",           // nouns in the names of those who study
	"assuring",             // verbs of assuring
	"naming",               // verbs of what one calls a thing: speak (of)
	"insisting",            // verbs that hold up what others doubt
	"leaves-open",          // verbs of ruling out: denied, they leave it open
	"purpose",              // markers of a purpose clause: om
	"relative",             // relative pronouns and adverbs
	"here",                 // relative adverbs of place: waar, where
	"hedges",               // words that weaken an assertion and are kept verbatim
	"until-now",            // adverbs that make the past last: nog, still
	"one",                  // numerals that count nothing
	"definite",             // what makes a number point at what was named before: the, these
	"uncounted",            // nouns whose number is no figure: sides, times
	"stressed-one",         // forms of "one" that count
	"additional",           // what makes a number without a noun count more of the same: another
	"clock-before",         // what stands before a time of day
	"clock-after",          // what stands behind a time of day
	"span",                 // long times of which one takes a part: century
	"time-shift",           // words after a length of time that make it a distance: later, geleden
	"old",                  // words of age
	"casualty",             // nouns for those to whom the worst has happened: doden, wounded
	"bounding",             // words that bound a number, or are prepositions of their own: over
	"reckon",               // verbs whose subject puts a number forward: ramen, estimate
	"befalls-people",       // verbs of what happens to people: kill, vluchten
	"men",                  // words for men that one counts as soldiers: 5000 man
	"strong",               // what makes a number a strength: "2,000-strong"
	"speaker-one",          // words for one of a group: een, one
	"present-participle",   // endings of present participles, where features do not tell
	"hyphened-participles", // participles that a hyphen ties to who did it: "Iran-backed"
	"borders",              // words for a border that is crossed: grens, frontier
	"parts",                // words for a quantity or a part: tientallen, groep, deel
	"locative",             // prepositions of where something is
	"perfect-of-motion",    // verbs whose perfect looks like a passive and is none: zijn gevlucht
	"subject-control",      // verbs whose subject is to do what their infinitive says
	"calling",              // verbs whose second object says what the first one is: noemen, call
	"anonymity",            // what those do not want who ask not to be named
	"analyst",              // words for somebody who judges from outside
	"reflexive",            // oneself
	"as",                   // als, as
	"reciprocal",           // each other
	"deal",                 // what several agree on or meet for: truce, talks
	"deontic",              // auxiliaries of obligation: moeten, must
	"attitudes",            // verbs of thinking and wanting, of which Quotes takes note
	"admissions",           // verbs of admitting what speaks against oneself
	"each",                 // words for each of several: beide, both
	"requests",             // nouns for a request: "op verzoek van"
	"accounts",             // nouns for an account or a count: "by its own count"
	"by-account",           // their prepositions
	"own",                  // one's own
	"complementizer",       // conjunctions of what is said: dat, that
	"whoever",              // pronouns for whoever does something: wie, those
	"offers",               // words of promising that leave it to the other to accept
	"stance-threaten",      // words that turn what one side will do into a threat
	"stance-deny",          // words that turn a plain statement into a denial
	"stance-reject",        // words that turn a plain statement into a rejection
	"stance-accuse",        // into an accusation
	"stance-warn",          // into a warning
	"stance-praise",        // into praise
	"verb-forms",           // forms of reporting verbs that can be nothing else, as form=lemma
	"same-preposition",     // prepositions that frames need not name, as one=another that they name: richting=naar
	"documents",            // writings and findings, which speak for their author: report, survey
	"light-verbs",          // verbs that say little more than that their object happens
	"bounds",               // words between a preposition and a number that they bound together: at least
	"aspect",               // verbs that only tell that what their infinitive says goes on or begins: keep, blijven
	"averting",             // verbs whose complement does not come about: avoid, voorkomen
	"particles",            // adverbs that belong to a verb though they look like prepositions
	"endings-v",            // endings of verbs, and what the lemma has instead: ied>y
	"endings-n",            // endings of nouns likewise
	"irregular",            // irregular forms of verbs: froze>freeze
	"stem-changes",         // how the end of a stem changes before the lemma's ending: "oof>ov"
	"prefixes",             // what may stand before a verb and belongs to its lemma: over, be
	"participle",           // what a participle has before its stem: ge
	"fled",                 // people words that a demonym stands for in a flow
	"there",                // adverbs for the place spoken of: er, daar, there
	"nouns",                // nouns that taggers take for adverbs: ally
	"terms",                // nouns and conjunctions of a condition that a duty hangs on: voorwaarde, once
	"any",                  // determiners of whatever there may be: elke, any
	"people",               // words for people of whom nothing else is said: families, residents
}

// Lists that a language may do without: object-does, object-control and let (verbs
// whose object is to do what their infinitive says), since (prepositions of what came
// before or after an act), compound-heads (event nouns of which a longer noun is a
// kind), neuter-articles (articles of the singular that are pronouns too), trying (what
// is only tried), anymore (with a denial: it has ended), agreed (what is agreed is still
// to be done), perfect-first (auxiliaries of the perfect that have their participle before
// the object), senders (prepositions of who stands behind a thing, alone or with a
// participle before them).

// ReadGrammar reads clauses.txt. Its error names the line, or the list that is missing.
func ReadGrammar(r io.Reader) (*Grammar, error) {
	g := &Grammar{words: map[string]map[string]bool{}, lists: map[string][]string{}, forms: map[string]string{}, like: map[string]string{}}
	scan := bufio.NewScanner(r)
	for n := 1; scan.Scan(); n++ {
		line := strings.TrimSpace(scan.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		name, rest, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("clauses.txt:%d: no colon after the list's name", n)
		}
		if g.words[name] == nil {
			g.words[name] = map[string]bool{}
		}
		for word := range strings.FieldsSeq(rest) {
			word = strings.ReplaceAll(word, "_", " ")
			g.words[name][word] = true
			g.lists[name] = append(g.lists[name], word)
			one, other, paired := strings.Cut(word, "=")
			switch {
			case paired && name == "verb-forms":
				g.forms[one] = other
			case paired && name == "same-preposition":
				g.like[one] = other
			}
		}
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("reading clauses.txt: %w", err)
	}
	for _, name := range grammarLists {
		if len(g.words[name]) == 0 {
			return nil, fmt.Errorf("clauses.txt: the list %q is missing", name)
		}
	}
	return g, nil
}

func (g *Grammar) has(list, word string) bool { return g.words[list][word] }

// aimed are the prepositions of the one towards whom an act goes, but for those
// that also tell where something is.
func (g *Grammar) aimed() map[string]bool {
	out := map[string]bool{}
	for _, p := range g.lists["towards"] {
		out[p] = !g.has("locative", p)
	}
	return out
}

// compoundHead returns the event noun that a longer noun is a kind of, by the
// language's list of such heads, "" where it is of none.
func (g *Grammar) compoundHead(noun string) string {
	best := ""
	for _, head := range g.lists["compound-heads"] {
		if len(head) > len(best) && len(noun) >= len(head)+shortestPart && strings.HasSuffix(noun, head) {
			best = head
		}
	}
	return best
}
