package picture

import (
	"cmp"
	"context"
	"iter"
	"runtime"
	"slices"

	"casus"
	"casus/ledger"
)

// sureEnough is from which certainty on two tellings are taken for one thing.
const sureEnough = 0.6

// Group is one thing as one or more articles tell it.
type Group struct {
	Entries []ledger.Entry `json:"entries"` // earliest publication first
	Origins []Origin       `json:"origins"` // on whose word it rests, each once
	// Sure is how surely these are one thing: the least certain of the links
	// that hold them together, 1 for an entry by itself and for what an analyst
	// joined.
	Sure float64 `json:"sure"`
	// Likely is Sure in the words of ICD 203; empty where there is one entry.
	Likely Likelihood `json:"likely,omitempty"`
	// Corrections are those by which an analyst joined some of the entries or
	// told them apart from others, by their numbers.
	Corrections []int64 `json:"corrections,omitempty"`
	// Grade is how far the first telling can be relied on that has it as so; nil
	// where the answer is not graded.
	Grade *Grade  `json:"grade,omitempty"`
	of    []*told // the entries, in the order in which they came
}

// groups sorts entries into things, by same and by what analysts have said.
// Groups come in the order of their first entry.
func (p *Picture) groups(ctx context.Context, entries []ledger.Entry, h hand) ([]Group, error) {
	k, err := p.knowledge()
	if err != nil {
		return nil, err
	}
	return p.groupsOf(ctx, k, k.tellAll(entries), h)
}

// groupsOf is groups of entries that are prepared.
func (p *Picture) groupsOf(ctx context.Context, k *knowledge, list []told, h hand) ([]Group, error) {
	return p.groupsBy(ctx, k, list, newOrigins(p), h)
}

// groupsBy is groupsOf with the origins that are known already.
func (p *Picture) groupsBy(ctx context.Context, k *knowledge, list []told, o *origins, h hand) ([]Group, error) {
	if err := o.meet(ctx, list); err != nil {
		return nil, err
	}
	out, err := grouped(ctx, k, list, h)
	if err != nil {
		return nil, err
	}
	err = shared(len(out), worthSharing, func(i int) error {
		out[i].Entries = entriesOf(out[i].of)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].Origins, err = o.all(ctx, out[i].Entries); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// grouped sorts tellings into things, whose entries and origins are to be filled in.
func grouped(ctx context.Context, k *knowledge, list []told, h hand) ([]Group, error) {
	u := h.units(k, list)
	links, err := k.linked(ctx, list)
	if err != nil {
		return nil, err
	}
	joined, err := clusters(ctx, &u, u.links(links))
	if err != nil {
		return nil, err
	}
	out := make([]Group, len(joined))
	return out, shared(len(joined), worthSharing, func(i int) error {
		places := u.places(joined[i].of)
		g := Group{Sure: joined[i].sure, of: make([]*told, len(places))}
		for n, at := range places {
			g.of[n] = &list[at]
			g.Corrections = append(g.Corrections, h.ties.By(list[at].ID)...)
		}
		slices.Sort(g.Corrections)
		g.Corrections = slices.Compact(g.Corrections)
		if len(g.of) > 1 {
			g.Likely = likely(g.Sure)
		}
		out[i] = g
		return nil
	})
}

// first is the telling of a thing that was published first.
func (g Group) first() *told {
	out := g.of[0]
	for _, t := range g.of[1:] {
		if earlier(t.Article, out.Article) {
			out = t
		}
	}
	return out
}

// entriesOf are the entries of tellings, the earliest publication first.
func entriesOf(list []*told) []ledger.Entry {
	out := make([]ledger.Entry, len(list))
	for i, t := range list {
		out[i] = t.Entry
	}
	slices.SortStableFunc(out, func(a, b ledger.Entry) int {
		if earlier(a.Article, b.Article) {
			return -1
		}
		if earlier(b.Article, a.Article) {
			return 1
		}
		return 0
	})
	return out
}

// link says that two entries, by their places in a list, tell of one thing.
type link struct {
	a, b     int32
	evidence float64 // see sureLink
}

// links are many links, in pieces: of hundreds of thousands a slice that grows
// leaves five times as many behind.
type links [][]link

const linksPiece = 1 << 12

func (l *links) add(found link) {
	if last := len(*l) - 1; last < 0 || len((*l)[last]) == linksPiece {
		*l = append(*l, make([]link, 0, linksPiece))
	}
	last := &(*l)[len(*l)-1]
	*last = append(*last, found)
}

// each gives all links, to be changed where they lie.
func (l links) each(yield func(*link) bool) {
	for _, piece := range l {
		for i := range piece {
			if !yield(&piece[i]) {
				return
			}
		}
	}
}

// linked compares the entries that could be of one thing: those of a kind and
// a party, near in time. There may be millions of pairs: all cores share them,
// and a stop is heeded.
func (k *knowledge) linked(ctx context.Context, list []told) (links, error) {
	gists := make([]gist, len(list))
	for i := range list {
		list[i].quoted() // while there is one who writes
		gists[i] = list[i].gist
	}
	n := min(runtime.GOMAXPROCS(0), 1+len(list)/worthSharing)
	near := pairs(list, blocks(list))
	found, parts := make([]links, n), make([]func() error, n)
	for share := range n {
		parts[share] = func() error {
			compared := 0
			for a, b := range near(share, n) {
				if compared++; compared%looksUp == 0 && ctx.Err() != nil {
					return ctx.Err()
				}
				if evidence := k.sureLink(&gists[a], &gists[b], &list[a], &list[b]); evidence > 0 {
					found[share].add(link{int32(a), int32(b), evidence}) //nolint:gosec // places in a list
				}
			}
			return nil
		}
	}
	err := sideBySide(parts...)
	return slices.Concat(found...), err
}

// worthSharing is how many tellings it takes for another core to be worth its while.
const worthSharing = 200

// looksUp is after how many steps of a long loop one looks whether to stop.
const looksUp = 1 << 12

// pairs gives the pairs of places that share a block and are near in time, each
// once: in the first block that they share. It gives them in so many shares, of
// which one asks for one.
func pairs(list []told, blocks [][]int) func(share, of int) iter.Seq2[int, int] {
	in := make([][]int, len(list)) // of each place, its blocks in order
	for n, block := range blocks {
		for _, i := range block {
			in[i] = append(in[i], n)
		}
	}
	return func(share, of int) iter.Seq2[int, int] {
		return func(yield func(int, int) bool) {
			for n, block := range blocks {
				wide := wideIn(list, block)
				for i := share; i < len(block); i += of {
					for b := range partners(list, block, wide, i) {
						if a := block[i]; firstShared(in[a], in[b]) == n && !yield(a, b) {
							return
						}
					}
				}
			}
		}
	}
}

// partners gives the places of a block after its i-th that begin early enough to
// be of one thing with it: as near as its kind must be, or where one of the two
// is wide, somewhat farther. wide is where in the block those are.
func partners(list []told, block, wide []int, i int) iter.Seq[int] {
	a := &list[block[i]]
	return func(yield func(int) bool) {
		next := i + 1
		for ; next < len(block) && !beyond(a, &list[block[next]], a.reach()); next++ {
			if !yield(block[next]) {
				return
			}
		}
		from, _ := slices.BinarySearch(wide, next)
		for _, at := range wide[from:] {
			if b := block[at]; beyond(a, &list[b], farthestReach) || !yield(b) {
				return
			}
		}
	}
}

// wideIn lists where in a block wide ones are, in order.
func wideIn(list []told, block []int) []int {
	var out []int
	for at, i := range block {
		if list[i].wide() {
			out = append(out, at)
		}
	}
	return out
}

// firstShared is the first member that two ordered lists share.
func firstShared(a, b []int) int {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			return a[i]
		}
	}
	return -1
}

// beyond tells whether b, which comes after a in order of day, begins more than
// so many days too late to be the same, and so all that come after it. What has
// no day is compared with its like only.
func beyond(a, b *told, far int) bool {
	if a.day == 0 {
		return b.day != 0
	}
	return int(b.day-a.last) > far
}

// blockKey is what two tellings of one thing have in common: a party or, of figures,
// a unit, by its number in their vocabulary.
type blockKey struct {
	kind casus.Kind
	quad int8 // of events
	what int32
}

// people is the unit of all figures that count people.
const people = -1

// blocks sorts the entries' places by what they must share to be one thing.
func blocks(list []told) [][]int {
	return blocksBy(list, func(t *told, add func(blockKey)) {
		key := blockKey{kind: t.kind, quad: t.quad} // see sorts
		if t.kind == casus.KindFigure {
			if key.what = t.unit; t.people {
				key.what = people
			}
			add(key)
			return
		}
		for i := range t.sides {
			for _, key.what = range t.sides[i].heads {
				add(key)
			}
		}
	})
}

// blocksBy sorts places by the keys that each has, in order of day.
func blocksBy[K comparable](list []told, keysOf func(t *told, add func(K))) [][]int {
	at := map[K]int{} // of each key, its place in out
	var out [][]int
	for i := range list {
		keysOf(&list[i], func(k K) {
			block, met := at[k]
			if !met {
				block = len(out)
				at[k], out = block, append(out, nil)
			}
			if n := len(out[block]); n == 0 || out[block][n-1] != i {
				out[block] = append(out[block], i)
			}
		})
	}
	for _, block := range out {
		slices.SortStableFunc(block, func(a, b int) int {
			return cmp.Compare(list[a].day, list[b].day)
		})
	}
	return out
}

// cluster is a set of places in a list that tell of one thing.
type cluster struct {
	of   []int
	sure float64
	node int // the joint that made it: each has a number of its own
}

// clusters joins what is linked, the surest links first, as long as the tellings
// of both sides are one thing on the whole: a chain of likenesses alone does not
// make two things one (average linkage). A cluster is as sure as its least sure
// joint. All cores share in what no links hold together.
func clusters(ctx context.Context, u *units, found links) ([]cluster, error) {
	places, each := make([]int, len(u.of)), make([]cluster, len(u.of))
	all := make([]*cluster, len(u.of)) // of each place
	for i := range all {
		places[i] = i
		each[i] = cluster{of: places[i : i+1 : i+1], sure: 1, node: i}
		all[i] = &each[i]
	}
	hang := hanging(len(u.of), found)
	if err := shared(len(hang), worthSharing, func(i int) error { return join(ctx, u, all, hang[i]) }); err != nil {
		return nil, err
	}
	var out []cluster
	for _, c := range all { // by its first place
		if c.of != nil {
			slices.Sort(c.of)
			out = append(out, *c)
			c.of = nil
		}
	}
	return out, nil
}

// hanging parts links between so many places into those that hang together, the
// most first.
func hanging(places int, found links) [][]link {
	root := make([]int32, places)
	for i := range root {
		root[i] = int32(i) //nolint:gosec // places in a list
	}
	top := func(i int32) int32 {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	total := 0
	for l := range found.each {
		root[top(l.a)] = top(l.b)
		total++
	}
	count := make([]int, places) // by their top
	for l := range found.each {
		count[top(l.a)]++
	}
	of, all := make([][]link, places), make([]link, total)
	for i, n := range count {
		of[i], all = all[:0:n], all[n:]
	}
	for l := range found.each {
		i := top(l.a)
		of[i] = append(of[i], *l)
	}
	of = slices.DeleteFunc(of, func(l []link) bool { return len(l) == 0 })
	slices.SortStableFunc(of, func(a, b []link) int { return len(b) - len(a) })
	return of
}

// join joins the clusters of places whose links hang together.
func join(ctx context.Context, u *units, all []*cluster, found []link) error {
	slices.SortFunc(found, func(x, y link) int {
		switch {
		case x.evidence > y.evidence:
			return -1
		case x.evidence < y.evidence:
			return 1
		case x.a != y.a:
			return int(x.a - y.a)
		}
		return int(x.b - y.b)
	})
	joints, apart := len(all), map[[2]int]bool{} // apart are two nodes that are not one thing
	for i, l := range found {
		if i%looksUp == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		a, b := all[l.a], all[l.b]
		nodes := [2]int{min(a.node, b.node), max(a.node, b.node)}
		if a == b || apart[nodes] {
			continue
		}
		sure := 0.0
		if len(a.of) > 1 || len(b.of) > 1 || !u.ties.None() {
			sure = u.alike(a.of, b.of)
		} else { // it is what the link says
			sure = surely(l.evidence)
		}
		if sure < sureEnough {
			apart[nodes] = true
			continue
		}
		a.sure = min(a.sure, b.sure, sure)
		for _, i := range b.of {
			all[i] = a
		}
		a.of, a.node = append(a.of, b.of...), joints
		joints++
	}
	return nil
}
