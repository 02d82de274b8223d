-- 0003_journal: the append-only double-entry journal. Even if the program has a bug, entries stay within one tenant and one
-- currency, have gapless numbers, and never change: a mistake is corrected by a new entry.
--
-- A trigger updates the account balances in the same statement, so that no code that writes an entry can forget them.
-- The hash of each entry covers its content and the hash of the entry before (see JournalEntry.hash); `verify` recomputes both.
-- Only triggers check what an entry refers to. A foreign key would cost as much, and does nothing while foreign keys are off.

CREATE TABLE account (
    tenant     INTEGER NOT NULL,
    currency   TEXT NOT NULL,
    id         INTEGER NOT NULL CHECK (id >= 1),
    -- folio:R-4711, revenue:lodging:7, pass_through:visitors_tax, stripe, stripe_reserved, stripe_fees, suspense:topup, external:shop,
    -- disputes, bank_transit, bank
    name       TEXT NOT NULL,
    debits     INTEGER NOT NULL DEFAULT 0 CHECK (debits >= 0),
    credits    INTEGER NOT NULL DEFAULT 0 CHECK (credits >= 0),
    -- The last entry that changed the balance; 0 before the first.
    last_entry INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, name),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency)
) STRICT, WITHOUT ROWID;

-- Folios whose account does not balance: what accounting has to settle, however old it is.
CREATE INDEX account_unbalanced ON account (tenant, name) WHERE debits <> credits AND name >= 'folio:' AND name < 'folio;';

CREATE TRIGGER account_kept BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'account: cannot be deleted'); END;
CREATE TRIGGER account_fixed BEFORE UPDATE OF tenant, currency, id, name ON account
BEGIN SELECT RAISE(ABORT, 'account: only the balance may change'); END;
CREATE TRIGGER account_once BEFORE INSERT ON account
WHEN EXISTS (SELECT 1 FROM account WHERE tenant = NEW.tenant AND name = NEW.name)
    OR EXISTS (SELECT 1 FROM account WHERE tenant = NEW.tenant AND id = NEW.id)
    OR NEW.debits <> 0 OR NEW.credits <> 0 OR NEW.last_entry <> 0
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant AND currency = NEW.currency)
BEGIN SELECT RAISE(ABORT, 'account: already exists, does not start at zero, or is in a currency other than the tenant''s'); END;
-- A balance changes by the amount of a newer entry that names the account. Older entries are counted already, so only
-- journal_entry_booked can change a balance, and only once per entry.
CREATE TRIGGER account_moved BEFORE UPDATE OF debits, credits, last_entry ON account
WHEN NEW.last_entry <= OLD.last_entry OR NOT EXISTS (
    SELECT 1 FROM journal_entry
    WHERE tenant = OLD.tenant AND number = NEW.last_entry AND currency = OLD.currency AND (
        (debit = OLD.id AND NEW.debits = OLD.debits + amount AND NEW.credits = OLD.credits)
        OR (credit = OLD.id AND NEW.credits = OLD.credits + amount AND NEW.debits = OLD.debits)))
BEGIN SELECT RAISE(ABORT, 'account: a balance changes only through a journal entry'); END;

CREATE TABLE journal_entry (
    tenant        INTEGER NOT NULL,
    number        INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    debit         INTEGER NOT NULL,
    credit        INTEGER NOT NULL CHECK (credit <> debit),
    amount        INTEGER NOT NULL CHECK (amount > 0),
    currency      TEXT NOT NULL,
    folio         INTEGER,
    -- The day that the fact belongs to, in the tenant's time zone: of a line its service date, of what Stripe moved the day on which it
    -- moved there. It may be earlier than the day of posting.
    occurred_on   TEXT NOT NULL CHECK (length(occurred_on) = 10),
    posted_at     INTEGER NOT NULL,
    actor         TEXT NOT NULL CHECK (length(actor) >= 1),
    stripe_object TEXT CHECK (stripe_object <> ''),
    hash          BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal_entry: append-only'); END;
CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal_entry: append-only'); END;
-- This also makes INSERT OR REPLACE harmless: a number that is in use is never the next one.
CREATE TRIGGER journal_entry_next BEFORE INSERT ON journal_entry
BEGIN
    SELECT RAISE(ABORT, 'journal_entry: the number must be the next one')
    WHERE NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM journal_entry WHERE tenant = NEW.tenant);
    SELECT RAISE(ABORT, 'journal_entry: no such folio')
    WHERE NEW.folio IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio AND currency = NEW.currency);
END;
CREATE TRIGGER journal_entry_booked AFTER INSERT ON journal_entry
BEGIN
    UPDATE account SET debits = debits + NEW.amount, last_entry = NEW.number
    WHERE tenant = NEW.tenant AND id = NEW.debit AND currency = NEW.currency;
    SELECT RAISE(ABORT, 'journal_entry: no such account') WHERE changes() <> 1;
    UPDATE account SET credits = credits + NEW.amount, last_entry = NEW.number
    WHERE tenant = NEW.tenant AND id = NEW.credit AND currency = NEW.currency;
    SELECT RAISE(ABORT, 'journal_entry: no such account') WHERE changes() <> 1;
END;
