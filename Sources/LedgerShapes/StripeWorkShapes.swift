import Ledger
import LedgerService

/// What is still under way with Stripe.
package enum StripeWorkShapes {
    private static func state<Model>(_ isParked: @escaping @Sendable (Model) -> Bool) -> Property<Model> {
        .choice(
            "state", "`parked` waits for the operator; `waiting` is retried automatically.", of: ["waiting", "parked"], example: "parked"
        ) { isParked($0) ? "parked" : "waiting" }
    }

    package static let operation = Shape<OpenOperation>(
        "Operation", "A call to Stripe that has no outcome yet.",
        [
            .integer("number", "Consecutive over all tenants.", example: 17) { $0.number },
            .optionalText("folio", "The folio it is about.", example: "R-4711") { $0.folio },
            .text("what", "What the call does.", example: "the capture") { $0.what.english },
            state { $0.isParked },
            .integer("attempts", "How often it was sent.", example: 8) { Int64($0.attempts) },
            .instant("created_at", "When it was decided.", example: "2026-11-18T08:00:00Z") { $0.since },
            .optionalText("problem", "Why it has no outcome.") { $0.problem },
        ])

    package static let event = Shape<TroubledEvent>(
        "Event", "An event from Stripe that could not be processed yet.",
        [
            .text("event", "Stripe's id.", example: "evt_1QExample") { $0.id },
            .text("type", "As named by Stripe.", example: "payment_intent.succeeded") { $0.type },
            .optionalText("object", "The id of the object it is about.", example: "pi_3QExample") { $0.objectID },
            state { $0.isParked },
            .integer("attempts", "How often processing it failed.", example: 8) { Int64($0.attempts) },
            .instant("received_at", "When it arrived.", example: "2026-11-18T08:00:00Z") { $0.receivedAt },
            .optionalText("problem", "Why it could not be processed.") { $0.problem },
        ])

    package static let found = Shape<WaitingFoundObject>(
        "WaitingFoundObject", "An object at Stripe that these books made after the backup that was restored.",
        [
            .text("id", "Stripe's id.", example: "pi_3QExample") { $0.found.id },
            .optionalText("folio", "The folio it was made for.", example: "R-4711") { $0.found.reference },
            .text("state", "`open`, `held`, `captured` or `closed`.", example: "captured") { $0.found.state.rawValue },
            .optionalAmount("amount", "What it holds, has taken or asks for, less what was refunded.", example: 34330) { $0.found.money },
            .text("currency", "The currency of the amount.", example: "eur") { $0.found.currency },
            .instant("first_seen_at", "When it was found.", example: "2026-11-18T08:00:00Z") { $0.found.firstSeen },
            .text("hint", "What to do.", example: "`reconcile --repair` takes it in.") {
                $0.obstacle?.sentence ?? "`reconcile --repair` takes it in."
            },
        ])
}
