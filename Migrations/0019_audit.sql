-- 0019_audit: the security-relevant actions (what an attacker with a stolen login would do first), and who did them.
--
-- Each change of a key, user or role, each large refund, each rule that assigns movements by itself, each change of a tenant's contract and
-- each late charge writes a row, which is never changed. The pages ask for the password again for keys, users, roles and refunds
-- (`confirmed`): a rule or a contract moves no money, and a late charge takes only what the guest agreed to. Programs have no password, and
-- the command line needs none, because whoever uses it has the file.

CREATE TABLE audit_entry (
    number      INTEGER PRIMARY KEY CHECK (number >= 1),
    -- NULL: the operator's own users and tokens.
    tenant      INTEGER REFERENCES tenant (number),
    action      TEXT NOT NULL CHECK (action IN ('stripe_key_set', 'webhook_secret_set', 'webhook_secret_revoked', 'user_added',
                   'password_set', 'user_disabled', 'token_created', 'token_revoked', 'refund_limit_set', 'refund_above_limit',
                   'movement_rule_set', 'movement_rule_ended', 'contract_set', 'contract_ended', 'stripe_keys_removed', 'late_charge',
                   'fee_invoice_replaced')),
    -- What it is about: a name, a folio's reference. Never a secret.
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
BEGIN SELECT RAISE(ABORT, 'audit_entry: the number must be the next one, and the tenant must exist'); END;
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry: append-only'); END;
CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry: append-only'); END;
