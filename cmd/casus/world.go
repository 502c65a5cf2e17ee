package main

import (
	"io/fs"

	"casus/ledger"
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

// newReader returns the reader of every language, with the world it knows:
// reference data and the actors that corrections of a ledger add to it.
func newReader(corrections ...ledger.Correction) (*read.Reader, *refdata.World, error) {
	world, err := openWorld(corrections)
	if err != nil {
		return nil, nil, err
	}
	plover, err := ontology.Open()
	if err != nil {
		return nil, nil, err
	}
	return read.New(world, plover, languages()), world, nil
}

// openWorld opens reference data with the actors that corrections add to it.
func openWorld(corrections []ledger.Correction) (*refdata.World, error) {
	world, err := refdata.Open()
	if err != nil {
		return nil, err
	}
	return world.With(ledger.Known(corrections))
}
