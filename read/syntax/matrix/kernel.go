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

// tanh is the rational approximation of the Eigen library, right to six digits.
func tanh(x float32) float32 {
	x = max(-7.9, min(7.9, x))
	y := x * x
	p := ((((((-2.76076847742355e-16*y+2.00018790482477e-13)*y-8.60467152213735e-11)*y+5.12229709037114e-08)*y+1.48572235717979e-05)*y+6.37261928875436e-04)*y + 4.89352455891786e-03)
	q := ((1.19825839466702e-06*y+1.18534705686654e-04)*y+2.26843463243900e-03)*y + 4.89352518554385e-03
	return x * p / q
}
