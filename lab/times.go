package lab

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"casus"
	"casus/read/text"
	"casus/read/when"
)

// timeLine is one time expression as `casus lab time` prints it; offsets count code points.
type timeLine struct {
	Start     int             `json:"start"`
	End       int             `json:"end"`
	Text      string          `json:"text"`
	Type      when.Type       `json:"type"`
	Timex     string          `json:"timex"`
	Mod       when.Mod        `json:"mod,omitempty"`
	From      casus.Date      `json:"from"`
	To        casus.Date      `json:"to"`
	Precision casus.Precision `json:"precision"`
}

// Times reads JSON lines {"text","ref"} and writes for each a line {"times":[…]}.
// ref is a date or "2006-01-02T15:04:05"; a month "2006-01" is as fine as the reference is known.
func Times(ctx context.Context, grammar *when.Grammar, rules *text.Rules, r io.Reader, w io.Writer) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 64<<20)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for n := 1; scan.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		var in struct{ Text, Ref string }
		if err := json.Unmarshal(scan.Bytes(), &in); err != nil {
			return fmt.Errorf("line %d: reading {\"text\",\"ref\"}: %w", n, err)
		}
		anchor, clock, err := parseReference(in.Ref)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		lines := []timeLine{}
		for _, e := range grammar.FindAt(allTokens(rules, in.Text), anchor, clock, when.Unknown) {
			lines = append(lines, timeLine{
				Start: e.Span.Start, End: e.Span.End, Text: e.Text, Type: e.Type, Timex: e.Value, Mod: e.Mod,
				From: e.Period.From, To: e.Period.To, Precision: e.Period.Precision,
			})
		}
		if err := out.Encode(map[string]any{"times": lines}); err != nil {
			return fmt.Errorf("writing the times: %w", err)
		}
	}
	return scan.Err()
}

// allTokens are the tokens of a whole text, its sentences one after another.
func allTokens(rules *text.Rules, s string) []text.Token {
	var out []text.Token
	for _, sentence := range text.Split(rules, s) {
		out = append(out, sentence.Tokens...)
	}
	return out
}

// parseReference reads a day, a month or a moment; the empty string is none.
func parseReference(s string) (casus.Period, time.Duration, error) {
	if s == "" {
		return casus.Period{}, 0, nil
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return casus.Month(t.Year(), t.Month()), 0, nil
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return casus.Day(casus.DateOf(t)), t.Sub(t.Truncate(24 * time.Hour)), nil
		}
	}
	return casus.Period{}, 0, fmt.Errorf("reference %q is not a date such as 2021-07-06", s)
}

// specCase is one case of Recognizers-Text; offsets are UTF-16 and inclusive, and may be missing.
type specCase struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		Text       string
		TypeName   string
		Start      *int
		End        *int
		Resolution json.RawMessage
	}
}

// readSpecs reads a file of such cases.
func readSpecs(path string) ([]specCase, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the cases: %w", err)
	}
	var cases []specCase
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(b), "\ufeff")), &cases); err != nil {
		return nil, fmt.Errorf("reading the cases of %s: %w", path, err)
	}
	return cases, nil
}

// Share is how many of how many cases are right.
type Share struct{ Right, Cases int }

// Percent is the share in hundredths.
func (s Share) Percent() float64 {
	if s.Cases == 0 {
		return 0
	}
	return 100 * float64(s.Right) / float64(s.Cases)
}

// EvalTimes counts the cases of a file of date and time cases in which all
// spans and TIMEX3 values are right, and nothing else is found. Where a case
// admits two values (8:00 by day or by night) the first or second is right.
// With verbose it writes each miss to w.
func EvalTimes(grammar *when.Grammar, rules *text.Rules, path string, verbose bool, w io.Writer) (Share, error) {
	cases, err := readSpecs(path)
	if err != nil {
		return Share{}, err
	}
	var share Share
	for i, c := range cases {
		anchor, clock, err := parseReference(c.Context.ReferenceDateTime)
		if err != nil {
			return share, fmt.Errorf("%s case %d: %w", path, i, err)
		}
		got := grammar.FindAt(allTokens(rules, c.Input), anchor, clock, when.Unknown)
		share.Cases++
		if timesMatch(c, got) {
			share.Right++
		} else if verbose {
			writeTimeMiss(w, i, c, got)
		}
	}
	fmt.Fprintf(w, "%s: %d of %d cases right, %.1f %%\n", path, share.Right, share.Cases, share.Percent())
	return share, nil
}

// timexes returns the values that a case admits for one result.
func timexes(raw json.RawMessage) []string {
	var res struct{ Values []struct{ Timex string } }
	if json.Unmarshal(raw, &res) != nil {
		return nil
	}
	var out []string
	for _, v := range res.Values {
		out = append(out, v.Timex)
	}
	return out
}

func timesMatch(c specCase, got []when.Expression) bool {
	if len(got) != len(c.Results) {
		return false
	}
	for i, want := range c.Results {
		if !sameSpan(c, i, got[i].Text, got[i].Span) || !contains(timexes(want.Resolution), got[i].Value) {
			return false
		}
	}
	return true
}

// sameSpan compares by offsets where the case has them, else by text.
func sameSpan(c specCase, i int, found string, span casus.Span) bool {
	want := c.Results[i]
	if want.Start != nil && want.End != nil {
		start := utf16Offset(c.Input, span.Start)
		end := utf16Offset(c.Input, span.End) - 1
		if start == *want.Start && end == *want.End {
			return true
		}
	}
	return strings.EqualFold(strings.TrimSpace(found), strings.TrimSpace(want.Text))
}

// utf16Offset turns an offset in code points into one in UTF-16 units.
func utf16Offset(s string, n int) int {
	units := 0
	for _, r := range s {
		if n == 0 {
			break
		}
		n--
		units++
		if r > 0xffff {
			units++
		}
	}
	return units
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func writeTimeMiss(w io.Writer, i int, c specCase, got []when.Expression) {
	fmt.Fprintf(w, "%d %s %q\n", i, c.Context.ReferenceDateTime, c.Input)
	for _, r := range c.Results {
		fmt.Fprintf(w, "\twant %q %v\n", r.Text, timexes(r.Resolution))
	}
	for _, e := range got {
		fmt.Fprintf(w, "\tgot  %q %s %s\n", e.Text, e.Value, e.Mod)
	}
}
