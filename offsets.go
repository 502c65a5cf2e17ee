package casus

import "unicode/utf8"

// Offsets finds stretches of a text by code points without walking it from the
// start each time: a text of n code points is indexed once, in n steps.
type Offsets struct {
	text  string
	bytes []int // where each stride-th code point begins
	runes int   // code points in the text
}

// stride is how many code points lie between two indexed ones.
const stride = 64

// NewOffsets indexes a text.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text, bytes: make([]int, 0, len(text)/stride+1)}
	for i := range text {
		if o.runes%stride == 0 {
			o.bytes = append(o.bytes, i)
		}
		o.runes++
	}
	return o
}

// Len is the number of code points in the text.
func (o *Offsets) Len() int { return o.runes }

// Quote returns the words that s covers, and false where s does not lie in the text.
func (o *Offsets) Quote(s Span) (string, bool) {
	if s.Start < 0 || s.End < s.Start || s.End > o.runes {
		return "", false
	}
	return o.text[o.at(s.Start):o.at(s.End)], true
}

// at returns the byte where code point n begins, the end of the text for n = Len.
func (o *Offsets) at(n int) int {
	if n == o.runes {
		return len(o.text)
	}
	i := o.bytes[n/stride]
	for range n % stride {
		_, size := utf8.DecodeRuneInString(o.text[i:])
		i += size
	}
	return i
}
