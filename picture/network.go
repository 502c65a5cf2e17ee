package picture

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"casus"
	"casus/ledger"
)

// Network is a part of who is tied to whom on a day, small enough to look at.
// The rest is folded into it: a node says how many neighbours it has besides.
type Network struct {
	AsOf  casus.Date    `json:"as_of"`
	Nodes []NetworkNode `json:"nodes"` // whom the question is about first, then as they were unfolded
	Ties  []Tie         `json:"ties"`  // between these nodes; those told most first
	// Left is how many ties of the type that was asked for have no place here.
	Left int `json:"left"`
	// Types counts the ties of each type that were there to choose from: of the
	// nodes that are unfolded or, where none is, of everybody.
	Types map[casus.RelationType]int `json:"types"`
}

// NetworkNode is an actor in a network. It stands for those parts of it that act
// for it, as a state for its army.
type NetworkNode struct {
	ID     casus.ActorID `json:"id"`
	Open   bool          `json:"open"`          // its neighbours were asked for
	Folded int           `json:"folded"`        // neighbours to which no tie is among those shown
	Via    casus.ActorID `json:"via,omitempty"` // the node from which it was unfolded; empty where a question gave it
}

// Tie is a relation between two nodes.
type Tie struct {
	Type casus.RelationType `json:"type"`
	From casus.ActorID      `json:"from"` // nodes; the evidence may name a part of them
	To   casus.ActorID      `json:"to"`
	// Since is the first day from which a record has it, open where none says.
	Since casus.Date `json:"since"`
	// Contested tells that it is only said to be so as possible, planned,
	// conditional or denied.
	Contested bool           `json:"contested"`
	Told      int            `json:"told"`     // records that say so
	Evidence  []ledger.Entry `json:"evidence"` // the latest of them
}

func (t Tie) key() relationKey { return relationKey{t.Type, t.From, t.To} }

// other is the node at the other end of a tie, "" where the node is at neither.
func (t Tie) other(node casus.ActorID) casus.ActorID {
	switch node {
	case t.From:
		return t.To
	case t.To:
		return t.From
	}
	return ""
}

// NetworkQuestion asks for a network.
type NetworkQuestion struct {
	// Ask starts it with the ties of this type that are told most, as who is
	// allied with whom; empty starts with Actors.
	Ask casus.RelationType
	// Actors are unfolded in this order, as a person types them. Each time that
	// one is named, more of its neighbours are there.
	Actors   []string
	Types    []casus.RelationType // by which they unfold; none is by all
	AsOf     casus.Date           // zero is the end of time
	Known    time.Time            // see ledger.Query
	Recorded time.Time
}

// How much of a network is shown.
const (
	networkNodes    = 40 // in all
	networkAsked    = 24 // nodes that a question starts with
	networkUnfolds  = 12 // neighbours at a time
	networkEvidence = 3  // records of a tie
	networkStarts   = 12 // nodes where nothing is asked
)

// Network finds who is tied to whom around the actors that are unfolded, or by
// the type that is asked for. Where neither is given, it is those who have most
// neighbours, all folded. What holds is told as for Show.
func (p *Picture) Network(ctx context.Context, q NetworkQuestion) (Network, error) {
	k, err := p.knowledge()
	if err != nil {
		return Network{}, err
	}
	var open []casus.ActorID
	for _, name := range q.Actors {
		a, err := p.Resolve(ctx, name)
		if err != nil {
			return Network{}, err
		}
		open = append(open, k.node(a.ID))
	}
	evidence, err := p.ledger.Relations(ctx, ledger.RelationQuery{On: q.AsOf, Known: q.Known, Recorded: q.Recorded})
	if err != nil {
		return Network{}, err
	}
	n := networkOf(k.ties(holdings(evidence, q.AsOf)))
	n.AsOf = q.AsOf
	n.start(q.Ask)
	n.unfold(open, q.Types)
	n.finish(q, len(open) == 0 && q.Ask == "")
	return n.Network, nil
}

// node is the actor that stands for an id in a network: a state for those of
// its parts that act for it, anybody else for itself.
func (k *knowledge) node(id casus.ActorID) casus.ActorID {
	head, part, ok := strings.Cut(string(id), "/")
	if !ok || id.IsPerson() {
		return id
	}
	sector, _, _ := strings.Cut(part, "/")
	switch state, known := k.sectors[sector]; {
	case known && state:
		return casus.ActorID(head)
	case known:
		return casus.ActorID(head + "/" + sector)
	}
	return id
}

// bothWays tells whether a type of relation is the same from either end.
func bothWays(t casus.RelationType) bool { return t == casus.AlliedWith || t == casus.AtWarWith }

// ties joins what is said of the same nodes, those told most first. What is in
// force is not also told as contested.
func (k *knowledge) ties(inForce, contested []Holding) []Tie {
	at := map[relationKey]int{}
	var out []Tie
	for i, list := range [][]Holding{inForce, contested} {
		for _, h := range list {
			t := Tie{Type: h.Type, From: k.node(h.From), To: k.node(h.To), Since: h.Since, Contested: i == 1}
			if t.From == t.To {
				continue
			}
			if bothWays(t.Type) && t.To < t.From {
				t.From, t.To = t.To, t.From
			}
			place, there := at[t.key()]
			if !there {
				place = len(out)
				at[t.key()] = place
				out = append(out, t)
			}
			if out[place].Contested != t.Contested {
				continue
			}
			out[place].take(h)
		}
	}
	slices.SortStableFunc(out, func(a, b Tie) int {
		return cmp.Or(yesLast(a.Contested)-yesLast(b.Contested), b.Told-a.Told, cmp.Compare(ledger.Anchor(b.Evidence[0]), ledger.Anchor(a.Evidence[0])))
	})
	return out
}

func yesLast(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// take adds what a holding rests on.
func (t *Tie) take(h Holding) {
	if h.Since != 0 && (t.Since == 0 || h.Since < t.Since) {
		t.Since = h.Since
	}
	t.Told += len(h.Evidence)
	t.Evidence = append(t.Evidence, h.Evidence...)
	slices.SortStableFunc(t.Evidence, func(a, b ledger.Entry) int { return cmp.Compare(ledger.Anchor(b), ledger.Anchor(a)) })
	t.Evidence = t.Evidence[:min(len(t.Evidence), networkEvidence)]
}

// network is a network as it grows.
type network struct {
	Network
	ties  []Tie                   // all that there are
	of    map[casus.ActorID][]int // the ties of a node, by their place
	place map[casus.ActorID]int   // of a node among the nodes
	shown map[int]bool            // ties
}

func networkOf(ties []Tie) *network {
	n := &network{ties: ties, of: map[casus.ActorID][]int{}, place: map[casus.ActorID]int{}, shown: map[int]bool{}}
	n.Nodes, n.Ties, n.Types = []NetworkNode{}, []Tie{}, map[casus.RelationType]int{}
	for i, t := range ties {
		n.of[t.From] = append(n.of[t.From], i)
		n.of[t.To] = append(n.of[t.To], i)
	}
	return n
}

// add shows a node; it tells whether it is there.
func (n *network) add(id, via casus.ActorID, most int) bool {
	if _, there := n.place[id]; there {
		return true
	}
	if len(n.Nodes) >= most {
		return false
	}
	n.place[id] = len(n.Nodes)
	n.Nodes = append(n.Nodes, NetworkNode{ID: id, Via: via})
	return true
}

// start shows the ties of a type that are told most.
func (n *network) start(ask casus.RelationType) {
	for i, t := range n.ties {
		if ask == "" || t.Type != ask {
			continue
		}
		needed := 2
		for _, id := range []casus.ActorID{t.From, t.To} {
			if _, there := n.place[id]; there {
				needed--
			}
		}
		if len(n.Nodes)+needed > networkAsked {
			n.Left++
			continue
		}
		n.shown[i] = n.add(t.From, "", networkAsked) && n.add(t.To, "", networkAsked)
	}
}

// unfold shows neighbours of nodes, so many each time that a node is named, and
// the ties between them.
func (n *network) unfold(open []casus.ActorID, types []casus.RelationType) {
	of := func(t Tie) bool { return len(types) == 0 || slices.Contains(types, t.Type) }
	for _, id := range open {
		if !n.add(id, "", networkNodes) {
			continue
		}
		again := n.Nodes[n.place[id]].Open
		n.Nodes[n.place[id]].Open = true
		left := networkUnfolds
		for _, i := range n.of[id] {
			if !again {
				n.Types[n.ties[i].Type]++
			}
			if !of(n.ties[i]) {
				continue
			}
			other := n.ties[i].other(id)
			if _, there := n.place[other]; !there && left > 0 && n.add(other, id, networkNodes) {
				left--
			}
			if _, there := n.place[other]; there {
				n.shown[i] = true
			}
		}
	}
}

// finish counts what is folded, and lists the ties that are shown.
func (n *network) finish(q NetworkQuestion, starts bool) {
	if starts {
		n.best()
	}
	if len(q.Actors) == 0 {
		for _, t := range n.ties {
			n.Types[t.Type]++
		}
	}
	for i := range n.Nodes {
		n.Nodes[i].Folded = n.folded(n.Nodes[i].ID, q.Types)
	}
	for i, t := range n.ties {
		if n.shown[i] {
			n.Ties = append(n.Ties, t)
		}
	}
}

// folded counts the neighbours by ties of some types to which a node shows no tie.
func (n *network) folded(id casus.ActorID, types []casus.RelationType) int {
	tied, others := map[casus.ActorID]bool{}, map[casus.ActorID]bool{}
	for _, i := range n.of[id] {
		t := n.ties[i]
		tied[t.other(id)] = tied[t.other(id)] || n.shown[i]
		if len(types) == 0 || slices.Contains(types, t.Type) {
			others[t.other(id)] = true
		}
	}
	count := 0
	for other := range others {
		if !tied[other] {
			count++
		}
	}
	return count
}

// best shows those who have most neighbours.
func (n *network) best() {
	type many struct {
		id    casus.ActorID
		count int
	}
	var list []many
	for id := range n.of {
		list = append(list, many{id, n.folded(id, nil)})
	}
	slices.SortFunc(list, func(a, b many) int { return cmp.Or(b.count-a.count, cmp.Compare(a.id, b.id)) })
	for _, m := range list[:min(len(list), networkStarts)] {
		n.add(m.id, "", networkStarts)
	}
}
