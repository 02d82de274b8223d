-- 0021_others: what others do to our objects at Stripe.
--
-- A hold may be captured in parts, and each part is booked when it becomes known. One intent is one payment: what it received grows, each
-- time with an entry of its own. A card can be lost to us, because the guest's customer was deleted or the card was detached, and another
-- can take its place; what was agreed to with the one before is kept. Events that these books cannot use are counted, not kept.

-- Stripe's id of the card that was used: a card is let go when nothing depends on it any more.
ALTER TABLE hold ADD COLUMN payment_method TEXT;
ALTER TABLE payment ADD COLUMN payment_method TEXT;

-- Until now `authorised` of a live hold was what was left of it.
DROP TRIGGER hold_final;
CREATE TRIGGER hold_final BEFORE UPDATE OF state, authorised, captured, amount ON hold
WHEN OLD.state IN ('captured', 'released', 'expired', 'failed')
    AND (NEW.state, NEW.authorised, NEW.captured, NEW.amount) IS NOT (OLD.state, OLD.authorised, OLD.captured, OLD.amount)
    -- What was concluded here without Stripe's word: money that was taken all the same counts.
    AND NOT (OLD.state <> 'captured' AND NEW.state = 'captured' AND NEW.captured > 0)
BEGIN SELECT RAISE(ABORT, 'hold: a final state is final'); END;
CREATE TRIGGER hold_grows BEFORE UPDATE OF state, authorised, captured ON hold
WHEN NEW.authorised < OLD.authorised OR NEW.captured < OLD.captured
    OR (NEW.captured > 0 AND NEW.state NOT IN ('authorised', 'captured'))
BEGIN SELECT RAISE(ABORT, 'hold: what was authorised and what was taken only grow, and something taken is never let go'); END;

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

DROP TRIGGER payment_final;
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
DROP TRIGGER payment_fixed;
CREATE TRIGGER payment_fixed BEFORE UPDATE OF tenant, folio, number, currency, origin, amount, hold, created_at ON payment
WHEN (NEW.tenant, NEW.folio, NEW.number, NEW.currency, NEW.origin, NEW.hold, NEW.created_at)
        IS NOT (OLD.tenant, OLD.folio, OLD.number, OLD.currency, OLD.origin, OLD.hold, OLD.created_at)
    -- Of a payment out of a hold nothing was asked for but what was taken.
    OR (NEW.amount <> OLD.amount AND (OLD.hold IS NULL OR NEW.amount < OLD.amount OR NEW.amount <> NEW.received))
BEGIN SELECT RAISE(ABORT, 'payment: what was asked for is for good'); END;
DROP TRIGGER payment_booked;
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

-- Why the card cannot be charged any more; only while it is removed.
ALTER TABLE saved_card ADD COLUMN removed_why TEXT
    CHECK (removed_why IS NULL OR (state = 'removed' AND removed_why IN ('detached', 'customer_deleted')));
ALTER TABLE saved_card ADD COLUMN expires TEXT CHECK (expires IS NULL OR expires GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]');

-- Cards of a folio that were saved before the present one, or that are lost, with the words that the guest agreed to.
CREATE TABLE past_card (
    tenant         INTEGER NOT NULL,
    folio          INTEGER NOT NULL,
    number         INTEGER NOT NULL CHECK (number >= 1),
    payment_method TEXT NOT NULL,
    brand          TEXT NOT NULL,
    last4          TEXT NOT NULL,
    consent        TEXT NOT NULL,
    consented_at   INTEGER NOT NULL,
    why            TEXT NOT NULL CHECK (why IN ('replaced', 'detached', 'customer_deleted')),
    ended_at       INTEGER NOT NULL,
    -- When Stripe let go of it; NULL for one that still has to be detached.
    detached_at    INTEGER,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number),
    CHECK (why = 'replaced' OR detached_at IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX past_card_attached ON past_card (tenant, folio) WHERE detached_at IS NULL;

CREATE TRIGGER past_card_next BEFORE INSERT ON past_card
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM past_card WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio)
BEGIN SELECT RAISE(ABORT, 'past_card: not the folio''s next one'); END;
CREATE TRIGGER past_card_fixed BEFORE UPDATE ON past_card
WHEN (NEW.tenant, NEW.folio, NEW.number, NEW.payment_method, NEW.brand, NEW.last4, NEW.consent, NEW.consented_at, NEW.why, NEW.ended_at)
        IS NOT (OLD.tenant, OLD.folio, OLD.number, OLD.payment_method, OLD.brand, OLD.last4, OLD.consent, OLD.consented_at, OLD.why,
            OLD.ended_at)
    OR OLD.detached_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'past_card: what was agreed to is for good'); END;
CREATE TRIGGER past_card_kept BEFORE DELETE ON past_card
BEGIN SELECT RAISE(ABORT, 'past_card: what was agreed to is for good'); END;

-- Customers that were deleted at Stripe: late news of their payments brings none of them back.
CREATE TABLE lost_customer (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    customer   TEXT NOT NULL,
    learned_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, customer)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lost_customer_once BEFORE INSERT ON lost_customer
WHEN EXISTS (SELECT 1 FROM lost_customer WHERE tenant = NEW.tenant AND customer = NEW.customer)
BEGIN SELECT RAISE(ABORT, 'lost_customer: known already'); END;
CREATE TRIGGER lost_customer_unchanged BEFORE UPDATE ON lost_customer
BEGIN SELECT RAISE(ABORT, 'lost_customer: deleting is for good'); END;
CREATE TRIGGER lost_customer_kept BEFORE DELETE ON lost_customer
BEGIN SELECT RAISE(ABORT, 'lost_customer: deleting is for good'); END;
CREATE TRIGGER folio_customer_lost BEFORE UPDATE OF customer ON folio
WHEN NEW.customer IS NOT OLD.customer
    AND EXISTS (SELECT 1 FROM lost_customer WHERE tenant = NEW.tenant AND customer = NEW.customer)
BEGIN SELECT RAISE(ABORT, 'folio: the customer was deleted at Stripe'); END;
-- News about a customer or a card finds its folios.
CREATE INDEX folio_customer ON folio (tenant, customer) WHERE customer IS NOT NULL AND closed_at IS NULL;
CREATE INDEX saved_card_payment_method ON saved_card (tenant, payment_method) WHERE state = 'saved';

-- Events of Stripe's that these books cannot use, counted by why. Nothing of them is kept but one example.
CREATE TABLE dropped_event (
    tenant       INTEGER NOT NULL REFERENCES tenant (number),
    reason       TEXT NOT NULL CHECK (reason IN ('other_account', 'other_mode', 'thin', 'unreadable', 'unknown_object')),
    count        INTEGER NOT NULL CHECK (count >= 1),
    first_at     INTEGER NOT NULL,
    last_at      INTEGER NOT NULL CHECK (last_at >= first_at),
    -- The id of the latest; NULL where none could be read.
    example      TEXT,
    PRIMARY KEY (tenant, reason)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dropped_event_counted BEFORE UPDATE ON dropped_event
WHEN NEW.tenant <> OLD.tenant OR NEW.reason <> OLD.reason OR NEW.first_at <> OLD.first_at OR NEW.count <= OLD.count
BEGIN SELECT RAISE(ABORT, 'dropped_event: only counted on'); END;
CREATE TRIGGER dropped_event_once BEFORE INSERT ON dropped_event
WHEN EXISTS (SELECT 1 FROM dropped_event WHERE tenant = NEW.tenant AND reason = NEW.reason) OR NEW.count <> 1
BEGIN SELECT RAISE(ABORT, 'dropped_event: counted from one'); END;
CREATE TRIGGER dropped_event_kept BEFORE DELETE ON dropped_event
BEGIN SELECT RAISE(ABORT, 'dropped_event: kept'); END;
