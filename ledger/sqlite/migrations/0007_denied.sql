-- What is denied is asked for over a year and more, and is rare: a term of its own, of sort 13, under which the records
-- of that status stand. 5 is the place of denied in casus.Statuses; even shelves stand.

CREATE TEMP TABLE denial AS
SELECT p.* FROM term everything CROSS JOIN posting p ON p.term = everything.id WHERE everything.sort = 1 AND p.status = 5;

INSERT INTO term (sort, text, records)
SELECT 13, 'denied', count(CASE WHEN shelf % 2 = 0 THEN 1 END) FROM denial HAVING count(*) > 0;

INSERT INTO posting
SELECT n.id, d.shelf, d.day, d.record, d.type, d.status, d.last, 0
FROM denial d CROSS JOIN term n ON n.sort = 13 ORDER BY 2, 3, 4;

DROP TABLE denial;
