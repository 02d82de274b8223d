-- 0017_request: what callers have asked for by POST, so that a repeated request is answered and not done again.
--
-- A row is written in the transaction that decides the request: either both are there or neither. Its answer may follow later,
-- when Stripe has to be asked first; such a request names what it decided, and a repeated one completes that, however much has happened since.
-- Rows are pruned after 30 days; nothing else refers to them. They are kept in the order in which they were decided, and found by an index of
-- nothing but their keys: keys are random, and pages are what a commit costs. Old requests are the first in the table, so their age needs no index.

CREATE TABLE idempotency_record (
    number      INTEGER PRIMARY KEY CHECK (number >= 1),
    -- The first 16 bytes of SHA-256 over tenant, route and Idempotency-Key.
    key         BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    -- SHA-256 over what was asked: same key, other content is refused.
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    decided_at  INTEGER NOT NULL,
    -- NULL until it is answered.
    status      INTEGER CHECK (status BETWEEN 200 AND 499),
    answer      BLOB,
    tenant      INTEGER REFERENCES tenant (number),
    folio       INTEGER CHECK ((folio IS NULL) = (tenant IS NULL)),
    -- The call to Stripe that it made. NULL where nothing had to be sent, or the check-out makes its calls.
    operation   INTEGER REFERENCES operation (number) CHECK (operation IS NULL OR folio IS NOT NULL),
    -- The check-out that it began, or whose page it takes back, by its number on the folio.
    check_out   INTEGER CHECK (check_out IS NULL OR folio IS NOT NULL),
    CHECK ((status IS NULL) = (answer IS NULL))
) STRICT;

CREATE TRIGGER idempotency_record_fixed BEFORE UPDATE ON idempotency_record
WHEN (NEW.number, NEW.key, NEW.fingerprint, NEW.decided_at, NEW.tenant, NEW.folio, NEW.operation, NEW.check_out)
        IS NOT (OLD.number, OLD.key, OLD.fingerprint, OLD.decided_at, OLD.tenant, OLD.folio, OLD.operation, OLD.check_out)
    OR OLD.status IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'idempotency_record: decided once and answered once, and never with something else'); END;
CREATE TRIGGER idempotency_record_once BEFORE INSERT ON idempotency_record
BEGIN
    SELECT RAISE(ABORT, 'idempotency_record: the key or the number is taken')
    WHERE EXISTS (SELECT 1 FROM idempotency_record WHERE key = NEW.key) OR EXISTS (SELECT 1 FROM idempotency_record WHERE number = NEW.number);
    SELECT RAISE(ABORT, 'idempotency_record: what it names is not there, or belongs to somebody else')
    WHERE NEW.folio IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio)
        OR (NEW.operation IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM operation WHERE number = NEW.operation AND tenant = NEW.tenant AND folio = NEW.folio))
        OR (NEW.check_out IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM check_out WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.check_out)));
END;
