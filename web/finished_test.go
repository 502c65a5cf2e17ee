package web_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"casus/web"
)

// An answer is worked out once as long as the ledger is as it was, in each
// language, and anew as soon as something is written or nobody can tell.
func TestAnswersAreWorkedOutOnce(t *testing.T) {
	o := options(sample(t))
	worked, state := 0, "1"
	var broken error
	o.Publishers = func(context.Context) (map[string]int, error) { worked++; return map[string]int{"A": worked}, nil }
	o.State = func(context.Context) (string, error) { return state, broken }
	h := web.New(o)
	ask := func(want int, headers ...string) string {
		t.Helper()
		answer := get(h, "/api/sources", headers...)
		if answer.Code != http.StatusOK && answer.Code != http.StatusNotModified || worked != want {
			t.Fatalf("status %d, worked out %d times, want %d", answer.Code, worked, want)
		}
		return answer.Header().Get("ETag")
	}
	tag := ask(1)
	if again := ask(1); again != tag {
		t.Errorf("tag %s, then %s", tag, again)
	}
	if answer := get(h, "/api/sources", "If-None-Match", tag); answer.Code != http.StatusNotModified || answer.Body.Len() > 0 {
		t.Errorf("status %d and %d bytes for who has the answer", answer.Code, answer.Body.Len())
	}
	if first, again := get(h, "/api/sources"), get(h, "/api/sources"); first.Body.String() != again.Body.String() || again.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%s (%s) and then %s", first.Body, again.Header().Get("Content-Type"), again.Body)
	}
	ask(2, "Accept-Language", "nl")
	state = "2"
	ask(3)
	broken = errors.New("cannot be told")
	ask(4)
	ask(5)
}
