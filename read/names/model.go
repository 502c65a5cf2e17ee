package names

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Model finds names. It is read-only and safe for concurrent use.
type Model struct {
	lexicon     *Lexicon
	rows        []row // by a feature's hash, modulo their number
	transitions [tags][tags]float32
}

// row is the weights of a feature for each tag.
type row [tags]int8

const (
	rowBits = 18
	rowMask = 1<<rowBits - 1
	magic   = "casus names 1\n"
)

// score adds up the weights of a word's features for each tag.
func (m *Model) score(fs []uint32, out *[tags]float32) {
	var sum [tags]int32
	for _, f := range fs {
		r := &m.rows[f&rowMask]
		for t := range sum {
			sum[t] += int32(r[t])
		}
	}
	for t, s := range sum {
		out[t] = float32(s)
	}
}

// Load reads a model that Save wrote. What it knows of the world and the
// language comes from the lexicon.
func Load(r io.Reader, l *Lexicon) (*Model, error) {
	m := &Model{lexicon: l, rows: make([]row, rowMask+1)}
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != magic {
		return nil, errors.New("this is not a model of names, or of another version")
	}
	z := flate.NewReader(bufio.NewReader(r))
	defer z.Close()
	if err := binary.Read(z, binary.LittleEndian, &m.transitions); err != nil {
		return nil, fmt.Errorf("the model's transitions: %w", err)
	}
	column := make([]byte, len(m.rows))
	for t := range tags {
		if _, err := io.ReadFull(z, column); err != nil {
			return nil, fmt.Errorf("the model's weights: %w", err)
		}
		for i, b := range column {
			m.rows[i][t] = int8(b)
		}
	}
	return m, nil
}

// Save writes the model.
func (m *Model) Save(w io.Writer) error {
	if _, err := io.WriteString(w, magic); err != nil {
		return err
	}
	z, err := flate.NewWriter(w, flate.BestCompression)
	if err != nil {
		return err
	}
	if err := binary.Write(z, binary.LittleEndian, m.transitions); err != nil {
		return err
	}
	column := make([]byte, len(m.rows))
	for t := range tags {
		for i := range m.rows {
			column[i] = byte(m.rows[i][t])
		}
		if _, err := z.Write(column); err != nil {
			return err
		}
	}
	return z.Close()
}
