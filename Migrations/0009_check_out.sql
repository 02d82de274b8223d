-- 0009_check_out: the execution of a plan. All steps are stored before the first one runs, so that a crash between two steps loses nothing.

CREATE TABLE check_out (
    tenant      INTEGER NOT NULL,
    folio       INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number >= 1),
    -- The folio's state when the check-out is done.
    outcome     TEXT NOT NULL CHECK (outcome IN ('checked_out', 'cancelled', 'no_show')),
    plan        TEXT NOT NULL,
    due         INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('running', 'awaiting_guest', 'done', 'incomplete')),
    actor       TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (tenant, folio, number),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number),
    CHECK ((finished_at IS NULL) = (state IN ('running', 'awaiting_guest')))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX check_out_one_at_a_time ON check_out (tenant, folio) WHERE state IN ('running', 'awaiting_guest');
CREATE INDEX check_out_unfinished ON check_out (tenant, state, folio) WHERE finished_at IS NULL;

CREATE TRIGGER check_out_next BEFORE INSERT ON check_out
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM check_out WHERE tenant = NEW.tenant AND folio = NEW.folio)
    OR EXISTS (SELECT 1 FROM check_out
               WHERE tenant = NEW.tenant AND folio = NEW.folio AND state IN ('running', 'awaiting_guest'))
    OR coalesce((SELECT closed_at IS NOT NULL FROM folio WHERE tenant = NEW.tenant AND number = NEW.folio), 1)
BEGIN SELECT RAISE(ABORT, 'check_out: the folio is closed, or has another check-out in progress'); END;
CREATE TRIGGER check_out_fixed BEFORE UPDATE OF tenant, folio, number, outcome, plan, due, actor, started_at ON check_out
BEGIN SELECT RAISE(ABORT, 'check_out: the decision cannot be changed'); END;
CREATE TRIGGER check_out_final BEFORE UPDATE OF state ON check_out
WHEN OLD.state IN ('done', 'incomplete') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'check_out: a final state cannot be changed'); END;
CREATE TRIGGER check_out_kept BEFORE DELETE ON check_out
BEGIN SELECT RAISE(ABORT, 'check_out: cannot be deleted'); END;

CREATE TABLE check_out_step (
    tenant         INTEGER NOT NULL,
    folio          INTEGER NOT NULL,
    check_out      INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    do             TEXT NOT NULL CHECK (do IN ('increment', 'capture', 'charge_saved_card', 'payment_page', 'release', 'refund')),
    hold           INTEGER,
    payment        INTEGER,
    amount         INTEGER NOT NULL,
    -- For an increment: the amount held before.
    from_amount    INTEGER,
    -- awaiting_guest: the guest has the payment page. replaced: an earlier step was refused, and other steps took the place of this one.
    state          TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'awaiting_guest', 'done', 'refused', 'replaced')),
    operation      INTEGER REFERENCES operation (number),
    -- Why it failed, see Failure: its code, Stripe's code for the reason, a text, and who decided it.
    failure_code   TEXT,
    failure_reason TEXT,
    failure_detail TEXT,
    failure_actor  TEXT,
    PRIMARY KEY (tenant, folio, check_out, position),
    FOREIGN KEY (tenant, folio, check_out) REFERENCES check_out (tenant, folio, number),
    FOREIGN KEY (tenant, folio, hold) REFERENCES hold (tenant, folio, number),
    FOREIGN KEY (tenant, folio, payment) REFERENCES payment (tenant, folio, number),
    CHECK (failure_code IS NOT NULL OR (failure_reason IS NULL AND failure_detail IS NULL AND failure_actor IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX check_out_step_operation ON check_out_step (operation) WHERE operation IS NOT NULL;

CREATE TRIGGER check_out_step_next BEFORE INSERT ON check_out_step
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM check_out_step
                          WHERE tenant = NEW.tenant AND folio = NEW.folio AND check_out = NEW.check_out)
    OR NEW.operation IS NOT NULL
    OR coalesce((SELECT state FROM check_out WHERE tenant = NEW.tenant AND folio = NEW.folio AND number = NEW.check_out), '')
        NOT IN ('running', 'awaiting_guest')
BEGIN SELECT RAISE(ABORT, 'check_out_step: the position must be the next one, of a check-out in progress'); END;
-- No step runs twice: what it does and its operation cannot be changed.
CREATE TRIGGER check_out_step_fixed BEFORE UPDATE ON check_out_step
WHEN (NEW.tenant, NEW.folio, NEW.check_out, NEW.position, NEW.do, NEW.hold, NEW.amount, NEW.from_amount)
        IS NOT (OLD.tenant, OLD.folio, OLD.check_out, OLD.position, OLD.do, OLD.hold, OLD.amount, OLD.from_amount)
    OR (OLD.operation IS NOT NULL AND NEW.operation IS NOT OLD.operation)
    OR (OLD.payment IS NOT NULL AND NEW.payment IS NOT OLD.payment)
    OR (OLD.state IN ('done', 'refused', 'replaced') AND NEW.state <> OLD.state)
    OR (NEW.operation IS NOT OLD.operation AND EXISTS (SELECT 1 FROM check_out_step WHERE operation = NEW.operation))
BEGIN SELECT RAISE(ABORT, 'check_out_step: what was decided or done cannot be changed'); END;
CREATE TRIGGER check_out_step_kept BEFORE DELETE ON check_out_step
BEGIN SELECT RAISE(ABORT, 'check_out_step: cannot be deleted'); END;
