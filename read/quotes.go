package read

import (
	"casus"
	"casus/read/frames"
)

// Quotes returns what an article puts in people's mouths: who, the word that
// says so, and what, in the order of the text. An error of code Unsupported says
// that its language is not read.
func (r *Reader) Quotes(a casus.Article) ([]frames.Quoted, error) {
	if !r.Reads(a.Language) {
		return nil, notRead(a.Language)
	}
	o, err := r.languages[a.Language].open()
	if err != nil {
		return nil, err
	}
	return o.coder.Quotes(o.analyse(a)), nil
}
