-- What is due in a month is asked for every day, and few commitments have a deadline: each month gets a term, of sort 14,
-- under which the commitments stand that are due in it. 4 is the place of commitments in casus.Kinds; even shelves stand.

CREATE TEMP TABLE due AS
SELECT p.shelf, p.day, p.record, p.type, p.status, p.last, substr(json_extract(r.body, '$.deadline'), 1, 7) AS month
FROM term everything CROSS JOIN posting p ON p.term = everything.id CROSS JOIN record r ON r.seq = p.record
WHERE everything.sort = 1 AND r.kind = 4 AND json_extract(r.body, '$.deadline') IS NOT NULL;

INSERT INTO term (sort, text, records)
SELECT 14, month, count(CASE WHEN shelf % 2 = 0 THEN 1 END) FROM due GROUP BY month ORDER BY month;

INSERT INTO posting
SELECT n.id, d.shelf, d.day, d.record, d.type, d.status, d.last, 0
FROM due d CROSS JOIN term n ON n.sort = 14 AND n.text = d.month ORDER BY 1, 2, 3, 4;

DROP TABLE due;
