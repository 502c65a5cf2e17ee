package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"casus"
	"casus/alert"
)

type watchCheckCmd struct {
	Rules    string `arg:"" help:"The rules file." placeholder:"RULES"`
	Days     int    `help:"Show what it would have raised in so many days up to --as-of (default 7)." default:"7" placeholder:"N"`
	AsOf     string `help:"The last of these days (default: today)." placeholder:"DAY"`
	Limit    int    `help:"Show at most this many alerts of a rule (default 3)." default:"3" placeholder:"N"`
	Language string `help:"Alerts in Dutch (nl) or English (en) (default: what the rules file says, else en)." placeholder:"CODE"`
	JSON     bool   `name:"json" help:"Print JSON."`
}

// Run checks a rules file. Nothing is kept or delivered.
func (c *watchCheckCmd) Run(d *desk) error {
	today, err := parseDay("--as-of", c.AsOf)
	if err != nil {
		return err
	}
	if today == 0 {
		today = casus.DateOf(d.now())
	}
	if c.Days < 0 || c.Days > alert.MaxDays || c.Limit < 0 {
		return &casus.Error{Code: casus.Invalid, Input: fmt.Sprintf("--days %d --limit %d", c.Days, c.Limit), Problem: "these are no such numbers", Advice: fmt.Sprintf("Days are from 0 to %d.", alert.MaxDays)}
	}
	data, err := readRules(c.Rules)
	if err != nil {
		return err
	}
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	rules, wrong := alert.Parse(c.Rules, data)
	w, _, unresolved, err := newWatcher(d.ctx, l, rules, c.Language)
	if err != nil {
		return err
	}
	wrong = alert.InOrder(append(wrong, unresolved...))
	alerts, looked, err := w.Replay(d.ctx, c.Days, today, nil)
	if err != nil {
		return err
	}
	if err := c.print(d, w.PerRule(alerts, c.Limit), looked, today); err != nil {
		return err
	}
	for _, err := range wrong {
		fmt.Fprintln(d.stderr, plainText("casus: "+err.Error()))
	}
	if len(wrong) > 0 {
		return errFailed
	}
	return nil
}

// print shows each rule with what it would have raised.
func (c *watchCheckCmd) print(d *desk, list []alert.Checked, articles int, today casus.Date) error {
	if c.JSON {
		enc := json.NewEncoder(d.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(list)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "In %s up to %s the desk got %s.\n", plural(c.Days, "day"), today, plural(articles, "article"))
	for _, r := range list {
		fmt.Fprintf(&b, "\nLine %d, %s: %s\n", r.Line, plainText(r.Rule), plural(r.Raised, "alert"))
		for _, a := range r.Alerts {
			b.WriteString(written(a, "", width(d.stdout)))
		}
		if rest := r.Raised - len(r.Alerts); rest > 0 && len(r.Alerts) > 0 {
			fmt.Fprintf(&b, "  … and %d more\n", rest)
		}
	}
	_, err := fmt.Fprint(d.stdout, b.String())
	return err
}
