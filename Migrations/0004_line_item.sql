-- 0004_line_item: what is charged on a folio. Never edited, never deleted: an allowance or a reversal is a new line that names
-- the old one. The rules of Ledger's LineItem are repeated here for whoever writes past it.
--
-- Clustered by folio, so that a folio's totals read neighbouring rows only.

CREATE TABLE line_item (
    tenant       INTEGER NOT NULL,
    folio        INTEGER NOT NULL,
    number       INTEGER NOT NULL CHECK (number >= 1),
    currency     TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('charge', 'allowance', 'reversal')),
    original     INTEGER,
    category     TEXT NOT NULL,
    description  TEXT NOT NULL,
    quantity     INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
    unit_amount  INTEGER NOT NULL,
    gross        INTEGER NOT NULL CHECK (gross <> 0 AND gross = quantity * unit_amount),
    tax_rate     TEXT NOT NULL,
    service_date TEXT NOT NULL,
    sku          TEXT,
    reason       TEXT,
    entry        INTEGER NOT NULL,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency),
    FOREIGN KEY (tenant, folio, original) REFERENCES line_item (tenant, folio, number),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
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
CREATE TRIGGER line_item_next BEFORE INSERT ON line_item
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM line_item WHERE tenant = NEW.tenant AND folio = NEW.folio)
BEGIN SELECT RAISE(ABORT, 'line_item: numbers are gapless'); END;
CREATE TRIGGER line_item_on_open_folio BEFORE INSERT ON line_item
WHEN (SELECT state FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio) NOT IN ('open', 'closing')
BEGIN SELECT RAISE(ABORT, 'line_item: the folio is closed'); END;
-- Allowances that were reversed count no more.
CREATE TRIGGER line_item_allowance_within BEFORE INSERT ON line_item
WHEN NEW.kind = 'allowance' AND (
    SELECT charge.kind <> 'charge' OR NEW.gross + charge.gross + coalesce((
        SELECT sum(a.gross) FROM line_item a
        WHERE a.tenant = NEW.tenant AND a.folio = NEW.folio AND a.original = NEW.original AND a.kind = 'allowance'
        AND NOT EXISTS (SELECT 1 FROM line_item r
                        WHERE r.tenant = a.tenant AND r.folio = a.folio AND r.original = a.number AND r.kind = 'reversal')), 0) < 0
    FROM line_item charge WHERE charge.tenant = NEW.tenant AND charge.folio = NEW.folio AND charge.number = NEW.original)
BEGIN SELECT RAISE(ABORT, 'line_item: an allowance is never more than its line'); END;
CREATE TRIGGER line_item_reversal_of_reversal BEFORE INSERT ON line_item
WHEN NEW.kind = 'reversal' AND (SELECT kind FROM line_item WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.original) = 'reversal'
BEGIN SELECT RAISE(ABORT, 'line_item: a reversal is not reversed'); END;
