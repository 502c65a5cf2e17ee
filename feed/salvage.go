package feed

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"archive/zip"
)

// A zip file lists its members at its end; one that was cut short has no list.
// The members that came before the cut can still be read, because each has a
// header of its own. APPNOTE.TXT 4.3.7 (local file header) and 4.3.9 (data
// descriptor) give the layout.
const (
	localHeader      = "PK\x03\x04"
	localHeaderSize  = 30
	descriptorHeader = "PK\x07\x08"
	hasDescriptor    = 1 << 3 // flag: sizes follow the data
	isLocked         = 1 << 0 // flag: encrypted
)

// salvageZip hands out what can be read from a zip file without its list.
func (r *reader) salvageZip(ctx context.Context, s source) bool {
	br := bufio.NewReaderSize(contextReader{ctx, io.NewSectionReader(s.file, 0, s.size)}, 64<<10)
	total := &unpacked{limits: r.limits, packed: func() int64 { return s.size }}
	s.notes = append(s.notes, "from a damaged archive: whether it is whole can't be checked")
	n := 0
	for ; n < r.limits.Members; n++ {
		h, err := nextLocal(br)
		if ctx.Err() != nil {
			return false
		}
		if err != nil {
			break
		}
		packed := h.data(br)
		total.from, total.err = packed, nil
		if !r.member(ctx, s, member{name: h.name, mode: h.mode(), size: h.size, body: total}) {
			return false
		}
		if _, err := io.Copy(io.Discard, total); err != nil { // what the reader left
			n++
			break
		}
		if h.skipDescriptor(br) != nil {
			n++
			break
		}
	}
	if flood, ok := flooded(s.input, total); ok {
		return r.fail(flood)
	}
	e := damaged(s.input, zip.ErrFormat)
	if n > 0 {
		e.Problem = fmt.Sprintf("damaged or cut short; of its first %d members was read what could be", n)
		e.Err = nil
	}
	return r.fail(e)
}

// local is a member's own header.
type local struct {
	flags, method uint16
	packed, size  int64 // 0 where a descriptor follows the data
	name          string
}

var errNoMember = errors.New("no member follows")

// nextLocal reads a local file header.
func nextLocal(br *bufio.Reader) (local, error) {
	var b [localHeaderSize]byte
	if _, err := io.ReadFull(br, b[:]); err != nil {
		return local{}, err
	}
	if string(b[:4]) != localHeader {
		return local{}, errNoMember
	}
	u16 := func(at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
	u32 := func(at int) int64 { return int64(binary.LittleEndian.Uint32(b[at:])) }
	h := local{flags: u16(6), method: u16(8), packed: u32(18), size: u32(22)}
	name := make([]byte, u16(26))
	if _, err := io.ReadFull(br, name); err != nil {
		return local{}, err
	}
	h.name = string(name)
	if _, err := br.Discard(int(u16(28))); err != nil {
		return local{}, err
	}
	unknownEnd := h.flags&hasDescriptor != 0 && h.method != zip.Deflate
	if h.flags&isLocked != 0 || unknownEnd || h.method != zip.Deflate && h.method != zip.Store || h.packed == 1<<32-1 {
		return local{}, errNoMember
	}
	return h, nil
}

// data returns the member's unpacked bytes. Deflated data knows its own end,
// and flate reads no byte beyond it from a ByteReader.
func (h local) data(br *bufio.Reader) io.Reader {
	if h.method == zip.Deflate {
		return flate.NewReader(br)
	}
	return &exactReader{br, h.packed}
}

// mode tells a folder from a file; a local header knows no more.
func (h local) mode() fs.FileMode {
	if strings.HasSuffix(h.name, "/") {
		return fs.ModeDir
	}
	return 0
}

// skipDescriptor passes over the sizes that follow the data, if they do: 12
// bytes, 20 with large sizes, and 4 more where they have a header.
func (h local) skipDescriptor(br *bufio.Reader) error {
	if h.flags&hasDescriptor == 0 {
		return nil
	}
	start, err := br.Peek(4)
	if err != nil {
		return err
	}
	length := 12
	if bytes.Equal(start, []byte(descriptorHeader)) {
		length += 4
	}
	for _, n := range []int{length, length + 8} {
		if b, err := br.Peek(n + 2); err == nil && string(b[n:]) == localHeader[:2] {
			_, err := br.Discard(n)
			return err
		}
	}
	return errNoMember
}

// exactReader reads so many bytes; fewer are an error.
type exactReader struct {
	r    io.Reader
	left int64
}

func (e *exactReader) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	if errors.Is(err, io.EOF) && e.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
