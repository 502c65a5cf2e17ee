// Package lang holds what a language must supply for Casus to read it: rules
// for cutting text, a model of its syntax, its grammar of times and numbers,
// its words for actors, its frames. A language is a folder of reviewed data
// files (nl, en); this package loads one. docs/LANGUAGES.md says how to add a third.
package lang

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"casus/read/actors"
	"casus/read/amount"
	"casus/read/eventtype"
	"casus/read/frames"
	"casus/read/syntax"
	"casus/read/text"
	"casus/read/when"
)

// Pack is a language, loaded. It is read-only and safe for concurrent use.
type Pack struct {
	Code    string // BCP 47
	Tokens  *text.Rules
	Syntax  *syntax.Model
	Times   *when.Grammar
	Amounts *amount.Grammar
	Actors  *actors.Lexicon
	Frames  *frames.Lexicon
	Clauses *frames.Grammar
	// EventTypes is the second opinion where frames are silent; it knows nothing where the
	// folder has no code.model.
	EventTypes *eventtype.Model
}

// Load reads a language's folder. Its error names the language, the file and
// what is wrong with it.
func Load(code string, files fs.FS) (*Pack, error) {
	p := &Pack{Code: code, EventTypes: &eventtype.Model{}}
	var err error
	for _, part := range []struct {
		file string
		load func(io.Reader) error
	}{
		{"tokens.txt", func(r io.Reader) error { p.Tokens, err = text.LoadRules(r); return err }},
		{"syntax.model", func(r io.Reader) error { p.Syntax, err = syntax.Load(r); return err }},
		{"clauses.txt", func(r io.Reader) error { p.Clauses, err = frames.ReadGrammar(r); return err }},
	} {
		if err := open(files, part.file, part.load); err != nil {
			return nil, fmt.Errorf("loading the language %s: %s: %w", code, part.file, err)
		}
	}
	err = open(files, "code.model", func(r io.Reader) error { p.EventTypes, err = eventtype.Load(r); return err })
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("loading the language %s: code.model: %w", code, err)
	}
	if p.Frames, err = frames.ReadLexicon(files); err != nil {
		return nil, fmt.Errorf("loading the language %s: %w", code, err)
	}
	if p.Times, err = when.Load(files); err != nil {
		return nil, fmt.Errorf("loading the language %s: %w", code, err)
	}
	if p.Amounts, err = amount.Load(files); err != nil {
		return nil, fmt.Errorf("loading the language %s: %w", code, err)
	}
	if p.Actors, err = actors.LoadLexicon(code, files); err != nil {
		return nil, fmt.Errorf("loading the language %s: %w", code, err)
	}
	return p, nil
}

func open(files fs.FS, name string, load func(io.Reader) error) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return load(f)
}

// Fingerprint is a short hash of a language's files: it changes when an analyst
// adds a line, so that a reading can say what it was made with.
func Fingerprint(files fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		fmt.Fprintln(sum, path)
		return open(files, path, func(r io.Reader) error { _, err := io.Copy(sum, r); return err })
	})
	if err != nil {
		return "", fmt.Errorf("hashing a language's files: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)[:4]), nil
}
