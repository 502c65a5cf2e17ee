// Package read turns an article into records: text → tokens → trees → actors,
// times, numbers → frames → records. It is pure: no store, no net, no clock.
// The same article read by the same version gives the same records. A Reader
// is safe for concurrent use.
package read

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/ontology"
	"casus/read/actors"
	"casus/read/eventtype"
	"casus/read/frames"
	"casus/read/lang"
	"casus/read/syntax"
	"casus/read/text"
	"casus/read/when"
	"casus/refdata"
)

// Release is the version of the reader's code. A language's data adds its own
// fingerprint, and so do actors that an analyst added; see Reader.Version.
const Release = "1"

// Reader reads articles of the languages that it was given.
type Reader struct {
	world     *refdata.World
	plover    *ontology.Plover
	languages map[string]*language
	least     float64 // how sure the second opinion must be; 0: it is not asked
}

// language is a pack that is loaded when the first article needs it.
type language struct {
	files   fs.FS
	version func() (string, error)
	open    func() (*opened, error)
}

// opened is a loaded pack with what is built from it once.
type opened struct {
	pack     *lang.Pack
	resolver *actors.Resolver
	coder    *frames.Coder
	wars     []frames.War
	missions []frames.Mission
	world    *refdata.World
}

// New returns a reader of the languages whose files are given by code ("nl",
// "en"). Files are opened when the first article of the language comes.
func New(world *refdata.World, plover *ontology.Plover, languages map[string]fs.FS) *Reader {
	r := &Reader{world: world, plover: plover, languages: map[string]*language{}}
	for code, files := range languages {
		r.languages[code] = &language{
			files:   files,
			version: sync.OnceValues(func() (string, error) { return lang.Fingerprint(files) }),
			open:    sync.OnceValues(func() (*opened, error) { return r.load(code, files) }),
		}
	}
	return r
}

// WithSecondOpinion returns a reader of the same languages that also writes
// down events that no frame knows, where a second opinion is at least so sure
// of their type (above 0, to 1). Its version says so.
func (r *Reader) WithSecondOpinion(least float64) *Reader {
	files := map[string]fs.FS{}
	for code, l := range r.languages {
		files[code] = l.files
	}
	out := New(r.world, r.plover, files)
	out.least = least
	return out
}

func (r *Reader) load(code string, files fs.FS) (*opened, error) {
	pack, err := lang.Load(code, files)
	if err != nil {
		return nil, err
	}
	coder, err := frames.New(pack.Frames, pack.Clauses, pack.Amounts, r.plover)
	if err != nil {
		return nil, fmt.Errorf("loading the language %s: %w", code, err)
	}
	var wars []frames.War
	for _, w := range r.world.Wars() {
		wars = append(wars, frames.War{Parties: w.Parties, Places: w.Places, Held: w.Held})
	}
	if r.least > 0 {
		coder = coder.Asking(func(t syntax.Tree, source, target int) (casus.EventType, float64) {
			return pack.EventTypes.Judge(eventtype.Features(t, source, target)).Best()
		}, r.least)
	}
	var missions []frames.Mission
	for _, m := range r.world.Missions() {
		missions = append(missions, frames.Mission{Actor: m.Actor, Place: m.Place, Held: m.Held})
	}
	return &opened{pack, actors.New(r.world, pack.Actors), coder, wars, missions, r.world}, nil
}

// Reads tells whether the reader reads a language.
func (r *Reader) Reads(language string) bool { return r.languages[language] != nil }

// Version names the reader for a language: its release, the language and the
// fingerprint of the language's data, as in "1-nl-0a1b2c3d".
func (r *Reader) Version(language string) (string, error) {
	l := r.languages[language]
	if l == nil {
		return "", notRead(language)
	}
	print, err := l.version()
	if err != nil {
		return "", err
	}
	version := Release + "-" + language + "-" + print
	if added := r.world.Added(); added != "" {
		version += "-with-" + added
	}
	if r.least > 0 {
		version += fmt.Sprintf("-opinion-%g", r.least)
	}
	return version, nil
}

func notRead(language string) error {
	return &casus.Error{Code: casus.Unsupported, Input: language, Problem: "this language is not read"}
}

// Reading is what one version of the reader took out of one article.
type Reading struct {
	Version string
	Records []casus.Record
	Actors  []casus.Actor // everybody whom the records name
	// Dropped says which records the reader made that did not validate; they
	// are left out. It is empty unless the reader has a fault.
	Dropped []error
}

// Read reads an article. An error of code Unsupported says that its language is not read.
func (r *Reader) Read(a casus.Article) (Reading, error) {
	version, err := r.Version(a.Language)
	if err != nil {
		return Reading{}, err
	}
	o, err := r.languages[a.Language].open()
	if err != nil {
		return Reading{}, err
	}
	doc := o.analyse(a)
	out := Reading{Version: version}
	seen := map[casus.RecordID]bool{}
	offsets := casus.NewOffsets(a.Text)
	for _, rec := range o.coder.Code(doc) {
		rec.Made.Reader = version
		if err := rec.ValidateIn(offsets); err != nil {
			out.Dropped = append(out.Dropped, fmt.Errorf("%s (%s): %w", rec.Quote, rec.Made.Rule, err))
			continue
		}
		if rec.ID, err = casus.NewID(a.Hash, rec); err != nil {
			return Reading{}, fmt.Errorf("reading %s: %w", a.ID, err)
		}
		if !seen[rec.ID] {
			seen[rec.ID] = true
			out.Records = append(out.Records, rec)
		}
	}
	out.Actors = r.named(out.Records, doc)
	return out, nil
}

// analyse takes an article through every stage before frames.
func (o *opened) analyse(a casus.Article) frames.Document {
	doc := frames.Document{Article: a, Wars: o.wars, Missions: o.missions, Governor: func(state casus.ActorID) (casus.ActorID, bool) {
		by := o.world.GovernedBy(state, a.Date.To)
		return first(by), len(by) > 0
	}}
	for _, s := range text.Split(o.pack.Tokens, a.Text) {
		doc.Trees = append(doc.Trees, o.coder.Pronouns(o.pack.Syntax.Parse(s)))
	}
	doc.Cast = o.resolver.Resolve(doc.Trees, a.Date)
	for _, t := range doc.Trees {
		times := o.pack.Times.Find(t.Sentence.Tokens, a.Date, tense(t))
		doc.Times = append(doc.Times, times)
		doc.Amounts = append(doc.Amounts, o.pack.Amounts.Find(t.Sentence.Tokens, claimed(times, a.Date)...))
	}
	return doc
}

func first(ids []casus.ActorID) casus.ActorID {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

// named returns an actor for every id that the records name: known from
// reference data, or by what the article calls it.
func (r *Reader) named(records []casus.Record, doc frames.Document) []casus.Actor {
	called := names(doc)
	met := map[casus.ActorID]casus.Actor{}
	for _, a := range doc.Cast.Actors {
		met[a.ID] = a
	}
	found := map[casus.ActorID]casus.Actor{}
	for _, rec := range records {
		for _, id := range rec.Actors() {
			if _, done := found[id]; !done {
				found[id] = r.introduce(id, met[id], called[id])
			}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b casus.Actor) int { return cmp.Compare(a.ID, b.ID) })
}

// mostDescriptions is how many phrases stand in for the name of an actor that
// the article never names ("de regering").
const mostDescriptions = 3

// introduce puts together what is known of an actor: met is what the article
// makes of it, called how the article names it.
func (r *Reader) introduce(id casus.ActorID, met casus.Actor, called []string) casus.Actor {
	if len(called) == 0 {
		called = met.Names[:min(len(met.Names), mostDescriptions)]
	}
	a, known := r.world.Actor(id)
	if !known {
		a = casus.Actor{ID: id, Kind: met.Kind, ActsFor: met.ActsFor, Note: met.Note}
	}
	if a.Kind == "" {
		a.Kind = casus.ActorOrganisation
	}
	a.Names = slices.Clone(a.Names)
	for _, n := range called {
		if !slices.Contains(a.Names, n) {
			a.Names = append(a.Names, n)
		}
	}
	if len(a.Names) == 0 {
		a.Names = []string{string(id)}
	}
	return a
}

// names lists the proper names by which an article calls each actor.
func names(doc frames.Document) map[casus.ActorID][]string {
	out := map[casus.ActorID][]string{}
	text := casus.NewOffsets(doc.Article.Text)
	for _, sentence := range doc.Cast.Sentences {
		for _, m := range sentence {
			if m.Class != actors.Name || m.ID == "" {
				continue
			}
			if name, ok := text.Quote(m.Span); ok && isName(name) && !slices.Contains(out[m.ID], name) {
				out[m.ID] = append(out[m.ID], name)
			}
		}
	}
	return out
}

// isName tells a name from a phrase around one ("50 duizend Armeniërs").
func isName(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && !strings.ContainsAny(s, "0123456789\n,/")
}

// tense is that of a sentence's main clause, by which a bare "in mei" or
// "zondag" is told to be past or to come.
func tense(t syntax.Tree) when.Tense {
	root := t.Root()
	if root < 0 {
		return when.Unknown
	}
	for i, w := range t.Words {
		if (i == root || w.Head == root) && strings.Contains(w.Feats, "Tense=Past") && strings.Contains(w.Feats, "VerbForm=Fin") {
			return when.Past
		}
	}
	return when.Unknown
}

// claimed returns the tokens that dates and times take: "2021" is no amount,
// but the "48" of "48 uur" is one, also in "binnen 48 uur".
func claimed(times []when.Expression, written casus.Period) [][2]int {
	var out [][2]int
	for _, t := range times {
		if t.Type != when.Duration && !t.IsTerm(written) {
			out = append(out, [2]int{t.First, t.Last})
		}
	}
	return out
}

// ErrNoSentence says that a span lies in no sentence.
var ErrNoSentence = errors.New("no sentence there")
