package actors

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"casus"
	"casus/read/syntax"
	"casus/read/text"
)

// FuzzResolve reads trees made of bytes: whatever the parser may come up with,
// also cycles and heads out of range, gives mentions that lie in the text.
func FuzzResolve(f *testing.F) {
	f.Add([]byte("the army of Mali"), uint8(0))
	f.Add([]byte{0, 1, 2, 3, 250, 7, 7, 7, 1, 90, 3, 4, 200, 100, 50, 25, 12, 6, 3, 1}, uint8(1))
	f.Add([]byte{9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, uint8(0))
	f.Add([]byte{31, 2, 8, 14, 3, 255, 33, 1, 0, 28, 0, 2, 17, 5, 1, 40, 2, 9, 21, 3, 4, 12, 6, 11}, uint8(1))
	resolvers := []*Resolver{resolver(f, "nl"), resolver(f, "en")}
	f.Fuzz(func(t *testing.T, seed []byte, lang uint8) {
		trees := treesOf(seed)
		r := resolvers[int(lang)%len(resolvers)]
		cast := r.Resolve(trees, casus.Day(casus.NewDate(2023, 5, 2)))
		checkShape(t, trees, cast)
		if again := r.Resolve(trees, casus.Day(casus.NewDate(2023, 5, 2))); !reflect.DeepEqual(cast, again) {
			t.Fatal("the same trees were read in two ways")
		}
	})
}

var (
	someForms = strings.Fields("Mali Malinese Malian de the het its zijn , ( ) . - troepen troops army leger van of Taliban-woordvoerder president " +
		"President Kofi Mensah who die they ze Moskou Moscow in en and beide countries 's IS land country NFH Front for Herstel 12 van politie al Sour " +
		"Ruslands ministerie ministry Buitenlandse foreign Zaken minister westerse Talibanstrijders ’ two one een Noord-Ghana northern als as was")
	someTags      = strings.Fields("NOUN PROPN VERB ADJ PRON DET ADP NUM PUNCT AUX ADV CCONJ X")
	someRelations = strings.Fields("nsubj obj obl nmod nmod:poss amod det case conj cc appos flat compound acl:relcl root punct nummod xcomp fixed")
	someFeats     = []string{"", "Number=Plur", "Number=Sing", "PronType=Rel", "Poss=Yes", "PronType=Dem", "Definite=Ind"}
)

// treesOf makes up to four trees: four bytes are a word, 255 ends a sentence.
func treesOf(seed []byte) []syntax.Tree {
	var trees []syntax.Tree
	var words []syntax.Word
	at := 0
	end := func() {
		if len(words) > 0 {
			trees = append(trees, syntax.Tree{Sentence: text.Sentence{Shape: text.Shape(len(trees) % 4)}, Words: words})
		}
		words = nil
	}
	for i := 0; i+3 < len(seed) && len(trees) < 4; i += 4 {
		if seed[i] == 255 {
			end()
			continue
		}
		form := someForms[int(seed[i])%len(someForms)]
		words = append(words, syntax.Word{
			Token:  text.Token{Form: form, Span: casus.Span{Start: at, End: at + len([]rune(form))}, SpaceBefore: seed[i+1]%5 > 0},
			Lemma:  strings.ToLower(form),
			UPOS:   someTags[int(seed[i+1])%len(someTags)],
			Feats:  someFeats[int(seed[i+3])%len(someFeats)],
			Head:   int(seed[i+2]%24) - 2,
			Deprel: someRelations[int(seed[i+3])%len(someRelations)],
		})
		at += len([]rune(form)) + 1
	}
	end()
	return trees
}

// FuzzTable reads broken tables: an error, never a panic.
func FuzzTable(f *testing.F) {
	f.Add("forms\tsort\tsector\talone\toffice\tflags\texample\narmy|armies\torgan\tmil\t-\t-\tin\tThe army.\n")
	f.Add("#\n\n\t\t\n")
	f.Fuzz(func(t *testing.T, table string) {
		for _, name := range []string{"roles", "portfolios", "collectives", "descriptions", "pronouns", "words"} {
			files := fstest.MapFS{}
			for _, other := range []string{"roles", "portfolios", "collectives", "descriptions", "pronouns", "words"} {
				files["actors_"+other+".tsv"] = &fstest.MapFile{}
			}
			files["actors_"+name+".tsv"] = &fstest.MapFile{Data: []byte(table)}
			if l, err := LoadLexicon("en", files); err == nil && l == nil {
				t.Error("neither a lexicon nor an error")
			}
		}
	})
}

// BenchmarkResolve reads the same short article over and over.
func BenchmarkResolve(b *testing.B) {
	r, read := resolver(b, "en"), parser(b, "en")
	trees := read(strings.Repeat("Malian soldiers retook the village of Tessit on Saturday. The country's foreign minister, Kofi Mensah, thanked its allies. "+
		"He said that they had asked the police in Bamako for help. ", 7))
	b.ReportAllocs()
	for b.Loop() {
		r.Resolve(trees, casus.Period{})
	}
}

// BenchmarkResolveLong reads a hundred times as much: a hundred times the time, no more.
func BenchmarkResolveLong(b *testing.B) {
	r, read := resolver(b, "en"), parser(b, "en")
	trees := read("Malian soldiers retook the village of Tessit on Saturday. The country's foreign minister, Kofi Mensah, thanked its allies. " +
		"He said that they had asked the police in Bamako for help. ")
	var long []syntax.Tree
	for range 700 {
		long = append(long, trees...)
	}
	for b.Loop() {
		r.Resolve(long, casus.Period{})
	}
}

// BenchmarkResolveWide reads one sentence of many thousand words.
func BenchmarkResolveWide(b *testing.B) {
	r, read := resolver(b, "en"), parser(b, "en")
	var wide syntax.Tree
	for range 700 {
		for _, tree := range read("Malian soldiers and their allies (KCH), who fled Chad, met President Kofi Mensah") {
			at := len(wide.Words)
			for _, w := range tree.Words {
				if w.Head >= 0 {
					w.Head += at
				}
				wide.Words = append(wide.Words, w)
			}
		}
	}
	for b.Loop() {
		r.Resolve([]syntax.Tree{wide}, casus.Period{})
	}
}
