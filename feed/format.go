package feed

import (
	"bytes"
	_ "embed"
	"encoding/hex"
	"fmt"
	"path"
	"strconv"
	"strings"

	"casus"
)

// The formats that are read, as formats.tsv writes them in its first column.
const (
	formatText      = "text"
	formatHTML      = "html"
	formatJSONLines = "jsonl"
	formatZip       = "zip"
	formatTarGzip   = "tar.gz"
	formatTar       = "tar"
	formatRefuse    = "refuse"
	formatSkip      = "skip"
)

//go:embed formats.tsv
var formatsTSV string

// format is one row of formats.tsv.
type format struct {
	kind   string
	name   string   // with its article: "a PDF document"
	names  []string // extensions; patterns for skip
	magic  []magic
	advice string
}

// magic is bytes that tell a format at an offset of the file.
type magic struct {
	offset int
	bytes  []byte
}

func (m magic) fits(head []byte) bool {
	return len(head) >= m.offset && bytes.HasPrefix(head[m.offset:], m.bytes)
}

// isArchive tells whether a file of this format holds other files.
func (f format) isArchive() bool {
	return f.kind == formatZip || f.kind == formatTarGzip || f.kind == formatTar
}

// isSingle tells whether a file of this format holds one article.
func (f format) isSingle() bool { return f.kind == formatText || f.kind == formatHTML }

func parseFormats(tsv string) ([]format, error) {
	rows, err := tableRows(tsv, 5)
	if err != nil {
		return nil, err
	}
	var formats []format
	for _, row := range rows {
		f := format{kind: row[0], name: row[1], names: listed(row[2]), advice: strings.Trim(row[4], "-")}
		for _, m := range listed(row[3]) {
			offset, digits, _ := strings.Cut(m, ":")
			n, err := strconv.Atoi(offset)
			if err != nil {
				return nil, fmt.Errorf("formats.tsv: %s: offset %q is not a number", f.name, offset)
			}
			b, err := hex.DecodeString(digits)
			if err != nil {
				return nil, fmt.Errorf("formats.tsv: %s: %q is not hexadecimal", f.name, digits)
			}
			f.magic = append(f.magic, magic{n, b})
		}
		formats = append(formats, f)
	}
	return formats, nil
}

// listed splits a list in a table; "-" is the empty one.
func listed(s string) []string {
	if s == "-" {
		return nil
	}
	return strings.Fields(s)
}

// byExtension returns the format with the longest extension that name ends in.
func (t tables) byExtension(name string) (format, bool) {
	var found format
	longest := 0
	for _, f := range t.formats {
		for _, ext := range f.names {
			if f.kind != formatSkip && len(ext) > longest && hasSuffixFold(name, ext) {
				found, longest = f, len(ext)
			}
		}
	}
	return found, longest > 0
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) > len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// skips tells whether a file of this name in a folder or archive is left out without a word.
func (t tables) skips(name string) bool {
	for _, f := range t.formats {
		for _, pattern := range f.names {
			if f.kind != formatSkip {
				continue
			}
			if ok, _ := path.Match(pattern, name); ok {
				return true
			}
		}
	}
	return false
}

// formatOf tells the format of a source from its name and first bytes; head is
// not empty.
func (t tables) formatOf(s source, head []byte) (format, *casus.Error) {
	byName, named := t.byExtension(s.name)
	if named && byName.kind == formatRefuse {
		return format{}, &casus.Error{Code: casus.Unsupported, Input: s.input,
			Problem: byName.name + ", which Casus does not read", Advice: byName.advice}
	}
	ext := path.Ext(s.name)
	byBytes, told := t.byMagic(head)
	switch {
	case told && byBytes.kind == formatRefuse:
		return format{}, refuseByContent(s, byBytes, ext)
	case told && named && byName.isSingle(), told && named && byName.kind == formatJSONLines:
		return format{}, &casus.Error{Code: casus.Invalid, Input: s.input,
			Problem: byBytes.name + ", though its name ends in " + ext, Advice: "Give it a name that ends in ." + byBytes.kind + "."}
	case told:
		return byBytes, nil
	case named && byName.kind == formatText && looksLikePage(head):
		return t.read(formatHTML), nil
	case named:
		return byName, nil
	case ext != "" && looksLikeExtension(ext):
		return format{}, &casus.Error{Code: casus.Unsupported, Input: s.input, Problem: "files ending in " + printable(ext) + " are not known",
			Advice: "Casus reads " + t.readable() + "; rename it if it is one of these."}
	}
	return t.read(looksLike(head)), nil
}

// refuseByContent answers a file whose first bytes tell that it can't be read.
func refuseByContent(s source, f format, ext string) *casus.Error {
	e := &casus.Error{Code: casus.Unsupported, Input: s.input, Problem: f.name + ", which Casus does not read", Advice: f.advice}
	if ext != "" {
		e.Code, e.Problem = casus.Invalid, f.name+", though its name ends in "+printable(ext)
	}
	return e
}

func (t tables) byMagic(head []byte) (format, bool) {
	for _, f := range t.formats {
		for _, m := range f.magic {
			if m.fits(head) {
				return f, true
			}
		}
	}
	return format{}, false
}

// read returns the row of a kind that is read.
func (t tables) read(kind string) format {
	for _, f := range t.formats {
		if f.kind == kind {
			return f
		}
	}
	return format{kind: kind}
}

// readable lists what can be read, for advice.
func (t tables) readable() string {
	var b strings.Builder
	for _, f := range t.formats {
		if f.kind == formatRefuse || f.kind == formatSkip {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(f.names[0])
	}
	return b.String()
}

// looksLikeExtension tells an extension (".docx") from a full stop in a name
// ("Report of 5.July", "v1.2").
func looksLikeExtension(ext string) bool {
	letters := strings.Trim(strings.ToLower(ext[1:]), "0123456789")
	return letters != "" && len(ext) <= 6 && strings.Trim(letters, "abcdefghijklmnopqrstuvwxyz") == ""
}

// looksLike tells what a source without a telling name is.
func looksLike(head []byte) string {
	if looksLikePage(head) {
		return formatHTML
	}
	rest, isObject := bytes.CutPrefix(trimBOM(head), []byte("{"))
	if isObject && bytes.HasPrefix(bytes.TrimSpace(rest), []byte(`"`)) {
		return formatJSONLines
	}
	return formatText
}

// looksLikePage tells whether a text begins as a whole web page does.
func looksLikePage(head []byte) bool {
	start := bytes.ToLower(bytes.TrimSpace(trimBOM(head)))
	for _, tag := range []string{"<!doctype html", "<html", "<head>", "<body"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return true
		}
	}
	return bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(start, []byte("<html"))
}

func trimBOM(b []byte) []byte { return bytes.TrimPrefix(b, []byte("\ufeff")) }
