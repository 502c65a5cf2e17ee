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
	// Draft writes a first draft from the ledger of a region, by its id or name.
	Draft(ctx context.Context, region string, q foresee.DraftQuestion) (string, error)
}

// foreseePath takes scenarios. A scenario is too long for an address, so it
// comes as a POST, though nothing is changed by it.
const foreseePath = "/api/foresee"

// foreseeMost is the largest body with a scenario, in bytes.
const foreseeMost = 512 << 10

// ScenarioBody is a scenario as the API takes it.
type ScenarioBody struct {
	Scenario string `json:"scenario" minLength:"1" maxLength:"400000" doc:"The text of a scenario file (YAML); docs/USING.md, casus foresee check, has its form."`
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
	operation := huma.Operation{OperationID: "foresee", Method: http.MethodPost, Path: foreseePath,
		Summary:      "What follows from a scenario: who becomes bound to what, and where people would flee; nothing is stored",
		MaxBodyBytes: foreseeMost, Errors: []int{http.StatusBadRequest, http.StatusForbidden, http.StatusUnprocessableEntity}}
	huma.Register(to, operation, func(ctx context.Context, in *body[ScenarioBody]) (*body[foresee.Answer], error) {
		answer, err := a.foresight.Run(ctx, in.Body.Scenario)
		if err != nil {
			return nil, a.scenarioProblem(ctx, err)
		}
		return &body[foresee.Answer]{answer}, nil
	})
	get(a, to, "/api/foresee/draft", "A first draft of a scenario, written from the ledger", a.draft)
}

// scenarioProblem tells all that is wrong in a scenario, each with its line.
func (a *api) scenarioProblem(ctx context.Context, err error) error {
	var mistakes scenario.Mistakes
	if !errors.As(err, &mistakes) {
		return a.problem(ctx, err)
	}
	lines := make([]string, len(mistakes))
	out := newProblem(http.StatusUnprocessableEntity, "")
	for i, m := range mistakes {
		lines[i] = m.String()
		out.Errors = append(out.Errors, &huma.ErrorDetail{Message: strings.TrimSpace(m.Problem + ". " + m.Advice), Location: fmt.Sprintf("%d:%d", m.Line, m.Column)})
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
