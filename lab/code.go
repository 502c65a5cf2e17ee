package lab

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus"
	"casus/read"
)

// dyadRow is a line of a table of dyads: tabs between id, sentence, source,
// target, and whatever follows.
type dyadRow struct {
	id   string
	dyad read.Dyad
	rest []string
	line int
}

// eachDyad reads a table of dyads. A first line that begins with "id" and
// "sentence" is a header; head gets the columns after target, do every row.
func eachDyad(ctx context.Context, r io.Reader, head func(columns []string) error, do func(dyadRow) error) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 16<<20)
	for n := 1; scan.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line := strings.TrimRight(scan.Text(), "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.Split(line, "\t")
		for i := range f {
			f[i] = unquoted(f[i])
		}
		if len(f) < 4 {
			return fmt.Errorf("line %d: %d columns, not id, sentence, source and target with tabs between", n, len(f))
		}
		if n == 1 && f[0] == "id" && f[1] == "sentence" {
			if err := head(f[4:]); err != nil {
				return err
			}
			continue
		}
		if err := do(dyadRow{f[0], read.Dyad{Sentence: f[1], Source: f[2], Target: f[3]}, f[4:], n}); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return scan.Err()
}

// unquoted undoes the quotation marks in which spreadsheets put a field that
// has some of its own.
func unquoted(field string) string {
	inner, ok := strings.CutPrefix(field, `"`)
	if !ok || !strings.HasSuffix(inner, `"`) {
		return field
	}
	inner = strings.TrimSuffix(inner, `"`)
	if strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return field
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}

// Code reads a table of dyads (id, sentence, source, target) and writes for
// each a line: id, root, mode, quad, confidence, how. A header is answered by a
// header.
func Code(ctx context.Context, reader *read.Reader, language string, r io.Reader, w io.Writer) error {
	out := bufio.NewWriter(w)
	err := eachDyad(ctx, r, func([]string) error {
		_, err := fmt.Fprintln(out, "id\troot\tmode\tquad\tconfidence\thow")
		return err
	}, func(row dyadRow) error {
		c, err := reader.Code(language, row.dyad)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s\t%s\t%s\t%d\t%.3f\t%s\n", row.id, c.Type, c.Mode, c.Quad, c.Confidence, c.How)
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// CodeScores counts how event types were coded.
type CodeScores struct {
	Roots map[string]*NameCount // by type, as the gold names it
	How   map[string]*Hit       // by what gave the answer
	All   Hit
}

// yield is the name under which some gold has CONCEDE and RETREAT together.
const yield = "YIELD"

// EvalCode codes the dyads of a table whose header has a column "root" with
// the right type. miss is called for each that is wrong; it may be nil.
func EvalCode(ctx context.Context, reader *read.Reader, language string, r io.Reader, miss func(d read.Dyad, root string, c read.Coding)) (CodeScores, error) {
	s := CodeScores{Roots: map[string]*NameCount{}, How: map[string]*Hit{}}
	type coded struct {
		row    dyadRow
		root   string
		coding read.Coding
	}
	var all []coded
	column := -1
	err := eachDyad(ctx, r, func(columns []string) error {
		column = slices.Index(columns, "root")
		return nil
	}, func(row dyadRow) error {
		if column < 0 || column >= len(row.rest) {
			return fmt.Errorf("no column root, with the right type, by the header of the first line")
		}
		c, err := reader.Code(language, row.dyad)
		all = append(all, coded{row, row.rest[column], c})
		return err
	})
	if err != nil {
		return s, err
	}
	joined := slices.ContainsFunc(all, func(c coded) bool { return c.root == yield })
	for _, c := range all {
		found := string(c.coding.Type)
		if joined && (c.coding.Type == casus.Concede || c.coding.Type == casus.Retreat) {
			found = yield
		}
		s.add(c.root, found, c.coding.How)
		if miss != nil && c.root != found {
			miss(c.row.dyad, c.root, c.coding)
		}
	}
	return s, nil
}

func (s *CodeScores) add(root, found, how string) {
	for _, name := range []string{root, found} {
		if s.Roots[name] == nil {
			s.Roots[name] = &NameCount{}
		}
	}
	if s.How[how] == nil {
		s.How[how] = &Hit{}
	}
	s.Roots[root].Gold++
	s.Roots[found].Found++
	s.All.Of++
	s.How[how].Of++
	if root == found {
		s.Roots[root].Right++
		s.All.Right++
		s.How[how].Right++
	}
}

// MacroF1 is the mean F1, 0 to 100, of the types that the gold has.
func (s CodeScores) MacroF1() float64 {
	sum, n := 0.0, 0
	for _, c := range s.Roots {
		if c.Gold > 0 {
			sum += c.F1()
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// String writes accuracy and macro F1, the share and accuracy of each way of
// answering, and each type's precision, recall and F1.
func (s CodeScores) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "accuracy %.2f  macro F1 %.2f  dyads %d\n", 100*share(s.All.Right, max(s.All.Of, 1)), s.MacroF1(), s.All.Of)
	for _, how := range []string{"frame", "classifier", "default"} {
		if h := s.How[how]; h != nil {
			fmt.Fprintf(&b, "%-10s %5.1f %% of the answers, %5.2f right\n", how, 100*share(h.Of, s.All.Of), 100*share(h.Right, h.Of))
		}
	}
	for _, t := range append(casus.EventTypes(), yield) {
		if c := s.Roots[string(t)]; c != nil {
			fmt.Fprintf(&b, "%-10s precision %6.2f  recall %6.2f  F1 %6.2f  gold %d  found %d\n", t,
				100*share(c.Right, max(c.Found, 1)), 100*share(c.Right, max(c.Gold, 1)), c.F1(), c.Gold, c.Found)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
