package casus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// MarshalJSON writes one record as one JSON object in the form of the record
// contract (docs/RECORDS.md): the common fields, then those of its kind. The
// record's id and how it was made are not part of the contract; whoever needs
// them writes them beside it.
func (r Record) MarshalJSON() ([]byte, error) {
	return r.AppendJSON(make([]byte, 0, 512+len(r.Quote)))
}

// AppendJSON appends what MarshalJSON writes.
func (r Record) AppendJSON(to []byte) ([]byte, error) {
	w := fieldWriter{out: append(to, '{'), begun: len(to) + 1}
	w.text("kind", string(r.Kind()))
	w.text("article", string(r.Article))
	w.text("quote", r.Quote)
	w.number("start", r.Span.Start)
	w.number("end", r.Span.End)
	w.actorOrNull("by", r.By)
	if r.ByAs != "" {
		w.text("by_as", r.ByAs)
	}
	w.text("status", string(r.Status))
	w.name("when")
	w.out = r.When.AppendJSON(w.out)
	list(&w, "where", r.Where)
	if r.Hedge != "" {
		w.text("hedge", r.Hedge)
	}
	r.Body.write(&w)
	if w.err != nil {
		return nil, fmt.Errorf("writing record %s: %w", r.ID, w.err)
	}
	return append(w.out, '}'), nil
}

// fieldWriter writes the members of an object in the order they are given,
// and leaves the characters <, > and & as they are: quotes stay readable. It
// writes itself what answers have by the thousand; encoding/json takes ten
// times as long for a record.
type fieldWriter struct {
	out   []byte
	begun int // where the first member stands
	err   error
}

// name writes a member's name, which needs no escapes.
func (w *fieldWriter) name(name string) {
	if len(w.out) > w.begun {
		w.out = append(w.out, ',')
	}
	w.out = append(append(append(w.out, '"'), name...), '"', ':')
}

func (w *fieldWriter) text(name, value string) {
	w.name(name)
	w.out = AppendText(w.out, value)
}

func (w *fieldWriter) number(name string, value int) {
	w.name(name)
	w.out = strconv.AppendInt(w.out, int64(value), 10)
}

func (w *fieldWriter) yes(name string, value bool) {
	w.name(name)
	w.out = strconv.AppendBool(w.out, value)
}

func (w *fieldWriter) actorOrNull(name string, a ActorID) {
	if a != "" {
		w.text(name, string(a))
		return
	}
	w.name(name)
	w.out = append(w.out, "null"...)
}

// bound writes a number as encoding/json does, null where there is none.
func (w *fieldWriter) bound(name string, value *float64) {
	w.name(name)
	b, err := json.Marshal(value)
	w.out = append(w.out, b...)
	w.err = errors.Join(w.err, err)
}

// list writes a list of texts, empty where there is none.
func list[T ~string](w *fieldWriter, name string, values []T) {
	w.name(name)
	w.out = append(w.out, '[')
	for i, v := range values {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.out = AppendText(w.out, string(v))
	}
	w.out = append(w.out, ']')
}

// AppendText appends a text as JSON, as encoding/json writes it without escapes
// for HTML.
func AppendText(to []byte, s string) []byte {
	const hexadecimal = "0123456789abcdef"
	to = append(to, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				to = append(append(to, s[from:i]...), `\ufffd`...)
				from = i + size
			} else if r == '\u2028' || r == '\u2029' {
				to = append(append(to, s[from:i]...), `\u202`...)
				to = append(to, hexadecimal[r&0xF])
				from = i + size
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		to = append(to, s[from:i]...)
		switch c {
		case '"', '\\':
			to = append(to, '\\', c)
		case '\b':
			to = append(to, `\b`...)
		case '\f':
			to = append(to, `\f`...)
		case '\n':
			to = append(to, `\n`...)
		case '\r':
			to = append(to, `\r`...)
		case '\t':
			to = append(to, `\t`...)
		default:
			to = append(append(to, `\u00`...), hexadecimal[c>>4], hexadecimal[c&0xF])
		}
		i++
		from = i
	}
	return append(append(to, s[from:]...), '"')
}

func (e *Event) write(w *fieldWriter) {
	w.text("type", string(e.Type))
	if e.Mode != "" {
		w.text("mode", e.Mode)
	}
	list(w, "source", e.Source)
	list(w, "target", e.Target)
}

func (cl *Claim) write(w *fieldWriter) {
	w.text("speaker", string(cl.Speaker))
	w.text("act", string(cl.Act))
	w.yes("quoted", cl.Quoted)
	list(w, "about", cl.About)
}

func (f *Figure) write(w *fieldWriter) {
	w.bound("low", f.Low)
	w.bound("high", f.High)
	w.text("unit", f.Unit)
	w.text("of", f.Of)
	w.yes("approx", f.Approx)
	w.text("as_written", f.AsWritten)
}

func (r *Relation) write(w *fieldWriter) {
	w.text("type", string(r.Type))
	w.text("from", string(r.From))
	w.text("to", string(r.To))
	w.text("change", string(r.Change))
}

func (cm *Commitment) write(w *fieldWriter) {
	w.text("debtor", string(cm.Debtor))
	w.text("beneficiary", string(cm.Beneficiary))
	w.text("duty", cm.Duty)
	if cm.Condition != "" {
		w.text("condition", cm.Condition)
	}
	w.name("deadline")
	w.out = cm.Deadline.appendJSON(w.out)
	w.text("basis", string(cm.Basis))
	w.text("state", string(cm.State))
}

func (f *Flow) write(w *fieldWriter) {
	w.text("group", string(f.Group))
	w.actorOrNull("origin", f.Origin)
	w.actorOrNull("destination", f.Destination)
	w.bound("low", f.Low)
	w.bound("high", f.High)
	w.text("cause", string(f.Cause))
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
