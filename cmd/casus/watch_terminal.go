package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"casus"
	"casus/alert"
	"casus/alert/outbox"
	"casus/refdata"
)

// terminal prints alerts. It cannot tell what it showed before it was killed:
// what may have been shown then says so.
type terminal struct {
	out   io.Writer
	json  bool
	again string
}

func newTerminal(out io.Writer, json bool, language string) *terminal {
	again := "may have been shown before"
	if language == "nl" {
		again = "misschien al getoond"
	}
	return &terminal{out, json, again}
}

func (*terminal) Name() string { return "terminal" }
func (*terminal) Most() int    { return 10 }

// Deliver prints the alerts.
func (t *terminal) Deliver(_ context.Context, parcels []outbox.Parcel) error {
	var b strings.Builder
	for _, p := range parcels {
		if t.json {
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(p.Alert); err != nil {
				return err
			}
			continue
		}
		mark := ""
		if p.Begun {
			mark = " (" + t.again + ")"
		}
		b.WriteString(written(p.Alert, mark, width(t.out)))
	}
	_, err := io.WriteString(t.out, b.String())
	return err
}

// written is an alert as a person reads it: the rule, what happened, and the
// words that it rests on.
func written(a alert.Alert, mark string, width int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "● %s%s\n", plainText(a.Rule), mark)
	indented := func(s string) {
		for line := range strings.SplitSeq(text.WrapSoft(plainText(s), max(width-2, narrowest)), "\n") {
			b.WriteString("  " + strings.TrimRight(line, " ") + "\n")
		}
	}
	indented(a.Says)
	for _, e := range a.Entries {
		indented("“" + e.Record.Quote + "”")
		indented("— " + from(e.Article) + ", " + published(e.Article) + ", " + string(e.ID))
	}
	return b.String()
}

// namer is how reference data calls actors in a language: by the first name,
// else the first acronym, that it has; "" for those that it does not know.
func namer(world *refdata.World, language string) func(casus.ActorID) string {
	first := map[casus.ActorID]string{}
	for _, classes := range [][]refdata.AliasClass{{refdata.Name, refdata.PlaceName}, {refdata.Acronym}} {
		for _, a := range world.Aliases(language) {
			if _, ok := first[a.ID]; !ok && slices.Contains(classes, a.Class) {
				first[a.ID] = a.Text
			}
		}
	}
	return func(id casus.ActorID) string { return first[id] }
}
