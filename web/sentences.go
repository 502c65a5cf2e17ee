package web

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/text/language"
)

//go:embed sentences.tsv
var sentencesTSV string

// sentences are what the API says in words, by key, in one language.
type sentences map[string]string

// sentencesIn reads the sentences of each language, the first the one that
// those get who ask for none of them.
func sentencesIn() (tags []language.Tag, of []sentences) {
	tags, of = []language.Tag{language.English, language.Dutch}, []sentences{{}, {}}
	for line := range strings.Lines(sentencesTSV) {
		if cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(cells) == 3 && !strings.HasPrefix(line, "#") {
			of[0][cells[0]], of[1][cells[0]] = cells[2], cells[1]
		}
	}
	return tags, of
}

// say is a sentence with its %s filled in.
func (s sentences) say(key string, with ...any) string { return fmt.Sprintf(s[key], with...) }

// sentencesKey is where a context has the sentences of the client's language.
type sentencesKey struct{}

// speaking is the sentences in the language of the client whose request it is.
func speaking(ctx context.Context) sentences {
	if s, ok := ctx.Value(sentencesKey{}).(sentences); ok {
		return s
	}
	_, of := sentencesIn()
	return of[0]
}

// withSentences finds the language that a client would rather hear (Accept-Language).
func withSentences(next http.Handler) http.Handler {
	tags, of := sentencesIn()
	matcher := language.NewMatcher(tags)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, i := language.MatchStrings(matcher, r.Header.Get("Accept-Language"))
		w.Header().Add("Vary", "Accept-Language")
		w.Header().Set("Content-Language", tags[i].String())
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), sentencesKey{}, of[i])))
	})
}
