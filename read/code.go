package read

import (
	"strings"

	"casus"
	"casus/ontology"
	"casus/read/eventtype"
	"casus/read/frames"
	"casus/read/syntax"
)

// Dyad is a sentence and the words in it that name the two sides of an event.
// A side that the sentence does not name is given in any other words, or none.
type Dyad struct{ Sentence, Source, Target string }

// Coding is what event a dyad tells of.
type Coding struct {
	Type       casus.EventType
	Mode       string // "" for none
	Quad       ontology.Quad
	Confidence float64
	How        string // "frame"; "classifier" where no frame tells; "default" where that knows nothing either
	Rule       string // the frame's line, where a frame tells
}

// Code says which event a sentence tells of between two parties. It always
// answers: by the frame that links them, else by the second opinion. An error
// of code Unsupported says that the language is not read.
func (r *Reader) Code(language string, d Dyad) (Coding, error) {
	o, err := r.language(language)
	if err != nil {
		return Coding{}, err
	}
	doc, at := o.dyad(language, d)
	out := r.code(o, doc, at)
	if e, ok := r.plover.Lookup(out.Type, out.Mode); ok {
		out.Quad = e.Quad
	}
	return out, nil
}

func (r *Reader) code(o *opened, doc frames.Document, at frames.Dyad) Coding {
	if at.Sentence < 0 {
		return Coding{Type: casus.EventTypes()[0], Confidence: eventtype.Unsure, How: "default"}
	}
	opinion := o.pack.EventTypes.Judge(eventtype.Features(doc.Trees[at.Sentence], at.Source.Head, at.Target.Head))
	found, ok := o.coder.CodeDyad(doc, at)
	root, mode := r.root(found)
	if share, says := frameShare[place{found.Fit, found.Main}]; ok && says {
		opinion = opinion.Taking(found.Type, root).Given(root, share)
	}
	out := Coding{How: "classifier"}
	out.Type, out.Confidence = opinion.Best()
	switch {
	case ok && out.Type == root:
		out.Mode, out.How, out.Rule = mode, "frame", found.Rule
	case out.Confidence <= eventtype.Unsure:
		out.How = "default"
	}
	return out
}

// root is the type that PLOVER gives an event by how it is presented: what is
// cooperative and still to come is agreed to, what is not to be is rejected,
// force that is still to come is threatened, and to sign or finalise an agreement
// is to support it. (Records keep the act's own
// type and tell the status.)
func (r *Reader) root(c frames.Coding) (casus.EventType, string) {
	e, _ := r.plover.Lookup(c.Type, "")
	cooperative := e.Quad == ontology.VerbalCooperation || e.Quad == ontology.MaterialCooperation
	switch {
	case cooperative && c.Status == casus.Planned:
		return casus.Agree, ""
	case cooperative && c.Status == casus.Denied:
		return casus.Reject, ""
	case c.Concluded:
		return casus.Support, ""
	case e.Quad == ontology.MaterialConflict && c.Status == casus.Planned:
		return casus.Threaten, ""
	}
	return c.Type, c.Mode
}

// place is how a frame's event fits a dyad, and whether it is the sentence's main predicate.
type place struct {
	fit  frames.Fit
	main bool
}

// frameShare is how often a frame's type is right by its place, counted on the
// sentences of our own that the second opinion learns from (docs/EVALUATION.md).
// A frame that neither links the parties nor heads the sentence says nothing.
var frameShare = map[place]float64{
	{frames.Between, true}: 0.84, {frames.BySource, true}: 0.70, {frames.OnTarget, true}: 0.80,
	{frames.Between, false}: 0.44, {frames.BySource, false}: 0.42, {frames.OnTarget, false}: 0.54,
	{frames.Reversed, true}: 0.30, {frames.Elsewhere, true}: 0.40,
}

// EventFeatures describes a dyad for training the second opinion.
func (r *Reader) EventFeatures(language string, d Dyad) ([]string, error) {
	o, err := r.language(language)
	if err != nil {
		return nil, err
	}
	doc, at := o.dyad(language, d)
	if at.Sentence < 0 {
		return nil, nil
	}
	return eventtype.Features(doc.Trees[at.Sentence], at.Source.Head, at.Target.Head), nil
}

// Uses returns the verbs and event nouns of an article, and whether frames know them.
func (r *Reader) Uses(a casus.Article) ([]frames.Use, error) {
	o, err := r.language(a.Language)
	if err != nil {
		return nil, err
	}
	return o.coder.Uses(o.analyse(a)), nil
}

func (r *Reader) language(code string) (*opened, error) {
	l := r.languages[code]
	if l == nil {
		return nil, notRead(code)
	}
	return l.open()
}

// dyad analyses a dyad's sentence and finds its parties. Sentence is that which
// names the source, else the target, else the first; -1 where there are no words.
func (o *opened) dyad(language string, d Dyad) (frames.Document, frames.Dyad) {
	doc := o.analyse(casus.Article{Text: d.Sentence, Language: language})
	at := frames.Dyad{Sentence: -1, Source: frames.Unnamed, Target: frames.Unnamed}
	sourceAt, source := findParty(doc.Trees, d.Sentence, d.Source, frames.Unnamed, -1)
	targetAt, target := findParty(doc.Trees, d.Sentence, d.Target, source, sourceAt)
	switch {
	case sourceAt >= 0:
		at.Sentence, at.Source = sourceAt, source
		if targetAt == sourceAt {
			at.Target = target
		}
	case targetAt >= 0:
		at.Sentence, at.Target = targetAt, target
	case len(doc.Trees) > 0:
		at.Sentence = 0
	}
	return doc, at
}

// findParty finds the words of a party in the trees of a text, outside those of
// another party; the sentence is -1 where it is not named.
func findParty(trees []syntax.Tree, text, party string, other frames.Party, otherAt int) (int, frames.Party) {
	party = strings.ToLower(strings.TrimSpace(party))
	text = strings.ToLower(text)
	if party == "" {
		return -1, frames.Unnamed
	}
	for from := 0; ; {
		i := strings.Index(text[from:], party)
		if i < 0 {
			return -1, frames.Unnamed
		}
		start := from + i
		from = start + len(party)
		for s, t := range trees {
			p := phrase(t, start, from)
			if p.Head >= 0 && (s != otherAt || p.Head < other.First || p.Head >= other.Last) {
				return s, p
			}
		}
	}
}

// phrase returns the words of a tree between two bytes of the text, their head
// being the one that hangs on a word outside.
func phrase(t syntax.Tree, start, end int) frames.Party {
	p := frames.Unnamed
	for i, w := range t.Words {
		if w.ByteStart >= end || w.ByteEnd <= start {
			continue
		}
		if p.Last == 0 {
			p.First = i
		}
		p.Last = i + 1
	}
	for i := p.First; i < p.Last; i++ {
		head := t.Words[i].Head
		if (head < p.First || head >= p.Last) && t.Words[i].UPOS != "PUNCT" && t.Words[i].UPOS != "DET" && t.Words[i].UPOS != "ADP" {
			p.Head = i
			break
		}
	}
	return p
}
