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
CREATE TRIGGER hold_fixed BEFORE UPDATE OF tenant, folio, number, currency, origin, amount, created_at ON hold
BEGIN SELECT RAISE(ABORT, 'hold: what was asked for is for good'); END;
CREATE TRIGGER hold_next BEFORE INSERT ON hold
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
    OR NEW.intent IS NOT NULL OR NEW.session IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'hold: not the folio''s next one, or not in its currency'); END;
CREATE TRIGGER hold_ids_once BEFORE UPDATE OF intent, session ON hold
WHEN (OLD.intent IS NOT NULL AND NEW.intent IS NOT OLD.intent)
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND intent = NEW.intent AND (folio, number) <> (NEW.folio, NEW.number))
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND session = NEW.session AND (folio, number) <> (NEW.folio, NEW.number))
BEGIN SELECT RAISE(ABORT, 'hold: an intent or a page belongs to one hold'); END;

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
CREATE TRIGGER payment_fixed BEFORE UPDATE OF tenant, folio, number, currency, origin, amount, hold, created_at ON payment
BEGIN SELECT RAISE(ABORT, 'payment: what was asked for is for good'); END;
-- A payment is asked for first; its money and its entry come by UPDATE.
CREATE TRIGGER payment_next BEFORE INSERT ON payment
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
    OR NEW.hold IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.hold)
    OR NEW.intent IS NOT NULL OR NEW.session IS NOT NULL OR NEW.entry IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment: not the folio''s next one, not in its currency, or out of another folio''s hold'); END;
CREATE TRIGGER payment_ids_once BEFORE UPDATE OF intent, session ON payment
WHEN (OLD.intent IS NOT NULL AND NEW.intent IS NOT OLD.intent)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND intent = NEW.intent AND (folio, number) <> (NEW.folio, NEW.number))
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND session = NEW.session AND (folio, number) <> (NEW.folio, NEW.number))
BEGIN SELECT RAISE(ABORT, 'payment: an intent or a page belongs to one payment'); END;
CREATE TRIGGER payment_booked BEFORE UPDATE OF entry ON payment
WHEN NEW.entry IS NOT OLD.entry AND NOT EXISTS (
    SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry AND folio = NEW.folio AND kind = 'payment'
    AND amount = NEW.received)
BEGIN SELECT RAISE(ABORT, 'payment: its entry says something else'); END;

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
    FOREIGN KEY (tenant, failure_entry) REFERENCES journal_entry (tenant, number),
    CHECK (failure_entry IS NULL OR (entry IS NOT NULL AND state = 'failed'))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX refund_stripe_id ON refund (tenant, stripe_id) WHERE stripe_id IS NOT NULL;
CREATE TRIGGER refund_kept BEFORE DELETE ON refund
BEGIN SELECT RAISE(ABORT, 'refund: kept for good'); END;
CREATE TRIGGER refund_fixed BEFORE UPDATE OF tenant, folio, number, currency, payment, amount, reason, created_at ON refund
BEGIN SELECT RAISE(ABORT, 'refund: what was asked for is for good'); END;
CREATE TRIGGER refund_next BEFORE INSERT ON refund
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM refund WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
    OR NEW.stripe_id IS NOT NULL OR NEW.entry IS NOT NULL OR NEW.failure_entry IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'refund: not the folio''s next one, or not in its currency'); END;
-- The payment counts it already, see payment.refunded, whose CHECK keeps it within what was received.
CREATE TRIGGER refund_within BEFORE INSERT ON refund
WHEN NEW.amount + (
    SELECT coalesce(sum(amount), 0) FROM refund
    WHERE tenant = NEW.tenant AND folio = NEW.folio AND payment = NEW.payment AND state <> 'failed')
    > coalesce((SELECT refunded FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.payment), 0)
BEGIN SELECT RAISE(ABORT, 'refund: its payment does not count it'); END;
CREATE TRIGGER refund_id_once BEFORE UPDATE OF stripe_id ON refund
WHEN (OLD.stripe_id IS NOT NULL AND NEW.stripe_id IS NOT OLD.stripe_id)
    OR EXISTS (SELECT 1 FROM refund
               WHERE tenant = NEW.tenant AND stripe_id = NEW.stripe_id AND (folio, number) <> (NEW.folio, NEW.number))
BEGIN SELECT RAISE(ABORT, 'refund: Stripe''s id belongs to one refund'); END;
CREATE TRIGGER refund_booked BEFORE UPDATE OF entry, failure_entry ON refund
WHEN (NEW.entry IS NOT OLD.entry AND (OLD.entry IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry AND folio = NEW.folio AND kind = 'refund'
        AND amount = NEW.amount)))
    OR (NEW.failure_entry IS NOT OLD.failure_entry AND (OLD.failure_entry IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.failure_entry AND folio = NEW.folio
        AND kind = 'refund_failed' AND amount = NEW.amount)))
BEGIN SELECT RAISE(ABORT, 'refund: its entry says something else'); END;
