-- 0004_line_item: what is charged on a folio. Never edited, never deleted: an allowance or a reversal is a new line that names
-- the old one. The rules of LineItem (module Ledger) are repeated here for any program that writes without it.
--
-- Clustered by folio, so that computing a folio's totals reads only adjacent rows.

CREATE TABLE line_item (
    tenant       INTEGER NOT NULL,
    folio        INTEGER NOT NULL,
    number       INTEGER NOT NULL CHECK (number >= 1),
    currency     TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind = 'charge' OR kind = 'allowance' OR kind = 'reversal'),
    original     INTEGER,
    category     TEXT NOT NULL CHECK (length(category) BETWEEN 1 AND 32 AND category GLOB '[a-z]*' AND category NOT GLOB '*[^a-z0-9_]*'),
    description  TEXT NOT NULL CHECK (length(description) BETWEEN 1 AND 200),
    quantity     INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
    unit_amount  INTEGER NOT NULL,
    gross        INTEGER NOT NULL CHECK (gross <> 0 AND gross = quantity * unit_amount AND abs(gross) <= 999999999999),
    tax_rate     TEXT NOT NULL,
    service_date TEXT NOT NULL,
    sku          TEXT CHECK (length(sku) BETWEEN 1 AND 64),
    reason       TEXT CHECK (length(reason) BETWEEN 1 AND 500),
    entry        INTEGER NOT NULL,
    PRIMARY KEY (tenant, folio, number),
    CHECK ((kind = 'charge') = (original IS NULL)),
    CHECK (kind = 'charge' OR (original < number AND reason IS NOT NULL)),
    CHECK (kind <> 'charge' OR gross > 0),
    CHECK (kind <> 'allowance' OR gross < 0)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX line_item_reversed_once ON line_item (tenant, folio, original) WHERE kind = 'reversal';

CREATE TRIGGER line_item_unchanged BEFORE UPDATE ON line_item
BEGIN SELECT RAISE(ABORT, 'line_item: append-only'); END;
CREATE TRIGGER line_item_kept BEFORE DELETE ON line_item
BEGIN SELECT RAISE(ABORT, 'line_item: append-only'); END;
-- Few triggers with several rules each, because SQLite sets up every trigger again for every row.
CREATE TRIGGER line_item_next BEFORE INSERT ON line_item
BEGIN
    -- Journal entries ascend with the lines, so that no two lines share an entry.
    SELECT CASE
        WHEN NEW.number IS NOT coalesce(max(number), 0) + 1 THEN RAISE(ABORT, 'line_item: the number must be the next one of the folio')
        WHEN NEW.entry <= entry THEN RAISE(ABORT, 'line_item: the journal entry belongs to another line')
    END
    FROM line_item WHERE tenant = NEW.tenant AND folio = NEW.folio;
    SELECT RAISE(ABORT, 'line_item: the folio is closed')
    WHERE coalesce((SELECT state FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency), '')
        NOT IN ('open', 'closing');
    SELECT RAISE(ABORT, 'line_item: does not match its journal entry')
    WHERE NOT EXISTS (
        SELECT 1 FROM journal_entry
        WHERE tenant = NEW.tenant AND number = NEW.entry AND folio = NEW.folio AND amount = abs(NEW.gross)
        AND occurred_on = NEW.service_date AND kind = NEW.kind);
END;
CREATE TRIGGER line_item_lowers BEFORE INSERT ON line_item
WHEN NEW.kind <> 'charge'
BEGIN
    SELECT RAISE(ABORT, 'line_item: the original line does not exist, or differs in category, tax rate or service date')
    WHERE NOT EXISTS (
        SELECT 1 FROM line_item WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.original
        AND category = NEW.category AND tax_rate = NEW.tax_rate AND service_date = NEW.service_date
        AND kind IN ('charge', CASE NEW.kind WHEN 'reversal' THEN 'allowance' END));
    -- Reversing a charge also cancels its allowances.
    SELECT RAISE(ABORT, 'line_item: already reversed')
    WHERE EXISTS (
        SELECT 1 FROM line_item original JOIN line_item r
        ON r.tenant = original.tenant AND r.folio = original.folio AND r.kind = 'reversal'
            AND r.original IN (original.number, original.original)
        WHERE original.tenant = NEW.tenant AND original.folio = NEW.folio AND original.number = NEW.original);
    -- What is left of the original line, without allowances that were reversed. A reversal must equal all of it.
    SELECT RAISE(ABORT, 'line_item: an allowance exceeds what is left of the original line, or a reversal does not equal it')
    FROM (
        SELECT original.gross + coalesce((
            SELECT sum(a.gross) FROM line_item a
            WHERE a.tenant = NEW.tenant AND a.folio = NEW.folio AND a.original = NEW.original AND a.kind = 'allowance'
            AND NOT EXISTS (SELECT 1 FROM line_item r
                            WHERE r.tenant = a.tenant AND r.folio = a.folio AND r.original = a.number AND r.kind = 'reversal')), 0) AS rest
        FROM line_item original WHERE original.tenant = NEW.tenant AND original.folio = NEW.folio AND original.number = NEW.original)
    WHERE CASE NEW.kind WHEN 'allowance' THEN rest + NEW.gross < 0 ELSE rest + NEW.gross <> 0 END;
END;
