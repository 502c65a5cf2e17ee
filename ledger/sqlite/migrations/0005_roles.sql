-- Who is bound, and to whom, is asked for a few at a time out of very many: a debtor and a beneficiary get terms of
-- their own (posting.go, sortRole). And the desk's clock is asked of each record that a walk meets: a short table
-- answers it, without a look at the record, its reading and its article.

-- From record first on, until the next stretch, records are of articles that became known at this moment.
CREATE TABLE stretch (
  first INTEGER PRIMARY KEY,
  known INTEGER NOT NULL
);

INSERT INTO stretch
SELECT * FROM (
  SELECT g.first, a.known FROM reading g CROSS JOIN article a ON a.seq = g.article WHERE g.count > 0
  UNION ALL
  SELECT r.seq, a.known FROM record r CROSS JOIN reading g ON g.seq = r.reading CROSS JOIN article a ON a.seq = g.article WHERE r.correction IS NOT NULL)
ORDER BY 1;

-- 128 and 256 are the bits of a debtor and a beneficiary, and 11 the sort of the terms; even shelves stand.
INSERT INTO term (sort, text, records)
SELECT 11, role.name || ' ' || t.text, count(CASE WHEN p.shelf % 2 = 0 THEN 1 END)
FROM (SELECT 'debtor' AS name, 128 AS bit UNION ALL SELECT 'beneficiary', 256) role CROSS JOIN term t CROSS JOIN posting p ON p.term = t.id
WHERE t.sort = 3 AND p.roles & role.bit GROUP BY role.name, t.id;

INSERT INTO posting
SELECT n.id, p.shelf, p.day, p.record, p.type, p.status, p.last, 0
FROM (SELECT 'debtor' AS name, 128 AS bit UNION ALL SELECT 'beneficiary', 256) role CROSS JOIN term t CROSS JOIN term n ON n.sort = 11 AND n.text = role.name || ' ' || t.text
  CROSS JOIN posting p ON p.term = t.id
WHERE t.sort = 3 AND p.roles & role.bit ORDER BY 1, 2, 3, 4;
