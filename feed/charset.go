package feed

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"casus"
)

// decodeText turns the bytes of a plain text into a string: UTF-8 as it
// stands, UTF-16 with its byte order mark, and Windows-1252 or ISO-8859-1
// where the bytes read as Western European prose. note says what was
// converted, "" for UTF-8.
func decodeText(input string, data []byte) (text, note string, bad *casus.Error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe, 0, 0}), bytes.HasPrefix(data, []byte{0, 0, 0xfe, 0xff}):
		return "", "", notText(input, "UTF-32, which is not read")
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return decodeUTF16(input, data)
	}
	data = trimBOM(data)
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", "", nulBytes(input, data, i)
	}
	if utf8.Valid(data) {
		return string(data), "", nil
	}
	if at, broken := brokenUTF8(data); broken {
		return "", "", notText(input, fmt.Sprintf("not valid UTF-8 at byte %d (line %d)", at+1, 1+bytes.Count(data[:at], []byte("\n"))))
	}
	if !readsAsWestern(data) {
		return "", "", notText(input, "in no encoding that is known here, or not a text at all")
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", notText(input, "in no encoding that is known here")
	}
	name := "ISO-8859-1"
	if hasWindowsByte(data) {
		name = "Windows-1252"
	}
	return string(decoded), "converted from " + name, nil
}

func decodeUTF16(input string, data []byte) (text, note string, bad *casus.Error) {
	decoded, err := unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	if err != nil || len(data)%2 != 0 || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", "", notText(input, "damaged UTF-16")
	}
	return string(decoded), "converted from UTF-16", nil
}

func notText(input, problem string) *casus.Error {
	return &casus.Error{Code: casus.Invalid, Input: input, Problem: problem,
		Advice: "If it is a text, save it as UTF-8 (iconv -f ENCODING -t UTF-8)."}
}

// nulBytes answers bytes with a NUL at i: UTF-16 without its mark, or a binary.
func nulBytes(input string, data []byte, i int) *casus.Error {
	head := data[:min(len(data), sniffed)]
	if bytes.Count(head, []byte{0})*5 > len(head)*2 && utf8.Valid(head) {
		return notText(input, "it looks like UTF-16 without a byte order mark")
	}
	return &casus.Error{Code: casus.Invalid, Input: input, Problem: fmt.Sprintf("not a text: it has a NUL byte at byte %d", i+1),
		Advice: "Give the article's text as UTF-8, or as a web page."}
}

// brokenUTF8 tells whether data is UTF-8 with mistakes rather than another
// encoding: a text in a one-byte encoding has hardly a sequence that happens
// to be valid. at is the first mistake.
func brokenUTF8(data []byte) (at int, broken bool) {
	at = -1
	valid, invalid := 0, 0
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			invalid++
			if at < 0 {
				at = i
			}
		case size > 1:
			valid++
		}
		i += size
	}
	return at, valid > 0 && valid >= invalid
}

// hasWindowsByte tells whether data uses what Windows-1252 has beyond ISO-8859-1.
func hasWindowsByte(data []byte) bool {
	for _, b := range data {
		if b >= 0x80 && b < 0xa0 {
			return true
		}
	}
	return false
}

// readsAsWestern tells whether data, as Windows-1252, reads as prose of a
// Western European language. Other one-byte encodings turn into symbols inside
// words (Polish), capitals after small letters (Cyrillic KOI8-R, DOS) or long
// runs of accented letters (Cyrillic, Greek, Chinese).
func readsAsWestern(data []byte) bool {
	high, odd, run := 0, 0, 0
	for i, b := range data {
		if b < 0x80 {
			run = 0
			continue
		}
		high++
		kind := western(b)
		if kind == westernNone {
			return false
		}
		if kind == westernSmall || kind == westernCapital {
			run++
		} else {
			run = 0
		}
		before, after := asciiLetter(data, i-1), asciiLetter(data, i+1)
		switch {
		case run > 2,
			kind == westernSymbol && before != 0 && after != 0,
			kind == westernCapital && before >= 'a':
			odd++
		}
	}
	return odd*10 <= high && high*4 <= len(data)
}

// asciiLetter returns the letter of ASCII at i, 0 for anything else.
func asciiLetter(data []byte, i int) byte {
	if i < 0 || i >= len(data) {
		return 0
	}
	if b := data[i]; 'a' <= b|0x20 && b|0x20 <= 'z' {
		return b
	}
	return 0
}

// What a byte from 0x80 on is in Windows-1252.
type westernKind int

const (
	westernNone    westernKind = iota // not assigned
	westernSmall                      // é
	westernCapital                    // É
	westernSymbol                     // ¶, which stands beside words
	westernJoiner                     // ’ and others that may stand inside a word
)

func western(b byte) westernKind {
	switch b {
	case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
		return westernNone
	case 0x83, 0x9a, 0x9c, 0x9e, 0xaa, 0xba:
		return westernSmall
	case 0x8a, 0x8c, 0x8e, 0x9f:
		return westernCapital
	case 0x85, 0x91, 0x92, 0x96, 0x97, 0xa0, 0xad, 0xb4, 0xb7: // … ‘ ’ – — nbsp soft-hyphen ´ ·
		return westernJoiner
	case 0xd7, 0xf7:
		return westernSymbol
	}
	switch {
	case b < 0xc0:
		return westernSymbol
	case b < 0xdf:
		return westernCapital
	}
	return westernSmall
}

// checkText refuses a decoded text that nobody can read: nothing but white
// space, NUL characters, or the control characters of a binary. Old wire
// formats have a few (start and end of text), so a few are let be.
func checkText(input, text string) *casus.Error {
	if strings.TrimSpace(text) == "" {
		return &casus.Error{Code: casus.Invalid, Input: input, Problem: "nothing but white space",
			Advice: "Look whether it was saved or downloaded whole."}
	}
	controls := 0
	for i := range len(text) {
		switch b := text[i]; {
		case b == 0:
			return nulBytes(input, []byte(text), i)
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v', b == 0x7f:
			controls++
		}
	}
	if controls*100 > len(text)+100 {
		return &casus.Error{Code: casus.Invalid, Input: input, Problem: "not a text: it is full of control characters",
			Advice: "Give the article's text as UTF-8, or as a web page."}
	}
	return nil
}
