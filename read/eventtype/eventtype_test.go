package eventtype_test

import (
	"bytes"
	"context"
	"math"
	"strings"
	"testing"

	"casus"
	"casus/read/eventtype"
)

// examples are bags of words with their types; enough to tell aid from force.
func examples() []eventtype.Example {
	var out []eventtype.Example
	for _, e := range []struct {
		typ   casus.EventType
		words string
	}{
		{casus.Aid, "send food town"}, {casus.Aid, "send doctor village"}, {casus.Aid, "give food village"},
		{casus.Assault, "bomb town"}, {casus.Assault, "shell village"}, {casus.Assault, "bomb doctor"},
		{casus.Request, "ask food"}, {casus.Request, "ask doctor"},
	} {
		out = append(out, eventtype.Example{Features: strings.Fields(e.words), Type: e.typ})
	}
	return out
}

func train(t *testing.T) *eventtype.Model {
	t.Helper()
	m, err := eventtype.Train(context.Background(), examples(), eventtype.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func saved(t *testing.T, m *eventtype.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestItLearnsWhatTellsTypesApart(t *testing.T) {
	m, err := eventtype.Load(bytes.NewReader(saved(t, train(t))))
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]casus.EventType{
		"send food": casus.Aid, "bomb village": casus.Assault, "ask town": casus.Request, "give doctor": casus.Aid,
	} {
		if got, sure := m.Judge(strings.Fields(words)).Best(); got != want || sure < 0.3 {
			t.Errorf("%s: %s, sure for %.2f; want %s", words, got, sure, want)
		}
	}
}

func TestTrainingTwiceGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(saved(t, train(t)), saved(t, train(t))) {
		t.Error("two trainings on the same examples give different models")
	}
}

func TestAModelThatKnowsNothingIsUnsure(t *testing.T) {
	for name, o := range map[string]eventtype.Opinion{
		"the zero model":   (&eventtype.Model{}).Judge([]string{"bomb"}),
		"an unknown word":  train(t).Judge([]string{"xylophone"}),
		"no words":         train(t).Judge(nil),
		"a useless oracle": (&eventtype.Model{}).Judge(nil).Given(casus.Aid, eventtype.Unsure),
	} {
		if _, sure := o.Best(); math.Abs(sure-eventtype.Unsure) > 1e-9 {
			t.Errorf("%s is sure for %.3f", name, sure)
		}
	}
}

// Half sure of aid, and somebody who is right three times in four says force.
func TestAWitnessCountsByHowOftenItIsRight(t *testing.T) {
	var o eventtype.Opinion
	for c, typ := range casus.EventTypes() {
		switch typ {
		case casus.Aid:
			o[c] = 0.5
		case casus.Assault:
			o[c] = 0.5
		}
	}
	got, sure := o.Given(casus.Assault, 0.75).Best()
	want := 0.75 / (0.75 + 0.25/15)
	if got != casus.Assault || math.Abs(sure-want) > 1e-9 {
		t.Errorf("%s, sure for %.3f; want ASSAULT for %.3f", got, sure, want)
	}
}

func TestADamagedModelIsAnError(t *testing.T) {
	whole := saved(t, train(t))
	for name, data := range map[string][]byte{
		"nothing": nil, "other words": []byte("casus names 1\nxyz"), "broken off": whole[:len(whole)/2], "only its head": whole[:20],
	} {
		if _, err := eventtype.Load(bytes.NewReader(data)); err == nil {
			t.Errorf("%s is taken for a model", name)
		}
	}
}

func TestWhatCannotBeLearnedIsAnError(t *testing.T) {
	if _, err := eventtype.Train(context.Background(), nil, eventtype.Options{}); err == nil {
		t.Error("a model is made of nothing")
	}
	wrong := []eventtype.Example{{Features: []string{"x"}, Type: "YIELD"}}
	if _, err := eventtype.Train(context.Background(), wrong, eventtype.Options{}); err == nil || !strings.Contains(err.Error(), "YIELD") {
		t.Errorf("error %v, want one that names YIELD", err)
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := eventtype.Train(stopped, examples(), eventtype.Options{}); err == nil {
		t.Error("a stopped training gives a model")
	}
}
