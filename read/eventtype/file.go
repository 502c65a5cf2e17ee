package eventtype

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

const magic = "casus event types 1\n"

// Save writes the model, compressed: the scale, then each row that is not all
// zeros after its distance from the one before, then a zero.
func (m *Model) Save(w io.Writer) error {
	if _, err := io.WriteString(w, magic); err != nil {
		return err
	}
	z, err := flate.NewWriter(w, flate.BestCompression)
	if err != nil {
		return err
	}
	if err := binary.Write(z, binary.LittleEndian, m.scale); err != nil {
		return err
	}
	before := -1
	var buffer []byte
	for at, r := range m.rows {
		if r == (row{}) {
			continue
		}
		buffer = binary.AppendUvarint(buffer[:0], uint64(at-before)) //nolint:gosec // at is above before
		for _, w := range r {
			buffer = append(buffer, byte(w))
		}
		if _, err := z.Write(buffer); err != nil {
			return err
		}
		before = at
	}
	if _, err := z.Write([]byte{0}); err != nil {
		return err
	}
	return z.Close()
}

// Load reads a model that Save wrote.
func Load(r io.Reader) (*Model, error) {
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != magic {
		return nil, errors.New("this is not a model of event types, or of another version")
	}
	z := flate.NewReader(r)
	defer z.Close()
	in := bufio.NewReaderSize(z, 1<<16)
	m := &Model{rows: make([]row, rowMask+1)}
	if err := binary.Read(in, binary.LittleEndian, &m.scale); err != nil {
		return nil, fmt.Errorf("the model's scale: %w", err)
	}
	if s := float64(m.scale); math.IsNaN(s) || math.IsInf(s, 0) {
		return nil, errors.New("the model's scale is no number")
	}
	var weights [classes]byte
	for at := -1; ; {
		gap, err := binary.ReadUvarint(in)
		if err == nil && gap == 0 {
			return m, nil
		}
		if err != nil || gap > uint64(rowMask-at) { //nolint:gosec // at is at most rowMask
			return nil, fmt.Errorf("the model breaks off or is damaged after row %d", at)
		}
		at += int(gap) //nolint:gosec // bounded above
		if _, err := io.ReadFull(in, weights[:]); err != nil {
			return nil, fmt.Errorf("the model's row %d: %w", at, err)
		}
		for c, w := range weights {
			m.rows[at][c] = int8(w)
		}
	}
}
