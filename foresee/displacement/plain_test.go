package displacement

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// person is somebody of the plain model.
type person struct {
	place, link int // one of them is -1
	km, today   float64
}

// plainRun is the model as DISPLACEMENT.md tells it, with Flee's settings: one
// person after the other, in the order in which they came, each choice counted
// at once. It is slow and plain, and the cohorts are held to it.
func plainRun(m *Model, seed uint64) [][]float64 {
	rng := rand.New(rand.NewPCG(seed, 77))
	w := newWorld(m, seed, 1) // zones, closures, weights and counts are the same; who is where is not
	var people []person
	settle := func(place int, n int64) {
		for range n {
			people = append(people, person{place: place, link: -1})
		}
	}
	for i, n := range w.present {
		settle(i, n)
	}
	choose := func(p *person) {
		if rng.Float64() >= w.leave[p.place] {
			return
		}
		ways := w.paths.from[p.place]
		weights := make([]float64, len(ways))
		total, last := w.weigh(ways, false, ordinary, weights)
		if last < 0 {
			return
		}
		u, way := rng.Float64()*total, ways[last]
		for i, x := range weights {
			if u -= x; u < 0 {
				way = ways[i]
				break
			}
		}
		dest := w.paths.dest[way]
		if w.camp[dest] && w.room(dest) < 0.5 {
			return
		}
		w.present[p.place]--
		p.place, p.link, p.km = -1, int(w.paths.first[way]), 0
	}
	var table [][]float64
	for day := range m.in.Days {
		w.day = day
		w.dawn()
		if n := m.arrivals[day] - w.debt; n >= 0 {
			w.debt = 0
			total := sum(w.wanted)
			for range n {
				u, from := rng.Float64()*total, 0
				for i, x := range w.wanted {
					if u -= x; u < 0 {
						from = i
						break
					}
				}
				settle(from, 1)
				w.present[from]++
			}
		} else {
			w.debt = -n
		}
		for i := range people {
			if people[i].place >= 0 {
				choose(&people[i])
			}
		}
		for i := range people {
			p := &people[i]
			for p.link >= 0 {
				l := &m.links[p.link]
				length, speed := float64(l.length)/perKM, float64(l.speed)/perKM
				p.km += speed
				p.today += speed
				if p.km <= length {
					break
				}
				p.today += length - p.km
				p.place = int(l.to)
				if w.closed[p.link] > 0 {
					p.place = int(l.from)
				}
				p.link = -1
				w.present[p.place]++
				if p.today < speed {
					choose(p)
				}
			}
			p.today = 0
		}
		row := make([]float64, len(w.present))
		for i, n := range w.present {
			row[i] = float64(n * int64(m.s.Hasten))
		}
		table = append(table, row)
	}
	return table
}

// TestCohortsAreAsPeopleOneByOne compares the mean of runs by cohorts with that
// of runs one by one where no camp fills up, so that the two are one distribution.
// (Where a small camp is besieged by more people a day than it has room for, its
// own size and the queue before it differ by some hundredths and more; what
// that makes of the error on real conflicts is the next test's.)
func TestCohortsAreAsPeopleOneByOne(t *testing.T) {
	in := valley()
	in.Places[2].Capacity = 0
	m, err := NewModel(in, Flee())
	if err != nil {
		t.Fatal(err)
	}
	const runs = 40
	mean := make([]float64, in.Days*len(in.Places))
	spread := make([]float64, len(mean))
	for seed := range uint64(runs) {
		for day, row := range plainRun(m, seed) {
			for i, n := range row {
				mean[day*len(row)+i] += n / runs
				spread[day*len(row)+i] += n * n / runs
			}
		}
	}
	e, err := RunEnsemble(context.Background(), in, []Settings{Flee()}, 1, runs)
	if err != nil {
		t.Fatal(err)
	}
	for day := range in.Days {
		for i, name := range e.Names {
			at := day*len(e.Names) + i
			// Five standard errors of the difference of two means, and half a person.
			error5 := 5 * math.Sqrt(2*max(spread[at]-mean[at]*mean[at], 1)/runs)
			if got := e.Mean(day, i); math.Abs(got-mean[at]) > error5+0.5 {
				t.Errorf("day %d, %s: %.1f by cohorts, %.1f one by one", day, name, got, mean[at])
			}
		}
	}
}

// TestCohortsErrAsPeopleOneByOne compares the errors on real conflicts.
func TestCohortsErrAsPeopleOneByOne(t *testing.T) {
	needGiven(t)
	if testing.Short() {
		t.Skip("a minute of moving people one by one")
	}
	for _, p := range six()[:2] {
		s := Flee()
		s.Hasten = 5
		c := p.read(t, s)
		m, err := NewModel(c.Input, s)
		if err != nil {
			t.Fatal(err)
		}
		columns := &Outcome{Names: make([]string, len(c.Input.Places)), Days: c.Input.Days}
		for i, place := range c.Input.Places {
			columns.Names[i] = place.Name
		}
		one := 0.0
		const runs = 3
		for seed := range uint64(runs) {
			columns.People = columns.People[:0]
			for _, row := range plainRun(m, seed) {
				for _, n := range row {
					columns.People = append(columns.People, int32(n))
				}
			}
			one += Compare(c.Counts.Camps, columns.Table(c.Counts.Camps), c.Counts.Table(c.Input)).Rescaled / runs
		}
		cohorts := meanError(t, c, s, 5)
		t.Logf("%s: %.4f one by one, %.4f by cohorts", p.name, one, cohorts)
		if math.Abs(one-cohorts) > 0.01 {
			t.Errorf("%s: the error is %.4f one by one and %.4f by cohorts", p.name, one, cohorts)
		}
	}
}
