import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Places the holds on saved cards whose day has come. If the bank refuses one, the folio says so, and the guest gets a page to
    /// reserve the amount with another card.
    ///
    /// - Parameter onlyNew: Leaves those that have been sent, and stops at the first one that gets no answer.
    /// - Returns: How many were placed and how many were refused.
    package func placeDueHolds(of tenant: Tenant, onlyNew: Bool = false) async throws -> (placed: Int, refused: Int) {
        let due = try store.read(of: tenant) { try $0.holdsToPlace(by: $0.now.day(in: tenant.timeZone)) }
        var counts = (placed: 0, refused: 0)
        for place in due {
            let (key, returning) = (random.key(), returnAddress)
            let (hasNoCard, page) = try await store.write(of: tenant) {
                try $0.askInstead(place.folio, place.number, returning: returning, key: key)
            }
            if hasNoCard {
                counts.refused += 1
                if let page { try await dispatch(page, of: tenant) }
                continue
            }
            let operation = try await store.write(of: tenant) { try $0.place(place.folio, place.number, key: key, onlyNew: onlyNew) }
            guard let operation else { continue }
            switch try await dispatch(operation, of: tenant) {
            case .done: counts.placed += 1
            case .refused: counts.refused += 1
            case .unknown(let what, _):
                if onlyNew { throw ServiceRefusal.stripeUnanswered(what: what) }
            case .parked: break
            }
        }
        return counts
    }
}

extension Book {
    /// The card that a hold was to be placed on is lost, or not to be tried any more: the guest gets a page to reserve the amount, with a new consent.
    ///
    /// - Returns: Whether it is so, and the operation that makes the page.
    fileprivate func askInstead(
        _ folioNumber: Int64, _ number: Int64, returning: ReturnAddress, key: String
    ) throws -> (hasNoCard: Bool, page: Int64?) {
        guard let folio = try folio(number: folioNumber), folio.state == .open, folio.paymentURL == nil, try cannotUseCard(of: folio),
            var hold = try holds(of: folio).first(where: { $0.number == number }), hold.state == .requested, hold.intent == nil,
            try openOperations(folio: folio).allSatisfy(\.movesNothing)
        else { return (false, nil) }
        hold.state = .failed
        hold.failure = .cardRemoved
        try save(hold, of: folio)
        return (true, try offerHoldPage(hold.amount, by: hold.method, of: folio, returning: returning, key: key))
    }

    /// Whether there was a card, and it cannot be used without the guest any more.
    private func cannotUseCard(of folio: Folio) throws -> Bool {
        guard folio.savedCard != nil else {
            return try pastCards(of: folio).contains { Folio.CardRemoval(rawValue: $0.why) != nil }
        }
        return try usableCard(of: folio) == nil
    }

    /// Decides on one hold: not for a folio that is over, and not before the guest has saved a card.
    fileprivate func place(_ folioNumber: Int64, _ number: Int64, key: String, onlyNew: Bool) throws -> Int64? {
        guard let folio = try folio(number: folioNumber), folio.state == .open, try mayTake(on: folio),
            let card = try usableCard(of: folio),
            let hold = try holds(of: folio).first(where: { $0.number == number }), hold.state == .requested, hold.intent == nil
        else { return nil }
        let open = try openOperations(folio: folio)
        if let known = open.first(where: { $0.kind == OperationKind.placeHold.rawValue && $0.subject == number }) {
            return onlyNew || known.state == .parked ? nil : known.number
        }
        let request = try Requests.offSession(
            .hold, hold.amount, subject: (LedgerMetadata.hold, number), card: card, of: folio, tenant, key: key)
        return try plan(.placeHold, request, folio: folio, subject: number)
    }
}
