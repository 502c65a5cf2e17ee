-- Corrections by analysts, and the versions of records that they bring about. A version is a row of record of its
-- own that belongs to the reading of the record that it replaces, but stands outside the reading's numbers first to
-- first+count-1. Its recorded and superseded are its own; a row of the reader has those of its reading, unless a
-- correction superseded it alone. record.superseded is set once.

CREATE TABLE correction (
  number   INTEGER PRIMARY KEY,             -- in order, without gaps
  recorded INTEGER NOT NULL,                -- the ledger's clock
  action   TEXT NOT NULL,
  body     TEXT NOT NULL                    -- JSON object, ledger.Correction
);

ALTER TABLE record ADD COLUMN correction INTEGER REFERENCES correction; -- by which this version came about; null for the reader's
ALTER TABLE record ADD COLUMN review     TEXT;
ALTER TABLE record ADD COLUMN recorded   INTEGER;
ALTER TABLE record ADD COLUMN superseded INTEGER;

CREATE INDEX record_version ON record (reading) WHERE correction IS NOT NULL;
