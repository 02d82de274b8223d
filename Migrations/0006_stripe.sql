-- 0006_stripe: what is said to Stripe and what Stripe says.
--
-- Out: each call that changes something is a row here before it is sent, with its key and its exact body, so that it can be sent
-- again byte for byte. In: each event is kept as received before it is worked off.
-- Numbers are in order of arrival; keys are random and carry no index, because a random unique index costs more than the rest of the row.

CREATE TABLE operation (
    number          INTEGER PRIMARY KEY,
    tenant          INTEGER NOT NULL REFERENCES tenant (number),
    folio           INTEGER,
    -- What it is for: see LedgerService's Purpose.
    purpose         TEXT NOT NULL,
    -- The hold, payment or refund it is about, by its number on the folio.
    subject         INTEGER,
    -- The payment intent it acts on, if there is one already.
    intent          TEXT,
    method          TEXT NOT NULL,
    path            TEXT NOT NULL,
    body            TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    -- waiting: not answered yet. done, refused: answered. parked: needs the operator.
    state           TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'refused', 'parked')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    -- Stripe's code and words for a refusal, or why the result is unknown.
    problem_code    TEXT,
    problem         TEXT,
    created_at      INTEGER NOT NULL,
    finished_at     INTEGER,
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number)
) STRICT;

-- One operation per payment intent at a time: Stripe locks the object, and two at once could take money twice.
CREATE UNIQUE INDEX operation_one_per_intent ON operation (tenant, intent) WHERE state = 'waiting' AND intent IS NOT NULL;
CREATE INDEX operation_waiting ON operation (tenant, number) WHERE state = 'waiting';
CREATE INDEX operation_parked ON operation (tenant, number) WHERE state = 'parked';
CREATE INDEX operation_of_folio ON operation (tenant, folio, number) WHERE folio IS NOT NULL;

CREATE TRIGGER operation_once BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM operation WHERE tenant = NEW.tenant AND intent = NEW.intent AND state = 'waiting')
BEGIN SELECT RAISE(ABORT, 'operation: another one waits on the same intent'); END;
CREATE TRIGGER operation_as_sent
BEFORE UPDATE OF number, tenant, folio, purpose, subject, intent, method, path, body, idempotency_key, created_at ON operation
BEGIN SELECT RAISE(ABORT, 'operation: sent again as it was'); END;
CREATE TRIGGER operation_ended BEFORE UPDATE OF state ON operation
WHEN OLD.state <> 'waiting' AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'operation: answered once'); END;
CREATE TRIGGER operation_kept BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'operation: kept for good'); END;

CREATE TABLE event (
    number      INTEGER PRIMARY KEY,
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    id          TEXT NOT NULL,
    type        TEXT NOT NULL,
    object_id   TEXT,
    created_at  INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    body        TEXT NOT NULL,
    -- received: to be worked off. applied: done. ignored: of a kind without meaning here. parked: needs the operator.
    state       TEXT NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'applied', 'ignored', 'parked')),
    problem     TEXT,
    UNIQUE (tenant, id)
) STRICT;

CREATE INDEX event_received ON event (tenant, number) WHERE state = 'received';
CREATE INDEX event_parked ON event (tenant, number) WHERE state = 'parked';
CREATE TRIGGER event_as_received BEFORE UPDATE OF tenant, id, type, object_id, created_at, received_at, body ON event
BEGIN SELECT RAISE(ABORT, 'event: kept as received'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event: kept as received'); END;
CREATE TRIGGER event_once BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM event WHERE tenant = NEW.tenant AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'event: known already'); END;

-- How far each list at Stripe has been read.
CREATE TABLE sync_cursor (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    list       TEXT NOT NULL CHECK (list IN ('events', 'balance_transactions')),
    last_id    TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, list)
) STRICT, WITHOUT ROWID;

-- Immutable, the accounting truth about fees.
CREATE TABLE balance_transaction (
    tenant     INTEGER NOT NULL,
    id         TEXT NOT NULL,
    currency   TEXT NOT NULL,
    bucket     TEXT NOT NULL CHECK (bucket IN ('charge', 'refund', 'refund_failure', 'dispute', 'fee', 'payout', 'other')),
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

-- The month's sums, so that a statement costs what its rows cost and not what its history does.
CREATE TABLE stripe_month (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    month  TEXT NOT NULL,
    bucket TEXT NOT NULL,
    method TEXT NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee    INTEGER NOT NULL,
    late   INTEGER NOT NULL,
    PRIMARY KEY (tenant, month, bucket, method)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stripe_month_kept BEFORE DELETE ON stripe_month
BEGIN SELECT RAISE(ABORT, 'stripe_month: kept for good'); END;
CREATE TRIGGER balance_transaction_summed AFTER INSERT ON balance_transaction
BEGIN
    INSERT INTO stripe_month VALUES (NEW.tenant, NEW.month, NEW.bucket, coalesce(NEW.method, ''), 1, NEW.amount, NEW.fee, NEW.late)
    ON CONFLICT DO UPDATE SET count = count + 1, amount = amount + NEW.amount, fee = fee + NEW.fee, late = late + NEW.late;
END;

CREATE TABLE payout (
    tenant       INTEGER NOT NULL,
    id           TEXT NOT NULL,
    currency     TEXT NOT NULL,
    amount       INTEGER NOT NULL,
    state        TEXT NOT NULL,
    arrival_date TEXT NOT NULL,
    automatic    INTEGER NOT NULL CHECK (automatic IN (0, 1)),
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE dispute (
    tenant     INTEGER NOT NULL,
    id         TEXT NOT NULL,
    currency   TEXT NOT NULL,
    folio      INTEGER,
    payment    INTEGER,
    amount     INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    state      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency),
    FOREIGN KEY (tenant, folio, payment) REFERENCES payment (tenant, folio, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payout_fixed BEFORE UPDATE OF tenant, id, currency, amount, created_at ON payout
BEGIN SELECT RAISE(ABORT, 'payout: only its state and day change'); END;
CREATE TRIGGER payout_kept BEFORE DELETE ON payout
BEGIN SELECT RAISE(ABORT, 'payout: kept for good'); END;
CREATE TRIGGER dispute_fixed BEFORE UPDATE OF tenant, id, currency, amount, created_at ON dispute
BEGIN SELECT RAISE(ABORT, 'dispute: only its state changes'); END;
CREATE TRIGGER dispute_kept BEFORE DELETE ON dispute
BEGIN SELECT RAISE(ABORT, 'dispute: kept for good'); END;
