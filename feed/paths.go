package feed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"casus"
)

// standardInput is what a person calls the path "-".
const standardInput = "standard input"

// path hands out what one path given by the user holds.
func (r *reader) path(ctx context.Context, path string, stdin io.Reader) bool {
	if ctx.Err() != nil {
		return false
	}
	if path == "-" {
		if stdin == nil {
			return r.fail(emptyError(standardInput))
		}
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		return r.source(ctx, source{input: standardInput, size: -1, body: interruptible(ctx, stdin)})
	}
	info, err := os.Stat(path)
	if err != nil {
		return r.fail(missing(path, err))
	}
	if !info.IsDir() {
		return r.file(ctx, path, info)
	}
	before := r.items
	walk := folder{reader: r, seen: map[string]bool{}}
	if !walk.read(ctx, path) {
		return false
	}
	return r.items > before || r.nothing(printable(path), "a folder")
}

// file hands out what a file holds; info is that of what path points at.
func (r *reader) file(ctx context.Context, path string, info fs.FileInfo) bool {
	input := printable(path)
	if !info.Mode().IsRegular() {
		return r.fail(&casus.Error{Code: casus.Unsupported, Input: input, Problem: kindOfFile(info.Mode()) + ", not a file",
			Advice: "To read from a pipe, give - and send it in: casus read - < " + input + "."})
	}
	// What its name or size rules out need not be opened.
	s := source{input: input, name: filepath.Base(path), size: info.Size()}
	if f, ok := r.tables.byExtension(s.name); ok && f.isSingle() && s.size > r.limits.Text {
		return r.fail(r.tooLong(input))
	}
	f, err := os.Open(path)
	if err != nil {
		return r.fail(readError(input, pathless(err)))
	}
	defer f.Close()
	s.body, s.file = f, f
	return r.source(ctx, s)
}

func kindOfFile(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "something special"
}

// folder is a walk through one folder and those below it.
type folder struct {
	*reader
	seen map[string]bool // real paths of the folders read, so that links can't lead in a circle
}

// read hands out what dir holds, by name; a folder is read once however many
// links lead to it.
func (w *folder) read(ctx context.Context, dir string) bool {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		if w.seen[real] {
			return true
		}
		w.seen[real] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return w.fail(readError(printable(dir), pathless(err)))
	}
	for _, e := range entries {
		if ctx.Err() != nil {
			return false
		}
		if w.tables.skips(e.Name()) {
			continue
		}
		if !w.entry(ctx, filepath.Join(dir, e.Name())) {
			return false
		}
	}
	return true
}

func (w *folder) entry(ctx context.Context, path string) bool {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return w.read(ctx, path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return w.fail(&casus.Error{Code: casus.NotFound, Input: printable(path), Problem: "a link that leads nowhere",
			Advice: "Remove it, or restore the file that it points at."})
	}
	if err != nil {
		return w.fail(readError(printable(path), pathless(err)))
	}
	return w.file(ctx, path, info)
}

// missing explains why a path the user gave can't be looked at, with the name
// that he may have meant.
func missing(path string, err error) *casus.Error {
	if !errors.Is(err, fs.ErrNotExist) {
		return readError(printable(path), pathless(err))
	}
	e := &casus.Error{Code: casus.NotFound, Input: printable(path), Problem: "there is no such file or folder",
		Advice: "Look at its spelling and at the folder you are in."}
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		e.Problem = fmt.Sprintf("there is no folder %s", printable(dir))
	} else if name := nearestName(dir, filepath.Base(path)); name != "" {
		e.Advice = fmt.Sprintf("Did you mean %s?", printable(filepath.Join(dir, name)))
	}
	return e
}

// namesCompared bounds the work of looking for a similar name.
const namesCompared = 10_000

// nearestName returns the name in dir that is most like name, "" if none is.
func nearestName(dir, name string) string {
	d, err := os.Open(dir)
	if err != nil {
		return ""
	}
	defer d.Close()
	names, _ := d.Readdirnames(namesCompared) // a partial list is as good a hint
	best, bestDistance := "", max(1, min(len(name)/4, 3))+1
	for _, n := range names {
		distance := editDistance(strings.ToLower(n), strings.ToLower(name))
		if distance < bestDistance || distance == bestDistance && best != "" && n < best {
			best, bestDistance = n, distance
		}
	}
	return best
}

// editDistance is the Levenshtein distance of a and b in bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// pathless takes the path off an error of package os: the item names its input already.
func pathless(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// printable makes a path from outside safe to show on a terminal and in one line.
func printable(path string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 || c == '\u2028' || c == '\u2029' || c >= '\u202a' && c <= '\u202e' {
			return '�'
		}
		return c
	}, path)
}
