-- 0013_event: what Stripe told us by webhook, stored before it is worked off, and how far its lists have been read.
--
-- Events only say which object to read again. What is parked is the dead-letter list. Events that these books cannot use are counted, not kept.

CREATE TABLE event (
    number          INTEGER PRIMARY KEY CHECK (number >= 1),
    tenant          INTEGER NOT NULL REFERENCES tenant (number),
    id              TEXT NOT NULL,
    type            TEXT NOT NULL,
    object_id       TEXT,
    created_at      INTEGER NOT NULL,
    received_at     INTEGER NOT NULL,
    -- received: to be worked off. applied: done. ignored: of a kind without meaning here. parked: needs the operator.
    state           TEXT NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'applied', 'ignored', 'parked')),
    -- Why it could not be worked off, see Failure.
    failure_code    TEXT,
    failure_reason  TEXT,
    failure_detail  TEXT,
    failure_actor   TEXT,
    -- How often it was tried in vain, and when next; NULL: at once. What is parked is the dead-letter list.
    attempts        INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at INTEGER,
    UNIQUE (tenant, id),
    CHECK (failure_code IS NOT NULL OR (failure_reason IS NULL AND failure_detail IS NULL AND failure_actor IS NULL))
) STRICT;

CREATE INDEX event_received ON event (tenant, number) WHERE state = 'received';
CREATE INDEX event_parked ON event (tenant, number) WHERE state = 'parked';
CREATE INDEX event_latest ON event (tenant, received_at);

CREATE TRIGGER event_as_received BEFORE UPDATE ON event
WHEN (NEW.number, NEW.tenant, NEW.id, NEW.type, NEW.object_id, NEW.created_at, NEW.received_at)
    IS NOT (OLD.number, OLD.tenant, OLD.id, OLD.type, OLD.object_id, OLD.created_at, OLD.received_at)
BEGIN SELECT RAISE(ABORT, 'event: kept as received'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event: kept as received'); END;
CREATE TRIGGER event_once BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM event WHERE tenant = NEW.tenant AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'event: known already'); END;
CREATE TRIGGER event_dismissed BEFORE UPDATE OF state ON event
WHEN NEW.state <> 'ignored' AND EXISTS (SELECT 1 FROM event_dismissal WHERE event = OLD.number)
BEGIN SELECT RAISE(ABORT, 'event: dismissed for good'); END;

-- The event as Stripe sent it, for whoever has to find out: long, and with a guest's data in it.
CREATE TABLE event_body (
    event INTEGER PRIMARY KEY CHECK (event >= 1) REFERENCES event (number),
    body  TEXT NOT NULL
) STRICT;

CREATE TRIGGER event_body_once BEFORE INSERT ON event_body
WHEN EXISTS (SELECT 1 FROM event_body WHERE event = NEW.event) OR NOT EXISTS (SELECT 1 FROM event WHERE number = NEW.event)
BEGIN SELECT RAISE(ABORT, 'event_body: one for each event'); END;
CREATE TRIGGER event_body_unchanged BEFORE UPDATE ON event_body
BEGIN SELECT RAISE(ABORT, 'event_body: kept as received'); END;
CREATE TRIGGER event_body_kept BEFORE DELETE ON event_body
BEGIN SELECT RAISE(ABORT, 'event_body: kept as received'); END;

-- A parked event that somebody decided to leave. It is ignored from then on; who and why is kept.
CREATE TABLE event_dismissal (
    event        INTEGER PRIMARY KEY CHECK (event >= 1) REFERENCES event (number),
    actor        TEXT NOT NULL CHECK (length(actor) > 0),
    reason       TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500 AND trim(reason) <> ''),
    dismissed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER event_dismissal_parked BEFORE INSERT ON event_dismissal
WHEN coalesce((SELECT state FROM event WHERE number = NEW.event), '') <> 'parked'
    OR EXISTS (SELECT 1 FROM event_dismissal WHERE event = NEW.event)
BEGIN SELECT RAISE(ABORT, 'event_dismissal: only a parked event is dismissed, once'); END;
CREATE TRIGGER event_dismissal_unchanged BEFORE UPDATE ON event_dismissal
BEGIN SELECT RAISE(ABORT, 'event_dismissal: kept as decided'); END;
CREATE TRIGGER event_dismissal_kept BEFORE DELETE ON event_dismissal
BEGIN SELECT RAISE(ABORT, 'event_dismissal: kept as decided'); END;

-- Events of Stripe's that these books cannot use, counted by why. Nothing of them is kept but one example.
CREATE TABLE dropped_event (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    reason   TEXT NOT NULL CHECK (reason IN ('other_account', 'other_mode', 'thin', 'unreadable', 'unknown_object')),
    count    INTEGER NOT NULL CHECK (count >= 1),
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL CHECK (last_at >= first_at),
    -- The id of the latest; NULL where none could be read.
    example  TEXT,
    PRIMARY KEY (tenant, reason)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dropped_event_counted BEFORE UPDATE ON dropped_event
WHEN NEW.tenant <> OLD.tenant OR NEW.reason <> OLD.reason OR NEW.first_at <> OLD.first_at OR NEW.count <= OLD.count
BEGIN SELECT RAISE(ABORT, 'dropped_event: only counted on'); END;
CREATE TRIGGER dropped_event_once BEFORE INSERT ON dropped_event
WHEN EXISTS (SELECT 1 FROM dropped_event WHERE tenant = NEW.tenant AND reason = NEW.reason) OR NEW.count <> 1
BEGIN SELECT RAISE(ABORT, 'dropped_event: counted from one'); END;
CREATE TRIGGER dropped_event_kept BEFORE DELETE ON dropped_event
BEGIN SELECT RAISE(ABORT, 'dropped_event: kept'); END;

-- How far each list at Stripe has been read.
CREATE TABLE sync_cursor (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    list       TEXT NOT NULL CHECK (list IN ('events', 'balance_transactions')),
    last_id    TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, list)
) STRICT, WITHOUT ROWID;
