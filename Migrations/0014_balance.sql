-- 0014_balance: movements on the tenant's Stripe balances, what explains them, payouts and disputes.
--
-- A trigger keeps the sums of each month: a statement reads one row per type of movement, however many movements there were.
--
-- What no payment, refund or rule of these books explains waits until Stripe has shown what it came from. Then its amount is in suspense,
-- until accounting assigns it to an account or it turns out to be ours. Each of these steps is a journal entry, and none is made twice.
-- A rule of accounting assigns what comes into suspense from then on: the entries are the same, and name the rule.
-- What Stripe cannot show is dismissed by accounting, with a reason: it goes to suspense unread, and is still asked for.
--
-- What a dispute withdraws is owed again by the guest: it is posted on the folio of the payment, on the day on which the bank withdrew it, and
-- goes when the bank gives it back. What a lost one leaves open accounting writes off, with a reason.

-- Never changed. The authoritative record of Stripe's fees.
CREATE TABLE balance_transaction (
    tenant             INTEGER NOT NULL,
    id                 TEXT NOT NULL,
    currency           TEXT NOT NULL,
    kind               TEXT NOT NULL
                       CHECK (kind IN ('charge', 'charge_failure', 'refund', 'refund_failure', 'dispute', 'fee', 'payout', 'reserve',
                           'other')),
    type               TEXT NOT NULL,
    reporting_category TEXT NOT NULL,
    -- Which balance it changed, in Stripe's word. Only `payments` counts for the statement and for the account `stripe`.
    balance            TEXT NOT NULL,
    amount             INTEGER NOT NULL,
    fee                INTEGER NOT NULL,
    source             TEXT,
    -- The payment intent of what it came from.
    intent             TEXT,
    method             TEXT,
    created_at         INTEGER NOT NULL,
    -- The month whose statement it belongs to. Later than the movement's own month if that was already closed (late = 1).
    month              TEXT NOT NULL,
    late               INTEGER NOT NULL CHECK (late IN (0, 1)),
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency)
) STRICT, WITHOUT ROWID;

-- A payment that succeeded later than its failure was heard of asks for it.
CREATE INDEX balance_transaction_failed ON balance_transaction (tenant, intent) WHERE kind = 'charge_failure';

-- Late items stand on the statement one by one.
CREATE INDEX balance_transaction_late ON balance_transaction (tenant, month) WHERE late = 1;

CREATE TRIGGER balance_transaction_unchanged BEFORE UPDATE ON balance_transaction
BEGIN SELECT RAISE(ABORT, 'balance_transaction: append-only'); END;
CREATE TRIGGER balance_transaction_kept BEFORE DELETE ON balance_transaction
BEGIN SELECT RAISE(ABORT, 'balance_transaction: append-only'); END;
CREATE TRIGGER balance_transaction_once BEFORE INSERT ON balance_transaction
WHEN EXISTS (SELECT 1 FROM balance_transaction WHERE tenant = NEW.tenant AND id = NEW.id)
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant AND currency = NEW.currency)
BEGIN SELECT RAISE(ABORT, 'balance_transaction: already recorded, or in another currency'); END;
CREATE TRIGGER balance_transaction_summed AFTER INSERT ON balance_transaction WHEN NEW.balance = 'payments'
BEGIN
    INSERT INTO stripe_month (tenant, month, kind, type, method, count, amount, fee, late)
    VALUES (NEW.tenant, NEW.month, NEW.kind, NEW.type, coalesce(NEW.method, ''), 1, NEW.amount, NEW.fee, NEW.late)
    ON CONFLICT DO UPDATE SET count = count + 1, amount = amount + NEW.amount, fee = fee + NEW.fee, late = late + NEW.late;
    INSERT INTO stripe_utc_month (tenant, month, kind, type, method, count, amount, fee)
    VALUES (NEW.tenant, coalesce(strftime('%Y-%m', NEW.created_at / 1000, 'unixepoch'), NEW.month), NEW.kind, NEW.type,
        coalesce(NEW.method, ''), 1, NEW.amount, NEW.fee)
    ON CONFLICT DO UPDATE SET count = count + 1, amount = amount + NEW.amount, fee = fee + NEW.fee;
END;
-- No movements can be added to a closed month or to any month before it.
CREATE TRIGGER stripe_month_open BEFORE INSERT ON balance_transaction
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'balance_transaction: the month is closed'); END;

-- The sums of a month, so that the cost of a statement does not grow with the number of movements.
CREATE TABLE stripe_month (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    month  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    type   TEXT NOT NULL,
    method TEXT NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee    INTEGER NOT NULL,
    late   INTEGER NOT NULL,
    PRIMARY KEY (tenant, month, kind, type, method)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stripe_month_kept BEFORE DELETE ON stripe_month
BEGIN SELECT RAISE(ABORT, 'stripe_month: cannot be deleted'); END;
CREATE TRIGGER stripe_month_closed_insert BEFORE INSERT ON stripe_month
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.month)
BEGIN SELECT RAISE(ABORT, 'stripe_month: the month is closed'); END;
CREATE TRIGGER stripe_month_closed_update BEFORE UPDATE ON stripe_month
WHEN (NEW.tenant, NEW.month, NEW.kind, NEW.type, NEW.method) IS NOT (OLD.tenant, OLD.month, OLD.kind, OLD.type, OLD.method)
    OR EXISTS (SELECT 1 FROM statement WHERE tenant = OLD.tenant AND month >= OLD.month)
BEGIN SELECT RAISE(ABORT, 'stripe_month: the month is closed'); END;

-- The same by the month in which the balance changed in UTC: so Stripe bills its fees. What becomes known late is in the month it moved in.
CREATE TABLE stripe_utc_month (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    month  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    type   TEXT NOT NULL,
    method TEXT NOT NULL,
    count  INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee    INTEGER NOT NULL,
    PRIMARY KEY (tenant, month, kind, type, method)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stripe_utc_month_kept BEFORE DELETE ON stripe_utc_month
BEGIN SELECT RAISE(ABORT, 'stripe_utc_month: cannot be deleted'); END;

-- Movements whose amount nothing in these books explains, or did not when they came.
CREATE TABLE unexplained_movement (
    tenant         INTEGER NOT NULL,
    -- Of the balance transaction.
    id             TEXT NOT NULL,
    source         TEXT,
    -- Stripe's type, and when the balance changed: as the movement has them, so that lists of them are read by an index.
    type           TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    -- As the movement has it, or as the object behind it said later.
    intent         TEXT,
    -- Whether what it came from carries these books' id, as it was read; NULL while that is not known.
    carries_books  INTEGER CHECK (carries_books IN (0, 1)),
    -- waiting: what it came from has not been read. suspense: it was read, and is not ours, or it was dismissed unread. assigned: accounting
    -- has found an account for it. ours: a payment, refund or dispute of these books explains it.
    state          TEXT NOT NULL CHECK (state IN ('waiting', 'suspense', 'assigned', 'ours')),
    -- Why what it came from could not be read the last time, see Failure. Of one that was dismissed it stays until that is read.
    failure_code   TEXT,
    failure_reason TEXT,
    failure_detail TEXT,
    failure_actor  TEXT,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, id) REFERENCES balance_transaction (tenant, id),
    CHECK (state <> 'ours' OR failure_code IS NULL),
    CHECK (state <> 'waiting' OR carries_books IS NULL),
    CHECK (failure_code IS NOT NULL OR (failure_reason IS NULL AND failure_detail IS NULL AND failure_actor IS NULL))
) STRICT, WITHOUT ROWID;

-- What somebody has to look at, in its order.
CREATE INDEX unexplained_movement_open ON unexplained_movement (tenant, created_at, id) WHERE state IN ('waiting', 'suspense');
CREATE INDEX unexplained_movement_state ON unexplained_movement (tenant, state, created_at, id);
CREATE INDEX unexplained_movement_type ON unexplained_movement (tenant, state, type, created_at, id);
-- What a sync still asks Stripe for, beside what waits.
CREATE INDEX unexplained_movement_unread ON unexplained_movement (tenant, created_at, id) WHERE failure_code IS NOT NULL AND state <> 'waiting';
CREATE INDEX unexplained_movement_source ON unexplained_movement (tenant, source);
CREATE INDEX unexplained_movement_intent ON unexplained_movement (tenant, intent);

CREATE TRIGGER unexplained_movement_kept BEFORE DELETE ON unexplained_movement
BEGIN SELECT RAISE(ABORT, 'unexplained_movement: cannot be deleted'); END;
CREATE TRIGGER unexplained_movement_once BEFORE INSERT ON unexplained_movement
WHEN NEW.state <> 'waiting' OR EXISTS (SELECT 1 FROM unexplained_movement WHERE tenant = NEW.tenant AND id = NEW.id)
    OR NOT EXISTS (
        SELECT 1 FROM balance_transaction WHERE tenant = NEW.tenant AND id = NEW.id AND type = NEW.type AND created_at = NEW.created_at
            AND source IS NEW.source AND intent IS NEW.intent)
BEGIN SELECT RAISE(ABORT, 'unexplained_movement: must be a balance transaction, begins as waiting, and is there once'); END;
CREATE TRIGGER unexplained_movement_fixed BEFORE UPDATE OF tenant, id, source, type, created_at, intent, carries_books ON unexplained_movement
WHEN (NEW.tenant, NEW.id, NEW.source, NEW.type, NEW.created_at) IS NOT (OLD.tenant, OLD.id, OLD.source, OLD.type, OLD.created_at)
    OR (NEW.intent IS NOT OLD.intent AND (OLD.intent IS NOT NULL OR (OLD.state <> 'waiting' AND OLD.failure_code IS NULL)))
    OR (NEW.carries_books IS NOT OLD.carries_books AND OLD.state <> 'waiting' AND OLD.failure_code IS NULL)
BEGIN SELECT RAISE(ABORT, 'unexplained_movement: only its state may change'); END;
-- Its last entry says in which state it is: what was never posted is waiting, or ours from the start.
CREATE TRIGGER unexplained_movement_moved BEFORE UPDATE OF state ON unexplained_movement
WHEN NEW.state <> OLD.state AND NEW.state IS NOT (
    SELECT CASE coalesce(
            (SELECT kind FROM movement_entry WHERE tenant = NEW.tenant AND id = NEW.id ORDER BY number DESC LIMIT 1), 'none')
        WHEN 'suspense' THEN 'suspense' WHEN 'assignment_reversed' THEN 'suspense'
        WHEN 'assignment' THEN 'assigned'
        WHEN 'suspense_reversed' THEN 'ours' WHEN 'none' THEN 'ours' END)
BEGIN SELECT RAISE(ABORT, 'unexplained_movement: its state follows from its journal entries'); END;
CREATE TRIGGER unexplained_movement_unread_by_decision BEFORE UPDATE OF state, failure_code ON unexplained_movement
WHEN NEW.failure_code IS NOT NULL AND NEW.state <> 'waiting' AND NOT EXISTS (
    SELECT 1 FROM movement_entry WHERE tenant = NEW.tenant AND id = NEW.id AND kind = 'suspense' AND reason IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'unexplained_movement: only one that was dismissed leaves its waiting unread'); END;

-- Where accounting wants movements of a type, from now on: each that comes into suspense is assigned at once. A rule is never changed, only
-- ended, and for each type at most one is in force.
CREATE TABLE movement_rule (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    number      INTEGER NOT NULL CHECK (number >= 1),
    type        TEXT NOT NULL CHECK (length(type) BETWEEN 1 AND 60),
    -- 1: only movements of which it is known that what they came from does not carry these books' id.
    only_others INTEGER NOT NULL CHECK (only_others IN (0, 1)),
    account     TEXT NOT NULL
                CHECK (account IN ('bank', 'stripe_fees', 'stripe_reserved', 'disputes') OR account GLOB 'external:[a-z]*'),
    reason      TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    actor       TEXT NOT NULL CHECK (length(actor) >= 1),
    created_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    ended_by    TEXT CHECK (length(ended_by) >= 1),
    PRIMARY KEY (tenant, number),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX movement_rule_in_force ON movement_rule (tenant, type) WHERE ended_at IS NULL;

CREATE TRIGGER movement_rule_next BEFORE INSERT ON movement_rule
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM movement_rule WHERE tenant = NEW.tenant) OR NEW.ended_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM movement_rule WHERE tenant = NEW.tenant AND type = NEW.type AND ended_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant)
BEGIN SELECT RAISE(ABORT, 'movement_rule: the number must be the next one, and no other rule of the type may be in force'); END;
CREATE TRIGGER movement_rule_fixed BEFORE UPDATE ON movement_rule
WHEN (NEW.tenant, NEW.number, NEW.type, NEW.only_others, NEW.account, NEW.reason, NEW.actor, NEW.created_at)
    IS NOT (OLD.tenant, OLD.number, OLD.type, OLD.only_others, OLD.account, OLD.reason, OLD.actor, OLD.created_at)
    OR OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'movement_rule: it can only be ended, once'); END;
CREATE TRIGGER movement_rule_kept BEFORE DELETE ON movement_rule
BEGIN SELECT RAISE(ABORT, 'movement_rule: cannot be deleted'); END;

-- What was posted for such a movement, in order: suspense, assignment, assignment_reversed, … and suspense_reversed at the end.
CREATE TABLE movement_entry (
    tenant  INTEGER NOT NULL,
    id      TEXT NOT NULL,
    number  INTEGER NOT NULL CHECK (number >= 1),
    kind    TEXT NOT NULL CHECK (kind IN ('suspense', 'assignment', 'assignment_reversed', 'suspense_reversed')),
    entry   INTEGER NOT NULL,
    -- The account that it was assigned to; only with kind assignment.
    account TEXT,
    -- Why and by whom it was assigned, or dismissed: put in suspense although what it came from could not be read.
    reason  TEXT CHECK (length(reason) BETWEEN 1 AND 500 AND trim(reason) <> ''),
    actor   TEXT CHECK (length(actor) >= 1),
    -- The rule that assigned it, with that rule's account and reason; NULL when a person did.
    rule    INTEGER CHECK (rule IS NULL OR kind = 'assignment'),
    PRIMARY KEY (tenant, id, number),
    FOREIGN KEY (tenant, rule) REFERENCES movement_rule (tenant, number),
    FOREIGN KEY (tenant, id) REFERENCES unexplained_movement (tenant, id),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    CHECK ((kind = 'assignment') = (account IS NOT NULL) AND (reason IS NULL) = (actor IS NULL)
        AND (account IS NULL OR reason IS NOT NULL) AND (reason IS NULL OR kind = 'assignment' OR kind = 'suspense'))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX movement_entry_entry ON movement_entry (tenant, entry);

CREATE TRIGGER movement_entry_unchanged BEFORE UPDATE ON movement_entry
BEGIN SELECT RAISE(ABORT, 'movement_entry: append-only'); END;
CREATE TRIGGER movement_entry_kept BEFORE DELETE ON movement_entry
BEGIN SELECT RAISE(ABORT, 'movement_entry: append-only'); END;
CREATE TRIGGER movement_entry_next BEFORE INSERT ON movement_entry
BEGIN
    SELECT RAISE(ABORT, 'movement_entry: the number must be the next one of the movement')
    WHERE NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM movement_entry WHERE tenant = NEW.tenant AND id = NEW.id);
    SELECT RAISE(ABORT, 'movement_entry: does not follow from the entry before')
    WHERE coalesce((SELECT kind FROM movement_entry WHERE tenant = NEW.tenant AND id = NEW.id AND number = NEW.number - 1), 'none')
        || '>' || NEW.kind NOT IN ('none>suspense', 'suspense>assignment', 'assignment>assignment_reversed',
            'assignment_reversed>assignment', 'suspense>suspense_reversed', 'assignment_reversed>suspense_reversed');
    SELECT RAISE(ABORT, 'movement_entry: only what could not be read is dismissed')
    WHERE NEW.kind = 'suspense' AND NEW.reason IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM unexplained_movement
        WHERE tenant = NEW.tenant AND id = NEW.id AND state = 'waiting' AND failure_code IS NOT NULL);
    SELECT RAISE(ABORT, 'movement_entry: does not match its journal entry')
    WHERE NOT EXISTS (
            SELECT 1 FROM journal_entry e JOIN balance_transaction b ON b.tenant = NEW.tenant AND b.id = NEW.id
            WHERE e.tenant = NEW.tenant AND e.number = NEW.entry AND e.kind = NEW.kind AND e.amount = abs(b.amount)
                AND e.stripe_object = NEW.id)
        OR EXISTS (SELECT 1 FROM movement_entry WHERE tenant = NEW.tenant AND entry = NEW.entry);
    SELECT RAISE(ABORT, 'movement_entry: is not what its rule says')
    WHERE NEW.rule IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM movement_rule r JOIN unexplained_movement u ON u.tenant = r.tenant AND u.id = NEW.id
            WHERE r.tenant = NEW.tenant AND r.number = NEW.rule AND r.ended_at IS NULL AND r.type = u.type
                AND r.account = NEW.account AND r.reason = NEW.reason AND (r.only_others = 0 OR u.carries_books = 0));
END;

-- Movements in a currency that these books are not kept in. Nothing of them is posted; they tell that the account settles in another one.
CREATE TABLE other_currency_movement (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    id         TEXT NOT NULL,
    -- As Stripe sends it: also one that the ledger does not know. Amounts are Stripe's integers.
    currency   TEXT NOT NULL,
    type       TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    fee        INTEGER NOT NULL,
    intent     TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX other_currency_movement_sum ON other_currency_movement (tenant, currency, amount, fee);
CREATE TRIGGER other_currency_movement_unchanged BEFORE UPDATE ON other_currency_movement
BEGIN SELECT RAISE(ABORT, 'other_currency_movement: append-only'); END;
CREATE TRIGGER other_currency_movement_kept BEFORE DELETE ON other_currency_movement
BEGIN SELECT RAISE(ABORT, 'other_currency_movement: append-only'); END;

-- Entries of Stripe's lists that could not be read or booked. Each is tried again at every sync, and holds up nothing but the closing of
-- months. It goes when it is read. One that never is, accounting dismisses: months are closed without it, it is still tried, and the row
-- stays.
CREATE TABLE unreadable_object (
    tenant           INTEGER NOT NULL REFERENCES tenant (number),
    id               TEXT NOT NULL CHECK (length(id) > 0),
    failure_code     TEXT NOT NULL,
    failure_reason   TEXT,
    failure_detail   TEXT,
    failure_actor    TEXT,
    first_seen       INTEGER NOT NULL,
    dismissed_at     INTEGER,
    dismissed_by     TEXT CHECK (length(dismissed_by) > 0),
    dismissal_reason TEXT CHECK (length(dismissal_reason) BETWEEN 1 AND 500 AND trim(dismissal_reason) <> ''),
    -- When it was read after it had been dismissed; NULL again when it could not be read once more.
    read_at          INTEGER CHECK (read_at IS NULL OR dismissed_at IS NOT NULL),
    PRIMARY KEY (tenant, id),
    CHECK ((dismissed_at IS NULL) = (dismissed_by IS NULL) AND (dismissed_at IS NULL) = (dismissal_reason IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX unreadable_object_waiting ON unreadable_object (tenant, first_seen) WHERE dismissed_at IS NULL;
CREATE TRIGGER unreadable_object_undecided BEFORE INSERT ON unreadable_object
WHEN NEW.dismissed_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM unreadable_object WHERE tenant = NEW.tenant AND id = NEW.id AND dismissed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'unreadable_object: cannot be dismissed when it is first recorded, nor recorded again when it is dismissed'); END;
CREATE TRIGGER unreadable_object_fixed BEFORE UPDATE OF tenant, id, first_seen ON unreadable_object
WHEN (NEW.tenant, NEW.id, NEW.first_seen) IS NOT (OLD.tenant, OLD.id, OLD.first_seen)
BEGIN SELECT RAISE(ABORT, 'unreadable_object: only its failure and its dismissal may change'); END;
CREATE TRIGGER unreadable_object_dismissed_once BEFORE UPDATE OF dismissed_at, dismissed_by, dismissal_reason ON unreadable_object
WHEN OLD.dismissed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'unreadable_object: can be dismissed only once'); END;
CREATE TRIGGER unreadable_object_kept BEFORE DELETE ON unreadable_object
WHEN OLD.dismissed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'unreadable_object: a dismissal cannot be deleted'); END;

CREATE TABLE payout (
    tenant         INTEGER NOT NULL,
    id             TEXT NOT NULL,
    currency       TEXT NOT NULL,
    amount         INTEGER NOT NULL,
    status         TEXT NOT NULL,
    arrival_date   TEXT NOT NULL,
    automatic      INTEGER NOT NULL CHECK (automatic IN (0, 1)),
    created_at     INTEGER NOT NULL,
    -- Whether Stripe can list what is in it, in Stripe's word.
    reconciliation TEXT,
    -- When its items were read. Only an automatic payout has items, and they add up to it.
    itemised_at    INTEGER CHECK (itemised_at IS NULL OR automatic = 1),
    -- 1: it is at the bank, or has come back. A trigger sets it.
    is_over        INTEGER NOT NULL DEFAULT 0 CHECK (is_over IN (0, 1)),
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency)
) STRICT, WITHOUT ROWID;

CREATE INDEX payout_created ON payout (tenant, created_at);
-- What a sync looks at: those on their way, and those whose items can be read.
CREATE INDEX payout_under_way ON payout (tenant, arrival_date) WHERE is_over = 0;
CREATE INDEX payout_to_itemise ON payout (tenant, created_at) WHERE automatic = 1 AND itemised_at IS NULL;

CREATE TRIGGER payout_fixed BEFORE UPDATE OF tenant, id, currency, amount, automatic, created_at ON payout
WHEN (NEW.tenant, NEW.id, NEW.currency, NEW.amount, NEW.automatic, NEW.created_at)
    IS NOT (OLD.tenant, OLD.id, OLD.currency, OLD.amount, OLD.automatic, OLD.created_at)
BEGIN SELECT RAISE(ABORT, 'payout: only its state, its arrival day and what is known of its items may change'); END;
CREATE TRIGGER payout_kept BEFORE DELETE ON payout
BEGIN SELECT RAISE(ABORT, 'payout: cannot be deleted'); END;
CREATE TRIGGER payout_new BEFORE INSERT ON payout
WHEN NEW.itemised_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payout: has no items yet'); END;
CREATE TRIGGER payout_itemised BEFORE UPDATE OF itemised_at ON payout
WHEN NEW.itemised_at IS NOT OLD.itemised_at AND (OLD.itemised_at IS NOT NULL OR NEW.amount IS NOT (
    SELECT sum(b.amount - b.fee) FROM payout_item i JOIN balance_transaction b ON b.tenant = i.tenant AND b.id = i.movement
    WHERE i.tenant = NEW.tenant AND i.payout = NEW.id))
BEGIN SELECT RAISE(ABORT, 'payout: its items do not add up to it, or were read before'); END;

-- What is in an automatic payout, as Stripe lists it once it has reconciled it. A movement goes to the bank once.
CREATE TABLE payout_item (
    tenant   INTEGER NOT NULL,
    movement TEXT NOT NULL,
    payout   TEXT NOT NULL,
    PRIMARY KEY (tenant, movement),
    FOREIGN KEY (tenant, payout) REFERENCES payout (tenant, id),
    FOREIGN KEY (tenant, movement) REFERENCES balance_transaction (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX payout_item_payout ON payout_item (tenant, payout);

CREATE TRIGGER payout_item_unchanged BEFORE UPDATE ON payout_item
BEGIN SELECT RAISE(ABORT, 'payout_item: append-only'); END;
CREATE TRIGGER payout_item_kept BEFORE DELETE ON payout_item
BEGIN SELECT RAISE(ABORT, 'payout_item: append-only'); END;
CREATE TRIGGER payout_item_once BEFORE INSERT ON payout_item
WHEN NOT EXISTS (SELECT 1 FROM payout WHERE tenant = NEW.tenant AND id = NEW.payout AND automatic = 1 AND itemised_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM balance_transaction WHERE tenant = NEW.tenant AND id = NEW.movement AND balance = 'payments')
    OR EXISTS (SELECT 1 FROM payout_item WHERE tenant = NEW.tenant AND movement = NEW.movement)
BEGIN SELECT RAISE(ABORT, 'payout_item: the payout is not automatic or has its items, or the movement is not known or in another'); END;

-- Where a payout's money went, in order: out of the balance, to the bank, back into the balance. Stripe's list may tell of it before the payout
-- itself is read.
CREATE TABLE payout_entry (
    tenant   INTEGER NOT NULL,
    payout   TEXT NOT NULL,
    entry    INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('payout', 'payout_arrived', 'payout_failed')),
    amount   INTEGER NOT NULL CHECK (amount > 0),
    -- The balance transaction; NULL for the arrival.
    movement TEXT CHECK ((movement IS NULL) = (kind = 'payout_arrived')),
    PRIMARY KEY (tenant, payout, entry),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    FOREIGN KEY (tenant, movement) REFERENCES balance_transaction (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX payout_entry_entry ON payout_entry (tenant, entry);

CREATE TRIGGER payout_entry_unchanged BEFORE UPDATE ON payout_entry
BEGIN SELECT RAISE(ABORT, 'payout_entry: append-only'); END;
CREATE TRIGGER payout_entry_kept BEFORE DELETE ON payout_entry
BEGIN SELECT RAISE(ABORT, 'payout_entry: append-only'); END;
CREATE TRIGGER payout_entry_booked BEFORE INSERT ON payout_entry
BEGIN
    SELECT RAISE(ABORT, 'payout_entry: does not match its journal entry, or the entry or the movement belongs to another')
    WHERE NOT EXISTS (
            SELECT 1 FROM journal_entry
            WHERE tenant = NEW.tenant AND number = NEW.entry AND kind = NEW.kind AND amount = NEW.amount
                AND stripe_object = coalesce(NEW.movement, NEW.payout))
        OR EXISTS (SELECT 1 FROM payout_entry WHERE tenant = NEW.tenant AND entry = NEW.entry)
        OR EXISTS (SELECT 1 FROM payout_entry WHERE tenant = NEW.tenant AND payout = NEW.payout AND movement = NEW.movement);
    SELECT RAISE(ABORT, 'payout_entry: arrives once, as much as has left and not come back')
    WHERE NEW.kind = 'payout_arrived' AND (
        EXISTS (SELECT 1 FROM payout_entry WHERE tenant = NEW.tenant AND payout = NEW.payout AND kind = 'payout_arrived')
        OR NEW.amount IS NOT (
            SELECT sum(CASE kind WHEN 'payout' THEN amount ELSE -amount END) FROM payout_entry
            WHERE tenant = NEW.tenant AND payout = NEW.payout)
        OR NOT EXISTS (SELECT 1 FROM payout WHERE tenant = NEW.tenant AND id = NEW.payout AND amount = NEW.amount));
END;
CREATE TRIGGER payout_entry_over AFTER INSERT ON payout_entry WHEN NEW.kind <> 'payout'
BEGIN
    UPDATE payout SET is_over = 1 WHERE tenant = NEW.tenant AND id = NEW.payout;
END;

CREATE TABLE dispute (
    tenant     INTEGER NOT NULL,
    id         TEXT NOT NULL,
    currency   TEXT NOT NULL,
    folio      INTEGER,
    payment    INTEGER,
    amount     INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    status     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- Until when evidence can be submitted; NULL where the bank takes none.
    evidence_due_at INTEGER,
    -- The months whose statements count it as opened, won and lost: those in which that happened at Stripe, or, if they were closed when it
    -- became known, the first that was open. NULL before, and for an inquiry.
    opened_month    TEXT,
    won_month       TEXT,
    lost_month      TEXT,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, currency) REFERENCES tenant (number, currency),
    FOREIGN KEY (tenant, folio, payment) REFERENCES payment (tenant, folio, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX dispute_opened ON dispute (tenant, opened_month, amount) WHERE opened_month IS NOT NULL;
CREATE INDEX dispute_won ON dispute (tenant, won_month, amount) WHERE won_month IS NOT NULL;
CREATE INDEX dispute_lost ON dispute (tenant, lost_month, amount) WHERE lost_month IS NOT NULL;
CREATE INDEX dispute_created ON dispute (tenant, created_at);
-- Those that wait for an answer or a decision, however old: a status that is not known here is none of an end.
CREATE INDEX dispute_open ON dispute (tenant, created_at) WHERE status NOT IN ('won', 'lost', 'warning_closed', 'prevented');
CREATE INDEX dispute_of_payment ON dispute (tenant, folio, payment) WHERE payment IS NOT NULL;

CREATE TRIGGER dispute_fixed BEFORE UPDATE OF tenant, id, currency, amount, created_at ON dispute
BEGIN SELECT RAISE(ABORT, 'dispute: only the status and the date for evidence may change'); END;
-- No dispute is counted in a closed month, and none is counted twice.
CREATE TRIGGER dispute_month_new BEFORE INSERT ON dispute
WHEN EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.opened_month)
    OR EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.won_month)
    OR EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.lost_month)
BEGIN SELECT RAISE(ABORT, 'dispute: the month is closed'); END;
CREATE TRIGGER dispute_month_once BEFORE UPDATE OF opened_month, won_month, lost_month ON dispute
WHEN (NEW.opened_month IS NOT OLD.opened_month AND (OLD.opened_month IS NOT NULL
        OR EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.opened_month)))
    OR (NEW.won_month IS NOT OLD.won_month AND (OLD.won_month IS NOT NULL
        OR EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.won_month)))
    OR (NEW.lost_month IS NOT OLD.lost_month AND (OLD.lost_month IS NOT NULL
        OR EXISTS (SELECT 1 FROM statement WHERE tenant = NEW.tenant AND month >= NEW.lost_month)))
BEGIN SELECT RAISE(ABORT, 'dispute: it is counted already, or the month is closed'); END;
CREATE TRIGGER dispute_kept BEFORE DELETE ON dispute
BEGIN SELECT RAISE(ABORT, 'dispute: cannot be deleted'); END;

-- What disputes moved on a folio: what the bank withdrew and gave back, and what accounting wrote off of that. The kinds are those of the entries.
CREATE TABLE dispute_entry (
    tenant   INTEGER NOT NULL,
    -- The payment intent that is contested: of a payment or a hold on the folio.
    intent   TEXT NOT NULL,
    entry    INTEGER NOT NULL,
    folio    INTEGER NOT NULL,
    -- Stripe's id of the dispute; of a movement that names none, the movement's own.
    dispute  TEXT NOT NULL,
    kind     TEXT NOT NULL
             CHECK (kind IN ('dispute', 'dispute_reinstated', 'dispute_written_off', 'dispute_write_off_reversed')),
    amount   INTEGER NOT NULL CHECK (amount > 0),
    -- The balance transaction that moved the money; NULL for what accounting wrote off.
    movement TEXT CHECK ((movement IS NOT NULL) = (kind = 'dispute' OR kind = 'dispute_reinstated')),
    -- Why and by whom it was written off.
    reason   TEXT CHECK (length(reason) BETWEEN 1 AND 500 AND trim(reason) <> ''),
    actor    TEXT CHECK (length(actor) >= 1),
    PRIMARY KEY (tenant, intent, entry),
    FOREIGN KEY (tenant, folio) REFERENCES folio (tenant, number),
    FOREIGN KEY (tenant, entry) REFERENCES journal_entry (tenant, number),
    FOREIGN KEY (tenant, movement) REFERENCES balance_transaction (tenant, id),
    CHECK ((kind = 'dispute_written_off') = (reason IS NOT NULL) AND (reason IS NULL) = (actor IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX dispute_entry_entry ON dispute_entry (tenant, entry);
CREATE UNIQUE INDEX dispute_entry_movement ON dispute_entry (tenant, movement) WHERE movement IS NOT NULL;
CREATE INDEX dispute_entry_dispute ON dispute_entry (tenant, dispute, entry);
CREATE INDEX dispute_entry_folio ON dispute_entry (tenant, folio, entry);

CREATE TRIGGER dispute_entry_unchanged BEFORE UPDATE ON dispute_entry
BEGIN SELECT RAISE(ABORT, 'dispute_entry: append-only'); END;
CREATE TRIGGER dispute_entry_kept BEFORE DELETE ON dispute_entry
BEGIN SELECT RAISE(ABORT, 'dispute_entry: append-only'); END;
CREATE TRIGGER dispute_entry_booked BEFORE INSERT ON dispute_entry
BEGIN
    SELECT RAISE(ABORT, 'dispute_entry: does not match its journal entry, or the entry or the movement belongs to another')
    WHERE NOT EXISTS (
            SELECT 1 FROM journal_entry
            WHERE tenant = NEW.tenant AND number = NEW.entry AND kind = NEW.kind AND amount = NEW.amount AND folio = NEW.folio
                AND stripe_object = coalesce(NEW.movement, NEW.dispute))
        OR EXISTS (SELECT 1 FROM dispute_entry WHERE tenant = NEW.tenant AND (entry = NEW.entry OR movement = NEW.movement));
    SELECT RAISE(ABORT, 'dispute_entry: the payment intent is not on the folio')
    WHERE NOT EXISTS (SELECT 1 FROM payment WHERE tenant = NEW.tenant AND payment_intent = NEW.intent AND folio = NEW.folio)
        AND NOT EXISTS (SELECT 1 FROM hold WHERE tenant = NEW.tenant AND payment_intent = NEW.intent AND folio = NEW.folio);
    SELECT RAISE(ABORT, 'dispute_entry: is not what the movement says')
    WHERE NEW.movement IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM balance_transaction
        WHERE tenant = NEW.tenant AND id = NEW.movement AND kind = 'dispute' AND coalesce(source, id) = NEW.dispute
            AND amount = CASE NEW.kind WHEN 'dispute' THEN -NEW.amount ELSE NEW.amount END);
    -- Never more than was withdrawn is written off, and never more than that is taken back.
    SELECT RAISE(ABORT, 'dispute_entry: exceeds what was withdrawn, or what was written off')
    WHERE NEW.movement IS NULL AND NEW.amount > (
        SELECT coalesce(sum(CASE
            WHEN NEW.kind = 'dispute_written_off' THEN
                CASE WHEN kind = 'dispute' OR kind = 'dispute_write_off_reversed' THEN amount ELSE -amount END
            WHEN kind = 'dispute_written_off' THEN amount
            WHEN kind = 'dispute_write_off_reversed' THEN -amount
            ELSE 0 END), 0)
        FROM dispute_entry WHERE tenant = NEW.tenant AND dispute = NEW.dispute);
END;
