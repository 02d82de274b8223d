-- 0014_repair: what a reconciliation mended, and on whose word. A row is written in the transaction that changes what it tells of; what
-- moved value is an entry of the journal besides, with the object at Stripe that it comes from.

CREATE TABLE repair (
    number      INTEGER PRIMARY KEY,
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    -- The object at Stripe.
    object      TEXT NOT NULL CHECK (length(object) > 0),
    -- What stood here, what at Stripe, and why.
    ledger      TEXT NOT NULL,
    stripe      TEXT NOT NULL,
    cause       TEXT NOT NULL,
    actor       TEXT NOT NULL CHECK (length(actor) > 0),
    repaired_at INTEGER NOT NULL
) STRICT;

CREATE INDEX repair_of_tenant ON repair (tenant, number);

CREATE TRIGGER repair_once BEFORE INSERT ON repair
WHEN EXISTS (SELECT 1 FROM repair WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'repair: kept as done'); END;
CREATE TRIGGER repair_unchanged BEFORE UPDATE ON repair
BEGIN SELECT RAISE(ABORT, 'repair: kept as done'); END;
CREATE TRIGGER repair_kept BEFORE DELETE ON repair
BEGIN SELECT RAISE(ABORT, 'repair: kept as done'); END;
