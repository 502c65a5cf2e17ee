package ledger

import (
	"context"
	"time"

	"casus"
	"casus/ledger/fulltext"
)

// Ledger is a keeper of articles and records. See the package comment for what
// every keeper promises.
type Ledger interface {
	// Append stores one reading of one article in one transaction. It returns
	// casus.Invalid, and stores nothing, where a record does not validate
	// against the article's text or the article has no hash. A text that is
	// there already may differ from the one that comes in its white space, as
	// the hash does not see it: where the records do not fit the text that is
	// there, that is casus.Conflict. Read Article(hash) instead.
	Append(ctx context.Context, r Reading) (Receipt, error)
	// AppendAll is Append for several readings in one transaction: all are
	// stored or none. It is for bulk loads; the receipts are in the order of
	// the readings.
	AppendAll(ctx context.Context, rs []Reading) ([]Receipt, error)
	// HasRead tells whether this version of the reader has read the text with
	// this hash, so that an interrupted job goes on where it stopped. The
	// empty version asks whether the text is there at all.
	HasRead(ctx context.Context, hash, reader string) (bool, error)

	// Article returns one article with its text by its id or its hash.
	// casus.NotFound where there is none.
	Article(ctx context.Context, idOrHash string) (ArticleEntry, error)
	// Articles lists articles without their texts, latest publication first,
	// undated ones last.
	Articles(ctx context.Context, q ArticleQuery) (ArticlePage, error)
	// Copies returns the near-copies of an article, most similar first.
	Copies(ctx context.Context, id casus.ArticleID) ([]Copy, error)
	// CopiesOf is Copies of several articles at once; those without any are left out.
	CopiesOf(ctx context.Context, ids []casus.ArticleID) (map[casus.ArticleID][]Copy, error)
	// Find searches the articles' titles and texts for words, the best match
	// first; what is best is the keeper's. See package fulltext for the words.
	Find(ctx context.Context, words string, limit int) ([]Hit, error)

	// Records answers a Query.
	Records(ctx context.Context, q Query) (Page, error)
	// Days lists the Day of each entry of a query's page, 0 for none, in their
	// order, and tells whether there is a next page: to count many without
	// reading them.
	Days(ctx context.Context, q Query) (days []casus.Date, more bool, err error)
	// Record returns one record by its id: the version that stands, or the
	// last one where none does. casus.NotFound where there is none.
	Record(ctx context.Context, id casus.RecordID) (Entry, error)
	// Relations returns the evidence that decides which relations hold.
	Relations(ctx context.Context, q RelationQuery) ([]Entry, error)
	// Turned returns of the answers to two queries what bears on a difference
	// between them: see the function Turned.
	Turned(ctx context.Context, before, after RelationQuery) (was, is []Entry, err error)

	// Correct stores what an analyst says of a record or an actor, and from
	// then on answers accordingly; see Correction. It returns the correction
	// with its number and moment. casus.Invalid where it makes no sense or an
	// amended record does not fit the article, casus.NotFound where there is
	// no such record or correction, casus.Conflict where somebody else
	// corrected the same since (Correction.Seen) or what is to be taken back
	// is so already. Nothing is stored then.
	Correct(ctx context.Context, c Correction) (Correction, error)
	// Corrections lists corrections, oldest first.
	Corrections(ctx context.Context, q CorrectionQuery) ([]Correction, error)
	// History lists the versions in which a record ever stood in the answers,
	// oldest first. casus.NotFound where no reading made such a record.
	History(ctx context.Context, id casus.RecordID) ([]Entry, error)

	// Mark is the ledger's state. It differs from an earlier one's as soon as
	// anything is stored.
	Mark(ctx context.Context) (Mark, error)
	// Standing tells what has changed since a mark in what stands, for those who
	// keep something of it: it hands over the records of some kinds that came to
	// stand, in the order of their numbers, and lists the numbers of those, of any
	// kind, that no longer do. It may list others that did not stand before. now
	// is the mark to go on from; since the zero mark it is all that stands. What is
	// stored meanwhile may be told already, and is told again the next time.
	Standing(ctx context.Context, since Mark, kinds []casus.Kind, stands func(Numbered) error) (gone []int64, now Mark, err error)
	// Copied lists the pairs of near-copies of which the first came in since a mark.
	Copied(ctx context.Context, since Mark) ([][2]ArticleRef, error)
	// ByNumber returns records that stand by their numbers, in that order. Numbers
	// of none are left out.
	ByNumber(ctx context.Context, numbers []int64) ([]Entry, error)

	// Actors lists actors that records name, most often named first.
	Actors(ctx context.Context, q ActorQuery) ([]ActorEntry, error)
	// Totals counts what is in the ledger.
	Totals(ctx context.Context) (Totals, error)

	Close() error
}

// Mark is a state of a ledger: how much of each sort it has, and when a record
// last ceased to stand. The zero mark is that of an empty ledger.
type Mark struct {
	Articles, Readings, Records, Corrections int64
	Superseded                               int64 // microseconds of the ledger's clock since 1970
}

// Reading is one article and what one version of the reader took out of it.
type Reading struct {
	Article casus.Article
	// Reader is the reader's version. It is empty for a text that is kept but
	// not read, as of a language that the reader does not know.
	Reader  string
	Records []casus.Record // without id are given one, by casus.NewID
	// Actors are whom the reading met. New names are kept, and the offices of
	// persons tell for whom they act in the records: see Entry.ActsFor.
	Actors []casus.Actor
	Sketch Sketch
}

// Sketch is what makes near-copies of a text findable. The ledger does not
// know how it was made: it looks for articles that share a band and asks a
// Similarity how alike the two sketches are.
type Sketch struct {
	Bands []uint64
	Data  []byte
}

// Similarity tells from their sketches how alike two texts are, up to 1, and 0
// where they are not alike enough to be copies of one another.
type Similarity func(a, b []byte) float64

// MaxCandidates bounds how many earlier articles of one band are compared with
// a new one, the earliest first: boilerplate that thousands share costs no more.
const MaxCandidates = 64

// Outcome says what an append did.
type Outcome string

const (
	New     Outcome = "new"     // the text was not there
	Already Outcome = "already" // the text was there and this reader had read it: nothing changed
	Reread  Outcome = "reread"  // the text was there: this reading supersedes the one before
)

// Receipt says what was stored.
type Receipt struct {
	Outcome Outcome `json:"outcome"`
	// ID is the article's id in this ledger: the one it came with; the one it
	// has had since it came first; or, where another text has that id already,
	// that id with the smallest free suffix -2, -3, …
	ID       casus.ArticleID   `json:"id"`
	Records  int               `json:"records"`           // how many records were stored
	Recorded time.Time         `json:"recorded,omitzero"` // the ledger's clock; zero where nothing was stored
	Copies   []casus.ArticleID `json:"copies,omitempty"`  // near-copies that were there
}

// ArticleRef is what an answer says of the article behind it.
type ArticleRef struct {
	ID        casus.ArticleID `json:"id"`
	Title     string          `json:"title,omitempty"`
	Publisher string          `json:"publisher,omitempty"`
	URL       string          `json:"url,omitempty"`
	Language  string          `json:"language"`
	Date      casus.Period    `json:"date"`
	Known     time.Time       `json:"known"`
}

// Entry is a record as the ledger keeps it.
type Entry struct {
	ID     casus.RecordID `json:"id"`
	Record casus.Record   `json:"record"` // in the contract's form; Article is the id in this ledger
	Made   casus.Made     `json:"made"`
	// Mentions are the places beside the record's own where its article tells the same.
	Mentions []casus.Mention `json:"mentions,omitempty"`
	Article  ArticleRef      `json:"article"`
	// ActsFor says of the persons that the record names for whom they acted on
	// its day, as the reading had it. Naming them names these too.
	ActsFor map[casus.ActorID]casus.ActorID `json:"acts_for,omitempty"`
	// Recorded is the ledger's clock when the record was appended, Superseded
	// when a later reading or a correction replaced it; zero while it stands.
	Recorded   time.Time `json:"recorded"`
	Superseded time.Time `json:"superseded,omitzero"`
	// Review says what a person has made of the record, and Correction by which
	// correction it came to read so; both are empty for the reader's own.
	Review     Review `json:"review,omitempty"`
	Correction int64  `json:"correction,omitempty"`
}

// CorrectionQuery selects corrections. The zero value selects all.
type CorrectionQuery struct {
	Subject  string    // the id of a record or an actor that the correction, or what it takes back, is about
	Recorded time.Time // as it was at that moment of the ledger's clock; zero is now
	Newest   bool      // the latest first
	Limit    int       // at most so many; 0 is all
	After    int64     // those that come, in the order asked for, after the correction of this number; 0 is all
}

// ArticleEntry is an article as the ledger keeps it.
type ArticleEntry struct {
	casus.Article           // Text is empty in lists
	Reader        string    `json:"reader,omitempty"` // the version whose reading stands; "" if not read
	Records       int       `json:"records"`          // records of it that stand
	Copies        int       `json:"copies"`           // near-copies that are there
	Characters    int       `json:"characters"`       // code points in the text
	Recorded      time.Time `json:"recorded"`
}

// ArticleQuery selects articles. The zero value selects all.
type ArticleQuery struct {
	From, To  casus.Date // publication overlaps these days; zero is open; undated articles never match a bound
	Publisher string
	Language  string
	// KnownAfter and Known select what the desk got after the one moment, and had at
	// the other; zero is open.
	KnownAfter, Known time.Time
	// Since selects what was recorded, by the ledger's clock, after this
	// moment: what came in since somebody last looked. Zero is all.
	Since time.Time
	Limit int // 0 is DefaultLimit
	After string
}

// ArticlePage is one page of articles.
type ArticlePage struct {
	Articles []ArticleEntry `json:"articles"`
	Next     string         `json:"next,omitempty"`
}

// Copy is a near-copy of an article.
type Copy struct {
	Article    ArticleRef `json:"article"`
	Similarity float64    `json:"similarity"`
}

// Hit is an article that a search found.
type Hit struct {
	Article  ArticleRef         `json:"article"`
	Snippets []fulltext.Snippet `json:"snippets"` // none where only the title matched
}

// ActorQuery selects actors.
type ActorQuery struct {
	// Name selects the actors that a reading gave this name, whatever its
	// capitals and diacritics. Without Name
	// and ID it is everybody that a record names.
	Name string
	// ID selects one actor that a record or a reading names.
	ID casus.ActorID
	// Within selects an actor and its parts.
	Within casus.ActorID
	// To, Known and Recorded count the records that these select, as in Query: what
	// begins after To, what the desk did not know at Known and what did not stand at
	// Recorded names nobody, and who is not named is left out.
	To       casus.Date
	Known    time.Time
	Recorded time.Time
	Limit    int // 0 is DefaultLimit
}

// Clocked tells whether the records are counted as of a day or a moment.
func (q ActorQuery) Clocked() bool { return q.To != 0 || !q.Known.IsZero() || !q.Recorded.IsZero() }

// ActorEntry is an actor and how often today's records name it, a part of it
// or a person who acts for it: the number of entries that Query{Actor: ID} has.
type ActorEntry struct {
	casus.Actor
	Records int `json:"records"`
}

// RelationQuery asks which relation records decide what holds on a day. Taken
// together by relation (type, from and to), Change, whether they are Asserted
// and which ends of their period are open, the answer has of each lot the last
// record whose Anchor is on or before On; and, where the period has no start,
// also the first whose Anchor is later: it may tell of what held on the day
// already. Of these, those that bear on the day in no way (see Bears) are left
// out. Entries are in the order of appending; records of the same Anchor
// follow that order too.
type RelationQuery struct {
	Actor    casus.ActorID // it or a part of it at either end; empty is everybody
	On       casus.Date    // zero is the last day there is
	Known    time.Time     // as in Query
	Recorded time.Time
}

// Totals counts what is in a ledger.
type Totals struct {
	Articles int                `json:"articles"`
	Records  int                `json:"records"` // that stand
	Kinds    map[casus.Kind]int `json:"kinds"`
	// First and Last are the days of the first and last publication, zero where no
	// article is dated; KnownFirst and KnownLast are when the desk had its first
	// and its last article, zero where there is none.
	First      casus.Date `json:"first"`
	Last       casus.Date `json:"last"`
	KnownFirst time.Time  `json:"known_first,omitzero"`
	KnownLast  time.Time  `json:"known_last,omitzero"`
	// Recorded is when, by the ledger's clock, the last article came in.
	Recorded time.Time `json:"recorded,omitzero"`
}
