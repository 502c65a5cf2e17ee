package picture

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"casus"
	"casus/ledger"
)

// keeper makes states of what is kept, each from the one before. One at a time
// uses it.
type keeper struct {
	*knowledge
	keptState
	words *vocabulary
	// Where in the tables of the state something is.
	articleAt           map[casus.ArticleID]int32
	textAt              map[string]int32
	officesAt, sideAt   map[string]int32
	placesAt, settingAt map[string]int32
	fresh               [2][]int32 // rows that are not in order yet
	lot                 []ledger.Numbered
}

// keeperLot is how many records are prepared at once.
const keeperLot = 1000

// keeperTexts is of how many texts it remembers the words: copies quote the same ones.
const keeperTexts = 10_000

// lateRows is from how many rows outside the index on it is made anew.
const lateRows = 5000

func newKeeper(k *knowledge) (*keeper, error) {
	if len(k.promises) > 64 {
		return nil, fmt.Errorf("promises.tsv has %d lines, more than the 64 of which it can be kept what says them", len(k.promises))
	}
	out := &keeper{knowledge: k, words: newVocabulary(&k.terms), articleAt: map[casus.ArticleID]int32{}, textAt: map[string]int32{},
		officesAt: map[string]int32{}, sideAt: map[string]int32{}, placesAt: map[string]int32{}, settingAt: map[string]int32{}}
	out.firsts = map[casus.ArticleID]ledger.ArticleRef{}
	out.offices = []map[casus.ActorID]casus.ActorID{nil}
	out.stems = stems{}
	out.text("")
	for i, kind := range keptKinds() {
		out.of[i] = keptKind{kind: kind, gone: map[int32]bool{}}
	}
	return out, nil
}

// follow takes up what the ledger stored since it was last asked.
func (k *keeper) follow(ctx context.Context, l ledger.Ledger) error {
	gone, now, err := l.Standing(ctx, k.mark, keptKinds(), func(n ledger.Numbered) error {
		if k.lot = append(k.lot, n); len(k.lot) == keeperLot {
			k.takeLot()
		}
		return ctx.Err()
	})
	if err != nil {
		k.lot = nil // they come again, and those that were taken are known by their numbers
		return err
	}
	k.takeLot()
	if err := k.meetCopies(ctx, l, k.mark); err != nil {
		return err
	}
	k.leave(gone)
	k.mark = now
	return nil
}

// meetCopies finds the first of the copies of articles that came in since a mark,
// and of those that they are copies of.
func (k *keeper) meetCopies(ctx context.Context, l ledger.Ledger, since ledger.Mark) error {
	pairs, err := l.Copied(ctx, since)
	if err != nil || len(pairs) == 0 {
		return err
	}
	k.firsts = maps.Clone(k.firsts) // earlier states have the one before
	for _, pair := range pairs {
		k.first(pair[0], pair[1])
		k.first(pair[1], pair[0])
	}
	return nil
}

// first notes that an article has a copy.
func (k *keeper) first(a, other ledger.ArticleRef) {
	first, ok := k.firsts[a.ID]
	if !ok {
		first = k.short(a)
	}
	if earlier(other, first) {
		first = k.short(other)
	}
	k.firsts[k.short(a).ID] = first
}

// takeLot prepares the records that have gathered and keeps what is needed of them.
func (k *keeper) takeLot() {
	entries := make([]ledger.Entry, len(k.lot))
	for i, n := range k.lot {
		entries[i] = n.Entry
	}
	if len(k.words.texts) > keeperTexts {
		k.words.texts = map[[2]string]stems{}
	}
	for i, t := range k.tellWith(k.words, entries) {
		at := slices.Index(keptKinds(), t.Record.Kind())
		of := &k.of[at]
		if n := len(of.rows); n > 0 && of.rows[n-1].number >= k.lot[i].Number {
			continue // it came before the last follow failed
		}
		k.fresh[at] = append(k.fresh[at], int32(len(of.rows))) //nolint:gosec // there are no billions of records
		of.rows = append(of.rows, k.row(&t, k.lot[i].Number))
	}
	k.lot = k.lot[:0]
}

// row is what is kept of a telling.
func (k *keeper) row(t *told, number int64) keptTelling {
	id, _ := ledger.RecordNumber(t.ID) // it is one: the ledger gave it
	r := keptTelling{number: number, id: id, article: k.article(t), by: k.text(string(t.Record.By)), byAs: k.text(t.Record.ByAs),
		precision: k.text(string(t.Record.When.Precision)), from: t.Record.When.From, to: t.Record.When.To,
		start: int32(t.Record.Span.Start), end: int32(t.Record.Span.End), status: uint8(slices.Index(casus.Statuses(), t.Record.Status)), //nolint:gosec // a text's length
		ownDay: t.ownDay, again: t.again, offices: k.officesOf(t.ActsFor)}
	switch b := t.Record.Body.(type) {
	case *casus.Event:
		r.sort, r.mode = k.text(string(b.Type)), k.text(b.Mode)
	case *casus.Commitment:
		r.sort, r.mode, r.deadline = k.text(string(b.State)), k.text(string(b.Basis)), b.Deadline
	}
	words := t.promising()
	for i := range k.promises {
		if k.promises[i].says(t.Record.Body, words) {
			r.said |= 1 << i
		}
	}
	for i := range r.sides {
		r.sides[i] = k.sideOf(keptSide{t.parties[i], t.whole[i], t.who[i], t.sides[i], t.unknown[i]})
	}
	r.places, r.setting = place(k, &k.places, k.placesAt, keptNames[string]{t.places, t.towns}), place(k, &k.settings, k.settingAt, keptNames[casus.ActorID]{t.where, t.settings})
	quoted := t.quoted()
	quoted = quoted[:min(len(quoted), math.MaxUint16)]
	r.stems, r.stemmed = uint32(len(k.stems)), uint16(len(quoted)) //nolint:gosec // see the line above
	k.stems = append(k.stems, quoted...)
	return r
}

func (k *keeper) article(t *told) int32 {
	at, ok := k.articleAt[t.Article.ID]
	if !ok {
		at = int32(len(k.articles)) //nolint:gosec // there are no billions of articles
		ref := k.short(t.Article)
		k.articleAt[ref.ID] = at
		k.articles = append(k.articles, keptArticle{ref, t.language})
	}
	return at
}

// short is an article without title and address, which shares its other texts.
func (k *keeper) short(ref ledger.ArticleRef) ledger.ArticleRef {
	ref.ID = casus.ArticleID(strings.Clone(string(ref.ID))) // it may be a piece of something long
	ref.Title, ref.URL, ref.Publisher, ref.Language = "", "", k.same(ref.Publisher), k.same(ref.Language)
	return ref
}

func (k *keeper) text(s string) int32 {
	at, ok := k.textAt[s]
	if !ok {
		at = int32(len(k.texts)) //nolint:gosec // as above
		s = strings.Clone(s)
		k.textAt[s] = at
		k.texts = append(k.texts, s)
	}
	return at
}

// same is the text of the table that is the same.
func (k *keeper) same(s string) string { return k.texts[k.text(s)] }

// sameIDs are ids that are texts of the table.
func sameIDs[T ~string](k *keeper, ids []T) []T {
	if ids == nil {
		return nil
	}
	out := make([]T, len(ids))
	for i, id := range ids {
		out[i] = T(k.same(string(id)))
	}
	return out
}

// officesOf finds the place of a map among those that are kept.
func (k *keeper) officesOf(of map[casus.ActorID]casus.ActorID) int32 {
	if len(of) == 0 {
		return 0
	}
	var key strings.Builder
	for _, person := range slices.Sorted(maps.Keys(of)) {
		key.WriteString(string(person) + " " + string(of[person]) + "\n")
	}
	at, ok := k.officesAt[key.String()]
	if !ok {
		at = int32(len(k.offices)) //nolint:gosec // as above
		k.officesAt[key.String()] = at
		kept := make(map[casus.ActorID]casus.ActorID, len(of))
		for person, side := range of {
			kept[casus.ActorID(k.same(string(person)))] = casus.ActorID(k.same(string(side)))
		}
		k.offices = append(k.offices, kept)
	}
	return at
}

// sideOf finds the place of a side among those that are kept.
func (k *keeper) sideOf(s keptSide) int32 {
	key := joinIDs(s.heads) + "\n" + joinIDs(s.whole) + "\n" + joinIDs(s.who)
	at, ok := k.sideAt[key]
	if !ok {
		at = int32(len(k.keptState.sides)) //nolint:gosec // as above
		k.sideAt[key] = at
		s.heads, s.whole, s.who = sameIDs(k, s.heads), sameIDs(k, s.whole), sameIDs(k, s.who)
		k.keptState.sides = append(k.keptState.sides, s)
	}
	return at
}

// place finds the place of a list among those that are kept.
func place[T ~string](k *keeper, table *[]keptNames[T], places map[string]int32, list keptNames[T]) int32 {
	key := joinIDs(list.names)
	at, ok := places[key]
	if !ok {
		at = int32(len(*table)) //nolint:gosec // as above
		places[key] = at
		*table = append(*table, keptNames[T]{sameIDs(k, list.names), list.numbers})
	}
	return at
}

func joinIDs[T ~string](list []T) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(string(s))
		b.WriteByte('\t')
	}
	return b.String()
}

// leave takes out what no longer stands.
func (k *keeper) leave(numbers []int64) {
	for i := range k.of {
		of := &k.of[i]
		var gone []int32
		for _, n := range numbers {
			at, ok := slices.BinarySearchFunc(of.rows, n, func(r keptTelling, n int64) int { return cmp.Compare(r.number, n) })
			if ok && !of.gone[int32(at)] { //nolint:gosec // as above
				gone = append(gone, int32(at)) //nolint:gosec // as above
			}
		}
		if len(gone) == 0 {
			continue
		}
		of.gone = maps.Clone(of.gone) // earlier states have the one before
		for _, at := range gone {
			of.gone[at] = true
		}
	}
}

// tighten moves the tables, which have grown to a quarter more than they hold, to
// where they fit, and the ids of articles, which lie about between what was read
// with them, to one place.
func (k *keeper) tighten() {
	s := &k.keptState
	var ids strings.Builder
	for i := range s.articles {
		ids.WriteString(string(s.articles[i].ref.ID))
	}
	all, at := ids.String(), 0
	k.articleAt = make(map[casus.ArticleID]int32, len(s.articles))
	for i := range s.articles {
		ref := &s.articles[i].ref
		ref.ID, at = casus.ArticleID(all[at:at+len(ref.ID)]), at+len(ref.ID)
		k.articleAt[ref.ID] = int32(i) //nolint:gosec // there are no billions of articles
	}
	s.articles, s.texts, s.offices, s.sides = fitting(s.articles), fitting(s.texts), fitting(s.offices), fitting(s.sides)
	s.places, s.settings, s.stems = fitting(s.places), fitting(s.settings), fitting(s.stems)
	for i := range s.of {
		s.of[i].rows = fitting(s.of[i].rows)
	}
}

// fitting is a list with little room behind it.
func fitting[S ~[]T, T any](list S) S {
	return append(make(S, 0, len(list)+len(list)/64), list...)
}

// state is the state as it is now.
func (k *keeper) state() *keptState {
	for i := range k.of {
		k.of[i].sort(k.fresh[i])
		k.fresh[i] = nil
		if len(k.of[i].rows)-k.of[i].indexed > lateRows || k.of[i].under == nil {
			k.keptState.index(&k.of[i])
		}
	}
	s := k.keptState
	return &s
}

// compare orders rows by day and number, those without a day last.
func (k *keptKind) compare(a, b int32) int {
	x, y := k.rows[a].day(), k.rows[b].day()
	if (x == 0) != (y == 0) {
		return -cmp.Compare(x, y)
	}
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
}

// sort puts fresh rows in their places, and leaves out those that are gone.
func (k *keptKind) sort(fresh []int32) {
	slices.SortFunc(fresh, k.compare)
	out := make([]int32, 0, len(k.order)+len(fresh))
	for old := k.order; len(old)+len(fresh) > 0; {
		var next int32
		if len(fresh) == 0 || len(old) > 0 && k.compare(old[0], fresh[0]) < 0 {
			next, old = old[0], old[1:]
		} else {
			next, fresh = fresh[0], fresh[1:]
		}
		if !k.gone[next] {
			out = append(out, next)
		}
	}
	k.order, k.far = out, nil
	for _, at := range out {
		if r := &k.rows[at]; r.from == 0 || r.to == 0 || int(r.to-r.from) > keptNear {
			k.far = append(k.far, at)
		}
	}
}

// index makes the index of a kind anew.
func (s *keptState) index(of *keptKind) {
	count, all := map[keptKey]int{}, 0
	each := func(do func(key keptKey, at int32)) {
		for _, at := range of.order {
			keys := s.keysOf(of.kind, &of.rows[at])
			for i, key := range keys {
				if !slices.Contains(keys[:i], key) {
					do(key, at)
				}
			}
		}
	}
	each(func(key keptKey, _ int32) {
		count[key]++
		all++
	})
	of.under, of.indexed = make(map[keptKey][]int32, len(count)), len(of.rows)
	room := make([]int32, all) // lists that grow one by one would leave half of it empty
	for key, n := range count {
		of.under[key], room = room[:0:n], room[n:]
	}
	each(func(key keptKey, at int32) { of.under[key] = append(of.under[key], at) })
}

// keysOf lists by what a row is found: the actors of its sides, by their heads and
// as they are, and who asserts it.
func (s *keptState) keysOf(kind casus.Kind, r *keptTelling) []keptKey {
	var out []keptKey
	add := func(actor casus.ActorID) {
		if out = append(out, keptKey{actor: actor}); kind == casus.KindEvent {
			out = append(out, keptKey{s.texts[r.sort], actor})
		}
	}
	for _, i := range r.sides {
		for _, list := range [][]casus.ActorID{s.sides[i].heads, s.sides[i].whole} {
			for _, id := range list {
				add(id)
			}
		}
	}
	if by := casus.ActorID(s.texts[r.by]); by != "" {
		add(by)
		add(casus.ActorID(by.Head()))
		add(headOf(by, s.offices[r.offices]))
	}
	return out
}
