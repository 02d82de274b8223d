-- 0029_spent_key: how many of a call's idempotency keys Stripe answers with nothing but a 5xx that it keeps.
--
-- Only for calls on an object that takes effect once, whatever its key is. What makes something keeps its one key: it would be made twice.

ALTER TABLE operation ADD COLUMN spent_keys INTEGER NOT NULL DEFAULT 0
    CHECK (spent_keys = 0 OR (spent_keys > 0 AND purpose IN ('capture', 'increment', 'release', 'cancel_leftover', 'withdraw_page')));

CREATE TRIGGER operation_spends_keys BEFORE UPDATE OF spent_keys ON operation
WHEN NEW.spent_keys <> OLD.spent_keys AND (NEW.spent_keys < OLD.spent_keys OR OLD.state <> 'waiting')
BEGIN SELECT RAISE(ABORT, 'operation: a spent key stays spent'); END;
