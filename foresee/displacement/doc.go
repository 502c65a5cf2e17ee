// Package displacement answers where people flee to when there is fighting:
// how many, how fast, with bands of uncertainty. Zones of fighting send people
// onto a network of places and routes, day by day; each of them leaves with a
// chance that the kind of place sets, and chooses a way by distance, by what
// stands at its end and by how full that is (the model of Suleimenova, Bell and
// Groen, Scientific Reports 7, 13377 (2017), and its successors).
//
// People at one place who have behind them what matters to the rules are
// interchangeable: the rules cannot tell one from the other. So the engine
// moves cohorts, each a count, and draws how many of them leave and which way
// they take from the binomial and multinomial distributions, instead of tossing
// a coin for each person. A million people cost what a hundred do.
//
// The one thing that a count cannot follow is how within one day each person
// who enters a camp makes it fuller for the next one who chooses. The engine
// moves a day's people in rounds (all who choose in the morning, all who arrive
// and choose again, and so on), and the camps' counts move between rounds.
//
// The cores of a machine take a run each as long as there are runs that nobody has
// begun, and then help with those under way (crew): people are divided into units by
// a hash of their state, draws are keyed by that state, and what one phase leaves
// behind does not depend on the order in which its units are done.
//
// The package is pure: it knows no ledger and no net, and the same seed gives
// the same run on any number of cores.
package displacement
