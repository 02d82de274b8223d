-- 0026_known_place: where people have logged in from within the last month.
--
-- When strangers try passwords from everywhere at once, those who come from a place that is known do not stand in one queue with them.

CREATE TABLE known_place (
    -- An address; of an IPv6 address the network, /64.
    place   TEXT PRIMARY KEY CHECK (length(place) BETWEEN 1 AND 64),
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX known_place_old ON known_place (seen_at);

CREATE TRIGGER known_place_once BEFORE INSERT ON known_place
WHEN EXISTS (SELECT 1 FROM known_place WHERE place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'known_place: known already'); END;
CREATE TRIGGER known_place_fixed BEFORE UPDATE ON known_place
WHEN NEW.place <> OLD.place OR NEW.seen_at < OLD.seen_at
BEGIN SELECT RAISE(ABORT, 'known_place: only seen again'); END;
