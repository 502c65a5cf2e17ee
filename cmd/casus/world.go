package main

import (
	"io/fs"

	"casus/ontology"
	"casus/read"
	"casus/read/lang/en"
	"casus/read/lang/nl"
	"casus/refdata"
)

// languages are the packs that this binary carries.
func languages() map[string]fs.FS {
	return map[string]fs.FS{"nl": nl.Files, "en": en.Files}
}

// newReader returns the reader of every language, with the world it knows.
func newReader() (*read.Reader, *refdata.World, error) {
	world, err := refdata.Open()
	if err != nil {
		return nil, nil, err
	}
	plover, err := ontology.Open()
	if err != nil {
		return nil, nil, err
	}
	return read.New(world, plover, languages()), world, nil
}
