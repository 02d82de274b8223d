-- 0002_folio: the running account of one stay or one order.
--
-- A closed folio stays closed: an extra that is found later goes on a new folio, with its own payment and document. It knows its stay,
-- whose saved card it may be charged to.
-- A notice for staff is stored as a code with its facts, and worded when it is shown. Search uses a table of words in lower case without
-- accents, matched by prefix: plain SQL that every engine runs. The statements that write a folio keep it up to date (FolioWords).

CREATE TABLE folio (
    tenant          INTEGER NOT NULL,
    number          INTEGER NOT NULL CHECK (number >= 1),
    currency        TEXT NOT NULL,
    -- The ERP's number for it.
    reference       TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 64 AND reference = trim(reference)),
    source          TEXT NOT NULL CHECK (source IN ('reservation', 'shop', 'late_charge')),
    guest_name      TEXT NOT NULL CHECK (length(guest_name) BETWEEN 1 AND 200),
    guest_email     TEXT CHECK (length(guest_email) BETWEEN 5 AND 254),
    guest_language  TEXT NOT NULL CHECK (guest_language GLOB '[a-z][a-z]'),
    arrival         TEXT NOT NULL CHECK (length(arrival) = 10),
    departure       TEXT NOT NULL CHECK (length(departure) = 10 AND departure >= arrival),
    mode            TEXT NOT NULL CHECK (mode IN ('direct', 'reserved')),
    method          TEXT NOT NULL CHECK (length(method) BETWEEN 1 AND 30 AND method NOT GLOB '*[^a-z_]*'),
    state           TEXT NOT NULL DEFAULT 'open'
                    CHECK (state IN ('open', 'closing', 'awaiting_guest', 'checked_out', 'cancelled', 'no_show')),
    -- Stripe's customer.
    customer        TEXT,
    -- The page on which the guest can pay or authorise now.
    payment_url     TEXT,
    document_number TEXT,
    opened_at       INTEGER NOT NULL,
    closed_at       INTEGER,
    -- What reception calls the place: "204", "Seeblick Suite". The ERP or reception sets it.
    room            TEXT CHECK (length(room) BETWEEN 1 AND 40 AND room = trim(room)),
    -- The stay of a late charge, a folio that is checked out; NULL for every other folio.
    stay            INTEGER CHECK (stay < number),
    -- How a late charge is to be paid, for as long as it is not: from the saved card of the stay, or by link only; NULL for every other folio.
    late_way        TEXT CHECK (late_way IN ('card', 'link')),
    -- How the amount of the booking came about, where the booking gave what a night costs: so many nights, and of each the rate (gross, all
    -- rooms), the visitor's tax (all guests) and what the tenant then expected guests to consume. The amount is the product.
    nights           INTEGER CHECK (nights >= 1),
    nightly_rate     INTEGER CHECK (nightly_rate BETWEEN 0 AND 999999999999),
    visitor_tax      INTEGER CHECK (visitor_tax BETWEEN 0 AND 999999999999),
    extras_per_night INTEGER CHECK (extras_per_night BETWEEN 0 AND 99999999),
    -- What staff should know and do: the code of the notice, such as hold_expired. FolioNotice lists the codes; a code never changes.
    notice_code     TEXT,
    -- The amount it is about, in minor units of the folio's currency.
    notice_amount   INTEGER,
    -- The time it is about.
    notice_at       INTEGER,
    -- What it is about, as a code: a page, a payment method.
    notice_subject  TEXT,
    -- Why: the failure's code, Stripe's code for the reason, a text, and who decided it.
    notice_failure  TEXT,
    notice_reason   TEXT,
    notice_detail   TEXT,
    notice_actor    TEXT,
    PRIMARY KEY (tenant, number),
    UNIQUE (tenant, reference),
    UNIQUE (tenant, number, currency),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency),
    FOREIGN KEY (tenant, stay) REFERENCES folio (tenant, number),
    CHECK ((source = 'late_charge') = (stay IS NOT NULL)),
    CHECK ((late_way IS NULL) = (stay IS NULL)),
    CHECK (stay IS NULL OR (mode = 'direct' AND method = 'card')),
    CHECK ((closed_at IS NULL) = (state IN ('open', 'closing', 'awaiting_guest'))),
    CHECK ((nights IS NULL AND nightly_rate IS NULL AND visitor_tax IS NULL AND extras_per_night IS NULL)
        OR (mode = 'reserved' AND nights IS NOT NULL AND nightly_rate IS NOT NULL AND visitor_tax IS NOT NULL
            AND extras_per_night IS NOT NULL)),
    CHECK (nights * (nightly_rate + visitor_tax + extras_per_night) <= 999999999999),
    CHECK (notice_code IS NOT NULL
        OR (notice_amount IS NULL AND notice_at IS NULL AND notice_subject IS NULL AND notice_failure IS NULL AND notice_reason IS NULL
            AND notice_detail IS NULL AND notice_actor IS NULL))
) STRICT, WITHOUT ROWID;

-- Open folios are always few, however many are closed.
CREATE INDEX folio_open ON folio (tenant, state, number) WHERE closed_at IS NULL;
CREATE INDEX folio_arrival ON folio (tenant, arrival) WHERE source = 'reservation';
CREATE INDEX folio_departure ON folio (tenant, departure) WHERE source = 'reservation';
-- Guests in the house and overdue check-outs: folios that are not closed and whose arrival is before today.
CREATE INDEX folio_staying ON folio (tenant, arrival) WHERE source = 'reservation' AND closed_at IS NULL;
-- The shop's orders, the latest first.
CREATE INDEX folio_order ON folio (tenant, number) WHERE source = 'shop';
CREATE INDEX folio_closed ON folio (tenant, closed_at) WHERE closed_at IS NOT NULL;
-- The late charges of a stay, and those that are not paid: few, however many were.
CREATE INDEX folio_of_stay ON folio (tenant, stay, number) WHERE stay IS NOT NULL;
CREATE INDEX folio_late_open ON folio (tenant, number) WHERE stay IS NOT NULL AND closed_at IS NULL;
-- Finds the folios of a customer that an event or somebody at the desk asks for.
CREATE INDEX folio_customer ON folio (tenant, customer) WHERE customer IS NOT NULL;

-- A booking whose method Stripe does not take did not come about: its folio, of which nothing came, is deleted, and its reference is free. It
-- never was on a bill or in the journal, nothing at Stripe names it, and its number is not given again: the refused call has it.
CREATE TRIGGER folio_kept BEFORE DELETE ON folio
WHEN OLD.state <> 'open' OR OLD.customer IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM operation WHERE tenant = OLD.tenant AND folio = OLD.number)
    OR EXISTS (
        SELECT 1 FROM operation
        WHERE tenant = OLD.tenant AND folio = OLD.number AND (state <> 'refused' OR failure_code IS NOT 'method_not_active'))
    OR EXISTS (SELECT 1 FROM line_item WHERE tenant = OLD.tenant AND folio = OLD.number)
    OR EXISTS (SELECT 1 FROM hold WHERE tenant = OLD.tenant AND folio = OLD.number)
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = OLD.tenant AND folio = OLD.number)
    OR EXISTS (SELECT 1 FROM check_out WHERE tenant = OLD.tenant AND folio = OLD.number)
BEGIN SELECT RAISE(ABORT, 'folio: cannot be deleted'); END;
CREATE TRIGGER folio_fixed BEFORE UPDATE OF tenant, number, currency, reference, opened_at ON folio
BEGIN SELECT RAISE(ABORT, 'folio: tenant, number, currency, reference and opened_at cannot be changed'); END;
-- Nothing is found later of a stay that goes on, that did not take place, of an order, or of what was itself found later.
CREATE TRIGGER folio_late BEFORE INSERT ON folio
WHEN NEW.stay IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.stay AND source = 'reservation' AND state = 'checked_out')
BEGIN SELECT RAISE(ABORT, 'folio: a late charge needs a stay that is checked out'); END;
CREATE TRIGGER folio_stay_stays BEFORE UPDATE OF source, stay, late_way ON folio
WHEN (NEW.source, NEW.stay, NEW.late_way) IS NOT (OLD.source, OLD.stay, OLD.late_way)
BEGIN SELECT RAISE(ABORT, 'folio: source, stay and late_way cannot be changed'); END;
CREATE TRIGGER folio_proposal_stays BEFORE UPDATE OF nights, nightly_rate, visitor_tax, extras_per_night ON folio
BEGIN SELECT RAISE(ABORT, 'folio: how its amount came about cannot be changed'); END;
CREATE TRIGGER folio_closed_stays BEFORE UPDATE OF state ON folio
WHEN OLD.state IN ('checked_out', 'cancelled', 'no_show') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'folio: a closed folio cannot be reopened'); END;
CREATE TRIGGER folio_document_stays BEFORE UPDATE OF document_number ON folio
WHEN OLD.document_number IS NOT NULL AND NEW.document_number IS NOT OLD.document_number
BEGIN SELECT RAISE(ABORT, 'folio: the document number cannot be changed'); END;
CREATE TRIGGER folio_once BEFORE INSERT ON folio
WHEN EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.number)
    OR EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND reference = NEW.reference)
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant AND currency = NEW.currency)
BEGIN SELECT RAISE(ABORT, 'folio: number or reference is already in use, or the currency is not the tenant''s'); END;
CREATE TRIGGER folio_customer_deleted BEFORE UPDATE OF customer ON folio
WHEN NEW.customer IS NOT OLD.customer
    AND EXISTS (SELECT 1 FROM deleted_customer WHERE tenant = NEW.tenant AND customer = NEW.customer)
BEGIN SELECT RAISE(ABORT, 'folio: the customer was deleted at Stripe'); END;

CREATE TABLE folio_word (
    tenant INTEGER NOT NULL,
    word   TEXT NOT NULL CHECK (length(word) BETWEEN 1 AND 64),
    folio  INTEGER NOT NULL,
    PRIMARY KEY (tenant, word, folio),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number)
) STRICT, WITHOUT ROWID;
