package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/refdata"
)

// write returns the table that refdata reads: see cityColumns there.
func write(src *sources, places []place) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Gazetteer: made by refdata/generate from npm %s, which repack GeoNames.\n", strings.Join(src.versions, " and "))
	b.WriteString("# (c) GeoNames, www.geonames.org, licence CC BY 4.0 (creativecommons.org/licenses/by/4.0). Changed: ids given, towns under\n")
	b.WriteString("# 15,000 people left out but for nine states, provinces and countries placed in the middle of their towns.\n")
	b.WriteString("# id, kind, name, latitude, longitude, people (empty: unknown), folded names separated by semicolons; by rising id.\n")
	for _, p := range places {
		lat, lon, people := "", "", ""
		if p.located {
			lat, lon = degrees(p.lat), degrees(p.lon)
		}
		if p.people > 0 {
			people = strconv.Itoa(p.people)
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.id, p.kind, p.name, lat, lon, people, strings.Join(keys(p.names), ";"))
	}
	return b.String()
}

// degrees writes a coordinate to about a hundred metres.
func degrees(d float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(d, 'f', 3, 64), "0"), ".")
}

func keys(names []string) []string {
	var out []string
	for _, name := range names {
		key := strings.ReplaceAll(strings.ReplaceAll(refdata.Fold(name), "-", " "), ";", " ")
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}
