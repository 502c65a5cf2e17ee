package actors

import (
	"strings"
	"unicode"

	"casus"
	"casus/refdata"
)

// fold writes a word or phrase as refdata.Fold does, without full stops, and
// cuts it at everything else that is no letter or digit: "Al-Qa’ida" is al,
// qaida; "U.S." is us.
func fold(s string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(refdata.Fold(s), ".", ""), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// slug writes a name as a segment of an actor id, "" if nothing of it can be
// written in a-z and 0-9.
func slug(name string) string {
	var b strings.Builder
	for _, part := range fold(name) {
		if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
		for _, r := range part {
			if r < 0x80 {
				b.WriteRune(r)
			}
		}
	}
	return strings.Trim(b.String(), "-")
}

// personID is the id of somebody whom refdata does not know.
func personID(name string) casus.ActorID {
	if s := slug(name); s != "" {
		return casus.ActorID("person/" + s)
	}
	return ""
}

// PhraseID is the id of somebody whom nobody knows and the text only describes
// ("hospital staff"), "" if the phrase has no letters of a-z.
func PhraseID(phrase string) casus.ActorID { return casus.ActorID(slug(phrase)) }

// letterCase tells whether a word begins with a capital, and whether it has
// two letters or more that are all capitals.
func letterCase(s string) (upper, caps bool) {
	n, capitals := 0, 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		if n == 0 {
			upper = unicode.IsUpper(r)
		}
		n++
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return upper, n > 1 && capitals == n
}
