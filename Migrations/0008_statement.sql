-- 0008_statement: a closed month. What it said is copied here and never changes; what becomes known later goes into the next
-- open month (Nachtrag), see balance_transaction.month.

CREATE TABLE statement (
    tenant    INTEGER NOT NULL REFERENCES tenant (number),
    month     TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    fee_net   INTEGER NOT NULL,
    fee_tax   INTEGER NOT NULL,
    opening   INTEGER NOT NULL,
    -- The module fee's journal entry; none when the price is zero.
    entry     INTEGER,
    closed_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, month),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement_row (
    tenant INTEGER NOT NULL,
    month  TEXT NOT NULL,
    bucket TEXT NOT NULL,
    method TEXT NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee    INTEGER NOT NULL,
    late   INTEGER NOT NULL,
    PRIMARY KEY (tenant, month, bucket, method),
    FOREIGN KEY (tenant, month) REFERENCES statement (tenant, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER statement_unchanged BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
CREATE TRIGGER statement_kept BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
CREATE TRIGGER statement_once BEFORE INSERT ON statement
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month = NEW.month)
BEGIN SELECT RAISE(ABORT, 'statement: closed already'); END;
CREATE TRIGGER statement_row_unchanged BEFORE UPDATE ON statement_row BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
CREATE TRIGGER statement_row_kept BEFORE DELETE ON statement_row BEGIN SELECT RAISE(ABORT, 'statement: closed for good'); END;
-- A closed month takes no more movements.
CREATE TRIGGER stripe_month_open BEFORE INSERT ON balance_transaction
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month = NEW.month)
BEGIN SELECT RAISE(ABORT, 'balance_transaction: the month is closed'); END;
