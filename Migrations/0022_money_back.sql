-- 0022_money_back: what becomes of the bill when money goes back, and which payments can be given back no more.
--
-- A refund says so: the bill was lowered by allowances made with it, or it stays as it was and somebody decides later, as long as the
-- folio is open. Until then the amount is set aside: no check-out takes it again. A refund that a check-out, a cancellation or a no-show
-- makes itself gives back what was paid too much, and says nothing.

ALTER TABLE refund ADD COLUMN bill TEXT CHECK (bill = 'unchanged' OR bill = 'lowered' OR bill = 'charge_again');
-- The first of the allowances that lowered the bill.
ALTER TABLE refund ADD COLUMN bill_line INTEGER CHECK ((bill IS 'lowered') = (bill_line IS NOT NULL));
-- Who decided about a bill that stayed as it was, and when.
ALTER TABLE refund ADD COLUMN decided_by TEXT CHECK (length(decided_by) > 0);
ALTER TABLE refund ADD COLUMN decided_at INTEGER CHECK ((decided_by IS NULL) = (decided_at IS NULL));

-- Of refunds from before nobody has said anything: those that no check-out made are to be decided.
UPDATE refund SET bill = 'unchanged'
WHERE NOT EXISTS (
    SELECT 1 FROM check_out_step s JOIN operation o ON o.number = s.operation
    WHERE s.tenant = refund.tenant AND s.folio = refund.folio AND o.purpose = 'refund' AND o.subject = refund.number);

CREATE UNIQUE INDEX refund_bill_line ON refund (tenant, folio, bill_line) WHERE bill_line IS NOT NULL;

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

-- Why nothing more of a payment can be given back: a failure as it is stored, after Stripe refused a refund of it for good.
ALTER TABLE payment ADD COLUMN refund_refusal TEXT CHECK (length(trim(refund_refusal)) > 0);

CREATE TRIGGER payment_refund_refusal_new BEFORE INSERT ON payment
WHEN NEW.refund_refusal IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment: nobody has asked for a refund of it'); END;
-- For good. Only that the bank contests the payment may be forgotten, once the dispute itself is here to say how it stands.
CREATE TRIGGER payment_refund_refusal_once BEFORE UPDATE OF refund_refusal ON payment
WHEN NEW.refund_refusal IS NOT OLD.refund_refusal
    AND (NEW.state <> 'succeeded' OR OLD.refund_refusal IS NOT NULL AND NOT (
        NEW.refund_refusal IS NULL AND OLD.refund_refusal = '#not_refundable charge_disputed'
        AND EXISTS (SELECT 1 FROM dispute WHERE tenant = NEW.tenant AND folio = NEW.folio AND payment = NEW.number)))
BEGIN SELECT RAISE(ABORT, 'payment: refused for good'); END;

CREATE INDEX dispute_of_payment ON dispute (tenant, folio, payment) WHERE payment IS NOT NULL;
