-- The ledger, version 1. Days are casus.Date (days since 0001-01-01 plus one, 0 is open);
-- moments are microseconds since 1970 UTC. Rows are added, and never deleted or overwritten, with three
-- exceptions that hold no knowledge of their own: the rollups (term.records, article.reading, suffix.last),
-- reading.superseded, which is set once, and the index rows in posting and relation, which move to their
-- past half when their reading is superseded.

CREATE TABLE article (
  seq        INTEGER PRIMARY KEY,           -- in the order of appending
  id         TEXT NOT NULL UNIQUE,
  hash       TEXT NOT NULL UNIQUE,
  url        TEXT NOT NULL,
  title      TEXT NOT NULL,
  publisher  TEXT NOT NULL,
  language   TEXT NOT NULL,
  date_from  INTEGER NOT NULL,
  date_to    INTEGER NOT NULL,
  precision  TEXT NOT NULL,
  day        INTEGER NOT NULL,              -- ledger.Day of the publication, by which articles are listed
  known      INTEGER NOT NULL,              -- the desk's clock
  recorded   INTEGER NOT NULL,              -- the ledger's clock
  characters INTEGER NOT NULL,
  reading    INTEGER REFERENCES reading     -- the reading that stands; null while nobody has read it
);
CREATE INDEX article_day ON article (day);

-- Apart from article, so that lists need not step over the texts.
CREATE TABLE text (
  article INTEGER PRIMARY KEY REFERENCES article,
  text    TEXT NOT NULL,
  sketch  BLOB
);

-- The next suffix to try for an article id that several texts came with.
CREATE TABLE suffix (
  base TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) WITHOUT ROWID;

-- Titles and texts as folded, stemmed terms (package fulltext); rowid is article.seq. The terms hold letters and
-- digits only, and the ascii tokenizer splits at ASCII marks only, so it finds back the very terms that were given.
CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', tokenize = 'ascii');

CREATE TABLE band (
  band    INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (band, article)
) WITHOUT ROWID;

CREATE TABLE copy (                         -- both ways
  article    INTEGER NOT NULL REFERENCES article,
  other      INTEGER NOT NULL REFERENCES article,
  similarity REAL NOT NULL,
  PRIMARY KEY (article, other)
) WITHOUT ROWID;

-- What a record can be found by, and how many records that stand are found by it. See posting.go for the sorts.
CREATE TABLE term (
  id      INTEGER PRIMARY KEY,
  sort    INTEGER NOT NULL,
  text    TEXT NOT NULL,
  records INTEGER NOT NULL DEFAULT 0,
  UNIQUE (sort, text)
);

CREATE TABLE reading (
  seq        INTEGER PRIMARY KEY,
  article    INTEGER NOT NULL REFERENCES article,
  reader     INTEGER NOT NULL REFERENCES term,
  recorded   INTEGER NOT NULL,
  superseded INTEGER,                       -- null while it stands
  first      INTEGER NOT NULL,              -- its records are first, first+1, … first+count-1
  count      INTEGER NOT NULL,
  UNIQUE (article, reader)
);

CREATE TABLE record (
  seq        INTEGER PRIMARY KEY,
  id         INTEGER NOT NULL,              -- the 48 bits of casus.RecordID
  reading    INTEGER NOT NULL REFERENCES reading,
  kind       INTEGER NOT NULL,              -- place in casus.Kinds
  status     INTEGER NOT NULL,              -- place in casus.Statuses
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER NOT NULL,
  precision  TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end   INTEGER NOT NULL,
  rule       INTEGER NOT NULL REFERENCES term,
  confidence REAL NOT NULL,
  quote      TEXT NOT NULL,
  by         TEXT,                          -- null for the article's own voice, and so on
  by_as      TEXT,
  hedge      TEXT,
  places     TEXT,                          -- JSON list
  body       TEXT NOT NULL,                 -- JSON object, what the kind adds
  acts_for   TEXT                           -- JSON object, ledger.Entry.ActsFor
);
CREATE INDEX record_id ON record (id);

-- The index of records: under each of its terms, in order of day. See posting.go for shelf and roles.
CREATE TABLE posting (
  term   INTEGER NOT NULL,
  shelf  INTEGER NOT NULL,
  day    INTEGER NOT NULL,
  record INTEGER NOT NULL,
  type   INTEGER NOT NULL,                  -- the term of ledger.TypeOf; this and the rest spare a look at the record
  status INTEGER NOT NULL,                  -- as in record
  last   INTEGER NOT NULL,                  -- valid_to
  roles  INTEGER NOT NULL,
  PRIMARY KEY (term, shelf, day, record)
) WITHOUT ROWID;

-- The index of relation records: under what they say (type, from, to, change, asserted or not), in order of anchor.
CREATE TABLE relation (
  statement INTEGER NOT NULL REFERENCES term,
  past      INTEGER NOT NULL,               -- 1 once superseded
  open      INTEGER NOT NULL,               -- the period has 1 no start, 2 no end, 3 neither
  day       INTEGER NOT NULL,               -- ledger.Anchor
  record    INTEGER NOT NULL,
  PRIMARY KEY (statement, past, open, day, record)
) WITHOUT ROWID;

CREATE TABLE relation_of (
  actor     INTEGER NOT NULL REFERENCES term,
  statement INTEGER NOT NULL REFERENCES term,
  PRIMARY KEY (actor, statement)
) WITHOUT ROWID;

CREATE TABLE actor (
  term     INTEGER PRIMARY KEY REFERENCES term,
  kind     TEXT NOT NULL,
  note     TEXT NOT NULL,
  recorded INTEGER NOT NULL
);

CREATE TABLE actor_name (
  seq      INTEGER PRIMARY KEY,             -- in the order in which names were met
  actor    INTEGER NOT NULL REFERENCES actor,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL,                   -- fulltext.Fold of the name
  recorded INTEGER NOT NULL,
  UNIQUE (actor, name)
);
CREATE INDEX actor_name_folded ON actor_name (folded);
