-- 0021_risk: what Stripe's fraud prevention and the cards' banks said about holds and payments. For staff alone; no guest's page reads it.
--
-- One row for each payment intent of these books: a hold and what was captured from it share it. Of several charges, reviews or warnings of
-- an intent the latest is kept. Words are Stripe's; one that is not known here is shown as it is.

CREATE TABLE payment_risk (
    tenant                    INTEGER NOT NULL,
    payment_intent            TEXT NOT NULL CHECK (length(payment_intent) > 0),
    folio                     INTEGER NOT NULL,
    -- The charge that was assessed, and when Stripe made it.
    charge                    TEXT CHECK (length(charge) > 0),
    charged_at                INTEGER,
    -- NULL where the account's Radar names none.
    level                     TEXT CHECK (length(level) BETWEEN 1 AND 60),
    -- Only with Radar for Fraud Teams.
    score                     INTEGER CHECK (score BETWEEN 0 AND 100),
    -- What the bank said of what was entered; NULL where nothing was.
    cvc_check                 TEXT CHECK (length(cvc_check) BETWEEN 1 AND 60),
    address_line1_check       TEXT CHECK (length(address_line1_check) BETWEEN 1 AND 60),
    address_postal_code_check TEXT CHECK (length(address_postal_code_check) BETWEEN 1 AND 60),
    -- Where the card was issued, and what kind of card it is.
    country                   TEXT CHECK (country GLOB '[A-Z][A-Z]'),
    funding                   TEXT CHECK (length(funding) BETWEEN 1 AND 60),
    -- Stripe's id of the latest review, when it was opened, and why. It is open while it has no reason for its end.
    review                    TEXT CHECK (length(review) > 0),
    review_opened_at          INTEGER,
    review_opened_reason      TEXT CHECK (length(review_opened_reason) BETWEEN 1 AND 60),
    review_closed_reason      TEXT CHECK (length(review_closed_reason) BETWEEN 1 AND 60),
    -- Stripe's id of the latest early fraud warning. Actionable: the charge was neither contested nor refunded as a whole.
    warning                   TEXT CHECK (length(warning) > 0),
    warned_at                 INTEGER,
    warning_type              TEXT CHECK (length(warning_type) BETWEEN 1 AND 60),
    warning_is_actionable     INTEGER CHECK (warning_is_actionable BETWEEN 0 AND 1),
    PRIMARY KEY (tenant, payment_intent),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number),
    CHECK (charge IS NOT NULL OR review IS NOT NULL OR warning IS NOT NULL),
    CHECK ((charge IS NULL) = (charged_at IS NULL)),
    CHECK (charge IS NOT NULL
        OR coalesce(level, score, cvc_check, address_line1_check, address_postal_code_check, country, funding) IS NULL),
    CHECK ((review IS NULL) = (review_opened_at IS NULL) AND (review IS NULL) = (review_opened_reason IS NULL)),
    CHECK (review IS NOT NULL OR review_closed_reason IS NULL),
    CHECK ((warning IS NULL) = (warned_at IS NULL) AND (warning IS NULL) = (warning_type IS NULL)
        AND (warning IS NULL) = (warning_is_actionable IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX payment_risk_review ON payment_risk (tenant, review) WHERE review IS NOT NULL;
-- Staff finds a folio by the charge of a hold, which no payment names before its capture.
CREATE INDEX payment_risk_charge ON payment_risk (tenant, charge) WHERE charge IS NOT NULL;
CREATE UNIQUE INDEX payment_risk_warning ON payment_risk (tenant, warning) WHERE warning IS NOT NULL;
-- Whether anything on a folio is to be told: few are, however many payments there are.
CREATE INDEX payment_risk_concern ON payment_risk (tenant, folio)
WHERE level = 'elevated' OR level = 'highest' OR (review IS NOT NULL AND review_closed_reason IS NULL) OR warning_is_actionable = 1;
CREATE INDEX payment_risk_warned ON payment_risk (tenant, warned_at) WHERE warning IS NOT NULL;

CREATE TRIGGER payment_risk_kept BEFORE DELETE ON payment_risk
BEGIN SELECT RAISE(ABORT, 'payment_risk: cannot be deleted'); END;
CREATE TRIGGER payment_risk_fixed BEFORE UPDATE OF tenant, payment_intent, folio ON payment_risk
WHEN (NEW.tenant, NEW.payment_intent, NEW.folio) IS NOT (OLD.tenant, OLD.payment_intent, OLD.folio)
BEGIN SELECT RAISE(ABORT, 'payment_risk: the payment intent cannot be changed'); END;
CREATE TRIGGER payment_risk_of_ours BEFORE INSERT ON payment_risk
WHEN EXISTS (SELECT 1 FROM payment_risk WHERE tenant = NEW.tenant AND payment_intent = NEW.payment_intent)
    OR NOT EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND payment_intent = NEW.payment_intent AND folio = NEW.folio)
        AND NOT EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND payment_intent = NEW.payment_intent AND folio = NEW.folio)
    OR EXISTS (SELECT 1 FROM payment_risk WHERE tenant = NEW.tenant AND review = NEW.review)
    OR EXISTS (SELECT 1 FROM payment_risk WHERE tenant = NEW.tenant AND warning = NEW.warning)
BEGIN SELECT RAISE(ABORT, 'payment_risk: the payment intent is not one of the folio''s, or what was said is known already'); END;
CREATE TRIGGER payment_risk_ids_once BEFORE UPDATE OF review, warning ON payment_risk
WHEN EXISTS (
        SELECT 1 FROM payment_risk WHERE tenant = NEW.tenant AND review = NEW.review AND payment_intent <> NEW.payment_intent)
    OR EXISTS (
        SELECT 1 FROM payment_risk WHERE tenant = NEW.tenant AND warning = NEW.warning AND payment_intent <> NEW.payment_intent)
BEGIN SELECT RAISE(ABORT, 'payment_risk: the review or the warning belongs to another payment intent'); END;
-- What was said later counts. A review that was closed is not opened again, and nothing that was said is forgotten.
CREATE TRIGGER payment_risk_forward BEFORE UPDATE ON payment_risk
BEGIN
    SELECT RAISE(ABORT, 'payment_risk: what was said of a charge gives way only to what was said of a later one')
    WHERE OLD.charge IS NOT NULL AND (NEW.charge IS NULL OR NEW.charged_at < OLD.charged_at);
    SELECT RAISE(ABORT, 'payment_risk: a review gives way only to a later one, and ends once')
    WHERE OLD.review IS NOT NULL AND (
        NEW.review IS NULL OR NEW.review_opened_at < OLD.review_opened_at
        OR NEW.review = OLD.review AND OLD.review_closed_reason IS NOT NULL
            AND NEW.review_closed_reason IS NOT OLD.review_closed_reason);
    SELECT RAISE(ABORT, 'payment_risk: a warning gives way only to a later one')
    WHERE OLD.warning IS NOT NULL AND (NEW.warning IS NULL OR NEW.warned_at < OLD.warned_at);
END;
