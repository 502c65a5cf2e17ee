package casus

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// byTheBook is a value as encoding/json writes it, without escapes for HTML.
func byTheBook(t *rapid.T, value any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

func TestTextIsWrittenAsEncodingJSONDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) }),
			rapid.SampledFrom([]string{"", "\u2028\u2029", "<b>&\"\\", "\x00\x07\b\f\n\r\t\x1f\x7f", "\xe2\x80", "één 東"})).Draw(t, "text")
		if got, want := string(AppendText(nil, s)), byTheBook(t, s); got != want {
			t.Fatalf("%q is written %s, and not %s", s, got, want)
		}
	})
}

// whole is a record with the members of its contract as encoding/json orders and writes them.
type whole struct {
	Kind    Kind      `json:"kind"`
	Article ArticleID `json:"article"`
	Quote   string    `json:"quote"`
	Start   int       `json:"start"`
	End     int       `json:"end"`
	By      *ActorID  `json:"by"`
	ByAs    string    `json:"by_as,omitempty"`
	Status  Status    `json:"status"`
	When    Period    `json:"when"`
	Where   []string  `json:"where"`
	Hedge   string    `json:"hedge,omitempty"`
}

func TestARecordIsWrittenAsEncodingJSONDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, day := rapid.String(), rapid.Int32Range(0, 4_000_000)
		r := Record{Article: ArticleID(text.Draw(t, "article")), Quote: text.Draw(t, "quote"), Span: Span{rapid.Int().Draw(t, "start"), rapid.Int().Draw(t, "end")},
			By: ActorID(text.Draw(t, "by")), ByAs: text.Draw(t, "by as"), Status: Status(text.Draw(t, "status")), Hedge: text.Draw(t, "hedge"),
			When:  Period{Date(day.Draw(t, "from")), Date(day.Draw(t, "to")), Precision(text.Draw(t, "precision"))},
			Where: rapid.SliceOf(text).Draw(t, "where")}
		bound := rapid.Custom(func(t *rapid.T) *float64 {
			if rapid.Bool().Draw(t, "none") {
				return nil
			}
			f := rapid.Float64().Draw(t, "bound")
			return &f
		})
		actor := rapid.Custom(func(t *rapid.T) ActorID { return ActorID(text.Draw(t, "actor")) })
		actors := rapid.Custom(func(t *rapid.T) []ActorID { return append([]ActorID{}, rapid.SliceOf(actor).Draw(t, "actors")...) })
		var body any
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			b := &Event{EventType(text.Draw(t, "type")), text.Draw(t, "mode"), actors.Draw(t, "source"), actors.Draw(t, "target")}
			r.Body, body = b, b
		case 1:
			b := &Claim{actor.Draw(t, "speaker"), Act(text.Draw(t, "act")), rapid.Bool().Draw(t, "quoted"), actors.Draw(t, "about")}
			r.Body, body = b, b
		case 2:
			b := &Figure{bound.Draw(t, "low"), bound.Draw(t, "high"), text.Draw(t, "unit"), text.Draw(t, "of"), rapid.Bool().Draw(t, "approx"), text.Draw(t, "as written")}
			r.Body, body = b, b
		case 3:
			b := &Commitment{actor.Draw(t, "debtor"), actor.Draw(t, "beneficiary"), text.Draw(t, "duty"), text.Draw(t, "condition"), Date(day.Draw(t, "deadline")), Treaty, Kept}
			r.Body, body = b, b
		}
		common := whole{r.Kind(), r.Article, r.Quote, r.Span.Start, r.Span.End, &r.By, r.ByAs, r.Status, r.When, append([]string{}, r.Where...), r.Hedge}
		if r.By == "" {
			common.By = nil
		}
		got, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		first, second := byTheBook(t, common), byTheBook(t, body)
		if want := first[:len(first)-1] + "," + second[1:]; string(got) != want {
			t.Fatalf("written %s\nand not %s", got, want)
		}
	})
}
