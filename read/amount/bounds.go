package amount

// amount reads the amount that begins at piece i.
func (r *reader) amount(i int) (found, bool) {
	hedge, at := r.hedge(i)
	if f, ok := r.between(at); ok {
		return r.bounded(f, hedge, i), true
	}
	f, ok := r.measure(at)
	if !ok && at > i { // the bounding word was no bounding word
		hedge = phrase{}
		f, ok = r.measure(i)
	}
	if !ok {
		return found{}, false
	}
	if f.article && (f.class == Cardinal || f.class == Percent) { // "een man", "under a truce"
		return found{}, false
	}
	if f.class == Ordinal {
		f.low, f.high = nil, nil
		return f, true
	}
	f = r.bounded(f, hedge, i)
	return r.joined(f), true
}

// joined makes one range of a low and a high bound: "more than 100 but fewer than 300".
func (r *reader) joined(a found) found {
	if a.hedge[1] == 0 || (a.low == nil) == (a.high == nil) || a.approx {
		return a
	}
	i := a.end
	if i < len(r.pieces) && r.pieces[i].Key == "," {
		i++
	}
	_, i2 := find(r.g.words, r.pieces, i, "but")
	hedge, at := r.hedge(i2)
	if i2 == i || hedge.kind == "" {
		return a
	}
	b, ok := r.measure(at)
	if !ok || b.class == Ordinal || b.vague || b.article {
		return a
	}
	b = r.bounded(b, hedge, i2)
	if (a.low == nil) == (b.low == nil) || (b.low == nil) == (b.high == nil) {
		return a
	}
	out := a
	if a.low == nil {
		out.low, out.beyond, out.beyondHigh = b.low, b.beyond, a.beyond
	} else {
		out.high, out.beyondHigh = b.high, b.beyond
	}
	if *out.low >= *out.high || a.unit != "" && b.unit != "" && a.unit != b.unit {
		return a
	}
	out.end, out.measure, out.unit = b.end, b.measure, b.unit
	if out.class == Cardinal {
		out.class = Range
	}
	return out
}

// hedge reads the words before a number that bound it.
func (r *reader) hedge(i int) (phrase, int) {
	if i >= len(r.pieces) {
		return phrase{}, i
	}
	h, at := find(r.g.words, r.pieces, i, hedgeKinds...)
	if at == i {
		return phrase{}, i
	}
	if _, ok := r.core(at); !ok && len(h.keys) > 1 { // "ruim de" and "ruim de helft"
		if shorter, end := r.shorterHedge(i, len(h.keys)); end > i {
			h, at = shorter, end
		}
	}
	if _, after := find(r.g.words, r.pieces, at, "about"); after > at { // "meer dan ongeveer"
		at = after
	}
	if _, after := find(r.g.words, r.pieces, at, "filler"); after > at {
		if _, ok := r.core(after); ok {
			at = after
		}
	}
	return h, at
}

var hedgeKinds = []string{"at-least", "at-most", "under", "nearly", "about", "equal"}

// shorterHedge finds a bounding phrase of fewer words than n before a number.
func (r *reader) shorterHedge(i, n int) (phrase, int) {
	for _, p := range r.g.words[r.pieces[i].Key] {
		if len(p.keys) < n && among(p.kind, hedgeKinds) && has(r.pieces, i, p) {
			if _, ok := r.core(i + len(p.keys)); ok {
				return p, i + len(p.keys)
			}
		}
	}
	return phrase{}, i
}

// bounded sets the bounds that the words around a number put on it.
func (r *reader) bounded(f found, hedge phrase, i int) found {
	if hedge.kind != "" {
		f.start = i
		f.hedge = [2]int{i, i + len(hedge.keys)}
	}
	if hedge.kind == "" || hedge.kind == "equal" || hedge.kind == "about" {
		if behind, g := r.hedgeBehind(f); behind.kind != "" {
			g.approx = g.approx || hedge.kind == "about" // "about 500 or more"
			hedge, f = behind, g
		}
	}
	f.beyond = hedge.value == "more" || hedge.kind == "under"
	switch hedge.kind {
	case "at-least", "at-least-after":
		f.high = nil
	case "at-most", "under", "at-most-after":
		f.low = nil
	case "nearly":
		f.low, f.approx = nil, true
	case "about", "about-after":
		f.approx = true
	}
	if _, end := find(r.g.words, r.pieces, f.end, "or-equal"); end > f.end && f.beyond {
		f.beyond, f.end = false, end
	}
	return f
}

func (r *reader) hedgeBehind(f found) (phrase, found) {
	h, end := find(r.g.words, r.pieces, f.end, "at-least-after", "at-most-after", "about-after")
	if end == f.end {
		return phrase{}, f
	}
	if _, than := find(r.g.words, r.pieces, end, "than"); than > end { // "200 or greater than 190"
		return phrase{}, f
	}
	if last := h.keys[len(h.keys)-1]; len(h.keys) > 2 && r.isThan(last) {
		if _, ok := r.core(end); ok { // "5000 or less than 5000"
			return phrase{}, f
		}
	}
	f.hedge = [2]int{f.end, end}
	f.end = end
	return h, f
}

func (r *reader) isThan(key string) bool {
	for _, p := range r.g.words[key] {
		if p.kind == "than" {
			return true
		}
	}
	return false
}

// between reads a range: "between 30 and 40", "tien tot vijftien", "two or three".
func (r *reader) between(i int) (found, bool) {
	_, at := find(r.g.words, r.pieces, i, "between")
	opened := at > i
	a, ok := r.measure(at)
	if !ok || a.class == Ordinal || a.core.vague || a.article {
		return found{}, false
	}
	from, suspended := a.end, r.isSuspended(a.end)
	if suspended {
		from++
	}
	joint, after := find(r.g.words, r.pieces, from, "to", "or")
	if _, k := find(r.g.words, r.pieces, from, "and"); (opened || suspended) && k > after {
		joint, after = phrase{kind: "to"}, k
	}
	if after == from || joint.keys != nil && joint.keys[0] == "and" && !opened && !suspended || !opened && at > i {
		return found{}, false
	}
	b, ok := r.measure(after)
	if !ok || b.class == Ordinal || b.core.vague || b.article {
		return found{}, false
	}
	if (b.core.scale >= 1000 || suspended && b.core.scale >= 100) && a.core.scale == 0 && a.value < 1000 && a.value < b.value/b.core.scale {
		a.value *= b.core.scale // "3 tot 4 miljoen"
	}
	if a.value >= b.value || a.unit != "" && a.unit != b.unit || joint.kind == "or" && b.value > 2*a.value {
		return found{}, false
	}
	f := b
	f.start, f.core.start = i, a.core.start
	f.low, f.high = number(a.value), number(b.value)
	if f.class == Cardinal || f.class == Fraction {
		f.class = Range
	}
	if f.unit == "" {
		f.unit = a.unit
	}
	return f, true
}

// isSuspended tells whether a number leaves its scale to the next one: the hyphen
// of "zes- en zevenduizend".
func (r *reader) isSuspended(i int) bool {
	return i+1 < len(r.pieces) && r.pieces[i].Text == "-" && !r.pieces[i].Space && r.pieces[i+1].Space
}
