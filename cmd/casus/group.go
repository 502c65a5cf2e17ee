package main

import (
	"fmt"
	"strings"
	"time"

	"casus"
	"casus/ledger"
	"casus/picture"
)

type groupCmd struct {
	Show  groupShowCmd   `cmd:"" help:"Show the thing that a record tells of, as all tell it."`
	Join  groupJoinCmd   `cmd:"" help:"Say that records tell of one and the same thing."`
	Split groupSplitCmd  `cmd:"" help:"Say that records tell of another thing than the rest of their group."`
	Undo  correctUndoCmd `cmd:"" help:"Take a correction back, by its number."`
}

type groupShowCmd struct {
	clocks
	exported
	Record string `arg:"" help:"The record's id."`
}

// Run prints a thing with its tellings.
func (c *groupShowCmd) Run(d *desk) error {
	return c.ask(d, picture.Question{}, nil, func(p *picture.Picture, q picture.Question) error {
		if d.note != "" {
			return d.print(c.format, struct{}{}, entries(nil, "", ""))
		}
		thing, err := p.Thing(d.ctx, casus.RecordID(c.Record), q)
		if err != nil {
			return err
		}
		if !c.plain() {
			return d.answer(c.exported, thing, entries(thing.Entries, "", "", dayColumn, whatColumn, statusColumn, byColumn))
		}
		_, err = fmt.Fprint(d.stdout, thingInWords(thing))
		return err
	})
}

// thingInWords writes a thing: how surely it is one, on whose word it rests,
// its tellings, where they contradict each other, and what analysts said.
func thingInWords(t picture.Thing) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, from %s: %s\n", plural(len(t.Entries), "record"), plural(len(t.Origins), "origin"), plainText(originNames(t.Origins)))
	if len(t.Entries) > 1 {
		fmt.Fprintf(&b, "  one thing: %s\n", sureness(t.Sure, t.Likely))
	}
	fmt.Fprintf(&b, "  graded %s\n", gradeInWords(*t.Grade))
	for _, e := range t.Entries {
		fmt.Fprintf(&b, "  %s  %s  %s\n    “%s”\n    %s\n", e.Record.When, what(e.Record), state(e.Record), plainText(e.Record.Quote),
			plainText(from(e.Article)+", "+published(e.Article)+", "+string(e.ID)))
	}
	for _, c := range t.Contradictions {
		b.WriteString("\n" + sideBySide(c))
	}
	if len(t.Hand) > 0 {
		b.WriteString("\n")
	}
	for _, c := range t.Hand {
		undone := ""
		if c.Undone != 0 {
			undone = fmt.Sprintf(" (taken back by %d)", c.Undone)
		}
		fmt.Fprintf(&b, "Correction %d, %s, %s: %s%s, because: %s\n", c.Number, c.Recorded.Local().Format(time.DateTime), plainText(c.Author), describe(c), undone, plainText(c.Reason))
	}
	return b.String()
}

// sureness is a probability of ours in the words of ICD 203, and as a number,
// which is never nought or one: so sure nobody is.
func sureness(sure float64, word picture.Likelihood) string {
	return fmt.Sprintf("%s (%.2f)", word, min(max(sure, 0.01), 0.99))
}

// gradeInWords is a grade with what its letter and figure mean.
func gradeInWords(g picture.Grade) string {
	return fmt.Sprintf("%s: %s; %s", g, picture.Admiralty(string(g.Reliability), "en"), picture.Admiralty(fmt.Sprint(int(g.Credibility)), "en"))
}

func originNames(list []picture.Origin) string {
	var out []string
	for _, o := range list {
		out = append(out, o.String())
	}
	return strings.Join(out, ", ")
}

type groupJoinCmd struct {
	signed
	Records []string `arg:"" name:"record" help:"Records of one kind, by their ids; two at least."`
}

// Run joins records.
func (c *groupJoinCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Join)
	if err != nil {
		return err
	}
	correction.Records = recordIDs(c.Records)
	return d.correctCompleted(correction)
}

type groupSplitCmd struct {
	signed
	Records []string `arg:"" name:"record" help:"Records of one group, by their ids."`
}

// Run tells records apart from the rest of their group.
func (c *groupSplitCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Part)
	if err != nil {
		return err
	}
	correction.Records = recordIDs(c.Records)
	return d.correctCompleted(correction)
}

func recordIDs(list []string) []casus.RecordID {
	out := make([]casus.RecordID, len(list))
	for i, id := range list {
		out[i] = casus.RecordID(id)
	}
	return out
}

// correctCompleted stores a correction after the picture has filled in what it
// leaves out.
func (d *desk) correctCompleted(c ledger.Correction) error {
	err := ask(d, nil, func(p *picture.Picture) (err error) {
		c, err = p.Completed(d.ctx, c)
		return err
	})
	if err != nil {
		return err
	}
	return d.correct(c)
}

type correctDecideCmd struct {
	signed
	Record  string `arg:"" help:"A record of the side that is right."`
	Rivalry string `help:"In what the sides differ, where the record is in several contradictions: figures, status, blame, actors or dates." placeholder:"SORT"`
}

// Run says which side of a contradiction is right.
func (c *correctDecideCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Decide)
	if err != nil {
		return err
	}
	rivalry, err := choice("--rivalry", c.Rivalry, picture.Rivalries())
	if err != nil {
		return err
	}
	correction.Record, correction.About = casus.RecordID(c.Record), string(rivalry)
	return d.correctCompleted(correction)
}

// thingsInRows lists things, the first telling of each, with what it rests on.
func thingsInRows(list []picture.Group, empty string) grid {
	g := grid{columns: []string{"when", "what", "status", "grade", "told", "origins", "article", "record", "quote"}, sources: 2, empty: empty}
	for _, group := range list {
		e := group.Lead()
		grade := ""
		if group.Grade != nil {
			grade = group.Grade.String()
		}
		g.rows = append(g.rows, []string{e.Record.When.String(), what(e.Record), state(e.Record), grade, fmt.Sprintf("%d ×", len(group.Entries)),
			originNames(group.Origins), from(e.Article), string(e.ID), e.Record.Quote})
	}
	return g
}
