package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"casus"
	"casus/alert"
	"casus/ledger"
	"casus/ledger/sqlite"
)

type watchCheckCmd struct {
	Rules    string `arg:"" help:"The rules file." placeholder:"RULES"`
	Days     int    `help:"Show what it would have raised in so many days up to --as-of (default 7)." default:"7" placeholder:"N"`
	AsOf     string `help:"The last of these days (default: today)." placeholder:"DAY"`
	Limit    int    `help:"Show at most this many alerts of a rule (default 3)." default:"3" placeholder:"N"`
	Language string `help:"Alerts in Dutch (nl) or English (en) (default: what the rules file says, else en)." placeholder:"CODE"`
	JSON     bool   `name:"json" help:"Print JSON."`
}

// checked is what a rule would have raised.
type checked struct {
	Rule   string        `json:"rule"`
	Line   int           `json:"line"`
	Raised int           `json:"raised"`
	Alerts []alert.Alert `json:"alerts"` // the first of them, as many as were asked for
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
	alerts, looked, err := c.replay(d, l, w, today)
	if err != nil {
		return err
	}
	if err := c.print(d, perRule(w.Rules(), alerts, c.Limit), looked, today); err != nil {
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

// replay raises what the articles that the desk got on these days, and the days
// themselves, would have raised, each once, and tells how many articles they are.
func (c *watchCheckCmd) replay(d *desk, l *sqlite.Ledger, w *alert.Watcher, today casus.Date) (out []alert.Alert, articles int, err error) {
	all, err := articlesSince(d.ctx, l, time.Time{})
	if err != nil {
		return nil, 0, err
	}
	fresh := slices.DeleteFunc(all, func(a ledger.ArticleEntry) bool {
		known := casus.DateOf(a.Known.UTC())
		return known <= today.AddDays(-c.Days) || known > today
	})
	raised, err := w.Arrived(d.ctx, fresh)
	if err != nil {
		return nil, 0, err
	}
	for day := today.AddDays(1 - c.Days); day <= today; day = day.AddDays(1) {
		standing, err := w.Standing(d.ctx, day)
		if err != nil {
			return nil, 0, err
		}
		raised = append(raised, standing...)
	}
	seen := alert.Seen{}
	return slices.DeleteFunc(raised, func(a alert.Alert) bool { return !seen.New(a) }), len(fresh), nil
}

// perRule sorts alerts by their rule, in the order of the file.
func perRule(rules []alert.Rule, alerts []alert.Alert, limit int) []checked {
	out := []checked{}
	for _, r := range rules {
		c := checked{Rule: r.Name, Line: r.At.Line, Alerts: []alert.Alert{}}
		for _, a := range alerts {
			if a.Rule != r.Name {
				continue
			}
			if c.Raised++; c.Raised <= limit {
				c.Alerts = append(c.Alerts, a)
			}
		}
		out = append(out, c)
	}
	return out
}

// print shows each rule with what it would have raised.
func (c *watchCheckCmd) print(d *desk, list []checked, articles int, today casus.Date) error {
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
