// Package en is the English language pack: reviewed data files and a trained model.
// docs/LANGUAGES.md says what each file holds and how to add a line.
package en

import "embed"

// Files holds every data file of the pack under its path in the folder.
//
//go:embed *.t* *.model frames/*.tsv
var Files embed.FS
