package main

import (
	"context"
	"fmt"
	"strings"

	"casus"
	"casus/feed"
	"casus/ledger"
	"casus/ledger/sqlite"
	"casus/picture"
)

// openLedger opens the ledger, making one where create is set.
func openLedger(d *desk, create bool) (*sqlite.Ledger, error) {
	return sqlite.Open(d.ctx, d.ledger, sqlite.Options{Create: create, Now: d.now, Similarity: alike, Identity: feed.Identity})
}

// ask opens the ledger and its picture for one question. Reference data is
// opened only where the user named somebody: it takes longer than most answers.
func ask(d *desk, named []string, question func(*picture.Picture) error) error {
	return askKnowing(d, strings.Join(named, "") != "", question)
}

// ask is ask for a question as of the clocks. It is put at the question's days,
// and noted where the ledger has nothing by them.
func (c clocks) ask(d *desk, q picture.Question, named []string, question func(*picture.Picture, picture.Question) error) error {
	q, err := c.within(q)
	if err != nil {
		return err
	}
	return ask(d, named, func(p *picture.Picture) error {
		if err := d.shown(p, &q, c.AsOf); err != nil {
			return err
		}
		return question(p, q)
	})
}

// askKnowing is ask for a question that needs reference data or does not.
func askKnowing(d *desk, reference bool, question func(*picture.Picture) error) error {
	l, err := openLedger(d, false)
	if err != nil {
		return err
	}
	defer l.Close()
	var lexicon *picture.Lexicon
	if reference {
		corrections, err := l.Corrections(d.ctx, ledger.CorrectionQuery{})
		if err != nil {
			return err
		}
		if lexicon, err = newLexicon(corrections); err != nil {
			return err
		}
	}
	return question(picture.New(l, lexicon))
}

// period are the flags of questions about a stretch of time.
type period struct {
	From string `help:"What held on or after this day." placeholder:"DAY"`
	To   string `help:"What held on or before this day." placeholder:"DAY"`
}

func (p period) days() (from, to casus.Date, err error) {
	if from, err = parseDay("--from", p.From); err != nil {
		return
	}
	to, err = parseDay("--to", p.To)
	return
}

// paging are the flags of answers that may be long.
type paging struct {
	Limit  int    `help:"At most this many lines (default 200)." placeholder:"N"`
	After  string `help:"Go on after the page that ended with this mark." placeholder:"MARK"`
	Oldest bool   `help:"Oldest first."`
}

func (p paging) order() ledger.Order {
	if p.Oldest {
		return ledger.Oldest
	}
	return ledger.Newest
}

// more tells how to get the next page.
func more(next string) string {
	if next == "" {
		return ""
	}
	return "More: repeat with --after " + next
}

// column is one column of a table of records.
type column struct {
	head string
	cell func(ledger.Entry) string
}

var (
	dayColumn     = column{"when", func(e ledger.Entry) string { return e.Record.When.String() }}
	kindColumn    = column{"kind", func(e ledger.Entry) string { return string(e.Record.Kind()) }}
	whatColumn    = column{"what", func(e ledger.Entry) string { return what(e.Record) }}
	statusColumn  = column{"status", func(e ledger.Entry) string { return state(e.Record) }}
	byColumn      = column{"says", func(e ledger.Entry) string { return says(e.Record) }}
	articleColumn = column{"article", func(e ledger.Entry) string { return from(e.Article) }}
	dateColumn    = column{"published", func(e ledger.Entry) string { return published(e.Article) }}
	recordColumn  = column{"record", func(e ledger.Entry) string { return string(e.ID) }}
	quoteColumn   = column{"quote", func(e ledger.Entry) string { return e.Record.Quote }}
)

// entries lays records out in columns, the quote last.
func entries(list []ledger.Entry, next, empty string, columns ...column) grid {
	columns = append(columns, articleColumn, dateColumn, recordColumn, quoteColumn)
	g := grid{empty: empty, more: more(next), sources: 3}
	for _, c := range columns {
		g.columns = append(g.columns, c.head)
	}
	for _, e := range list {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = c.cell(e)
		}
		g.rows = append(g.rows, row)
	}
	return g
}

type timelineCmd struct {
	clocks
	period
	paging
	exported
	Actor     string   `help:"Records that name this actor (a name or an id)." placeholder:"ACTOR"`
	With      string   `help:"… and this one too." placeholder:"ACTOR"`
	Kind      []string `help:"Of these kinds: event, claim, figure, relation, commitment, flow." placeholder:"KIND"`
	Type      string   `help:"Of this type: ASSAULT, recognises, promise …" placeholder:"TYPE"`
	Place     string   `help:"Set in this place." placeholder:"PLACE"`
	Publisher string   `help:"From articles of this publisher." placeholder:"NAME"`
	Language  string   `help:"From articles in this language (nl, en)." placeholder:"CODE"`
	Origins   int      `help:"What at least this many origins tell of." placeholder:"N"`
	Things    bool     `help:"Each thing once, however many tell it, with its origins and grade."`
}

// Run prints the timeline.
func (c *timelineCmd) Run(d *desk) error {
	q, err := c.question()
	if err != nil {
		return err
	}
	return ask(d, []string{c.Actor, c.With}, func(p *picture.Picture) error {
		if err := d.shown(p, &q, c.AsOf); err != nil {
			return err
		}
		sift := picture.Sift{Publisher: c.Publisher, Language: c.Language, Origins: c.Origins}
		if c.Things && sift != (picture.Sift{}) {
			return &casus.Error{Code: casus.Invalid, Input: "--things", Problem: "cannot be narrowed by publisher, language or origins", Advice: "Leave --things out, or these."}
		}
		if c.Things {
			return c.things(d, p, q)
		}
		answer, err := c.asked(d.ctx, q, func(ctx context.Context, q picture.Question) (picture.Answer, error) { return p.Sifted(ctx, q, sift) })
		if err != nil {
			return err
		}
		return d.answer(c.exported, answer, entries(answer.Entries, answer.Next, "Nothing in the ledger answers this.",
			dayColumn, kindColumn, whatColumn, statusColumn, byColumn))
	})
}

// things prints each thing once.
func (c *timelineCmd) things(d *desk, p *picture.Picture, q picture.Question) error {
	answer, err := p.Things(d.ctx, q)
	if err != nil {
		return err
	}
	g := thingsInRows(answer.Things, "Nothing in the ledger answers this.")
	g.more = more(answer.Next)
	if answer.Lasting > 0 {
		g.more = fmt.Sprintf("%d more records began earlier and last: see them without --things, or what holds on a day with casus situation.", answer.Lasting)
	}
	return d.answer(c.exported, answer, g)
}

func (c *timelineCmd) question() (picture.Question, error) {
	q := picture.Question{Actor: c.Actor, With: c.With, Place: c.Place, Order: c.order(), Limit: c.Limit, After: c.After}
	var err error
	if q.From, q.To, err = c.days(); err != nil {
		return q, err
	}
	if q.Kinds, err = kindsOf(c.Kind); err != nil {
		return q, err
	}
	if q.Type, err = typeOf(c.Type, q.Kinds); err != nil {
		return q, err
	}
	return c.within(q)
}

type saidCmd struct {
	clocks
	period
	paging
	exported
	Actor string `arg:"" help:"Who spoke: a name or an id."`
	Act   string `help:"Only this act: say, accuse, deny, promise, threaten, demand, reject, warn, assess, predict, praise." placeholder:"ACT"`
}

// Run prints what an actor said.
func (c *saidCmd) Run(d *desk) error {
	from, to, err := c.days()
	if err != nil {
		return err
	}
	act, err := choice("--act", c.Act, casus.Acts())
	if err != nil {
		return err
	}
	return c.ask(d, picture.Question{Actor: c.Actor, Type: string(act), From: from, To: to, Order: c.order(), Limit: c.Limit, After: c.After}, []string{c.Actor}, func(p *picture.Picture, q picture.Question) error {
		answer, err := c.asked(d.ctx, q, p.Said)
		if err != nil {
			return err
		}
		said := column{"act", func(e ledger.Entry) string { return what(e.Record) }}
		return d.answer(c.exported, answer, entries(answer.Entries, answer.Next, "No statement by "+c.Actor+" in the ledger.", dayColumn, said, statusColumn))
	})
}

func commitmentColumns() []column {
	of := func(f func(*casus.Commitment) string) func(ledger.Entry) string {
		return func(e ledger.Entry) string {
			if c, ok := e.Record.Body.(*casus.Commitment); ok {
				return f(c)
			}
			return ""
		}
	}
	return []column{
		{"debtor", of(func(c *casus.Commitment) string { return string(c.Debtor) })},
		{"towards", of(func(c *casus.Commitment) string { return string(c.Beneficiary) })},
		{"state", of(func(c *casus.Commitment) string { return string(c.State) })},
		statusColumn,
		{"basis", of(func(c *casus.Commitment) string { return string(c.Basis) })},
		{"due", of(func(c *casus.Commitment) string { return c.Deadline.String() })},
		byColumn, dayColumn,
		{"duty", of(func(c *casus.Commitment) string { return c.Duty })},
		{"condition", of(func(c *casus.Commitment) string { return c.Condition })},
	}
}

type flowsCmd struct {
	clocks
	paging
	exported
	From  string `help:"From this place or country." placeholder:"PLACE"`
	To    string `help:"To this place or country." placeholder:"PLACE"`
	Cause string `help:"Only for this cause: conflict, deportation, return, economic, unknown." placeholder:"CAUSE"`
}

// Run prints flows of people.
func (c *flowsCmd) Run(d *desk) error {
	cause, err := choice("--cause", c.Cause, casus.Causes())
	if err != nil {
		return err
	}
	return c.ask(d, picture.Question{Actor: c.From, With: c.To, Type: string(cause), Order: c.order(), Limit: c.Limit, After: c.After}, []string{c.From, c.To}, func(p *picture.Picture, q picture.Question) error {
		answer, err := c.asked(d.ctx, q, p.Flows)
		if err != nil {
			return err
		}
		of := func(f func(*casus.Flow) string) func(ledger.Entry) string {
			return func(e ledger.Entry) string {
				if b, ok := e.Record.Body.(*casus.Flow); ok {
					return f(b)
				}
				return ""
			}
		}
		return d.answer(c.exported, answer, entries(answer.Entries, answer.Next, "No flows answer this.", dayColumn,
			column{"who", of(func(f *casus.Flow) string { return string(f.Group) })},
			column{"from", of(func(f *casus.Flow) string { return orUnknown(f.Origin) })},
			column{"to", of(func(f *casus.Flow) string { return orUnknown(f.Destination) })},
			column{"persons", of(func(f *casus.Flow) string { return bounds(f.Low, f.High, false) })},
			column{"cause", of(func(f *casus.Flow) string { return string(f.Cause) })},
			statusColumn, byColumn))
	})
}

type figuresCmd struct {
	clocks
	period
	paging
	exported
	Of string `help:"Numbers of this: a word of what is counted, or a unit." placeholder:"WORD"`
}

// Run prints figures.
func (c *figuresCmd) Run(d *desk) error {
	from, to, err := c.days()
	if err != nil {
		return err
	}
	return c.ask(d, picture.Question{From: from, To: to, Order: c.order(), Limit: c.Limit, After: c.After}, nil, func(p *picture.Picture, q picture.Question) error {
		answer, err := c.asked(d.ctx, q, func(ctx context.Context, q picture.Question) (picture.Answer, error) { return p.Figures(ctx, c.Of, q) })
		if err != nil {
			return err
		}
		of := column{"of", func(e ledger.Entry) string {
			if f, ok := e.Record.Body.(*casus.Figure); ok {
				return f.Of
			}
			return ""
		}}
		return d.answer(c.exported, answer, entries(answer.Entries, answer.Next, "No figures answer this.", dayColumn, whatColumn, of, statusColumn, byColumn))
	})
}

type findCmd struct {
	clocks
	format
	Words []string `arg:"" help:"The words."`
	Limit int      `help:"At most this many articles." default:"20" placeholder:"N"`
}

// Run searches the articles.
func (c *findCmd) Run(d *desk) error {
	return c.ask(d, picture.Question{}, nil, func(p *picture.Picture, q picture.Question) error {
		hits, err := p.Find(d.ctx, strings.Join(c.Words, " "), c.Limit, q)
		if err != nil {
			return err
		}
		if hits == nil {
			hits = []ledger.Hit{} // [] in JSON, not null
		}
		g := grid{columns: []string{"published", "article", "title", "words"}, empty: "No article has these words."}
		for _, h := range hits {
			var parts []string
			for _, s := range h.Snippets {
				parts = append(parts, s.Text)
			}
			g.rows = append(g.rows, []string{published(h.Article), from(h.Article), h.Article.Title, strings.Join(parts, " … ")})
		}
		return d.print(c.format, hits, g)
	})
}

type articlesCmd struct {
	clocks
	period
	format
	Publisher string `help:"Only of this publisher." placeholder:"NAME"`
	Language  string `help:"Only in this language (nl, en …)." placeholder:"CODE"`
	Limit     int    `help:"At most this many lines (default 200)." placeholder:"N"`
	After     string `help:"Go on after the page that ended with this mark." placeholder:"MARK"`
}

// Run lists articles.
func (c *articlesCmd) Run(d *desk) error {
	from, to, err := c.days()
	if err != nil {
		return err
	}
	return c.ask(d, picture.Question{}, nil, func(p *picture.Picture, q picture.Question) error {
		page, err := p.Articles(d.ctx, ledger.ArticleQuery{From: from, To: to, Publisher: c.Publisher, Language: c.Language, Limit: c.Limit, After: c.After}, q)
		if err != nil {
			return err
		}
		g := grid{columns: []string{"published", "article", "language", "records", "copies", "publisher", "title"},
			empty: "The ledger has no such articles.", more: more(page.Next)}
		for _, a := range page.Articles {
			when := "undated"
			if !a.Date.IsZero() {
				when = a.Date.String()
			}
			g.rows = append(g.rows, []string{when, string(a.ID), a.Language, fmt.Sprint(a.Records), fmt.Sprint(a.Copies), a.Publisher, a.Title})
		}
		return d.print(c.format, page, g)
	})
}
