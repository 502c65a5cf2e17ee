package main

import (
	"bufio"
	"context"
	"io/fs"
	"iter"
	"path/filepath"

	"casus"
	"casus/feed"
	"casus/ledger/sqlite"
)

// folders are the files and folders that a watch reads from. A file is read
// when it was the same at two looks one after another, so that one that is
// still being written is let be, and again when it changes.
type folders struct {
	paths  []string
	atOnce bool                 // there is one look only
	seen   map[string]fileStamp // at the last look
	done   map[string]fileStamp // when it was read
	reader *articleReader       // nil until there is something to read
	failed int                  // inputs that could not be read
}

func newFolders(paths []string, atOnce bool) *folders {
	return &folders{paths: paths, atOnce: atOnce, seen: map[string]fileStamp{}, done: map[string]fileStamp{}}
}

// read reads what came.
func (f *folders) read(d *desk, l *sqlite.Ledger) error {
	ready, err := f.ready(d)
	if err != nil || len(ready) == 0 {
		return err
	}
	if f.reader == nil {
		f.reader = &articleReader{desk: d, cmd: &readCmd{Quiet: true}, ledger: l, out: bufio.NewWriter(d.stdout), actors: map[casus.ActorID]casus.Actor{},
			bar: newProgress(d.stderr, false)}
		if err := f.reader.openReader(); err != nil {
			return err
		}
	}
	before := f.reader.tally.failed
	err = f.reader.all(func(ctx context.Context) iter.Seq[feed.Item] {
		return feed.Read(ctx, ready, nil, feed.Options{Now: d.now})
	})
	f.failed += f.reader.tally.failed - before
	return err
}

// ready lists the files that are to be read now.
func (f *folders) ready(d *desk) ([]string, error) {
	var out []string
	for _, root := range f.paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				if path == root {
					return &casus.Error{Code: casus.Unreadable, Input: root, Problem: "cannot be looked into", Err: cause(err), Advice: "Name a file or folder that is there with --read."}
				}
				return nil // gone since it was listed, or not ours to read: the next look tells
			}
			skip, err := feed.Skips(entry.Name())
			switch {
			case err != nil:
				return err
			case path == root && !entry.IsDir(): // named by the user, whatever its name
			case path != root && skip && entry.IsDir():
				return fs.SkipDir
			case skip || entry.IsDir():
				return d.ctx.Err()
			}
			if f.came(path) {
				out = append(out, path)
			}
			return d.ctx.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// came tells whether a file is to be read: it is new or changed, and at rest.
func (f *folders) came(path string) bool {
	now := stampOf(path)
	rests := f.atOnce || now == f.seen[path]
	f.seen[path] = now
	if !rests || now == f.done[path] || now == (fileStamp{}) {
		return false
	}
	f.done[path] = now
	return true
}
