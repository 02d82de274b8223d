-- 0029_ledger_file: which file the ledger lies in.
--
-- A copy of a ledger, or one from an earlier moment that was put back, looks like the ledger that it was: what was taken since stands
-- only at Stripe. Its place in the file system tells it apart. A program that is about to take money compares, and where the file is
-- another one, Stripe is read first.

CREATE TABLE ledger_file (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    inode INTEGER NOT NULL,
    -- Nanoseconds since 1970, because an inode's number is given out again; 0 where the file system does not tell.
    born  INTEGER NOT NULL
) STRICT;

CREATE TRIGGER ledger_file_once BEFORE INSERT ON ledger_file
WHEN EXISTS (SELECT 1 FROM ledger_file)
BEGIN SELECT RAISE(ABORT, 'ledger_file: a ledger lies in one file'); END;
CREATE TRIGGER ledger_file_moved BEFORE UPDATE ON ledger_file
WHEN EXISTS (
    SELECT 1 FROM tenant t WHERE NOT EXISTS (SELECT 1 FROM restoration r WHERE r.tenant = t.number AND r.read_at IS NULL))
BEGIN SELECT RAISE(ABORT, 'ledger_file: in another file nothing is taken before Stripe has been read'); END;
CREATE TRIGGER ledger_file_kept BEFORE DELETE ON ledger_file
BEGIN SELECT RAISE(ABORT, 'ledger_file: kept for good'); END;
