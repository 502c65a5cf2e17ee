package matrix

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:noescape
func fma4x16(k int, a *float32, aRow, aStep uintptr, b *float32, c *float32, cRow uintptr)

//go:noescape
func fma1x16(k int, a *float32, aStep uintptr, b *float32, c *float32)

//go:noescape
func tanh8(n int, x *float32)

const floatSize = unsafe.Sizeof(float32(0))

var vectorised = cpu.X86.HasAVX2 && cpu.X86.HasFMA //nolint:gochecknoglobals // what the processor can

// rows4 adds four rows of a times one panel to four rows of c.
func rows4(k int, a []float32, aRow, aStep int, b, c []float32, cRow int) {
	if !vectorised {
		mul4x16(k, a, aRow, aStep, b, c, cRow)
		return
	}
	fma4x16(k, &a[0], uintptr(aRow)*floatSize, uintptr(aStep)*floatSize, &b[0], &c[0], uintptr(cRow)*floatSize)
}

// row1 adds one row of a times one panel to one row of c.
func row1(k int, a []float32, aStep int, b, c []float32) {
	if !vectorised {
		mul1x16(k, a, aStep, b, c)
		return
	}
	fma1x16(k, &a[0], uintptr(aStep)*floatSize, &b[0], &c[0])
}

// tanhs computes the first numbers of x and tells how many.
func tanhs(x []float32) int {
	n := len(x) &^ 7
	if !vectorised || n == 0 {
		return 0
	}
	tanh8(n, &x[0])
	return n
}
