import Foundation
import JSON
import Ledger
import LedgerService

/// The day of what Stripe moved, by the object that the journal names: `payment pi_…`, `payment_failed pi_…`, `refund re_…`,
/// `refund_failed re_…`.
private struct Moved {
    private(set) var at: [String: [Instant]] = [:]

    mutating func note(_ kind: EntryKind, _ object: String, at seconds: Int) {
        at["\(kind.rawValue) \(object)", default: []].append(Instant(unixSeconds: Int64(seconds)))
    }

    func days(_ kind: String, _ object: String, in zone: TimeZone) -> [Day] {
        (at["\(kind) \(object)"] ?? []).map { $0.day(in: zone) }
    }
}

extension World {
    /// No payment or refund is booked on another day than Stripe's, whenever the ledger heard of it.
    ///
    /// A charge names the transaction of its first capture only: of a further part the ledger may know no more than that it is there, and
    /// books it on the day on which it heard of it.
    func checkDays() {
        for hotel in hotels {
            let moved = movedAtStripe(hotel.key, delay: transactionDelays[hotel.account] ?? 0)
            var seen: Set<String> = []
            do {
                let ledger = reader(of: hotel).ledger
                let zone = try ledger.tenant(hotel.id).timeZone
                try ledger.eachEntry(of: hotel.id) { entry, _ in
                    guard let object = entry.stripeObject else { return }
                    let days = moved.days(entry.kind, object, in: zone)
                    let isFurther = !seen.insert("\(entry.kind) \(object)").inserted
                    // What is not there at Stripe is another checker's.
                    guard !days.isEmpty, !days.contains(entry.occurredOn) else { return }
                    if isFurther, entry.occurredOn == entry.postedAt.day(in: zone) { return }
                    find(
                        .day, "\(hotel.id) \(entry.folio ?? "")",
                        "\(entry.kind) \(object) is booked on \(entry.occurredOn), and Stripe moved it on \(days.map(\.description))")
                }
            } catch {
                find(.unexpected, "the days of \(hotel.id)", "\(error)")
            }
        }
    }

    /// By Stripe's own list of what moved its balance.
    ///
    /// - Parameter delay: How many seconds later than its charge a transaction comes.
    private func movedAtStripe(_ key: String, delay: Int) -> Moved {
        var intents: [String: String] = [:]
        for charge in list(key, "/v1/charges") {
            if let id = charge["id"]?.textValue, let intent = charge["payment_intent"]?.textValue { intents[id] = intent }
        }
        var moved = Moved()
        for movement in list(key, "/v1/balance_transactions") {
            guard let source = movement["source"]?.textValue, let created = movement["created"]?.intValue else { continue }
            switch movement["type"]?.textValue {
            case "charge", "payment":
                guard let intent = intents[source] else { continue }
                moved.note(.payment, intent, at: created)
                // Its transaction came later than the event that said succeeded.
                if delay > 0 { moved.note(.payment, intent, at: created - delay) }
            case "refund", "payment_refund": moved.note(.refund, source, at: created)
            case "refund_failure": moved.note(.refundFailed, source, at: created)
            case "payment_failure_refund", "payment_reversal":
                if let intent = intents[source] { moved.note(.paymentFailed, intent, at: created) }
            default: break
            }
        }
        return moved
    }
}
