-- 0005_payment: holds (not money, no journal entry), payments and refunds, each with its business detail and the entry it made.
--
-- A final state is final: late, repeated or reordered news cannot bring a dead hold back to life.

CREATE TABLE hold (
    tenant         INTEGER NOT NULL,
    folio          INTEGER NOT NULL,
    number         INTEGER NOT NULL CHECK (number >= 1),
    currency       TEXT NOT NULL,
    origin         TEXT NOT NULL CHECK (origin IN ('page', 'saved_card')),
    method         TEXT NOT NULL,
    amount         INTEGER NOT NULL CHECK (amount > 0),
    state          TEXT NOT NULL CHECK (state IN ('requested', 'authorised', 'captured', 'released', 'expired', 'failed')),
    authorised     INTEGER NOT NULL DEFAULT 0 CHECK (authorised >= 0),
    captured       INTEGER NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND authorised),
    -- When the bank lets go by itself. Only this value binds.
    capture_before INTEGER,
    -- For a hold on the saved card: the day on which it is placed.
    place_on       TEXT,
    session        TEXT,
    intent         TEXT,
    brand          TEXT,
    last4          TEXT,
    may_increment  INTEGER NOT NULL DEFAULT 0 CHECK (may_increment IN (0, 1)),
    ceiling        INTEGER,
    failure        TEXT,
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX hold_intent ON hold (tenant, intent) WHERE intent IS NOT NULL;
CREATE UNIQUE INDEX hold_session ON hold (tenant, session) WHERE session IS NOT NULL;
CREATE INDEX hold_to_place ON hold (tenant, place_on) WHERE state = 'requested' AND origin = 'saved_card' AND intent IS NULL;
CREATE INDEX hold_live ON hold (tenant, capture_before) WHERE state = 'authorised';

CREATE TRIGGER hold_final BEFORE UPDATE OF state, authorised, captured, amount ON hold
WHEN OLD.state IN ('captured', 'released', 'expired', 'failed')
    AND (NEW.state, NEW.authorised, NEW.captured, NEW.amount) IS NOT (OLD.state, OLD.authorised, OLD.captured, OLD.amount)
BEGIN SELECT RAISE(ABORT, 'hold: a final state is final'); END;
CREATE TRIGGER hold_kept BEFORE DELETE ON hold
BEGIN SELECT RAISE(ABORT, 'hold: kept for good'); END;

CREATE TABLE payment (
    tenant     INTEGER NOT NULL,
    folio      INTEGER NOT NULL,
    number     INTEGER NOT NULL CHECK (number >= 1),
    currency   TEXT NOT NULL,
    origin     TEXT NOT NULL CHECK (origin IN ('capture', 'page', 'saved_card')),
    method     TEXT NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    state      TEXT NOT NULL CHECK (state IN ('requested', 'processing', 'succeeded', 'failed')),
    received   INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
    -- Including refunds on their way.
    refunded   INTEGER NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND received),
    session    TEXT,
    intent     TEXT,
    hold       INTEGER,
    failure    TEXT,
    entry      INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency),
    FOREIGN KEY (tenant, folio, hold) REFERENCES hold (tenant, folio, number),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    CHECK ((state = 'succeeded') = (entry IS NOT NULL)),
    CHECK ((state = 'succeeded') = (received > 0)),
    CHECK ((origin = 'capture') = (hold IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX payment_intent ON payment (tenant, intent) WHERE intent IS NOT NULL;
CREATE UNIQUE INDEX payment_session ON payment (tenant, session) WHERE session IS NOT NULL;

CREATE TRIGGER payment_final BEFORE UPDATE OF state, received, amount, entry ON payment
WHEN OLD.state = 'succeeded' AND (NEW.state, NEW.received, NEW.amount, NEW.entry) IS NOT (OLD.state, OLD.received, OLD.amount, OLD.entry)
BEGIN SELECT RAISE(ABORT, 'payment: a final state is final'); END;
CREATE TRIGGER payment_kept BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'payment: kept for good'); END;

CREATE TABLE refund (
    tenant        INTEGER NOT NULL,
    folio         INTEGER NOT NULL,
    number        INTEGER NOT NULL CHECK (number >= 1),
    currency      TEXT NOT NULL,
    payment       INTEGER NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0),
    state         TEXT NOT NULL CHECK (state IN ('requested', 'pending', 'succeeded', 'failed')),
    stripe_id     TEXT,
    reason        TEXT NOT NULL,
    entry         INTEGER,
    -- The entry that brought the money back when the refund failed later.
    failure_entry INTEGER,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency),
    FOREIGN KEY (tenant, folio, payment) REFERENCES payment (tenant, folio, number),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    FOREIGN KEY (tenant, failure_entry) REFERENCES journal_entry (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX refund_stripe_id ON refund (tenant, stripe_id) WHERE stripe_id IS NOT NULL;
CREATE TRIGGER refund_kept BEFORE DELETE ON refund
BEGIN SELECT RAISE(ABORT, 'refund: kept for good'); END;
