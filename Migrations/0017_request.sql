-- 0017_request: POST requests and their answers, so that a repeated request is answered and not executed again.
--
-- A row is written in the transaction that decides the request: either both exist or neither. The answer may follow later, when Stripe has to
-- be asked first. Such a row names the operation or check-out that was decided, and a repeated request completes it, whatever happened since.
-- Rows are pruned after 30 days; nothing else refers to them. They are stored in the order of decision and found by an index on the key alone:
-- keys are random, and the cost of a commit is the number of pages it writes. The oldest rows come first, so their age needs no index.

CREATE TABLE idempotency_record (
    number      INTEGER PRIMARY KEY CHECK (number >= 1),
    -- The first 16 bytes of SHA-256 over tenant, route and Idempotency-Key.
    key         BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    -- SHA-256 over the content: the same key with other content is refused.
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    decided_at  INTEGER NOT NULL,
    -- NULL until it is answered.
    status      INTEGER CHECK (status BETWEEN 200 AND 499),
    answer      BLOB,
    tenant      INTEGER REFERENCES tenant (number),
    folio       INTEGER CHECK ((folio IS NULL) = (tenant IS NULL)),
    -- The operation it created. NULL when nothing had to be sent, or when the check-out creates the operations.
    operation   INTEGER REFERENCES operation (number) CHECK (operation IS NULL OR folio IS NOT NULL),
    -- The check-out that it started, or whose payment page it withdraws, by its number on the folio.
    check_out   INTEGER CHECK (check_out IS NULL OR folio IS NOT NULL),
    CHECK ((status IS NULL) = (answer IS NULL))
) STRICT;

CREATE TRIGGER idempotency_record_fixed BEFORE UPDATE ON idempotency_record
WHEN (NEW.number, NEW.key, NEW.fingerprint, NEW.decided_at, NEW.tenant, NEW.folio, NEW.operation, NEW.check_out)
        IS NOT (OLD.number, OLD.key, OLD.fingerprint, OLD.decided_at, OLD.tenant, OLD.folio, OLD.operation, OLD.check_out)
    OR OLD.status IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'idempotency_record: decision and answer cannot be changed'); END;
CREATE TRIGGER idempotency_record_once BEFORE INSERT ON idempotency_record
BEGIN
    SELECT RAISE(ABORT, 'idempotency_record: key or number is already in use')
    WHERE EXISTS (SELECT 1 FROM idempotency_record WHERE key = NEW.key) OR EXISTS (SELECT 1 FROM idempotency_record WHERE number = NEW.number);
    SELECT RAISE(ABORT, 'idempotency_record: the folio, operation or check-out does not exist, or belongs to another tenant or folio')
    WHERE NEW.folio IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio)
        OR (NEW.operation IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM operation WHERE number = NEW.operation AND tenant = NEW.tenant AND folio = NEW.folio))
        OR (NEW.check_out IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM check_out WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.check_out)));
END;
