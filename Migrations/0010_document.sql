-- 0010_document: the document that a guest gets at check-out. Numbers are gapless per tenant and year; an issued document never changes.

CREATE TABLE document (
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

CREATE INDEX document_gross ON document (tenant, gross);

CREATE TRIGGER document_gapless BEFORE INSERT ON document
WHEN NEW.serial IS NOT (SELECT coalesce(max(serial), 0) + 1 FROM document WHERE tenant = NEW.tenant AND year = NEW.year)
    OR EXISTS (SELECT 1 FROM document WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency)
BEGIN SELECT RAISE(ABORT, 'document: the number must be the next one, and a folio has only one document'); END;
CREATE TRIGGER document_unchanged BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'document: cannot be changed or deleted'); END;
CREATE TRIGGER document_kept BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'document: cannot be changed or deleted'); END;

CREATE TABLE document_tax (
    tenant INTEGER NOT NULL,
    year   INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    rate   TEXT NOT NULL,
    gross  INTEGER NOT NULL CHECK (gross > 0),
    tax    INTEGER NOT NULL CHECK (tax BETWEEN 0 AND gross),
    PRIMARY KEY (tenant, year, serial, rate),
    FOREIGN KEY (tenant, year, serial) REFERENCES document (tenant, year, serial)
) STRICT, WITHOUT ROWID;

-- The rates of a document never add up to more than its total.
CREATE TRIGGER document_tax_within BEFORE INSERT ON document_tax
WHEN EXISTS (SELECT 1 FROM document_tax WHERE tenant = NEW.tenant AND year = NEW.year AND serial = NEW.serial AND rate = NEW.rate)
    OR NEW.gross + (SELECT coalesce(sum(gross), 0) FROM document_tax WHERE tenant = NEW.tenant AND year = NEW.year AND serial = NEW.serial)
        > coalesce((SELECT gross FROM document WHERE tenant = NEW.tenant AND year = NEW.year AND serial = NEW.serial), 0)
BEGIN SELECT RAISE(ABORT, 'document_tax: the rates add up to more than the document'); END;
CREATE TRIGGER document_tax_unchanged BEFORE UPDATE ON document_tax
BEGIN SELECT RAISE(ABORT, 'document_tax: cannot be changed or deleted'); END;
CREATE TRIGGER document_tax_kept BEFORE DELETE ON document_tax
BEGIN SELECT RAISE(ABORT, 'document_tax: cannot be changed or deleted'); END;
