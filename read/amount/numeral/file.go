package numeral

import (
	"fmt"
	"io/fs"
)

// ReadFile reads the lines of one data file of a language pack. Its error names
// the file; where that is missing it is fs.ErrNotExist underneath.
func ReadFile(pack fs.FS, name string) ([]Line, error) {
	f, err := pack.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening %s of the language pack: %w", name, err)
	}
	defer f.Close()
	lines, err := ReadLines(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s of the language pack: %w", name, err)
	}
	return lines, nil
}
