-- 0027_audit: what somebody who stole a login would do first, and who did it.
--
-- Keys, roles and large refunds leave a line each, for good. On the pages they ask for the password again (`confirmed`); programs have
-- none, and whoever has the file needs none.

CREATE TABLE audit_entry (
    number      INTEGER PRIMARY KEY,
    -- NULL: the operator's own people and tokens.
    tenant      INTEGER REFERENCES tenant (number),
    action      TEXT NOT NULL CHECK (action IN ('stripe_key_set', 'webhook_secret_set', 'webhook_secret_revoked', 'user_added',
                    'password_set', 'user_disabled', 'token_made', 'token_revoked', 'refund_limit_set', 'refund_above_limit')),
    -- Which one: a name, a folio's reference. Never a secret.
    subject     TEXT NOT NULL CHECK (length(subject) BETWEEN 0 AND 200),
    -- In the tenant's currency, where it is about money.
    amount      INTEGER CHECK (amount >= 0),
    actor       TEXT NOT NULL CHECK (length(actor) >= 1),
    -- Whether the password was asked for again.
    confirmed   INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_entry_of_tenant ON audit_entry (tenant, number);

CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit_entry)
    OR (NEW.tenant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant))
BEGIN SELECT RAISE(ABORT, 'audit_entry: not the next one, or of no tenant'); END;
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry: append-only'); END;
CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry: append-only'); END;

-- How much one login may give back in a day of the tenant's before it is asked for the password again; minor units of the tenant's currency.
ALTER TABLE tenant ADD COLUMN refund_limit INTEGER NOT NULL DEFAULT 50000 CHECK (refund_limit >= 0);

-- What was decided to go back to a guest, and by whom, whatever came of it at Stripe: what a day's refunds are added up from.
CREATE TABLE refund_decision (
    number     INTEGER PRIMARY KEY,
    tenant     INTEGER NOT NULL,
    folio      INTEGER NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    actor      TEXT NOT NULL CHECK (length(actor) >= 1),
    decided_at INTEGER NOT NULL,
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number)
) STRICT;

CREATE INDEX refund_decision_by ON refund_decision (tenant, actor, decided_at);

CREATE TRIGGER refund_decision_next BEFORE INSERT ON refund_decision
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM refund_decision)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio)
BEGIN SELECT RAISE(ABORT, 'refund_decision: not the next one, or of no folio'); END;
CREATE TRIGGER refund_decision_unchanged BEFORE UPDATE ON refund_decision
BEGIN SELECT RAISE(ABORT, 'refund_decision: append-only'); END;
CREATE TRIGGER refund_decision_kept BEFORE DELETE ON refund_decision
BEGIN SELECT RAISE(ABORT, 'refund_decision: append-only'); END;
