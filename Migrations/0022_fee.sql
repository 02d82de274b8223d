-- 0022_fee: what the operator bills each tenant for each month. The operator's ERP writes the invoices; nothing of this is in a journal.
--
-- A contract has days, prices and terms. A price holds from a month's start until the next one, so that prices cannot overlap. Terms are
-- added and never changed. What a month comes to follows from them, and a fee run writes it down once, for all tenants that it bills, in one
-- transaction. Its rows are never changed, and files are made of them alone, so that a repeat has the same bytes. A mistake is taken back by
-- a row with the opposite amounts, in a run with a number of its own; then the tenant can be billed for that month again.
-- The price of a month that is billed cannot change. The schema computes each row once more from the contract, so that a bug or a tool
-- cannot bill a tenant twice, too much, or with the wrong tax.

CREATE TABLE contract (
    tenant          INTEGER NOT NULL REFERENCES tenant (number),
    -- The first and the last day that is billed; calendar days, in no time zone. NULL: no end is agreed.
    from_day        TEXT NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' AND from_day >= '2010-01-01'),
    until_day       TEXT CHECK (until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' AND until_day >= from_day),
    -- When the keys of the tenant's Stripe account were removed: the last step, which cannot be undone.
    keys_removed_at INTEGER,
    keys_removed_by TEXT CHECK ((keys_removed_by IS NULL) = (keys_removed_at IS NULL) AND length(keys_removed_by) >= 1),
    PRIMARY KEY (tenant),
    CHECK (keys_removed_at IS NULL OR until_day IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- Net, in euro cents.
CREATE TABLE contract_price (
    tenant     INTEGER NOT NULL REFERENCES contract (tenant),
    from_month TEXT NOT NULL CHECK (from_month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' AND substr(from_month, 6) BETWEEN '01' AND '12'),
    net        INTEGER NOT NULL CHECK (net BETWEEN 0 AND 99999999),
    PRIMARY KEY (tenant, from_month)
) STRICT, WITHOUT ROWID;

CREATE TABLE contract_terms (
    tenant         INTEGER NOT NULL REFERENCES contract (tenant),
    number         INTEGER NOT NULL CHECK (number >= 1),
    -- Whom the invoice goes to.
    recipient      TEXT NOT NULL CHECK (length(recipient) BETWEEN 1 AND 200),
    -- ISO 3166; NULL while it is not known, and then nothing is billed.
    country        TEXT CHECK (country GLOB '[A-Z][A-Z]'),
    vat_id         TEXT CHECK (length(vat_id) BETWEEN 4 AND 14 AND vat_id GLOB '[A-Z]*' AND vat_id NOT GLOB '*[^A-Z0-9+*]*'),
    vat_checked_on TEXT CHECK (vat_checked_on IS NULL OR (length(vat_checked_on) = 10 AND vat_id IS NOT NULL)),
    vat_checked_by TEXT CHECK ((vat_checked_by IS NULL) = (vat_checked_on IS NULL) AND length(vat_checked_by) BETWEEN 1 AND 100),
    proration      TEXT NOT NULL CHECK (proration IN ('whole_months', 'by_days')),
    -- So many calendar months cost nothing, the one of the first day included.
    free_months    INTEGER NOT NULL CHECK (free_months BETWEEN 0 AND 36),
    billing        TEXT NOT NULL CHECK (billing IN ('arrears', 'advance')),
    actor          TEXT NOT NULL CHECK (length(actor) >= 1),
    set_at         INTEGER NOT NULL,
    PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER contract_terms_next BEFORE INSERT ON contract_terms
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM contract_terms WHERE tenant = NEW.tenant)
    OR NOT EXISTS (SELECT 1 FROM contract WHERE tenant = NEW.tenant)
BEGIN SELECT RAISE(ABORT, 'contract_terms: the number must be the next one of a contract'); END;
CREATE TRIGGER contract_terms_unchanged BEFORE UPDATE ON contract_terms
BEGIN SELECT RAISE(ABORT, 'contract_terms: append-only'); END;
CREATE TRIGGER contract_terms_kept BEFORE DELETE ON contract_terms
BEGIN SELECT RAISE(ABORT, 'contract_terms: append-only'); END;

CREATE TABLE fee_run (
    number     INTEGER PRIMARY KEY CHECK (number >= 1),
    month      TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
    -- How many rows it has.
    rows       INTEGER NOT NULL CHECK (rows >= 1),
    -- Over all fields of all rows, see FeeRun.hash.
    hash       TEXT NOT NULL CHECK (length(hash) = 32 AND hash NOT GLOB '*[^0-9a-f]*'),
    -- Why a row of another run is taken back; NULL for a run that bills.
    reason     TEXT CHECK (reason IS NULL OR (length(reason) BETWEEN 1 AND 500 AND rows = 1)),
    actor      TEXT NOT NULL CHECK (length(actor) >= 1),
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX fee_run_of_month ON fee_run (month, number);

CREATE TRIGGER fee_run_next BEFORE INSERT ON fee_run
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM fee_run)
    OR (SELECT count(*) FROM fee_row WHERE run = NEW.number - 1) IS NOT coalesce((SELECT rows FROM fee_run WHERE number = NEW.number - 1), 0)
BEGIN SELECT RAISE(ABORT, 'fee_run: the number must be the next one, and the run before it complete'); END;
CREATE TRIGGER fee_run_unchanged BEFORE UPDATE ON fee_run
BEGIN SELECT RAISE(ABORT, 'fee_run: append-only'); END;
CREATE TRIGGER fee_run_kept BEFORE DELETE ON fee_run
BEGIN SELECT RAISE(ABORT, 'fee_run: append-only'); END;

CREATE TABLE fee_row (
    run       INTEGER NOT NULL REFERENCES fee_run (number),
    position  INTEGER NOT NULL CHECK (position >= 1),
    tenant    INTEGER NOT NULL REFERENCES contract (tenant),
    month     TEXT NOT NULL,
    -- The run whose row it takes back.
    corrects  INTEGER CHECK (corrects IS NULL OR (corrects < run AND net IS NOT NULL)),
    terms     INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    -- The contract's days in the month, both included.
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    proration TEXT NOT NULL,
    -- The contract's net price of a whole month.
    price     INTEGER NOT NULL,
    -- contract:2026-11, free:2/3
    origin    TEXT NOT NULL CHECK (origin GLOB 'contract:*' OR origin GLOB 'free:*'),
    tax_case  TEXT NOT NULL CHECK (tax_case IN ('domestic', 'eu_reverse_charge', 'third_country', 'blocked')),
    vat_id    TEXT CHECK (vat_id IS NOT NULL OR tax_case <> 'eu_reverse_charge'),
    -- In euro cents; negative in a correction. NULL: the tenant is blocked, and nothing is billed.
    net       INTEGER,
    -- In hundredths of a percent; NULL where the operator owes no tax.
    rate      INTEGER CHECK ((tax_case = 'domestic') = (rate IS NOT NULL) AND (rate IS NULL OR rate BETWEEN 0 AND 10000)),
    tax       INTEGER CHECK ((tax IS NULL) = (net IS NULL) AND (tax_case = 'domestic' OR tax IS NULL OR tax = 0)),
    PRIMARY KEY (run, position),
    UNIQUE (run, tenant),
    FOREIGN KEY (tenant, terms) REFERENCES contract_terms (tenant, number),
    CHECK ((tax_case = 'blocked') = (net IS NULL))
) STRICT, WITHOUT ROWID;

-- With all that says whether a month is billed.
CREATE INDEX fee_row_of_tenant ON fee_row (tenant, month, corrects, net);

-- What is billed: rows that no correction takes back.
CREATE VIEW fee_billed (run, tenant, month, price) AS
SELECT b.run, b.tenant, b.month, b.price FROM fee_row b
WHERE b.corrects IS NULL AND b.net IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM fee_row c WHERE c.tenant = b.tenant AND c.month = b.month AND c.corrects = b.run);

CREATE TRIGGER fee_row_next BEFORE INSERT ON fee_row
WHEN NOT EXISTS (
        SELECT 1 FROM fee_run
        WHERE number = NEW.run AND month = NEW.month AND NEW.position <= rows AND (reason IS NULL) = (NEW.corrects IS NULL))
    OR NEW.run IS NOT (SELECT max(number) FROM fee_run)
    OR NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM fee_row WHERE run = NEW.run)
BEGIN SELECT RAISE(ABORT, 'fee_row: must be the next row of the last run'); END;
CREATE TRIGGER fee_row_once BEFORE INSERT ON fee_row
WHEN EXISTS (SELECT 1 FROM fee_row WHERE run = NEW.run AND tenant = NEW.tenant)
    OR (NEW.corrects IS NULL AND EXISTS (SELECT 1 FROM fee_billed WHERE tenant = NEW.tenant AND month = NEW.month))
BEGIN SELECT RAISE(ABORT, 'fee_row: the tenant is billed for this month'); END;
CREATE TRIGGER fee_row_as_agreed BEFORE INSERT ON fee_row
WHEN NEW.corrects IS NULL AND NOT EXISTS (
    SELECT 1 FROM contract c
    JOIN contract_terms t ON t.tenant = c.tenant AND t.number = (SELECT max(number) FROM contract_terms WHERE tenant = c.tenant)
    WHERE c.tenant = NEW.tenant AND NEW.terms = t.number AND NEW.recipient = t.recipient AND NEW.vat_id IS t.vat_id
        AND NEW.proration = t.proration AND NEW.first_day <= NEW.last_day
        AND NEW.first_day = max(c.from_day, NEW.month || '-01')
        AND NEW.last_day = min(coalesce(c.until_day, '9999-12-31'), date(NEW.month || '-01', '+1 month', '-1 day'))
        AND NEW.price IS (
            SELECT net FROM contract_price WHERE tenant = NEW.tenant AND from_month <= NEW.month ORDER BY from_month DESC LIMIT 1)
        -- The EU as EuropeanUnion.others has it.
        AND NEW.tax_case = CASE
            WHEN t.country IS NULL THEN 'blocked'
            WHEN t.country = 'DE' THEN 'domestic'
            WHEN t.country NOT IN ('AT', 'BE', 'BG', 'CY', 'CZ', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV',
                'MC', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK') THEN 'third_country'
            WHEN t.vat_checked_on IS NOT NULL THEN 'eu_reverse_charge'
            ELSE 'blocked' END)
BEGIN SELECT RAISE(ABORT, 'fee_row: is not what the contract says'); END;
-- Half a cent is rounded up: the net part of a price, and the tax on it.
CREATE TRIGGER fee_row_computed BEFORE INSERT ON fee_row
WHEN NEW.corrects IS NULL AND NEW.net IS NOT NULL AND (
    NEW.net IS NOT CASE
        WHEN NEW.origin GLOB 'free:*' THEN 0
        WHEN NEW.proration = 'whole_months' THEN NEW.price
        ELSE (2 * NEW.price * (substr(NEW.last_day, 9) - substr(NEW.first_day, 9) + 1) + substr(date(NEW.month || '-01', '+1 month', '-1 day'), 9))
            / (2 * substr(date(NEW.month || '-01', '+1 month', '-1 day'), 9)) END
    OR NEW.tax IS NOT (NEW.net * coalesce(NEW.rate, 0) + 5000) / 10000
    OR (NEW.origin GLOB 'free:*') IS NOT (
        SELECT (substr(NEW.month, 1, 4) - substr(c.from_day, 1, 4)) * 12 + substr(NEW.month, 6) - substr(c.from_day, 6, 2) < t.free_months
        FROM contract c JOIN contract_terms t ON t.tenant = c.tenant AND t.number = NEW.terms WHERE c.tenant = NEW.tenant))
BEGIN SELECT RAISE(ABORT, 'fee_row: net or tax is not what its price and its days come to'); END;
CREATE TRIGGER fee_row_opposite BEFORE INSERT ON fee_row
WHEN NEW.corrects IS NOT NULL AND (
    NOT EXISTS (SELECT 1 FROM fee_billed WHERE run = NEW.corrects AND tenant = NEW.tenant AND month = NEW.month)
    OR NOT EXISTS (
        SELECT 1 FROM fee_row o WHERE o.run = NEW.corrects AND o.tenant = NEW.tenant
            AND (o.terms, o.recipient, o.first_day, o.last_day, o.proration, o.price, o.origin, o.tax_case, o.vat_id, o.rate, -o.net, -o.tax)
                IS (NEW.terms, NEW.recipient, NEW.first_day, NEW.last_day, NEW.proration, NEW.price, NEW.origin, NEW.tax_case, NEW.vat_id,
                    NEW.rate, NEW.net, NEW.tax)))
BEGIN SELECT RAISE(ABORT, 'fee_row: a correction is the opposite of a row that no other one takes back'); END;
CREATE TRIGGER fee_row_unchanged BEFORE UPDATE ON fee_row
BEGIN SELECT RAISE(ABORT, 'fee_row: append-only'); END;
CREATE TRIGGER fee_row_kept BEFORE DELETE ON fee_row
BEGIN SELECT RAISE(ABORT, 'fee_row: append-only'); END;

-- The numbers of the ERP's invoices, as they come back. A wrong one is replaced by another version with the reason; the last one counts.
CREATE TABLE fee_invoice (
    run         INTEGER NOT NULL,
    tenant      INTEGER NOT NULL,
    version     INTEGER NOT NULL CHECK (version >= 1),
    number      TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
    -- Why it replaces the version before it.
    reason      TEXT CHECK ((reason IS NULL) = (version = 1) AND (reason IS NULL OR length(reason) BETWEEN 1 AND 500)),
    actor       TEXT NOT NULL CHECK (length(actor) >= 1),
    assigned_at INTEGER NOT NULL,
    PRIMARY KEY (run, tenant, version),
    FOREIGN KEY (run, tenant) REFERENCES fee_row (run, tenant)
) STRICT, WITHOUT ROWID;

CREATE INDEX fee_invoice_of_number ON fee_invoice (number);

CREATE VIEW fee_invoice_now (run, tenant, number) AS
SELECT i.run, i.tenant, i.number FROM fee_invoice i
WHERE NOT EXISTS (SELECT 1 FROM fee_invoice l WHERE l.run = i.run AND l.tenant = i.tenant AND l.version > i.version);

CREATE TRIGGER fee_invoice_next BEFORE INSERT ON fee_invoice
WHEN NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM fee_invoice WHERE run = NEW.run AND tenant = NEW.tenant)
    OR NOT EXISTS (SELECT 1 FROM fee_row WHERE run = NEW.run AND tenant = NEW.tenant AND net IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'fee_invoice: the version must be the next one of a row that bills something'); END;
-- One invoice may have several rows, of one recipient.
CREATE TRIGGER fee_invoice_of_one BEFORE INSERT ON fee_invoice
WHEN EXISTS (
    SELECT 1 FROM fee_invoice_now i JOIN fee_row r ON r.run = i.run AND r.tenant = i.tenant
    WHERE i.number = NEW.number
        AND r.recipient IS NOT (SELECT recipient FROM fee_row WHERE run = NEW.run AND tenant = NEW.tenant))
BEGIN SELECT RAISE(ABORT, 'fee_invoice: another recipient has that invoice'); END;
CREATE TRIGGER fee_invoice_unchanged BEFORE UPDATE ON fee_invoice
BEGIN SELECT RAISE(ABORT, 'fee_invoice: append-only'); END;
CREATE TRIGGER fee_invoice_kept BEFORE DELETE ON fee_invoice
BEGIN SELECT RAISE(ABORT, 'fee_invoice: append-only'); END;

CREATE TRIGGER contract_kept BEFORE DELETE ON contract
BEGIN SELECT RAISE(ABORT, 'contract: cannot be deleted'); END;
CREATE TRIGGER contract_once BEFORE INSERT ON contract
WHEN EXISTS (SELECT 1 FROM contract WHERE tenant = NEW.tenant) OR NEW.keys_removed_at IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant)
BEGIN SELECT RAISE(ABORT, 'contract: the tenant has one, or does not exist'); END;
CREATE TRIGGER contract_fixed BEFORE UPDATE ON contract
WHEN NEW.tenant IS NOT OLD.tenant OR OLD.keys_removed_at IS NOT NULL
    OR (NEW.from_day IS NOT OLD.from_day AND EXISTS (SELECT 1 FROM fee_billed WHERE tenant = OLD.tenant))
BEGIN SELECT RAISE(ABORT, 'contract: its first day is billed, or its keys are removed'); END;
-- Keys are removed when nothing can happen at Stripe any more: 180 days after the last payment, or after the end where nobody ever paid.
CREATE TRIGGER contract_settled BEFORE UPDATE ON contract
WHEN NEW.keys_removed_at IS NOT NULL AND OLD.keys_removed_at IS NULL AND (
    EXISTS (SELECT 1 FROM hold WHERE tenant = OLD.tenant AND state IN ('requested', 'authorised', 'replaced'))
    OR EXISTS (SELECT 1 FROM payment WHERE tenant = OLD.tenant AND state IN ('requested', 'processing'))
    OR EXISTS (SELECT 1 FROM refund WHERE tenant = OLD.tenant AND state IN ('requested', 'pending'))
    OR EXISTS (SELECT 1 FROM operation WHERE tenant = OLD.tenant AND state IN ('waiting', 'parked'))
    OR EXISTS (SELECT 1 FROM event WHERE tenant = OLD.tenant AND state IN ('received', 'parked'))
    OR EXISTS (SELECT 1 FROM saved_card WHERE tenant = OLD.tenant AND state IN ('requested', 'saved'))
    OR EXISTS (SELECT 1 FROM past_card WHERE tenant = OLD.tenant AND detached_at IS NULL)
    OR EXISTS (
        SELECT 1 FROM account a JOIN folio f ON f.tenant = a.tenant AND f.reference = substr(a.name, 7)
        WHERE a.tenant = OLD.tenant AND a.debits <> a.credits AND a.name >= 'folio:' AND a.name < 'folio;' AND f.closed_at IS NULL)
    OR EXISTS (SELECT 1 FROM account WHERE tenant = OLD.tenant AND name IN ('stripe', 'stripe_reserved') AND debits <> credits)
    OR EXISTS (SELECT 1 FROM dispute WHERE tenant = OLD.tenant AND status NOT IN ('won', 'lost', 'warning_closed', 'prevented'))
    OR NEW.keys_removed_at - 15552000000 < coalesce(
        (SELECT posted_at FROM journal_entry WHERE tenant = OLD.tenant AND kind = 'payment' ORDER BY number DESC LIMIT 1),
        strftime('%s', OLD.until_day) * 1000))
BEGIN SELECT RAISE(ABORT, 'contract: the keys are needed'); END;

-- An empty key is one that was removed.
CREATE TRIGGER stripe_account_removed BEFORE UPDATE OF secret_key ON stripe_account
WHEN (length(NEW.secret_key) = 0) IS NOT EXISTS (SELECT 1 FROM contract WHERE tenant = OLD.tenant AND keys_removed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'stripe_account: a key goes with the keys of its contract, and none comes after that'); END;
CREATE TRIGGER stripe_account_after_removal BEFORE INSERT ON stripe_account
WHEN length(NEW.secret_key) = 0 OR EXISTS (SELECT 1 FROM contract WHERE tenant = NEW.tenant AND keys_removed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'stripe_account: a key goes with the keys of its contract, and none comes after that'); END;

CREATE TRIGGER contract_price_once BEFORE INSERT ON contract_price
WHEN EXISTS (SELECT 1 FROM contract_price WHERE tenant = NEW.tenant AND from_month = NEW.from_month)
    OR NOT EXISTS (SELECT 1 FROM contract WHERE tenant = NEW.tenant)
BEGIN SELECT RAISE(ABORT, 'contract_price: the month has a price'); END;
CREATE TRIGGER contract_price_insert BEFORE INSERT ON contract_price
WHEN EXISTS (
    SELECT 1 FROM fee_billed b
    WHERE b.tenant = NEW.tenant AND b.month >= NEW.from_month AND b.price <> NEW.net AND NOT EXISTS (
        SELECT 1 FROM contract_price p WHERE p.tenant = NEW.tenant AND p.from_month > NEW.from_month AND p.from_month <= b.month))
BEGIN SELECT RAISE(ABORT, 'contract_price: the month is billed'); END;
CREATE TRIGGER contract_price_update BEFORE UPDATE ON contract_price
WHEN NEW.tenant IS NOT OLD.tenant OR NEW.from_month IS NOT OLD.from_month OR EXISTS (
    SELECT 1 FROM fee_billed b
    WHERE b.tenant = NEW.tenant AND b.month >= NEW.from_month AND b.price <> NEW.net AND NOT EXISTS (
        SELECT 1 FROM contract_price p WHERE p.tenant = NEW.tenant AND p.from_month > NEW.from_month AND p.from_month <= b.month))
BEGIN SELECT RAISE(ABORT, 'contract_price: the month is billed'); END;
CREATE TRIGGER contract_price_delete BEFORE DELETE ON contract_price
WHEN NOT EXISTS (SELECT 1 FROM contract_price WHERE tenant = OLD.tenant AND from_month < OLD.from_month) OR EXISTS (
    SELECT 1 FROM fee_billed b
    WHERE b.tenant = OLD.tenant AND b.month >= OLD.from_month
        AND b.price <> (SELECT net FROM contract_price WHERE tenant = OLD.tenant AND from_month < OLD.from_month ORDER BY from_month DESC LIMIT 1)
        AND NOT EXISTS (
            SELECT 1 FROM contract_price p WHERE p.tenant = OLD.tenant AND p.from_month > OLD.from_month AND p.from_month <= b.month))
BEGIN SELECT RAISE(ABORT, 'contract_price: the month is billed, or would have no price'); END;
