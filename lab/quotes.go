package lab

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"casus"
	"casus/read"
	"casus/read/frames"
)

// quoteLine is one quote as `casus lab quote` prints it: pairs of code-point
// offsets, the end exclusive; null where the text has no such words.
type quoteLine struct {
	Source  *[2]int `json:"source"`
	Cue     *[2]int `json:"cue"`
	Content *[2]int `json:"content"`
}

// Quotes reads JSON lines {"id","text"} and writes for each a line
// {"id","quotes":[{"source","cue","content"}]}. Its error names the line.
func Quotes(ctx context.Context, reader *read.Reader, language string, r io.Reader, w io.Writer) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 64<<20)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for n := 1; scan.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		var in struct {
			ID   json.RawMessage `json:"id"`
			Text string          `json:"text"`
		}
		if err := json.Unmarshal(scan.Bytes(), &in); err != nil {
			return fmt.Errorf("line %d: reading {\"id\",\"text\"}: %w", n, err)
		}
		quotes, err := quotesIn(reader, language, in.Text)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		lines := []quoteLine{}
		for _, q := range quotes {
			lines = append(lines, quoteLine{offsets(q.Source), offsets(q.Cue), offsets(q.Content)})
		}
		if in.ID == nil {
			in.ID = json.RawMessage("null")
		}
		answer := struct {
			ID     json.RawMessage `json:"id"`
			Quotes []quoteLine     `json:"quotes"`
		}{in.ID, lines}
		if err := out.Encode(answer); err != nil {
			return fmt.Errorf("writing the quotes: %w", err)
		}
	}
	return scan.Err()
}

func offsets(s casus.Span) *[2]int {
	if s.Len() == 0 {
		return nil
	}
	return &[2]int{s.Start, s.End}
}

// quotesIn reads a bare text, without a date.
func quotesIn(reader *read.Reader, language, text string) ([]frames.Quoted, error) {
	return reader.Quotes(casus.Article{ID: "text", Language: language, Text: text})
}
