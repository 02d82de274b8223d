-- 0008_refund: money that goes back, and what becomes of the bill.
--
-- A refund says what becomes of the bill: it was lowered by allowances made with it, or it stays as it was and somebody decides later, as
-- long as the folio is open. Until then the amount is set aside: no check-out takes it again. A refund that a check-out, a cancellation or a
-- no-show makes itself gives back what was paid too much, and says nothing.

CREATE TABLE refund (
    tenant        INTEGER NOT NULL,
    folio         INTEGER NOT NULL,
    number        INTEGER NOT NULL CHECK (number >= 1),
    currency      TEXT NOT NULL,
    payment       INTEGER NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0),
    state         TEXT NOT NULL CHECK (state IN ('requested', 'pending', 'succeeded', 'failed')),
    stripe_id     TEXT,
    reason        TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    entry         INTEGER,
    -- The entry that brought the money back when the refund failed later.
    failure_entry INTEGER,
    created_at    INTEGER NOT NULL,
    bill          TEXT CHECK (bill = 'unchanged' OR bill = 'lowered' OR bill = 'charge_again'),
    -- The first of the allowances that lowered the bill.
    bill_line     INTEGER CHECK ((bill IS 'lowered') = (bill_line IS NOT NULL)),
    -- Who decided about a bill that stayed as it was, and when.
    decided_by    TEXT CHECK (length(decided_by) > 0),
    decided_at    INTEGER CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency),
    FOREIGN KEY (tenant, folio, payment) REFERENCES payment (tenant, folio, number),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    FOREIGN KEY (tenant, failure_entry) REFERENCES journal_entry (tenant, number),
    CHECK (failure_entry IS NULL OR (entry IS NOT NULL AND state = 'failed'))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX refund_stripe_id ON refund (tenant, stripe_id) WHERE stripe_id IS NOT NULL;
CREATE INDEX refund_created ON refund (tenant, created_at);
CREATE UNIQUE INDEX refund_bill_line ON refund (tenant, folio, bill_line) WHERE bill_line IS NOT NULL;

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
CREATE TRIGGER refund_bill_said BEFORE INSERT ON refund
BEGIN
    SELECT RAISE(ABORT, 'refund: says what becomes of the bill, which is lowered on an open folio only')
    FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio
        AND CASE NEW.bill
            WHEN 'unchanged' THEN 0
            WHEN 'lowered' THEN state <> 'open'
            WHEN 'charge_again' THEN 1
            -- What a check-out gives back itself.
            ELSE state <> 'closing'
        END;
    SELECT RAISE(ABORT, 'refund: it is decided later')
    WHERE NEW.decided_by IS NOT NULL;
    SELECT RAISE(ABORT, 'refund: no allowance of its own lowered the bill')
    WHERE NEW.bill_line IS NOT NULL AND (NOT EXISTS (
            SELECT 1 FROM line_item WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.bill_line AND kind = 'allowance')
        OR EXISTS (SELECT 1 FROM refund WHERE tenant = NEW.tenant AND folio = NEW.folio AND bill_line = NEW.bill_line));
END;
-- Decided once, on an open folio, about money that did go back.
CREATE TRIGGER refund_decided_once BEFORE UPDATE OF bill, bill_line, decided_by, decided_at ON refund
WHEN (NEW.bill, NEW.bill_line, NEW.decided_by, NEW.decided_at) IS NOT (OLD.bill, OLD.bill_line, OLD.decided_by, OLD.decided_at)
BEGIN
    SELECT RAISE(ABORT, 'refund: decided once, by somebody, on an open folio')
    WHERE OLD.bill IS NOT 'unchanged' OR NEW.bill IS NULL OR NEW.bill = 'unchanged' OR NEW.decided_by IS NULL OR OLD.state = 'failed'
        OR (SELECT state FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio) IS NOT 'open';
    SELECT RAISE(ABORT, 'refund: no allowance of its own lowered the bill')
    WHERE NEW.bill_line IS NOT NULL AND (NOT EXISTS (
            SELECT 1 FROM line_item WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.bill_line AND kind = 'allowance')
        OR EXISTS (SELECT 1 FROM refund
                   WHERE tenant = NEW.tenant AND folio = NEW.folio AND bill_line = NEW.bill_line AND number <> NEW.number));
END;

-- What was decided to go back to a guest, and by whom, whatever came of it at Stripe: what a day's refunds are added up from.
CREATE TABLE refund_decision (
    number     INTEGER PRIMARY KEY CHECK (number >= 1),
    tenant     INTEGER NOT NULL,
    folio      INTEGER NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    actor      TEXT NOT NULL CHECK (length(actor) >= 1),
    decided_at INTEGER NOT NULL,
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number)
) STRICT;

CREATE INDEX refund_decision_by ON refund_decision (tenant, actor, decided_at);

CREATE TRIGGER refund_decision_next BEFORE INSERT ON refund_decision
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM refund_decision)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio)
BEGIN SELECT RAISE(ABORT, 'refund_decision: not the next one, or of no folio'); END;
CREATE TRIGGER refund_decision_unchanged BEFORE UPDATE ON refund_decision
BEGIN SELECT RAISE(ABORT, 'refund_decision: append-only'); END;
CREATE TRIGGER refund_decision_kept BEFORE DELETE ON refund_decision
BEGIN SELECT RAISE(ABORT, 'refund_decision: append-only'); END;
