-- 0005_saved_card: cards that guests agreed to have charged later, and their history.
--
-- A card becomes unusable when the guest's customer is deleted or the card is detached. Another card can replace it; the consent for the
-- first one is kept. The event of the removal can arrive before the answer that contains the card. So removals are recorded by Stripe's
-- ids and never deleted, and a late event of a payment cannot save such a card again.
-- What a guest agrees to is kept in words and in numbers. It does not change while the card is saved: a page that asks for the same card
-- again shows the same words.

-- A card that the guest agreed to have charged later, and the text of the consent.
CREATE TABLE saved_card (
    tenant           INTEGER NOT NULL,
    folio            INTEGER NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('requested', 'saved', 'failed', 'removed')),
    -- The Checkout session in setup mode, when the card is saved without a payment.
    checkout_session TEXT,
    payment_method   TEXT,
    brand            TEXT,
    last4            TEXT,
    funding          TEXT CHECK (funding IN ('credit', 'debit', 'prepaid', 'unknown')),
    -- Stripe's name for the card itself, the same however often it is saved.
    fingerprint      TEXT,
    consent          TEXT NOT NULL CHECK (length(consent) BETWEEN 1 AND 1200),
    -- What it says: what holds without the guest may come to in all; NULL for none.
    ceiling          INTEGER CHECK (ceiling BETWEEN 1 AND 999999999999),
    -- Until how many days after departure, and for what, late charges may be made; NULL for none. Categories as in tenant.
    late_days        INTEGER CHECK (late_days BETWEEN 1 AND 90),
    late_categories  TEXT CHECK (late_categories <> '' AND late_categories = substr(
        CASE WHEN ',' || late_categories || ',' LIKE '%,food,%' THEN ',food' ELSE '' END
        || CASE WHEN ',' || late_categories || ',' LIKE '%,drinks,%' THEN ',drinks' ELSE '' END
        || CASE WHEN ',' || late_categories || ',' LIKE '%,minibar,%' THEN ',minibar' ELSE '' END
        || CASE WHEN ',' || late_categories || ',' LIKE '%,massage,%' THEN ',massage' ELSE '' END
        || CASE WHEN ',' || late_categories || ',' LIKE '%,wellness,%' THEN ',wellness' ELSE '' END
        || CASE WHEN ',' || late_categories || ',' LIKE '%,parking,%' THEN ',parking' ELSE '' END
        || CASE WHEN ',' || late_categories || ',' LIKE '%,shop,%' THEN ',shop' ELSE '' END, 2)),
    consented_at     INTEGER,
    -- Why the card cannot be charged any more; NULL unless it is removed.
    removal_reason   TEXT
                     CHECK (removal_reason IS NULL OR (state = 'removed' AND removal_reason IN ('detached', 'customer_deleted'))),
    expires          TEXT CHECK (expires IS NULL OR expires GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    PRIMARY KEY (tenant, folio),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number),
    CHECK (state <> 'saved' OR (payment_method IS NOT NULL AND consented_at IS NOT NULL)),
    CHECK ((late_days IS NULL) = (late_categories IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX saved_card_session ON saved_card (tenant, checkout_session) WHERE checkout_session IS NOT NULL;
CREATE INDEX saved_card_last4 ON saved_card (tenant, last4) WHERE last4 IS NOT NULL;
CREATE INDEX saved_card_payment_method ON saved_card (tenant, payment_method) WHERE state = 'saved';

CREATE TRIGGER saved_card_session_once BEFORE UPDATE OF checkout_session ON saved_card
WHEN EXISTS (SELECT 1 FROM saved_card WHERE tenant = NEW.tenant AND checkout_session = NEW.checkout_session AND folio <> NEW.folio)
BEGIN SELECT RAISE(ABORT, 'saved_card: the Checkout session belongs to another folio'); END;
CREATE TRIGGER saved_card_detached BEFORE UPDATE OF state, payment_method ON saved_card
WHEN NEW.state = 'saved' AND (NEW.state, NEW.payment_method) IS NOT (OLD.state, OLD.payment_method)
    AND EXISTS (SELECT 1 FROM detached_card WHERE tenant = NEW.tenant AND payment_method = NEW.payment_method)
BEGIN SELECT RAISE(ABORT, 'saved_card: the card was detached at Stripe'); END;
CREATE TRIGGER saved_card_agreed BEFORE UPDATE ON saved_card
WHEN OLD.state = 'saved'
    AND ((NEW.tenant, NEW.folio, NEW.consent, NEW.ceiling, NEW.late_days, NEW.late_categories)
            IS NOT (OLD.tenant, OLD.folio, OLD.consent, OLD.ceiling, OLD.late_days, OLD.late_categories)
        -- Another card is asked for before it takes this one's place.
        OR (NEW.state <> 'requested' AND (NEW.payment_method, NEW.consented_at) IS NOT (OLD.payment_method, OLD.consented_at)))
BEGIN SELECT RAISE(ABORT, 'saved_card: what the guest agreed to cannot be changed'); END;
CREATE TRIGGER saved_card_once BEFORE INSERT ON saved_card
WHEN EXISTS (SELECT 1 FROM saved_card WHERE tenant = NEW.tenant AND folio = NEW.folio AND state = 'saved')
BEGIN SELECT RAISE(ABORT, 'saved_card: the folio has a saved card'); END;
-- A late charge is taken from its stay's card, with the consent given there.
CREATE TRIGGER saved_card_of_stay BEFORE INSERT ON saved_card
WHEN EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND stay IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'saved_card: a late charge has the card of its stay'); END;
CREATE TRIGGER saved_card_kept BEFORE DELETE ON saved_card
WHEN OLD.state = 'saved'
BEGIN SELECT RAISE(ABORT, 'saved_card: cannot be deleted'); END;

-- Earlier cards of a folio that were replaced or removed, with the text of the consent.
CREATE TABLE past_card (
    tenant         INTEGER NOT NULL,
    folio          INTEGER NOT NULL,
    number         INTEGER NOT NULL CHECK (number >= 1),
    payment_method TEXT NOT NULL,
    brand          TEXT NOT NULL,
    last4          TEXT NOT NULL,
    consent        TEXT NOT NULL CHECK (length(consent) BETWEEN 1 AND 1200),
    -- As in saved_card.
    ceiling        INTEGER CHECK (ceiling BETWEEN 1 AND 999999999999),
    late_days      INTEGER CHECK (late_days BETWEEN 1 AND 90),
    late_categories TEXT CHECK (length(late_categories) BETWEEN 1 AND 60),
    consented_at   INTEGER NOT NULL,
    reason         TEXT NOT NULL CHECK (reason IN ('replaced', 'detached', 'customer_deleted')),
    ended_at       INTEGER NOT NULL,
    -- When it was detached at Stripe; NULL while it still has to be detached.
    detached_at    INTEGER,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number),
    CHECK (reason = 'replaced' OR detached_at IS NOT NULL),
    CHECK ((late_days IS NULL) = (late_categories IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX past_card_attached ON past_card (tenant, folio) WHERE detached_at IS NULL;

CREATE TRIGGER past_card_next BEFORE INSERT ON past_card
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM past_card WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio)
BEGIN SELECT RAISE(ABORT, 'past_card: the number must be the next one of the folio'); END;
CREATE TRIGGER past_card_fixed BEFORE UPDATE ON past_card
WHEN (NEW.tenant, NEW.folio, NEW.number, NEW.payment_method, NEW.brand, NEW.last4, NEW.consent, NEW.ceiling, NEW.late_days,
            NEW.late_categories, NEW.consented_at, NEW.reason, NEW.ended_at)
        IS NOT (OLD.tenant, OLD.folio, OLD.number, OLD.payment_method, OLD.brand, OLD.last4, OLD.consent, OLD.ceiling, OLD.late_days,
            OLD.late_categories, OLD.consented_at, OLD.reason, OLD.ended_at)
    OR OLD.detached_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'past_card: cannot be changed or deleted'); END;
CREATE TRIGGER past_card_kept BEFORE DELETE ON past_card
BEGIN SELECT RAISE(ABORT, 'past_card: cannot be changed or deleted'); END;

CREATE TABLE detached_card (
    tenant         INTEGER NOT NULL REFERENCES tenant (number),
    payment_method TEXT NOT NULL,
    learned_at     INTEGER NOT NULL,
    PRIMARY KEY (tenant, payment_method)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER detached_card_once BEFORE INSERT ON detached_card
WHEN EXISTS (SELECT 1 FROM detached_card WHERE tenant = NEW.tenant AND payment_method = NEW.payment_method)
BEGIN SELECT RAISE(ABORT, 'detached_card: already recorded'); END;
CREATE TRIGGER detached_card_unchanged BEFORE UPDATE ON detached_card
BEGIN SELECT RAISE(ABORT, 'detached_card: cannot be changed or deleted'); END;
CREATE TRIGGER detached_card_kept BEFORE DELETE ON detached_card
BEGIN SELECT RAISE(ABORT, 'detached_card: cannot be changed or deleted'); END;

-- Customers that were deleted at Stripe. A late event of a payment must not use them again.
CREATE TABLE deleted_customer (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    customer   TEXT NOT NULL,
    learned_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, customer)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER deleted_customer_once BEFORE INSERT ON deleted_customer
WHEN EXISTS (SELECT 1 FROM deleted_customer WHERE tenant = NEW.tenant AND customer = NEW.customer)
BEGIN SELECT RAISE(ABORT, 'deleted_customer: already recorded'); END;
CREATE TRIGGER deleted_customer_unchanged BEFORE UPDATE ON deleted_customer
BEGIN SELECT RAISE(ABORT, 'deleted_customer: cannot be changed or deleted'); END;
CREATE TRIGGER deleted_customer_kept BEFORE DELETE ON deleted_customer
BEGIN SELECT RAISE(ABORT, 'deleted_customer: cannot be changed or deleted'); END;

-- Each time a bank refused a card without the guest. Networks count these tries, and fine too many of them (see CardBar).
CREATE TABLE card_refusal (
    -- One call is refused once.
    operation  INTEGER PRIMARY KEY CHECK (operation >= 1) REFERENCES operation (number),
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    -- Stripe's fingerprint of the card, else the id of the payment method.
    card       TEXT NOT NULL,
    -- Stripe's advice_code, as far as it is known here.
    advice     TEXT CHECK (advice IN ('do_not_try_again', 'confirm_card_data', 'try_again_later')),
    refused_at INTEGER NOT NULL
) STRICT;

CREATE INDEX card_refusal_of_card ON card_refusal (tenant, card, refused_at);
CREATE INDEX card_refusal_for_good ON card_refusal (tenant, card) WHERE advice IN ('do_not_try_again', 'confirm_card_data');

CREATE TRIGGER card_refusal_once BEFORE INSERT ON card_refusal
WHEN EXISTS (SELECT 1 FROM card_refusal WHERE operation = NEW.operation)
BEGIN SELECT RAISE(ABORT, 'card_refusal: already recorded'); END;
CREATE TRIGGER card_refusal_unchanged BEFORE UPDATE ON card_refusal
BEGIN SELECT RAISE(ABORT, 'card_refusal: cannot be changed or deleted'); END;
CREATE TRIGGER card_refusal_kept BEFORE DELETE ON card_refusal
BEGIN SELECT RAISE(ABORT, 'card_refusal: cannot be changed or deleted'); END;
