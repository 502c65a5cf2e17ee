package lab

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// pictureTally counts answers: wanted, given, and both.
type pictureTally struct{ cases, wanted, given, right int }

func (t *pictureTally) add(s CaseScore) {
	t.cases++
	t.wanted += len(s.Right) + len(s.Missed)
	t.given += len(s.Right) + len(s.Beyond)
	t.right += len(s.Right)
}

// String is the tally as a line of the table.
func (t pictureTally) String() string {
	return fmt.Sprintf("%6d %7d %6d %6d %10s %7s", t.cases, t.wanted, t.given, t.right, shareOf(t.right, t.given), shareOf(t.right, t.wanted))
}

// shareOf writes a share, or a dash where there is nothing to share.
func shareOf(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(n)/float64(of))
}

// WritePictureScores prints a table for each form: a line for each family of
// each folder, each folder, and all.
func WritePictureScores(w io.Writer, scores []CaseScore) error {
	var b strings.Builder
	for _, form := range []struct{ name, title string }{{"text", "text: the whole chain, from the articles"}, {"records", "records: the picture alone, from records made by hand"}} {
		of := slices.DeleteFunc(slices.Clone(scores), func(s CaseScore) bool { return s.Form != form.name })
		if len(of) == 0 {
			continue
		}
		slices.SortStableFunc(of, func(a, b CaseScore) int {
			return cmp.Or(strings.Compare(b.Folder, a.Folder), strings.Compare(a.Family, b.Family))
		})
		fmt.Fprintf(&b, "%-52s\n%-22s %6s %7s %6s %6s %10s %7s\n", form.title, "", "cases", "wanted", "given", "right", "precision", "recall")
		writeTallies(&b, of)
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeTallies prints scores that are in the order of folder and family.
func writeTallies(b *strings.Builder, scores []CaseScore) {
	var all, folder, family pictureTally
	for i, s := range scores {
		all.add(s)
		folder.add(s)
		family.add(s)
		last := i+1 == len(scores)
		if last || scores[i+1].Folder != s.Folder || scores[i+1].Family != s.Family {
			fmt.Fprintf(b, "%-22s %s\n", s.Folder+" "+s.Family, family)
			family = pictureTally{}
		}
		if last || scores[i+1].Folder != s.Folder {
			fmt.Fprintf(b, "%-22s %s\n", s.Folder, folder)
			folder = pictureTally{}
		}
	}
	fmt.Fprintf(b, "%-22s %s\n", "all", all)
}

// WriteAblation prints the scores of all forms together without each feature beside
// those with all, the most harm first: right answers lost and wrong ones given.
func WriteAblation(w io.Writer, with []CaseScore, without map[string][]CaseScore) error {
	sum := func(scores []CaseScore) (t pictureTally) {
		for _, s := range scores {
			t.add(s)
		}
		return t
	}
	names := slices.Collect(maps.Keys(without))
	slices.SortFunc(names, func(a, b string) int {
		x, y := sum(without[a]), sum(without[b])
		return cmp.Or(cmp.Compare(2*x.right-x.given, 2*y.right-y.given), strings.Compare(a, b))
	})
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s %6s %7s %6s %6s %10s %7s\n", "without", "forms", "wanted", "given", "right", "precision", "recall")
	fmt.Fprintf(&b, "%-22s %s\n", "(nothing)", sum(with))
	for _, name := range names {
		fmt.Fprintf(&b, "%-22s %s\n", name, sum(without[name]))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WritePictureMisses prints of each case that is not wholly right what was
// missed and what was answered beyond what is wanted.
func WritePictureMisses(w io.Writer, scores []CaseScore) error {
	var b strings.Builder
	for _, s := range scores {
		if len(s.Missed)+len(s.Beyond) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s/%s (%s)\n", s.Folder, s.Name, s.Form)
		for _, line := range s.Missed {
			fmt.Fprintf(&b, "  missed  %s\n", line)
		}
		for _, line := range s.Beyond {
			fmt.Fprintf(&b, "  beyond  %s\n", line)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
