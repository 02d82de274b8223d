import Ledger
import LedgerService

/// What is read of holds beyond their folios.
package enum HoldShapes {
    package static let ending = Shape<InLanguage<EndingHold>>(
        "EndingHold", "A hold that ends before its stay is settled, has ended without another in its place, or never came about.",
        [
            .text("folio", "The folio.", example: "R-4711") { $0.folio.reference },
            .text("guest_name", "The guest.", example: "Anna Weiss") { $0.folio.guest.name },
            .optionalText("room", "The room, once reception has entered it.", example: "12") { $0.folio.room },
            .day("departure", "The departure date.", example: "2026-11-29") { $0.folio.departure },
            .integer("hold", "The hold's id on the folio.", example: 2) { $0.hold.number },
            .integer("chain", "The first hold of those that took each other's places: its own id where it replaces none.", example: 1) {
                $0.hold.chain
            },
            .amount("amount", "What it holds, or held until it ended; for `missing` what it was to hold.", example: 30000) { $0.amount },
            .optionalInstant(
                "ends_at", "When it covers nothing any more; it may have passed. Null for `missing`.", example: "2026-11-25T08:00:00Z"
            ) { $0.endsAt },
            .choice(
                "next",
                "What happens by itself. `renewal`: the bank is asked for a new hold; `running`: it has been asked. `guest`: the guest is asked on a "
                    + "page; `asked`: the page waits for the guest. `nothing`: staff decides. `ended`: the hold is over. "
                    + "`missing`: the bank refused it, or the guest did not use the page, and nobody is asked for another.",
                of: EndingHold.Next.names, example: "renewal"
            ) { $0.next.name },
            .optionalInstant("next_at", "When it happens at the earliest, for `renewal` and `guest`.", example: "2026-11-23T08:00:00Z") {
                $0.next.at
            },
            .optionalText("obstacle", "Why the saved card does not renew it: within a sentence, in the caller's language.") {
                $0.next.obstacle?.phrase.text(in: $0.language)
            },
            .optionalChoice(
                "obstacle_code", "The same as a code for programs.",
                of: Renewal.Obstacle.allCases.filter { $0 != .refusedForNow }.map(\.rawValue)
            ) {
                $0.next.obstacle?.rawValue
            },
            .integer("tries", "How often the bank was asked for a new hold in its place.", example: 0) { Int64($0.tries) },
            .optionalText("refusal", "What the bank said last: one sentence for staff, in the caller's language.") {
                $0.refusal?.sentence(in: $0.language)
            },
            .optionalChoice("refusal_code", "The same as a code for programs.", of: Failure.codes) { $0.refusal?.code },
            .amount("uncovered", "What is open on the folio and not covered now.", example: 0) { $0.uncovered },
            .text("currency", "The currency of the amounts.", example: "eur") { $0.uncovered.currency.code },
        ])
}
