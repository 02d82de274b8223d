-- 0020_ownership: whose an object at Stripe is.
--
-- Each tenant's books have an id of 128 random bits, made with the tenant. It travels with the file, and what the ledger makes at Stripe
-- carries it. What carries it and is the outcome of no operation here is found: it was made after the backup that this file is. Until it is
-- taken in, its folio takes nothing more; the trigger on operation says so to every program.
--
-- What waits for a look at Stripe stands here too: a restored file takes nothing before Stripe has been read, and two tenants on one
-- account take nothing for the later one.

-- 32 hexadecimal digits. A file from before gets its own here.
ALTER TABLE tenant ADD COLUMN books_id TEXT CHECK (books_id IS NULL OR (length(books_id) = 32 AND books_id NOT GLOB '*[^0-9a-f]*'));
-- Whether the books hold live objects (1) or test objects (0), by the first key; NULL before it.
ALTER TABLE tenant ADD COLUMN livemode INTEGER CHECK (livemode IS NULL OR livemode IN (0, 1));

UPDATE tenant SET books_id = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX tenant_books_id ON tenant (books_id);

DROP TRIGGER tenant_fixed;
CREATE TRIGGER tenant_fixed BEFORE UPDATE OF number, id, currency, books_id ON tenant
BEGIN SELECT RAISE(ABORT, 'tenant: number, id, currency and books are for good'); END;
DROP TRIGGER tenant_once;
CREATE TRIGGER tenant_once BEFORE INSERT ON tenant
WHEN EXISTS (SELECT 1 FROM tenant WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM tenant WHERE id = NEW.id)
    OR NEW.books_id IS NULL OR EXISTS (SELECT 1 FROM tenant WHERE books_id = NEW.books_id)
BEGIN SELECT RAISE(ABORT, 'tenant: the id is taken, or its books have none of their own'); END;
CREATE TRIGGER tenant_one_mode BEFORE UPDATE OF livemode ON tenant
WHEN OLD.livemode IS NOT NULL AND NEW.livemode IS NOT OLD.livemode AND (
    EXISTS (SELECT 1 FROM hold WHERE tenant = OLD.number AND intent IS NOT NULL)
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = OLD.number AND session IS NOT NULL)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = OLD.number AND intent IS NOT NULL)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = OLD.number AND session IS NOT NULL)
    OR EXISTS (SELECT 1 FROM saved_card WHERE tenant = OLD.number AND session IS NOT NULL)
    OR EXISTS (SELECT 1 FROM balance_transaction WHERE tenant = OLD.number))
BEGIN SELECT RAISE(ABORT, 'tenant: live objects and test objects never stand in the same books'); END;

-- What carries these books' id and is the outcome of no operation here. It becomes a hold or a payment when it is taken in, or is over.
CREATE TABLE found_object (
    tenant        INTEGER NOT NULL REFERENCES tenant (number),
    -- Stripe's id.
    id            TEXT NOT NULL CHECK (length(id) > 0),
    kind          TEXT NOT NULL CHECK (kind = 'intent' OR kind = 'session'),
    -- As its metadata says: the folio that it was made for.
    reference     TEXT,
    customer      TEXT,
    -- What it holds, has taken or asks for, less what went back; minor units of its currency.
    amount        INTEGER NOT NULL CHECK (amount >= 0),
    currency      TEXT NOT NULL,
    -- open: somebody may still pay. held, taken: it moved money. over: it moves nothing any more.
    state         TEXT NOT NULL CHECK (state = 'open' OR state = 'held' OR state = 'taken' OR state = 'over'),
    -- Stripe's own word.
    status        TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    taken_in_at   INTEGER,
    taken_in_by   TEXT,
    PRIMARY KEY (tenant, id),
    CHECK ((taken_in_at IS NULL) = (taken_in_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX found_object_waiting ON found_object (tenant, reference) WHERE taken_in_at IS NULL AND state <> 'over';

CREATE TRIGGER found_object_once BEFORE INSERT ON found_object
WHEN EXISTS (SELECT 1 FROM found_object WHERE tenant = NEW.tenant AND id = NEW.id) OR NEW.taken_in_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND intent = NEW.id)
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND session = NEW.id)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND intent = NEW.id)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND session = NEW.id)
BEGIN SELECT RAISE(ABORT, 'found_object: known already'); END;
CREATE TRIGGER found_object_fixed BEFORE UPDATE OF tenant, id, kind, reference, currency, first_seen_at ON found_object
BEGIN SELECT RAISE(ABORT, 'found_object: only its state changes'); END;
CREATE TRIGGER found_object_kept BEFORE DELETE ON found_object
BEGIN SELECT RAISE(ABORT, 'found_object: kept for good'); END;
CREATE TRIGGER found_object_taken_in BEFORE UPDATE ON found_object
WHEN OLD.taken_in_at IS NOT NULL OR (NEW.taken_in_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND intent = NEW.id)
    AND NOT EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND intent = NEW.id))
BEGIN SELECT RAISE(ABORT, 'found_object: taken in once, as a hold or a payment'); END;

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
    number      INTEGER PRIMARY KEY,
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

-- acct_… as the key itself tells it; NULL where the key may not ask.
ALTER TABLE stripe_account ADD COLUMN account_id TEXT;
-- Counts over all tenants each time that somebody sets a key of another account: the higher one came later. Sealing a key anew, or another key
-- of the same account, changes nothing.
ALTER TABLE stripe_account ADD COLUMN connection INTEGER NOT NULL DEFAULT 0;
-- The last operation before that: what it and earlier ones made stands in an account that the tenant had before.
ALTER TABLE stripe_account ADD COLUMN after_operation INTEGER NOT NULL DEFAULT 0;
UPDATE stripe_account SET connection = (
    SELECT count(*) FROM stripe_account o
    WHERE (o.updated_at, o.tenant) <= (stripe_account.updated_at, stripe_account.tenant));

CREATE INDEX stripe_account_id ON stripe_account (account_id);

-- What asking Stripe has shown about two tenants' accounts, where their own ids do not tell. `tenant` set its key later than `other`.
-- No row: nobody knows yet.
CREATE TABLE account_check (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    other      INTEGER NOT NULL REFERENCES tenant (number),
    outcome    TEXT NOT NULL CHECK (outcome = 'same' OR outcome = 'other'),
    checked_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, other),
    CHECK (tenant <> other)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_check_other ON account_check (other);
CREATE INDEX account_check_same ON account_check (tenant) WHERE outcome = 'same';

-- Movements of disputes about payments that are none of these books', by what they are about: not booked, until their payment is taken in.
CREATE TABLE movement_aside (
    tenant INTEGER NOT NULL,
    source TEXT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (tenant, source, id),
    FOREIGN KEY (tenant, id) REFERENCES balance_transaction (tenant, id)
) STRICT, WITHOUT ROWID;

-- Whatever program asks: what is decided while Stripe must be looked at first is not to be sent.
CREATE TRIGGER operation_takes_nothing BEFORE INSERT ON operation
WHEN NEW.purpose IN ('hold_page', 'payment_page', 'setup_page', 'place_hold', 'charge_saved_card', 'increment', 'capture') AND (
    EXISTS (SELECT 1 FROM restoration WHERE tenant = NEW.tenant AND read_at IS NULL)
    OR EXISTS (SELECT 1 FROM account_check WHERE tenant = NEW.tenant AND outcome = 'same')
    OR EXISTS (
        SELECT 1 FROM folio f JOIN found_object o
        ON o.tenant = f.tenant AND o.reference = f.reference AND o.taken_in_at IS NULL AND o.state <> 'over'
        WHERE f.tenant = NEW.tenant AND f.number = NEW.folio))
BEGIN SELECT RAISE(ABORT, 'operation: nothing is taken before Stripe has been looked at'); END;
