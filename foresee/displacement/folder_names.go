package displacement

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus"
)

// ReadFleeFolders reads two folders as ReadFlee does; errors and notes name
// their files with the folder that each is in.
func ReadFleeFolders(input, validation string, s Settings) (*Conflict, error) {
	c, err := ReadFlee(os.DirFS(input), os.DirFS(validation), s)
	var e *casus.Error
	if errors.As(err, &e) {
		named := *e
		named.Input = inFolder(input, validation, e.Input)
		return nil, &named
	}
	if err != nil {
		return nil, err
	}
	for i, note := range c.Notes {
		c.Notes[i] = inFolder(input, validation, note)
	}
	return c, nil
}

// inFolder puts the folder before what begins with the name of a file.
func inFolder(input, validation, text string) string {
	file, _, _ := strings.Cut(text, ":")
	switch {
	case !strings.HasSuffix(file, ".csv"):
		return text
	case slices.Contains(fleeFiles, file) || strings.HasPrefix(file, "demographics_"):
		return filepath.Join(input, text)
	}
	return filepath.Join(validation, text)
}
