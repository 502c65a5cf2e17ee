package picture_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus"
	"casus/picture"
)

// hub is a ledger of one actor with many neighbours, some of which have others.
func hub(t *testing.T) *picture.Picture {
	t.Helper()
	records := []casus.Record{
		says(casus.Ongoing, "2021-07-01…", relation(casus.AlliedWith, "usa", "nld", casus.Held)),
		says(casus.Ongoing, "2021-07-02…", relation(casus.AlliedWith, "nld/gov", "usa/mil", casus.Held)), // the same alliance
		says(casus.Ongoing, "2021-07-01…", relation(casus.BasesIn, "usa/mil", "usa", casus.Held)),        // of itself
		says(casus.Ongoing, "2021-07-01…", relation(casus.Controls, "taliban", "afg/kunduz", casus.Held)),
		says(casus.Ongoing, "2021-07-01…", relation(casus.Hosts, "afg/reb", "tjk", casus.Held)),
		says(casus.Possible, "2021-07-01…", relation(casus.AtWarWith, "usa", "irn", casus.Held)),
	}
	stories := []told{}
	for i, r := range records {
		stories = append(stories, told{fmt.Sprint(i), "2021-07-05", []casus.Record{r}})
	}
	for i := range 20 {
		stories = append(stories, told{fmt.Sprintf("base-%d", i), "2021-07-05", []casus.Record{
			says(casus.Ongoing, "2021-07-01…", relation(casus.BasesIn, "usa/mil", casus.ActorID(fmt.Sprintf("c%02d", i)), casus.Held))}})
	}
	return newPicture(t, nil, stories...)
}

// drawn writes a network as lines: nodes with what is folded, and ties.
func drawn(n picture.Network) string {
	var b strings.Builder
	for _, node := range n.Nodes {
		fmt.Fprintf(&b, "%s %d", node.ID, node.Folded)
		if node.Open {
			b.WriteString(" open")
		}
		b.WriteString("\n")
	}
	for _, t := range n.Ties {
		fmt.Fprintf(&b, "%s %s %s told %d", t.From, t.Type, t.To, t.Told)
		if t.Contested {
			b.WriteString(" contested")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestANetworkUnfoldsFromAnActor(t *testing.T) {
	p := hub(t)
	ask := func(q picture.NetworkQuestion) picture.Network {
		t.Helper()
		q.AsOf = day("2021-07-09")
		n, err := p.Network(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	once := ask(picture.NetworkQuestion{Actors: []string{"usa"}})
	if len(once.Nodes) != 13 || once.Nodes[0].Folded != 10 || once.Nodes[1].ID != "nld" || once.Nodes[1].Via != "usa" || once.Ties[0].Told != 2 {
		t.Errorf("the first unfolding is\n%s", drawn(once))
	}
	if once.Types[casus.BasesIn] != 20 || once.Types[casus.AlliedWith] != 1 {
		t.Errorf("there are %v to choose from", once.Types)
	}
	twice := ask(picture.NetworkQuestion{Actors: []string{"usa", "usa"}})
	if len(twice.Nodes) != 23 || twice.Nodes[0].Folded != 0 || !twice.Ties[len(twice.Ties)-1].Contested {
		t.Errorf("the second unfolding is\n%s", drawn(twice))
	}
	if twice.Types[casus.BasesIn] != 20 {
		t.Errorf("ties are counted twice: %v", twice.Types)
	}
	allies := drawn(ask(picture.NetworkQuestion{Actors: []string{"usa"}, Types: []casus.RelationType{casus.AlliedWith}}))
	if diff := cmp.Diff("usa 0 open\nnld 0\nnld allied-with usa told 2\n", allies); diff != "" {
		t.Error(diff)
	}
	reached := ask(picture.NetworkQuestion{Actors: []string{"nld", "usa"}})
	if !slices.ContainsFunc(reached.Nodes, func(n picture.NetworkNode) bool { return n.Via == "usa" }) || reached.Nodes[0].ID != "nld" {
		t.Errorf("unfolding a neighbour gives\n%s", drawn(reached))
	}
}

func TestANetworkStartsWithAQuestion(t *testing.T) {
	p := hub(t)
	n, err := p.Network(t.Context(), picture.NetworkQuestion{Ask: casus.AlliedWith, AsOf: day("2021-07-09")})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("nld 0\nusa 21\nnld allied-with usa told 2\n", drawn(n)); diff != "" {
		t.Error(diff)
	}
	if n, err = p.Network(t.Context(), picture.NetworkQuestion{Ask: casus.BasesIn, AsOf: day("2021-07-09")}); err != nil {
		t.Fatal(err)
	}
	if len(n.Nodes) != 21 || n.Left != 0 {
		t.Errorf("the bases are\n%s", drawn(n))
	}
	if n, err = p.Network(t.Context(), picture.NetworkQuestion{AsOf: day("2021-07-09")}); err != nil {
		t.Fatal(err)
	}
	if len(n.Nodes) != 12 || n.Nodes[0].ID != "usa" || n.Nodes[0].Folded != 22 || len(n.Ties) != 0 || n.Types[casus.BasesIn] != 20 {
		t.Errorf("without a question there is\n%s", drawn(n))
	}
	if n, err = p.Network(t.Context(), picture.NetworkQuestion{Actors: []string{"usa"}, AsOf: day("2021-06-01")}); err != nil {
		t.Fatal(err)
	}
	if len(n.Ties) != 0 {
		t.Errorf("before any of it was so there is\n%s", drawn(n))
	}
}

// A rebel group and a place are not their country; its army is.
func TestANetworkKeepsSidesApart(t *testing.T) {
	n, err := hub(t).Network(t.Context(), picture.NetworkQuestion{Actors: []string{"afg/reb", "taliban"}, AsOf: day("2021-07-09")})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("afg/reb 0 open\ntjk 0\ntaliban 0 open\nafg/kunduz 0\ntaliban controls afg/kunduz told 1\nafg/reb hosts tjk told 1\n", drawn(n)); diff != "" {
		t.Error(diff)
	}
}
