/// Attacks on folios, holds, payments, refunds, check-outs, documents, months, and what was said to Stripe.
extension Attack {
    static let onFolios: [Attack] = [
        Attack("open a closed folio", "UPDATE folio SET state = 'open', closed_at = NULL WHERE tenant = 1 AND number = 2"),
        Attack("close a closed folio differently", "UPDATE folio SET state = 'cancelled' WHERE tenant = 1 AND number = 2"),
        Attack(
            "change a document's number on the folio", "UPDATE folio SET document_number = '2025-000002' WHERE tenant = 1 AND number = 2"),
        Attack("rename a folio", "UPDATE OR REPLACE folio SET reference = 'R-2' WHERE tenant = 1 AND number = 1"),
        Attack("a notice's facts without its code", "UPDATE folio SET notice_amount = 1 WHERE tenant = 1 AND number = 1"),
        Attack(
            "a notice's failure without its code",
            "UPDATE folio SET notice_failure = 'declined', notice_reason = 'x' WHERE tenant = 1 AND number = 1"),
        Attack(
            "say afterwards how an amount came about",
            "UPDATE folio SET nights = 1, nightly_rate = 1, visitor_tax = 0, extras_per_night = 0 WHERE tenant = 1 AND number = 1"),
        Attack("change how an amount came about", first: [Piece.stay()], "UPDATE folio SET nightly_rate = 1 WHERE number = 99"),
        Attack(
            "forget how an amount came about", first: [Piece.stay()],
            "UPDATE folio SET nights = NULL, nightly_rate = NULL, visitor_tax = NULL, extras_per_night = NULL WHERE number = 99"),
        Attack("a stay of no nights", Piece.stay(nights: "0")),
        Attack("a night that costs less than nothing", Piece.stay(rate: "-1")),
        Attack("a night without what it costs", Piece.stay(rate: "NULL")),
        Attack("a rate without nights", Piece.stay(nights: "NULL")),
        Attack("a proposal for money that is taken at once", Piece.stay(mode: "direct")),
        Attack("nights that cost more than can be written", Piece.stay(nights: "3000000", rate: "400000")),
        Attack("nights that cost more than can be reckoned", Piece.stay(nights: "9223372036854775807")),
        Attack("a late charge of an open stay", Piece.lateCharge(stay: "1")),
        Attack("a late charge of a stay that is being checked out", Piece.lateCharge(stay: "3")),
        Attack("a late charge of nothing", Piece.lateCharge(stay: "NULL")),
        Attack("a late charge of no folio", Piece.lateCharge(stay: "8")),
        Attack("a late charge of itself", Piece.lateCharge(stay: "9")),
        Attack(
            "a late charge of a late charge",
            first: [
                Piece.lateCharge(), "UPDATE folio SET state = 'checked_out', closed_at = 1 WHERE tenant = 1 AND number = 9",
            ], Piece.lateCharge(stay: "9", reference: "R-2-L1-L1", number: 10)),
        Attack(
            "a late charge of a stay that did not take place",
            first: ["UPDATE folio SET state = 'cancelled', closed_at = 1 WHERE tenant = 1 AND number = 1"], Piece.lateCharge(stay: "1")),
        Attack("a stay's late charge as a stay", Piece.lateCharge(source: "reservation")),
        Attack("a late charge with money held before", Piece.lateCharge(mode: "reserved")),
        Attack("a late charge that is paid no way", Piece.lateCharge(way: "NULL")),
        Attack("a late charge that is paid in cash", Piece.lateCharge(way: "'cash'")),
        Attack("a stay that is paid late", "UPDATE folio SET late_way = 'card' WHERE tenant = 1 AND number = 1"),
        Attack(
            "charge the card of who was to get a link", first: [Piece.lateCharge(way: "'link'")],
            "UPDATE folio SET late_way = 'card' WHERE tenant = 1 AND number = 9"),
        Attack(
            "make a late charge of a folio",
            "UPDATE folio SET source = 'late_charge', stay = 2, late_way = 'card' WHERE tenant = 1 AND number = 3"),
        Attack(
            "move a late charge to another stay", first: [Piece.lateCharge()],
            "UPDATE folio SET stay = 1 WHERE tenant = 1 AND number = 9"),
        Attack(
            "make a stay of a late charge", first: [Piece.lateCharge()],
            "UPDATE folio SET source = 'reservation', stay = NULL WHERE tenant = 1 AND number = 9"),
        Attack(
            "a card of a late charge's own", first: [Piece.lateCharge()],
            "INSERT INTO saved_card (tenant, folio, state, consent) VALUES (1, 9, 'requested', 'I agree.')"),
        Attack("delete a folio", "DELETE FROM folio WHERE tenant = 1 AND number = 2"),
        Attack(
            "replace a folio",
            Piece.folio("REPLACE", currency: "currency", reference: "reference", like: 2)
        ),
        Attack(
            "a folio in another currency",
            Piece.folio(currency: "'chf'", reference: "'R-9'", like: 1)
        ),
    ]

    /// Hold 3 takes the place of hold 2.
    private static let replaced = [
        Piece.hold(number: 3, replaces: "2", chain: "2"),
        "UPDATE hold SET state = 'authorised', authorised = 100 WHERE tenant = 1 AND folio = 1 AND number = 3",
        "UPDATE hold SET state = 'replaced' WHERE tenant = 1 AND folio = 1 AND number = 2",
    ]

    static let onHolds: [Attack] = [
        Attack("revive a captured hold", "UPDATE hold SET state = 'authorised' WHERE tenant = 1 AND folio = 1 AND number = 1"),
        Attack("capture more than was held", "UPDATE hold SET captured = 3001 WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack("capture again", "UPDATE hold SET captured = 6000 WHERE tenant = 1 AND folio = 1 AND number = 1"),
        Attack(
            "move a hold to another tenant", "UPDATE hold SET tenant = 2, currency = 'chf' WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack("move a hold to another folio", "UPDATE hold SET folio = 2 WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack("change what was asked for", "UPDATE hold SET amount = 1 WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "take another hold's intent", "UPDATE OR REPLACE hold SET payment_intent = 'pi_1' WHERE tenant = 1 AND folio = 1 AND number = 2"
        ),
        Attack("take another intent", "UPDATE hold SET payment_intent = 'pi_9' WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack("delete a hold", "DELETE FROM hold WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack("replace a hold", Piece.hold("REPLACE", number: 2)),
        Attack("a hold on the folio of another tenant", Piece.hold(folio: 20, number: 1)),
        Attack("a hold in another currency", Piece.hold(number: 3, currency: "chf")),
        Attack(
            "two holds that take the place of one",
            first: [Piece.hold(number: 3, replaces: "2", chain: "2")], Piece.hold(number: 4, replaces: "2", chain: "2")),
        Attack("a hold of another chain than the one it replaces", Piece.hold(number: 3, replaces: "2", chain: "3")),
        Attack("a hold that replaces one that is over", Piece.hold(number: 3, replaces: "1", chain: "1")),
        Attack("a chain that begins with another hold", Piece.hold(number: 3, chain: "2")),
        Attack("move a hold to another chain", "UPDATE hold SET chain = 1 WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "replace a hold before the bank has agreed to another",
            first: [Piece.hold(number: 3, replaces: "2", chain: "2")],
            "UPDATE hold SET state = 'replaced' WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "let a replaced hold cover again", first: Self.replaced,
            "UPDATE hold SET state = 'authorised' WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "capture a replaced hold", first: Self.replaced,
            "INSERT INTO operation (tenant, folio, kind, subject, payment_intent, method, path, idempotency_key, created_at) "
                + "VALUES (1, 1, 'capture', 2, 'pi_3', 'POST', '/v1/payment_intents/pi_3/capture', 'k-9', 0)"),
        Attack("a hold of nothing", Piece.hold(number: 3, amount: 0)),
    ]

    private static let booked =
        "UPDATE payment SET state = 'succeeded', received = 100, entry = \(Piece.last) WHERE tenant = 1 AND folio = 1 AND number = 3"

    static let onPayments: [Attack] = [
        Attack("change what was received", "UPDATE payment SET received = 900 WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "undo a payment",
            "UPDATE payment SET state = 'failed', received = 0, refunded = 0, entry = NULL WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack("fail what was paid without an entry", "UPDATE payment SET state = 'failed' WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "fail what was paid with the entry that booked it",
            "UPDATE payment SET state = 'failed', failure_entry = entry WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "fail what was paid with the entry of a line", first: [Piece.entry(amount: "1000")],
            "UPDATE payment SET state = 'failed', failure_entry = \(Piece.last) WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "fail what was paid with an entry that names another payment", first: [Piece.entry(kind: "payment_failed", amount: "1000")],
            "UPDATE payment SET state = 'failed', failure_entry = \(Piece.last) WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "take back what was never paid", first: [Piece.entry(kind: "payment_failed")],
            "UPDATE payment SET state = 'failed', failure_entry = \(Piece.last) WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack("refund more than was received", "UPDATE payment SET refunded = 1001 WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "money without an entry", "UPDATE payment SET state = 'succeeded', received = 100 WHERE tenant = 1 AND folio = 1 AND number = 3"
        ),
        Attack("money with the entry of a line", first: [Piece.entry()], booked),
        Attack("money with an entry of another amount", first: [Piece.entry(kind: "payment", amount: "99")], booked),
        Attack("money with an entry of another folio", first: [Piece.entry(kind: "payment", folio: "3")], booked),
        Attack("move a payment to another folio", "UPDATE payment SET folio = 3 WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack(
            "take another payment's intent",
            "UPDATE OR REPLACE payment SET payment_intent = 'pi_2' WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack("delete a payment", "DELETE FROM payment WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack("replace a payment", Piece.payment("REPLACE", number: 3)),
        Attack("a payment on the folio of another tenant", Piece.payment(folio: 20, number: 1)),
        Attack("a payment out of a hold that is not there", Piece.payment(number: 4, origin: "capture", hold: "9")),
        Attack("a payment in another currency", Piece.payment(number: 4, currency: "chf")),
        Attack("a payment of nothing", Piece.payment(number: 4, amount: 0)),

        Attack("a refund that its payment does not count", Piece.refund()),
        Attack("a refund of a payment that is not there", Piece.refund(payment: 9)),
        Attack("a refund on the folio of another tenant", Piece.refund(folio: 20, number: 1, payment: 1)),
        Attack("change a refund's amount", "UPDATE refund SET amount = 1 WHERE tenant = 1 AND folio = 1 AND number = 1"),
        Attack("unbook a refund", "UPDATE refund SET entry = NULL WHERE tenant = 1 AND folio = 1 AND number = 1"),
        Attack(
            "bring a refund back without an entry",
            "UPDATE refund SET state = 'failed', failure_entry = entry WHERE tenant = 1 AND folio = 1 AND number = 1"),
        Attack("delete a refund", "DELETE FROM refund WHERE tenant = 1 AND folio = 1 AND number = 1"),
        Attack("replace a refund", Piece.refund("REPLACE", number: 1, amount: 1)),

        Attack("a refund on an open folio that says nothing of the bill", first: [counted], Piece.refund(bill: "NULL")),
        Attack("a refund that is decided before anybody could", first: [counted], Piece.refund(bill: "'charge_again'")),
        Attack("a refund whose decision is somebody's already", first: [counted], Piece.refund(decidedBy: "'otto'")),
        Attack(
            "a bill lowered on a closed folio", first: [counted, "UPDATE folio SET state = 'closing' WHERE tenant = 1 AND number = 1"],
            Piece.refund(bill: "'lowered'", line: "2")),
        Attack("a bill lowered by no line", first: [counted], Piece.refund(bill: "'lowered'")),
        Attack("a bill lowered by a charge", first: [counted], Piece.refund(bill: "'lowered'", line: "1")),
        Attack("a bill lowered by a line that is not there", first: [counted], Piece.refund(bill: "'lowered'", line: "99")),
        Attack("a refund of another word", "UPDATE refund SET bill = 'forgotten', decided_by = 'otto', decided_at = 0 WHERE \(first)"),
        Attack("decide by nobody", "UPDATE refund SET bill = 'charge_again' WHERE \(first)"),
        Attack("decide by an empty name", "UPDATE refund SET bill = 'charge_again', decided_by = '', decided_at = 0 WHERE \(first)"),
        Attack("decide for nothing", "UPDATE refund SET decided_by = 'otto', decided_at = 0 WHERE \(first)"),
        Attack("take the question away", "UPDATE refund SET bill = NULL, decided_by = 'otto', decided_at = 0 WHERE \(first)"),
        Attack("decide twice", first: [again], "UPDATE refund SET bill = 'unchanged', decided_by = NULL, decided_at = NULL WHERE \(first)"),
        Attack("decide differently", first: [again], "UPDATE refund SET bill = 'lowered', bill_line = 2 WHERE \(first)"),
        Attack("decide in another's name", first: [again], "UPDATE refund SET decided_by = 'anna' WHERE \(first)"),
        Attack(
            "lower a bill by another refund's line",
            first: [lowered, counted, Piece.refund()],
            "UPDATE refund SET bill = 'lowered', bill_line = 2, decided_by = 'otto', decided_at = 0 "
                + "WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "decide about a refund that failed",
            first: ["UPDATE refund SET state = 'failed' WHERE \(first)"],
            "UPDATE refund SET bill = 'charge_again', decided_by = 'otto', decided_at = 0 WHERE \(first)"),
        Attack(
            "decide on a folio that is being checked out", first: ["UPDATE folio SET state = 'closing' WHERE tenant = 1 AND number = 1"],
            again),

        Attack(
            "refuse refunds of money that has not come",
            "UPDATE payment SET refund_refusal_code = 'x' WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack("refuse refunds without a reason", "UPDATE payment SET refund_refusal_reason = 'x' WHERE \(second)"),
        Attack(
            "refuse refunds for another reason", first: ["UPDATE payment SET refund_refusal_code = 'closed' WHERE \(second)"],
            "UPDATE payment SET refund_refusal_code = 'another' WHERE \(second)"),
        Attack(
            "forget that refunds are refused", first: ["UPDATE payment SET refund_refusal_code = 'closed' WHERE \(second)"],
            "UPDATE payment SET refund_refusal_code = NULL, refund_refusal_reason = NULL WHERE \(second)"),
        Attack(
            "forget that a payment is contested while nobody knows of the dispute",
            first: ["UPDATE payment SET refund_refusal_code = 'not_refundable', refund_refusal_reason = 'charge_disputed' WHERE \(second)"],
            "UPDATE payment SET refund_refusal_code = NULL, refund_refusal_reason = NULL WHERE \(second)"),
    ]

    private static let first = "tenant = 1 AND folio = 1 AND number = 1"
    private static let second = "tenant = 1 AND folio = 1 AND number = 2"
    private static let counted = "UPDATE payment SET refunded = 500 WHERE \(second)"
    private static let again = "UPDATE refund SET bill = 'charge_again', decided_by = 'otto', decided_at = 0 WHERE \(first)"
    private static let lowered = "UPDATE refund SET bill = 'lowered', bill_line = 2, decided_by = 'otto', decided_at = 0 WHERE \(first)"

    static let onCheckOuts: [Attack] = [
        Attack("a second check-out at once", Piece.checkOut(folio: 3, number: 2)),
        Attack("replace a check-out", Piece.checkOut("REPLACE", folio: 3, number: 1)),
        Attack("check a closed folio out again", Piece.checkOut(folio: 2, number: 1)),
        Attack("check the folio of another tenant out", Piece.checkOut(folio: 20, number: 1)),
        Attack("change what a check-out is about", "UPDATE check_out SET due = 0 WHERE tenant = 1 AND folio = 3"),
        Attack("delete a check-out", "DELETE FROM check_out WHERE tenant = 1 AND folio = 3"),
        Attack("change what a step takes", "UPDATE check_out_step SET amount = 9 WHERE tenant = 1 AND folio = 3 AND position = 1"),
        Attack("send a step again", "UPDATE check_out_step SET operation = NULL WHERE tenant = 1 AND folio = 3 AND position = 1"),
        Attack(
            "run a step twice", first: ["UPDATE check_out_step SET state = 'done' WHERE tenant = 1 AND folio = 3 AND position = 1"],
            "UPDATE check_out_step SET state = 'waiting' WHERE tenant = 1 AND folio = 3 AND position = 1"),
        Attack("delete a step", "DELETE FROM check_out_step WHERE tenant = 1 AND folio = 3 AND position = 1"),
        Attack(
            "add a step to a finished check-out",
            first: ["UPDATE check_out SET state = 'done', finished_at = 0 WHERE tenant = 1 AND folio = 3"],
            "INSERT INTO check_out_step (tenant, folio, check_out, position, do, amount) VALUES (1, 3, 1, 2, 'charge_saved_card', 100)"),
        Attack(
            "carry a finished check-out on", first: ["UPDATE check_out SET state = 'done', finished_at = 0 WHERE tenant = 1 AND folio = 3"],
            "UPDATE check_out SET state = 'running' WHERE tenant = 1 AND folio = 3"),

        Attack("leave a gap between documents", "INSERT INTO document VALUES (1, 2025, 3, 1, 'eur', 1, 0)"),
        Attack("issue a document's number twice", "REPLACE INTO document VALUES (1, 2025, 1, 1, 'eur', 1, 0)"),
        Attack("a second document for a folio", "REPLACE INTO document VALUES (1, 2025, 2, 2, 'eur', 1, 0)"),
        Attack("a document for the folio of another tenant", "INSERT INTO document VALUES (1, 2025, 2, 20, 'eur', 1, 0)"),
        Attack("change a document", "UPDATE document SET gross = 1 WHERE tenant = 1"),
        Attack("delete a document", "DELETE FROM document WHERE tenant = 1"),
        Attack("add a tax to a document", "INSERT INTO document_tax VALUES (1, 2025, 1, '19', 119, 19)"),
        Attack("replace a document's tax", "REPLACE INTO document_tax VALUES (1, 2025, 1, '7', 10700, 1)"),
        Attack("change a document's tax", "UPDATE document_tax SET tax = 0 WHERE tenant = 1"),
        Attack("delete a document's tax", "DELETE FROM document_tax WHERE tenant = 1"),
    ]

    static let onMonths: [Attack] = [
        Attack("close a month twice", "REPLACE INTO statement VALUES (1, '2025-10', 0, 0)"),
        Attack("close a month before a closed one", "INSERT INTO statement VALUES (1, '2025-09', 0, 0)"),
        Attack("change a closed month", "UPDATE statement SET opening_balance = 1 WHERE tenant = 1"),
        Attack("open a closed month", "DELETE FROM statement WHERE tenant = 1"),
        Attack("change a closed month's row", "UPDATE statement_row SET amount = 1 WHERE tenant = 1"),
        Attack("delete a closed month's row", "DELETE FROM statement_row WHERE tenant = 1"),
        Attack("add a row to a closed month", "INSERT INTO statement_row VALUES (1, '2025-10', 'fee', 'stripe_fee', '', 1, -1, 0, 0)"),
        Attack("replace a closed month's row", "REPLACE INTO statement_row VALUES (1, '2025-10', 'charge', 'charge', 'card', 1, 1, 0, 0)"),
        Attack("a movement in a closed month", Piece.movement(month: "2025-10")),
        Attack("a movement before a closed month", Piece.movement(month: "2025-09")),
        Attack("change a closed month's sums", "UPDATE stripe_month SET amount = 1 WHERE tenant = 1 AND month = '2025-10'"),
        Attack("delete an open month's sums", "DELETE FROM stripe_month WHERE tenant = 1 AND month = '2025-11'"),
        Attack("move sums to another month", "UPDATE stripe_month SET month = '2025-12' WHERE tenant = 1 AND month = '2025-11'"),
        Attack("change a tax rate", "UPDATE tax_rate SET rate = '1' WHERE tenant = 1"),
        Attack("replace a tax rate", "REPLACE INTO tax_rate VALUES (1, 'food', '2026-01-01', '1')"),
        Attack("delete a tax rate", "DELETE FROM tax_rate WHERE tenant = 1"),
    ]

    static let onStripe: [Attack] = [
        Attack("change a movement", "UPDATE balance_transaction SET fee = 0 WHERE tenant = 1"),
        Attack("delete a movement", "DELETE FROM balance_transaction WHERE tenant = 1"),
        Attack("replace a movement", Piece.movement("REPLACE", id: "txn_2")),
        Attack("a movement in another currency", Piece.movement(currency: "chf")),
        Attack("renumber an operation", "UPDATE operation SET rowid = 99 WHERE number = (SELECT max(number) FROM operation)"),
        Attack("renumber an event", "UPDATE event SET rowid = 99 WHERE number = (SELECT max(number) FROM event)"),
        Attack("change what is sent", "UPDATE operation_body SET body = 'amount_to_capture=1'"),
        Attack(
            "send something else",
            "REPLACE INTO operation_body (operation, body) SELECT operation, 'amount_to_capture=1' FROM operation_body"),
        Attack("send nothing", "DELETE FROM operation_body"),
        Attack("give another operation's body", "UPDATE operation_body SET rowid = 99"),
        Attack("a body without an operation", "INSERT INTO operation_body (operation, body) VALUES (99, '')"),
        Attack("call another path", "UPDATE operation SET path = '/v1/refunds'"),
        Attack("send under another key", "UPDATE operation SET idempotency_key = 'another'"),
        Attack("forget that a key is spent", first: ["UPDATE operation SET spent_keys = 2"], "UPDATE operation SET spent_keys = 1"),
        Attack("spend fewer keys than none", "UPDATE operation SET spent_keys = -1"),
        Attack(
            "spend the key of an answered operation", first: ["UPDATE operation SET state = 'done'"], "UPDATE operation SET spent_keys = 1"),
        Attack(
            "give a refund a further key", first: [Piece.operation("refund")],
            "UPDATE operation SET spent_keys = 1 WHERE kind = 'refund'"),
        Attack("answer an operation twice", first: ["UPDATE operation SET state = 'done'"], "UPDATE operation SET state = 'waiting'"),
        Attack("delete an operation", "DELETE FROM operation"),
        Attack("an operation on a folio that is not there", Piece.page(folio: 99)),
        Attack(
            "delete what waits for its page", first: [Piece.page()], "DELETE FROM payment WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack(
            "delete what was refused for another reason", first: [Piece.page(state: "refused", failure: "'refused'")],
            "DELETE FROM payment WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack(
            "delete an earlier payment than the one whose method is not active",
            first: [Piece.page(subject: 2, state: "refused", failure: "'method_not_active'")],
            "DELETE FROM payment WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "delete the folio of a payment whose method is not active",
            first: [Piece.page(state: "refused", failure: "'method_not_active'")], "DELETE FROM folio WHERE tenant = 1 AND number = 1"),
        Attack("forget what a booking charges", first: [Piece.page(), Piece.askedPage], "DELETE FROM asked_page"),
        Attack("charge something else", first: [Piece.page(), Piece.askedPage], "UPDATE asked_page SET lines = '[]'"),
        Attack(
            "charge it with another page", first: [Piece.page(), Piece.askedPage],
            "REPLACE INTO asked_page SELECT operation, is_booking, '[]', actor FROM asked_page"),
        Attack("ask for a page that is answered", first: ["UPDATE operation SET state = 'done'"], Piece.askedPage),
        Attack(
            "two operations on one intent",
            "INSERT OR REPLACE INTO operation (tenant, kind, payment_intent, method, path, idempotency_key, created_at) "
                + "VALUES (1, 'capture', 'pi_4', 'POST', '/', 'k', 0)"),
        Attack(
            "an operation beside a parked one on the same intent", first: ["UPDATE operation SET state = 'parked', failure_code = 'said'"],
            "INSERT INTO operation (tenant, kind, payment_intent, method, path, idempotency_key, created_at) "
                + "VALUES (1, 'capture', 'pi_4', 'POST', '/', 'k', 0)"),
        Attack("park without a reason", "UPDATE operation SET state = 'parked'"),
        Attack(
            "an operation numbered below one",
            "INSERT INTO operation (number, tenant, kind, method, path, idempotency_key, state, failure_code, created_at) "
                + "VALUES (-1, 1, 'x', 'POST', '/', 'k', 'parked', 'said', 0)"),
        Attack(
            "an event numbered below one",
            "INSERT INTO event (number, tenant, id, type, created_at, received_at, state) VALUES (-1, 1, 'evt_9', 'x', 0, 0, 'parked')"),
        Attack(
            "an operation that is parked from the beginning without a reason",
            "INSERT INTO operation (tenant, kind, method, path, idempotency_key, state, created_at) "
                + "VALUES (1, 'x', 'POST', '/', 'k', 'parked', 0)"),
        Attack("dismiss nothing", "INSERT INTO operation_dismissal (actor, reason, dismissed_at) VALUES ('otto', 'x', 0)"),
        Attack("a body of nothing", "INSERT INTO operation_body (body) VALUES ('')"),
        Attack("dismiss what still waits", "INSERT INTO operation_dismissal SELECT number, 'otto', 'x', 0 FROM operation"),
        Attack(
            "dismiss without a reason", first: ["UPDATE operation SET state = 'parked', failure_code = 'said'"],
            "INSERT INTO operation_dismissal SELECT number, 'otto', ' ', 0 FROM operation"),
        Attack(
            "send what was dismissed",
            first: [
                "UPDATE operation SET state = 'parked', failure_code = 'said'",
                "INSERT INTO operation_dismissal SELECT number, 'otto', 'x', 0 FROM operation",
            ], "UPDATE operation SET state = 'waiting'"),
        Attack(
            "change a dismissal",
            first: [
                "UPDATE operation SET state = 'parked', failure_code = 'said'",
                "INSERT INTO operation_dismissal SELECT number, 'otto', 'x', 0 FROM operation",
            ], "UPDATE operation_dismissal SET actor = 'anna'"),
        Attack(
            "delete a dismissal",
            first: [
                "UPDATE operation SET state = 'parked', failure_code = 'said'",
                "INSERT INTO operation_dismissal SELECT number, 'otto', 'x', 0 FROM operation",
            ], "DELETE FROM operation_dismissal"),
        Attack(
            "a repair by nobody",
            "INSERT INTO repair (tenant, object, ledger, stripe, cause, actor, repaired_at) VALUES (1, 'pi_1', 'x', 'y', 'z', '', 0)"),
        Attack(
            "change a repair",
            first: [
                "INSERT INTO repair (tenant, object, ledger, stripe, cause, actor, repaired_at) VALUES (1, 'pi_1', 'x', 'y', 'z', 'otto', 0)"
            ], "UPDATE repair SET actor = 'anna'"),
        Attack(
            "delete a repair",
            first: [
                "INSERT INTO repair (tenant, object, ledger, stripe, cause, actor, repaired_at) VALUES (1, 'pi_1', 'x', 'y', 'z', 'otto', 0)"
            ], "DELETE FROM repair"),
        Attack("change an event", "UPDATE event SET type = 'payout.failed'"),
        Attack("change what an event said", "UPDATE event_body SET body = '[]'"),
        Attack("replace what an event said", "REPLACE INTO event_body (event, body) SELECT event, '[]' FROM event_body"),
        Attack("delete what an event said", "DELETE FROM event_body"),
        Attack("what no event said", "INSERT INTO event_body (event, body) VALUES (99, '[]')"),
        Attack(
            "work off what was dismissed",
            first: [
                "UPDATE event SET state = 'parked', failure_code = 'said'",
                "INSERT INTO event_dismissal (event, actor, reason, dismissed_at) SELECT number, 'otto', 'x', 0 FROM event",
            ], "UPDATE event SET state = 'received'"),
        Attack("delete an event", "DELETE FROM event"),
        Attack(
            "replace an event",
            "REPLACE INTO event (tenant, id, type, created_at, received_at) VALUES (1, 'evt_1', 'payout.failed', 0, 0)"),
        Attack("change a payout", "UPDATE payout SET amount = 1"),
        Attack("delete a payout", "DELETE FROM payout"),
    ]
}

extension Piece {
    /// The call that makes the page of folio 1's payment.
    static func page(folio: Int = 1, subject: Int = 3, state: String = "waiting", failure: String = "NULL") -> String {
        """
        INSERT INTO operation (tenant, folio, kind, subject, method, path, idempotency_key, state, failure_code, created_at)
        VALUES (1, \(folio), 'payment_page', \(subject), 'POST', '/v1/checkout/sessions', 'k', '\(state)', \(failure), 0)
        """
    }

    /// Somebody asked for the page that the last call makes.
    static let askedPage = "INSERT INTO asked_page (operation, is_booking, lines, actor) SELECT max(number), 0, NULL, 'x' FROM operation"
}

extension Piece {
    /// Folio 99, whose amount was proposed from what a night costs.
    static func stay(nights: String = "3", rate: String = "10000", mode: String = "reserved") -> String {
        """
        INSERT INTO folio (tenant, number, currency, reference, source, guest_name, guest_language, arrival, departure, mode, method,
            nights, nightly_rate, visitor_tax, extras_per_night, opened_at)
        VALUES (1, 99, 'eur', 'R-99', 'reservation', 'Ada Gast', 'de', '2026-11-18', '2026-11-21', '\(mode)', 'card',
            \(nights), \(rate), 350, 1500, 0)
        """
    }
}
