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
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != magic {
		return nil, errors.New("this is not a model of names, or of another version")
	}
	z := flate.NewReader(r)
	defer z.Close()
	in := bufio.NewReaderSize(z, 1<<16)
	m := &Model{lexicon: l, rows: make([]row, rowMask+1)}
	if err := binary.Read(in, binary.LittleEndian, &m.transitions); err != nil {
		return nil, fmt.Errorf("the model's transitions: %w", err)
	}
	var weights [tags]byte
	for at := -1; ; {
		gap, err := binary.ReadUvarint(in)
		if err == nil && gap == 0 {
			return m, nil
		}
		if err != nil || gap > uint64(rowMask-at) {
			return nil, fmt.Errorf("the model breaks off or is damaged after row %d", at)
		}
		at += int(gap)
		if _, err := io.ReadFull(in, weights[:]); err != nil {
			return nil, fmt.Errorf("the model's row %d: %w", at, err)
		}
		for t, w := range weights {
			m.rows[at][t] = int8(w)
		}
	}
}

// Save writes the model, compressed: the transitions, then each row that is
// not all zeros after its distance from the one before, then a zero.
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
	before := -1
	var buffer []byte
	for at, r := range m.rows {
		if r == (row{}) {
			continue
		}
		buffer = binary.AppendUvarint(buffer[:0], uint64(at-before))
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
