-- Where else its article tells what a record says: a JSON list of casus.Mention, null for nowhere.

ALTER TABLE record ADD COLUMN mentions TEXT;
