-- What was raised and what was delivered, version 1. Moments are microseconds since 1970 UTC. Rows of alert, seen
-- and delivery are added and never changed; looked and pause are how far somebody is.

CREATE TABLE looked (                       -- up to where each ledger was looked through
  ledger   TEXT PRIMARY KEY,                -- its file's whole path
  recorded INTEGER NOT NULL                 -- by that ledger's clock
) WITHOUT ROWID;

CREATE TABLE alert (
  number INTEGER PRIMARY KEY,               -- in the order in which they were raised
  id     TEXT NOT NULL,
  body   TEXT NOT NULL                      -- the alert as JSON
);

CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID;  -- see alert.Seen

CREATE TABLE target (
  name  TEXT PRIMARY KEY,
  after INTEGER NOT NULL                    -- alerts up to this number were raised before it was there
) WITHOUT ROWID;

CREATE TABLE delivery (
  target  TEXT NOT NULL REFERENCES target,
  alert   INTEGER NOT NULL REFERENCES alert,
  outcome TEXT NOT NULL,                    -- begun, done or refused
  at      INTEGER NOT NULL,
  PRIMARY KEY (target, alert, outcome)
) WITHOUT ROWID;

CREATE TABLE pause (                        -- a target that could not be reached
  target   TEXT PRIMARY KEY REFERENCES target,
  failures INTEGER NOT NULL,                -- one after another
  until    INTEGER NOT NULL
) WITHOUT ROWID;
