-- 0007_check_out: carrying out a plan. Steps are stored before the first one runs, so that a crash between any two loses nothing;
-- a receipt is issued once, with a gapless number per tenant and year.

CREATE TABLE check_out (
    tenant      INTEGER NOT NULL,
    folio       INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number >= 1),
    -- What the folio becomes when it is done.
    outcome     TEXT NOT NULL CHECK (outcome IN ('checked_out', 'cancelled', 'no_show')),
    plan        TEXT NOT NULL,
    due         INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('running', 'awaiting_guest', 'done', 'incomplete')),
    actor       TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX check_out_one_at_a_time ON check_out (tenant, folio) WHERE state IN ('running', 'awaiting_guest');

CREATE TABLE check_out_step (
    tenant      INTEGER NOT NULL,
    folio       INTEGER NOT NULL,
    check_out   INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    do          TEXT NOT NULL CHECK (do IN ('increment', 'capture', 'charge_saved_card', 'payment_link', 'release', 'refund')),
    hold        INTEGER,
    payment     INTEGER,
    amount      INTEGER NOT NULL,
    -- For an increment: what was held before.
    from_amount INTEGER,
    -- awaiting_guest: the link is out. replaced: a refusal before it put others in its place.
    state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'awaiting_guest', 'done', 'refused', 'replaced')),
    operation   INTEGER REFERENCES operation (number),
    failure     TEXT,
    PRIMARY KEY (tenant, folio, check_out, position),
    FOREIGN KEY (tenant, folio, check_out) REFERENCES check_out (tenant, folio, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX check_out_step_operation ON check_out_step (operation) WHERE operation IS NOT NULL;

CREATE TABLE receipt (
    tenant    INTEGER NOT NULL,
    year      INTEGER NOT NULL,
    serial    INTEGER NOT NULL,
    folio     INTEGER NOT NULL,
    currency  TEXT NOT NULL,
    gross     INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, year, serial),
    UNIQUE (tenant, folio),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER receipt_gapless BEFORE INSERT ON receipt
WHEN NEW.serial IS NOT (SELECT coalesce(max(serial), 0) + 1 FROM receipt WHERE tenant = NEW.tenant AND year = NEW.year)
    OR EXISTS (SELECT 1 FROM receipt WHERE tenant = NEW.tenant AND folio = NEW.folio)
BEGIN SELECT RAISE(ABORT, 'receipt: numbers are gapless, one per folio'); END;
CREATE TRIGGER receipt_unchanged BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt: issued for good'); END;
CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt: issued for good'); END;

CREATE TABLE receipt_tax (
    tenant INTEGER NOT NULL,
    year   INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    rate   TEXT NOT NULL,
    gross  INTEGER NOT NULL,
    tax    INTEGER NOT NULL,
    PRIMARY KEY (tenant, year, serial, rate),
    FOREIGN KEY (tenant, year, serial) REFERENCES receipt (tenant, year, serial)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER receipt_tax_unchanged BEFORE UPDATE ON receipt_tax
BEGIN SELECT RAISE(ABORT, 'receipt_tax: issued for good'); END;
CREATE TRIGGER receipt_tax_kept BEFORE DELETE ON receipt_tax
BEGIN SELECT RAISE(ABORT, 'receipt_tax: issued for good'); END;
