// Package matrix multiplies dense float32 matrices and bends numbers by the
// hyperbolic tangent, the inner loops of the neural models. On amd64 with AVX2
// and FMA it does so by vector instructions, elsewhere in plain Go; products
// differ between the two in the last bits, tangents do not.
package matrix

// Width is how many columns a panel has. Matrices that are written to have
// their rows padded to a multiple of it.
const Width = 16

// Pad rounds n columns up to whole panels.
func Pad(n int) int { return (n + Width - 1) / Width * Width }

// Panels is a matrix of Rows by Cols laid out for multiplication: panels of
// Width columns, each row by row, the last filled up with zeros.
type Panels struct {
	Rows, Cols int
	data       []float32
}

// Set lays out the matrix whose element (i, j) is w[i*rowStep+j*colStep]. It
// uses p's storage again where that is large enough.
func (p *Panels) Set(w []float32, rows, cols, rowStep, colStep int) {
	size := rows * Pad(cols)
	if cap(p.data) < size {
		p.data = make([]float32, size)
	}
	p.Rows, p.Cols, p.data = rows, cols, p.data[:size]
	out := p.data
	for j := 0; j < cols; j += Width {
		width := min(Width, cols-j)
		for i := range rows {
			from := i*rowStep + j*colStep
			for x := range width {
				out[x] = w[from+x*colStep]
			}
			clear(out[width:Width])
			out = out[Width:]
		}
	}
}

// MulAdd adds A·P to C. A has m rows and p.Rows columns, its element (i, k) is
// a[i*aRow+k*aStep]; row i of C begins at c[i*cRow] and has room for Pad(p.Cols).
func (p *Panels) MulAdd(c []float32, cRow int, a []float32, m, aRow, aStep int) {
	k := p.Rows
	if k == 0 || m == 0 {
		return
	}
	for j := 0; j < p.Cols; j += Width {
		panel := p.data[j*k:]
		i := 0
		for ; i+4 <= m; i += 4 {
			rows4(k, a[i*aRow:], aRow, aStep, panel, c[i*cRow+j:], cRow)
		}
		for ; i < m; i++ {
			row1(k, a[i*aRow:], aStep, panel, c[i*cRow+j:])
		}
	}
}

// Tanh turns each number of x into its hyperbolic tangent.
func Tanh(x []float32) {
	for i := tanhs(x); i < len(x); i++ {
		x[i] = tanh(x[i])
	}
}
