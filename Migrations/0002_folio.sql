-- 0002_folio: the running account of one stay or one order.
--
-- A closed folio stays closed: an extra found later goes on a folio of its own, with its own payment and receipt.

CREATE TABLE folio (
    tenant         INTEGER NOT NULL,
    number         INTEGER NOT NULL CHECK (number >= 1),
    currency       TEXT NOT NULL,
    -- The ERP's number for it.
    reference      TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 64 AND reference = trim(reference)),
    source         TEXT NOT NULL CHECK (source IN ('reservation', 'shop')),
    guest_name     TEXT NOT NULL,
    guest_email    TEXT,
    guest_language TEXT NOT NULL CHECK (length(guest_language) = 2),
    arrival        TEXT NOT NULL CHECK (length(arrival) = 10),
    departure      TEXT NOT NULL CHECK (length(departure) = 10 AND departure >= arrival),
    mode           TEXT NOT NULL CHECK (mode IN ('direct', 'reserved')),
    method         TEXT NOT NULL,
    state          TEXT NOT NULL DEFAULT 'open'
                   CHECK (state IN ('open', 'closing', 'awaiting_guest', 'checked_out', 'cancelled', 'no_show')),
    -- Stripe's customer.
    customer       TEXT,
    -- What staff should know and do.
    notice         TEXT,
    -- The page on which the guest can pay or authorise now.
    page_url       TEXT,
    receipt_number TEXT,
    opened_at      INTEGER NOT NULL,
    closed_at      INTEGER,
    PRIMARY KEY (tenant, number),
    UNIQUE (tenant, reference),
    UNIQUE (tenant, number, currency),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency),
    CHECK ((closed_at IS NULL) = (state IN ('open', 'closing', 'awaiting_guest')))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER folio_kept BEFORE DELETE ON folio
BEGIN SELECT RAISE(ABORT, 'folio: kept for good'); END;
CREATE TRIGGER folio_fixed BEFORE UPDATE OF tenant, number, currency, reference, opened_at ON folio
BEGIN SELECT RAISE(ABORT, 'folio: tenant, number, currency and reference are for good'); END;
CREATE TRIGGER folio_closed_stays BEFORE UPDATE OF state ON folio
WHEN OLD.state IN ('checked_out', 'cancelled', 'no_show') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'folio: a closed folio stays closed'); END;
CREATE TRIGGER folio_receipt_stays BEFORE UPDATE OF receipt_number ON folio
WHEN OLD.receipt_number IS NOT NULL AND NEW.receipt_number IS NOT OLD.receipt_number
BEGIN SELECT RAISE(ABORT, 'folio: a receipt is issued once'); END;
CREATE TRIGGER folio_once BEFORE INSERT ON folio
WHEN EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.number)
    OR EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND reference = NEW.reference)
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant AND currency = NEW.currency)
BEGIN SELECT RAISE(ABORT, 'folio: the number or reference is taken, or the currency is not the tenant''s'); END;

-- Few at any time, however many are closed.
CREATE INDEX folio_open ON folio (tenant, state, number) WHERE closed_at IS NULL;

-- A card that the guest agreed to have charged later, and the words agreed to.
CREATE TABLE saved_card (
    tenant         INTEGER NOT NULL,
    folio          INTEGER NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('requested', 'saved', 'failed', 'removed')),
    -- Checkout in setup mode, when the card is saved without a payment.
    session        TEXT,
    payment_method TEXT,
    brand          TEXT,
    last4          TEXT,
    consent        TEXT NOT NULL,
    consented_at   INTEGER,
    PRIMARY KEY (tenant, folio),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number),
    CHECK (state <> 'saved' OR (payment_method IS NOT NULL AND consented_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX saved_card_session ON saved_card (tenant, session) WHERE session IS NOT NULL;
CREATE TRIGGER saved_card_session_once BEFORE UPDATE OF session ON saved_card
WHEN EXISTS (SELECT 1 FROM saved_card WHERE tenant = NEW.tenant AND session = NEW.session AND folio <> NEW.folio)
BEGIN SELECT RAISE(ABORT, 'saved_card: the page is another folio''s'); END;
