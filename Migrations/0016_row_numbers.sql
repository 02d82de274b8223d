-- 0016_row_numbers: a row keeps the number that others know it by. SQLite does not count "SET rowid = …" as an update of the column that
-- names it, so the triggers that list columns after UPDATE OF let a row be renumbered; these compare.

CREATE TRIGGER tenant_number_fixed BEFORE UPDATE ON tenant
WHEN NEW.number IS NOT OLD.number
BEGIN SELECT RAISE(ABORT, 'tenant: keeps its number'); END;
CREATE TRIGGER stripe_account_tenant_fixed BEFORE UPDATE ON stripe_account
WHEN NEW.tenant IS NOT OLD.tenant
BEGIN SELECT RAISE(ABORT, 'stripe_account: belongs to one tenant'); END;
CREATE TRIGGER operation_number_fixed BEFORE UPDATE ON operation
WHEN NEW.number IS NOT OLD.number
BEGIN SELECT RAISE(ABORT, 'operation: keeps its number'); END;
CREATE TRIGGER event_number_fixed BEFORE UPDATE ON event
WHEN NEW.number IS NOT OLD.number
BEGIN SELECT RAISE(ABORT, 'event: keeps its number'); END;
