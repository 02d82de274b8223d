-- 0020_background: background work. Its times are system time, not the books' time.

-- The process that does the background work, and until when unless it renews the lease. A new process starts a new term, so that a
-- process that missed the end of its lease cannot write as if it still held it.
CREATE TABLE lease (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    process    TEXT NOT NULL,
    term       INTEGER NOT NULL CHECK (term >= 1),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER lease_kept BEFORE DELETE ON lease
BEGIN SELECT RAISE(ABORT, 'lease: cannot be deleted'); END;
CREATE TRIGGER lease_once BEFORE INSERT ON lease
WHEN EXISTS (SELECT 1 FROM lease)
BEGIN SELECT RAISE(ABORT, 'lease: already exists'); END;
CREATE TRIGGER lease_forward BEFORE UPDATE ON lease
WHEN NEW.term NOT IN (OLD.term, OLD.term + 1) OR (NEW.term = OLD.term) <> (NEW.process = OLD.process)
BEGIN SELECT RAISE(ABORT, 'lease: the term must increase by one when the process changes, and stay the same otherwise'); END;

-- The last result of each task, for the operator. tenant 0: a task for all tenants.
CREATE TABLE background_task (
    tenant          INTEGER NOT NULL,
    task            TEXT NOT NULL,
    last_run_at     INTEGER NOT NULL,
    last_success_at INTEGER,
    -- Failed runs since the last success.
    failures        INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    problem         TEXT,
    -- Information for the operator when nothing is wrong.
    notice          TEXT,
    PRIMARY KEY (tenant, task)
) STRICT, WITHOUT ROWID;
