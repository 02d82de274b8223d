-- 0011_stripe_account: each tenant's own Stripe account. Secrets are encrypted with a key that is not in this file (see KeyRing).
--
-- A webhook secret has a name: two endpoints with the same URL have two names. Setting a name again replaces its secret; the previous one
-- stays valid for one more day, as at Stripe, unless it is revoked at once. A replaced or revoked secret cannot be revived. Its row is kept as
-- a record of when each secret was in use.

-- The tenant's own Stripe account. Secrets are encrypted with a key that is not in this file (see KeyRing).
CREATE TABLE stripe_account (
    tenant              INTEGER PRIMARY KEY REFERENCES tenant (number),
    -- Empty when it was removed with the end of the contract, see 0022_fee.
    secret_key          BLOB NOT NULL,
    updated_at          INTEGER NOT NULL,
    -- acct_…, read with the key; NULL when the key lacks the permission to read it.
    account_id          TEXT,
    -- A counter over all tenants that increases each time a key of another account is set: the higher number came later. Resealing a key, or
    -- setting another key of the same account, does not change it.
    connection          INTEGER NOT NULL DEFAULT 0,
    -- The last operation before that. It and all earlier ones belong to the tenant's previous account.
    after_operation     INTEGER NOT NULL DEFAULT 0,
    -- Permissions that the key lacked when it was set, as named by StripePermission, separated by spaces; NULL before a key was checked.
    missing_permissions TEXT,
    -- Whether the account is known to settle in the currency of the books: from its balance when the key was set, or from the first movement.
    is_settlement_known INTEGER NOT NULL DEFAULT 0 CHECK (is_settlement_known IN (0, 1)),
    -- When the last webhook with a valid signature arrived, to the minute, in system time; NULL before the first. Events fetched by a sync
    -- do not count: otherwise an endpoint that was never set up at Stripe would look healthy.
    webhook_at          INTEGER
) STRICT;

CREATE INDEX stripe_account_id ON stripe_account (account_id);

CREATE TRIGGER stripe_account_tenant_fixed BEFORE UPDATE ON stripe_account
WHEN NEW.tenant IS NOT OLD.tenant
BEGIN SELECT RAISE(ABORT, 'stripe_account: the tenant cannot be changed'); END;

-- A tenant has several while a secret is being rolled.
CREATE TABLE webhook_secret (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    number      INTEGER NOT NULL CHECK (number >= 1),
    secret      BLOB NOT NULL,
    added_at    INTEGER NOT NULL,
    name        TEXT NOT NULL DEFAULT 'default'
                CHECK (length(name) BETWEEN 1 AND 40 AND name NOT GLOB '*[^a-z0-9-]*' AND name NOT GLOB '-*'),
    -- When it was replaced or revoked, and until when it is still accepted; NULL for the current secret of a name.
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
BEGIN SELECT RAISE(ABORT, 'webhook_secret: the number must be the next one, and the name without a current secret'); END;
CREATE TRIGGER webhook_secret_fixed BEFORE UPDATE ON webhook_secret
WHEN (NEW.tenant, NEW.number, NEW.name, NEW.added_at) IS NOT (OLD.tenant, OLD.number, OLD.name, OLD.added_at)
    OR (OLD.replaced_at IS NOT NULL AND (NEW.replaced_at IS NOT OLD.replaced_at OR NEW.good_until > OLD.good_until))
BEGIN SELECT RAISE(ABORT, 'webhook_secret: name and number cannot be changed, and a replaced secret cannot be revived'); END;
CREATE TRIGGER webhook_secret_kept BEFORE DELETE ON webhook_secret
BEGIN SELECT RAISE(ABORT, 'webhook_secret: cannot be deleted'); END;

-- Whether two tenants use the same Stripe account, as found by asking Stripe when the account ids are not known. `tenant` set its key later
-- than `other`. No row: not known yet.
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
