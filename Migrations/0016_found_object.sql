-- 0016_found_object: objects found at Stripe that are not in these books, and how they were resolved.
--
-- An object that carries the books' id but belongs to no operation in this file was created after the backup that was restored. Until it is
-- taken in, no more money may be taken on its folio; the trigger operation_takes_nothing enforces that for every program. Most objects are
-- taken in by comparing them with their folio. An object that does not match is decided once by a person: accepted as it is, or dismissed as
-- not belonging to these books. A restored file takes no money before Stripe has been read. When two tenants use one Stripe account, the one
-- that set its key later takes no money.

-- An object that carries these books' id but belongs to no operation here. When it is taken in, it becomes a hold or a payment.
CREATE TABLE found_object (
    tenant          INTEGER NOT NULL REFERENCES tenant (number),
    -- Stripe's id.
    id              TEXT NOT NULL CHECK (length(id) > 0),
    kind            TEXT NOT NULL CHECK (kind = 'payment_intent' OR kind = 'checkout_session'),
    -- The folio it was made for, from its metadata.
    reference       TEXT,
    customer        TEXT,
    -- The amount held, captured or requested, less refunds; minor units of its currency.
    amount          INTEGER NOT NULL CHECK (amount >= 0),
    currency        TEXT NOT NULL,
    -- open: a guest may still pay. held, captured: it holds or took money. closed: it can take no money any more.
    state           TEXT NOT NULL CHECK (state = 'open' OR state = 'held' OR state = 'captured' OR state = 'closed'),
    -- The status as Stripe names it.
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
BEGIN SELECT RAISE(ABORT, 'found_object: already recorded'); END;
CREATE TRIGGER found_object_fixed BEFORE UPDATE OF tenant, id, kind, reference, currency, first_seen_at ON found_object
BEGIN SELECT RAISE(ABORT, 'found_object: only the state may change'); END;
CREATE TRIGGER found_object_kept BEFORE DELETE ON found_object
BEGIN SELECT RAISE(ABORT, 'found_object: cannot be deleted'); END;
CREATE TRIGGER found_object_taken_in BEFORE UPDATE ON found_object
WHEN OLD.taken_in_at IS NOT NULL OR (NEW.taken_in_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND payment_intent = NEW.id)
    AND NOT EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND payment_intent = NEW.id))
BEGIN SELECT RAISE(ABORT, 'found_object: can be taken in only once, as a hold or a payment'); END;
CREATE TRIGGER found_object_undecided BEFORE INSERT ON found_object
WHEN NEW.decision IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'found_object: cannot be decided when it is first recorded'); END;
CREATE TRIGGER found_object_decided_once BEFORE UPDATE OF decision, decided_at, decided_by, decision_reason ON found_object
WHEN OLD.decision IS NOT NULL OR OLD.taken_in_at IS NOT NULL OR OLD.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'found_object: can be decided only once, and only while it waits'); END;
CREATE TRIGGER found_object_dismissed BEFORE UPDATE OF taken_in_at ON found_object
WHEN OLD.decision = 'dismissed'
BEGIN SELECT RAISE(ABORT, 'found_object: a dismissed object cannot be taken in'); END;

-- Ids of other books whose objects were seen on this tenant's Stripe account: another ledger uses it too. The operator is told once per id.
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
BEGIN SELECT RAISE(ABORT, 'foreign_books: already recorded, or the tenant''s own'); END;
CREATE TRIGGER foreign_books_unchanged BEFORE UPDATE ON foreign_books
BEGIN SELECT RAISE(ABORT, 'foreign_books: cannot be changed or deleted'); END;
CREATE TRIGGER foreign_books_kept BEFORE DELETE ON foreign_books
BEGIN SELECT RAISE(ABORT, 'foreign_books: cannot be changed or deleted'); END;

-- The file was restored from a backup. No money is taken until Stripe has been read.
CREATE TABLE restoration (
    number      INTEGER PRIMARY KEY CHECK (number >= 1),
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    restored_at INTEGER NOT NULL,
    read_at     INTEGER
) STRICT;

CREATE INDEX restoration_unread ON restoration (tenant) WHERE read_at IS NULL;

CREATE TRIGGER restoration_once BEFORE INSERT ON restoration
WHEN NEW.read_at IS NOT NULL OR EXISTS (SELECT 1 FROM restoration WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'restoration: the number is already in use, or read_at is not empty'); END;
CREATE TRIGGER restoration_read_once BEFORE UPDATE ON restoration
WHEN OLD.read_at IS NOT NULL OR NEW.read_at IS NULL OR (NEW.number, NEW.tenant, NEW.restored_at) IS NOT (OLD.number, OLD.tenant, OLD.restored_at)
BEGIN SELECT RAISE(ABORT, 'restoration: only read_at may change, and only once'); END;
CREATE TRIGGER restoration_kept BEFORE DELETE ON restoration
BEGIN SELECT RAISE(ABORT, 'restoration: cannot be deleted'); END;

CREATE TABLE repair (
    number      INTEGER PRIMARY KEY CHECK (number >= 1),
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    -- The object at Stripe.
    object      TEXT NOT NULL CHECK (length(object) > 0),
    -- What the ledger said, what Stripe said, and why it was changed.
    ledger      TEXT NOT NULL,
    stripe      TEXT NOT NULL,
    cause       TEXT NOT NULL,
    actor       TEXT NOT NULL CHECK (length(actor) > 0),
    repaired_at INTEGER NOT NULL
) STRICT;

CREATE INDEX repair_of_tenant ON repair (tenant, number);

CREATE TRIGGER repair_once BEFORE INSERT ON repair
WHEN EXISTS (SELECT 1 FROM repair WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'repair: append-only'); END;
CREATE TRIGGER repair_unchanged BEFORE UPDATE ON repair
BEGIN SELECT RAISE(ABORT, 'repair: append-only'); END;
CREATE TRIGGER repair_kept BEFORE DELETE ON repair
BEGIN SELECT RAISE(ABORT, 'repair: append-only'); END;
