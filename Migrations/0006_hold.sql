-- 0006_hold: money that a bank holds for a stay. A hold covers the bill only while it is authorised and not past `capture_before`.
--
-- A hold may be captured in parts. Each part is booked when it becomes known.
--
-- Holds that take each other's places are a chain: only the newest authorised one covers. As soon as a bank has agreed to the new hold, the
-- old one is `replaced`, in the same transaction: it is never captured from then on, only cancelled.

CREATE TABLE hold (
    tenant           INTEGER NOT NULL,
    folio            INTEGER NOT NULL,
    number           INTEGER NOT NULL CHECK (number >= 1),
    currency         TEXT NOT NULL,
    -- The hold whose place it takes, and the first of that chain; its own number where it replaces none.
    replaces         INTEGER CHECK (replaces < number),
    chain            INTEGER NOT NULL,
    origin           TEXT NOT NULL CHECK (origin IN ('page', 'saved_card')),
    method           TEXT NOT NULL,
    amount           INTEGER NOT NULL CHECK (amount > 0),
    state            TEXT NOT NULL CHECK (state IN ('requested', 'authorised', 'replaced', 'captured', 'released', 'expired', 'failed')),
    authorised       INTEGER NOT NULL DEFAULT 0 CHECK (authorised >= 0),
    captured         INTEGER NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND authorised),
    -- When the authorisation expires at the bank. Only this value counts.
    capture_before   INTEGER,
    -- For a hold on the saved card: the day on which it is placed.
    place_on         TEXT,
    checkout_session TEXT,
    payment_intent   TEXT,
    brand            TEXT,
    last4            TEXT,
    may_increment    INTEGER NOT NULL DEFAULT 0 CHECK (may_increment IN (0, 1)),
    ceiling          INTEGER,
    -- Why it failed, see Failure: its code, Stripe's code for the reason, a text, and who decided it.
    failure_code     TEXT,
    failure_reason   TEXT,
    failure_detail   TEXT,
    failure_actor    TEXT,
    created_at       INTEGER NOT NULL,
    -- Stripe's id of the card that was used. A card is detached when nothing depends on it any more.
    payment_method   TEXT,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency),
    FOREIGN KEY (tenant, folio, replaces) REFERENCES hold (tenant, folio, number),
    CHECK (failure_code IS NOT NULL OR (failure_reason IS NULL AND failure_detail IS NULL AND failure_actor IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX hold_intent ON hold (tenant, payment_intent) WHERE payment_intent IS NOT NULL;
CREATE UNIQUE INDEX hold_session ON hold (tenant, checkout_session) WHERE checkout_session IS NOT NULL;
-- Staff finds a folio by a card or an amount.
CREATE INDEX hold_last4 ON hold (tenant, last4) WHERE last4 IS NOT NULL;
CREATE INDEX hold_amount ON hold (tenant, amount);
CREATE INDEX hold_payment_method ON hold (tenant, payment_method) WHERE payment_method IS NOT NULL;
CREATE INDEX hold_to_place ON hold (tenant, place_on) WHERE state = 'requested' AND origin = 'saved_card' AND payment_intent IS NULL;
CREATE INDEX hold_live ON hold (tenant, capture_before) WHERE state IN ('authorised', 'replaced');

-- At most one hold at a time takes another's place.
CREATE UNIQUE INDEX hold_replaces ON hold (tenant, folio, replaces) WHERE replaces IS NOT NULL AND state IN ('requested', 'authorised');

-- Only what was asked for in vain goes: the last one of its folio, whose page Stripe never made because it does not take the method.
CREATE TRIGGER hold_kept BEFORE DELETE ON hold
WHEN OLD.state <> 'requested' OR OLD.payment_intent IS NOT NULL OR OLD.checkout_session IS NOT NULL
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = OLD.tenant AND folio = OLD.folio AND number > OLD.number)
    OR NOT EXISTS (
        SELECT 1 FROM operation
        WHERE tenant = OLD.tenant AND folio = OLD.folio AND subject = OLD.number AND kind IN ('hold_page', 'setup_page')
            AND state = 'refused' AND failure_code = 'method_not_active')
BEGIN SELECT RAISE(ABORT, 'hold: cannot be deleted'); END;
CREATE TRIGGER hold_fixed BEFORE UPDATE OF tenant, folio, number, currency, replaces, chain, origin, amount, created_at ON hold
BEGIN SELECT RAISE(ABORT, 'hold: the request cannot be changed'); END;
CREATE TRIGGER hold_next BEFORE INSERT ON hold
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
    OR NEW.payment_intent IS NOT NULL OR NEW.checkout_session IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'hold: the number must be the next one of the folio, and the currency the folio''s'); END;
CREATE TRIGGER hold_in_chain BEFORE INSERT ON hold
WHEN NEW.chain IS NOT CASE WHEN NEW.replaces IS NULL THEN NEW.number
        ELSE (SELECT chain FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.replaces AND state = 'authorised') END
    OR EXISTS (
        SELECT 1 FROM hold
        WHERE tenant = NEW.tenant AND folio = NEW.folio AND replaces = NEW.replaces AND state IN ('requested', 'authorised'))
BEGIN SELECT RAISE(ABORT, 'hold: it may take the place of one authorised hold, which no other replaces, and is of its chain'); END;
CREATE TRIGGER hold_replaced BEFORE UPDATE OF state ON hold
WHEN (NEW.state = 'replaced' AND OLD.state <> 'replaced' AND (
        OLD.state <> 'authorised'
        OR NOT EXISTS (
            SELECT 1 FROM hold
            WHERE tenant = NEW.tenant AND folio = NEW.folio AND replaces = NEW.number AND authorised > 0)))
    OR (OLD.state = 'replaced' AND NEW.state IN ('requested', 'authorised', 'failed'))
BEGIN SELECT RAISE(ABORT, 'hold: only an authorised one is replaced, by one that the bank has agreed to, and it never covers again'); END;
CREATE TRIGGER hold_ids_once BEFORE UPDATE OF payment_intent, checkout_session ON hold
WHEN (OLD.payment_intent IS NOT NULL AND NEW.payment_intent IS NOT OLD.payment_intent)
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND payment_intent = NEW.payment_intent AND (folio, number) <> (NEW.folio, NEW.number))
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND checkout_session = NEW.checkout_session AND (folio, number) <> (NEW.folio, NEW.number))
BEGIN SELECT RAISE(ABORT, 'hold: the payment intent or Checkout session belongs to another hold, or cannot be changed'); END;
CREATE TRIGGER hold_final BEFORE UPDATE OF state, authorised, captured, amount ON hold
WHEN OLD.state IN ('captured', 'released', 'expired', 'failed')
    AND (NEW.state, NEW.authorised, NEW.captured, NEW.amount) IS NOT (OLD.state, OLD.authorised, OLD.captured, OLD.amount)
    -- The ledger may end a hold before Stripe confirms it. If Stripe captured money after all, the capture counts.
    AND NOT (OLD.state <> 'captured' AND NEW.state = 'captured' AND NEW.captured > 0)
BEGIN SELECT RAISE(ABORT, 'hold: a final state cannot be changed'); END;
CREATE TRIGGER hold_grows BEFORE UPDATE OF state, authorised, captured ON hold
WHEN NEW.authorised < OLD.authorised OR NEW.captured < OLD.captured
    OR (NEW.captured > 0 AND NEW.state NOT IN ('authorised', 'replaced', 'captured'))
BEGIN SELECT RAISE(ABORT, 'hold: authorised and captured amounts cannot decrease, and a captured hold cannot be released'); END;
