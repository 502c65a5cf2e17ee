package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"casus"
	"casus/read"
	"casus/read/eventtype"
)

// CodeTraining says what a model of event types is made from.
type CodeTraining struct {
	Sentences []string // files of sentences: a type, a tab, the sentence with its [source] and {target} in brackets
	Epochs    int      // 0 for the usual number
	Decay     float64  // 0 for the usual one
}

// TrainCode trains a language's second opinion on event types and writes it to
// out, telling how far it is.
func TrainCode(ctx context.Context, reader *read.Reader, language string, t CodeTraining, out io.Writer, progress func(line string)) error {
	var examples []eventtype.Example
	for _, path := range t.Sentences {
		dyads, err := readTypedDyads(path)
		if err != nil {
			return err
		}
		for _, d := range dyads {
			features, err := reader.EventFeatures(language, d.dyad)
			if err != nil {
				return err
			}
			examples = append(examples, eventtype.Example{Features: features, Type: d.typ})
		}
		progress(fmt.Sprintf("%s: %d sentences", path, len(dyads)))
	}
	m, err := eventtype.Train(ctx, examples, eventtype.Options{Epochs: t.Epochs, Decay: t.Decay})
	if err != nil {
		return err
	}
	return m.Save(out)
}

// typedDyad is a dyad with the type of its event.
type typedDyad struct {
	dyad read.Dyad
	typ  casus.EventType
}

// readTypedDyads reads a file of sentences with their types.
func readTypedDyads(path string) ([]typedDyad, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "cannot be read", Err: err}
	}
	var out []typedDyad
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		d, err := parseTypedDyad(line)
		if err != nil {
			return nil, &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("%s:%d", path, n), Problem: err.Error()}
		}
		out = append(out, d)
	}
	return out, nil
}

// parseTypedDyad reads "ACCUSE, a tab, [Iran] accused {Israel} of sabotage."
func parseTypedDyad(line string) (typedDyad, error) {
	typ, sentence, ok := strings.Cut(line, "\t")
	if !ok {
		return typedDyad{}, errors.New("no tab between the type and the sentence")
	}
	d := typedDyad{typ: casus.EventType(typ)}
	if !isEventType(d.typ) {
		return d, fmt.Errorf("%q is none of PLOVER's types", typ)
	}
	if d.dyad.Source, ok = bracketed(sentence, "[", "]"); !ok {
		return d, errors.New("no [source] in brackets, or more than one")
	}
	if strings.ContainsAny(sentence, "{}") {
		if d.dyad.Target, ok = bracketed(sentence, "{", "}"); !ok {
			return d, errors.New("the {target} is not in one pair of braces")
		}
	}
	d.dyad.Sentence = strings.NewReplacer("[", "", "]", "", "{", "", "}", "").Replace(sentence)
	return d, nil
}

func isEventType(t casus.EventType) bool {
	for _, known := range casus.EventTypes() {
		if t == known {
			return true
		}
	}
	return false
}

// bracketed returns what stands between the one pair of brackets.
func bracketed(s, open, end string) (string, bool) {
	_, after, ok := strings.Cut(s, open)
	inside, _, closed := strings.Cut(after, end)
	return inside, ok && closed && strings.Count(s, open) == 1 && strings.Count(s, end) == 1
}
