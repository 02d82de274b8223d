-- 0007_payment: money that was taken, from a hold or directly.
--
-- A payment is inserted when it is requested; the money received and the journal entry are added by UPDATE. One payment intent is one payment:
-- `received` may grow, each time with its own journal entry.
--
-- A payment that succeeded can fail later: Stripe takes all of it out of the balance again. `received` then stays as it was, and
-- `failure_entry` is the entry that takes it back.

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
    -- Including refunds that are still pending.
    refunded              INTEGER NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND received),
    checkout_session      TEXT,
    payment_intent        TEXT,
    hold                  INTEGER,
    -- Why it failed, see Failure: its code, Stripe's code for the reason, a text, and who decided it.
    failure_code          TEXT,
    failure_reason        TEXT,
    failure_detail        TEXT,
    failure_actor         TEXT,
    entry                 INTEGER,
    -- The entry that took the money back when the payment failed after it had succeeded.
    failure_entry         INTEGER,
    created_at            INTEGER NOT NULL,
    payment_method        TEXT,
    -- Stripe's id of the charge, and the card that was charged.
    charge                TEXT,
    brand                 TEXT,
    last4                 TEXT,
    -- Why nothing more of it can be refunded: Stripe refused a refund of it permanently.
    refund_refusal_code   TEXT,
    refund_refusal_reason TEXT,
    refund_refusal_detail TEXT,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency),
    FOREIGN KEY (tenant, folio, hold) REFERENCES hold (tenant, folio, number),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    FOREIGN KEY (tenant, failure_entry) REFERENCES journal_entry (tenant, number),
    CHECK ((state = 'succeeded') = (entry IS NOT NULL AND failure_entry IS NULL)),
    CHECK ((received > 0) = (entry IS NOT NULL)),
    CHECK (failure_entry IS NULL OR (entry IS NOT NULL AND state = 'failed')),
    CHECK ((origin = 'capture') = (hold IS NOT NULL)),
    CHECK (failure_code IS NOT NULL OR (failure_reason IS NULL AND failure_detail IS NULL AND failure_actor IS NULL)),
    CHECK (refund_refusal_code IS NOT NULL OR (refund_refusal_reason IS NULL AND refund_refusal_detail IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX payment_intent ON payment (tenant, payment_intent) WHERE payment_intent IS NOT NULL;
CREATE UNIQUE INDEX payment_session ON payment (tenant, checkout_session) WHERE checkout_session IS NOT NULL;
-- Staff finds a folio by a charge, a card or an amount.
CREATE INDEX payment_charge ON payment (tenant, charge) WHERE charge IS NOT NULL;
CREATE INDEX payment_last4 ON payment (tenant, last4) WHERE last4 IS NOT NULL;
CREATE INDEX payment_amount ON payment (tenant, amount);
CREATE INDEX payment_payment_method ON payment (tenant, payment_method) WHERE payment_method IS NOT NULL;

-- Only what was asked for in vain goes, as with a hold.
CREATE TRIGGER payment_kept BEFORE DELETE ON payment
WHEN OLD.state <> 'requested' OR OLD.payment_intent IS NOT NULL OR OLD.checkout_session IS NOT NULL OR OLD.hold IS NOT NULL
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = OLD.tenant AND folio = OLD.folio AND number > OLD.number)
    OR EXISTS (SELECT 1 FROM check_out_step WHERE tenant = OLD.tenant AND folio = OLD.folio AND payment = OLD.number)
    OR NOT EXISTS (
        SELECT 1 FROM operation
        WHERE tenant = OLD.tenant AND folio = OLD.folio AND subject = OLD.number AND kind = 'payment_page'
            AND state = 'refused' AND failure_code = 'method_not_active')
BEGIN SELECT RAISE(ABORT, 'payment: cannot be deleted'); END;
-- A payment is inserted when it is requested; the money received and the journal entry are added by UPDATE.
CREATE TRIGGER payment_next BEFORE INSERT ON payment
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
    OR NEW.hold IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.hold)
    OR NEW.payment_intent IS NOT NULL OR NEW.checkout_session IS NOT NULL OR NEW.entry IS NOT NULL OR NEW.failure_entry IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment: the number must be the next one of the folio, the currency the folio''s, and a hold one of the folio''s'); END;
CREATE TRIGGER payment_ids_once BEFORE UPDATE OF payment_intent, checkout_session ON payment
WHEN (OLD.payment_intent IS NOT NULL AND NEW.payment_intent IS NOT OLD.payment_intent)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND payment_intent = NEW.payment_intent AND (folio, number) <> (NEW.folio, NEW.number))
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND checkout_session = NEW.checkout_session AND (folio, number) <> (NEW.folio, NEW.number))
BEGIN SELECT RAISE(ABORT, 'payment: the payment intent or Checkout session belongs to another payment, or cannot be changed'); END;
-- What succeeded can only fail, once, and with the entry that takes it back.
CREATE TRIGGER payment_final BEFORE UPDATE OF state, received, amount, entry, failure_entry ON payment
WHEN OLD.entry IS NOT NULL AND (NEW.state, NEW.received, NEW.amount, NEW.entry, NEW.failure_entry)
    IS NOT (OLD.state, OLD.received, OLD.amount, OLD.entry, OLD.failure_entry)
BEGIN
    SELECT RAISE(ABORT, 'payment: a final state cannot be changed')
    WHERE NEW.entry IS NOT OLD.entry OR OLD.failure_entry IS NOT NULL OR (NEW.state <> OLD.state AND NEW.failure_entry IS NULL);
    SELECT RAISE(ABORT, 'payment: received must equal the sum of its journal entries')
    WHERE NEW.received <> (SELECT amount FROM journal_entry WHERE tenant = OLD.tenant AND number = OLD.entry) + (
        SELECT coalesce(sum(e.amount), 0) FROM payment_part p JOIN journal_entry e ON e.tenant = p.tenant AND e.number = p.entry
        WHERE p.tenant = OLD.tenant AND p.folio = OLD.folio AND p.payment = OLD.number);
    SELECT RAISE(ABORT, 'payment: the request cannot be changed') WHERE NEW.amount NOT IN (OLD.amount, NEW.received);
END;
CREATE TRIGGER payment_fixed BEFORE UPDATE OF tenant, folio, number, currency, origin, amount, hold, created_at ON payment
WHEN (NEW.tenant, NEW.folio, NEW.number, NEW.currency, NEW.origin, NEW.hold, NEW.created_at)
        IS NOT (OLD.tenant, OLD.folio, OLD.number, OLD.currency, OLD.origin, OLD.hold, OLD.created_at)
    -- For a payment from a hold, the amount is what was captured.
    OR (NEW.amount <> OLD.amount AND (OLD.hold IS NULL OR NEW.amount < OLD.amount OR NEW.amount <> NEW.received))
BEGIN SELECT RAISE(ABORT, 'payment: the request cannot be changed'); END;
CREATE TRIGGER payment_booked BEFORE UPDATE OF entry ON payment
WHEN NEW.entry IS NOT OLD.entry AND (
    NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry AND folio = NEW.folio AND kind = 'payment'
        AND amount = NEW.received)
    OR EXISTS (
        SELECT 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND entry = NEW.entry AND number <> NEW.number)
    OR EXISTS (SELECT 1 FROM payment_part WHERE tenant = NEW.tenant AND folio = NEW.folio AND entry = NEW.entry))
BEGIN SELECT RAISE(ABORT, 'payment: does not match its journal entry, or the entry belongs to another payment'); END;
CREATE TRIGGER payment_failed BEFORE UPDATE OF failure_entry ON payment
WHEN NEW.failure_entry IS NOT OLD.failure_entry AND (
    OLD.state <> 'succeeded'
    OR NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.failure_entry AND folio = NEW.folio
        AND kind = 'payment_failed' AND amount = NEW.received AND stripe_object = NEW.payment_intent))
BEGIN SELECT RAISE(ABORT, 'payment: does not match the journal entry of its failure'); END;
-- Never more than was captured from its hold.
CREATE TRIGGER payment_within BEFORE UPDATE OF received ON payment
WHEN NEW.hold IS NOT NULL AND NEW.received > coalesce((
    SELECT captured FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.hold), 0)
BEGIN SELECT RAISE(ABORT, 'payment: exceeds what was captured from its hold'); END;
-- One payment per hold, however many captures.
CREATE TRIGGER payment_one_per_hold BEFORE INSERT ON payment
WHEN NEW.hold IS NOT NULL
    AND EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND hold = NEW.hold)
BEGIN SELECT RAISE(ABORT, 'payment: the hold already has a payment'); END;
CREATE TRIGGER payment_refund_refusal_new BEFORE INSERT ON payment
WHEN NEW.refund_refusal_code IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment: a new payment cannot have a refusal of refunds yet'); END;
-- A final refusal of refunds stays. Only the refusal because of a dispute may be cleared, once the dispute itself is recorded.
CREATE TRIGGER payment_refund_refusal_once BEFORE UPDATE OF refund_refusal_code, refund_refusal_reason, refund_refusal_detail ON payment
WHEN (NEW.refund_refusal_code, NEW.refund_refusal_reason, NEW.refund_refusal_detail)
        IS NOT (OLD.refund_refusal_code, OLD.refund_refusal_reason, OLD.refund_refusal_detail)
    AND (NEW.state <> 'succeeded' OR OLD.refund_refusal_code IS NOT NULL AND NOT (
        NEW.refund_refusal_code IS NULL AND OLD.refund_refusal_code = 'not_refundable' AND OLD.refund_refusal_reason = 'charge_disputed'
        AND EXISTS (SELECT 1 FROM dispute WHERE tenant = NEW.tenant AND folio = NEW.folio AND payment = NEW.number)))
BEGIN SELECT RAISE(ABORT, 'payment: a final refusal of refunds cannot be changed'); END;

-- Further captures of a payment from a hold; the first is payment.entry. The amount is that of the journal entry.
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
    SELECT RAISE(ABORT, 'payment_part: the payment has not succeeded, or does not come from a hold')
    WHERE NOT EXISTS (
        SELECT 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.payment AND state = 'succeeded'
        AND hold IS NOT NULL);
    SELECT RAISE(ABORT, 'payment_part: the journal entry is not a payment of this folio')
    WHERE NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry AND folio = NEW.folio AND kind = 'payment');
    SELECT RAISE(ABORT, 'payment_part: the journal entry already belongs to a payment')
    WHERE EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND entry = NEW.entry)
        OR EXISTS (SELECT 1 FROM payment_part WHERE tenant = NEW.tenant AND folio = NEW.folio AND entry = NEW.entry);
END;
-- The trigger keeps the sum: a payment grows only by its parts.
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
