package displacement

import (
	"runtime"
	"sync/atomic"
	"time"
)

// units is into how many parts the people of a run are divided for sharing the
// work, by a hash of their state. It is the same on any number of cores, many
// enough that eight cores wait little for each other, few enough that visiting
// empty ones costs nothing to speak of.
const units = 64

// crew shares the units of one run's phases among one who leads and those who
// help. Each works through the units from a place of its own, so that what a unit
// holds mostly stays in the cache of one core, and takes those that nobody has
// taken; the leader alone waits until all are done, and does what cannot be shared
// in between. Helpers may come at any time, and one that the system keeps from
// running keeps up nobody but with the unit that it is at.
type crew struct {
	hands  []*hand // the first is the leader's
	joined atomic.Int32
	wake   chan struct{}

	work func(h *hand, unit int) // of this phase
	_    [64]byte                // what is written often shares no cache line with what is not

	phase  atomic.Uint32 // of those that are shared
	over   atomic.Bool   // there will be no more phases
	asleep atomic.Int32  // helpers
	_      [64]byte

	done  atomic.Int32         // units of this phase
	taken [units]atomic.Uint32 // by unit, the last phase in which somebody took it
}

// assemble makes room for those who may work.
func (c *crew) assemble(hands []*hand) {
	c.hands, c.wake = hands, make(chan struct{}, len(hands))
	c.joined.Store(1)
}

// do has all units of a phase done. A small phase is not worth sharing.
func (c *crew) do(work func(h *hand, unit int), small bool) {
	if small || c.joined.Load() == 1 {
		for unit := range units {
			work(c.hands[0], unit)
		}
		return
	}
	c.work = work
	c.done.Store(0)
	phase := c.phase.Add(1)
	for range c.asleep.Load() {
		select {
		case c.wake <- struct{}{}:
		default:
		}
	}
	c.take(0, phase)
	for idle := 1; c.done.Load() < units; idle++ {
		switch {
		case idle > weariness: // the system keeps a helper from running: do not stand in its way
			time.Sleep(50 * time.Microsecond)
		case idle%patience == 0:
			runtime.Gosched()
		}
	}
}

// take does the units of a phase that nobody has taken.
func (c *crew) take(id int, phase uint32) {
	first := id * units / len(c.hands)
	n := int32(0)
	for i := range units {
		unit := (first + i) % units
		if c.taken[unit].Load() == phase-1 && c.taken[unit].CompareAndSwap(phase-1, phase) {
			c.work(c.hands[id], unit)
			n++
		}
	}
	c.done.Add(n)
}

// Somebody who waits looks so often before letting others on the core. Before
// going to sleep one who leads looks for some tens of microseconds, longer than a
// unit takes; a helper for some hundreds, longer than what the leader does alone
// between two phases, since waking up takes long on a busy machine.
const patience, weariness, idleness = 64, 64 * 256, 64 * 1024

// join makes somebody a helper and returns by what number the crew knows the
// helper; there must be room.
func (c *crew) join() int { return int(c.joined.Add(1)) - 1 }

// help works for a crew until its run is over.
func (c *crew) help(id int) {
	last := uint32(0) // phase that this helper has worked at
	for idle := 1; !c.over.Load(); idle++ {
		switch phase := c.phase.Load(); {
		case phase != last:
			c.take(id, phase)
			last, idle = phase, 0
		case idle%idleness == 0:
			c.asleep.Add(1)
			// The leader publishes first and looks for sleepers then, so one of both sees the other.
			if c.phase.Load() == last && !c.over.Load() {
				<-c.wake
			}
			c.asleep.Add(-1)
		case idle%patience == 0:
			runtime.Gosched()
		}
	}
}

// dismiss sends all helpers away.
func (c *crew) dismiss() {
	c.over.Store(true)
	close(c.wake)
}
