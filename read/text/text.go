// Package text splits an article into sentences and tokens, each with its
// place in code points and bytes. Nothing is lost: the text between two tokens
// is white space only, and the tokens in order rebuild the article.
package text

import "casus"

// Token is a word, number, punctuation mark or symbol as the text writes it.
type Token struct {
	Form        string
	Span        casus.Span // code points of the article
	ByteStart   int        // bytes of the article's UTF-8
	ByteEnd     int
	SpaceBefore bool // white space stands before it
}

// Shape says what a stretch of text is on the page.
type Shape int

const (
	Prose    Shape = iota // running text
	Heading               // a title or cross-head, without a full stop
	Credit                // a photo credit or caption's source ("Beeld AP")
	Dateline              // the line that gives the date or place
)

// Sentence is a run of tokens.
type Sentence struct {
	Tokens    []Token
	Span      casus.Span // from the first token to the last
	Paragraph int        // 0 for the first paragraph
	Shape     Shape
}
