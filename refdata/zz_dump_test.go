package refdata

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"casus"
)

func TestDumpAll(t *testing.T) {
	out := os.Getenv("DUMP")
	if out == "" {
		t.Skip()
	}
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	packed := []byte(packedCities)
	z, _ := gzip.NewReader(bytes.NewReader(packed))
	text, _ := io.ReadAll(z)
	var ids, names []string
	for line := range strings.Lines(string(text)) {
		if line[0] == '#' {
			continue
		}
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		for _, s := range []string{"", "-city", "-province", "-district", "-country"} {
			ids = append(ids, c[0]+s)
		}
		names = append(names, c[2])
		names = append(names, strings.Split(c[6], ";")...)
	}
	for _, f := range []string{"places.tsv", "countries.tsv"} {
		raw, _ := os.ReadFile(f)
		tb, _ := parseTable(f, string(raw))
		for _, r := range tb.rows {
			ids = append(ids, r.cell("id"))
			ids = append(ids, r.list("same_as")...)
			for _, col := range []string{"names_nl", "names_en", "names", "acronyms_nl"} {
				names = append(names, r.list(col)...)
			}
		}
	}
	slices.Sort(ids)
	slices.Sort(names)
	ids, names = slices.Compact(ids), slices.Compact(names)
	f, _ := os.Create(out)
	b := bufio.NewWriter(f)
	for _, id := range ids {
		p, ok := w.Place(casus.ActorID(id))
		fmt.Fprintf(b, "%s %v %+v\n", id, ok, p)
	}
	for _, n := range names {
		fmt.Fprintf(b, "%s %+v\n", n, w.PlacesNamed(n))
	}
	b.Flush()
	f.Close()
	fmt.Println(len(ids), len(names))
}
