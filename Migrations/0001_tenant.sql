-- 0001_tenant: who keeps books here, and what each decided for itself.
--
-- Tenant and currency are part of every later key and foreign key, so that a row of one tenant cannot refer to a row of another.
-- Settings that change results (tax rates, the monthly price) carry the day or month from which they hold and are never
-- overwritten: an old document must come out again as it was.
-- Units: minor units of the currency. Instants: milliseconds since 1970 UTC. Days: YYYY-MM-DD, months: YYYY-MM, the tenant's own.
-- Needs on every connection: foreign_keys = ON and recursive_triggers = ON. Where money is at stake, triggers repeat what these two
-- give, so that a tool that opens the file without them cannot change what was posted either: a REPLACE deletes a row without asking its
-- triggers, and so is refused before it begins.

CREATE TABLE tenant (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 40),
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    currency   TEXT NOT NULL CHECK (length(currency) = 3 AND currency = lower(currency)),
    time_zone  TEXT NOT NULL,
    hold_days_before_arrival INTEGER NOT NULL DEFAULT 1 CHECK (hold_days_before_arrival BETWEEN 0 AND 30),
    -- Comma-separated: methods that Stripe has ended and this tenant's account still has.
    ended_methods TEXT NOT NULL DEFAULT '',
    -- The Stripe account may raise, lengthen and overcapture holds (interchange-plus pricing).
    card_features INTEGER NOT NULL DEFAULT 0 CHECK (card_features IN (0, 1)),
    created_at INTEGER NOT NULL,
    UNIQUE (number, currency)
) STRICT;

CREATE TRIGGER tenant_kept BEFORE DELETE ON tenant
BEGIN SELECT RAISE(ABORT, 'tenant: books are kept'); END;
CREATE TRIGGER tenant_fixed BEFORE UPDATE OF number, id, currency ON tenant
BEGIN SELECT RAISE(ABORT, 'tenant: number, id and currency are for good'); END;
CREATE TRIGGER tenant_once BEFORE INSERT ON tenant
WHEN EXISTS (SELECT 1 FROM tenant WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM tenant WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'tenant: the id is taken'); END;

-- The operator's price per month, net.
CREATE TABLE module_fee_price (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    from_month TEXT NOT NULL CHECK (from_month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    net        INTEGER NOT NULL CHECK (net >= 0),
    PRIMARY KEY (tenant, from_month)
) STRICT, WITHOUT ROWID;

-- Which tax rate a category has, by service date. 'none' is for what is not taxed.
CREATE TABLE tax_rate (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    category TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) = 10),
    rate     TEXT NOT NULL,
    PRIMARY KEY (tenant, category, from_day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tax_rate_unchanged BEFORE UPDATE ON tax_rate
BEGIN SELECT RAISE(ABORT, 'tax_rate: a new rate is a new row'); END;
CREATE TRIGGER tax_rate_kept BEFORE DELETE ON tax_rate
BEGIN SELECT RAISE(ABORT, 'tax_rate: a new rate is a new row'); END;
CREATE TRIGGER tax_rate_once BEFORE INSERT ON tax_rate
WHEN EXISTS (SELECT 1 FROM tax_rate WHERE tenant = NEW.tenant AND category = NEW.category AND from_day = NEW.from_day)
BEGIN SELECT RAISE(ABORT, 'tax_rate: a new rate is a new row'); END;

-- The extras that reception adds, with prices (gross).
CREATE TABLE catalogue_item (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    sku         TEXT NOT NULL CHECK (length(sku) BETWEEN 1 AND 64),
    description TEXT NOT NULL CHECK (length(description) BETWEEN 1 AND 200),
    price       INTEGER NOT NULL CHECK (price > 0),
    category    TEXT NOT NULL,
    -- NULL: the category's rate on the service date.
    tax_rate    TEXT,
    PRIMARY KEY (tenant, sku)
) STRICT, WITHOUT ROWID;

-- The tenant's own Stripe account. Secrets are sealed under a key that is not in this file (see KeyRing).
CREATE TABLE stripe_account (
    tenant     INTEGER PRIMARY KEY REFERENCES tenant (number),
    secret_key BLOB NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Several while a secret is being rolled.
CREATE TABLE webhook_secret (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    number   INTEGER NOT NULL CHECK (number >= 1),
    secret   BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;
