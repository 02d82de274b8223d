-- 0003_journal: the append-only, double-entry book. Whatever the program does wrong, these rows stay inside one tenant and one
-- currency, have gapless numbers, and never change: a mistake is corrected by a new entry.
--
-- The balances beside it are kept by a trigger in the same statement, so that no way of writing an entry can forget them.
-- The hash of each entry covers its content and the hash of the entry before (see JournalEntry.hash); `verify` recomputes both.

CREATE TABLE account (
    tenant   INTEGER NOT NULL,
    currency TEXT NOT NULL,
    id       INTEGER NOT NULL CHECK (id >= 1),
    -- folio:R-4711, revenue:lodging:7, transitory:visitors_tax, stripe, stripe_fees, disputes, bank, module_fees, operator
    name     TEXT NOT NULL,
    debits   INTEGER NOT NULL DEFAULT 0 CHECK (debits >= 0),
    credits  INTEGER NOT NULL DEFAULT 0 CHECK (credits >= 0),
    PRIMARY KEY (tenant, currency, id),
    UNIQUE (tenant, name),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER account_kept BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'account: kept for good'); END;
CREATE TRIGGER account_fixed BEFORE UPDATE OF tenant, currency, id, name ON account
BEGIN SELECT RAISE(ABORT, 'account: only its balance changes'); END;
CREATE TRIGGER account_once BEFORE INSERT ON account
WHEN EXISTS (SELECT 1 FROM account WHERE tenant = NEW.tenant AND name = NEW.name)
    OR EXISTS (SELECT 1 FROM account WHERE tenant = NEW.tenant AND currency = NEW.currency AND id = NEW.id)
    OR NEW.debits <> 0 OR NEW.credits <> 0
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant AND currency = NEW.currency)
BEGIN SELECT RAISE(ABORT, 'account: exists already, does not start at zero, or is in another currency than the book'); END;
-- Only while journal_entry_booked runs is there an entry ahead of the chain; so nothing else can move a balance or the chain.
CREATE TRIGGER account_moved BEFORE UPDATE OF debits, credits ON account
WHEN NOT EXISTS (
    SELECT 1 FROM journal_chain c JOIN journal_entry e ON e.tenant = c.tenant AND e.number = c.last_number + 1
    WHERE c.tenant = OLD.tenant AND e.currency = OLD.currency AND (
        (e.debit = OLD.id AND NEW.debits = OLD.debits + e.amount AND NEW.credits = OLD.credits)
        OR (e.credit = OLD.id AND NEW.credits = OLD.credits + e.amount AND NEW.debits = OLD.debits)))
BEGIN SELECT RAISE(ABORT, 'account: a balance moves with an entry'); END;

-- The last number and hash of each tenant's book.
CREATE TABLE journal_chain (
    tenant      INTEGER PRIMARY KEY REFERENCES tenant (number),
    last_number INTEGER NOT NULL DEFAULT 0,
    head        BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(head) = 32)
) STRICT;

CREATE TRIGGER journal_chain_kept BEFORE DELETE ON journal_chain
BEGIN SELECT RAISE(ABORT, 'journal_chain: kept for good'); END;
CREATE TRIGGER journal_chain_once BEFORE INSERT ON journal_chain
WHEN EXISTS (SELECT 1 FROM journal_chain WHERE tenant = NEW.tenant) OR NEW.last_number <> 0 OR NEW.head <> zeroblob(32)
BEGIN SELECT RAISE(ABORT, 'journal_chain: a book begins once, and empty'); END;
CREATE TRIGGER journal_chain_forward BEFORE UPDATE ON journal_chain
WHEN NEW.tenant IS NOT OLD.tenant OR NEW.last_number IS NOT OLD.last_number + 1
    OR NEW.head IS NOT (SELECT hash FROM journal_entry WHERE tenant = NEW.tenant AND number = NEW.last_number)
BEGIN SELECT RAISE(ABORT, 'journal_chain: one entry after the other'); END;

CREATE TABLE journal_entry (
    tenant        INTEGER NOT NULL,
    number        INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    debit         INTEGER NOT NULL,
    credit        INTEGER NOT NULL CHECK (credit <> debit),
    amount        INTEGER NOT NULL CHECK (amount > 0),
    currency      TEXT NOT NULL,
    folio         INTEGER,
    service_date  TEXT NOT NULL CHECK (length(service_date) = 10),
    posted_at     INTEGER NOT NULL,
    actor         TEXT NOT NULL CHECK (length(actor) >= 1),
    stripe_object TEXT CHECK (stripe_object <> ''),
    hash          BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tenant, number),
    FOREIGN KEY (tenant, currency, debit) REFERENCES account (tenant, currency, id),
    FOREIGN KEY (tenant, currency, credit) REFERENCES account (tenant, currency, id),
    FOREIGN KEY (tenant, folio, currency) REFERENCES folio (tenant, number, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal_entry: append-only'); END;
CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal_entry: append-only'); END;
-- The numbers are also what makes INSERT OR REPLACE harmless: a taken one is never the next one.
CREATE TRIGGER journal_entry_next BEFORE INSERT ON journal_entry
BEGIN
    SELECT RAISE(ABORT, 'journal_entry: numbers are gapless')
    WHERE NEW.number IS NOT (SELECT last_number + 1 FROM journal_chain WHERE tenant = NEW.tenant);
    SELECT RAISE(ABORT, 'journal_entry: no such folio')
    WHERE NEW.folio IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency);
END;
CREATE TRIGGER journal_entry_booked AFTER INSERT ON journal_entry
BEGIN
    UPDATE account SET debits = debits + NEW.amount WHERE tenant = NEW.tenant AND currency = NEW.currency AND id = NEW.debit;
    SELECT RAISE(ABORT, 'journal_entry: no such account') WHERE changes() <> 1;
    UPDATE account SET credits = credits + NEW.amount WHERE tenant = NEW.tenant AND currency = NEW.currency AND id = NEW.credit;
    SELECT RAISE(ABORT, 'journal_entry: no such account') WHERE changes() <> 1;
    UPDATE journal_chain SET last_number = NEW.number, head = NEW.hash WHERE tenant = NEW.tenant;
END;
