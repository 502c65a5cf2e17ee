package syntax

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus"
	"casus/read/text"
)

// Entry is one sentence of a CoNLL-U file (https://universaldependencies.org/format.html).
type Entry struct {
	Comments []string // the lines before the words, "#" included
	Tree     Tree     // the words; lines for multiword tokens and empty nodes are not among them
	rows     [][]string
}

// The columns of a CoNLL-U row.
const (
	columnID = iota
	columnForm
	columnLemma
	columnUPOS
	columnXPOS
	columnFeats
	columnHead
	columnDeprel
	columnDeps
	columnMisc
	columns
)

// longestLine bounds one line of CoNLL-U, in bytes.
const longestLine = 16 << 20

// ReadCoNLLU reads every sentence. Columns other than FORM may be "_", as in
// text that is still to be parsed. An error names the line.
func ReadCoNLLU(r io.Reader) ([]Entry, error) {
	var out []Entry
	err := EachCoNLLU(r, func(e Entry) error {
		out = append(out, e)
		return nil
	})
	return out, err
}

// EachCoNLLU calls do with each sentence in turn and stops at the first error.
func EachCoNLLU(r io.Reader, do func(Entry) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), longestLine)
	var e Entry
	number := 0
	flush := func() error {
		if len(e.rows) == 0 {
			return nil
		}
		if err := e.build(); err != nil {
			return fmt.Errorf("CoNLL-U, sentence that ends at line %d: %w", number, err)
		}
		done := e
		e = Entry{}
		return do(done)
	}
	for lines.Scan() {
		number++
		line := strings.TrimSuffix(lines.Text(), "\r")
		switch {
		case strings.TrimSpace(line) == "":
			if err := flush(); err != nil {
				return err
			}
		case strings.HasPrefix(line, "#") && len(e.rows) == 0:
			e.Comments = append(e.Comments, line)
		default:
			row := strings.Split(line, "\t")
			if len(row) != columns {
				return fmt.Errorf("CoNLL-U, line %d: %d columns, want %d", number, len(row), columns)
			}
			e.rows = append(e.rows, row)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("CoNLL-U, after line %d: %w", number, err)
	}
	return flush()
}

// build makes the tree of the entry's rows.
func (e *Entry) build() error {
	at := position{space: true}
	for _, row := range e.rows {
		id := row[columnID]
		if from, to, ok := strings.Cut(id, "-"); ok {
			_, errFrom := strconv.Atoi(from)
			last, errTo := strconv.Atoi(to)
			if errFrom != nil || errTo != nil {
				return fmt.Errorf("word id %q", id)
			}
			at.lastOfRange, at.rangeGlued = last, isGlued(row)
			continue
		}
		if strings.Contains(id, ".") {
			continue
		}
		n := len(e.Tree.Words) + 1
		if id != strconv.Itoa(n) {
			return fmt.Errorf("word id %q, want %d", id, n)
		}
		w := Word{Token: at.token(row, n), Lemma: row[columnLemma], UPOS: row[columnUPOS], Feats: row[columnFeats], Deprel: row[columnDeprel], Head: -1}
		if w.Feats == "_" {
			w.Feats = ""
		}
		if row[columnHead] != "_" {
			head, err := strconv.Atoi(row[columnHead])
			if err != nil || head < 0 {
				return fmt.Errorf("word %s has head %q", id, row[columnHead])
			}
			w.Head = head - 1
		}
		e.Tree.Words = append(e.Tree.Words, w)
		e.Tree.Sentence.Tokens = append(e.Tree.Sentence.Tokens, w.Token)
	}
	for i, w := range e.Tree.Words {
		if w.Head >= len(e.Tree.Words) || w.Head == i {
			return fmt.Errorf("word %d has head %d of %d words", i+1, w.Head+1, len(e.Tree.Words))
		}
	}
	e.Tree.Sentence.Span = casus.Span{End: at.runes}
	return nil
}

// position is where the next word stands in the text that the forms and their
// SpaceAfter marks make up.
type position struct {
	runes, bytes int
	space        bool // white space stands before it
	// Of the multiword token that was read last: its last word, and whether
	// that has no space after it. Within it there is none.
	lastOfRange int
	rangeGlued  bool
}

// token places the form of word n and moves on.
func (p *position) token(row []string, n int) text.Token {
	if p.space && n > 1 {
		p.runes, p.bytes = p.runes+1, p.bytes+1
	}
	form := row[columnForm]
	end := position{runes: p.runes + utf8.RuneCountInString(form), bytes: p.bytes + len(form), lastOfRange: p.lastOfRange, rangeGlued: p.rangeGlued}
	t := text.Token{
		Form: form, Span: casus.Span{Start: p.runes, End: end.runes}, ByteStart: p.bytes, ByteEnd: end.bytes, SpaceBefore: p.space,
	}
	switch {
	case n < p.lastOfRange:
		end.space = false
	case n == p.lastOfRange:
		end.space = !p.rangeGlued
	default:
		end.space = !isGlued(row)
	}
	*p = end
	return t
}

func isGlued(row []string) bool { return strings.Contains(row[columnMisc], "SpaceAfter=No") }

// WriteCoNLLU writes e with the analysis of its tree. Comments, FORM, XPOS,
// MISC, multiword tokens and empty nodes stay as they were read; DEPS is emptied,
// since it told of another tree.
func WriteCoNLLU(w io.Writer, e Entry) error {
	var b strings.Builder
	for _, c := range e.Comments {
		b.WriteString(c + "\n")
	}
	rows := e.rows
	if rows == nil {
		rows = freshRows(e.Tree)
	}
	n := 0
	for _, row := range rows {
		out := append([]string(nil), row...)
		if !strings.ContainsAny(row[columnID], "-.") {
			word := e.Tree.Words[n]
			n++
			out[columnLemma], out[columnUPOS], out[columnFeats] = orEmpty(word.Lemma), orEmpty(word.UPOS), orEmpty(word.Feats)
			out[columnHead], out[columnDeprel], out[columnDeps] = strconv.Itoa(word.Head+1), orEmpty(word.Deprel), "_"
		}
		b.WriteString(strings.Join(out, "\t") + "\n")
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// freshRows makes the rows of a tree that came from no file.
func freshRows(t Tree) [][]string {
	rows := make([][]string, len(t.Words))
	for i, w := range t.Words {
		row := []string{strconv.Itoa(i + 1), w.Form, "_", "_", "_", "_", "_", "_", "_", "_"}
		if i+1 < len(t.Words) && !t.Words[i+1].SpaceBefore {
			row[columnMisc] = "SpaceAfter=No"
		}
		rows[i] = row
	}
	return rows
}

func orEmpty(field string) string {
	if field == "" {
		return "_"
	}
	return field
}

// domain returns what stands before "/" in the entry's "# source" comment.
func (e *Entry) domain() string {
	for _, c := range e.Comments {
		if source, ok := strings.CutPrefix(c, "# source = "); ok {
			name, _, _ := strings.Cut(source, "/")
			return name
		}
	}
	return ""
}
