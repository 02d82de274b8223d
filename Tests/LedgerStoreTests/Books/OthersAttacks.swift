/// Attacks on what others do at Stripe brings about: captures in parts, lost and replaced cards, events that were let go.
extension Piece {
    /// Hold 2 of folio 1 lives, and 10.00 were taken out of it: payment 4.
    static let partlyCaptured = [
        "UPDATE hold SET captured = 1000 WHERE tenant = 1 AND folio = 1 AND number = 2",
        payment(number: 4, origin: "capture", hold: "2"), entry(kind: "payment", amount: "1000"),
        "UPDATE payment SET state = 'succeeded', received = 1000, entry = \(last) WHERE tenant = 1 AND folio = 1 AND number = 4",
    ]

    /// The same, and 10.00 more were taken, which are not booked yet.
    static let moreTaken = partlyCaptured + ["UPDATE hold SET captured = 2000 WHERE tenant = 1 AND folio = 1 AND number = 2"]

    static func part(_ verb: String = "INSERT", folio: Int = 1, payment: Int = 4, entry: String = last) -> String {
        "\(verb) INTO payment_part VALUES (1, \(folio), \(payment), \(entry))"
    }

    static let pastCard =
        "INSERT INTO past_card VALUES (1, 1, 1, 'pm_1', 'visa', '4242', 'I agree', NULL, NULL, NULL, 0, 'replaced', 0, NULL)"
    /// The card of folio 1, with which holds up to 600.00 were agreed to, and late charges.
    static func savedCard(_ state: String = "saved", categories: String = "'drinks,minibar'") -> String {
        """
        INSERT INTO saved_card (tenant, folio, state, payment_method, consent, ceiling, late_days, late_categories, consented_at)
        VALUES (1, 1, '\(state)', 'pm_8', 'I agree', 60000, 14, \(categories), 0)
        """
    }
    static let deletedCustomer = "INSERT INTO deleted_customer VALUES (1, 'cus_1', 0)"
    static let detachedCard = "INSERT INTO detached_card VALUES (1, 'pm_9', 0)"
    static let dropped = "INSERT INTO dropped_event VALUES (1, 'thin', 1, 0, 0, 'evt_1')"
}

extension Attack {
    private static let ofPayment4 = "(SELECT entry FROM payment WHERE tenant = 1 AND folio = 1 AND number = 4)"

    static let onParts: [Attack] = [
        Attack("lower what was authorised", "UPDATE hold SET authorised = 2999 WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "take back what was captured", first: Piece.partlyCaptured,
            "UPDATE hold SET captured = 999 WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "let go of a hold that something was taken from", first: Piece.partlyCaptured,
            "UPDATE hold SET state = 'released' WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "end a released hold as captured without money",
            first: ["UPDATE hold SET state = 'released' WHERE tenant = 1 AND folio = 1 AND number = 2"],
            "UPDATE hold SET state = 'captured' WHERE tenant = 1 AND folio = 1 AND number = 2"),
        Attack(
            "grow a payment without an entry", first: Piece.moreTaken,
            "UPDATE payment SET received = 2000 WHERE tenant = 1 AND folio = 1 AND number = 4"),
        Attack(
            "shrink a payment", first: Piece.moreTaken + [Piece.entry(kind: "payment", amount: "1000"), Piece.part()],
            "UPDATE payment SET received = 1000 WHERE tenant = 1 AND folio = 1 AND number = 4"),
        Attack("a part beyond what was taken", first: Piece.partlyCaptured + [Piece.entry(kind: "payment", amount: "1")], Piece.part()),
        Attack(
            "a part of a hold that is over", first: [Piece.entry(kind: "payment", amount: "100")], Piece.part(payment: 1)),
        Attack(
            "a part of a payment that came out of no hold", first: [Piece.entry(kind: "payment", amount: "100")], Piece.part(payment: 2)),
        Attack("a part of a payment that has not succeeded", first: [Piece.entry(kind: "payment", amount: "100")], Piece.part(payment: 3)),
        Attack("a part with the entry of a line", first: Piece.moreTaken + [Piece.entry()], Piece.part()),
        Attack(
            "a part with an entry of another folio", first: Piece.moreTaken + [Piece.entry(kind: "payment", folio: "3")], Piece.part()),
        Attack("a part that is its payment's first one", first: Piece.moreTaken, Piece.part(entry: ofPayment4)),
        Attack(
            "book a part twice, for another payment too",
            first: Piece.moreTaken + [Piece.entry(kind: "payment", amount: "500"), Piece.part()], Piece.part(payment: 1)),
        Attack(
            "a payment with the entry of a part", first: Piece.moreTaken + [Piece.entry(kind: "payment", amount: "500"), Piece.part()],
            "UPDATE payment SET state = 'succeeded', received = 500, entry = \(Piece.last) WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack(
            "a payment with another payment's entry", first: Piece.partlyCaptured,
            "UPDATE payment SET state = 'succeeded', received = 1000, entry = \(Piece.last) WHERE tenant = 1 AND folio = 1 AND number = 3"),
        Attack(
            "change a part", first: Piece.moreTaken + [Piece.entry(kind: "payment", amount: "500"), Piece.part()],
            "UPDATE payment_part SET payment = 1"),
        Attack(
            "delete a part", first: Piece.moreTaken + [Piece.entry(kind: "payment", amount: "500"), Piece.part()],
            "DELETE FROM payment_part"),
        Attack("two payments out of one hold", first: Piece.partlyCaptured, Piece.payment(number: 5, origin: "capture", hold: "2")),
        Attack(
            "change what a payment out of a hold was asked for", first: Piece.partlyCaptured,
            "UPDATE payment SET amount = 999 WHERE tenant = 1 AND folio = 1 AND number = 4"),
        Attack(
            "change what a page asked for", "UPDATE payment SET amount = received + 1 WHERE tenant = 1 AND folio = 1 AND number = 2"),
    ]

    static let onCards: [Attack] = [
        Attack(
            "a past card out of turn",
            "INSERT INTO past_card VALUES (1, 1, 2, 'pm_1', '', '', 'x', NULL, NULL, NULL, 0, 'replaced', 0, NULL)"),
        Attack(
            "a past card of another tenant's folio",
            "INSERT INTO past_card VALUES (1, 20, 1, 'pm_1', '', '', 'x', NULL, NULL, NULL, 0, 'replaced', 0, NULL)"),
        Attack(
            "a lost card that would still be detached",
            "INSERT INTO past_card VALUES (1, 1, 1, 'pm_1', '', '', 'x', NULL, NULL, NULL, 0, 'detached', 0, NULL)"),
        Attack("change what a guest agreed to", first: [Piece.pastCard], "UPDATE past_card SET consent = 'more'"),
        Attack("give a past card a ceiling", first: [Piece.pastCard], "UPDATE past_card SET ceiling = 99999"),
        Attack(
            "let a past card be charged late", first: [Piece.pastCard], "UPDATE past_card SET late_days = 90, late_categories = 'minibar'"),
        Attack("raise the ceiling of a saved card", first: [Piece.savedCard()], "UPDATE saved_card SET ceiling = 60001"),
        Attack("take the ceiling of a saved card away", first: [Piece.savedCard()], "UPDATE saved_card SET ceiling = NULL"),
        Attack("charge a saved card for longer", first: [Piece.savedCard()], "UPDATE saved_card SET late_days = 15"),
        Attack("charge a saved card for more", first: [Piece.savedCard()], "UPDATE saved_card SET late_categories = 'minibar,shop'"),
        Attack("put other words into the guest's mouth", first: [Piece.savedCard()], "UPDATE saved_card SET consent = 'I agree to all'"),
        Attack("say that the guest agreed earlier", first: [Piece.savedCard()], "UPDATE saved_card SET consented_at = -1"),
        Attack(
            "save another card with what was agreed for the first", first: [Piece.savedCard()],
            "UPDATE saved_card SET payment_method = 'pm_7'"),
        Attack(
            "change what was agreed while the card is asked for again", first: [Piece.savedCard()],
            "UPDATE saved_card SET state = 'requested', ceiling = 60001"),
        Attack("move what was agreed to another folio", first: [Piece.savedCard()], "UPDATE saved_card SET folio = 3"),
        Attack("delete a saved card", first: [Piece.savedCard()], "DELETE FROM saved_card"),
        Attack(
            "replace a saved card", first: [Piece.savedCard()],
            Piece.savedCard("requested").replacing("INSERT", with: "REPLACE").replacing("'I agree'", with: "'more'")),
        Attack("late charges for the room of a guest", Piece.savedCard("requested", categories: "'lodging,minibar'")),
        Attack("late charges for one thing twice", Piece.savedCard("requested", categories: "'minibar,minibar'")),
        Attack("late charges for nothing", Piece.savedCard("requested", categories: "''")),
        Attack("days of late charges without what they are for", Piece.savedCard("requested", categories: "NULL")),
        Attack("a ceiling of nothing", first: [Piece.savedCard("requested")], "UPDATE saved_card SET ceiling = 0"),
        Attack(
            "attach a past card again", first: [Piece.pastCard, "UPDATE past_card SET detached_at = 1"],
            "UPDATE past_card SET detached_at = NULL"),
        Attack("delete a past card", first: [Piece.pastCard], "DELETE FROM past_card"),
        Attack(
            "replace a past card", first: [Piece.pastCard],
            Piece.pastCard.replacing("INSERT", with: "REPLACE").replacing("'visa'", with: "'x'")),
        Attack(
            "bring a deleted customer back", first: [Piece.deletedCustomer],
            "UPDATE folio SET customer = 'cus_1' WHERE tenant = 1 AND number = 1"),
        Attack("forget that a customer was deleted", first: [Piece.deletedCustomer], "DELETE FROM deleted_customer"),
        Attack("change when a customer was deleted", first: [Piece.deletedCustomer], "UPDATE deleted_customer SET learned_at = 9"),
        Attack(
            "delete a customer twice", first: [Piece.deletedCustomer],
            Piece.deletedCustomer.replacing("INSERT", with: "REPLACE").replacing(", 0)", with: ", 9)")),
        Attack(
            "save a detached card",
            first: [Piece.detachedCard, "INSERT INTO saved_card (tenant, folio, state, consent) VALUES (1, 1, 'requested', 'I agree')"],
            "UPDATE saved_card SET state = 'saved', payment_method = 'pm_9' WHERE tenant = 1"),
        Attack("forget that a card was detached", first: [Piece.detachedCard], "DELETE FROM detached_card"),
        Attack("change when a card was detached", first: [Piece.detachedCard], "UPDATE detached_card SET learned_at = 9"),
        Attack(
            "detach a card twice", first: [Piece.detachedCard],
            Piece.detachedCard.replacing("INSERT", with: "REPLACE").replacing(", 0)", with: ", 9)")),
        Attack("count dropped events back", first: [Piece.dropped], "UPDATE dropped_event SET count = 1, last_at = 9"),
        Attack("begin to count at two", "INSERT INTO dropped_event VALUES (1, 'thin', 2, 0, 0, NULL)"),
        Attack(
            "begin to count again", first: [Piece.dropped],
            Piece.dropped.replacing("INSERT", with: "REPLACE").replacing("'evt_1'", with: "NULL")),
        Attack("forget dropped events", first: [Piece.dropped], "DELETE FROM dropped_event"),
        Attack("drop for a reason that there is not", Piece.dropped.replacing("'thin'", with: "'bored'")),
    ]
}
