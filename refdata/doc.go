// Package refdata holds what Casus knows of the world before it reads a word:
// the names of states, groups, collectives and places in Dutch and English,
// who held which office when, who was a member of what, and where places lie.
//
// All of it is data: tab-separated tables in this directory, each line with
// its source, embedded in the binary. An analyst adds a line and runs the
// tests; no Go is needed. cities.tsv.gz alone is made by a program
// (refdata/generate) from GeoNames.
//
// Names imply no opinion on sovereignty. Sources and licences stand in the
// tables' headers and in NOTICE.
package refdata

//go:generate go run ./generate -npm $NODE_MODULES
