-- 0011_stripe_account: each tenant's own Stripe account. Secrets are sealed under a key that is not in this file (see KeyRing).
--
-- A webhook secret has a name: two endpoints at one address are two names. Setting a name again replaces its secret; the one before is good
-- for a day more, as at Stripe, unless it is revoked at once. What has ended stays ended, and is kept without being of use: who asks since
-- when an endpoint has had its secret is answered.

-- The tenant's own Stripe account. Secrets are sealed under a key that is not in this file (see KeyRing).
CREATE TABLE stripe_account (
    tenant              INTEGER PRIMARY KEY REFERENCES tenant (number),
    secret_key          BLOB NOT NULL,
    updated_at          INTEGER NOT NULL,
    -- acct_… as the key itself tells it; NULL where the key may not ask.
    account_id          TEXT,
    -- Counts over all tenants each time that somebody sets a key of another account: the higher one came later. Sealing a key anew, or another key
    -- of the same account, changes nothing.
    connection          INTEGER NOT NULL DEFAULT 0,
    -- The last operation before that: what it and earlier ones made stands in an account that the tenant had before.
    after_operation     INTEGER NOT NULL DEFAULT 0,
    -- Rights that the key lacked when it was set, as StripePermission names them, with blanks between; NULL before any key was tried.
    missing_permissions TEXT,
    -- When a webhook with a good signature came last, to the minute and in the system's time; NULL before the first. What a sync fetched counts
    -- as none: an endpoint that was never set up at Stripe would look well.
    webhook_at          INTEGER
) STRICT;

CREATE INDEX stripe_account_id ON stripe_account (account_id);

CREATE TRIGGER stripe_account_tenant_fixed BEFORE UPDATE ON stripe_account
WHEN NEW.tenant IS NOT OLD.tenant
BEGIN SELECT RAISE(ABORT, 'stripe_account: belongs to one tenant'); END;

-- Several while a secret is being rolled.
CREATE TABLE webhook_secret (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    number      INTEGER NOT NULL CHECK (number >= 1),
    secret      BLOB NOT NULL,
    added_at    INTEGER NOT NULL,
    name        TEXT NOT NULL DEFAULT 'default'
                CHECK (length(name) BETWEEN 1 AND 40 AND name NOT GLOB '*[^a-z0-9-]*' AND name NOT GLOB '-*'),
    -- When it was replaced or revoked, and until when it is good all the same; NULL for a name's present secret.
    replaced_at INTEGER,
    good_until  INTEGER
                CHECK ((good_until IS NULL) = (replaced_at IS NULL) AND (good_until IS NULL OR good_until BETWEEN replaced_at AND replaced_at + 86400000)),
    PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX webhook_secret_present ON webhook_secret (tenant, name) WHERE replaced_at IS NULL;

CREATE TRIGGER webhook_secret_next BEFORE INSERT ON webhook_secret
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM webhook_secret WHERE tenant = NEW.tenant)
    OR NEW.replaced_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM webhook_secret WHERE tenant = NEW.tenant AND name = NEW.name AND replaced_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM stripe_account WHERE tenant = NEW.tenant)
BEGIN SELECT RAISE(ABORT, 'webhook_secret: not the next one, or its name has one already'); END;
CREATE TRIGGER webhook_secret_fixed BEFORE UPDATE ON webhook_secret
WHEN (NEW.tenant, NEW.number, NEW.name, NEW.added_at) IS NOT (OLD.tenant, OLD.number, OLD.name, OLD.added_at)
    OR (OLD.replaced_at IS NOT NULL AND (NEW.replaced_at IS NOT OLD.replaced_at OR NEW.good_until > OLD.good_until))
BEGIN SELECT RAISE(ABORT, 'webhook_secret: what has ended stays ended'); END;
CREATE TRIGGER webhook_secret_kept BEFORE DELETE ON webhook_secret
BEGIN SELECT RAISE(ABORT, 'webhook_secret: kept for good'); END;

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
