package casus_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// may is the map of packages (docs/DESIGN.md draws it): who may import whom.
// Data goes one way. An unknown package and an arrow that is not drawn here fail.
var may = map[string][]string{
	"casus":                     {},
	"casus/ontology":            {"casus"},
	"casus/refdata":             {"casus"},
	"casus/feed":                {"casus"},
	"casus/read/text":           {"casus"},
	"casus/read/syntax":         {"casus", "casus/read/syntax/matrix", "casus/read/text"},
	"casus/read/syntax/matrix":  {},
	"casus/read/amount/numeral": {"casus", "casus/read/text"},
	"casus/read/names":          {"casus", "casus/read/text", "casus/refdata"},
	"casus/read/when":           {"casus", "casus/read/text", "casus/read/amount/numeral"},
	"casus/read/amount":         {"casus", "casus/read/text", "casus/read/amount/numeral"},
	"casus/read/actors":         {"casus", "casus/refdata", "casus/read/syntax", "casus/read/text"},
	"casus/read/eventtype":      {"casus", "casus/read/syntax"},
	"casus/read/frames":         {"casus", "casus/ontology", "casus/read/actors", "casus/read/amount", "casus/read/syntax", "casus/read/text", "casus/read/when"},
	"casus/read/lang":           {"casus/read/actors", "casus/read/amount", "casus/read/eventtype", "casus/read/frames", "casus/read/syntax", "casus/read/text", "casus/read/when"},
	"casus/read/lang/nl":        {},
	"casus/read/lang/en":        {},
	"casus/read":                {"casus", "casus/ontology", "casus/refdata", "casus/read/actors", "casus/read/amount", "casus/read/eventtype", "casus/read/frames", "casus/read/lang", "casus/read/syntax", "casus/read/text", "casus/read/when"},
	"casus/ledger":              {"casus", "casus/ledger/fulltext"},
	"casus/ledger/fulltext":     {"casus"},
	"casus/ledger/memory":       {"casus", "casus/ledger", "casus/ledger/fulltext"},
	"casus/ledger/sqlite":       {"casus", "casus/ledger", "casus/ledger/fulltext"},
	"casus/ledger/ledgertest":   {"casus", "casus/ledger", "casus/ledger/fulltext", "casus/ledger/memory"},
	"casus/picture":             {"casus", "casus/ontology", "casus/ledger", "casus/ledger/fulltext", "casus/picture/changepoint"},
	"casus/picture/changepoint": {},
	"casus/alert":               {"casus", "casus/ledger", "casus/ledger/fulltext", "casus/ontology", "casus/picture"},
	"casus/alert/outbox":        {"casus", "casus/alert"},
	"casus/alert/delivery":      {"casus", "casus/ledger", "casus/alert", "casus/alert/outbox"},
	"casus/lab":                 {"casus", "casus/foresee/obligation", "casus/foresee/scenario", "casus/ledger", "casus/picture", "casus/read", "casus/read/amount", "casus/read/eventtype", "casus/read/frames", "casus/read/names", "casus/read/syntax", "casus/read/text", "casus/read/when", "casus/refdata"},
	"casus/briefing":            {"casus", "casus/ledger", "casus/picture"},
	"casus/exchange":            {"casus", "casus/ledger"},
	"casus/foresee/scenario":    {"casus", "casus/ontology", "casus/refdata"},
	"casus/foresee/obligation":  {"casus", "casus/foresee/scenario", "casus/ledger", "casus/picture", "casus/refdata"},
	"casus/foresee":             {"casus", "casus/foresee/displacement", "casus/foresee/obligation", "casus/foresee/scenario", "casus/ledger", "casus/picture", "casus/refdata"},
	"casus/web":                 {"casus", "casus/alert", "casus/exchange", "casus/foresee", "casus/foresee/scenario", "casus/ledger", "casus/picture"},

	"casus/foresee/displacement": {"casus"},
	"casus/foresee/chart":        {"casus", "casus/foresee/displacement"},
}

// knowsEveryone may import any package of the project: the program itself, and
// programs that generate data when a person runs them.
func knowsEveryone(pkg string) bool {
	return pkg == "casus/cmd/casus" || strings.HasSuffix(pkg, "/generate")
}

func TestImportsFollowTheMap(t *testing.T) {
	for pkg, imports := range importsByPackage(t) {
		if knowsEveryone(pkg) {
			continue
		}
		allowed, known := may[pkg]
		if !known {
			t.Errorf("%s is not on the map: draw it in docs/DESIGN.md and here", pkg)
			continue
		}
		for _, imp := range imports {
			if !slices.Contains(allowed, imp) {
				t.Errorf("%s imports %s, and the map has no such arrow", pkg, imp)
			}
		}
	}
}

// importsByPackage parses the import lines of every Go file that is no test,
// and returns each package's imports of the project and, for the root, all
// that are not the standard library's. (A test that ran "go list" would get a
// stale pass from the test cache.)
func importsByPackage(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		pkg := "casus"
		if dir := filepath.ToSlash(filepath.Dir(path)); dir != "." {
			pkg += "/" + dir
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if _, ok := out[pkg]; !ok {
			out[pkg] = nil
		}
		for _, imp := range f.Imports {
			p, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			ours := p == "casus" || strings.HasPrefix(p, "casus/")
			outside := pkg == "casus" && strings.Contains(p, ".")
			if (ours || outside) && !slices.Contains(out[pkg], p) {
				out[pkg] = append(out[pkg], p)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryPackageSaysWhatItHolds(t *testing.T) {
	documented := map[string]bool{}
	for pkg := range importsByPackage(t) {
		files, err := filepath.Glob("." + strings.TrimPrefix(pkg, "casus") + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if f.Doc != nil && len(f.Doc.Text()) > 40 {
				documented[pkg] = true
			}
		}
		if !documented[pkg] {
			t.Errorf("%s has no comment that says what it holds", pkg)
		}
	}
}
