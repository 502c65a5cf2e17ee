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

// otherScenario is attackScenario with a request, fewer who flee, a closed border and a camp that holds few.
const otherScenario = `casus-scenario: 1
name: Dushanbe is attacked and asks for help
clock: {true-on: 2021-07-08}
period: {from: 2021-07-09, to: 2021-08-31}
events:
  - {date: 2021-07-10, type: ASSAULT, source: taliban, target: tjk, place: tjk/dushanbe}
requests:
  - {date: 2021-07-11, from: tjk, to: csto}
zones:
  - {place: tjk/dushanbe, days: {from: 2021-07-10, to: 2021-07-25}}
fleeing:
  - {days: 2021-07-10, persons: 600}
camps:
  - {place: kgz/osh, capacity: 100}
  - {place: uzb/termez, capacity: 0}
borders:
  - {between: [tjk, uzb], closed: {from: 2021-07-12, to: 2021-07-20}}
seeds: [1, 2, 3]
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

func TestForeseeComparesTwo(t *testing.T) {
	h := web.New(foreseeing(t, options(sample(t))))
	w := postScenario(t, h, "/api/foresee/compare", map[string]string{"first": attackScenario, "second": otherScenario})
	var pair foresee.Pair
	if err := json.Unmarshal(w.Body.Bytes(), &pair); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v %s", w.Code, err, w.Body)
	}
	if pair.Label != obligation.Label || pair.Second.Label != obligation.Label || pair.Comparison.Second != "Dushanbe is attacked and asks for help" ||
		len(pair.Comparison.Places) == 0 || pair.First.Flight == nil {
		t.Errorf("%+v", pair.Comparison)
	}
	if want := asJSON(t, foresee.Compare(pair.First, pair.Second)); asJSON(t, pair.Comparison) != want {
		t.Errorf("the comparison is %s, want what casus foresee compare has: %s", asJSON(t, pair.Comparison), want)
	}
	for name, second := range map[string]string{
		"second:6:12":  strings.Replace(otherScenario, "2021-07-10, type", "2021-07-40, type", 1),
		"second:19:1":  otherScenario + "camps: []\n",
		"second:19:10": otherScenario + "engine: {speed: 3}\n",
	} {
		w := postScenario(t, h, "/api/foresee/compare", map[string]string{"first": attackScenario, "second": second})
		var problem struct {
			Errors []struct{ Message, Location string }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || w.Code < 400 || w.Code >= 500 || len(problem.Errors) != 1 || problem.Errors[0].Location != name {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	for _, body := range []any{map[string]string{"first": attackScenario}, []int{1}, map[string]string{"first": attackScenario, "second": strings.Repeat("x", 500_000)}} {
		if w := postScenario(t, h, "/api/foresee/compare", body); w.Code < 400 || w.Code >= 500 {
			t.Errorf("%d for a bad body", w.Code)
		}
	}
	if w := get(h, "/api/foresee/compare"); w.Code != http.StatusMethodNotAllowed && w.Code != http.StatusNotFound {
		t.Errorf("%d for a question without scenarios", w.Code)
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
