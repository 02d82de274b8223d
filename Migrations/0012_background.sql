-- 0012_background: what runs by itself, and what it could not do.
--
-- Instants that say when something is tried again, who leads and when a task ran are the system's time, not the books': intervals are
-- real also where the books' clock is simulated or stands still.

-- NULL: not tried yet.
ALTER TABLE operation ADD COLUMN next_attempt_at INTEGER;

-- How often it was tried in vain, and when next; NULL: at once. What is parked is the dead-letter list.
ALTER TABLE event ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0);
ALTER TABLE event ADD COLUMN next_attempt_at INTEGER;

-- A parked event that somebody decided to leave. It is ignored from then on; who and why is kept.
CREATE TABLE event_dismissal (
    event        INTEGER PRIMARY KEY REFERENCES event (number),
    actor        TEXT NOT NULL CHECK (length(actor) > 0),
    reason       TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    dismissed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER event_dismissal_parked BEFORE INSERT ON event_dismissal
WHEN coalesce((SELECT state FROM event WHERE number = NEW.event), '') <> 'parked'
    OR EXISTS (SELECT 1 FROM event_dismissal WHERE event = NEW.event)
BEGIN SELECT RAISE(ABORT, 'event_dismissal: only a parked event is dismissed, once'); END;
CREATE TRIGGER event_dismissal_ends AFTER INSERT ON event_dismissal
BEGIN UPDATE event SET state = 'ignored', next_attempt_at = NULL WHERE number = NEW.event; END;
CREATE TRIGGER event_dismissal_unchanged BEFORE UPDATE ON event_dismissal
BEGIN SELECT RAISE(ABORT, 'event_dismissal: kept as decided'); END;
CREATE TRIGGER event_dismissal_kept BEFORE DELETE ON event_dismissal
BEGIN SELECT RAISE(ABORT, 'event_dismissal: kept as decided'); END;

-- The one process that does the background's work, and until when unless it says so again. Each change of hands is a new term, so that
-- one that slept through its time cannot write as if it still led.
CREATE TABLE leader (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    process   TEXT NOT NULL,
    term      INTEGER NOT NULL CHECK (term >= 1),
    leads_until INTEGER NOT NULL
) STRICT;

CREATE TRIGGER leader_kept BEFORE DELETE ON leader
BEGIN SELECT RAISE(ABORT, 'leader: a term is never taken back'); END;
CREATE TRIGGER leader_once BEFORE INSERT ON leader
WHEN EXISTS (SELECT 1 FROM leader)
BEGIN SELECT RAISE(ABORT, 'leader: there is one'); END;
CREATE TRIGGER leader_forward BEFORE UPDATE ON leader
WHEN NEW.term NOT IN (OLD.term, OLD.term + 1) OR (NEW.term = OLD.term) <> (NEW.process = OLD.process)
BEGIN SELECT RAISE(ABORT, 'leader: another process is another term'); END;

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
