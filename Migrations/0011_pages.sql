-- 0011_pages: what the pages ask for, each by an index: who arrives and leaves on a day, who is in the house, a folio by the beginning of a
-- name, a reference or a room, what a month left open, what it gave back.
--
-- The search is a table of words, each in small letters without accents, found by their beginning: plain SQL that any engine runs.
-- The statements that write a folio keep it (see FolioWords).

-- What reception calls the place: "204", "Seeblick Suite". The ERP or reception sets it.
ALTER TABLE folio ADD COLUMN room TEXT CHECK (length(room) BETWEEN 1 AND 40 AND room = trim(room));

CREATE INDEX folio_arrival ON folio (tenant, arrival) WHERE source = 'reservation';
CREATE INDEX folio_departure ON folio (tenant, departure) WHERE source = 'reservation';
-- Everybody who has arrived and is not closed has an arrival before today: those are the guests in the house, and the overdue ones.
CREATE INDEX folio_staying ON folio (tenant, arrival) WHERE source = 'reservation' AND closed_at IS NULL;
CREATE INDEX folio_closed ON folio (tenant, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX refund_created ON refund (tenant, created_at);
CREATE INDEX dispute_created ON dispute (tenant, created_at);
CREATE INDEX event_latest ON event (tenant, received_at);

CREATE TABLE folio_word (
    tenant INTEGER NOT NULL,
    word   TEXT NOT NULL CHECK (length(word) BETWEEN 1 AND 64),
    folio  INTEGER NOT NULL,
    PRIMARY KEY (tenant, word, folio),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number)
) STRICT, WITHOUT ROWID;

-- Folios that are here already are found by the beginning of the reference or of the whole name.
INSERT INTO folio_word SELECT tenant, lower(reference), number FROM folio;
INSERT OR IGNORE INTO folio_word SELECT tenant, substr(lower(guest_name), 1, 64), number FROM folio WHERE guest_name <> '';

-- Who the receipts come from, as printed on them. A receipt takes the one that held when it was issued, so that it comes out again the same.
CREATE TABLE letterhead (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    since      INTEGER NOT NULL,
    -- Street and town, one per line.
    address    TEXT NOT NULL CHECK (length(address) <= 400),
    tax_number TEXT NOT NULL CHECK (length(tax_number) <= 40),
    PRIMARY KEY (tenant, since)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER letterhead_unchanged BEFORE UPDATE ON letterhead
BEGIN SELECT RAISE(ABORT, 'letterhead: a new one is a new row'); END;
CREATE TRIGGER letterhead_kept BEFORE DELETE ON letterhead
BEGIN SELECT RAISE(ABORT, 'letterhead: a new one is a new row'); END;
CREATE TRIGGER letterhead_once BEFORE INSERT ON letterhead
WHEN EXISTS (SELECT 1 FROM letterhead WHERE tenant = NEW.tenant AND since >= NEW.since)
BEGIN SELECT RAISE(ABORT, 'letterhead: each later than the one before'); END;
