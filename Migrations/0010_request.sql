-- 0010_request: what callers have asked for by POST, so that a repeated request is answered and not done again.
-- A row is written in the transaction that decides the request: either both are there or neither. Its answer may follow later,
-- when Stripe has to be asked first; a request that was decided and not answered is finished when it is repeated.
-- Rows are pruned after 30 days; nothing else refers to them. The key column is short and random, and the table small: see design 12.

CREATE TABLE request (
    -- The first 16 bytes of SHA-256 over tenant, route and Idempotency-Key.
    key         BLOB NOT NULL PRIMARY KEY CHECK (length(key) = 16),
    -- SHA-256 over what was asked: same key, other content is refused.
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    decided_at  INTEGER NOT NULL,
    -- NULL until it is answered.
    status      INTEGER CHECK (status BETWEEN 200 AND 499),
    answer      BLOB,
    CHECK ((status IS NULL) = (answer IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX request_decided ON request (decided_at);

CREATE TRIGGER request_fixed BEFORE UPDATE ON request
WHEN (NEW.key, NEW.fingerprint, NEW.decided_at) IS NOT (OLD.key, OLD.fingerprint, OLD.decided_at) OR OLD.status IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'request: answered once, and never with something else'); END;
CREATE TRIGGER request_once BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'request: the key is taken'); END;
