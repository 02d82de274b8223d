-- 0012_operation: every call to Stripe that changes something, written before it is sent.
--
-- It is repeated byte for byte until Stripe answers. Keys are random and have no index: it would cost more than the rest of the row.
-- A call that Stripe does not answer in the end is parked for the operator, who has it sent again or dismisses it. Until then its outcome is
-- unknown, so it blocks its payment intent like a waiting one.
-- Retry times are system time, not the books' time: intervals are real even where the books' clock is simulated or stopped.

CREATE TABLE operation (
    number          INTEGER PRIMARY KEY CHECK (number >= 1),
    tenant          INTEGER NOT NULL REFERENCES tenant (number),
    -- No foreign key: a call that Stripe refused outlives a booking that did not come about.
    folio           INTEGER,
    -- See OperationKind.
    kind            TEXT NOT NULL,
    -- The hold, payment or refund it is about, by its number on the folio.
    subject         INTEGER,
    -- The payment intent it acts on, if there is one already.
    payment_intent  TEXT,
    method          TEXT NOT NULL,
    path            TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    -- waiting: not answered yet. done, refused: answered. parked: needs the operator.
    state           TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'refused', 'parked')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    -- Why Stripe refused it, or why its outcome is unknown, see Failure.
    failure_code    TEXT,
    failure_reason  TEXT,
    failure_detail  TEXT,
    failure_actor   TEXT,
    created_at      INTEGER NOT NULL,
    finished_at     INTEGER,
    -- NULL: not tried yet.
    next_attempt_at INTEGER,
    spent_keys      INTEGER NOT NULL DEFAULT 0
                    CHECK (spent_keys = 0 OR (spent_keys > 0 AND kind IN ('capture', 'increment', 'release', 'release_replaced', 'cancel_orphan', 'withdraw_page'))),
    CHECK (failure_code IS NOT NULL OR (failure_reason IS NULL AND failure_detail IS NULL AND failure_actor IS NULL)),
    CHECK (state <> 'parked' OR failure_code IS NOT NULL)
) STRICT;

CREATE INDEX operation_waiting ON operation (tenant, number) WHERE state = 'waiting';
CREATE INDEX operation_parked ON operation (tenant, number) WHERE state = 'parked';
CREATE INDEX operation_of_folio ON operation (tenant, folio, number) WHERE folio IS NOT NULL;
-- One operation per payment intent at a time: Stripe locks the object, and two at once could take money twice.
CREATE UNIQUE INDEX operation_one_per_intent ON operation (tenant, payment_intent) WHERE state IN ('waiting', 'parked') AND payment_intent IS NOT NULL;

CREATE TRIGGER operation_as_sent BEFORE UPDATE ON operation
WHEN (NEW.number, NEW.tenant, NEW.folio, NEW.kind, NEW.subject, NEW.payment_intent, NEW.method, NEW.path, NEW.idempotency_key, NEW.created_at)
        IS NOT (OLD.number, OLD.tenant, OLD.folio, OLD.kind, OLD.subject, OLD.payment_intent, OLD.method, OLD.path, OLD.idempotency_key, OLD.created_at)
BEGIN SELECT RAISE(ABORT, 'operation: the request cannot be changed'); END;
CREATE TRIGGER operation_kept BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'operation: cannot be deleted'); END;
CREATE TRIGGER operation_once BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE number = NEW.number)
    OR (NEW.folio IS NOT NULL AND NOT EXISTS (SELECT 1 FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio))
    OR EXISTS (SELECT 1 FROM operation WHERE tenant = NEW.tenant AND payment_intent = NEW.payment_intent AND state IN ('waiting', 'parked'))
BEGIN SELECT RAISE(ABORT, 'operation: the number is in use, the folio does not exist, or another operation on the same payment intent is unfinished'); END;
CREATE TRIGGER operation_ended BEFORE UPDATE OF state ON operation
WHEN (OLD.state IN ('done', 'refused') AND NEW.state <> OLD.state)
    OR (NEW.state <> 'refused' AND EXISTS (SELECT 1 FROM operation_dismissal WHERE operation = OLD.number))
BEGIN SELECT RAISE(ABORT, 'operation: a final state cannot be changed'); END;
CREATE TRIGGER operation_takes_nothing BEFORE INSERT ON operation
WHEN NEW.kind IN ('hold_page', 'payment_page', 'setup_page', 'place_hold', 'charge_saved_card', 'increment', 'capture') AND (
    EXISTS (SELECT 1 FROM restoration WHERE tenant = NEW.tenant AND read_at IS NULL)
    OR EXISTS (SELECT 1 FROM account_check WHERE tenant = NEW.tenant AND outcome = 'same')
    OR EXISTS (
        SELECT 1 FROM folio f JOIN found_object o
        ON o.tenant = f.tenant AND o.reference = f.reference AND o.taken_in_at IS NULL AND o.state <> 'closed'
            AND o.decision IS NOT 'dismissed'
        WHERE f.tenant = NEW.tenant AND f.number = NEW.folio))
BEGIN SELECT RAISE(ABORT, 'operation: no money may be taken: Stripe is unread since a restore, the account is shared, or the folio has a found object'); END;
CREATE TRIGGER operation_spares_replaced BEFORE INSERT ON operation
WHEN NEW.kind IN ('capture', 'increment') AND EXISTS (
    SELECT 1 FROM hold WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.subject AND state = 'replaced')
BEGIN SELECT RAISE(ABORT, 'operation: a hold that was replaced is only cancelled'); END;
CREATE TRIGGER operation_spends_keys BEFORE UPDATE OF spent_keys ON operation
WHEN NEW.spent_keys <> OLD.spent_keys AND (NEW.spent_keys < OLD.spent_keys OR OLD.state <> 'waiting')
BEGIN SELECT RAISE(ABORT, 'operation: spent_keys cannot decrease, and changes only while the operation is waiting'); END;

-- The request body, in a table of its own: it is long, read only for sending, and contains guest data.
CREATE TABLE operation_body (
    operation INTEGER PRIMARY KEY CHECK (operation >= 1) REFERENCES operation (number),
    body      TEXT NOT NULL
) STRICT;

CREATE TRIGGER operation_body_once BEFORE INSERT ON operation_body
WHEN EXISTS (SELECT 1 FROM operation_body WHERE operation = NEW.operation)
    OR NOT EXISTS (SELECT 1 FROM operation WHERE number = NEW.operation)
BEGIN SELECT RAISE(ABORT, 'operation_body: exactly one per operation'); END;
CREATE TRIGGER operation_body_unchanged BEFORE UPDATE ON operation_body
BEGIN SELECT RAISE(ABORT, 'operation_body: cannot be changed'); END;
CREATE TRIGGER operation_body_kept BEFORE DELETE ON operation_body
BEGIN SELECT RAISE(ABORT, 'operation_body: cannot be deleted'); END;

-- A page that somebody asked for and that Stripe has not made yet, with the lines that a booking charges. They are charged when Stripe has
-- answered, so that of a booking whose method Stripe does not take no entry stands in the journal. The row goes when the operation ends.
CREATE TABLE asked_page (
    operation  INTEGER PRIMARY KEY CHECK (operation >= 1) REFERENCES operation (number),
    -- Whether it is the page of a booking: without it there is no folio.
    is_booking INTEGER NOT NULL CHECK (is_booking IN (0, 1)),
    -- JSON, see LineItem; NULL when nothing is charged.
    lines      TEXT,
    actor      TEXT NOT NULL CHECK (length(actor) > 0)
) STRICT;

CREATE TRIGGER asked_page_once BEFORE INSERT ON asked_page
WHEN EXISTS (SELECT 1 FROM asked_page WHERE operation = NEW.operation)
    OR coalesce((SELECT state FROM operation WHERE number = NEW.operation), '') <> 'waiting'
BEGIN SELECT RAISE(ABORT, 'asked_page: one per waiting operation'); END;
CREATE TRIGGER asked_page_unchanged BEFORE UPDATE ON asked_page
BEGIN SELECT RAISE(ABORT, 'asked_page: cannot be changed'); END;
CREATE TRIGGER asked_page_kept BEFORE DELETE ON asked_page
WHEN coalesce((SELECT state FROM operation WHERE number = OLD.operation), '') IN ('waiting', 'parked')
BEGIN SELECT RAISE(ABORT, 'asked_page: the operation has not ended'); END;

-- A parked call that the operator dismissed after Stripe showed that it had no effect. It then counts as refused. The row says who dismissed
-- it and why.
CREATE TABLE operation_dismissal (
    operation    INTEGER PRIMARY KEY CHECK (operation >= 1) REFERENCES operation (number),
    actor        TEXT NOT NULL CHECK (length(actor) > 0),
    reason       TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500 AND trim(reason) <> ''),
    dismissed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER operation_dismissal_parked BEFORE INSERT ON operation_dismissal
WHEN coalesce((SELECT state FROM operation WHERE number = NEW.operation), '') <> 'parked'
    OR EXISTS (SELECT 1 FROM operation_dismissal WHERE operation = NEW.operation)
BEGIN SELECT RAISE(ABORT, 'operation_dismissal: only a parked operation can be dismissed, and only once'); END;
CREATE TRIGGER operation_dismissal_unchanged BEFORE UPDATE ON operation_dismissal
BEGIN SELECT RAISE(ABORT, 'operation_dismissal: cannot be changed or deleted'); END;
CREATE TRIGGER operation_dismissal_kept BEFORE DELETE ON operation_dismissal
BEGIN SELECT RAISE(ABORT, 'operation_dismissal: cannot be changed or deleted'); END;
