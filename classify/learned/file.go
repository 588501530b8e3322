package learned

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// A file is magic, the length of the content as 8 bytes, the content, and the SHA-256 of all
// before. Numbers are little-endian. The last two characters of magic are the version of the
// format. The hashing and weighing of terms belongs to the format, so a change there is a new
// version.
const (
	magic   = "hdlearn\x00\x01"
	maxFile = 1 << 30
)

// WriteTo writes m in a form for [Read], the same bytes each time. It writes the known words as
// hashes, and no texts.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(m.encode())
	if err != nil {
		return int64(n), fmt.Errorf("learned: write: %w", err)
	}
	return int64(n), nil
}

// Read reads the output of [Model.WriteTo], and nothing beyond it. It returns [helpdesk.ErrInvalid]
// when that is truncated, damaged, of another version or no Model, and the error of r when reading
// fails. It allocates at most a small multiple of the bytes that r yields. The checksum finds
// damage, not forgery: the author of a file controls the answers of its Model.
func Read(r io.Reader) (*Model, error) {
	m, err := read(r)
	if err != nil {
		return nil, fmt.Errorf("learned: read: %w", err)
	}
	return m, nil
}

func read(r io.Reader) (*Model, error) {
	var file bytes.Buffer
	if err := fetch(&file, r, int64(len(magic))+8); err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(file.Bytes(), []byte(magic)) {
		return nil, bad("is not a model of this version")
	}
	size := binary.LittleEndian.Uint64(file.Bytes()[len(magic):])
	if size > maxFile {
		return nil, bad("is too large")
	}
	if err := fetch(&file, r, int64(size)+sha256.Size); err != nil {
		return nil, err
	}
	all := file.Bytes()
	end := len(all) - sha256.Size
	if sum := sha256.Sum256(all[:end]); !bytes.Equal(sum[:], all[end:]) {
		return nil, bad("does not match its checksum")
	}
	d := decoder{rest: all[len(magic)+8 : end]}
	m := d.model()
	if d.err == nil && len(d.rest) > 0 {
		d.fail("has bytes after its end")
	}
	if d.err != nil {
		return nil, d.err
	}
	if !bytes.Equal(m.seal(), all) {
		return nil, bad("is not in the form that WriteTo writes")
	}
	return m, nil
}

// fetch appends n bytes of r to b. The buffer grows with the bytes read, not with the announced
// length.
func fetch(b *bytes.Buffer, r io.Reader, n int64) error {
	_, err := io.CopyN(b, r, n)
	if errors.Is(err, io.EOF) {
		return bad("is truncated")
	}
	return err
}

func bad(problem string) error { return &helpdesk.FieldError{Field: "model", Problem: problem} }

// seal names m by its content, and returns that as a file.
func (m *Model) seal() []byte {
	file := m.encode()
	m.version = m.name + "/" + hex.EncodeToString(file[len(file)-sha256.Size:][:4])
	return file
}

func (m *Model) encode() []byte {
	e := encoder{append([]byte(magic), make([]byte, 8)...)}
	e.model(m)
	binary.LittleEndian.PutUint64(e.b[len(magic):], uint64(len(e.b)-len(magic)-8))
	sum := sha256.Sum256(e.b)
	return append(e.b, sum[:]...)
}

type encoder struct{ b []byte }

func (e *encoder) number(n int)    { e.b = binary.LittleEndian.AppendUint32(e.b, uint32(n)) }
func (e *encoder) wide(n uint64)   { e.b = binary.LittleEndian.AppendUint64(e.b, n) }
func (e *encoder) real(x float64)  { e.wide(math.Float64bits(x)) }
func (e *encoder) short(x float32) { e.b = binary.LittleEndian.AppendUint32(e.b, math.Float32bits(x)) }
func (e *encoder) shorts(list []float32) {
	for _, x := range list {
		e.short(x)
	}
}
func (e *encoder) text(s string) {
	e.number(len(s))
	e.b = append(e.b, s...)
}

func (e *encoder) model(m *Model) {
	e.text(m.name)
	e.number(m.examples)
	e.wide(uint64(m.newest.Unix()))
	e.number(m.newest.Nanosecond())
	e.number(len(m.vocabulary.terms))
	e.number(m.vocabulary.words)
	for _, t := range m.vocabulary.terms {
		e.number(int(t))
	}
	e.real(m.novelty.unknown)
	e.real(m.novelty.spread)
	e.real(m.novelty.most)
	for _, h := range m.heads {
		e.head(h)
	}
	e.number(len(m.seen))
	for _, word := range m.seen {
		e.wide(word)
	}
}

func (e *encoder) head(h *head) {
	if h == nil {
		e.number(0)
		return
	}
	e.number(len(h.labels))
	for _, name := range h.labels {
		e.text(name)
	}
	e.shorts(h.scale)
	e.shorts(h.unit)
	for _, q := range h.weight {
		e.b = append(e.b, byte(q))
	}
	e.shorts(h.bias)
	e.shorts(h.slope)
	e.shorts(h.shift)
	e.shorts(h.usual)
	e.short(h.doubt)
	e.short(h.least)
	e.number(h.held.Texts)
	e.real(h.held.Accuracy)
	e.real(h.held.LogLoss)
	e.real(h.held.ECE)
}

// decoder reads content. After an error it returns only zeros.
type decoder struct {
	rest []byte
	err  error
}

func (d *decoder) fail(problem string) {
	if d.err == nil {
		d.err = bad(problem)
	}
	d.rest = nil
}

func (d *decoder) take(n int) []byte {
	if n < 0 || n > len(d.rest) {
		d.fail("ends early")
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

// number reads a count of items of at least size bytes each, within the rest of the content. A size
// of 0 means a number that counts no items.
func (d *decoder) number(size int) int {
	b := d.take(4)
	if b == nil {
		return 0
	}
	n := binary.LittleEndian.Uint32(b)
	if n > math.MaxInt32 || uint64(n)*uint64(size) > uint64(len(d.rest)) {
		d.fail("announces more than it holds")
		return 0
	}
	return int(n)
}

func (d *decoder) wide() uint64 {
	if b := d.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// real reads a number from least to most.
func (d *decoder) real(least, most float64) float64 {
	x := math.Float64frombits(d.wide())
	if !(x >= least && x <= most) {
		d.fail("has a number out of range")
		return 0
	}
	return x
}

// shorts reads n numbers from least to most. Bounds keep sums finite.
func (d *decoder) shorts(n int, least, most float32) []float32 {
	b := d.take(4 * n)
	if b == nil {
		return nil
	}
	list := make([]float32, n)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if !(list[i] >= least && list[i] <= most) {
			d.fail("has a number out of range")
			return nil
		}
	}
	return list
}

func (d *decoder) short(least, most float32) float32 {
	if list := d.shorts(1, least, most); list != nil {
		return list[0]
	}
	return 0
}

func (d *decoder) text() string { return string(d.take(d.number(1))) }

func (d *decoder) model() *Model {
	m := &Model{name: d.text(), examples: d.number(0)}
	if !validName(m.name) {
		d.fail("has an invalid name")
	}
	seconds, nanoseconds := int64(d.wide()), d.number(0)
	if m.newest = time.Unix(seconds, int64(nanoseconds)).UTC(); nanoseconds >= 1e9 {
		d.fail("has an invalid time")
	}
	m.vocabulary = d.vocabulary()
	m.novelty = novelty{d.real(1e-12, 1-1e-12), d.real(0, 1), d.real(math.Inf(-1), math.Inf(1))}
	for i := range m.heads {
		m.heads[i] = d.head(len(m.vocabulary.terms), i)
	}
	m.seen = make(seen, d.number(8))
	for i := range m.seen {
		m.seen[i] = d.wide()
	}
	return m
}

func (d *decoder) vocabulary() *vocabulary {
	terms := make([]term, d.number(4))
	n := d.number(0)
	if n > len(terms) {
		d.fail("has more words than terms")
		n = 0
	}
	for i, b := 0, d.take(4*len(terms)); b != nil && i < len(terms); i++ {
		terms[i] = binary.LittleEndian.Uint32(b[4*i:])
		if terms[i] == 0 || i != 0 && i != n && terms[i] <= terms[i-1] {
			d.fail("has terms out of order")
		}
	}
	if d.err != nil {
		return newVocabulary(nil, 0)
	}
	return newVocabulary(terms, n)
}

func (d *decoder) head(terms, kind int) *head {
	n := d.number(4)
	if n == 0 {
		return nil
	}
	each := kind == tagHead
	h := &head{labels: make([]string, 0, n), calibration: calibration{each: each}}
	for i := range n {
		name := d.text()
		if !validName(name) || i > 0 && name <= h.labels[i-1] || kind == priorityHead && !priorityName(name) {
			d.fail("has an invalid label")
			return nil
		}
		h.labels = append(h.labels, name)
	}
	if n < 2 && !each {
		d.fail("has a single label")
		return nil
	}
	const far = 1e5
	h.scale, h.unit = d.shorts(terms, 0, far), d.shorts(terms, 0, far)
	// Where int has 32 bits, the product may not fit.
	if uint64(terms)*uint64(n) > uint64(len(d.rest)) {
		d.fail("announces more than it holds")
	} else if weight := d.take(terms * n); weight != nil {
		h.weight = make([]int8, len(weight))
		for i, q := range weight {
			h.weight[i] = int8(q)
		}
	}
	h.bias = d.shorts(n, -far, far)
	h.slope, h.shift = d.shorts(n, 0, far), d.shorts(n, -far, far)
	h.usual = d.shorts(n, 0, 1)
	h.doubt, h.least = d.short(0, 1), d.short(0, 1)
	h.held = Score{d.number(0), d.real(0, 1), d.real(0, 1e3), d.real(0, 1+1e-9)}
	return h
}

func priorityName(name string) bool {
	return slices.ContainsFunc(helpdesk.Priorities, func(p helpdesk.Priority) bool { return strconv.Itoa(int(p)) == name })
}
