package web_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestWhatTheReaderOfFilesSaysIsInDutch: each problem, advice and remark of package
// feed, and each format that it names, stands in the desk's table of problems.
func TestWhatTheReaderOfFilesSaysIsInDutch(t *testing.T) {
	table := columns(t, "desk/src/words/problems.tsv")
	var said []string
	for i, row := range table {
		if len(row) != 2 || row[0] == "" || row[1] == "" {
			t.Errorf("line %d of what is said has not two columns: %q", i+1, row)
		}
		said = append(said, braces.ReplaceAllString(row[0], "{}"))
	}
	want := saidBy(t, "../feed")
	for _, row := range columns(t, "../feed/formats.tsv") {
		if row[0] == "refuse" {
			want = append(want, row[1], row[4])
		}
	}
	if len(want) < 60 {
		t.Errorf("only %d are looked for", len(want))
	}
	for _, w := range want {
		if w != "" && strings.Trim(w, "{}") != "" && !slices.Contains(said, w) {
			t.Errorf("%q is not there in Dutch", w)
		}
	}
}

var (
	braces = regexp.MustCompile(`\{[a-z]*\}`)
	verbs  = regexp.MustCompile(`%[a-z]`)
)

func columns(t *testing.T, file string) (out [][]string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		if row := strings.TrimSpace(string(line)); row != "" && !strings.HasPrefix(row, "#") {
			out = append(out, strings.Split(row, "\t"))
		}
	}
	return out
}

// saidBy finds the texts that a package gives as Problem, Advice or note, with {}
// for what varies.
func saidBy(t *testing.T, folder string) (out []string) {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && (key.Name == "Problem" || key.Name == "Advice") {
					out = append(out, form(n.Value))
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if field, ok := left.(*ast.SelectorExpr); ok && (field.Sel.Name == "Problem" || field.Sel.Name == "Advice") && i < len(n.Rhs) {
						out = append(out, form(n.Rhs[i]))
					}
				}
			case *ast.CallExpr:
				switch f := n.Fun.(type) {
				case *ast.SelectorExpr:
					if f.Sel.Name == "note" {
						out = append(out, form(n.Args[0]))
					}
				case *ast.Ident:
					if f.Name == "notText" {
						out = append(out, form(n.Args[1]))
					}
				}
			}
			return true
		})
	}
	return out
}

// form is a text as it is written down, with {} for what is put into it.
func form(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err == nil {
			return text
		}
	case *ast.BinaryExpr:
		return form(e.X) + form(e.Y)
	case *ast.CallExpr:
		if f, ok := e.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Sprintf" {
			return verbs.ReplaceAllString(form(e.Args[0]), "{}")
		}
	}
	return "{}"
}
