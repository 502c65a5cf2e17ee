package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test binary answer as casus when it is run by that name,
// by the scripts and by tests that start, interrupt and kill it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"casus": func() { os.Exit(Main()) }})
}

// TestScripts runs the sessions in testdata/script. Each reads like a
// session of a user: the articles are below the commands, in the same file.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			tarn, err := filepath.Abs("../../foresee/displacement/testdata/tarn") // an invented conflict
			env.Setenv("TARN", tarn)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"json":    scriptJSON,
			"lines":   scriptLines,
			"archive": scriptArchive,
			"zeros":   scriptZeros,
			"sql":     scriptSQL,
			"occupy":  scriptOccupy,
			"record":  scriptRecord,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "serve" { // the real command listens on a port
				_, ok := reflect.TypeFor[serveCmd]().FieldByName("Port")
				return ok, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// scriptJSON is "json FILE PATH VALUE": the JSON in FILE (or stdout) has VALUE
// at PATH, as in entries.0.record.kind; a path that ends in len counts a list.
// "! json" says that it has another value or none.
func scriptJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: json FILE PATH VALUE")
	}
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	dec.UseNumber()
	var value any
	ts.Check(dec.Decode(&value))
	got := "nothing"
	if found, ok := at(value, args[1]); ok {
		got = found
	}
	if (got == args[2]) == neg {
		ts.Fatalf("%s has %s at %s; want that %q: %v", args[0], got, args[1], args[2], !neg)
	}
}

// at follows a path into a decoded JSON value.
func at(value any, path string) (string, bool) {
	for step := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			next, ok := v[step]
			if !ok {
				return "", false
			}
			value = next
		case []any:
			if step == "len" {
				return strconv.Itoa(len(v)), true
			}
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(v) {
				return "", false
			}
			value = v[i]
		default:
			return "", false
		}
	}
	return fmt.Sprint(value), true
}

// scriptLines is "lines FILE N": FILE (or stdout, stderr) has N lines.
func scriptLines(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: lines FILE N")
	}
	text := ts.ReadFile(args[0])
	got := strconv.Itoa(strings.Count(text, "\n"))
	if (got == args[1]) == neg {
		ts.Fatalf("%s has %s lines; want that %s: %v\n%s", args[0], got, args[1], !neg, text)
	}
}

// scriptArchive is "archive OUT [NAME=]FILE…": it packs files into OUT, a .zip
// or .tar.gz, each under NAME, which may climb out of the archive's folder.
func scriptArchive(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: archive OUT [NAME=]FILE…")
	}
	out, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer out.Close()
	add, finish := zipper(out)
	if strings.HasSuffix(args[0], ".tar.gz") {
		add, finish = tarrer(out)
	}
	for _, arg := range args[1:] {
		name, file, renamed := strings.Cut(arg, "=")
		if !renamed {
			name, file = filepath.Base(arg), arg
		}
		ts.Check(add(name, ts.MkAbs(file)))
	}
	ts.Check(finish())
}

func zipper(out io.Writer) (add func(name, file string) error, finish func() error) {
	w := zip.NewWriter(out)
	return func(name, file string) error {
		member, err := w.Create(name)
		if err != nil {
			return err
		}
		return copyFile(member, file)
	}, w.Close
}

func tarrer(out io.Writer) (add func(name, file string) error, finish func() error) {
	gz := gzip.NewWriter(out)
	w := tar.NewWriter(gz)
	add = func(name, file string) error {
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), Typeflag: tar.TypeReg}); err != nil {
			return err
		}
		return copyFile(w, file)
	}
	return add, func() error {
		if err := w.Close(); err != nil {
			return err
		}
		return gz.Close()
	}
}

func copyFile(to io.Writer, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(to, f)
	return err
}

// scriptZeros is "zeros FILE MEGABYTES": FILE grows by so much, without taking
// room on the disk.
func scriptZeros(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: zeros FILE MEGABYTES")
	}
	megabytes, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR|os.O_CREATE, 0o600)
	ts.Check(err)
	defer f.Close()
	info, err := f.Stat()
	ts.Check(err)
	ts.Check(f.Truncate(info.Size() + megabytes*1_000_000))
}

// scriptSQL is "sql FILE STATEMENT": another program's hand in a database.
func scriptSQL(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(err)
	ts.Check(db.Close())
}

// scriptOccupy is "occupy VAR": somebody else listens on a port, whose number
// is then in VAR, until the script ends.
func scriptOccupy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: occupy VAR")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Setenv(args[0], port)
}

// scriptRecord is "record FILE VAR KIND": the id of the first record of a
// kind in an answer (JSON, FILE or stdout) is then in VAR.
func scriptRecord(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: record FILE VAR KIND")
	}
	var answer struct {
		Entries []struct {
			ID     string
			Record struct{ Kind string }
		}
	}
	ts.Check(json.NewDecoder(bytes.NewReader([]byte(ts.ReadFile(args[0])))).Decode(&answer))
	for _, e := range answer.Entries {
		if e.Record.Kind == args[2] {
			ts.Setenv(args[1], e.ID)
			return
		}
	}
	ts.Fatalf("%s has no record of kind %s", args[0], args[2])
}
