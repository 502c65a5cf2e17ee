package picture

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// Likelihood is how likely Casus itself judges something to be, in the English
// words of ICD 203, as "very likely"; likelihood.tsv has them with their
// ranges. It is never said of what a speaker holds likely: a speaker's hedge
// stays in the record, in its own words.
type Likelihood string

//go:embed likelihood.tsv
var likelihoodTable string

//go:embed admiralty.tsv
var admiraltyTable string

// degree is a line of likelihood.tsv, its ends as probabilities.
type degree struct {
	from, to float64
	words    map[string]string // by language
}

// degrees are the lines of likelihood.tsv, the least likely first.
var degrees = sync.OnceValue(func() []degree { //nolint:gochecknoglobals // an embedded table, read once
	out, err := readDegrees(likelihoodTable)
	if err != nil {
		panic(err) // the table is a part of the program, and a test reads it
	}
	return out
})

// readDegrees reads likelihood.tsv. Its error names the line.
func readDegrees(table string) ([]degree, error) {
	var out []degree
	for i, f := range rows(table) {
		if len(f) != 5 {
			return nil, fmt.Errorf("likelihood.tsv, degree %d: %d fields, not 5", i+1, len(f))
		}
		from, err1 := strconv.ParseFloat(f[0], 64)
		to, err2 := strconv.ParseFloat(f[1], 64)
		if err1 != nil || err2 != nil || from >= to || len(out) > 0 && out[len(out)-1].to != from/100 {
			return nil, fmt.Errorf("likelihood.tsv, degree %d: %s to %s is no range that goes on from the one before", i+1, f[0], f[1])
		}
		out = append(out, degree{from / 100, to / 100, map[string]string{"en": f[2], "nl": f[4]}})
	}
	return out, nil
}

// rows reads a table of ours: lines of fields with tabs between, without
// comments and the header.
func rows(table string) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out[1:]
}

// likely puts a probability, 0 to 1, in words.
func likely(probability float64) Likelihood {
	list := degrees()
	i := 0
	for i < len(list)-1 && probability > list[i].to {
		i++
	}
	return Likelihood(list[i].words["en"])
}

// In is the likelihood in the words of a language, nl or en; in another it is in English.
func (l Likelihood) In(language string) string {
	for _, d := range degrees() {
		if d.words["en"] == string(l) && d.words[language] != "" {
			return d.words[language]
		}
	}
	return string(l)
}

// Range is from where to where a likelihood reaches, as probabilities.
func (l Likelihood) Range() (from, to float64) {
	for _, d := range degrees() {
		if d.words["en"] == string(l) {
			return d.from, d.to
		}
	}
	return 0, 1
}

// Admiralty says in a language, nl or en, what a letter or figure of the
// Admiralty code means; admiralty.tsv has the words.
func Admiralty(code, language string) string {
	column := map[string]int{"en": 1, "nl": 2}[language]
	for _, f := range rows(admiraltyTable) {
		if f[0] == code && column > 0 {
			return f[column]
		}
	}
	return ""
}

// studentSurely is the probability that a difference of t standard errors goes
// the way that it seems to, with so many degrees of freedom: the share of
// Student's distribution below |t|. Nothing is known beforehand of the way.
func studentSurely(t, freedom float64) float64 {
	t = math.Min(math.Abs(t), 50)
	const steps = 400 // of Simpson's rule; even
	above, _ := math.Lgamma((freedom + 1) / 2)
	below, _ := math.Lgamma(freedom / 2)
	height := math.Exp(above-below) / math.Sqrt(freedom*math.Pi)
	density := func(x float64) float64 { return height * math.Pow(1+x*x/freedom, -(freedom+1)/2) }
	sum := density(0) + density(t)
	for i := 1; i < steps; i++ {
		sum += density(t*float64(i)/steps) * float64(2+2*(i%2))
	}
	return math.Min(0.5+sum*t/steps/3, 1)
}

// studentQuantile is how many standard errors t are passed with no more than
// 1-probability, in Student's distribution: the inverse of studentSurely, for
// probabilities above a half.
func studentQuantile(probability, freedom float64) float64 {
	low, high := 0.0, 50.0
	for range 40 {
		middle := (low + high) / 2
		if studentSurely(middle, freedom) < probability {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
