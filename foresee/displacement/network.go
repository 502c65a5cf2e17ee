package displacement

import "math"

// earthKM is the mean radius of the Earth (IUGG), in km.
const earthKM = 6371.0088

// GreatCircle returns the distance between two points in km, as the crow flies
// (the haversine formula on a sphere; true to half a percent).
func GreatCircle(lat1, lon1, lat2, lon2 float64) float64 {
	const radian = math.Pi / 180
	dLat, dLon := (lat2-lat1)*radian, (lon2-lon1)*radian
	h := math.Sin(dLat/2)*math.Sin(dLat/2) + math.Cos(lat1*radian)*math.Cos(lat2*radian)*math.Sin(dLon/2)*math.Sin(dLon/2)
	return 2 * earthKM * math.Asin(min(1, math.Sqrt(h)))
}

// Detour is by how much a road is longer than the crow flies, where nothing
// better is known: between the median and the mean of the routes of ten conflicts
// in the form of Flee (docs/EVALUATION.md).
const Detour = 1.3

// Network joins places into a relative neighbourhood graph: two places are
// joined unless a third is nearer to both than they are to each other (G.
// Toussaint, Pattern Recognition 12 (1980)). That graph holds the shortest tree,
// so all places hang together, and it looks like roads between towns: few
// crossings, no long link past a place on the way. A route is detour times as
// long as the great circle, and at least 1 km. Pairs in given, in either
// direction, keep the analyst's route in place of ours.
func Network(places []Place, detour float64, given []Route) []Route {
	n := len(places)
	km := make([]float64, n*n)
	for i, a := range places {
		for j, b := range places {
			km[i*n+j] = GreatCircle(a.Lat, a.Lon, b.Lat, b.Lon)
		}
	}
	known := make(map[[2]string]bool, len(given))
	for _, r := range given {
		known[[2]string{r.A, r.B}], known[[2]string{r.B, r.A}] = true, true
	}
	routes := given[:len(given):len(given)]
	for i := range n {
		for j := range i {
			if known[[2]string{places[i].Name, places[j].Name}] || !neighbours(km, n, i, j) {
				continue
			}
			routes = append(routes, Route{A: places[j].Name, B: places[i].Name, KM: max(1, detour*km[i*n+j])})
		}
	}
	return routes
}

// neighbours tells whether no third place is nearer to both i and j than they
// are to each other.
func neighbours(km []float64, n, i, j int) bool {
	for k := range n {
		if k != i && k != j && max(km[i*n+k], km[j*n+k]) < km[i*n+j] {
			return false
		}
	}
	return true
}
