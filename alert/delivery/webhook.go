package delivery

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"casus/alert"
	"casus/alert/outbox"
)

// Webhook posts each alert to an address as JSON, signed as the Standard
// Webhooks specification has it: webhook-id is the alert's id, the same however
// often it is sent; webhook-timestamp the moment of this try; and
// webhook-signature "v1," and the HMAC-SHA256 of "id.timestamp.body" in base64.
//
// The web has no delivery that is surely once: where the program dies, or the
// line breaks, between the other side's taking a message and our knowing it, it
// is sent again with the same webhook-id, by which the other side can tell.
type Webhook struct {
	name, url string
	sign      *standardwebhooks.Webhook
	client    *http.Client
	now       func() time.Time
}

// ShortestSecret is how many bytes a secret has at least.
const ShortestSecret = 16

// patience is how long an answer may take.
const patience = 15 * time.Second

// NewWebhook is the target of that name that posts to an address. The secret
// is taken as it is, without white space around it, or decoded where it is
// "whsec_" and base64.
func NewWebhook(name, url, secret string, now func() time.Time) (*Webhook, error) {
	key := []byte(strings.TrimSpace(secret))
	if coded, ok := strings.CutPrefix(string(key), "whsec_"); ok {
		var err error
		if key, err = base64.StdEncoding.DecodeString(coded); err != nil {
			return nil, errors.New("what follows whsec_ is no base64") // without the secret's bytes
		}
	}
	if len(key) < ShortestSecret {
		return nil, fmt.Errorf("it has %d bytes, and %d at least are needed", len(key), ShortestSecret)
	}
	sign, err := standardwebhooks.NewWebhookRaw(key)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Webhook{name, url, sign, client, now}, nil
}

// Name names the target as the rules do.
func (w *Webhook) Name() string { return "webhook " + w.name }

// Most is how many alerts one delivery takes.
func (w *Webhook) Most() int { return 1 }

// message is what is posted.
type message struct {
	Type      string      `json:"type"`      // "casus.alert"
	Timestamp time.Time   `json:"timestamp"` // when it was raised
	Data      alert.Alert `json:"data"`
}

// Deliver posts the parcels, each by itself.
func (w *Webhook) Deliver(ctx context.Context, parcels []outbox.Parcel) error {
	for _, p := range parcels {
		if err := w.post(ctx, p.Alert); err != nil {
			return err
		}
	}
	return nil
}

func (w *Webhook) post(ctx context.Context, a alert.Alert) error {
	body, err := json.Marshal(message{"casus.alert", a.Raised, a})
	if err != nil {
		return err
	}
	now := w.now()
	signature, err := w.sign.Sign(a.ID, now, body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "casus")
	r.Header.Set(standardwebhooks.HeaderWebhookID, a.ID)
	r.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(now.Unix(), 10))
	r.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	answer, err := w.client.Do(r)
	if err != nil {
		var where *url.Error // its text has the address, in which there may be a key
		if errors.As(err, &where) {
			err = where.Err
		}
		return fmt.Errorf("cannot be reached: %w", err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)); err != nil && answer.StatusCode/100 != 2 {
		return fmt.Errorf("answered %s, and broke off", answer.Status)
	}
	return judge(answer)
}

// judge tells what an answer means. A message that the other side finds wrong
// or too long will be so tomorrow; all else may pass, an address that is not
// there yet or a key that is wrong too.
func judge(answer *http.Response) error {
	err := fmt.Errorf("answered %s", answer.Status)
	switch answer.StatusCode {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		return &Refused{err}
	}
	if answer.StatusCode/100 == 2 {
		return nil
	}
	if seconds, bad := strconv.Atoi(answer.Header.Get("Retry-After")); bad == nil && seconds > 0 {
		return &Later{err, time.Duration(min(seconds, 24*60*60)) * time.Second}
	}
	return err
}
