// Package feed brings articles: from plain text, saved web pages, JSON lines,
// folders and archives of these, and standard input.
//
// Read walks what it is given and hands out one Item at a time, an article or
// an error about one input; a bad input never stops the others. An item's
// text is kept as it was decoded, because records quote it by code point: a
// UTF-8 file becomes an article's text unchanged but for a leading byte order
// mark. Only a web page is reduced, to its readable text.
//
// Beside the text an item says what the publisher said of it (date, title,
// publisher, address, language), how the text is known again (Identity: the
// same text twice is one article) and how a near-copy is told (Sketch: one
// agency text in ten newspapers is ten articles but one source).
//
// What the package knows of the world stands in tables beside the code:
// formats.tsv (kinds of file), dates.tsv (how publishers write a date) and
// functionwords.tsv (what tells short texts of one language from another).
//
// Pages are read with codeberg.org/readeck/go-readability. Their dates are
// read by our own table of markup instead of markusmobius/go-htmldate, whose
// date parser builds its tables at start-up: 0.2 s and 60 MB for every
// command of the program, also those that read no page.
package feed
