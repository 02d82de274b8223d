-- 0014_balance: movements on the tenant's Stripe balance, payouts and disputes.
--
-- A trigger keeps the sums of each month: a statement reads one row per kind of movement, however many movements there were.

-- Never changed. The authoritative record of Stripe's fees.
CREATE TABLE balance_transaction (
    tenant     INTEGER NOT NULL,
    id         TEXT NOT NULL,
    currency   TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('charge', 'refund', 'refund_failure', 'dispute', 'fee', 'payout', 'other')),
    type       TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    fee        INTEGER NOT NULL,
    source     TEXT,
    method     TEXT,
    created_at INTEGER NOT NULL,
    -- The month whose statement it belongs to. Later than the movement's own month if that was already closed (late = 1).
    month      TEXT NOT NULL,
    late       INTEGER NOT NULL CHECK (late IN (0, 1)),
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER balance_transaction_unchanged BEFORE UPDATE ON balance_transaction
BEGIN SELECT RAISE(ABORT, 'balance_transaction: append-only'); END;
CREATE TRIGGER balance_transaction_kept BEFORE DELETE ON balance_transaction
BEGIN SELECT RAISE(ABORT, 'balance_transaction: append-only'); END;
CREATE TRIGGER balance_transaction_once BEFORE INSERT ON balance_transaction
WHEN EXISTS (SELECT 1 FROM balance_transaction WHERE tenant = NEW.tenant AND id = NEW.id)
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant AND currency = NEW.currency)
BEGIN SELECT RAISE(ABORT, 'balance_transaction: already recorded, or in another currency'); END;
CREATE TRIGGER balance_transaction_summed AFTER INSERT ON balance_transaction
BEGIN
    INSERT INTO stripe_month (tenant, month, kind, method, count, amount, fee, late)
    VALUES (NEW.tenant, NEW.month, NEW.kind, coalesce(NEW.method, ''), 1, NEW.amount, NEW.fee, NEW.late)
    ON CONFLICT DO UPDATE SET count = count + 1, amount = amount + NEW.amount, fee = fee + NEW.fee, late = late + NEW.late;
END;
-- No movements can be added to a closed month or to any month before it.
CREATE TRIGGER stripe_month_open BEFORE INSERT ON balance_transaction
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'balance_transaction: the month is closed'); END;

-- The sums of a month, so that the cost of a statement does not grow with the number of movements.
CREATE TABLE stripe_month (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    month  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    method TEXT NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee    INTEGER NOT NULL,
    late   INTEGER NOT NULL,
    PRIMARY KEY (tenant, month, kind, method)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stripe_month_kept BEFORE DELETE ON stripe_month
BEGIN SELECT RAISE(ABORT, 'stripe_month: cannot be deleted'); END;
CREATE TRIGGER stripe_month_closed_insert BEFORE INSERT ON stripe_month
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'stripe_month: the month is closed'); END;
CREATE TRIGGER stripe_month_closed_update BEFORE UPDATE ON stripe_month
WHEN (NEW.tenant, NEW.month, NEW.kind, NEW.method) IS NOT (OLD.tenant, OLD.month, OLD.kind, OLD.method)
    OR EXISTS (SELECT 1 FROM statement WHERE tenant = OLD.tenant AND month >= OLD.month)
BEGIN SELECT RAISE(ABORT, 'stripe_month: the month is closed'); END;

-- Movements of disputes about payments that do not belong to these books. They are not booked until the payment is taken in.
CREATE TABLE unassigned_movement (
    tenant INTEGER NOT NULL,
    source TEXT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (tenant, source, id),
    FOREIGN KEY (tenant, id) REFERENCES balance_transaction (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE payout (
    tenant       INTEGER NOT NULL,
    id           TEXT NOT NULL,
    currency     TEXT NOT NULL,
    amount       INTEGER NOT NULL,
    status       TEXT NOT NULL,
    arrival_date TEXT NOT NULL,
    automatic    INTEGER NOT NULL CHECK (automatic IN (0, 1)),
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payout_fixed BEFORE UPDATE OF tenant, id, currency, amount, created_at ON payout
BEGIN SELECT RAISE(ABORT, 'payout: only status and arrival day may change'); END;
CREATE TRIGGER payout_kept BEFORE DELETE ON payout
BEGIN SELECT RAISE(ABORT, 'payout: cannot be deleted'); END;

CREATE TABLE dispute (
    tenant     INTEGER NOT NULL,
    id         TEXT NOT NULL,
    currency   TEXT NOT NULL,
    folio      INTEGER,
    payment    INTEGER,
    amount     INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    status     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency),
    FOREIGN KEY (tenant, folio, payment) REFERENCES payment (tenant, folio, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX dispute_created ON dispute (tenant, created_at);
CREATE INDEX dispute_of_payment ON dispute (tenant, folio, payment) WHERE payment IS NOT NULL;

CREATE TRIGGER dispute_fixed BEFORE UPDATE OF tenant, id, currency, amount, created_at ON dispute
BEGIN SELECT RAISE(ABORT, 'dispute: only the status may change'); END;
CREATE TRIGGER dispute_kept BEFORE DELETE ON dispute
BEGIN SELECT RAISE(ABORT, 'dispute: cannot be deleted'); END;
