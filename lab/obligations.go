package lab

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"casus"
	"casus/foresee/obligation"
	"casus/foresee/scenario"
	"casus/refdata"
)

// ObligationCase is a scenario whose outcome is known: a text archive that
// reads as a document. Its comment says what it tests; then comes "-- scenario.yaml --"
// and "-- want --" with what must come out, one a line:
//
//	binds CLAUSE for BENEFICIARY: DEBTOR, DEBTOR …    (all who owe, in alphabetical order)
//	waits CLAUSE for BENEFICIARY: words               (of what is missing)
//	refused CLAUSE for BENEFICIARY: words
//	broken CLAUSE by DEBTOR
//	declined CLAUSE: words                            (of the reason)
//	absent CLAUSE                                     (nowhere in the tree)
//	leads CLAUSE to CLAUSE                            (what is owed brings the other about)
//	repeats CLAUSE                                    (a cycle, named by its number)
//	clash DEBTOR: words
//	lacks DEBTOR in CLAUSE: words                     (the debtor's own parliament)
type ObligationCase struct {
	Name, About string
	Scenario    scenario.Scenario
	wants       []string
}

// ObligationScore is what came of a case.
type ObligationScore struct {
	Case   string   `json:"case"`
	About  string   `json:"about"`
	Wants  int      `json:"wants"`
	Missed []string `json:"missed"` // lines that did not come out
}

// ReadObligationCases reads every .txtar file of a folder, in the order of
// their names. Its error names the file and what is wrong in it.
func ReadObligationCases(dir string, names *scenario.Names) ([]ObligationCase, error) {
	paths, err := fs.Glob(os.DirFS(dir), "*.txtar")
	if err != nil || len(paths) == 0 {
		return nil, &casus.Error{Code: casus.NotFound, Input: dir, Problem: "there are no cases here", Advice: "Give a folder of .txtar files, as lab/obligations of the source.", Err: err}
	}
	var out []ObligationCase
	for _, name := range paths {
		path := filepath.Join(dir, name)
		archive, err := txtar.ParseFile(path)
		if err != nil {
			return nil, &casus.Error{Code: casus.Unreadable, Input: path, Problem: "the case cannot be read", Err: err}
		}
		c := ObligationCase{Name: strings.TrimSuffix(name, ".txtar"), About: strings.Join(strings.Fields(string(archive.Comment)), " ")}
		for _, f := range archive.Files {
			switch f.Name {
			case "scenario.yaml":
				if c.Scenario, err = scenario.Read(path, f.Data, names); err != nil {
					return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "its scenario is wrong", Err: err}
				}
			case "want":
				c.wants = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
			default:
				return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "a case has no part " + f.Name, Advice: "Its parts are scenario.yaml and want."}
			}
		}
		if c.Scenario.Name == "" || len(c.wants) == 0 {
			return nil, &casus.Error{Code: casus.Invalid, Input: path, Problem: "the case lacks its scenario or what is wanted"}
		}
		out = append(out, c)
	}
	return out, nil
}

// ScoreObligations runs each case beside an empty ledger.
func ScoreObligations(ctx context.Context, world *refdata.World, cases []ObligationCase) ([]ObligationScore, error) {
	out := make([]ObligationScore, 0, len(cases))
	for _, c := range cases {
		answer, err := obligation.Trace(ctx, obligation.Facts{World: world}, c.Scenario)
		if err != nil {
			return nil, err
		}
		score := ObligationScore{Case: c.Name, About: c.About, Wants: len(c.wants), Missed: []string{}}
		for _, want := range c.wants {
			got, err := cameOut(answer, want)
			if err != nil {
				return nil, &casus.Error{Code: casus.Invalid, Input: c.Name, Problem: err.Error()}
			}
			if !got {
				score.Missed = append(score.Missed, want)
			}
		}
		out = append(out, score)
	}
	return out, nil
}

// WriteObligationScores prints a line for each case and the total.
func WriteObligationScores(w io.Writer, scores []ObligationScore) error {
	right := 0
	for _, s := range scores {
		mark := "right"
		if len(s.Missed) > 0 {
			mark = "WRONG"
		} else {
			right++
		}
		fmt.Fprintf(w, "%s  %-28s %s\n", mark, s.Case, s.About)
		for _, missed := range s.Missed {
			fmt.Fprintf(w, "         did not come out: %s\n", missed)
		}
	}
	_, err := fmt.Fprintf(w, "%d of %d scenarios come out as they must\n", right, len(scores))
	return err
}

// cameOut tells whether one line of what is wanted is in an answer.
func cameOut(a obligation.Answer, want string) (bool, error) {
	head, rest, _ := strings.Cut(want, ": ")
	f := strings.Fields(head)
	if len(f) < 2 {
		return false, fmt.Errorf("%q is not understood", want)
	}
	clause := f[1]
	last := f[len(f)-1]
	switch f[0] {
	case "binds":
		return anyNode(a, func(n *obligation.Node) bool {
			return isClause(n, clause) && n.State == obligation.Binds && n.Repeats == 0 && string(n.Beneficiary) == last && debtorsOf(n) == rest
		}), nil
	case "waits", "refused":
		return anyNode(a, func(n *obligation.Node) bool {
			return isClause(n, clause) && string(n.State) == f[0] && string(n.Beneficiary) == last && strings.Contains(strings.Join(n.Missing, "; "), rest)
		}), nil
	case "broken":
		return anyNode(a, func(n *obligation.Node) bool {
			return isClause(n, clause) && n.State == obligation.Broken && slices.ContainsFunc(n.Debtors, func(d obligation.Debtor) bool { return string(d.Actor) == last })
		}), nil
	case "declined":
		return slices.ContainsFunc(a.Declined, func(d obligation.Declined) bool {
			return string(d.Clause.ID) == clause && strings.Contains(d.Why, rest)
		}), nil
	case "absent":
		return !anyNode(a, func(n *obligation.Node) bool { return isClause(n, clause) }), nil
	case "leads":
		return anyNode(a, func(n *obligation.Node) bool {
			return isClause(n, clause) && slices.ContainsFunc(n.Then, func(o *obligation.Node) bool { return isClause(o, last) })
		}), nil
	case "repeats":
		return anyNode(a, func(n *obligation.Node) bool { return isClause(n, clause) && n.Repeats > 0 }), nil
	case "clash":
		return slices.ContainsFunc(a.Clashes, func(c obligation.Clash) bool {
			return string(c.Debtor) == clause && strings.Contains(c.Why, rest)
		}), nil
	case "lacks":
		return anyNode(a, func(n *obligation.Node) bool {
			return isClause(n, last) && slices.ContainsFunc(n.Debtors, func(d obligation.Debtor) bool {
				return string(d.Actor) == clause && strings.Contains(strings.Join(d.Missing, "; "), rest)
			})
		}), nil
	}
	return false, fmt.Errorf("%q is not understood", want)
}

func anyNode(a obligation.Answer, is func(*obligation.Node) bool) bool {
	found := false
	a.Walk(func(n *obligation.Node) { found = found || is(n) })
	return found
}

func isClause(n *obligation.Node, id string) bool {
	return n.Clause != nil && string(n.Clause.ID) == id
}

func debtorsOf(n *obligation.Node) string {
	out := make([]string, len(n.Debtors))
	for i, d := range n.Debtors {
		out[i] = string(d.Actor)
	}
	return strings.Join(out, ", ")
}
