-- 0019_request_decision: a request that waits for Stripe names what it decided, in the transaction that decided it.
--
-- Without the name, a repeated request could only look at how its folio stands, and that is also what others have done to it. With it, the
-- repeated request completes what the first one decided and answers with what came of that, however much has happened since.
-- A request that was decided and answered in one transaction names nothing.

ALTER TABLE request ADD COLUMN tenant INTEGER REFERENCES tenant (number);
ALTER TABLE request ADD COLUMN folio INTEGER CHECK ((folio IS NULL) = (tenant IS NULL));
-- The call to Stripe that it made. NULL where nothing had to be sent, or the check-out makes its calls.
ALTER TABLE request ADD COLUMN operation INTEGER REFERENCES operation (number) CHECK (operation IS NULL OR folio IS NOT NULL);
-- The check-out that it began, or whose page it takes back, by its number on the folio.
ALTER TABLE request ADD COLUMN check_out INTEGER CHECK (check_out IS NULL OR folio IS NOT NULL);

DROP TRIGGER request_fixed;
CREATE TRIGGER request_fixed BEFORE UPDATE ON request
WHEN (NEW.number, NEW.key, NEW.fingerprint, NEW.decided_at, NEW.tenant, NEW.folio, NEW.operation, NEW.check_out)
        IS NOT (OLD.number, OLD.key, OLD.fingerprint, OLD.decided_at, OLD.tenant, OLD.folio, OLD.operation, OLD.check_out)
    OR OLD.status IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'request: decided once and answered once, and never with something else'); END;

-- One trigger for both rules: SQLite sets up every trigger anew for every row.
DROP TRIGGER request_once;
CREATE TRIGGER request_once BEFORE INSERT ON request
BEGIN
    SELECT RAISE(ABORT, 'request: the key or the number is taken')
    WHERE EXISTS (SELECT 1 FROM request WHERE key = NEW.key) OR EXISTS (SELECT 1 FROM request WHERE number = NEW.number);
    SELECT RAISE(ABORT, 'request: what it names is not there, or belongs to somebody else')
    WHERE NEW.folio IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio)
        OR (NEW.operation IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM operation WHERE number = NEW.operation AND tenant = NEW.tenant AND folio = NEW.folio))
        OR (NEW.check_out IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM check_out WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.check_out)));
END;
