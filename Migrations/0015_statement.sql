-- 0015_statement: a closed month. What it said is copied here and never changes; what becomes known later goes into the next
-- open month (Nachtrag), see balance_transaction.month.

CREATE TABLE statement (
    tenant           INTEGER NOT NULL REFERENCES tenant (number),
    month            TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
    platform_fee_net INTEGER NOT NULL,
    platform_fee_tax INTEGER NOT NULL,
    opening_balance  INTEGER NOT NULL,
    -- The platform fee's journal entry; none when the price is zero or the books are not kept in euros.
    entry            INTEGER,
    closed_at        INTEGER NOT NULL,
    PRIMARY KEY (tenant, month),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    CHECK (entry IS NULL OR platform_fee_net + platform_fee_tax > 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER statement_fee_posted BEFORE INSERT ON statement
WHEN NEW.entry IS NULL AND NEW.platform_fee_net + NEW.platform_fee_tax > 0 AND (SELECT currency FROM tenant WHERE number = NEW.tenant) = 'eur'
BEGIN SELECT RAISE(ABORT, 'statement: its fee is in the journal'); END;
CREATE TRIGGER statement_unchanged BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
CREATE TRIGGER statement_kept BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
-- Months are closed in their order: each opening balance is the closing balance before it.
CREATE TRIGGER statement_once BEFORE INSERT ON statement
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'statement: closed already'); END;
CREATE TRIGGER statement_fee_booked BEFORE INSERT ON statement
WHEN NEW.entry IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry AND kind = 'platform_fee'
    AND amount = NEW.platform_fee_net + NEW.platform_fee_tax)
BEGIN SELECT RAISE(ABORT, 'statement: the entry of its fee says something else'); END;

CREATE TABLE statement_row (
    tenant INTEGER NOT NULL,
    month  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    method TEXT NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee    INTEGER NOT NULL,
    late   INTEGER NOT NULL,
    PRIMARY KEY (tenant, month, kind, method),
    FOREIGN KEY (tenant, month) REFERENCES statement (tenant, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER statement_row_unchanged BEFORE UPDATE ON statement_row BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
CREATE TRIGGER statement_row_kept BEFORE DELETE ON statement_row BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
CREATE TRIGGER statement_row_copied BEFORE INSERT ON statement_row
WHEN EXISTS (SELECT 1 FROM statement_row
             WHERE tenant = NEW.tenant AND month = NEW.month AND kind = NEW.kind AND method = NEW.method)
    OR (NEW.count, NEW.amount, NEW.fee, NEW.late) IS NOT (
        SELECT count, amount, fee, late FROM stripe_month
        WHERE tenant = NEW.tenant AND month = NEW.month AND kind = NEW.kind AND method = NEW.method)
BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
