package sqlite

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"sync"
	"time"
	"unsafe"

	"casus"
	"casus/ledger"
)

// packed remembers records in a form of some two hundred bytes each, from which an
// entry is made in a tenth of the time that SQLite takes. A row, once written, never
// changes, but for when it is superseded: to whoever asks for what stands, nothing
// in here is ever out of date. When it is full, those that were packed first are
// forgotten; SQLite has them.
//
// A slab of memory has the bytes. A text of an entry is a piece of its slab and no
// copy; words that many records share, such as the ids of actors, stand in a list.
type packed struct {
	lock    sync.RWMutex
	slabs   []*slab           // by their numbers; nil once forgotten
	oldest  int               // the first that is not forgotten
	most    int               // slabs; 0 is maxSlabs
	at      []uint64          // by a record's number: its slab's number and its place there, plus one; 0 is none
	words   []string          // the first is empty
	numbers map[string]uint64 // of words
	scratch packer
}

// slab is memory of which nothing moves.
type slab struct {
	data []byte
	// block is where the article and the reading stand of the record that was packed
	// last, quotes are where its article's quotes do: many records are of the same.
	block  block
	start  uint64
	quotes map[string]uint64
}

// block is what the records of a reading have in common.
type block struct {
	article  ledger.ArticleRef
	reader   string
	recorded time.Time
}

// How large a slab is, and how many there are at most.
const (
	slabBytes = 1 << 20
	maxSlabs  = 16
)

// maxText is the longest record that is packed: what is longer is rare.
const maxText = slabBytes / 64

// put packs entries.
func (p *packed) put(list []ledger.Numbered) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.numbers == nil {
		p.words, p.numbers = []string{""}, map[string]uint64{"": 0}
	}
	for i := range list {
		n := &list[i]
		if n.Number < int64(len(p.at)) && p.at[n.Number] != 0 && p.slabs[p.at[n.Number]>>32] != nil {
			continue
		}
		p.pack(n)
	}
}

// pack packs one entry; the lock is held.
func (p *packed) pack(n *ledger.Numbered) {
	s := p.room()
	w := &p.scratch
	w.packed, w.slab, w.out = p, s, w.out[:0]
	if b := (block{n.Article, n.Made.Reader, n.Recorded}); b != s.block || s.quotes == nil {
		w.block(b)
		s.start = s.add(w.out)
		s.block, s.quotes, w.out = b, map[string]uint64{}, w.out[:0]
	}
	w.entry(&n.Entry)
	if len(w.out) > maxText {
		return
	}
	place := s.add(w.out)
	if _, met := s.quotes[n.Record.Quote]; !met {
		s.quotes[n.Record.Quote] = place + w.quoteAt
	}
	for int64(len(p.at)) <= n.Number {
		p.at = append(p.at, 0)
	}
	p.at[n.Number] = uint64(len(p.slabs)-1)<<32 | (place + 1) //nolint:gosec // slabs are few
}

// room is the slab that has room for another record.
func (p *packed) room() *slab {
	if n := len(p.slabs); n > 0 && cap(p.slabs[n-1].data)-len(p.slabs[n-1].data) > 2*maxText {
		return p.slabs[n-1]
	}
	if len(p.slabs) > 0 {
		p.slabs[len(p.slabs)-1].quotes = nil
	}
	for len(p.slabs)-p.oldest >= cmp.Or(p.most, maxSlabs) {
		p.slabs[p.oldest] = nil
		p.oldest++
	}
	s := &slab{data: make([]byte, 0, slabBytes)}
	p.slabs = append(p.slabs, s)
	return s
}

// add appends bytes, and tells where they stand.
func (s *slab) add(b []byte) uint64 {
	at := len(s.data)
	s.data = append(s.data, b...)
	return uint64(at) //nolint:gosec // a length
}

// take makes the entries that are packed, of records by their numbers, each at its
// place in a list; it tells at which places they are missing.
func (p *packed) take(numbers []int64, into []ledger.Entry) (missing []int) {
	p.lock.RLock()
	defer p.lock.RUnlock()
	u := unpacker{words: p.words}
	for i, n := range numbers {
		var s *slab
		if n >= 0 && n < int64(len(p.at)) && p.at[n] != 0 {
			s = p.slabs[p.at[n]>>32]
		}
		if s == nil {
			missing = append(missing, i)
			continue
		}
		u.data, u.at = s.data, int(p.at[n]&math.MaxUint32)-1 //nolint:gosec // a place in a slab
		u.entry(&into[i])
	}
	return missing
}

// packer writes what unpacker reads.
type packer struct {
	*packed
	slab    *slab
	out     []byte
	quoteAt uint64 // where in out the bytes of the quote stand
}

func (w *packer) number(n int64)     { w.out = binary.AppendVarint(w.out, n) }
func (w *packer) size(n uint64)      { w.out = binary.AppendUvarint(w.out, n) }
func (w *packer) moment(t time.Time) { w.number(microsOf(t)) }

// microsOf is a moment as the ledger stores it, in microseconds since 1970; none is 0.
func microsOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// text writes a text that few others have.
func (w *packer) text(s string) {
	w.size(uint64(len(s)) << 1)
	w.out = append(w.out, s...)
}

// quote writes a text, or where the same stands in the slab.
func (w *packer) quote(s string) {
	if at, met := w.slab.quotes[s]; met {
		w.size(uint64(len(s))<<1 | 1)
		w.size(at)
		return
	}
	w.text(s)
	w.quoteAt = uint64(len(w.out) - len(s)) //nolint:gosec // a length
}

// word writes a text that many others have.
func (w *packer) word(s string) {
	n, met := w.numbers[s]
	if !met {
		n = uint64(len(w.words))
		w.words = append(w.words, s)
		w.numbers[s] = n
	}
	w.size(n)
}

func (w *packer) period(p casus.Period) {
	w.number(int64(p.From))
	w.number(int64(p.To))
	w.word(string(p.Precision))
}

func (w *packer) truth(b bool) {
	n := uint64(0)
	if b {
		n = 1
	}
	w.size(n)
}

// real writes a number that is mostly a whole one, or of a few decimals.
func (w *packer) real(f float64) {
	if n := math.Round(f * 100); n/100 == f && math.Abs(n) < 1<<52 && (f != 0 || !math.Signbit(f)) {
		w.number(int64(n) << 1)
		return
	}
	w.number(1)
	w.out = binary.LittleEndian.AppendUint64(w.out, math.Float64bits(f))
}

func (w *packer) bound(f *float64) {
	w.truth(f != nil)
	if f != nil {
		w.real(*f)
	}
}

// words writes a list; that it is nil is kept.
func packWords[T ~string](w *packer, list []T) {
	if list == nil {
		w.size(0)
		return
	}
	w.size(uint64(len(list)) + 1)
	for _, v := range list {
		w.word(string(v))
	}
}

func (w *packer) block(b block) {
	a := b.article
	w.text(string(a.ID))
	w.text(a.Title)
	w.word(a.Publisher)
	w.text(a.URL)
	w.word(a.Language)
	w.period(a.Date)
	w.moment(a.Known)
	w.word(b.reader)
	w.moment(b.recorded)
}

func (w *packer) entry(e *ledger.Entry) {
	r := &e.Record
	w.size(w.slab.start)
	w.text(string(e.ID))
	w.quote(r.Quote)
	w.number(int64(r.Span.Start))
	w.number(int64(r.Span.End))
	w.word(string(r.By))
	w.text(r.ByAs)
	w.word(string(r.Status))
	w.period(r.When)
	packWords(w, r.Where)
	w.text(r.Hedge)
	w.word(r.Made.Rule)
	w.real(r.Made.Confidence)
	w.mentions(r.Mentions)
	w.actsFor(e.ActsFor)
	w.word(string(e.Review))
	w.number(e.Correction)
	w.body(r.Body)
}

func (w *packer) mentions(list []casus.Mention) {
	if list == nil {
		w.size(0)
		return
	}
	w.size(uint64(len(list)) + 1)
	for _, m := range list {
		w.number(int64(m.Start))
		w.number(int64(m.End))
		w.text(m.Quote)
	}
}

func (w *packer) actsFor(of map[casus.ActorID]casus.ActorID) {
	if of == nil {
		w.size(0)
		return
	}
	w.size(uint64(len(of)) + 1)
	for person, office := range of {
		w.word(string(person))
		w.word(string(office))
	}
}

func (w *packer) body(body casus.Body) {
	w.size(uint64(kindIndex(body.Kind()))) //nolint:gosec // it is of a kind
	switch b := body.(type) {
	case *casus.Event:
		w.word(string(b.Type))
		w.word(b.Mode)
		packWords(w, b.Source)
		packWords(w, b.Target)
	case *casus.Claim:
		w.word(string(b.Speaker))
		w.word(string(b.Act))
		w.truth(b.Quoted)
		packWords(w, b.About)
	case *casus.Figure:
		w.bound(b.Low)
		w.bound(b.High)
		w.word(b.Unit)
		w.text(b.Of)
		w.truth(b.Approx)
		w.text(b.AsWritten)
	case *casus.Relation:
		w.word(string(b.Type))
		w.word(string(b.From))
		w.word(string(b.To))
		w.word(string(b.Change))
	case *casus.Commitment:
		w.word(string(b.Debtor))
		w.word(string(b.Beneficiary))
		w.text(b.Duty)
		w.text(b.Condition)
		w.number(int64(b.Deadline))
		w.word(string(b.Basis))
		w.word(string(b.State))
	case *casus.Flow:
		w.word(string(b.Group))
		w.word(string(b.Origin))
		w.word(string(b.Destination))
		w.bound(b.Low)
		w.bound(b.High)
		w.word(string(b.Cause))
	}
}

// unpacker reads what packer wrote.
type unpacker struct {
	words []string
	data  []byte
	at    int
	// The block that was read last.
	last      block
	lastData  *byte
	lastStart int
}

func (u *unpacker) size() uint64 {
	if b := u.data[u.at]; b < 0x80 { // as most are
		u.at++
		return uint64(b)
	}
	n, length := binary.Uvarint(u.data[u.at:])
	u.at += length
	return n
}

func (u *unpacker) number() int64 {
	n := u.size()                    // as binary.Varint has the sign in the lowest bit
	return int64(n>>1) ^ -int64(n&1) //nolint:gosec // bits
}

func (u *unpacker) moment() time.Time { return moment(u.number()) }

// text is a piece of the slab: nobody writes there again.
func (u *unpacker) text() string {
	n := u.size()
	length, at := int(n>>1), u.at //nolint:gosec // a length in a slab
	if n&1 == 1 {
		at = int(u.size()) //nolint:gosec // a place in a slab
	} else {
		u.at += length
	}
	if length == 0 {
		return ""
	}
	return unsafe.String(&u.data[at], length)
}

func (u *unpacker) word() string { return u.words[u.size()] }

func (u *unpacker) period() casus.Period {
	from, to := u.number(), u.number()
	return casus.Period{From: casus.Date(from), To: casus.Date(to), Precision: casus.Precision(u.word())} //nolint:gosec // days
}

func (u *unpacker) truth() bool { return u.size() == 1 }

func (u *unpacker) real() float64 {
	n := u.number()
	if n&1 == 0 {
		return float64(n>>1) / 100
	}
	bits := binary.LittleEndian.Uint64(u.data[u.at:])
	u.at += 8
	return math.Float64frombits(bits)
}

func (u *unpacker) bound() *float64 {
	if !u.truth() {
		return nil
	}
	f := u.real()
	return &f
}

func unpackWords[T ~string](u *unpacker) []T {
	n := u.size()
	if n == 0 {
		return nil
	}
	out := make([]T, n-1)
	for i := range out {
		out[i] = T(u.word())
	}
	return out
}

// block reads the block at a place of the slab.
func (u *unpacker) block(start int) *block {
	if u.lastData == &u.data[0] && u.lastStart == start {
		return &u.last
	}
	back := u.at
	u.at = start
	b := &u.last
	a := &b.article
	a.ID, a.Title, a.Publisher, a.URL, a.Language = casus.ArticleID(u.text()), u.text(), u.word(), u.text(), u.word()
	a.Date, a.Known = u.period(), u.moment()
	b.reader, b.recorded = u.word(), u.moment()
	u.lastData, u.lastStart, u.at = &u.data[0], start, back
	return b
}

func (u *unpacker) entry(e *ledger.Entry) {
	b := u.block(int(u.size())) //nolint:gosec // a place in a slab
	r := &e.Record
	e.Article, e.Recorded = b.article, b.recorded
	r.Article, r.Made.Reader = b.article.ID, b.reader
	e.ID = casus.RecordID(u.text())
	r.ID, r.Quote = e.ID, u.text()
	r.Span.Start, r.Span.End = int(u.number()), int(u.number())
	r.By, r.ByAs, r.Status, r.When = casus.ActorID(u.word()), u.text(), casus.Status(u.word()), u.period()
	r.Where, r.Hedge = unpackWords[string](u), u.text()
	r.Made.Rule, r.Made.Confidence = u.word(), u.real()
	e.Made = r.Made
	r.Mentions, e.ActsFor = u.mentions(), u.actsFor()
	e.Mentions = r.Mentions
	e.Review, e.Correction = ledger.Review(u.word()), u.number()
	r.Body = u.body()
}

func (u *unpacker) mentions() []casus.Mention {
	n := u.size()
	if n == 0 {
		return nil
	}
	out := make([]casus.Mention, n-1)
	for i := range out {
		start, end := u.number(), u.number()
		out[i] = casus.Mention{Span: casus.Span{Start: int(start), End: int(end)}, Quote: u.text()}
	}
	return out
}

func (u *unpacker) actsFor() map[casus.ActorID]casus.ActorID {
	n := u.size()
	if n == 0 {
		return nil
	}
	out := make(map[casus.ActorID]casus.ActorID, n-1)
	for range n - 1 {
		person := casus.ActorID(u.word())
		out[person] = casus.ActorID(u.word())
	}
	return out
}

func (u *unpacker) body() casus.Body {
	switch casus.Kinds()[u.size()] {
	case casus.KindEvent:
		return &casus.Event{Type: casus.EventType(u.word()), Mode: u.word(), Source: unpackWords[casus.ActorID](u), Target: unpackWords[casus.ActorID](u)}
	case casus.KindClaim:
		return &casus.Claim{Speaker: casus.ActorID(u.word()), Act: casus.Act(u.word()), Quoted: u.truth(), About: unpackWords[casus.ActorID](u)}
	case casus.KindFigure:
		return &casus.Figure{Low: u.bound(), High: u.bound(), Unit: u.word(), Of: u.text(), Approx: u.truth(), AsWritten: u.text()}
	case casus.KindRelation:
		return &casus.Relation{Type: casus.RelationType(u.word()), From: casus.ActorID(u.word()), To: casus.ActorID(u.word()), Change: casus.Change(u.word())}
	case casus.KindCommitment:
		return &casus.Commitment{Debtor: casus.ActorID(u.word()), Beneficiary: casus.ActorID(u.word()), Duty: u.text(), Condition: u.text(),
			Deadline: casus.Date(u.number()), Basis: casus.Basis(u.word()), State: casus.State(u.word())} //nolint:gosec // a day
	}
	return &casus.Flow{Group: casus.ActorID(u.word()), Origin: casus.ActorID(u.word()), Destination: casus.ActorID(u.word()),
		Low: u.bound(), High: u.bound(), Cause: casus.Cause(u.word())}
}

// Warm packs the records that there are, as many of the last as there is room for,
// so that who asks for them need not wait. It takes a core half the time, for some
// twenty seconds for each million. It ends when the context does.
func (l *Ledger) Warm(ctx context.Context) error {
	if err := l.warmActors(ctx); err != nil {
		return explain(err, l.path, "asking the ledger")
	}
	var last int64
	if err := l.row(ctx, []any{&last}, `SELECT ifnull(max(seq), 0) FROM record`); err != nil {
		return explain(err, l.path, "asking the ledger")
	}
	const lot, each = 500, 160 // so many at a time, of at least so many bytes
	for first := max(0, last-maxSlabs*slabBytes/each); first < last; first += lot {
		begun := time.Now()
		list, err := l.entries(ctx, selectBare+` WHERE r.seq > ? AND r.seq <= ?`, first, first+lot)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // it was to end
		}
		if err != nil {
			return explain(err, l.path, "asking the ledger")
		}
		l.kept.packed.put(list)
		time.Sleep(time.Since(begun))
	}
	return nil
}
