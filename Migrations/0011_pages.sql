-- 0011_pages: what the pages ask for, each by an index: who arrives and leaves on a day, who is in the house, a folio by the beginning of a
-- name, a reference or a room, what a month left open, what it gave back.
--
-- The search is SQLite's full text index over three texts of a folio. Its row ids are tenant * 2^32 + folio, so that a tenant's search reads
-- its own range. The statements that write a folio keep it: with trusted_schema off, as it should be, no trigger may write to it. On
-- another engine a prefix index over the same words takes its place.

-- What reception calls the place: "204", "Seeblick Suite". The ERP or reception sets it.
ALTER TABLE folio ADD COLUMN room TEXT CHECK (length(room) BETWEEN 1 AND 40 AND room = trim(room));

CREATE INDEX folio_arrival ON folio (tenant, arrival) WHERE source = 'reservation';
CREATE INDEX folio_departure ON folio (tenant, departure) WHERE source = 'reservation';
-- Everybody who has arrived and is not closed has an arrival before today: those are the guests in the house, and the overdue ones.
CREATE INDEX folio_staying ON folio (tenant, arrival) WHERE source = 'reservation' AND closed_at IS NULL;
CREATE INDEX folio_closed ON folio (tenant, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX refund_created ON refund (tenant, created_at);
CREATE INDEX dispute_created ON dispute (tenant, created_at);
CREATE INDEX event_latest ON event (tenant, number);

CREATE VIRTUAL TABLE folio_words USING fts5 (
    reference, guest, room, content = '', columnsize = 0, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO folio_words (rowid, reference, guest, room)
SELECT tenant * 4294967296 + number, reference, guest_name, coalesce(room, '') FROM folio;

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
