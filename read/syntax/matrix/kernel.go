package matrix

// mul4x16 is what rows4 computes, on any processor.
func mul4x16(k int, a []float32, aRow, aStep int, b, c []float32, cRow int) {
	for r := range 4 {
		mul1x16(k, a[r*aRow:], aStep, b, c[r*cRow:])
	}
}

// mul1x16 is what row1 computes, on any processor.
func mul1x16(k int, a []float32, aStep int, b, c []float32) {
	c = c[:Width:Width]
	for p := range k {
		x := a[p*aStep]
		if x == 0 {
			continue
		}
		row := b[p*Width : p*Width+Width : p*Width+Width]
		for j, y := range row {
			c[j] += x * y
		}
	}
}
