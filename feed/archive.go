package feed

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"casus"
)

// unpacked reads what comes out of an archive and stops it before it floods
// the reader: past Limits.Unpacked, or past Limits.Ratio times what went in.
type unpacked struct {
	limits Limits
	from   io.Reader
	packed func() int64 // bytes of the archive used so far; nil where it is not packed
	count  int64        // bytes that came out
	err    error        // what ended the stream, other than its end
}

// ratioGrace is how much may come out before the ratio counts: a short text of
// few words packs very well.
const ratioGrace = 16 << 20

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.from.Read(p)
	u.count += int64(n)
	if flood := u.flood(); flood != nil {
		n, err = 0, flood
	}
	if err != nil && !errors.Is(err, io.EOF) {
		u.err = err
	}
	return n, err
}

// floodError is an archive that unpacks to more than it may.
type floodError struct{ problem string }

func (e *floodError) Error() string { return e.problem }

// flood returns a *floodError once too much has come out.
func (u *unpacked) flood() error {
	switch {
	case u.count > u.limits.Unpacked:
		return &floodError{"unpacks to more than " + bytesInWords(u.limits.Unpacked)}
	case u.packed != nil && u.count > ratioGrace && u.count > u.limits.Ratio*u.packed():
		return &floodError{fmt.Sprintf("unpacks to more than %d times its size, as no news text does", u.limits.Ratio)}
	}
	return nil
}

// flooded answers an archive whose stream ended in a flood; ok is false where
// it did not.
func flooded(input string, u *unpacked) (bad *casus.Error, ok bool) {
	flood, ok := errors.AsType[*floodError](u.err)
	if !ok {
		return nil, false
	}
	return &casus.Error{Code: casus.TooLarge, Input: input, Problem: flood.problem,
		Advice: "If you trust it, unpack it yourself and give the folder."}, true
}

// countingReader counts the bytes that are read.
type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// tarGzip hands out the members of a .tar.gz, read as it comes.
func (r *reader) tarGzip(ctx context.Context, s source, body io.Reader) bool {
	counted := &countingReader{r: body}
	gz, err := gzip.NewReader(counted)
	if err != nil {
		return r.fail(readError(s.input, err))
	}
	defer gz.Close()
	return r.tar(ctx, s, &unpacked{limits: r.limits, from: gz, packed: func() int64 { return counted.n }})
}

// tar hands out the members of a tar archive. What comes before damage is
// given; the damage is told once, with the member that it is in.
func (r *reader) tar(ctx context.Context, s source, body *unpacked) bool {
	before := r.items
	members := tar.NewReader(body)
	for n := 0; ; n++ {
		h, err := members.Next()
		switch {
		case ctx.Err() != nil:
			return false
		case errors.Is(err, io.EOF):
			return r.items > before || r.nothing(s.input, "an archive")
		case err != nil:
			if flood, ok := flooded(s.input, body); ok {
				return r.fail(flood)
			}
			e := readError(s.input, err)
			if n > 0 && e.Code == casus.Invalid {
				e.Problem = fmt.Sprintf("damaged or cut short after %d members, which were read", n)
			}
			return r.fail(e)
		case n == r.limits.Members:
			return r.fail(r.tooMany(s.input))
		}
		m := member{name: h.Name, mode: h.FileInfo().Mode(), size: h.Size, body: members}
		if h.Typeflag == tar.TypeLink {
			m.mode |= fs.ModeSymlink
		}
		if !r.member(ctx, s, m) {
			return false
		}
		if flood, ok := flooded(s.input, body); ok {
			return r.fail(flood)
		}
		if body.err != nil {
			return true // the member's error said so
		}
	}
}

func (r *reader) tooMany(input string) *casus.Error {
	return &casus.Error{Code: casus.TooLarge, Input: input, Problem: fmt.Sprintf("holds more than %d members", r.limits.Members),
		Advice: "Split it, or pack the articles as JSON lines (.jsonl)."}
}

// zip hands out the members of a zip file.
func (r *reader) zip(ctx context.Context, s source) bool {
	if s.file == nil {
		return r.fail(&casus.Error{Code: casus.Unsupported, Input: s.input, Problem: "a zip archive can't be read from a pipe, because its list stands at its end",
			Advice: "Save it as a file and give that, or send a .tar.gz."})
	}
	// The list of members is held in memory: it may not be larger than so many members need.
	listed := &boundedReaderAt{r: s.file, left: int64(r.limits.Members)*listBytes + 1<<20}
	archive, err := zip.NewReader(listed, s.size)
	switch {
	case errors.Is(err, errListTooLong), err == nil && len(archive.File) > r.limits.Members:
		return r.fail(r.tooMany(s.input))
	case err != nil:
		return r.salvageZip(ctx, s)
	}
	listed.left = -1
	before := r.items
	total := &unpacked{limits: r.limits, packed: func() int64 { return s.size }}
	for _, f := range archive.File {
		if ctx.Err() != nil {
			return false
		}
		if !r.zipMember(ctx, s, f, total) {
			return false
		}
		if flood, ok := flooded(s.input, total); ok {
			return r.fail(flood)
		}
	}
	return r.items > before || r.nothing(s.input, "an archive")
}

func (r *reader) zipMember(ctx context.Context, s source, f *zip.File, total *unpacked) bool {
	m := member{name: f.Name, mode: f.Mode(), size: int64(min(f.UncompressedSize64, 1<<62))}
	if f.Flags&1 != 0 {
		return r.fail(&casus.Error{Code: casus.Unsupported, Input: m.input(s), Problem: "locked with a password",
			Advice: "Unpack the archive and give the folder."})
	}
	body, err := f.Open()
	if err != nil {
		return r.fail(readError(m.input(s), err))
	}
	defer body.Close()
	total.from, total.err = body, nil
	m.body = total
	return r.member(ctx, s, m)
}

// member is one entry of an archive.
type member struct {
	name string
	mode fs.FileMode
	size int64 // as the archive says
	body io.Reader
}

// input is what a person calls the member.
func (m member) input(s source) string { return s.input + "!" + printable(m.name) }

// member hands out what one member of the archive s holds.
func (r *reader) member(ctx context.Context, s source, m member) bool {
	input := m.input(s)
	if m.climbs() {
		return r.fail(&casus.Error{Code: casus.Invalid, Input: input, Problem: "its path leads out of the archive, so it was left out",
			Advice: "Don't unpack this archive by other means before you know where it comes from."})
	}
	for part := range strings.SplitSeq(path.Clean(m.name), "/") {
		if part != "." && r.tables.skips(part) {
			return true
		}
	}
	switch {
	case m.mode.IsDir():
		return true
	case m.mode&fs.ModeSymlink != 0:
		return r.fail(&casus.Error{Code: casus.Unsupported, Input: input, Problem: "a link, which is not followed in an archive",
			Advice: "Pack the file that it points at instead."})
	case !m.mode.IsRegular():
		return r.fail(&casus.Error{Code: casus.Unsupported, Input: input, Problem: kindOfFile(m.mode) + ", not a file"})
	}
	return r.source(ctx, source{input: input, name: path.Base(m.name), size: m.size, body: m.body, notes: s.notes, inner: true})
}

// climbs tells whether the member's path would lead out of a folder that the archive is
// unpacked in, on any system.
func (m member) climbs() bool {
	slashed := strings.ReplaceAll(m.name, `\`, "/")
	drive := len(slashed) >= 2 && slashed[1] == ':' && (slashed[0]|0x20 >= 'a' && slashed[0]|0x20 <= 'z')
	return drive || !filepath.IsLocal(strings.TrimSuffix(slashed, "/"))
}

// listBytes is how long an entry of a zip file's list may be on average.
const listBytes = 256

var errListTooLong = errors.New("list of members too long")

// boundedReaderAt fails once more than left bytes were read, a left of -1 never.
type boundedReaderAt struct {
	r    io.ReaderAt
	left int64
}

func (b *boundedReaderAt) ReadAt(p []byte, at int64) (int, error) {
	if b.left >= 0 {
		if int64(len(p)) > b.left {
			return 0, errListTooLong
		}
		b.left -= int64(len(p))
	}
	return b.r.ReadAt(p, at)
}
