-- 0015_statement: a closed month. Its figures are copied here and never change. What becomes known later goes into the next open
-- month as a late item, see balance_transaction.month. What the operator bills for the month is not among them: the fee runs have it, which
-- wait for no closing and are never changed either (0022_fee).

CREATE TABLE statement (
    tenant          INTEGER NOT NULL REFERENCES tenant (number),
    month           TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
    opening_balance INTEGER NOT NULL,
    closed_at       INTEGER NOT NULL,
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

-- The sums by Stripe's own month, as they were known when the tenant's month was closed.
CREATE TABLE statement_utc_row (
    tenant INTEGER NOT NULL,
    month  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    type   TEXT NOT NULL,
    method TEXT NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee    INTEGER NOT NULL,
    PRIMARY KEY (tenant, month, kind, type, method),
    FOREIGN KEY (tenant, month) REFERENCES statement (tenant, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER statement_utc_row_unchanged BEFORE UPDATE ON statement_utc_row
BEGIN SELECT RAISE(ABORT, 'statement: a closed month cannot be changed or deleted'); END;
CREATE TRIGGER statement_utc_row_kept BEFORE DELETE ON statement_utc_row
BEGIN SELECT RAISE(ABORT, 'statement: a closed month cannot be changed or deleted'); END;
CREATE TRIGGER statement_utc_row_copied BEFORE INSERT ON statement_utc_row
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month > NEW.month)
    OR EXISTS (SELECT 1 FROM statement_utc_row
             WHERE tenant = NEW.tenant AND month = NEW.month AND kind = NEW.kind AND type = NEW.type AND method = NEW.method)
    OR (NEW.count, NEW.amount, NEW.fee) IS NOT (
        SELECT count, amount, fee FROM stripe_utc_month
        WHERE tenant = NEW.tenant AND month = NEW.month AND kind = NEW.kind AND type = NEW.type AND method = NEW.method)
BEGIN SELECT RAISE(ABORT, 'statement: a closed month cannot be changed or deleted'); END;

-- How the tenant treats the VAT of Stripe's fees, from a month on, and in which words the statement says so. A closed month keeps what it said.
CREATE TABLE stripe_fee_note (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    from_month TEXT NOT NULL CHECK (from_month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' AND substr(from_month, 6) BETWEEN '01' AND '12'),
    number     INTEGER NOT NULL CHECK (number >= 1),
    treatment  TEXT NOT NULL CHECK (treatment IN ('reverse_charge', 'exempt')),
    words      TEXT CHECK (length(words) BETWEEN 1 AND 500 AND trim(words) <> ''),
    actor      TEXT NOT NULL CHECK (length(actor) >= 1),
    set_at     INTEGER NOT NULL,
    PRIMARY KEY (tenant, from_month, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stripe_fee_note_unchanged BEFORE UPDATE ON stripe_fee_note
BEGIN SELECT RAISE(ABORT, 'stripe_fee_note: append-only'); END;
CREATE TRIGGER stripe_fee_note_kept BEFORE DELETE ON stripe_fee_note
BEGIN SELECT RAISE(ABORT, 'stripe_fee_note: append-only'); END;
CREATE TRIGGER stripe_fee_note_next BEFORE INSERT ON stripe_fee_note
WHEN NEW.number IS NOT (
        SELECT coalesce(max(number), 0) + 1 FROM stripe_fee_note WHERE tenant = NEW.tenant AND from_month = NEW.from_month)
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant)
    OR EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.from_month)
BEGIN SELECT RAISE(ABORT, 'stripe_fee_note: the number must be the next one, and the month open'); END;

-- What a month was closed over, with the reason and the name of who did: one row for each kind of thing that was not in order then.
CREATE TABLE closing_remark (
    tenant INTEGER NOT NULL,
    month  TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    count  INTEGER NOT NULL CHECK (count > 0),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500 AND trim(reason) <> ''),
    actor  TEXT NOT NULL CHECK (length(actor) >= 1),
    PRIMARY KEY (tenant, month, kind),
    FOREIGN KEY (tenant, month) REFERENCES statement (tenant, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER closing_remark_unchanged BEFORE UPDATE ON closing_remark
BEGIN SELECT RAISE(ABORT, 'closing_remark: append-only'); END;
CREATE TRIGGER closing_remark_kept BEFORE DELETE ON closing_remark
BEGIN SELECT RAISE(ABORT, 'closing_remark: append-only'); END;
-- Only with the month's own statement: its rows are copied after it.
CREATE TRIGGER closing_remark_once BEFORE INSERT ON closing_remark
WHEN NOT EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month = NEW.month)
    OR EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month > NEW.month)
    OR EXISTS (SELECT 1 FROM closing_remark WHERE tenant = NEW.tenant AND month = NEW.month
        AND (kind = NEW.kind OR reason <> NEW.reason OR actor <> NEW.actor))
BEGIN SELECT RAISE(ABORT, 'closing_remark: the month is not closed, or was closed for another reason'); END;
