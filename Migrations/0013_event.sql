-- 0013_event: events received by webhook, stored before they are processed, and how far Stripe's lists have been read.
--
-- An event only says which object to read again; a review or a fraud warning that the key may not read is taken from the event itself. A
-- parked event waits for the operator. Events that these books cannot use are counted, not kept.

CREATE TABLE event (
    number          INTEGER PRIMARY KEY CHECK (number >= 1),
    tenant          INTEGER NOT NULL REFERENCES tenant (number),
    id              TEXT NOT NULL,
    type            TEXT NOT NULL,
    object_id       TEXT,
    created_at      INTEGER NOT NULL,
    received_at     INTEGER NOT NULL,
    -- received: to be processed. applied: done. ignored: of a type that is not used here. parked: needs the operator.
    state           TEXT NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'applied', 'ignored', 'parked')),
    -- Why it could not be processed, see Failure.
    failure_code    TEXT,
    failure_reason  TEXT,
    failure_detail  TEXT,
    failure_actor   TEXT,
    -- How many attempts failed, and when the next one is due; NULL: now.
    attempts        INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at INTEGER,
    UNIQUE (tenant, id),
    CHECK (failure_code IS NOT NULL OR (failure_reason IS NULL AND failure_detail IS NULL AND failure_actor IS NULL))
) STRICT;

CREATE INDEX event_received ON event (tenant, number) WHERE state = 'received';
-- What is waiting about one object says when it happened.
CREATE INDEX event_received_about ON event (tenant, object_id) WHERE state = 'received';
CREATE INDEX event_parked ON event (tenant, number) WHERE state = 'parked';
CREATE INDEX event_latest ON event (tenant, received_at);

CREATE TRIGGER event_as_received BEFORE UPDATE ON event
WHEN (NEW.number, NEW.tenant, NEW.id, NEW.type, NEW.object_id, NEW.created_at, NEW.received_at)
    IS NOT (OLD.number, OLD.tenant, OLD.id, OLD.type, OLD.object_id, OLD.created_at, OLD.received_at)
BEGIN SELECT RAISE(ABORT, 'event: cannot be changed or deleted'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event: cannot be changed or deleted'); END;
CREATE TRIGGER event_once BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM event WHERE tenant = NEW.tenant AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'event: already received'); END;
CREATE TRIGGER event_dismissed BEFORE UPDATE OF state ON event
WHEN NEW.state <> 'ignored' AND EXISTS (SELECT 1 FROM event_dismissal WHERE event = OLD.number)
BEGIN SELECT RAISE(ABORT, 'event: a dismissed event stays ignored'); END;

-- The event as Stripe sent it, for troubleshooting. It is long and contains guest data.
CREATE TABLE event_body (
    event INTEGER PRIMARY KEY CHECK (event >= 1) REFERENCES event (number),
    body  TEXT NOT NULL
) STRICT;

CREATE TRIGGER event_body_once BEFORE INSERT ON event_body
WHEN EXISTS (SELECT 1 FROM event_body WHERE event = NEW.event) OR NOT EXISTS (SELECT 1 FROM event WHERE number = NEW.event)
BEGIN SELECT RAISE(ABORT, 'event_body: exactly one per event'); END;
CREATE TRIGGER event_body_unchanged BEFORE UPDATE ON event_body
BEGIN SELECT RAISE(ABORT, 'event_body: cannot be changed or deleted'); END;
CREATE TRIGGER event_body_kept BEFORE DELETE ON event_body
BEGIN SELECT RAISE(ABORT, 'event_body: cannot be changed or deleted'); END;

-- A parked event that the operator dismissed. It is ignored from then on. The row says who dismissed it and why.
CREATE TABLE event_dismissal (
    event        INTEGER PRIMARY KEY CHECK (event >= 1) REFERENCES event (number),
    actor        TEXT NOT NULL CHECK (length(actor) > 0),
    reason       TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500 AND trim(reason) <> ''),
    dismissed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER event_dismissal_parked BEFORE INSERT ON event_dismissal
WHEN coalesce((SELECT state FROM event WHERE number = NEW.event), '') <> 'parked'
    OR EXISTS (SELECT 1 FROM event_dismissal WHERE event = NEW.event)
BEGIN SELECT RAISE(ABORT, 'event_dismissal: only a parked event can be dismissed, and only once'); END;
CREATE TRIGGER event_dismissal_unchanged BEFORE UPDATE ON event_dismissal
BEGIN SELECT RAISE(ABORT, 'event_dismissal: cannot be changed or deleted'); END;
CREATE TRIGGER event_dismissal_kept BEFORE DELETE ON event_dismissal
BEGIN SELECT RAISE(ABORT, 'event_dismissal: cannot be changed or deleted'); END;

-- Stripe events that these books cannot use, counted by reason. Only the id of one example is kept.
CREATE TABLE dropped_event (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    reason   TEXT NOT NULL CHECK (reason IN ('other_account', 'other_mode', 'thin', 'unreadable', 'unknown_object')),
    count    INTEGER NOT NULL CHECK (count >= 1),
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL CHECK (last_at >= first_at),
    -- The id of the latest; NULL when it could not be read.
    example  TEXT,
    PRIMARY KEY (tenant, reason)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dropped_event_counted BEFORE UPDATE ON dropped_event
WHEN NEW.tenant <> OLD.tenant OR NEW.reason <> OLD.reason OR NEW.first_at <> OLD.first_at OR NEW.count <= OLD.count
BEGIN SELECT RAISE(ABORT, 'dropped_event: the count can only increase'); END;
CREATE TRIGGER dropped_event_once BEFORE INSERT ON dropped_event
WHEN EXISTS (SELECT 1 FROM dropped_event WHERE tenant = NEW.tenant AND reason = NEW.reason) OR NEW.count <> 1
BEGIN SELECT RAISE(ABORT, 'dropped_event: the count must start at one'); END;
CREATE TRIGGER dropped_event_kept BEFORE DELETE ON dropped_event
BEGIN SELECT RAISE(ABORT, 'dropped_event: cannot be deleted'); END;

-- When all lists at Stripe were last read to their end: the books' time at which that reading began. A month is closed only when Stripe
-- has been read since it was over.
CREATE TABLE stripe_reading (
    tenant   INTEGER PRIMARY KEY CHECK (tenant >= 1) REFERENCES tenant (number),
    begun_at INTEGER NOT NULL
) STRICT;

-- Stripe's balance in the books' currency, and the sum of what Stripe's list of movements shows of it, as they were read together. A month
-- is closed only when they were compared since it was over.
CREATE TABLE stripe_balance (
    tenant   INTEGER PRIMARY KEY CHECK (tenant >= 1) REFERENCES tenant (number),
    balance  INTEGER NOT NULL,
    listed   INTEGER NOT NULL,
    begun_at INTEGER NOT NULL
) STRICT;

-- How far each list at Stripe has been read.
CREATE TABLE sync_cursor (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    list       TEXT NOT NULL CHECK (list IN ('events', 'balance_transactions')),
    last_id    TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, list)
) STRICT, WITHOUT ROWID;
