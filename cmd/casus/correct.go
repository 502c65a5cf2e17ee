package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"
	"time"

	"casus"
	"casus/ledger"
	"casus/picture"
)

type correctCmd struct {
	Accept correctAcceptCmd `cmd:"" help:"Say that a record is right as it stands."`
	Reject correctRejectCmd `cmd:"" help:"Say that a record is wrong: it leaves the answers."`
	Amend  correctAmendCmd  `cmd:"" help:"Say how a record should read."`
	Decide correctDecideCmd `cmd:"" help:"Say which side of a contradiction is right."`
	Undo   correctUndoCmd   `cmd:"" help:"Take a correction back, by its number."`
	List   correctListCmd   `cmd:"" help:"List the corrections, of all or of one record or actor."`
}

// signed says who corrects and why; every correction has it.
type signed struct {
	Author string `help:"Who says so (default: $CASUS_AUTHOR, else your name on this machine)." env:"CASUS_AUTHOR" placeholder:"NAME"`
	Reason string `help:"Why." placeholder:"TEXT"`
}

// correction begins one with author and reason.
func (s signed) correction(action ledger.Action) (ledger.Correction, error) {
	if s.Author == "" {
		if u, err := user.Current(); err == nil {
			s.Author = u.Username
		}
	}
	if strings.TrimSpace(s.Reason) == "" && action != ledger.Accept {
		return ledger.Correction{}, &casus.Error{Code: casus.Invalid, Input: "--reason", Problem: "a correction needs a reason", Advice: "Add --reason TEXT."}
	}
	return ledger.Correction{Action: action, Author: s.Author, Reason: s.Reason, Seen: -1}, nil
}

// correct stores a correction and says by what number it can be taken back.
func (d *desk) correct(c ledger.Correction) error {
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	stored, err := l.Correct(d.ctx, c)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(d.stdout, "Correction %d: %s. To take it back: casus correct undo %d\n", stored.Number, describe(stored), stored.Number)
	return err
}

// corrections lists what analysts have said in the ledger.
func (d *desk) corrections() ([]ledger.Correction, error) {
	l, err := openLedger(d, false)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	return l.Corrections(d.ctx, ledger.CorrectionQuery{})
}

// describe says in a few words what a correction does.
func describe(c ledger.Correction) string {
	switch c.Action {
	case ledger.Amend:
		return fmt.Sprintf("%s reads %s", c.Record, what(*c.Amended))
	case ledger.AddActor, ledger.Alias:
		return fmt.Sprintf("%s is called %s", c.Actor, strings.Join(c.Names, ", "))
	case ledger.Merge:
		return fmt.Sprintf("%s is %s", c.Actor, c.Into)
	case ledger.Split:
		return fmt.Sprintf("%s is %s in %d records", c.Actor, c.Into, len(c.Records))
	case ledger.Grade:
		return fmt.Sprintf("%s is graded %s", c.Source, c.Reliability)
	case ledger.Join:
		return fmt.Sprintf("%s tell of one thing", idList(c.Records))
	case ledger.Part:
		return fmt.Sprintf("%s is another thing than %s", idList(c.Records), idList(c.Others))
	case ledger.Decide:
		return fmt.Sprintf("of the %s, %s is right, not %s", c.About, idList(c.Records), idList(c.Others))
	case ledger.Undo:
		return fmt.Sprintf("%d no longer counts", c.Undoes)
	}
	return fmt.Sprintf("%s %s", c.Action, c.Record)
}

func idList(ids []casus.RecordID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return strings.Join(out, ", ")
}

type correctAcceptCmd struct {
	signed
	Record string `arg:"" help:"The record's id."`
}

// Run accepts a record.
func (c *correctAcceptCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Accept)
	if err != nil {
		return err
	}
	correction.Record = casus.RecordID(c.Record)
	return d.correct(correction)
}

type correctRejectCmd struct {
	signed
	Record string `arg:"" help:"The record's id."`
}

// Run rejects a record.
func (c *correctRejectCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Reject)
	if err != nil {
		return err
	}
	correction.Record = casus.RecordID(c.Record)
	return d.correct(correction)
}

type correctAmendCmd struct {
	signed
	Record string   `arg:"" help:"The record's id."`
	Set    []string `help:"A field of the record's JSON and what it should be, as target=afg or status=possible; lists with commas; may be given again." placeholder:"FIELD=VALUE" sep:"none"`
	From   string   `help:"A file with the whole record as JSON; - is standard input." placeholder:"FILE"`
}

// Run amends a record.
func (c *correctAmendCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Amend)
	if err != nil {
		return err
	}
	correction.Record = casus.RecordID(c.Record)
	var amended casus.Record
	if c.From != "" {
		amended, err = recordFrom(d, c.From)
	} else {
		amended, err = c.changed(d)
	}
	if err != nil {
		return err
	}
	correction.Amended = &amended
	return d.correct(correction)
}

func recordFrom(d *desk, file string) (r casus.Record, err error) {
	in := d.stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return r, &casus.Error{Code: casus.Unreadable, Input: file, Problem: "cannot be opened", Err: err}
		}
		defer f.Close()
		in = f
	}
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return r, &casus.Error{Code: casus.Invalid, Input: file, Problem: "this is not a record in JSON", Err: err, Advice: "docs/RECORDS.md says how one is written."}
	}
	return r, nil
}

// changed is the record as it stands with the fields that were set.
func (c *correctAmendCmd) changed(d *desk) (r casus.Record, err error) {
	if len(c.Set) == 0 {
		return r, &casus.Error{Code: casus.Invalid, Input: c.Record, Problem: "nothing is said of how it should read", Advice: "Add --set FIELD=VALUE or --from FILE."}
	}
	l, err := openLedger(d, false)
	if err != nil {
		return r, err
	}
	defer l.Close()
	e, err := l.Record(d.ctx, casus.RecordID(c.Record))
	if err != nil {
		return r, err
	}
	fields, err := fieldsOf(e.Record)
	if err != nil {
		return r, err
	}
	for _, set := range c.Set {
		name, value, ok := strings.Cut(set, "=")
		was, there := fields[name]
		if !ok || !there && name != "mode" && name != "hedge" && name != "by_as" {
			return r, &casus.Error{Code: casus.Invalid, Input: set, Problem: "this is not FIELD=VALUE with a field of the record", Advice: "casus timeline --json shows its fields."}
		}
		if fields[name], err = fieldValue(name, value, was); err != nil {
			return r, err
		}
	}
	data, err := json.Marshal(fields)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return r, &casus.Error{Code: casus.Invalid, Input: strings.Join(c.Set, " "), Problem: "the record cannot read so", Err: err}
	}
	return r, nil
}

func fieldsOf(r casus.Record) (map[string]any, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var fields map[string]any
	return fields, json.Unmarshal(data, &fields)
}

// fieldValue reads what a field should be, in the form of what it was: a list,
// a period (DAY or DAY..DAY), a number, a truth, words; empty is none.
func fieldValue(name, value string, was any) (any, error) {
	switch was.(type) {
	case []any:
		list := []string{}
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list = append(list, part)
			}
		}
		return list, nil
	case map[string]any:
		from, to, stretch := strings.Cut(value, "..")
		if !stretch {
			to = from
		}
		period := map[string]any{"from": nil, "to": nil, "precision": "day"}
		for key, day := range map[string]string{"from": from, "to": to} {
			if day == "" {
				continue
			}
			if _, err := parseDay(name, day); err != nil {
				return nil, err
			}
			period[key] = day
		}
		return period, nil
	case float64:
		if value == "" {
			return nil, nil
		}
		return strconv.ParseFloat(value, 64)
	case bool:
		return strconv.ParseBool(value)
	case nil:
		if n, err := strconv.ParseFloat(value, 64); err == nil && (name == "low" || name == "high") {
			return n, nil
		}
	}
	if value == "" {
		return nil, nil
	}
	return value, nil
}

type correctUndoCmd struct {
	signed
	Number int64 `arg:"" help:"The correction's number."`
}

// Run takes a correction back.
func (c *correctUndoCmd) Run(d *desk) error {
	correction, err := c.correction(ledger.Undo)
	if err != nil {
		return err
	}
	correction.Undoes = c.Number
	return d.correct(correction)
}

type correctListCmd struct {
	format
	Subject string `arg:"" optional:"" help:"A record or an actor, by its id."`
}

// Run lists corrections.
func (c *correctListCmd) Run(d *desk) error {
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	list, err := l.Corrections(d.ctx, ledger.CorrectionQuery{Subject: c.Subject})
	if err != nil {
		return err
	}
	g := grid{columns: []string{"number", "when", "who", "counts", "what", "why"}, empty: "Nobody has corrected anything."}
	for _, each := range list {
		counts := "yes"
		if each.Undone != 0 {
			counts = fmt.Sprintf("undone by %d", each.Undone)
		}
		g.rows = append(g.rows, []string{fmt.Sprint(each.Number), each.Recorded.Local().Format(time.DateTime), each.Author, counts, describe(each), each.Reason})
	}
	return d.print(c.format, list, g)
}

type historyCmd struct {
	clocks
	exported
	Record string `arg:"" help:"The record's id."`
}

// Run lists the versions of a record that ever stood.
func (c *historyCmd) Run(d *desk) error {
	return c.ask(d, picture.Question{}, nil, func(p *picture.Picture, q picture.Question) error {
		versions, err := p.History(d.ctx, casus.RecordID(c.Record), q)
		if err != nil {
			return err
		}
		return d.answer(c.exported, versions, versionsInRows(versions))
	})
}

func versionsInRows(versions []ledger.Entry) grid {
	g := grid{columns: []string{"from", "until", "by", "status", "what"}, empty: "It never stood in the answers."}
	for _, v := range versions {
		until, by := "now", "reader "+v.Made.Reader
		if !v.Superseded.IsZero() {
			until = v.Superseded.Local().Format(time.DateTime)
		}
		if v.Correction != 0 {
			by = fmt.Sprintf("correction %d", v.Correction)
		}
		g.rows = append(g.rows, []string{v.Recorded.Local().Format(time.DateTime), until, by, state(v.Record), what(v.Record)})
	}
	return g
}
