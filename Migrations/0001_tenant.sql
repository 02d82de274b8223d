-- 0001_tenant: the tenants and their settings.
--
-- Tenant and currency are part of every later key and foreign key, so that a row of one tenant cannot refer to a row of another.
-- Settings that change results (tax rates, the operator's prices in 0022_fee) carry the day or month from which they hold and are never
-- overwritten, so that an old document can always be reproduced.
-- Each tenant's books have an id of 128 random bits, created with the tenant. It is kept through backup and restore, and every object that the
-- ledger creates at Stripe carries it. So it is always clear which books an object belongs to (see 0016_found_object).
--
-- In all files: amounts are minor units of the currency. Instants are milliseconds since 1970 UTC. Days are YYYY-MM-DD, months YYYY-MM, the
-- tenant's own. Every connection needs foreign_keys = ON and recursive_triggers = ON. Where money is at stake, triggers repeat what these
-- two settings guarantee, so that a tool that opens the file without them cannot change what was posted either. A REPLACE can delete a row
-- without firing its DELETE triggers; a BEFORE INSERT trigger therefore refuses it. SQLite does not treat "SET rowid = …" as an update of the
-- column that aliases the rowid. So where the number is the rowid, a trigger compares OLD and NEW instead of listing columns after UPDATE OF.

CREATE TABLE tenant (
    number         INTEGER PRIMARY KEY CHECK (number >= 1),
    id             TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 40 AND id NOT GLOB '*[^a-z0-9-]*' AND id NOT GLOB '-*'),
    name           TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    currency       TEXT NOT NULL CHECK (currency GLOB '[a-z][a-z][a-z]'),
    time_zone      TEXT NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 64),
    hold_days_before_arrival INTEGER NOT NULL DEFAULT 1 CHECK (hold_days_before_arrival BETWEEN 0 AND 30),
    -- Comma-separated: payment methods that Stripe has discontinued and this tenant's account still has.
    legacy_methods TEXT NOT NULL DEFAULT '',
    -- Comma-separated: what the Stripe account has for holds on cards, each once, in this order.
    card_features  TEXT NOT NULL DEFAULT '' CHECK (card_features = substr(
        CASE WHEN ',' || card_features || ',' LIKE '%,extended_authorization,%' THEN ',extended_authorization' ELSE '' END
        || CASE WHEN ',' || card_features || ',' LIKE '%,incremental_authorization,%' THEN ',incremental_authorization' ELSE '' END
        || CASE WHEN ',' || card_features || ',' LIKE '%,multicapture,%' THEN ',multicapture' ELSE '' END
        || CASE WHEN ',' || card_features || ',' LIKE '%,overcapture,%' THEN ',overcapture' ELSE '' END, 2)),
    created_at     INTEGER NOT NULL,
    -- 32 hexadecimal digits.
    books_id       TEXT NOT NULL CHECK (length(books_id) = 32 AND books_id NOT GLOB '*[^0-9a-f]*'),
    -- Whether the books contain live objects (1) or test objects (0). Set by the first Stripe key; NULL before it.
    livemode       INTEGER CHECK (livemode IS NULL OR livemode IN (0, 1)),
    -- How much one user may refund in a day, in the tenant's time zone, before the password is asked for again.
    refund_limit   INTEGER NOT NULL DEFAULT 50000 CHECK (refund_limit BETWEEN 0 AND 99999999),
    -- A hold should live until so many days after departure.
    hold_grace_days INTEGER NOT NULL DEFAULT 1 CHECK (hold_grace_days BETWEEN 0 AND 7),
    -- What the guests of a booking are expected to consume in a night, gross.
    extras_per_night INTEGER NOT NULL DEFAULT 0 CHECK (extras_per_night BETWEEN 0 AND 99999999),
    -- The ceiling of holds without the guest, of what a stay is expected to cost in all.
    ceiling_percent INTEGER NOT NULL DEFAULT 200 CHECK (ceiling_percent BETWEEN 100 AND 500),
    -- Whether holds on debit and prepaid cards are renewed without the guest: there they are money that the guest cannot use.
    renews_debit   INTEGER NOT NULL DEFAULT 0 CHECK (renews_debit IN (0, 1)),
    -- Until how many days after departure a late charge may be made; 0: none.
    late_charge_days INTEGER NOT NULL DEFAULT 14 CHECK (late_charge_days BETWEEN 0 AND 90),
    -- Comma-separated: for what. Only what guests consume, each once, in this order.
    late_charge_categories TEXT NOT NULL DEFAULT 'drinks,minibar,wellness,parking' CHECK (late_charge_categories = substr(
        CASE WHEN ',' || late_charge_categories || ',' LIKE '%,food,%' THEN ',food' ELSE '' END
        || CASE WHEN ',' || late_charge_categories || ',' LIKE '%,drinks,%' THEN ',drinks' ELSE '' END
        || CASE WHEN ',' || late_charge_categories || ',' LIKE '%,minibar,%' THEN ',minibar' ELSE '' END
        || CASE WHEN ',' || late_charge_categories || ',' LIKE '%,massage,%' THEN ',massage' ELSE '' END
        || CASE WHEN ',' || late_charge_categories || ',' LIKE '%,wellness,%' THEN ',wellness' ELSE '' END
        || CASE WHEN ',' || late_charge_categories || ',' LIKE '%,parking,%' THEN ',parking' ELSE '' END
        || CASE WHEN ',' || late_charge_categories || ',' LIKE '%,shop,%' THEN ',shop' ELSE '' END, 2)),
    UNIQUE (number, currency)
) STRICT;

CREATE UNIQUE INDEX tenant_books_id ON tenant (books_id);

CREATE TRIGGER tenant_kept BEFORE DELETE ON tenant
BEGIN SELECT RAISE(ABORT, 'tenant: cannot be deleted'); END;
CREATE TRIGGER tenant_fixed BEFORE UPDATE ON tenant
WHEN (NEW.number, NEW.id, NEW.currency, NEW.books_id) IS NOT (OLD.number, OLD.id, OLD.currency, OLD.books_id)
BEGIN SELECT RAISE(ABORT, 'tenant: number, id, currency and books_id cannot be changed'); END;
CREATE TRIGGER tenant_once BEFORE INSERT ON tenant
WHEN EXISTS (SELECT 1 FROM tenant WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM tenant WHERE id = NEW.id)
    OR NEW.books_id IS NULL OR EXISTS (SELECT 1 FROM tenant WHERE books_id = NEW.books_id)
BEGIN SELECT RAISE(ABORT, 'tenant: number, id or books_id is already in use, or books_id is missing'); END;
CREATE TRIGGER tenant_one_mode BEFORE UPDATE OF livemode ON tenant
WHEN OLD.livemode IS NOT NULL AND NEW.livemode IS NOT OLD.livemode AND (
    EXISTS (SELECT 1 FROM hold WHERE tenant = OLD.number AND payment_intent IS NOT NULL)
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = OLD.number AND checkout_session IS NOT NULL)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = OLD.number AND payment_intent IS NOT NULL)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = OLD.number AND checkout_session IS NOT NULL)
    OR EXISTS (SELECT 1 FROM saved_card WHERE tenant = OLD.number AND checkout_session IS NOT NULL)
    OR EXISTS (SELECT 1 FROM balance_transaction WHERE tenant = OLD.number))
BEGIN SELECT RAISE(ABORT, 'tenant: books cannot mix live and test objects'); END;

-- The issuer as printed on documents. A document uses the letterhead that was valid when it was issued, so that it can be reproduced.
CREATE TABLE letterhead (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    valid_from INTEGER NOT NULL,
    -- Street and town, one per line.
    address    TEXT NOT NULL CHECK (length(address) <= 400),
    tax_number TEXT NOT NULL CHECK (length(tax_number) <= 40),
    PRIMARY KEY (tenant, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER letterhead_unchanged BEFORE UPDATE ON letterhead
BEGIN SELECT RAISE(ABORT, 'letterhead: rows cannot be changed or deleted; add a new one'); END;
CREATE TRIGGER letterhead_kept BEFORE DELETE ON letterhead
BEGIN SELECT RAISE(ABORT, 'letterhead: rows cannot be changed or deleted; add a new one'); END;
CREATE TRIGGER letterhead_once BEFORE INSERT ON letterhead
WHEN EXISTS (SELECT 1 FROM letterhead WHERE tenant = NEW.tenant AND valid_from >= NEW.valid_from)
BEGIN SELECT RAISE(ABORT, 'letterhead: valid_from must be later than that of the previous letterhead'); END;

-- The tax rate of a category, by service date. 'none' means not taxed.
CREATE TABLE tax_rate (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    category TEXT NOT NULL CHECK (length(category) BETWEEN 1 AND 32 AND category GLOB '[a-z]*' AND category NOT GLOB '*[^a-z0-9_]*'),
    from_day TEXT NOT NULL CHECK (length(from_day) = 10),
    rate     TEXT NOT NULL,
    PRIMARY KEY (tenant, category, from_day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tax_rate_unchanged BEFORE UPDATE ON tax_rate
BEGIN SELECT RAISE(ABORT, 'tax_rate: rows cannot be changed or deleted; add a new one'); END;
CREATE TRIGGER tax_rate_kept BEFORE DELETE ON tax_rate
BEGIN SELECT RAISE(ABORT, 'tax_rate: rows cannot be changed or deleted; add a new one'); END;
CREATE TRIGGER tax_rate_once BEFORE INSERT ON tax_rate
WHEN EXISTS (SELECT 1 FROM tax_rate WHERE tenant = NEW.tenant AND category = NEW.category AND from_day = NEW.from_day)
BEGIN SELECT RAISE(ABORT, 'tax_rate: rows cannot be changed or deleted; add a new one'); END;

-- The extras that reception adds, with prices (gross).
CREATE TABLE catalogue_item (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    sku         TEXT NOT NULL CHECK (length(sku) BETWEEN 1 AND 64),
    description TEXT NOT NULL CHECK (length(description) BETWEEN 1 AND 200),
    price       INTEGER NOT NULL CHECK (price BETWEEN 1 AND 999999999999),
    category    TEXT NOT NULL CHECK (length(category) BETWEEN 1 AND 32 AND category GLOB '[a-z]*' AND category NOT GLOB '*[^a-z0-9_]*'),
    -- NULL: the category's rate on the service date.
    tax_rate    TEXT,
    PRIMARY KEY (tenant, sku)
) STRICT, WITHOUT ROWID;
