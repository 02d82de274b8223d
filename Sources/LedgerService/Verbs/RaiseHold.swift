import Ledger
internal import LedgerStore
import Stripe

/// Reception raises what is held without the guest, as far as the guest has consented. The bank that allows it raises the hold itself; else a
/// new hold over the whole takes its place; a second hold adds what is missing where the bank refuses that, or where the old one may cover
/// the stay for longer. Each way is tried once.
extension LedgerService {
    /// Raises a live hold.
    ///
    /// - Parameter total: What is to be held by it then.
    /// - Throws: `HoldRefusal`; `ServiceRefusal.holdNotFound`, `.stripeRefused` after the last way, `.stripeUnanswered`.
    package func raiseHold(
        _ number: Int64, to total: Money, of reference: String, of tenantID: String, by actor: String, key: IdempotencyKey? = nil
    ) async throws -> FolioView {
        let operationKey = random.key()
        return try await performWaiting(key, on: reference, of: tenantID) { book in
            let folio = try book.openFolio(reference)
            try book.requireNotEnded()
            try book.requireMayTake(on: folio)
            try total.checkForStripe(book.tenant)
            let (hold, holds) = try book.liveHold(number, on: folio)
            guard total.minorUnits > hold.held.minorUnits else { throw HoldRefusal.raiseTooSmall(hold.held) }
            try book.requireMayRaise(hold, among: holds, on: folio)
            try book.requireWithinCeiling(try book.held(beside: hold, among: holds).adding(total), of: folio)
            let operation: Int64
            if hold.isRaisedByBank, let intent = hold.intent {
                operation = try book.plan(
                    .increment, Requests.increment(intent, to: total, key: operationKey), folio: folio, subject: number, intent: intent)
            } else {
                let card = try book.cardForHolds(hold, among: holds, of: folio)
                operation = try book.place(total, raising: hold, on: card, of: folio, key: operationKey)
            }
            return Decision(on: folio, of: book.tenant, operation: operation)
        }.view
    }
}

extension Book {
    /// - Throws: `HoldRefusal.aboveCeiling` for more than the guest has consented to have held.
    func requireWithinCeiling(_ total: Money, of folio: Folio) throws {
        let ceiling = ceiling(of: folio)
        guard total.minorUnits <= ceiling.minorUnits else { throw HoldRefusal.aboveCeiling(ceiling) }
    }

    /// What the guest has agreed to have held on the saved card in all; zero where the consent names nothing.
    private func ceiling(of folio: Folio) -> Money { folio.savedCard?.terms.ceiling ?? .zero(tenant.currency) }

    /// What the folio's other live holds hold.
    func held(beside hold: Hold, among holds: [Hold]) throws -> Money {
        let now = now
        return try Money.sum(holds.filter { $0.number != hold.number && $0.isLive(at: now) }.map(\.held), in: tenant.currency)
    }

    /// What a hold may come to without the guest: what the guest has agreed to in all, less what the other holds hold.
    func most(for hold: Hold, among holds: [Hold], on folio: Folio) throws -> Money {
        try ceiling(of: folio).subtracting(held(beside: hold, among: holds))
    }

    /// - Throws: `HoldRefusal` for a hold that is not raised without the guest, to whatever total.
    func requireMayRaise(_ hold: Hold, among holds: [Hold], on folio: Folio) throws {
        try requireNoReplacement(of: hold, among: holds)
        if !hold.isRaisedByBank { _ = try cardForHolds(hold, among: holds, of: folio) }
        // Whatever the bank refused the card for: each click is a try that its network counts.
        let refused = try folio.savedCard.flatMap { try lastRefusal(ofCard: $0) }
        try requireDistance(refused?.adding(seconds: Renewal.secondsBetweenTries), of: hold)
        guard try most(for: hold, among: holds, on: folio).minorUnits > hold.held.minorUnits else {
            throw HoldRefusal.aboveCeiling(ceiling(of: folio))
        }
    }

    /// A new hold over the whole. On a card that spends the guest's own money, only what is missing: nothing is blocked twice. Neither is cover
    /// given up that the guest has placed for longer, unless what is missing is less than Stripe takes.
    fileprivate func place(_ total: Money, raising hold: Hold, on card: Folio.SavedCard, of folio: Folio, key: String) throws -> Int64 {
        let missing = try total.subtracting(hold.held)
        let isBlockedTwice = card.funding?.blocksMoney == true && !tenant.settings.renewsDebit
        let wouldShorten = mayOutliveNew(hold, on: folio) && missing.minorUnits >= StripeLimits.minimum(in: tenant.currency)
        guard !isBlockedTwice, !wouldShorten else { return try place(missing, on: card, of: folio, key: key) }
        return try place(total, replacing: hold, on: card, of: folio, key: key)
    }

    /// Whether a hold may cover the stay for longer than one that the saved card would get now.
    private func mayOutliveNew(_ hold: Hold, on folio: Folio) -> Bool {
        guard let end = hold.captureBefore else { return false }
        return now.adding(seconds: Renewal.shortestLife) < min(end, tenant.settles(folio))
    }

    /// After the bank has refused one way of raising a hold, the next one is decided in the same transaction.
    func raiseOtherwise(after operation: Operation, _ why: Failure, on folio: Folio) throws {
        guard folio.state == .open, why.isOfStripeOrBank, try mayTake(on: folio), let card = try usableCard(of: folio),
            let tried = try hold(of: operation, on: folio), try !isStep(operation, of: folio)
        else { return }
        let key = Self.keyAfter(operation)
        if operation.kind == OperationKind.increment.rawValue {
            guard tried.isLive(at: now), let total = try operation.raisesTo(in: tenant.currency) else { return }
            _ = try place(total, raising: tried, on: card, of: folio, key: key)
        } else if let old = try holds(of: folio).first(where: { $0.number == tried.replaces }), old.isLive(at: now), !tried.renews(old) {
            _ = try place(try tried.amount.subtracting(old.held), on: card, of: folio, key: key)
        }
    }

    /// The call that was decided when another one was refused; nil where there is none.
    func callInstead(of number: Int64, on folio: Folio) throws -> Int64? {
        guard let refused = try operation(number) else { return nil }
        return try operation(key: Self.keyAfter(refused), of: folio)?.number
    }

    private static func keyAfter(_ operation: Operation) -> String { "\(operation.idempotencyKey)-else" }

    /// Whether a check-out asked for it.
    func isStep(_ operation: Operation, of folio: Folio) throws -> Bool {
        try activeCheckOut(of: folio)?.steps.contains { $0.operation == operation.number } ?? false
    }
}

extension Hold {
    /// Whether the bank is asked to raise it: then the saved card is not used.
    fileprivate var isRaisedByBank: Bool { mayBeRaised && intent != nil }
}

extension Failure {
    /// Whether somebody has said no, rather than nobody anything.
    fileprivate var isOfStripeOrBank: Bool {
        if case .refused = self { return true }
        return isDecline
    }
}
