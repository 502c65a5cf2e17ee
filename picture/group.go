package picture

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"

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
	Grade *Grade `json:"grade,omitempty"`
	of    []told // the entries, in the order in which they came
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
	u := h.units(k, list)
	out := make([]Group, 0, len(list))
	links, err := k.linked(ctx, list)
	if err != nil {
		return nil, err
	}
	joined, err := clusters(ctx, &u, u.links(links))
	if err != nil {
		return nil, err
	}
	for _, members := range joined {
		g := Group{Sure: members.sure}
		places := u.places(members.of)
		g.of = make([]told, 0, len(places))
		for _, i := range places {
			g.of = append(g.of, list[i])
			g.Corrections = append(g.Corrections, h.ties.By(list[i].ID)...)
		}
		slices.Sort(g.Corrections)
		g.Corrections = slices.Compact(g.Corrections)
		if len(g.of) > 1 {
			g.Likely = likely(g.Sure)
		}
		g.Entries = entriesOf(g.of)
		if g.Origins, err = o.all(ctx, g.Entries); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// entriesOf are the entries of tellings, the earliest publication first.
func entriesOf(list []told) []ledger.Entry {
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
	a, b int
	sure float64
}

// linked compares the entries that could be of one thing: those of a kind and
// a party, near in time. There may be millions of pairs: all cores share them,
// and a stop is heeded.
func (k *knowledge) linked(ctx context.Context, list []told) ([]link, error) {
	gists := make([]gist, len(list))
	for i := range list {
		list[i].quoted() // while there is one who writes
		gists[i] = list[i].gist
	}
	n := min(runtime.GOMAXPROCS(0), 1+len(list)/worthSharing)
	near := pairs(list, blocks(list))
	found, stopped := make([][]link, n), make([]error, n)
	var all sync.WaitGroup
	for share := range n {
		all.Go(func() {
			compared := 0
			for a, b := range near(share, n) {
				if compared++; compared%looksUp == 0 && ctx.Err() != nil {
					stopped[share] = ctx.Err()
					return
				}
				if sure := k.sureLink(&gists[a], &gists[b], &list[a], &list[b]); sure > 0 {
					found[share] = append(found[share], link{a, b, sure})
				}
			}
		})
	}
	all.Wait()
	return slices.Concat(found...), errors.Join(stopped...)
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

// blockKey is what two tellings of one thing have in common.
type blockKey struct {
	kind  casus.Kind
	party casus.ActorID // or, of figures, none
	unit  string
	quad  int // of events
}

// blocks sorts the entries' places by what they must share to be one thing.
func blocks(list []told) [][]int {
	return blocksBy(list, func(t *told, add func(blockKey)) {
		if f, ok := t.Record.Body.(*casus.Figure); ok {
			unit := f.Unit
			if t.people {
				unit = "people"
			}
			add(blockKey{kind: casus.KindFigure, unit: unit})
			return
		}
		key := blockKey{kind: t.Record.Kind()}
		if e, ok := t.Record.Body.(*casus.Event); ok {
			key.quad = quadOf(e.Type) // see sorts
		}
		for _, side := range t.parties {
			for _, key.party = range side {
				add(key)
			}
		}
	})
}

// blocksBy sorts places by the keys that each has, in order of day.
func blocksBy(list []told, keysOf func(t *told, add func(blockKey))) [][]int {
	byKey := map[blockKey][]int{}
	var keys []blockKey
	for i := range list {
		keysOf(&list[i], func(k blockKey) {
			if len(byKey[k]) == 0 {
				keys = append(keys, k)
			}
			if n := len(byKey[k]); n == 0 || byKey[k][n-1] != i {
				byKey[k] = append(byKey[k], i)
			}
		})
	}
	out := make([][]int, 0, len(keys))
	for _, k := range keys {
		slices.SortStableFunc(byKey[k], func(a, b int) int {
			return cmp.Compare(list[a].day, list[b].day)
		})
		out = append(out, byKey[k])
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
// joint.
func clusters(ctx context.Context, u *units, links []link) ([]cluster, error) {
	n := len(u.of)
	slices.SortFunc(links, func(x, y link) int {
		switch {
		case x.sure > y.sure:
			return -1
		case x.sure < y.sure:
			return 1
		case x.a != y.a:
			return x.a - y.a
		}
		return x.b - y.b
	})
	all := make([]*cluster, n)
	for i := range all {
		all[i] = &cluster{of: []int{i}, sure: 1, node: i}
	}
	joints, apart := n, map[[2]int]bool{} // apart are two nodes that are not one thing
	for i, l := range links {
		if i%looksUp == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		a, b := all[l.a], all[l.b]
		nodes := [2]int{min(a.node, b.node), max(a.node, b.node)}
		if a == b || apart[nodes] {
			continue
		}
		sure := l.sure
		if len(a.of) > 1 || len(b.of) > 1 || !u.ties.None() { // else it is what the link says
			sure = u.alike(a.of, b.of)
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
	var out []cluster
	for i, c := range all {
		if slices.Min(c.of) == i {
			slices.Sort(c.of)
			out = append(out, *c)
		}
	}
	return out, nil
}
