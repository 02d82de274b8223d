-- 0016_found_object: what was found at Stripe and is not in these books, and what was done about it.
--
-- What carries the books' id and is the outcome of no operation here was made after the backup that this file is. Until it is taken in, its
-- folio takes nothing more; the trigger operation_takes_nothing says so to every program. Most of it is taken in by comparing it with its
-- folio. What does not fit and never will is decided by a person, once: accepted as it is, or dismissed as none of these books' business.
-- A restored file takes nothing before Stripe has been read, and two tenants on one account take nothing for the later one.

-- What carries these books' id and is the outcome of no operation here. It becomes a hold or a payment when it is taken in, or is over.
CREATE TABLE found_object (
    tenant          INTEGER NOT NULL REFERENCES tenant (number),
    -- Stripe's id.
    id              TEXT NOT NULL CHECK (length(id) > 0),
    kind            TEXT NOT NULL CHECK (kind = 'payment_intent' OR kind = 'checkout_session'),
    -- As its metadata says: the folio that it was made for.
    reference       TEXT,
    customer        TEXT,
    -- What it holds, has taken or asks for, less what went back; minor units of its currency.
    amount          INTEGER NOT NULL CHECK (amount >= 0),
    currency        TEXT NOT NULL,
    -- open: somebody may still pay. held, captured: it moved money. closed: it moves nothing any more.
    state           TEXT NOT NULL CHECK (state = 'open' OR state = 'held' OR state = 'captured' OR state = 'closed'),
    -- Stripe's own word.
    status          TEXT NOT NULL,
    first_seen_at   INTEGER NOT NULL,
    taken_in_at     INTEGER,
    taken_in_by     TEXT,
    decision        TEXT CHECK (decision IS NULL OR decision IN ('accepted', 'dismissed')),
    decided_at      INTEGER CHECK ((decided_at IS NULL) = (decision IS NULL)),
    decided_by      TEXT CHECK ((decided_by IS NULL) = (decision IS NULL)),
    decision_reason TEXT CHECK ((decision_reason IS NULL) = (decision IS NULL) AND length(decision_reason) BETWEEN 1 AND 500),
    PRIMARY KEY (tenant, id),
    CHECK ((taken_in_at IS NULL) = (taken_in_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX found_object_waiting ON found_object (tenant, reference)
    WHERE taken_in_at IS NULL AND state <> 'closed' AND decision IS NOT 'dismissed';

CREATE TRIGGER found_object_once BEFORE INSERT ON found_object
WHEN EXISTS (SELECT 1 FROM found_object WHERE tenant = NEW.tenant AND id = NEW.id) OR NEW.taken_in_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND payment_intent = NEW.id)
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND checkout_session = NEW.id)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND payment_intent = NEW.id)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND checkout_session = NEW.id)
BEGIN SELECT RAISE(ABORT, 'found_object: known already'); END;
CREATE TRIGGER found_object_fixed BEFORE UPDATE OF tenant, id, kind, reference, currency, first_seen_at ON found_object
BEGIN SELECT RAISE(ABORT, 'found_object: only its state changes'); END;
CREATE TRIGGER found_object_kept BEFORE DELETE ON found_object
BEGIN SELECT RAISE(ABORT, 'found_object: kept for good'); END;
CREATE TRIGGER found_object_taken_in BEFORE UPDATE ON found_object
WHEN OLD.taken_in_at IS NOT NULL OR (NEW.taken_in_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND payment_intent = NEW.id)
    AND NOT EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND payment_intent = NEW.id))
BEGIN SELECT RAISE(ABORT, 'found_object: taken in once, as a hold or a payment'); END;
CREATE TRIGGER found_object_undecided BEFORE INSERT ON found_object
WHEN NEW.decision IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'found_object: found first, decided then'); END;
CREATE TRIGGER found_object_decided_once BEFORE UPDATE OF decision, decided_at, decided_by, decision_reason ON found_object
WHEN OLD.decision IS NOT NULL OR OLD.taken_in_at IS NOT NULL OR OLD.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'found_object: decided once, while it waits'); END;
CREATE TRIGGER found_object_dismissed BEFORE UPDATE OF taken_in_at ON found_object
WHEN OLD.decision = 'dismissed'
BEGIN SELECT RAISE(ABORT, 'found_object: what was dismissed is not taken in'); END;

-- Other books whose objects were seen on this tenant's account: somebody else's ledger uses it. Told once each.
CREATE TABLE foreign_books (
    tenant        INTEGER NOT NULL REFERENCES tenant (number),
    books_id      TEXT NOT NULL CHECK (length(books_id) BETWEEN 1 AND 500),
    -- The first object seen.
    object        TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, books_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER foreign_books_once BEFORE INSERT ON foreign_books
WHEN EXISTS (SELECT 1 FROM foreign_books WHERE tenant = NEW.tenant AND books_id = NEW.books_id)
    OR EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant AND books_id = NEW.books_id)
BEGIN SELECT RAISE(ABORT, 'foreign_books: known already, or the tenant''s own'); END;
CREATE TRIGGER foreign_books_unchanged BEFORE UPDATE ON foreign_books
BEGIN SELECT RAISE(ABORT, 'foreign_books: kept as seen'); END;
CREATE TRIGGER foreign_books_kept BEFORE DELETE ON foreign_books
BEGIN SELECT RAISE(ABORT, 'foreign_books: kept as seen'); END;

-- The file was put back from a backup. Until Stripe has been read, nothing is taken.
CREATE TABLE restoration (
    number      INTEGER PRIMARY KEY CHECK (number >= 1),
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    restored_at INTEGER NOT NULL,
    read_at     INTEGER
) STRICT;

CREATE INDEX restoration_unread ON restoration (tenant) WHERE read_at IS NULL;

CREATE TRIGGER restoration_once BEFORE INSERT ON restoration
WHEN NEW.read_at IS NOT NULL OR EXISTS (SELECT 1 FROM restoration WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'restoration: Stripe is read after it'); END;
CREATE TRIGGER restoration_read_once BEFORE UPDATE ON restoration
WHEN OLD.read_at IS NOT NULL OR NEW.read_at IS NULL OR (NEW.number, NEW.tenant, NEW.restored_at) IS NOT (OLD.number, OLD.tenant, OLD.restored_at)
BEGIN SELECT RAISE(ABORT, 'restoration: read once'); END;
CREATE TRIGGER restoration_kept BEFORE DELETE ON restoration
BEGIN SELECT RAISE(ABORT, 'restoration: kept for good'); END;

CREATE TABLE repair (
    number      INTEGER PRIMARY KEY CHECK (number >= 1),
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
