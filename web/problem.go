package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"casus"
)

// ourFault is all that a reader is told of a mistake of ours; the log has the rest.
const ourFault = "this is a fault in Casus; the terminal where casus serve runs says more"

// statusOf is the HTTP status for a code of casus.Error.
func statusOf(code casus.Code) int {
	switch code {
	case casus.Invalid:
		return http.StatusBadRequest
	case casus.NotFound:
		return http.StatusNotFound
	case casus.Conflict, casus.Newer:
		return http.StatusConflict
	case casus.TooLarge:
		return http.StatusRequestEntityTooLarge
	case casus.Unsupported:
		return http.StatusUnprocessableEntity
	case casus.Unreadable, casus.Unwritable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// problem turns an error into an RFC 9457 answer with one line for a person.
func (a *api) problem(ctx context.Context, err error) error {
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return newProblem(http.StatusServiceUnavailable, speaking(ctx).say("late"))
	case errors.Is(ctx.Err(), context.Canceled):
		return newProblem(http.StatusServiceUnavailable, speaking(ctx).say("withdrawn"))
	}
	status := statusOf(casus.CodeOf(err))
	if status == http.StatusInternalServerError {
		a.log.Error("answering a request", "error", err)
		return newProblem(status, speaking(ctx).say("fault"))
	}
	return newProblem(status, err.Error())
}

func newProblem(status int, detail string) *huma.ErrorModel {
	return &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail}
}

func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(newProblem(status, detail)) // a reader who has gone needs no answer
}
