-- 0015_statement: a closed month. Its figures are copied here and never change. What becomes known later goes into the next open
-- month as a late item, see balance_transaction.month.

CREATE TABLE statement (
    tenant            INTEGER NOT NULL REFERENCES tenant (number),
    month             TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
    -- In euro cents, whatever the books are kept in, and posted in no journal: see 0022_fee.
    platform_fee_net  INTEGER NOT NULL,
    platform_fee_tax  INTEGER NOT NULL,
    platform_fee_case TEXT NOT NULL CHECK (platform_fee_case IN ('domestic', 'eu_reverse_charge', 'third_country', 'blocked')),
    opening_balance   INTEGER NOT NULL,
    closed_at         INTEGER NOT NULL,
    PRIMARY KEY (tenant, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER statement_unchanged BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'statement: a closed month cannot be changed or deleted'); END;
CREATE TRIGGER statement_kept BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'statement: a closed month cannot be changed or deleted'); END;
-- Months are closed in order: each opening balance is the previous closing balance.
CREATE TRIGGER statement_once BEFORE INSERT ON statement
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'statement: this month or a later one is already closed'); END;

CREATE TABLE statement_row (
    tenant INTEGER NOT NULL,
    month  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    type   TEXT NOT NULL,
    method TEXT NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee    INTEGER NOT NULL,
    late   INTEGER NOT NULL,
    PRIMARY KEY (tenant, month, kind, type, method),
    FOREIGN KEY (tenant, month) REFERENCES statement (tenant, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER statement_row_unchanged BEFORE UPDATE ON statement_row BEGIN SELECT RAISE(ABORT, 'statement: a closed month cannot be changed or deleted'); END;
CREATE TRIGGER statement_row_kept BEFORE DELETE ON statement_row BEGIN SELECT RAISE(ABORT, 'statement: a closed month cannot be changed or deleted'); END;
CREATE TRIGGER statement_row_copied BEFORE INSERT ON statement_row
WHEN EXISTS (SELECT 1 FROM statement_row
             WHERE tenant = NEW.tenant AND month = NEW.month AND kind = NEW.kind AND type = NEW.type AND method = NEW.method)
    OR (NEW.count, NEW.amount, NEW.fee, NEW.late) IS NOT (
        SELECT count, amount, fee, late FROM stripe_month
        WHERE tenant = NEW.tenant AND month = NEW.month AND kind = NEW.kind AND type = NEW.type AND method = NEW.method)
BEGIN SELECT RAISE(ABORT, 'statement: a closed month cannot be changed or deleted'); END;
