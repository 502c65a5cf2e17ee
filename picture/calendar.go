package picture

import (
	"fmt"
	"strings"
	"time"

	"casus/ledger"
)

// Calendar writes the deadlines of commitments as an iCalendar file (RFC 5545):
// an event of a whole day each, with the sentences it rests on. Now is the
// moment at which it is written. What has no deadline is left out.
func Calendar(list []Promise, now time.Time) string {
	var b strings.Builder
	line := func(name, value string) { b.WriteString(folded(name+":"+value) + "\r\n") }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Casus//deadlines//EN")
	for _, p := range list {
		c := commitment(p.Entries[0])
		if c == nil || p.Deadline == 0 {
			continue
		}
		line("BEGIN", "VEVENT")
		line("UID", string(p.Entries[0].ID)+"@casus")
		line("DTSTAMP", now.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE", strings.ReplaceAll(p.Deadline.String(), "-", ""))
		line("SUMMARY", escaped(fmt.Sprintf("%s owes %s: %s (%s)", c.Debtor, c.Beneficiary, c.Duty, p.State)))
		line("DESCRIPTION", escaped(sentences(p.Entries)))
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.String()
}

// sentences are the quotes of entries, a line each, with where they stand.
func sentences(list []ledger.Entry) string {
	var out []string
	for _, e := range list {
		from := string(e.Article.ID)
		if e.Article.Publisher != "" {
			from = e.Article.Publisher + ", " + from
		}
		out = append(out, fmt.Sprintf("“%s” (%s, %s)", e.Record.Quote, from, e.ID))
	}
	return strings.Join(out, "\n")
}

// escaped writes a text value as RFC 5545, 3.3.11, has it.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\r", "").Replace(s)
}

// folded breaks a line after at most 75 bytes, never within a character.
func folded(s string) string {
	const longest = 75
	var b strings.Builder
	n := 0
	for _, r := range s {
		size := len(string(r))
		if n+size > longest {
			b.WriteString("\r\n ")
			n = 1
		}
		b.WriteRune(r)
		n += size
	}
	return b.String()
}
