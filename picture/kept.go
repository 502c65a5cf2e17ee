package picture

import (
	"context"
	"sync"
	"sync/atomic"

	"casus"
	"casus/ledger"
)

// kept is what a picture keeps in memory of the events and commitments that
// stand: of each telling what deciding on sameness needs of it and by what it is
// found, some two hundred bytes. Who asks what became of commitments, or who
// drifts, has the tellings of weeks compared and is shown a few of them: only
// those are then read from the ledger.
//
// It is worked out once, from all that stands, and from then on kept up: each
// answer first takes up what the ledger has stored since.
type kept struct {
	now atomic.Pointer[keptState] // nil until all is there

	mu      sync.Mutex // held by who brings it up to date
	keeper  *keeper
	running atomic.Bool // somebody brings it up to date, and nobody waits for him
}

// keptState is what is kept as of a state of the ledger. It does not change; the
// next one shares most of it.
type keptState struct {
	mark     ledger.Mark
	articles []keptArticle
	firsts   map[casus.ArticleID]ledger.ArticleRef // of articles with copies, the first of them
	texts    []string
	offices  []map[casus.ActorID]casus.ActorID // see ledger.Entry.ActsFor; the first is nil
	sides    []keptSide
	places   []keptNames[string]
	settings []keptNames[casus.ActorID]
	stems    stems
	of       [2]keptKind // by the order of keptKinds
}

// keptKind is what is kept of a kind.
type keptKind struct {
	kind  casus.Kind
	rows  []keptTelling // by number
	order []int32       // of those that stand, by day and number, those without a day last
	far   []int32       // of these, those that last longer than keptNear or have no beginning
	gone  map[int32]bool
	// under lists rows by what they name, in the order of order, up to indexed;
	// those behind it are looked at one by one.
	under   map[keptKey][]int32
	indexed int
}

// keptArticle is what is kept of an article: all of it but title and address.
type keptArticle struct {
	ref      ledger.ArticleRef
	language int32 // in the keeper's vocabulary
}

// keptSide is a side of a telling, see told. Many tellings share one.
type keptSide struct {
	heads, whole, who []casus.ActorID
	gistSide
	unknown bool
}

// keptNames are names that many tellings share.
type keptNames[T ~string] struct {
	names   []T
	numbers []int32 // in the keeper's vocabulary
}

// keptKey is by what rows are found: the head of an actor that they name or, on
// a side, the actor itself; of events of one type, or of all.
type keptKey struct {
	sort  string // an event's type; empty is any
	actor casus.ActorID
}

// keptTelling is a telling. What it names stands in tables of the state.
type keptTelling struct {
	number, id      int64
	said            uint64 // by promise rule: whether it says what the rule asks of a duty or of an event
	article         int32
	by, byAs        int32 // texts
	sort, mode      int32 // texts: an event's type and mode, a commitment's state and basis
	precision       int32 // text
	offices         int32
	sides           [2]int32
	places, setting int32
	from, to        casus.Date
	deadline        casus.Date
	start, end      int32  // its span
	stems           uint32 // where they begin
	stemmed         uint16 // and how many there are
	status          uint8
	ownDay, again   bool
}

func (r *keptTelling) when() casus.Period { return casus.Period{From: r.from, To: r.to} }

func (r *keptTelling) day() casus.Date { return ledger.Day(r.when()) }

// keptNear is how many days what is no exception lasts at most.
const keptNear = 31

// keptKinds are the kinds of which tellings are kept.
func keptKinds() []casus.Kind { return []casus.Kind{casus.KindEvent, casus.KindCommitment} }

// mostBehind is how many records a question takes up before it is answered, a
// fraction of a second; where there are more, as while a folder is read, it is
// answered without what is kept.
const mostBehind = 3000

// Keep has the picture keep in memory what answers about events and commitments
// are worked out from; without it they are the same, and slower on a large ledger.
// It returns when all is there. Questions may be asked meanwhile.
func (p *Picture) Keep(ctx context.Context) error {
	k, err := p.knowledge()
	if err != nil {
		return err
	}
	p.kept.mu.Lock()
	defer p.kept.mu.Unlock()
	if p.kept.keeper, err = newKeeper(k); err != nil {
		return err
	}
	if err := p.kept.catchUp(ctx, p.ledger); err != nil {
		return err
	}
	p.kept.keeper.tighten()
	p.kept.now.Store(p.kept.keeper.state())
	return nil
}

// catchUp takes up what the ledger has stored, until hardly anything is missing;
// the lock is held.
func (kept *kept) catchUp(ctx context.Context, l ledger.Ledger) error {
	for {
		before := kept.keeper.mark
		if err := kept.keeper.follow(ctx, l); err != nil {
			return err
		}
		if kept.keeper.mark.Records-before.Records < mostBehind {
			kept.now.Store(kept.keeper.state())
			return nil
		}
	}
}

// keptNow is what is kept, as the ledger is now; nil where nothing is, or not yet.
func (p *Picture) keptNow(ctx context.Context) (*keptState, error) {
	s := p.kept.now.Load()
	if s == nil {
		return nil, nil //nolint:nilnil // that is no mistake
	}
	mark, err := p.ledger.Mark(ctx)
	if err != nil || mark == s.mark {
		return s, err
	}
	if mark.Records-s.mark.Records > mostBehind {
		if !p.kept.running.Swap(true) {
			go func() {
				defer p.kept.running.Store(false)
				p.kept.mu.Lock()
				defer p.kept.mu.Unlock()
				_ = p.kept.catchUp(context.WithoutCancel(ctx), p.ledger) // who asks next will see what is wrong
			}()
		}
		return nil, nil //nolint:nilnil // as above
	}
	p.kept.mu.Lock()
	defer p.kept.mu.Unlock()
	if s = p.kept.now.Load(); mark != s.mark {
		if err := p.kept.keeper.follow(ctx, p.ledger); err != nil {
			return nil, err
		}
		s = p.kept.keeper.state()
		p.kept.now.Store(s)
	}
	return s, nil
}
