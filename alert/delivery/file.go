package delivery

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"

	"casus"
	"casus/alert/outbox"
)

// File appends alerts to a file, one JSON object a line.
type File struct {
	name, path string
}

// NewFile is the target of that name that writes to a path.
func NewFile(name, path string) *File { return &File{name, path} }

// Name names the target as the rules do.
func (f *File) Name() string { return "file " + f.name }

// Most is how many alerts one delivery takes.
func (f *File) Most() int { return 100 }

// Deliver appends the parcels and syncs the file. Of those that began before
// it looks which are there, after taking off a last line that was not finished.
func (f *File) Deliver(_ context.Context, parcels []outbox.Parcel) (err error) {
	file, err := os.OpenFile(f.path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return unwritable(f.path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	there := map[string]bool{}
	if begun(parcels) {
		if there, err = wholeLines(file); err != nil {
			return unwritable(f.path, err)
		}
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	enc.SetEscapeHTML(false)
	for _, p := range parcels {
		if there[p.Alert.ID] {
			continue
		}
		if err := enc.Encode(p.Alert); err != nil {
			return err
		}
	}
	if _, err := file.Seek(0, io.SeekEnd); err != nil {
		return unwritable(f.path, err)
	}
	if _, err := file.Write(lines.Bytes()); err != nil {
		return unwritable(f.path, err)
	}
	if err := file.Sync(); err != nil {
		return unwritable(f.path, err)
	}
	return nil
}

func begun(parcels []outbox.Parcel) bool {
	for _, p := range parcels {
		if p.Begun {
			return true
		}
	}
	return false
}

// wholeLines returns the ids of the alerts in a file, and cuts off what stands
// after its last whole line: half of a line that a killed program wrote.
func wholeLines(file *os.File) (map[string]bool, error) {
	ids := map[string]bool{}
	r := bufio.NewReader(file)
	whole := int64(0)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return ids, file.Truncate(whole)
		}
		if err != nil {
			return nil, err
		}
		whole += int64(len(line))
		var a struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(line, &a) == nil { // a line of somebody else's is no alert
			ids[a.ID] = true
		}
	}
}

func unwritable(path string, err error) error {
	var known *fs.PathError
	if errors.As(err, &known) {
		err = known.Err
	}
	return &casus.Error{Code: casus.Unwritable, Input: path, Problem: "cannot be written", Err: err}
}
