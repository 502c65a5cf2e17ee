package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casus/foresee"
	"casus/foresee/obligation"
	"casus/foresee/scenario"
	"casus/ontology"
	"casus/refdata"
	"casus/web"
)

// foreseeing are options that lay scenarios beside their ledger.
func foreseeing(t testing.TB, o web.Options) web.Options {
	t.Helper()
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	o.Foresight = foresee.Desk{Beside: foresee.Beside{Picture: o.Picture, World: world}, Names: scenario.NewNames(world, plover)}
	return o
}

const attackScenario = `casus-scenario: 1
name: Dushanbe is attacked
clock: {true-on: 2021-07-08}
period: {from: 2021-07-09, to: 2021-08-31}
events:
  - {date: 2021-07-10, type: ASSAULT, source: taliban, target: tjk, place: tjk/dushanbe}
zones:
  - {place: tjk/dushanbe, days: {from: 2021-07-10, to: 2021-08-31}}
fleeing:
  - {days: 2021-07-10, persons: 1000}
camps:
  - {place: kgz/osh, capacity: 0}
seeds: [1]
`

// postScenario sends JSON as the page does.
func postScenario(t *testing.T, h http.Handler, address string, value any) *httptest.ResponseRecorder {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8317"+address, strings.NewReader(string(data)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", "http://127.0.0.1:8317")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestForeseeAnswersAScenario(t *testing.T) {
	h := web.New(foreseeing(t, options(sample(t))))
	w := postScenario(t, h, "/api/foresee", map[string]string{"scenario": attackScenario})
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	var answer foresee.Answer
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	if answer.Label != obligation.Label || len(answer.Obligations.Events) != 1 || len(answer.Obligations.Events[0].Duties) == 0 || answer.Flight == nil {
		t.Errorf("%+v", answer)
	}
}

func TestForeseeTellsAllMistakes(t *testing.T) {
	h := web.New(foreseeing(t, options(sample(t))))
	w := postScenario(t, h, "/api/foresee", map[string]string{"scenario": strings.ReplaceAll(attackScenario, "2021-07-10", "2021-07-40")})
	var problem struct {
		Detail string
		Errors []struct{ Message, Location string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil {
		t.Fatal(err)
	}
	if w.Code != http.StatusUnprocessableEntity || len(problem.Errors) != 3 || problem.Errors[0].Location != "6:12" ||
		!strings.Contains(problem.Detail, "scenario:6:12: “2021-07-40” is not a day") {
		t.Errorf("%d %+v", w.Code, problem)
	}
	for _, body := range []any{map[string]string{}, map[string]string{"scenario": ""}, []int{1}, map[string]string{"scenario": strings.Repeat("x", 500_000)}} {
		if w := postScenario(t, h, "/api/foresee", body); w.Code < 400 || w.Code >= 500 {
			t.Errorf("%d for a bad body", w.Code)
		}
	}
}

func TestForeseeDrafts(t *testing.T) {
	h := web.New(foreseeing(t, options(sample(t))))
	w := get(h, "/api/foresee/draft?region=afg&as_of=2021-07-06")
	var draft web.DraftText
	if err := json.Unmarshal(w.Body.Bytes(), &draft); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v", w.Code, err)
	}
	if !strings.Contains(draft.Scenario, "casus-scenario: 1\n") || !strings.Contains(draft.Scenario, "persons: 1000, in: tjk/") {
		t.Error(draft.Scenario)
	}
	if w := postScenario(t, h, "/api/foresee", map[string]string{"scenario": draft.Scenario}); w.Code != http.StatusOK {
		t.Errorf("the draft is no scenario: %d %s", w.Code, w.Body)
	}
	if w := get(h, "/api/foresee/draft?region=nowhere"); w.Code != http.StatusNotFound {
		t.Errorf("%d for a region that is not", w.Code)
	}
}
