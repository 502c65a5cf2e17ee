package frames

import (
	"casus"
	"casus/read/actors"
)

// saying is words put in somebody's mouth: a reporting clause, a source phrase
// ("volgens …") or a quotation, with what it covers.
type saying struct {
	s       *sentence // where the speaker's words or the reporting verb stand
	clause  *clause   // the reporting clause; nil for a source phrase or a bare quotation
	frame   *Frame    // the frame that made it; nil likewise
	act     casus.Act
	speaker casus.ActorID
	as      casus.Span // the speaker as the text names them; zero where only remembered
	content []int      // heads, in s, of what is said
	quoted  bool
	rule    string
}

// claimMake returns a frame's claim, if it makes one.
func (f *Frame) claimMake() (Make, bool) {
	for _, m := range f.Makes {
		if m.Kind == "claim" {
			return m, true
		}
	}
	return Make{}, false
}

// reported finds the sayings of a sentence that a reporting word makes.
func (r *reading) reported(cs []*clause) []*saying {
	var out []*saying
	for _, c := range cs {
		for _, f := range r.lex.match(c, r.gram) {
			m, ok := f.claimMake()
			if !ok {
				continue
			}
			if say := r.sayingOf(c, f, m); say != nil {
				out = append(out, say)
				break
			}
		}
	}
	return out
}

func (r *reading) sayingOf(c *clause, f *Frame, m Make) *saying {
	role := m.Roles["speaker"]
	if role == nil {
		role = Role{{"agent"}}
	}
	w := c.phrase(role, f)
	if w < 0 {
		return nil
	}
	ids := c.s.who(w, c.noun, "")
	if len(ids) == 0 {
		return nil
	}
	say := &saying{s: c.s, clause: c, frame: f, act: casus.Act(m.What[0]), speaker: ids[0],
		as: c.s.nameSpan(w), rule: r.lex.rule(f)}
	content := m.Roles["content"]
	if content == nil {
		content = Role{{"quote"}, {"that"}, {"inf"}}
	}
	if h := c.phrase(content, f); h >= 0 {
		say.content = append(say.content, h)
	}
	say.content = append(say.content, c.besides()...)
	return say
}

// besides returns what a reporting verb that was put after or into its content
// reports: the clause that it hangs on ("…, zei Lavrov vorige week") or that hangs on it.
func (c *clause) besides() []int {
	s := c.s
	var out []int
	if s.rel(c.pred) == "parataxis" && len(c.slots["that"])+len(c.slots["inf"]) == 0 {
		out = append(out, s.words[c.pred].Head)
	}
	for _, k := range s.kids[c.pred] {
		if s.rel(k) == "parataxis" || s.rel(k) == "dislocated" {
			out = append(out, k)
		}
	}
	return out
}

// nameSpan is the phrase that names a speaker: the mention's words, else the noun phrase.
func (s *sentence) nameSpan(w int) casus.Span {
	if m, ok := s.mentions[w]; ok && m.Span.Len() > 0 {
		return m.Span
	}
	first, last := s.bounds(w, func(k int) bool { return s.rel(k) != "acl" && s.rel(k) != "punct" && s.rel(k) != "conj" })
	return s.span(first, last)
}

// sourced finds source phrases: "volgens de VN …", "according to …", "…, aldus X".
func (r *reading) sourced(s *sentence) []*saying {
	var out []*saying
	for w := range s.words {
		if !r.isAttribution(s, w) {
			continue
		}
		who := s.attributed(w)
		if who < 0 {
			continue
		}
		ids := s.who(who, true, "")
		if len(ids) == 0 {
			continue
		}
		out = append(out, &saying{s: s, act: casus.Say, speaker: ids[0], as: s.nameSpan(who),
			content: []int{s.contentAbove(who, w)}, rule: "clauses.txt:attribution " + s.lower(w)})
	}
	return out
}

// isAttribution tells whether a word, with those fixed to it, introduces a source.
func (r *reading) isAttribution(s *sentence, w int) bool {
	if r.gram.has("attribution", s.lower(w)) {
		return true
	}
	return w+1 < len(s.words) && r.gram.has("attribution", s.lower(w)+" "+s.lower(w+1))
}

// attributed returns the head of the source that a word like "volgens"
// introduces: its governor where it is a case marker, else its object, else
// the mention that follows it.
func (s *sentence) attributed(w int) int {
	if h := s.words[w].Head; h > w && s.rel(w) == "case" {
		return h
	}
	if k := s.child(w, "obj", "obl", "nmod", "nsubj", "appos"); k > w {
		return k
	}
	for i := w + 1; i < len(s.words) && i <= w+8; i++ {
		if m, ok := s.mentions[i]; ok && m.Class != actors.Adjective && m.ID != "" {
			return i
		}
	}
	return -1
}

// contentAbove returns the clause that a source phrase modifies, the sentence's root at least.
func (s *sentence) contentAbove(who, marker int) int {
	w := who
	for n := 0; n < len(s.words); n++ {
		h := s.words[w].Head
		if h < 0 {
			return w
		}
		w = h
		if w != marker && (s.isClause(w) || s.words[w].Head < 0) {
			return w
		}
	}
	return w
}

// covers tells how deep below a saying's content a word stands: 0 for not at all.
func (y *saying) covers(s *sentence, w int) bool {
	if y.s != s || y.clause != nil && w == y.clause.pred {
		return false
	}
	for _, h := range y.content {
		if !s.under(w, h) {
			continue
		}
		if y.clause == nil || !s.under(w, y.clause.pred) || s.under(h, y.clause.pred) {
			return true
		}
	}
	return false
}

// innermost returns the saying that most closely covers a word, nil where the article speaks.
func innermost(all []*saying, s *sentence, w int) *saying {
	var best *saying
	for _, y := range all {
		if !y.covers(s, w) {
			continue
		}
		if best == nil || y.depth() > best.depth() {
			best = y
		}
	}
	return best
}

// depth is how far below the root the saying's content hangs: the deeper, the closer.
func (y *saying) depth() int {
	if len(y.content) == 0 {
		return 0
	}
	d := 0
	for w := y.content[0]; w >= 0 && d <= len(y.s.words); w = y.s.words[w].Head {
		d++
	}
	return d
}
