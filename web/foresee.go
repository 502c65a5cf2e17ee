package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"casus"
	"casus/foresee"
	"casus/foresee/scenario"
)

// Foresight lays scenarios beside the ledger. Nothing of them is written anywhere.
type Foresight interface {
	// Run tells what follows from a scenario, given as the text of its file; it
	// returns scenario.Mistakes where that is wrong.
	Run(ctx context.Context, text string) (foresee.Answer, error)
	// Compare runs two scenarios and sets them side by side; what is wrong with either
	// comes as scenario.Mistakes of the files “first” and “second”.
	Compare(ctx context.Context, first, second string) (foresee.Pair, error)
	// Draft writes a first draft from the ledger of a region, by its id or name.
	Draft(ctx context.Context, region string, q foresee.DraftQuestion) (string, error)
}

// foreseePath takes scenarios. A scenario is too long for an address, so it
// comes as a POST, though nothing is changed by it.
const (
	foreseePath = "/api/foresee"
	comparePath = "/api/foresee/compare"
)

// foreseeMost is the largest body with a scenario, compareMost with two, in bytes.
const (
	foreseeMost = 512 << 10
	compareMost = 2 * foreseeMost
)

// ScenarioBody is a scenario as the API takes it.
type ScenarioBody struct {
	Scenario string `json:"scenario" minLength:"1" maxLength:"400000" doc:"The text of a scenario file (YAML); docs/USING.md, casus foresee check, has its form."`
}

// PairBody is two scenarios as the API takes them.
type PairBody struct {
	First  string `json:"first" minLength:"1" maxLength:"400000" doc:"The text of a scenario file (YAML)."`
	Second string `json:"second" minLength:"1" maxLength:"400000" doc:"The text of another."`
}

// DraftText is a first draft of a scenario.
type DraftText struct {
	Scenario string `json:"scenario" doc:"The text of a scenario file, with the records of each line in comments."`
}

type draftQuestion struct {
	Region string `query:"region" required:"true" minLength:"1" maxLength:"200" doc:"A country, a place or a group of states, by id or name."`
	AsOf   string `query:"as_of" maxLength:"10" doc:"The ledger's day; today unless said."`
	Known  string `query:"known" maxLength:"10" doc:"Only what the desk knew by the end of this day."`
	Days   int    `query:"days" minimum:"0" maximum:"3600" doc:"How many days it plays; 60 unless said."`
	Back   int    `query:"back" minimum:"0" maximum:"3600" doc:"How far back to look for fighting; 30 days unless said."`
}

const (
	draftDays = 60
	draftBack = 30
)

// foresees registers what runs the ledger forward, where this server can.
func (a *api) foresees(to huma.API) {
	if a.foresight == nil {
		return
	}
	post(a, to, foreseePath, foreseeMost, "What follows from a scenario: who becomes bound to what, and where people would flee; nothing is stored",
		func(ctx context.Context, in ScenarioBody) (foresee.Answer, error) {
			return a.foresight.Run(ctx, in.Scenario)
		})
	post(a, to, comparePath, compareMost, "Two scenarios side by side: both answers, what is only in one of them, and how far the people in each place differ; nothing is stored",
		func(ctx context.Context, in PairBody) (foresee.Pair, error) {
			return a.foresight.Compare(ctx, in.First, in.Second)
		})
	get(a, to, "/api/foresee/draft", "A first draft of a scenario, written from the ledger", a.draft)
}

// post registers a question that is too long for an address: the last parts of its path name it.
func post[I, O any](a *api, to huma.API, path string, most int64, summary string, answer func(context.Context, I) (O, error)) {
	operation := huma.Operation{OperationID: strings.ReplaceAll(strings.TrimPrefix(path, "/api/"), "/", "-"), Method: http.MethodPost, Path: path, Summary: summary,
		MaxBodyBytes: most, Errors: []int{http.StatusBadRequest, http.StatusForbidden, http.StatusUnprocessableEntity}}
	huma.Register(to, operation, func(ctx context.Context, in *body[I]) (*body[O], error) {
		out, err := answer(ctx, in.Body)
		if err != nil {
			return nil, a.scenarioProblem(ctx, err)
		}
		return &body[O]{out}, nil
	})
}

// scenarioProblem tells all that is wrong in a scenario, each with its line.
func (a *api) scenarioProblem(ctx context.Context, err error) error {
	var mistakes scenario.Mistakes
	var fault *casus.Error
	switch {
	case errors.As(err, &mistakes):
	case errors.As(err, &fault) && inScenario(fault.Input):
		out := newProblem(statusOf(fault.Code), err.Error())
		out.Errors = []*huma.ErrorDetail{{Message: strings.TrimSpace(fault.Problem + ". " + fault.Advice), Location: placed(fault.Input)}}
		return out
	default:
		return a.problem(ctx, err)
	}
	lines := make([]string, len(mistakes))
	out := newProblem(http.StatusUnprocessableEntity, "")
	for i, m := range mistakes {
		lines[i] = m.String()
		out.Errors = append(out.Errors, &huma.ErrorDetail{Message: strings.TrimSpace(m.Problem + ". " + m.Advice), Location: placed(fmt.Sprintf("%s:%d:%d", m.File, m.Line, m.Column))})
	}
	out.Detail = strings.Join(lines, "\n")
	return out
}

func (a *api) draft(ctx context.Context, in *draftQuestion) (DraftText, error) {
	asOf, err := parseDay("as_of", in.AsOf)
	if err != nil {
		return DraftText{}, err
	}
	known, err := parseDay("known", in.Known)
	if err != nil {
		return DraftText{}, err
	}
	q := foresee.DraftQuestion{AsOf: a.today(asOf), Days: cmp.Or(in.Days, draftDays), Back: cmp.Or(in.Back, draftBack)}
	if known != casus.Date(0) {
		q.Known = known.AddDays(1).Time().Add(-time.Microsecond)
	}
	text, err := a.foresight.Draft(ctx, in.Region, q)
	return DraftText{text}, err
}

// inScenario tells whether what an error is about is a line of a scenario's text.
func inScenario(at string) bool {
	file, _, line := strings.Cut(at, ":")
	return line && (file == "scenario" || file == "first" || file == "second")
}

// placed says where a mistake is: line and column, and of two scenarios in which.
func placed(at string) string { return strings.TrimPrefix(at, "scenario:") }
