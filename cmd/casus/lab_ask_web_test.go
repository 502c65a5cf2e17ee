package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/ledger/sqlite"
	"casus/picture"
	"casus/web"
)

// Whoever adds a question to the API measures it too.
func TestEveryAddressOfTheAPIIsAsked(t *testing.T) {
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "l.db"), sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	answer := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, "http://localhost/api/openapi.json", nil)
	web.New(web.Options{Picture: picture.New(l, nil)}).ServeHTTP(answer, request)
	missing, err := unasked(answer.Body.Bytes())
	if err != nil || len(missing) > 0 {
		t.Errorf("addresses.tsv does not have %v (%v)", missing, err)
	}
}

func TestAddressesAreFilledWithWhatWasDrawn(t *testing.T) {
	day, err := casus.ParseDate("2021-07-05")
	if err != nil {
		t.Fatal(err)
	}
	q := drawn{actor: "rus/mil", other: "afg", day: day, known: time.Date(2021, 8, 1, 0, 0, 0, 0, time.UTC), record: "r1", article: "a b", word: "één", language: "nl"}
	got := askedAddress{address: "/api/x/{actor}/{article}?from={day-29}&to={day+1}&as_of={day}&known={known}&w={word}&a={first}&z={last}"}.filled(q)
	if want := "/api/x/rus%2Fmil/a%20b?from=2021-06-06&to=2021-07-06&as_of=2021-07-05&known=2021-08-01&w=%C3%A9%C3%A9n&a=2021-07-01&z=2021-07-31"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, a := range askedAddresses() {
		if strings.ContainsAny(a.filled(q), "{}") {
			t.Errorf("%s: not all is filled in: %s", a.address, a.filled(q))
		}
	}
}
