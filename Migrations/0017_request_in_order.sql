-- 0017_request_in_order: requests are kept in the order in which they were decided, and found by an index of nothing but their keys.
--
-- The table of 0010 was ordered by its keys, which are random: each request took its answer, some hundred bytes, to a page of its own, and
-- pages are what a commit costs. Now the answers of one commit lie side by side, and an index page holds a hundred keys and more.
-- Old requests are the first in the table, so their age needs no index either.

CREATE TABLE request_in_order (
    number      INTEGER PRIMARY KEY,
    -- The first 16 bytes of SHA-256 over tenant, route and Idempotency-Key.
    key         BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    -- SHA-256 over what was asked: same key, other content is refused.
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    decided_at  INTEGER NOT NULL,
    -- NULL until it is answered.
    status      INTEGER CHECK (status BETWEEN 200 AND 499),
    answer      BLOB,
    CHECK ((status IS NULL) = (answer IS NULL))
) STRICT;

INSERT INTO request_in_order (key, fingerprint, decided_at, status, answer)
SELECT key, fingerprint, decided_at, status, answer FROM request ORDER BY decided_at;
DROP TABLE request;
ALTER TABLE request_in_order RENAME TO request;

CREATE TRIGGER request_fixed BEFORE UPDATE ON request
WHEN (NEW.number, NEW.key, NEW.fingerprint, NEW.decided_at) IS NOT (OLD.number, OLD.key, OLD.fingerprint, OLD.decided_at)
    OR OLD.status IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'request: answered once, and never with something else'); END;
CREATE TRIGGER request_once BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE key = NEW.key) OR EXISTS (SELECT 1 FROM request WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'request: the key or the number is taken'); END;
