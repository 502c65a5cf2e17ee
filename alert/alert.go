// Package alert holds what an analyst wants to hear of: the rules of a file
// that a person writes (see Parse), and the alerts that they raise as articles
// come into a ledger (see Watcher).
//
// It asks the ledger and the picture, and computes. What was raised is kept by
// package outbox, and brought to where it goes by package delivery.
package alert

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"casus/ledger"
)

// Cause is what a rule waited for.
type Cause string

const (
	OfRecord        Cause = "record"        // a record that meets the rule's conditions
	OfFirst         Cause = "first"         // one that names an actor, a pair, a type by a pair for the first time
	OfDeadline      Cause = "deadline"      // a commitment that is due within days
	OfContradiction Cause = "contradiction" // tellings that cannot all be right
	OfDrift         Cause = "drift"         // a pair whose dealings moved
)

// Alert is one thing that a rule waited for.
type Alert struct {
	// ID is made of the rule's name and the thing, so that the same is always
	// the same alert; "a" and twelve hex digits.
	ID    string `json:"id"`
	Rule  string `json:"rule"` // its name
	Cause Cause  `json:"cause"`
	Says  string `json:"says"` // what happened, in plain words
	// Entries are the records that it rests on, each with its words, its
	// article and its id; one at least.
	Entries []ledger.Entry `json:"entries"`
	Raised  time.Time      `json:"raised,omitzero"`

	// Keys name the thing in each of the ways in which it may be met again; see
	// Seen. The first is in ID.
	Keys []string `json:"-"`
}

// newAlert makes an alert of a rule about a thing with these keys.
func newAlert(rule string, cause Cause, says string, entries []ledger.Entry, keys ...string) Alert {
	a := Alert{Rule: rule, Cause: cause, Says: says, Entries: entries}
	for _, k := range keys {
		a.Keys = append(a.Keys, key(rule, string(cause), k))
	}
	sum := sha256.Sum256([]byte(a.Keys[0]))
	a.ID = "a" + hex.EncodeToString(sum[:6])
	return a
}

// key joins what names a thing; no part of it can have the separator.
func key(parts ...string) string {
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(p, "\x1f", " ")
	}
	return strings.Join(parts, "\x1f")
}

// Seen are the keys of alerts that were raised. A thing with a key that was
// seen is no news: it is told again, or it lasts. Its other keys are seen from
// then on too.
type Seen map[string]bool

// New tells whether an alert is news, and remembers it.
func (s Seen) New(a Alert) bool {
	news := true
	for _, k := range a.Keys {
		news = news && !s[k]
	}
	for _, k := range a.Keys {
		s[k] = true
	}
	return news
}
