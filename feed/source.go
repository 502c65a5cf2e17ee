package feed

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"archive/tar"
	"archive/zip"

	"casus"
)

// source is a stream of bytes that may hold an article, many, or none.
type source struct {
	input string    // what a person would call it
	name  string    // its file name, which tells format and id; "" for standard input
	size  int64     // bytes, where known; -1 where not
	body  io.Reader // the bytes
	file  *os.File  // the open file, where body is one; nil for standard input and members
	notes []string  // remarks that each article from it carries
	inner bool      // it is a member of an archive
}

// sniffed is how many bytes are looked at to tell what a source is.
const sniffed = 4096

// source tells what s is and hands out its articles.
func (r *reader) source(ctx context.Context, s source) bool {
	br := bufio.NewReaderSize(contextReader{ctx, s.body}, 64<<10)
	head, err := br.Peek(sniffed)
	if ctx.Err() != nil {
		return false
	}
	if len(head) == 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			return r.broken(s.input, err)
		}
		return r.fail(emptyError(s.input))
	}
	f, bad := r.tables.formatOf(s, head)
	if bad != nil {
		return r.fail(bad)
	}
	if f.isArchive() && s.inner {
		return r.fail(&casus.Error{Code: casus.Unsupported, Input: s.input, Problem: "an archive inside an archive is not opened",
			Advice: "Unpack the outer archive and give this one by itself."})
	}
	switch f.kind {
	case formatZip:
		return r.zip(ctx, s)
	case formatTarGzip:
		return r.tarGzip(ctx, s, br)
	case formatTar:
		return r.tar(ctx, s, &unpacked{limits: r.limits, from: br})
	case formatJSONLines:
		return r.jsonLines(ctx, s, br)
	}
	return r.document(ctx, s, f, br)
}

// document hands out the one article of a text or a page.
func (r *reader) document(ctx context.Context, s source, f format, body io.Reader) bool {
	if s.size > r.limits.Text {
		return r.fail(r.tooLong(s.input))
	}
	data, err := io.ReadAll(io.LimitReader(body, r.limits.Text+1))
	switch {
	case ctx.Err() != nil:
		return false
	case err != nil:
		return r.broken(s.input, err)
	case int64(len(data)) > r.limits.Text:
		return r.fail(r.tooLong(s.input))
	}
	d := draft{input: s.input, name: s.name, notes: s.notes}
	var bad *casus.Error
	if f.kind == formatHTML {
		bad = r.page(&d, data)
	} else {
		bad = plain(&d, data)
	}
	if bad != nil {
		return r.fail(bad)
	}
	return r.give(d)
}

// plain fills d from the bytes of a plain text.
func plain(d *draft, data []byte) *casus.Error {
	text, note, bad := decodeText(d.input, data)
	if bad != nil {
		return bad
	}
	d.text = text
	d.note(note)
	return nil
}

func (r *reader) tooLong(input string) *casus.Error {
	return &casus.Error{Code: casus.TooLarge, Input: input,
		Problem: "larger than " + bytesInWords(r.limits.Text) + ", the most that one article may be",
		Advice:  "Split it into articles, as one file each or as JSON lines (.jsonl)."}
}

func emptyError(input string) *casus.Error {
	return &casus.Error{Code: casus.Invalid, Input: input, Problem: "empty",
		Advice: "Look whether it was saved or downloaded whole."}
}

// broken hands out why a stream broke off, unless its archive will: a flood
// is the whole archive's fault.
func (r *reader) broken(input string, err error) bool {
	if _, ok := errors.AsType[*floodError](err); ok {
		return true
	}
	return r.fail(readError(input, err))
}

// readError says in plain words why a stream broke off.
func readError(input string, err error) *casus.Error {
	corrupt, isCorrupt := errors.AsType[flate.CorruptInputError](err)
	switch {
	case isCorrupt:
		return damaged(input, corrupt)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat),
		errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.Is(err, tar.ErrHeader):
		return damaged(input, err)
	case errors.Is(err, zip.ErrAlgorithm):
		return &casus.Error{Code: casus.Unsupported, Input: input, Problem: "packed in a way that is not read here", Err: err,
			Advice: "Pack it again with plain zip (deflate), or unpack it."}
	case errors.Is(err, fs.ErrPermission):
		return &casus.Error{Code: casus.Unreadable, Input: input, Problem: "may not be read: permission denied",
			Advice: "Give yourself the right to read it (chmod), or run Casus as its owner."}
	}
	return &casus.Error{Code: casus.Unreadable, Input: input, Problem: "can't be read", Err: err}
}

func damaged(input string, err error) *casus.Error {
	return &casus.Error{Code: casus.Invalid, Input: input, Problem: "damaged or cut short", Err: err,
		Advice: "Download or copy it again."}
}

// bytesInWords writes a number of bytes as a person would.
func bytesInWords(n int64) string {
	switch {
	case n >= 1_000_000_000 && n%100_000_000 == 0:
		return fmt.Sprintf("%g GB", float64(n)/1e9)
	case n >= 1_000_000:
		return fmt.Sprintf("%d MB", n/1_000_000)
	case n >= 1_000:
		return fmt.Sprintf("%d kB", n/1_000)
	}
	return fmt.Sprintf("%d bytes", n)
}

// contextReader stops a long read between two blocks when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// interruptible returns a reader whose Read returns when ctx ends even while
// r, a terminal or an open pipe, is silent. The goroutine that waits on r then
// lives until r speaks or the program ends.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	pr, pw := io.Pipe()
	go func() {
		_, err := io.Copy(pw, r)
		pw.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { pw.CloseWithError(ctx.Err()) })
	return pr
}
