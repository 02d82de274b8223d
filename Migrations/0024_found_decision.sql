-- 0024_found_decision: what somebody decided about an object that was found at Stripe.
--
-- Most of what is found is taken in by comparing it with its folio. What does not fit and never will is decided by a person: accepted as it
-- is, or dismissed as none of these books' business. A decision is made once, and kept with who made it and why.

ALTER TABLE found_object ADD COLUMN decision TEXT CHECK (decision IS NULL OR decision IN ('accepted', 'dismissed'));
ALTER TABLE found_object ADD COLUMN decided_at INTEGER CHECK ((decided_at IS NULL) = (decision IS NULL));
ALTER TABLE found_object ADD COLUMN decided_by TEXT CHECK ((decided_by IS NULL) = (decision IS NULL));
ALTER TABLE found_object ADD COLUMN decided_why TEXT CHECK ((decided_why IS NULL) = (decision IS NULL) AND decided_why <> '');

DROP INDEX found_object_waiting;
CREATE INDEX found_object_waiting ON found_object (tenant, reference)
    WHERE taken_in_at IS NULL AND state <> 'over' AND decision IS NOT 'dismissed';

CREATE TRIGGER found_object_undecided BEFORE INSERT ON found_object
WHEN NEW.decision IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'found_object: found first, decided then'); END;
CREATE TRIGGER found_object_decided_once BEFORE UPDATE OF decision, decided_at, decided_by, decided_why ON found_object
WHEN OLD.decision IS NOT NULL OR OLD.taken_in_at IS NOT NULL OR OLD.state = 'over'
BEGIN SELECT RAISE(ABORT, 'found_object: decided once, while it waits'); END;
CREATE TRIGGER found_object_dismissed BEFORE UPDATE OF taken_in_at ON found_object
WHEN OLD.decision = 'dismissed'
BEGIN SELECT RAISE(ABORT, 'found_object: what was dismissed is not taken in'); END;

DROP TRIGGER operation_takes_nothing;
CREATE TRIGGER operation_takes_nothing BEFORE INSERT ON operation
WHEN NEW.purpose IN ('hold_page', 'payment_page', 'setup_page', 'place_hold', 'charge_saved_card', 'increment', 'capture') AND (
    EXISTS (SELECT 1 FROM restoration WHERE tenant = NEW.tenant AND read_at IS NULL)
    OR EXISTS (SELECT 1 FROM account_check WHERE tenant = NEW.tenant AND outcome = 'same')
    OR EXISTS (
        SELECT 1 FROM folio f JOIN found_object o
        ON o.tenant = f.tenant AND o.reference = f.reference AND o.taken_in_at IS NULL AND o.state <> 'over'
            AND o.decision IS NOT 'dismissed'
        WHERE f.tenant = NEW.tenant AND f.number = NEW.folio))
BEGIN SELECT RAISE(ABORT, 'operation: nothing is taken before Stripe has been looked at'); END;
