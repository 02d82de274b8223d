-- 0013_parked_operation: a call to Stripe that does not come to its end by itself waits for the operator, who has it sent again or
-- leaves it. Until then nobody knows what it did, so it keeps its intent to itself as one that waits does.

DROP INDEX operation_one_per_intent;
CREATE UNIQUE INDEX operation_one_per_intent ON operation (tenant, intent) WHERE state IN ('waiting', 'parked') AND intent IS NOT NULL;

DROP TRIGGER operation_once;
CREATE TRIGGER operation_once BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM operation WHERE tenant = NEW.tenant AND intent = NEW.intent AND state IN ('waiting', 'parked'))
BEGIN SELECT RAISE(ABORT, 'operation: another one waits on the same intent'); END;

-- What is parked can be taken up again, and news can end it; an answer is for good.
DROP TRIGGER operation_ended;
CREATE TRIGGER operation_ended BEFORE UPDATE OF state ON operation
WHEN OLD.state IN ('done', 'refused') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'operation: answered once'); END;
CREATE TRIGGER operation_parked_why BEFORE UPDATE OF state ON operation
WHEN NEW.state = 'parked' AND length(trim(coalesce(NEW.problem, ''))) = 0
BEGIN SELECT RAISE(ABORT, 'operation: parked with a reason'); END;

-- A parked call that somebody decided to leave, after Stripe had shown that it moved nothing. It counts as refused from then on; who
-- and why is kept.
CREATE TABLE operation_dismissal (
    operation    INTEGER PRIMARY KEY REFERENCES operation (number),
    actor        TEXT NOT NULL CHECK (length(actor) > 0),
    reason       TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    dismissed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER operation_dismissal_parked BEFORE INSERT ON operation_dismissal
WHEN coalesce((SELECT state FROM operation WHERE number = NEW.operation), '') <> 'parked'
    OR EXISTS (SELECT 1 FROM operation_dismissal WHERE operation = NEW.operation)
BEGIN SELECT RAISE(ABORT, 'operation_dismissal: only a parked operation is dismissed, once'); END;
CREATE TRIGGER operation_dismissal_ends AFTER INSERT ON operation_dismissal
BEGIN
    UPDATE operation SET state = 'refused', problem_code = 'dismissed', next_attempt_at = NULL, finished_at = NEW.dismissed_at
    WHERE number = NEW.operation;
END;
CREATE TRIGGER operation_dismissal_unchanged BEFORE UPDATE ON operation_dismissal
BEGIN SELECT RAISE(ABORT, 'operation_dismissal: kept as decided'); END;
CREATE TRIGGER operation_dismissal_kept BEFORE DELETE ON operation_dismissal
BEGIN SELECT RAISE(ABORT, 'operation_dismissal: kept as decided'); END;
