package feed

import (
	"context"
	"io"
	"iter"
	"os"
	"path"
	"strings"
	"time"

	"casus"
)

// Options are what the user says about everything that one Read brings.
type Options struct {
	Date      casus.Period     // date of publication of every article; the zero Period leaves it to the input
	Publisher string           // publisher of every article; "" leaves it to the input
	URL       string           // address of every article; "" leaves it to the input
	Now       func() time.Time // the clock; nil is time.Now
	Limits    Limits           // what is too large; a zero field takes its default
}

// Limits say what is refused as too large. They bound memory (Text) and time
// (the others), so that no input can stop a long run.
type Limits struct {
	Text     int64 // bytes of one article or page as it comes; default 20 MB
	Unpacked int64 // bytes that one archive may unpack to; default 1 GB
	Ratio    int64 // bytes that one byte of an archive may unpack to, once past 16 MiB; default 250
	Members  int   // members of one archive; default 200,000
}

// Defaults of Limits. News text packs to between a third and a tenth; the
// longest book is a few MB.
const (
	defaultText     = 20_000_000
	defaultUnpacked = 1_000_000_000
	defaultRatio    = 250
	defaultMembers  = 200_000
)

// orDefaults returns l with each zero field at its default.
func (l Limits) orDefaults() Limits {
	if l.Text <= 0 {
		l.Text = defaultText
	}
	if l.Unpacked <= 0 {
		l.Unpacked = defaultUnpacked
	}
	if l.Ratio <= 0 {
		l.Ratio = defaultRatio
	}
	if l.Members <= 0 {
		l.Members = defaultMembers
	}
	return l
}

// Item is one article, or one input that could not be read.
type Item struct {
	Input   string        // what a person would call it: path, path!member, and :line in JSON lines
	Article casus.Article // the article, where Err is nil
	Err     error         // a *casus.Error about Input, or nil
	Notes   []string      // plain-words remarks about the article, as "dated only to the month"
}

// Read hands out the articles of paths in the order given: files, folders (by
// name, downwards), archives (in their own order), and stdin for the path "-".
// It reads as it is asked and keeps one article at a time, beside the names in
// a folder or zip file. When ctx ends so does the sequence, without an item
// to say so; what was asked for may then be incomplete.
func Read(ctx context.Context, paths []string, stdin io.Reader, opt Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		r, ok := begin(opt, yield)
		if !ok {
			return
		}
		for _, path := range paths {
			if !r.path(ctx, path, stdin) {
				return
			}
		}
	}
}

// ReadFile hands out the articles of an open file that somebody handed over
// under a name, as Read does those of a path. Nothing is looked up by the name:
// its last part tells the format and, where nothing else does, the article's id.
func ReadFile(ctx context.Context, name string, file *os.File, opt Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		r, ok := begin(opt, yield)
		if !ok {
			return
		}
		input := printable(path.Base("/" + strings.ReplaceAll(name, `\`, "/")))
		info, err := file.Stat()
		if err != nil {
			r.fail(readError(input, pathless(err)))
			return
		}
		r.source(ctx, source{input: input, name: input, size: info.Size(), body: file, file: file})
	}
}

// begin begins one Read; ok is false, and the reason handed out, where it cannot.
func begin(opt Options, yield func(Item) bool) (r *reader, ok bool) {
	r = &reader{opt: opt, limits: opt.Limits.orDefaults(), now: opt.Now, yield: yield}
	if r.now == nil {
		r.now = time.Now
	}
	var err error
	if r.tables, err = loadTables(); err != nil {
		r.fail(&casus.Error{Code: casus.Internal, Problem: "the tables of package feed can't be read", Err: err})
		return r, false
	}
	return r, true
}

// Formats lists the endings of the names of files that are read.
func Formats() ([]string, error) {
	t, err := loadTables()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range t.formats {
		if f.kind != formatRefuse && f.kind != formatSkip {
			for _, ending := range f.names {
				out = append(out, "."+strings.TrimPrefix(ending, "."))
			}
		}
	}
	return out, nil
}

// Skips tells whether a file of this name in a folder is left out without a
// word: hidden files, half-written ones, what systems leave behind.
func Skips(name string) (bool, error) {
	t, err := loadTables()
	return err == nil && t.skips(name), err
}

// reader is one Read under way. Its methods that hand out items return false
// once there is nothing more to do: the caller stopped or ctx ended.
type reader struct {
	opt    Options
	limits Limits
	now    func() time.Time
	tables tables
	yield  func(Item) bool
	items  int // handed out so far
}

// fail hands out an input that could not be read.
func (r *reader) fail(err *casus.Error) bool {
	r.items++
	return r.yield(Item{Input: err.Input, Err: err})
}

// nothing answers a folder or an archive that gave no item.
func (r *reader) nothing(input, what string) bool {
	return r.fail(&casus.Error{Code: casus.NotFound, Input: input, Problem: what + " without anything to read",
		Advice: "Casus reads " + r.tables.readable() + "."})
}

// give hands out an article made from d, or the error that keeps it from being one.
func (r *reader) give(d draft) bool {
	article, notes, err := r.article(d)
	if err != nil {
		return r.fail(err)
	}
	r.items++
	return r.yield(Item{Input: d.input, Article: article, Notes: notes})
}
