-- The records of which the reader was least sure are asked for first, by those who judge them: each class of
-- ledger.Doubt gets a term, of sort 12, under which its records stand. 3 and 4 are the places in casus.Statuses of
-- possible and conditional; a record that somebody has judged, and one that nothing speaks against, is under none.

CREATE TEMP TABLE doubted AS
SELECT shelf, day, record, type, status, last, (10 - tenth) * 4 + signs AS class FROM (
  SELECT p.shelf, p.day, p.record, p.type, p.status, p.last, CAST(r.confidence * 10 + 0.0001 AS INTEGER) AS tenth,
    (instr(t.text, '; source concluded from the article') > 0) + (instr(t.text, '; target concluded from the article') > 0) +
    (ifnull(r.hedge, '') <> '' OR r.status IN (3, 4)) AS signs
  FROM term everything CROSS JOIN posting p ON p.term = everything.id CROSS JOIN record r ON r.seq = p.record CROSS JOIN term t ON t.id = r.rule
  WHERE everything.sort = 1 AND ifnull(r.review, '') = '')
WHERE tenth < 7 OR signs > 0;

INSERT INTO term (sort, text, records)
SELECT 12, CAST(class AS TEXT), count(CASE WHEN shelf % 2 = 0 THEN 1 END) FROM doubted GROUP BY class ORDER BY class;

INSERT INTO posting
SELECT n.id, d.shelf, d.day, d.record, d.type, d.status, d.last, 0
FROM doubted d CROSS JOIN term n ON n.sort = 12 AND n.text = CAST(d.class AS TEXT) ORDER BY 1, 2, 3, 4;

DROP TABLE doubted;
