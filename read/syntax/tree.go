package syntax

import "math"

// spanningTree returns for each word the head that gives the tree of the
// highest score in which exactly one word hangs from the root: 0 for the root,
// else the word's place plus one. Element i*stride+j scores head j of word i.
func spanningTree(scores []float32, stride, n int) []int {
	heads := make([]int, n)
	for i := range n {
		row := scores[i*stride : i*stride+n+1]
		for j, v := range row {
			if v > row[heads[i]] {
				heads[i] = j
			}
		}
	}
	if isTree(heads) {
		return heads
	}
	// One root only: every arc from the root pays more than a tree can gain, so
	// the best tree has as few as can be (Zmigrod et al. 2020).
	graph := make([][]float64, n+1)
	graph[0] = make([]float64, n+1)
	for i := range n {
		graph[i+1] = make([]float64, n+1)
		for j := range n + 1 {
			graph[i+1][j] = bounded(scores[i*stride+j])
		}
		graph[i+1][0] -= rootCost
	}
	best := arborescence(graph)
	copy(heads, best[1:])
	return heads
}

// Bounds that keep sums of scores below the cost of a second root.
const (
	rootCost     = 1e9
	largestScore = 1e5
)

// bounded returns a score within bounds; no number at all is the lowest.
func bounded(score float32) float64 {
	if score != score {
		return -largestScore
	}
	return max(-largestScore, min(largestScore, float64(score)))
}

// isTree tells whether heads have one root and no cycle.
func isTree(heads []int) bool {
	roots := 0
	seen := make([]int, len(heads)+1) // the walk that saw a node first
	for i, h := range heads {
		if h == 0 {
			roots++
		}
		at := i + 1
		for at != 0 && seen[at] == 0 {
			seen[at] = i + 1
			at = heads[at-1]
		}
		if at != 0 && seen[at] == i+1 {
			return false
		}
	}
	return roots == 1
}

// arborescence is the algorithm of Chu & Liu and Edmonds: graph[d][h] scores
// head h of node d, node 0 is the root. It contracts one cycle at a time, at
// most as many times as there are nodes.
func arborescence(graph [][]float64) []int {
	n := len(graph)
	heads := make([]int, n)
	for d := 1; d < n; d++ {
		best := -1
		for h := range n {
			if h != d && (best < 0 || graph[d][h] > graph[d][best]) {
				best = h
			}
		}
		heads[d] = best
	}
	cycle := findCycle(heads)
	if cycle == nil {
		return heads
	}
	inCycle := make([]bool, n)
	for _, d := range cycle {
		inCycle[d] = true
	}
	// The smaller graph keeps the nodes outside the cycle, and the cycle as its last.
	var outside []int
	for d := range n {
		if !inCycle[d] {
			outside = append(outside, d)
		}
	}
	small, enter, leave := contract(graph, heads, cycle, outside)
	answer := arborescence(small)
	last := len(outside)
	for i := 1; i < last; i++ {
		if answer[i] == last {
			heads[outside[i]] = leave[i]
		} else {
			heads[outside[i]] = outside[answer[i]]
		}
	}
	heads[enter[answer[last]]] = outside[answer[last]]
	return heads
}

// contract makes one node of a cycle. enter[i] is the node of the cycle by
// which outside node i would best break into it, leave[i] the one that would
// best govern outside node i.
func contract(graph [][]float64, heads, cycle, outside []int) (small [][]float64, enter, leave []int) {
	last := len(outside)
	small = make([][]float64, last+1)
	enter, leave = make([]int, last+1), make([]int, last+1)
	for i := range small {
		small[i] = make([]float64, last+1)
	}
	for i, d := range outside {
		for j, h := range outside {
			small[i][j] = graph[d][h]
		}
		out, in := math.Inf(-1), math.Inf(-1)
		for _, c := range cycle {
			if i > 0 && (graph[d][c] > out || leave[i] == 0) {
				out, leave[i] = graph[d][c], c
			}
			if gain := graph[c][d] - graph[c][heads[c]]; gain > in || enter[i] == 0 {
				in, enter[i] = gain, c
			}
		}
		small[i][last], small[last][i] = out, in
	}
	return small, enter, leave
}

// findCycle returns the nodes of one cycle of heads, nil where there is none.
func findCycle(heads []int) []int {
	seen := make([]int, len(heads))
	for start := 1; start < len(heads); start++ {
		at := start
		for at != 0 && seen[at] == 0 {
			seen[at] = start
			at = heads[at]
		}
		if at == 0 || seen[at] != start {
			continue
		}
		cycle := []int{at}
		for next := heads[at]; next != at; next = heads[next] {
			cycle = append(cycle, next)
		}
		return cycle
	}
	return nil
}
