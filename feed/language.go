package feed

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/language"
)

//go:embed functionwords.tsv
var functionWordsTSV string

// undetermined is the BCP 47 tag of a text whose language could not be told.
const undetermined = "und"

// functionWords is functionwords.tsv.
type functionWords struct {
	users map[string][]string // which languages use a word, by word
	order []string            // the languages, as listed; of two that fit a text alike the earlier one is named
}

func parseFunctionWords(tsv string) (functionWords, error) {
	f := functionWords{users: map[string][]string{}}
	rows, err := tableRows(tsv, 2)
	if err != nil {
		return f, err
	}
	for _, row := range rows {
		f.order = append(f.order, row[0])
		for _, w := range strings.Fields(row[1]) {
			if !slices.Contains(f.users[w], row[0]) {
				f.users[w] = append(f.users[w], row[0])
			}
		}
	}
	return f, nil
}

// languageSample is how much of a text is looked at, in bytes: the answer does
// not change after a few sentences, the time it takes does.
const languageSample = 16 << 10

// How sure each of two witnesses must be. Measured on sentences of news in
// Dutch and English, of treebanks, and of the Universal Declaration of Human
// Rights in 27 other languages, cut to a length. Told rightly, in percent of
// news sentences, nearly all others being "und":
//
//	characters        20   40   80  160
//	Dutch             40   76   95   98
//	English           53   83   98  100
//	trigrams alone, Dutch (treebank; the rest is taken for Afrikaans):
//	                  48   67   86   96
//
// Of 5,813 sentences in other languages 35 were taken for Dutch or English.
const (
	minimumWords     = 2    // function words of the language in the text
	minimumShare     = 0.25 // share of function words in all words; prose has 0.35 to 0.5
	minimumLead      = 1.2  // over the next language
	fewWords         = 3    // the same for languages that have fewer such words, as Kazakh:
	fewShare         = 0.12 // a smaller share is enough
	fewLead          = 2.0  // where no other language comes near
	minimumTrigrams  = 0.8  // whatlanggo's confidence where it decides alone
	agreeingTrigrams = 0.3  // and where one function word points the same way
)

// languageOf tells the BCP 47 tag of the language that most of text is in, "und" where
// neither its function words nor its trigrams tell.
func (f functionWords) languageOf(text string) string {
	sample := text
	if len(sample) > languageSample {
		sample = sample[:languageSample]
		for !utf8.RuneStart(text[len(sample)]) {
			sample = sample[:len(sample)-1]
		}
	}
	words, total := f.count(sample)
	best, lead := f.best(words)
	if best.decides(lead, total) {
		return best.language
	}
	guess := whatlanggo.Detect(sample)
	tag := tagOf(guess.Lang)
	switch {
	case tag == "" || guess.Confidence <= 0: // a tie, which whatlanggo breaks by chance
	case tag == best.language && (guess.Confidence > agreeingTrigrams || best.words >= minimumWords):
		return tag
	case guess.Confidence <= minimumTrigrams:
	case best.words >= minimumWords && words[tag] != nil && words[tag].words < best.words:
		return best.language // trigrams confuse neighbours, as Dutch and Afrikaans
	default:
		return tag
	}
	return undetermined
}

// tally is how a language's function words occur in a text.
type tally struct {
	language string
	words    int
	weight   float64 // words, each shared among the languages that have it
}

type tallies map[string]*tally

// count counts the function words of each language in text, and all its words.
func (f functionWords) count(text string) (tallies, int) {
	counts, total := tallies{}, 0
	for w := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' }) {
		total++
		langs := f.users[strings.ToLower(w)]
		for _, l := range langs {
			if counts[l] == nil {
				counts[l] = &tally{language: l}
			}
			counts[l].words++
			counts[l].weight += 1 / float64(len(langs))
		}
	}
	return counts, total
}

// decides tells whether function words alone tell the language.
func (t tally) decides(lead float64, total int) bool {
	share := float64(t.words) / float64(max(total, 1))
	return t.words >= minimumWords && share >= minimumShare && lead >= minimumLead ||
		t.words >= fewWords && share >= fewShare && lead >= fewLead
}

func (t tally) score() float64 { return float64(t.words) + t.weight }

// best returns the language with the highest score, and how many times the next one's that is.
func (f functionWords) best(counts tallies) (tally, float64) {
	var first, second tally
	for _, l := range f.order {
		switch t := counts[l]; {
		case t == nil:
		case t.score() > first.score():
			first, second = *t, first
		case t.score() > second.score():
			second = *t
		}
	}
	return first, first.score() / max(second.score(), 1)
}

// tagOf is the BCP 47 tag of a language of whatlanggo, "" for none.
func tagOf(l whatlanggo.Lang) string {
	if l < 0 {
		return ""
	}
	return baseLanguage(l.Iso6393())
}

// baseLanguage returns the language of a tag without script or region, in its
// shortest form ("nl" for "nl-BE" or "nld", "fa" for "pes"), and "" where it
// is no tag of a language.
func baseLanguage(tag string) string {
	parsed, err := (language.Default | language.Macro).Parse(strings.TrimSpace(tag))
	if err != nil {
		return ""
	}
	base, confidence := parsed.Base()
	if confidence == language.No {
		return ""
	}
	return base.String()
}
