package casus

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// MarshalJSON writes one record as one JSON object in the form of the record
// contract (docs/RECORDS.md): the common fields, then those of its kind. The
// record's id and how it was made are not part of the contract; whoever needs
// them writes them beside it.
func (r Record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	w := fieldWriter{buf: &b}
	w.field("kind", r.Kind())
	w.field("article", r.Article)
	w.field("quote", r.Quote)
	w.field("start", r.Span.Start)
	w.field("end", r.Span.End)
	w.field("by", orNull(r.By))
	if r.ByAs != "" {
		w.field("by_as", r.ByAs)
	}
	w.field("status", r.Status)
	w.field("when", r.When)
	w.field("where", notNil(r.Where))
	if r.Hedge != "" {
		w.field("hedge", r.Hedge)
	}
	r.Body.write(&w)
	if w.err != nil {
		return nil, fmt.Errorf("writing record %s: %w", r.ID, w.err)
	}
	return append(append([]byte{'{'}, b.Bytes()...), '}'), nil
}

// fieldWriter writes the members of an object in the order they are given,
// and leaves the characters <, > and & as they are: quotes stay readable.
type fieldWriter struct {
	buf *bytes.Buffer
	err error
}

func (w *fieldWriter) field(name string, value any) {
	if w.err != nil {
		return
	}
	if w.buf.Len() > 0 {
		w.buf.WriteByte(',')
	}
	fmt.Fprintf(w.buf, "%q:", name)
	enc := json.NewEncoder(w.buf)
	enc.SetEscapeHTML(false)
	w.err = enc.Encode(value)
	w.buf.Truncate(w.buf.Len() - 1) // the encoder's newline
}

func orNull(a ActorID) any {
	if a == "" {
		return nil
	}
	return a
}

func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func (e *Event) write(w *fieldWriter) {
	w.field("type", e.Type)
	if e.Mode != "" {
		w.field("mode", e.Mode)
	}
	w.field("source", notNil(e.Source))
	w.field("target", notNil(e.Target))
}

func (cl *Claim) write(w *fieldWriter) {
	w.field("speaker", cl.Speaker)
	w.field("act", cl.Act)
	w.field("quoted", cl.Quoted)
	w.field("about", notNil(cl.About))
}

func (f *Figure) write(w *fieldWriter) {
	w.field("low", f.Low)
	w.field("high", f.High)
	w.field("unit", f.Unit)
	w.field("of", f.Of)
	w.field("approx", f.Approx)
	w.field("as_written", f.AsWritten)
}

func (r *Relation) write(w *fieldWriter) {
	w.field("type", r.Type)
	w.field("from", r.From)
	w.field("to", r.To)
	w.field("change", r.Change)
}

func (cm *Commitment) write(w *fieldWriter) {
	w.field("debtor", cm.Debtor)
	w.field("beneficiary", cm.Beneficiary)
	w.field("duty", cm.Duty)
	if cm.Condition != "" {
		w.field("condition", cm.Condition)
	}
	w.field("deadline", cm.Deadline)
	w.field("basis", cm.Basis)
	w.field("state", cm.State)
}

func (f *Flow) write(w *fieldWriter) {
	w.field("group", f.Group)
	w.field("origin", orNull(f.Origin))
	w.field("destination", orNull(f.Destination))
	w.field("low", f.Low)
	w.field("high", f.High)
	w.field("cause", f.Cause)
}

// UnmarshalJSON reads what MarshalJSON writes; unknown members are left alone.
func (r *Record) UnmarshalJSON(b []byte) error {
	var common struct {
		Kind    Kind      `json:"kind"`
		Article ArticleID `json:"article"`
		Quote   string    `json:"quote"`
		Start   int       `json:"start"`
		End     int       `json:"end"`
		By      ActorID   `json:"by"`
		ByAs    string    `json:"by_as"`
		Status  Status    `json:"status"`
		When    Period    `json:"when"`
		Where   []string  `json:"where"`
		Hedge   string    `json:"hedge"`
	}
	if err := json.Unmarshal(b, &common); err != nil {
		return fmt.Errorf("reading a record: %w", err)
	}
	body, err := newBody(common.Kind)
	if err != nil {
		return fmt.Errorf("reading a record: %w", err)
	}
	if err := json.Unmarshal(b, body); err != nil {
		return fmt.Errorf("reading a record of kind %s: %w", common.Kind, err)
	}
	*r = Record{
		Article: common.Article, Quote: common.Quote, Span: Span{common.Start, common.End},
		By: common.By, ByAs: common.ByAs, Status: common.Status, When: common.When,
		Where: common.Where, Hedge: common.Hedge, Body: body,
		ID: r.ID, Made: r.Made,
	}
	return nil
}

func newBody(k Kind) (Body, error) {
	switch k {
	case KindEvent:
		return &Event{}, nil
	case KindClaim:
		return &Claim{}, nil
	case KindFigure:
		return &Figure{}, nil
	case KindRelation:
		return &Relation{}, nil
	case KindCommitment:
		return &Commitment{}, nil
	case KindFlow:
		return &Flow{}, nil
	}
	return nil, fmt.Errorf("kind %q is not one of event, claim, figure, relation, commitment, flow", k)
}

// NewID derives a record's id from the identity of its article and what the
// record says, so that reading the same text the same way names it the same.
func NewID(articleHash string, r Record) (RecordID, error) {
	r.Article = "" // the name of an article may differ between ledgers, its text does not
	b, err := r.MarshalJSON()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(articleHash+"\n"), b...))
	return RecordID("r" + hex.EncodeToString(sum[:6])), nil
}
