package sqlite

import "strings"

// statementName names a statement that the writer keeps prepared.
type statementName int

const (
	begin statementName = iota
	commit
	rollback
	lastMoment
	markNow
	termID
	addTerm
	addCount
	articleByHash
	articleHasID
	lastSuffix
	setSuffix
	addArticle
	addText
	addWords
	inBand
	addBand
	sketchOf
	addCopy
	hasReading
	nextRecord
	addReading
	addStretch
	setReading
	standing
	setSuperseded
	addRecord
	setRecordSuperseded
	madeBy
	standingVersions
	standingVersion
	machineRecord
	machineStands
	concerned
	readCorrections
	lastCorrection
	addCorrection
	articleText
	addPosting
	addPostings // lotSize of them
	dropPosting
	addRelation
	dropRelation
	addRelationOf
	addActor
	addActorName
)

// insertPosting rolls the whole transaction back where it fails, so that SQLite
// need not be ready to take one statement back.
const insertPosting = `INSERT OR ROLLBACK INTO posting (term, shelf, day, record, type, status, last, roles) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

// lotSize is how many postings go into one statement. With many more, the
// driver takes longer to match arguments than it saves.
const lotSize = 8

func writerStatements() map[statementName]string { //nolint:funlen // a table
	return map[statementName]string{
		begin:    `BEGIN IMMEDIATE`,
		commit:   `COMMIT`,
		rollback: `ROLLBACK`,
		lastMoment: `SELECT max(
			ifnull((SELECT recorded FROM article ORDER BY seq DESC LIMIT 1), 0),
			ifnull((SELECT recorded FROM reading ORDER BY seq DESC LIMIT 1), 0),
			ifnull((SELECT recorded FROM correction ORDER BY number DESC LIMIT 1), 0))`,

		markNow: selectMark,

		termID:   `SELECT id FROM term WHERE sort = ? AND text = ?`,
		addTerm:  `INSERT INTO term (sort, text) VALUES (?, ?)`,
		addCount: `UPDATE term SET records = records + ? WHERE id = ?`,

		articleByHash: `SELECT a.seq, a.id, a.date_from, a.date_to, a.known, t.text FROM article a JOIN text t ON t.article = a.seq WHERE a.hash = ?`,
		articleHasID:  `SELECT 1 FROM article WHERE id = ?`,
		lastSuffix:    `SELECT last FROM suffix WHERE base = ?`,
		setSuffix:     `INSERT INTO suffix (base, last) VALUES (?, ?) ON CONFLICT (base) DO UPDATE SET last = excluded.last`,
		addArticle: `INSERT INTO article (id, hash, url, title, publisher, language, date_from, date_to, precision, day,
			known, recorded, characters) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		addText:  `INSERT INTO text (article, text, sketch) VALUES (?, ?, ?)`,
		addWords: `INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)`,

		inBand:   `SELECT article FROM band WHERE band = ? ORDER BY article LIMIT ?`,
		addBand:  `INSERT OR IGNORE INTO band (band, article) VALUES (?, ?)`,
		sketchOf: `SELECT a.id, t.sketch FROM article a JOIN text t ON t.article = a.seq WHERE a.seq = ?`,
		addCopy:  `INSERT INTO copy (article, other, similarity) VALUES (?, ?, ?)`,

		hasReading:    `SELECT 1 FROM reading WHERE article = ? AND reader = ?`,
		nextRecord:    `SELECT ifnull(max(seq), 0) + 1 FROM record`,
		addReading:    `INSERT INTO reading (article, reader, recorded, first, count) VALUES (?, ?, ?, ?, ?)`,
		addStretch:    `INSERT INTO stretch (first, known) VALUES (?, ?)`,
		setReading:    `UPDATE article SET reading = ? WHERE seq = ?`,
		standing:      `SELECT reading FROM article WHERE seq = ? AND reading IS NOT NULL`,
		setSuperseded: `UPDATE reading SET superseded = ? WHERE seq = ?`,

		addRecord: `INSERT INTO record (seq, id, reading, kind, status, valid_from, valid_to, precision, span_start, span_end,
			rule, confidence, quote, by, by_as, hedge, places, body, acts_for, mentions, correction, review, recorded, superseded)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		setRecordSuperseded: `UPDATE record SET superseded = ? WHERE seq = ?`,
		madeBy: selectEntry + ` WHERE r.superseded IS NULL AND r.seq IN (
			SELECT r.seq FROM reading g CROSS JOIN record r ON r.seq >= g.first AND r.seq < g.first + g.count WHERE g.seq = ?) ORDER BY r.seq`,
		standingVersions: selectEntry + ` WHERE r.superseded IS NULL AND r.review IS NULL AND r.seq IN (
			SELECT r.seq FROM reading g CROSS JOIN record r ON r.reading = g.seq AND r.correction IS NOT NULL WHERE g.article = ?) ORDER BY r.seq`,
		standingVersion: selectEntry + ` WHERE r.id = ? AND ` + supersededAt + ` IS NULL`,
		machineRecord:   selectEntry + ` WHERE r.id = ? AND r.correction IS NULL ORDER BY r.seq DESC LIMIT 1`,
		machineStands:   `SELECT r.reading, a.reading = r.reading FROM record r JOIN reading g ON g.seq = r.reading JOIN article a ON a.seq = g.article WHERE r.seq = ?`,
		concerned: `SELECT r.id FROM posting p CROSS JOIN record r ON r.seq = p.record
			WHERE p.term IN (?1, ?2) OR p.term IN (?3, ?4) AND r.correction IS NOT NULL GROUP BY r.id ORDER BY min(r.seq)`,
		readCorrections: selectCorrections,
		lastCorrection:  `SELECT ifnull(max(number), 0) FROM correction`,
		addCorrection:   `INSERT INTO correction (number, recorded, action, body) VALUES (?, ?, ?, ?)`,
		articleText:     `SELECT t.text FROM article a JOIN text t ON t.article = a.seq WHERE a.id = ?`,

		addPosting:    insertPosting,
		addPostings:   insertPosting + strings.Repeat(`, (?, ?, ?, ?, ?, ?, ?, ?)`, lotSize-1),
		dropPosting:   `DELETE FROM posting WHERE term = ? AND shelf = ? AND day = ? AND record = ?`,
		addRelation:   `INSERT INTO relation (statement, past, open, day, record, says, valid_from, valid_to, known, recorded, superseded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		dropRelation:  `DELETE FROM relation WHERE statement = ?1 AND past = 0 AND open = ?3 AND day = ?4 AND record = ?2`,
		addRelationOf: `INSERT OR IGNORE INTO relation_of (actor, statement) VALUES (?, ?)`,

		addActor:     `INSERT OR IGNORE INTO actor (term, kind, note, recorded) VALUES (?, ?, ?, ?)`,
		addActorName: `INSERT OR IGNORE INTO actor_name (folded, actor, name, recorded) VALUES (?, ?, ?, ?)`,
	}
}
