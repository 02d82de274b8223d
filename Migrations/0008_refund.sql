-- 0008_refund: money that is given back, and whether the bill was lowered.
--
-- A refund on an open folio either lowers the bill by allowances, or leaves it unchanged. An unchanged bill is decided later, while the folio is
-- open. Until then the amount is set aside: no check-out charges it again. A refund that a check-out, a cancellation or a no-show makes
-- returns an overpayment; its `bill` is NULL.

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
    -- The entry that returned the money when the refund failed later.
    failure_entry INTEGER,
    created_at    INTEGER NOT NULL,
    bill          TEXT CHECK (bill = 'unchanged' OR bill = 'lowered' OR bill = 'charge_again'),
    -- The first of the allowances that lowered the bill.
    bill_line     INTEGER CHECK ((bill IS 'lowered') = (bill_line IS NOT NULL)),
    -- Who decided about a bill that was left unchanged, and when.
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
CREATE INDEX refund_amount ON refund (tenant, amount);
CREATE INDEX refund_created ON refund (tenant, created_at);
CREATE UNIQUE INDEX refund_bill_line ON refund (tenant, folio, bill_line) WHERE bill_line IS NOT NULL;

CREATE TRIGGER refund_kept BEFORE DELETE ON refund
BEGIN SELECT RAISE(ABORT, 'refund: cannot be deleted'); END;
CREATE TRIGGER refund_fixed BEFORE UPDATE OF tenant, folio, number, currency, payment, amount, reason, created_at ON refund
BEGIN SELECT RAISE(ABORT, 'refund: the request cannot be changed'); END;
CREATE TRIGGER refund_next BEFORE INSERT ON refund
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM refund WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
    OR NEW.stripe_id IS NOT NULL OR NEW.entry IS NOT NULL OR NEW.failure_entry IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'refund: the number must be the next one of the folio, and the currency the folio''s'); END;
-- payment.refunded already includes it; the CHECK there keeps it within what was received. One that had failed before it was heard of counts
-- nothing.
CREATE TRIGGER refund_within BEFORE INSERT ON refund
WHEN NEW.state <> 'failed' AND NEW.amount + (
    SELECT coalesce(sum(amount), 0) FROM refund
    WHERE tenant = NEW.tenant AND folio = NEW.folio AND payment = NEW.payment AND state <> 'failed')
    > coalesce((SELECT refunded FROM payment WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.payment), 0)
BEGIN SELECT RAISE(ABORT, 'refund: payment.refunded does not include it'); END;
CREATE TRIGGER refund_id_once BEFORE UPDATE OF stripe_id ON refund
WHEN (OLD.stripe_id IS NOT NULL AND NEW.stripe_id IS NOT OLD.stripe_id)
    OR EXISTS (SELECT 1 FROM refund
               WHERE tenant = NEW.tenant AND stripe_id = NEW.stripe_id AND (folio, number) <> (NEW.folio, NEW.number))
BEGIN SELECT RAISE(ABORT, 'refund: the Stripe id belongs to another refund, or cannot be changed'); END;
CREATE TRIGGER refund_booked BEFORE UPDATE OF entry, failure_entry ON refund
WHEN (NEW.entry IS NOT OLD.entry AND (OLD.entry IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.entry AND folio = NEW.folio AND kind = 'refund'
        AND amount = NEW.amount)))
    OR (NEW.failure_entry IS NOT OLD.failure_entry AND (OLD.failure_entry IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.failure_entry AND folio = NEW.folio
        AND kind = 'refund_failed' AND amount = NEW.amount)))
BEGIN SELECT RAISE(ABORT, 'refund: does not match its journal entry'); END;
CREATE TRIGGER refund_bill_said BEFORE INSERT ON refund
BEGIN
    SELECT RAISE(ABORT, 'refund: bill must say whether the charges were lowered, and they can be lowered only on an open folio')
    FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio
        AND CASE NEW.bill
            WHEN 'unchanged' THEN 0
            WHEN 'lowered' THEN state <> 'open'
            WHEN 'charge_again' THEN 1
            -- A refund made by a check-out.
            ELSE state <> 'closing'
        END;
    SELECT RAISE(ABORT, 'refund: decided_by cannot be set yet')
    WHERE NEW.decided_by IS NOT NULL;
    SELECT RAISE(ABORT, 'refund: bill_line is not an allowance, or belongs to another refund')
    WHERE NEW.bill_line IS NOT NULL AND (NOT EXISTS (
            SELECT 1 FROM line_item WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.bill_line AND kind = 'allowance')
        OR EXISTS (SELECT 1 FROM refund WHERE tenant = NEW.tenant AND folio = NEW.folio AND bill_line = NEW.bill_line));
END;
-- The bill is decided once, on an open folio, and only if the refund did not fail.
CREATE TRIGGER refund_decided_once BEFORE UPDATE OF bill, bill_line, decided_by, decided_at ON refund
WHEN (NEW.bill, NEW.bill_line, NEW.decided_by, NEW.decided_at) IS NOT (OLD.bill, OLD.bill_line, OLD.decided_by, OLD.decided_at)
BEGIN
    SELECT RAISE(ABORT, 'refund: bill can be decided only once, by a named actor, on an open folio')
    WHERE OLD.bill IS NOT 'unchanged' OR NEW.bill IS NULL OR NEW.bill = 'unchanged' OR NEW.decided_by IS NULL OR OLD.state = 'failed'
        OR (SELECT state FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio) IS NOT 'open';
    SELECT RAISE(ABORT, 'refund: bill_line is not an allowance, or belongs to another refund')
    WHERE NEW.bill_line IS NOT NULL AND (NOT EXISTS (
            SELECT 1 FROM line_item WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.bill_line AND kind = 'allowance')
        OR EXISTS (SELECT 1 FROM refund
                   WHERE tenant = NEW.tenant AND folio = NEW.folio AND bill_line = NEW.bill_line AND number <> NEW.number));
END;

-- Every decision to refund a guest, and who made it, whatever Stripe answered. The refund limit of a day is computed from these rows.
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
BEGIN SELECT RAISE(ABORT, 'refund_decision: the number must be the next one, and the folio must exist'); END;
CREATE TRIGGER refund_decision_unchanged BEFORE UPDATE ON refund_decision
BEGIN SELECT RAISE(ABORT, 'refund_decision: append-only'); END;
CREATE TRIGGER refund_decision_kept BEFORE DELETE ON refund_decision
BEGIN SELECT RAISE(ABORT, 'refund_decision: append-only'); END;
