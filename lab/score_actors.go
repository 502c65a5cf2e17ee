package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// standIns says whom an actor id stands for when records are compared: the
// first segment of its path, and for a person the actor that the person acts
// for at the record's date. An id that the gold does not use is read as the
// gold actor of the same name, if there is one.
type standIns struct {
	offices map[string][]office // a person's, by id
	persons map[string]string   // a person's id by "person/" and a name's slug
	known   map[string]bool     // first segments that the gold uses
	named   map[string]string   // a first segment of the gold by a name's slug
}

// office is whom a person acts for, and when.
type office struct {
	Actor string `json:"actor"`
	From  any    `json:"from"`
	To    any    `json:"to"`
}

func newStandIns() *standIns {
	return &standIns{offices: map[string][]office{}, persons: map[string]string{}, known: map[string]bool{}, named: map[string]string{}}
}

// read takes in a file of actors; gold tells those of the gold from a predictor's.
func (s *standIns) read(path string, gold bool) error {
	_, err := readRows(path, func(r row) error {
		id, ok := r["id"].(string)
		if !ok {
			return nil
		}
		var a struct {
			Names   []string `json:"names"`
			ActsFor []office `json:"acts_for"`
		}
		line, err := json.Marshal(r)
		if err == nil {
			err = json.Unmarshal(line, &a)
		}
		if err != nil {
			return fmt.Errorf("not an actor: %w", err)
		}
		for _, o := range a.ActsFor {
			if o.Actor == "" {
				return errors.New("not an actor: acts_for names no actor")
			}
		}
		s.add(id, a.Names, a.ActsFor, gold)
		return nil
	})
	return err
}

// add takes in one actor; what is known first stays.
func (s *standIns) add(id string, names []string, offices []office, gold bool) {
	if person, ok := strings.CutPrefix(id, "person/"); ok {
		if _, known := s.offices[id]; !known {
			s.offices[id] = offices
		}
		for _, n := range append([]string{person}, names...) {
			setDefault(s.persons, "person/"+slug(n), id)
		}
		return
	}
	head := firstSegment(id)
	switch {
	case gold:
		s.known[head] = true
		for _, n := range append([]string{strings.ReplaceAll(id, "/", "-")}, names...) {
			setDefault(s.named, slug(n), head)
		}
	case !s.known[head]:
		for _, n := range names {
			if same, ok := s.named[slug(n)]; ok {
				setDefault(s.named, slug(head), same)
			}
		}
	}
}

func setDefault(m map[string]string, key, value string) {
	if _, ok := m[key]; !ok {
		m[key] = value
	}
}

func firstSegment(id string) string {
	first, _, _ := strings.Cut(id, "/")
	return first
}

// head returns an id's first segment, or that of the gold actor of the same name.
func (s *standIns) head(id string) string {
	h := firstSegment(id)
	if s.known[h] {
		return h
	}
	if same, ok := s.named[slug(h)]; ok {
		return same
	}
	return h
}

// first returns whom an id stands for at a record's time; ok is false for what
// is no id. A person whose offices are all of another time stands for the first.
func (s *standIns) first(id, when any) (who string, ok bool) {
	name, ok := id.(string)
	if !ok {
		return "", false
	}
	rest, person := strings.CutPrefix(name, "person/")
	if !person {
		return s.head(name), true
	}
	known := s.persons["person/"+slug(rest)]
	offices := s.offices[known]
	at, dated := daysOf(when)
	for _, o := range offices {
		held, ok := daysOf(map[string]any{"from": o.From, "to": o.To})
		if !dated || ok && at.meets(held) {
			return s.head(o.Actor), true
		}
	}
	switch {
	case len(offices) > 0:
		return s.head(offices[0].Actor), true
	case known != "":
		return known, true
	}
	return name, true
}

// slug returns a name in plain small letters and digits, with - for what stands between.
func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(withoutAccents(name)) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		gap = true
	}
	return b.String()
}

func withoutAccents(s string) string {
	return strings.Map(func(r rune) rune {
		if norm.NFKD.PropertiesString(string(r)).CCC() != 0 {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

// days is a closed stretch of time; an open end lies at an end of the calendar.
type days struct{ from, to time.Time }

func (d days) meets(e days) bool { return !d.from.After(e.to) && !e.from.After(d.to) }

// daysOf reads a record's when; ok is false where it is not usable.
func daysOf(when any) (d days, ok bool) {
	w, ok := when.(map[string]any)
	if !ok {
		return days{}, false
	}
	d = days{time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}
	for _, end := range []struct {
		field string
		day   *time.Time
	}{{"from", &d.from}, {"to", &d.to}} {
		v := w[end.field]
		if v == nil {
			continue
		}
		if *end.day, ok = isoDay(v); !ok {
			return days{}, false
		}
	}
	return d, !d.from.After(d.to)
}

// isoDay reads 2021-07-05 or 20210705.
func isoDay(v any) (time.Time, bool) {
	s, _ := v.(string)
	for _, layout := range []string{"2006-01-02", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return t, true
		}
	}
	return time.Time{}, false
}
