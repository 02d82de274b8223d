-- 0007_payment: money that was taken, out of a hold or at once.
--
-- A payment is asked for first; its money and its entry come by UPDATE. One intent is one payment: what it received grows, each time with an
-- entry of its own.

CREATE TABLE payment (
    tenant                INTEGER NOT NULL,
    folio                 INTEGER NOT NULL,
    number                INTEGER NOT NULL CHECK (number >= 1),
    currency              TEXT NOT NULL,
    origin                TEXT NOT NULL CHECK (origin IN ('capture', 'page', 'saved_card')),
    method                TEXT NOT NULL,
    amount                INTEGER NOT NULL CHECK (amount > 0),
    state                 TEXT NOT NULL CHECK (state IN ('requested', 'processing', 'succeeded', 'failed')),
    received              INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
    -- Including refunds on their way.
    refunded              INTEGER NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND received),
    checkout_session      TEXT,
    payment_intent        TEXT,
    hold                  INTEGER,
    -- Why it came to nothing, see Failure: its code, Stripe's name of the reason, words, and who decided it.
    failure_code          TEXT,
    failure_reason        TEXT,
    failure_detail        TEXT,
    failure_actor         TEXT,
    entry                 INTEGER,
    created_at            INTEGER NOT NULL,
    payment_method        TEXT,
    -- Why nothing more of it can be given back, after Stripe refused a refund of it for good.
    refund_refusal_code   TEXT,
    refund_refusal_reason TEXT,
    refund_refusal_detail TEXT,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency),
    FOREIGN KEY (tenant, folio, hold) REFERENCES hold (tenant, folio, number),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    CHECK ((state = 'succeeded') = (entry IS NOT NULL)),
    CHECK ((state = 'succeeded') = (received > 0)),
    CHECK ((origin = 'capture') = (hold IS NOT NULL)),
    CHECK (failure_code IS NOT NULL OR (failure_reason IS NULL AND failure_detail IS NULL AND failure_actor IS NULL)),
    CHECK (refund_refusal_code IS NOT NULL OR (refund_refusal_reason IS NULL AND refund_refusal_detail IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX payment_intent ON payment (tenant, payment_intent) WHERE payment_intent IS NOT NULL;
CREATE UNIQUE INDEX payment_session ON payment (tenant, checkout_session) WHERE checkout_session IS NOT NULL;

CREATE TRIGGER payment_kept BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'payment: kept for good'); END;
-- A payment is asked for first; its money and its entry come by UPDATE.
CREATE TRIGGER payment_next BEFORE INSERT ON payment
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
    OR NEW.hold IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.hold)
    OR NEW.payment_intent IS NOT NULL OR NEW.checkout_session IS NOT NULL OR NEW.entry IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment: not the folio''s next one, not in its currency, or out of another folio''s hold'); END;
CREATE TRIGGER payment_ids_once BEFORE UPDATE OF payment_intent, checkout_session ON payment
WHEN (OLD.payment_intent IS NOT NULL AND NEW.payment_intent IS NOT OLD.payment_intent)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND payment_intent = NEW.payment_intent AND (folio, number) <> (NEW.folio, NEW.number))
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND checkout_session = NEW.checkout_session AND (folio, number) <> (NEW.folio, NEW.number))
BEGIN SELECT RAISE(ABORT, 'payment: an intent or a page belongs to one payment'); END;
CREATE TRIGGER payment_final BEFORE UPDATE OF state, received, amount, entry ON payment
WHEN OLD.state = 'succeeded' AND (NEW.state, NEW.received, NEW.amount, NEW.entry) IS NOT (OLD.state, OLD.received, OLD.amount, OLD.entry)
BEGIN
    SELECT RAISE(ABORT, 'payment: a final state is final') WHERE NEW.state <> OLD.state OR NEW.entry IS NOT OLD.entry;
    SELECT RAISE(ABORT, 'payment: what it received is the sum of its entries')
    WHERE NEW.received <> (SELECT amount FROM journal_entry WHERE tenant = OLD.tenant AND number = OLD.entry) + (
        SELECT coalesce(sum(e.amount), 0) FROM payment_part p JOIN journal_entry e ON e.tenant = p.tenant AND e.number = p.entry
        WHERE p.tenant = OLD.tenant AND p.folio = OLD.folio AND p.payment = OLD.number);
    SELECT RAISE(ABORT, 'payment: what was asked for is for good') WHERE NEW.amount NOT IN (OLD.amount, NEW.received);
END;
CREATE TRIGGER payment_fixed BEFORE UPDATE OF tenant, folio, number, currency, origin, amount, hold, created_at ON payment
WHEN (NEW.tenant, NEW.folio, NEW.number, NEW.currency, NEW.origin, NEW.hold, NEW.created_at)
        IS NOT (OLD.tenant, OLD.folio, OLD.number, OLD.currency, OLD.origin, OLD.hold, OLD.created_at)
    -- Of a payment out of a hold nothing was asked for but what was taken.
    OR (NEW.amount <> OLD.amount AND (OLD.hold IS NULL OR NEW.amount < OLD.amount OR NEW.amount <> NEW.received))
BEGIN SELECT RAISE(ABORT, 'payment: what was asked for is for good'); END;
CREATE TRIGGER payment_booked BEFORE UPDATE OF entry ON payment
WHEN NEW.entry IS NOT OLD.entry AND (
    NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry AND folio = NEW.folio AND kind = 'payment'
        AND amount = NEW.received)
    OR EXISTS (
        SELECT 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND entry = NEW.entry AND number <> NEW.number)
    OR EXISTS (SELECT 1 FROM payment_part WHERE tenant = NEW.tenant AND folio = NEW.folio AND entry = NEW.entry))
BEGIN SELECT RAISE(ABORT, 'payment: its entry says something else, or is another payment''s'); END;
-- Not more than its hold tells; so it grows only while the hold lives or ends.
CREATE TRIGGER payment_within BEFORE UPDATE OF received ON payment
WHEN NEW.hold IS NOT NULL AND NEW.received > coalesce((
    SELECT captured FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.hold), 0)
BEGIN SELECT RAISE(ABORT, 'payment: more than was taken out of its hold'); END;
-- One intent is one payment, and so is one hold.
CREATE TRIGGER payment_one_per_hold BEFORE INSERT ON payment
WHEN NEW.hold IS NOT NULL
    AND EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND hold = NEW.hold)
BEGIN SELECT RAISE(ABORT, 'payment: its hold has one already'); END;
CREATE TRIGGER payment_refund_refusal_new BEFORE INSERT ON payment
WHEN NEW.refund_refusal_code IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment: nobody has asked for a refund of it'); END;
-- For good. Only that the bank contests the payment may be forgotten, once the dispute itself is here to say how it stands.
CREATE TRIGGER payment_refund_refusal_once BEFORE UPDATE OF refund_refusal_code, refund_refusal_reason, refund_refusal_detail ON payment
WHEN (NEW.refund_refusal_code, NEW.refund_refusal_reason, NEW.refund_refusal_detail)
        IS NOT (OLD.refund_refusal_code, OLD.refund_refusal_reason, OLD.refund_refusal_detail)
    AND (NEW.state <> 'succeeded' OR OLD.refund_refusal_code IS NOT NULL AND NOT (
        NEW.refund_refusal_code IS NULL AND OLD.refund_refusal_code = 'not_refundable' AND OLD.refund_refusal_reason = 'charge_disputed'
        AND EXISTS (SELECT 1 FROM dispute WHERE tenant = NEW.tenant AND folio = NEW.folio AND payment = NEW.number)))
BEGIN SELECT RAISE(ABORT, 'payment: refused for good'); END;

-- The further parts of a payment out of a hold; its first part is payment.entry. The amount of each is its entry's.
CREATE TABLE payment_part (
    tenant  INTEGER NOT NULL,
    folio   INTEGER NOT NULL,
    payment INTEGER NOT NULL,
    entry   INTEGER NOT NULL,
    PRIMARY KEY (tenant, folio, payment, entry),
    FOREIGN KEY (tenant, folio, payment) REFERENCES payment (tenant, folio, number),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payment_part_next BEFORE INSERT ON payment_part
BEGIN
    SELECT RAISE(ABORT, 'payment_part: its payment has not succeeded, or came out of no hold')
    WHERE NOT EXISTS (
        SELECT 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.payment AND state = 'succeeded'
        AND hold IS NOT NULL);
    SELECT RAISE(ABORT, 'payment_part: its entry is no payment of this folio')
    WHERE NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry AND folio = NEW.folio AND kind = 'payment');
    SELECT RAISE(ABORT, 'payment_part: its entry is booked already')
    WHERE EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND entry = NEW.entry)
        OR EXISTS (SELECT 1 FROM payment_part WHERE tenant = NEW.tenant AND folio = NEW.folio AND entry = NEW.entry);
END;
-- A sum kept by trigger: a payment grows by its parts and by nothing else.
CREATE TRIGGER payment_part_summed AFTER INSERT ON payment_part
BEGIN
    UPDATE payment SET
        received = received + (SELECT amount FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry),
        amount = received + (SELECT amount FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry)
    WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.payment;
END;
CREATE TRIGGER payment_part_unchanged BEFORE UPDATE ON payment_part
BEGIN SELECT RAISE(ABORT, 'payment_part: append-only'); END;
CREATE TRIGGER payment_part_kept BEFORE DELETE ON payment_part
BEGIN SELECT RAISE(ABORT, 'payment_part: append-only'); END;
