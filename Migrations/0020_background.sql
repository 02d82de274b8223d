-- 0020_background: what runs by itself. Its instants are the system's time, not the books'.

-- The one process that does the background's work, and until when unless it says so again. Each change of hands is a new term, so that
-- one that slept through its time cannot write as if it still led.
CREATE TABLE lease (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    process    TEXT NOT NULL,
    term       INTEGER NOT NULL CHECK (term >= 1),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER lease_kept BEFORE DELETE ON lease
BEGIN SELECT RAISE(ABORT, 'lease: a term is never taken back'); END;
CREATE TRIGGER lease_once BEFORE INSERT ON lease
WHEN EXISTS (SELECT 1 FROM lease)
BEGIN SELECT RAISE(ABORT, 'lease: there is one'); END;
CREATE TRIGGER lease_forward BEFORE UPDATE ON lease
WHEN NEW.term NOT IN (OLD.term, OLD.term + 1) OR (NEW.term = OLD.term) <> (NEW.process = OLD.process)
BEGIN SELECT RAISE(ABORT, 'lease: another process is another term'); END;

-- What each task last came to, for the operator. tenant 0: of no tenant.
CREATE TABLE background_task (
    tenant          INTEGER NOT NULL,
    task            TEXT NOT NULL,
    last_run_at     INTEGER NOT NULL,
    last_success_at INTEGER,
    -- Runs since the last success.
    failures        INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    problem         TEXT,
    -- What somebody should know although nothing is wrong.
    notice          TEXT,
    PRIMARY KEY (tenant, task)
) STRICT, WITHOUT ROWID;
