-- 0023_lost_card: cards that were detached at Stripe.
--
-- The news that a card is gone can overtake the answer that brings the card. It is kept like that of a deleted customer: late news of a
-- payment saves none of them again.

CREATE TABLE lost_card (
    tenant         INTEGER NOT NULL REFERENCES tenant (number),
    payment_method TEXT NOT NULL,
    learned_at     INTEGER NOT NULL,
    PRIMARY KEY (tenant, payment_method)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lost_card_once BEFORE INSERT ON lost_card
WHEN EXISTS (SELECT 1 FROM lost_card WHERE tenant = NEW.tenant AND payment_method = NEW.payment_method)
BEGIN SELECT RAISE(ABORT, 'lost_card: known already'); END;
CREATE TRIGGER lost_card_unchanged BEFORE UPDATE ON lost_card
BEGIN SELECT RAISE(ABORT, 'lost_card: detaching is for good'); END;
CREATE TRIGGER lost_card_kept BEFORE DELETE ON lost_card
BEGIN SELECT RAISE(ABORT, 'lost_card: detaching is for good'); END;
CREATE TRIGGER saved_card_lost BEFORE UPDATE OF state, payment_method ON saved_card
WHEN NEW.state = 'saved' AND (NEW.state, NEW.payment_method) IS NOT (OLD.state, OLD.payment_method)
    AND EXISTS (SELECT 1 FROM lost_card WHERE tenant = NEW.tenant AND payment_method = NEW.payment_method)
BEGIN SELECT RAISE(ABORT, 'saved_card: it was detached at Stripe'); END;
