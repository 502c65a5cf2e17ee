package syntax

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"casus/read/syntax/matrix"
)

// A model file is the mark, a version byte, the CRC-32 of what follows, and a
// zstd stream of sections, each its length (32 bits, little-endian) and bytes:
// head (JSON), word hashes, affix hashes, the two tables (scales, then rows of
// 8-bit numbers), each dense matrix (scale, then 16-bit numbers), lemmas, rules.
const (
	fileMark          = "casus syntax model\n"
	fileVersion       = 2
	largestFile       = 64 << 20
	largestModel      = 256 << 20 // unpacked
	largestSize       = 512       // of a dimension
	largestClasses    = 4096
	largestVocabulary = 1 << 18
	mostLayers        = 4
)

// fileHead is the first section.
type fileHead struct {
	Sizes         sizes
	Words         int // rows of the word table, that of the unknown included
	Affixes       int
	Tags          []string
	Feats         []string
	Labels        []string
	JoinParticles bool
	Particles     []string
	CasedTags     []string
	Domain        string
}

// Save writes the model. The same model gives the same bytes.
func (m *Model) Save(w io.Writer) error {
	var body bytes.Buffer
	head, err := json.Marshal(fileHead{
		m.net.sizes, m.net.words.rows, m.net.affixes.rows, m.tags, m.feats, m.labels, m.joinParticles, slices.Sorted(maps.Keys(m.lemmas.particles)), slices.Sorted(maps.Keys(m.lemmas.cased)), m.domain,
	})
	if err != nil {
		return fmt.Errorf("syntax model: %w", err)
	}
	put := func(section []byte) {
		body.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(section))))
		body.Write(section)
	}
	put(head)
	put(hashesInOrder(m.words))
	put(hashesInOrder(m.affixes))
	for _, t := range []*table{m.net.words, m.net.affixes} {
		put(t.bytes())
	}
	for _, d := range m.net.dense() {
		put(d.bytes())
	}
	put(m.lemmas.wordLines())
	put(m.lemmas.ruleLines())
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("syntax model: %w", err)
	}
	packed := z.EncodeAll(body.Bytes(), nil)
	out := append([]byte(fileMark), fileVersion)
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(packed))
	if _, err := w.Write(append(out, packed...)); err != nil {
		return fmt.Errorf("syntax model: %w", err)
	}
	return nil
}

// Load reads a model that Save wrote. What is no such file, or a damaged one, is an error.
func Load(r io.Reader) (*Model, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	s := &sections{rest: body}
	m, err := s.model()
	if err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	return m, nil
}

// readBody checks the file's frame and unpacks it.
func readBody(r io.Reader) ([]byte, error) {
	file, err := io.ReadAll(io.LimitReader(r, largestFile+1))
	if err != nil {
		return nil, err
	}
	if len(file) > largestFile {
		return nil, fmt.Errorf("larger than %d bytes", largestFile)
	}
	rest, ok := bytes.CutPrefix(file, []byte(fileMark))
	if !ok || len(rest) < 5 {
		return nil, errors.New("not a syntax model")
	}
	if rest[0] != fileVersion {
		return nil, fmt.Errorf("of version %d, want %d: train it anew with this Casus", rest[0], fileVersion)
	}
	packed := rest[5:]
	if crc32.ChecksumIEEE(packed) != binary.LittleEndian.Uint32(rest[1:]) {
		return nil, errors.New("damaged: its checksum does not fit")
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(largestModel), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return z.DecodeAll(packed, nil)
}

// sections reads a model's sections in turn.
type sections struct{ rest []byte }

// next returns the next section, which must have size bytes unless size is -1.
func (s *sections) next(name string, size int) ([]byte, error) {
	if len(s.rest) < 4 {
		return nil, fmt.Errorf("ends before its %s", name)
	}
	n := int(binary.LittleEndian.Uint32(s.rest))
	if n > len(s.rest)-4 {
		return nil, fmt.Errorf("ends within its %s", name)
	}
	if size >= 0 && n != size {
		return nil, fmt.Errorf("has %d bytes of %s, want %d", n, name, size)
	}
	section := s.rest[4 : 4+n]
	s.rest = s.rest[4+n:]
	return section, nil
}

// model builds the model that the sections describe.
func (s *sections) model() (*Model, error) {
	var head fileHead
	section, err := s.next("head", -1)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(section, &head); err != nil {
		return nil, fmt.Errorf("head: %w", err)
	}
	if err := head.check(); err != nil {
		return nil, fmt.Errorf("head: %w", err)
	}
	m := &Model{tags: head.Tags, feats: head.Feats, labels: head.Labels, joinParticles: head.JoinParticles, domain: head.Domain}
	if m.words, err = s.hashes("words", head.Words); err != nil {
		return nil, err
	}
	if m.affixes, err = s.hashes("affixes", head.Affixes); err != nil {
		return nil, err
	}
	m.net = newNetwork(head.Sizes, head.Words, head.Affixes)
	for _, t := range []*table{m.net.words, m.net.affixes} {
		if err := s.table(t); err != nil {
			return nil, err
		}
	}
	for _, d := range m.net.dense() {
		if err := s.dense(d); err != nil {
			return nil, err
		}
	}
	m.net.prepare()
	m.lemmas, err = s.lemmatiser(head.Particles, head.CasedTags)
	m.index()
	return m, err
}

// check tells whether the head describes a network that can be built.
func (h *fileHead) check() error {
	s := h.Sizes
	for _, n := range []int{s.Word, s.Affix, s.Hidden, s.Arc, s.Label} {
		if n <= 0 || n > largestSize || n%matrix.Width != 0 {
			return fmt.Errorf("a size is %d", n)
		}
	}
	if s.Layers < 1 || s.Layers > mostLayers || h.Words < 1 || h.Words > largestVocabulary || h.Affixes < 1 || h.Affixes > largestVocabulary {
		return errors.New("layers or vocabulary out of bounds")
	}
	for _, c := range []struct{ names, size int }{{len(h.Tags), s.Tags}, {len(h.Feats), s.Feats}, {len(h.Labels), s.Labels}} {
		if c.names != c.size || c.size < 1 || c.size > largestClasses {
			return fmt.Errorf("%d classes for %d outputs", c.names, c.size)
		}
	}
	return nil
}

// hashesInOrder writes the hashes by their rows, from row 1 on.
func hashesInOrder(rows map[uint32]int32) []byte {
	byRow := make([]uint32, len(rows))
	for hash, row := range rows {
		byRow[row-1] = hash
	}
	var out []byte
	for _, hash := range byRow {
		out = binary.LittleEndian.AppendUint32(out, hash)
	}
	return out
}

func (s *sections) hashes(name string, rows int) (map[uint32]int32, error) {
	section, err := s.next(name, 4*(rows-1))
	if err != nil {
		return nil, err
	}
	out := make(map[uint32]int32, rows)
	for i := range rows - 1 {
		out[binary.LittleEndian.Uint32(section[4*i:])] = int32(i + 1)
	}
	return out, nil
}

func (t *table) bytes() []byte {
	out := make([]byte, 0, 4*t.rows+len(t.q))
	for _, v := range t.scale {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
	}
	for _, v := range t.q {
		out = append(out, byte(v))
	}
	return out
}

func (s *sections) table(t *table) error {
	n := t.rows * t.cols
	section, err := s.next("vectors", 4*t.rows+n)
	if err != nil {
		return err
	}
	t.q, t.scale = make([]int8, n), make([]float32, t.rows)
	for i := range t.scale {
		t.scale[i] = math.Float32frombits(binary.LittleEndian.Uint32(section[4*i:]))
	}
	for i, b := range section[4*t.rows:] {
		t.q[i] = int8(b)
	}
	return nil
}

func (d *dense) bytes() []byte {
	scale := d.scale()
	out := binary.LittleEndian.AppendUint32(nil, math.Float32bits(scale))
	for _, v := range d.w {
		out = binary.LittleEndian.AppendUint16(out, uint16(toInt16(v, scale)))
	}
	return out
}

func (s *sections) dense(d *dense) error {
	section, err := s.next("weights", 4+2*len(d.w))
	if err != nil {
		return err
	}
	scale := math.Float32frombits(binary.LittleEndian.Uint32(section))
	for i := range d.w {
		d.w[i] = scale * float32(int16(binary.LittleEndian.Uint16(section[4+2*i:])))
	}
	return nil
}

// wordLines writes the dictionary, one "key<TAB>lemma" a line, by key.
func (l *lemmatiser) wordLines() []byte {
	var b bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(l.words)) {
		fmt.Fprintf(&b, "%s\t%s\n", key, l.words[key])
	}
	return b.Bytes()
}

// ruleLines writes the rules, one "ending<TAB>UPOS<TAB>FEATS<TAB>cut<TAB>add" a line, by key.
func (l *lemmatiser) ruleLines() []byte {
	var b bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(l.rules)) {
		fmt.Fprintf(&b, "%s\t%d\t%s\n", key, l.rules[key].cut, l.rules[key].add)
	}
	return b.Bytes()
}

func (s *sections) lemmatiser(particles, cased []string) (*lemmatiser, error) {
	l := &lemmatiser{words: map[string]string{}, rules: map[string]rule{}, particles: map[string]bool{}, cased: map[string]bool{}}
	for _, p := range particles {
		l.particles[p] = true
	}
	for _, tag := range cased {
		l.cased[tag] = true
	}
	words, err := s.next("lemmas", -1)
	if err != nil {
		return nil, err
	}
	l.words = make(map[string]string, bytes.Count(words, []byte("\n")))
	for line := range strings.Lines(string(words)) {
		line = strings.TrimSuffix(line, "\n")
		at := strings.LastIndexByte(line, '\t')
		if at < 0 {
			return nil, fmt.Errorf("lemma line %q", line)
		}
		l.words[line[:at]] = line[at+1:]
	}
	rules, err := s.next("rules", -1)
	if err != nil {
		return nil, err
	}
	l.rules = make(map[string]rule, bytes.Count(rules, []byte("\n")))
	for line := range strings.Lines(string(rules)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 5 {
			return nil, fmt.Errorf("rule line %q", line)
		}
		cut, err := strconv.Atoi(fields[3])
		if err != nil || cut < 0 {
			return nil, fmt.Errorf("rule line %q", line)
		}
		l.rules[strings.Join(fields[:3], "\t")] = rule{cut, fields[4]}
	}
	return l, nil
}
