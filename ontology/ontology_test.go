package ontology_test

import (
	"testing"

	"casus"
	"casus/ontology"
)

func TestTableCoversTheSixteenTypes(t *testing.T) {
	p, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, typ := range casus.EventTypes() {
		if _, ok := p.Lookup(typ, ""); !ok {
			t.Errorf("%s has no line of its own", typ)
		}
	}
	types := map[casus.EventType]bool{}
	for _, e := range p.Entries() {
		types[e.Type] = true
		if of, _ := p.Lookup(e.Type, ""); of.Quad != e.Quad {
			t.Errorf("%s/%s: quad %d, its type has %d", e.Type, e.Mode, e.Quad, of.Quad)
		}
		conflict := e.Quad == ontology.VerbalConflict || e.Quad == ontology.MaterialConflict
		if conflict && e.Score > 0.5 || !conflict && e.Score < 0 {
			t.Errorf("%s/%s: score %g does not fit quad %d", e.Type, e.Mode, e.Score, e.Quad)
		}
	}
	if len(types) != 16 {
		t.Errorf("%d types, not 16", len(types))
	}
}

func TestCheckRefusesAModeOfAnotherType(t *testing.T) {
	p, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Check(&casus.Event{Type: casus.Coerce, Mode: "seize"}); err != nil {
		t.Errorf("COERCE/seize: %v", err)
	}
	for _, e := range []casus.Event{{Type: casus.Assault, Mode: "seize"}, {Type: "YIELD"}, {Type: casus.Agree, Mode: "visit"}} {
		if p.Check(&e) == nil {
			t.Errorf("%s/%s is accepted", e.Type, e.Mode)
		}
	}
}
