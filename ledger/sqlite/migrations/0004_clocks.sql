-- The index of relations says all that decides which record counts on a day, on every clock, so that the records
-- themselves are read for the answer only. The clock by which the desk has articles gets an index of its own.

CREATE TABLE relation_on_clocks (
  statement  INTEGER NOT NULL REFERENCES term,
  past       INTEGER NOT NULL,               -- 1 once superseded
  open       INTEGER NOT NULL,               -- the period has 1 no start, 2 no end, 3 neither
  day        INTEGER NOT NULL,               -- ledger.Anchor
  record     INTEGER NOT NULL,
  says       INTEGER NOT NULL,               -- 1 that the relation begins, 2 as so that it ends, 0 anything else
  valid_from INTEGER NOT NULL,               -- as in record
  valid_to   INTEGER NOT NULL,
  known      INTEGER NOT NULL,               -- of its article
  recorded   INTEGER NOT NULL,               -- the ledger's clock when it began to stand
  superseded INTEGER,                        -- … and no longer stood
  PRIMARY KEY (statement, past, open, day, record)
) WITHOUT ROWID;

INSERT INTO relation_on_clocks
SELECT l.statement, l.past, l.open, l.day, l.record,
  CASE WHEN t.text LIKE '% begins %' THEN 1 WHEN t.text LIKE '% ends so' THEN 2 ELSE 0 END, r.valid_from, r.valid_to, a.known, ifnull(r.recorded, g.recorded),
  CASE WHEN r.recorded IS NULL THEN ifnull(r.superseded, g.superseded) ELSE r.superseded END
FROM relation l CROSS JOIN term t ON t.id = l.statement CROSS JOIN record r ON r.seq = l.record CROSS JOIN reading g ON g.seq = r.reading CROSS JOIN article a ON a.seq = g.article
ORDER BY l.statement, l.past, l.open, l.day, l.record;

DROP TABLE relation;
ALTER TABLE relation_on_clocks RENAME TO relation;

CREATE INDEX article_known ON article (known);
CREATE INDEX reading_superseded ON reading (superseded) WHERE superseded IS NOT NULL;
