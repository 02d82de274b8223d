-- 0014_balance: what moved on the tenant's balance at Stripe, payouts and disputes.
--
-- The months' sums are kept by a trigger: a statement reads one row per kind of movement, however many there were.

-- Immutable, the accounting truth about fees.
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
    -- The month whose statement it belongs to; later than its own month when that was closed already (late = 1).
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
BEGIN SELECT RAISE(ABORT, 'balance_transaction: known already, or in another currency'); END;
CREATE TRIGGER balance_transaction_summed AFTER INSERT ON balance_transaction
BEGIN
    INSERT INTO stripe_month (tenant, month, kind, method, count, amount, fee, late)
    VALUES (NEW.tenant, NEW.month, NEW.kind, coalesce(NEW.method, ''), 1, NEW.amount, NEW.fee, NEW.late)
    ON CONFLICT DO UPDATE SET count = count + 1, amount = amount + NEW.amount, fee = fee + NEW.fee, late = late + NEW.late;
END;
-- A closed month takes no more movements, and neither does any month before it.
CREATE TRIGGER stripe_month_open BEFORE INSERT ON balance_transaction
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'balance_transaction: the month is closed'); END;

-- The month's sums, so that a statement costs what its rows cost and not what its history does.
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
BEGIN SELECT RAISE(ABORT, 'stripe_month: kept for good'); END;
CREATE TRIGGER stripe_month_closed_insert BEFORE INSERT ON stripe_month
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'stripe_month: the month is closed'); END;
CREATE TRIGGER stripe_month_closed_update BEFORE UPDATE ON stripe_month
WHEN (NEW.tenant, NEW.month, NEW.kind, NEW.method) IS NOT (OLD.tenant, OLD.month, OLD.kind, OLD.method)
    OR EXISTS (SELECT 1 FROM statement WHERE tenant = OLD.tenant AND month >= OLD.month)
BEGIN SELECT RAISE(ABORT, 'stripe_month: the month is closed'); END;

-- Movements of disputes about payments that are none of these books', by what they are about: not booked, until their payment is taken in.
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
BEGIN SELECT RAISE(ABORT, 'payout: only its status and day change'); END;
CREATE TRIGGER payout_kept BEFORE DELETE ON payout
BEGIN SELECT RAISE(ABORT, 'payout: kept for good'); END;

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
BEGIN SELECT RAISE(ABORT, 'dispute: only its status changes'); END;
CREATE TRIGGER dispute_kept BEFORE DELETE ON dispute
BEGIN SELECT RAISE(ABORT, 'dispute: kept for good'); END;
