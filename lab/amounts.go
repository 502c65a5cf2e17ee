package lab

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/read/amount"
	"casus/read/text"
)

// amountLine is one amount as `casus lab amount` prints it; offsets count code
// points. The span takes in the words that bound the number where they leave
// it open at one end ("meer dan duizend"), not those that blur it ("zo'n").
type amountLine struct {
	Start  int          `json:"start"`
	End    int          `json:"end"`
	Text   string       `json:"text"`
	Value  *float64     `json:"value"`
	Low    *float64     `json:"low"`
	High   *float64     `json:"high"`
	Unit   string       `json:"unit"`
	Approx bool         `json:"approx"`
	Class  amount.Class `json:"class"`
}

// Amounts reads JSON lines {"text"} and writes for each a line {"amounts":[…]}.
func Amounts(ctx context.Context, grammar *amount.Grammar, rules *text.Rules, r io.Reader, w io.Writer) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 64<<20)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for n := 1; scan.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		var in struct{ Text string }
		if err := json.Unmarshal(scan.Bytes(), &in); err != nil {
			return fmt.Errorf("line %d: reading {\"text\"}: %w", n, err)
		}
		lines := []amountLine{}
		for _, a := range grammar.Find(allTokens(rules, in.Text)) {
			span := spanOf(a)
			quote, _ := span.Quote(in.Text)
			lines = append(lines, amountLine{
				Start: span.Start, End: span.End, Text: quote, Value: a.Value, Low: a.Low, High: a.High,
				Unit: a.Unit, Approx: a.Approx, Class: a.Class,
			})
		}
		if err := out.Encode(map[string]any{"amounts": lines}); err != nil {
			return fmt.Errorf("writing the amounts: %w", err)
		}
	}
	return scan.Err()
}

func spanOf(a amount.Amount) casus.Span {
	if a.Hedge != "" && (a.Low == nil) == (a.High == nil) || a.Low == nil && a.Approx {
		return a.Measure
	}
	return a.Span
}

// amountView is what one of Recognizers-Text's models sees of an amount; ok is
// false where it sees nothing.
type amountView func(a amount.Amount) (span casus.Span, value string, ok bool)

// views are the models by the name of their file.
var views = map[string]amountView{
	"NumberModel": func(a amount.Amount) (casus.Span, string, bool) {
		return a.Number, decimal(a.Value), a.Class != amount.Ordinal && a.Value != nil
	},
	"OrdinalModel": func(a amount.Amount) (casus.Span, string, bool) {
		return a.Number, rank(a), a.Class == amount.Ordinal
	},
	"PercentModel": func(a amount.Amount) (casus.Span, string, bool) {
		return a.Measure, decimal(a.Value) + "%", a.Class == amount.Percent
	},
	"CurrencyModel": func(a amount.Amount) (casus.Span, string, bool) {
		return a.Measure, decimal(a.Value), a.Class == amount.Currency
	},
	"DimensionModel": func(a amount.Amount) (casus.Span, string, bool) {
		return a.Measure, decimal(a.Value), a.Class == amount.Dimension
	},
	"NumberRangeModel": func(a amount.Amount) (casus.Span, string, bool) {
		return rangeSpan(a), interval(a), a.Class != amount.Ordinal && (a.Class == amount.Range || a.Hedge != "" && (!a.Approx || (a.Low == nil) != (a.High == nil) && strings.HasSuffix(a.Text, a.Hedge)))
	},
}

// rank writes a rank as the cases do, a relative one as "end-1", "current+1".
func rank(a amount.Amount) string {
	switch {
	case a.Origin == "":
		return decimal(a.Value)
	case *a.Value < 0:
		return a.Origin + decimal(a.Value)
	}
	return a.Origin + "+" + decimal(a.Value)
}

// decimal writes a value as the cases do, in at most fifteen figures.
func decimal(v *float64) string {
	if v == nil {
		return ""
	}
	s := strconv.FormatFloat(*v, 'G', 15, 64)
	if f, err := strconv.ParseFloat(s, 64); err == nil && f < 1e15 && f > -1e15 && (f >= 1e-4 || f <= -1e-4 || f == 0) {
		s = strconv.FormatFloat(f, 'f', -1, 64)
	}
	return s
}

// interval writes bounds as the cases do: "[20,30)", "(100,)". The end of a range is exclusive there.
func interval(a amount.Amount) string {
	left, right := "[", "]"
	if a.Low == nil || a.Beyond {
		left = "("
	}
	if a.High == nil || a.Low == nil && a.Beyond || a.BeyondHigh || a.Class == amount.Range && a.Hedge == "" {
		right = ")"
	}
	low, high := a.Low, a.High
	if a.Class == amount.Fraction { // its bounds are hundredths
		low, high = hundredth(low), hundredth(high)
	}
	return left + decimal(low) + "," + decimal(high) + right
}

func hundredth(v *float64) *float64 {
	if v == nil {
		return nil
	}
	h := *v / 100
	return &h
}

// rangeSpan leaves the unit out.
func rangeSpan(a amount.Amount) casus.Span {
	switch a.Class {
	case amount.Currency, amount.Dimension, amount.Duration, amount.Percent:
		return casus.Span{Start: a.Span.Start, End: a.Number.End}
	}
	if a.Approx { // "about five hundred or more"
		return casus.Span{Start: a.Number.Start, End: a.Span.End}
	}
	return a.Span
}

// EvalAmounts counts the cases of a file such as NumberModel.json, whose name
// says which amounts count, in which all spans and values are right and
// nothing else is found. With verbose it writes each miss to w.
func EvalAmounts(grammar *amount.Grammar, rules *text.Rules, path string, verbose bool, w io.Writer) (Share, error) {
	model := strings.TrimSuffix(filepath.Base(path), ".json")
	view, ok := views[model]
	if !ok {
		return Share{}, fmt.Errorf("no model is called %q", model)
	}
	cases, err := readSpecs(path)
	if err != nil {
		return Share{}, err
	}
	var share Share
	for i, c := range cases {
		var got []seen
		tokens := allTokens(rules, c.Input)
		for _, a := range amountsFor(grammar, model, tokens) {
			if span, value, ok := view(a); ok {
				quote, _ := span.Quote(c.Input)
				got = append(got, seen{span, quote, value})
			}
		}
		share.Cases++
		if amountsMatch(c, got) {
			share.Right++
		} else if verbose {
			writeAmountMiss(w, i, c, got)
		}
	}
	fmt.Fprintf(w, "%s: %d of %d cases right, %.1f %%\n", path, share.Right, share.Cases, share.Percent())
	return share, nil
}

func amountsFor(grammar *amount.Grammar, model string, tokens []text.Token) []amount.Amount {
	switch model {
	case "NumberModel":
		return grammar.Numbers(tokens)
	case "OrdinalModel":
		return grammar.Ranks(tokens)
	}
	found := grammar.Find(tokens)
	if model == "CurrencyModel" || model == "DimensionModel" { // these have units without a number too
		found = append(found, grammar.Units(tokens)...)
		slices.SortFunc(found, func(a, b amount.Amount) int { return a.Span.Start - b.Span.Start })
	}
	return found
}

// seen is an amount as a model sees it.
type seen struct {
	span  casus.Span
	text  string
	value string
}

func amountsMatch(c specCase, got []seen) bool {
	if len(got) != len(c.Results) {
		return false
	}
	for i, want := range c.Results {
		if !sameSpan(c, i, got[i].text, got[i].span) || !sameValue(specValue(want.Resolution), got[i].value) {
			return false
		}
	}
	return true
}

// specValue is the value of a case, with a decimal point.
func specValue(raw json.RawMessage) string {
	var res struct{ Value *string }
	if json.Unmarshal(raw, &res) != nil || res.Value == nil {
		return ""
	}
	return *res.Value
}

// sameValue compares as written, or as numbers to thirteen figures; Dutch cases have a decimal comma.
func sameValue(want, got string) bool {
	if want == got {
		return true
	}
	a, err := strconv.ParseFloat(strings.ReplaceAll(want, ",", "."), 64)
	b, err2 := strconv.ParseFloat(got, 64)
	return err == nil && err2 == nil && math.Abs(a-b) <= 1e-13*math.Abs(a)
}

func writeAmountMiss(w io.Writer, i int, c specCase, got []seen) {
	fmt.Fprintf(w, "%d %q\n", i, c.Input)
	for _, r := range c.Results {
		fmt.Fprintf(w, "\twant %q %s\n", r.Text, specValue(r.Resolution))
	}
	for _, s := range got {
		fmt.Fprintf(w, "\tgot  %q %s\n", s.text, s.value)
	}
}
