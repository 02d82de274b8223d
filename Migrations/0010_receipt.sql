-- 0010_receipt: the document that a guest gets at check-out. Numbers are gapless per tenant and year; what was issued comes out the same for good.

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
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
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
    gross  INTEGER NOT NULL CHECK (gross > 0),
    tax    INTEGER NOT NULL CHECK (tax BETWEEN 0 AND gross),
    PRIMARY KEY (tenant, year, serial, rate),
    FOREIGN KEY (tenant, year, serial) REFERENCES receipt (tenant, year, serial)
) STRICT, WITHOUT ROWID;

-- A receipt whose rates add up to its total takes no further one.
CREATE TRIGGER receipt_tax_within BEFORE INSERT ON receipt_tax
WHEN EXISTS (SELECT 1 FROM receipt_tax WHERE tenant = NEW.tenant AND year = NEW.year AND serial = NEW.serial AND rate = NEW.rate)
    OR NEW.gross + (SELECT coalesce(sum(gross), 0) FROM receipt_tax WHERE tenant = NEW.tenant AND year = NEW.year AND serial = NEW.serial)
        > coalesce((SELECT gross FROM receipt WHERE tenant = NEW.tenant AND year = NEW.year AND serial = NEW.serial), 0)
BEGIN SELECT RAISE(ABORT, 'receipt_tax: more than the receipt'); END;
CREATE TRIGGER receipt_tax_unchanged BEFORE UPDATE ON receipt_tax
BEGIN SELECT RAISE(ABORT, 'receipt_tax: issued for good'); END;
CREATE TRIGGER receipt_tax_kept BEFORE DELETE ON receipt_tax
BEGIN SELECT RAISE(ABORT, 'receipt_tax: issued for good'); END;
