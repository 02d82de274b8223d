import Ledger
internal import LedgerStore
import Stripe

/// A live hold that ends before its stay is settled is renewed: the bank agrees to a new one, which takes the old one's place in the
/// transaction that learns of it (see `replaceHolds`). `Ledger.Renewal` says when, and when the guest is asked instead.
extension LedgerService {
    /// Renews the holds that are due, and asks the guests where their cards do not do.
    ///
    /// - Parameter onlyNew: Leaves what has been sent, and stops at the first call that gets no answer.
    /// - Returns: How many were renewed, and how many were refused.
    package func renewDueHolds(of tenant: Tenant, onlyNew: Bool = false) async throws -> (renewed: Int, refused: Int) {
        let due = try store.read(of: tenant) { try $0.holdsEndingEarly(by: $0.now.adding(seconds: Renewal.seconds)) }
        var counts = (renewed: 0, refused: 0)
        for place in due {
            // A refusal may leave only the guest: then a page follows at once.
            while let operation = try await beginRenewal(of: place, of: tenant) {
                switch try await dispatch(operation, of: tenant) {
                case .done: counts.renewed += 1
                case .refused:
                    counts.refused += 1
                    continue
                case .unknown(let what, _):
                    if onlyNew { throw ServiceRefusal.stripeUnanswered(what: what) }
                case .parked: break
                }
                break
            }
        }
        return counts
    }

    private func beginRenewal(of place: (folio: Int64, hold: Int64), of tenant: Tenant) async throws -> Int64? {
        let (key, returning) = (random.key(), returnAddress)
        return try await store.write(of: tenant) { try $0.renewIfDue(place.folio, place.hold, returning: returning, key: key) }
    }

    /// Renews a hold now: somebody at the desk asks for it.
    ///
    /// - Throws: `HoldRefusal`; `ServiceRefusal.holdNotFound`, `.stripeRefused`, `.stripeUnanswered`.
    package func renewHold(
        _ number: Int64, of reference: String, of tenantID: String, by actor: String, key: IdempotencyKey? = nil
    ) async throws -> FolioView {
        let operationKey = random.key()
        return try await performWaiting(key, on: reference, of: tenantID) { book in
            let folio = try book.openFolio(reference)
            try book.requireMayTake(on: folio)
            let (hold, holds) = try book.liveHold(number, on: folio)
            let card = try book.cardToRenew(hold, among: holds, on: folio)
            let operation = try book.place(hold.held, replacing: hold, on: card, of: folio, key: operationKey)
            return Decision(on: folio, of: book.tenant, operation: operation)
        }.view
    }
}

extension Book {
    /// What becomes of a hold whose end is near.
    func renewal(of hold: Hold, among holds: [Hold], on folio: Folio) throws -> Renewal {
        let card = try folio.savedCard.map {
            Renewal.Card(bar: try bar(ofCard: $0), funding: $0.funding, lastRefusal: try lastRefusal(ofCard: $0))
        }
        return Renewal(
            of: hold, among: holds, settledBy: tenant.settles(folio), card: card, renewsDebit: tenant.settings.renewsDebit,
            zone: tenant.timeZone, now: now)
    }

    /// - Returns: The hold, and all of the folio's.
    /// - Throws: `ServiceRefusal.holdNotFound`; `HoldRefusal.notLive`, `.replaced`.
    func liveHold(_ number: Int64, on folio: Folio) throws -> (Hold, [Hold]) {
        let holds = try usableHolds(of: folio)
        guard let hold = holds.first(where: { $0.number == number }) else { throw ServiceRefusal.holdNotFound(number) }
        if holds.superseded.contains(number), let next = holds.last(where: { $0.chain == hold.chain && $0.authorised.isPositive }) {
            throw HoldRefusal.replaced(number, by: next.number)
        }
        guard hold.isLive(at: now) else { throw HoldRefusal.notLive(number, hold.state == .authorised ? .expired : hold.state) }
        return (hold, holds)
    }

    /// - Throws: `HoldRefusal.replacementAwaited`: only one hold may take its place.
    func requireNoReplacement(of hold: Hold, among holds: [Hold]) throws {
        if let next = holds.first(where: { $0.replaces == hold.number && $0.state == .requested }) {
            throw HoldRefusal.replacementAwaited(hold.number, by: next.number)
        }
    }

    /// The card on which staff may have a hold renewed now.
    ///
    /// - Throws: `HoldRefusal`.
    func cardToRenew(_ hold: Hold, among holds: [Hold], on folio: Folio) throws -> Folio.SavedCard {
        try requireNoReplacement(of: hold, among: holds)
        let card = try cardForHolds(hold, among: holds, of: folio)
        guard let end = hold.captureBefore, end < tenant.settles(folio) else { throw HoldRefusal.renewalNotNeeded(hold.number) }
        let from = end.adding(seconds: Renewal.leastGain - Renewal.shortestLife)
        guard from <= now else { throw HoldRefusal.renewalTooEarly(hold.number, from: from, tenant.timeZone) }
        try requireDistance(hold.nextTry(among: holds, lastRefusal: try lastRefusal(ofCard: card)), of: hold)
        guard holds.count(where: hold.triesToRenew) < Renewal.mostTries else { throw HoldRefusal.notRenewable(hold.number, .refused) }
        return card
    }

    /// - Throws: `HoldRefusal.triedRecently` before the card may be tried again.
    func requireDistance(_ again: Instant?, of hold: Hold) throws {
        if let again, now < again { throw HoldRefusal.triedRecently(hold.number, again: again, tenant.timeZone) }
    }

    /// The card on which a hold is renewed or raised without the guest.
    ///
    /// - Throws: `HoldRefusal.notRenewable`; `.releaseAwaited` where the bank would have to hold a third time.
    func cardForHolds(_ hold: Hold, among holds: [Hold], of folio: Folio) throws -> Folio.SavedCard {
        guard hold.method == .card else { throw HoldRefusal.notRenewable(hold.number, .method) }
        guard let card = folio.savedCard else { throw HoldRefusal.notRenewable(hold.number, .noCard) }
        if let bar = try bar(ofCard: card) { throw HoldRefusal.notRenewable(hold.number, Renewal.Obstacle(bar)) }
        if let old = holds.first(where: { $0.chain == hold.chain && $0.state == .replaced }) {
            throw HoldRefusal.releaseAwaited(hold.number, of: old.number)
        }
        return card
    }

    /// Decides on a hold on the saved card.
    ///
    /// - Parameter old: The hold whose place it takes; nil for one that adds to the others.
    /// - Returns: The operation that places it.
    func place(_ amount: Money, replacing old: Hold? = nil, on card: Folio.SavedCard, of folio: Folio, key: String) throws -> Int64 {
        let hold = try addHold(amount, origin: .savedCard, method: .card, replacing: old, to: folio)
        let request = try Requests.offSession(
            .hold, amount, subject: (LedgerMetadata.hold, hold.number), replacing: old?.intent, card: card, of: folio, tenant, key: key)
        return try plan(.placeHold, request, folio: folio, subject: hold.number)
    }

    /// - Returns: The operation that asks the bank or the guest now; nil when nothing is due.
    fileprivate func renewIfDue(_ folioNumber: Int64, _ number: Int64, returning: ReturnAddress, key: String) throws -> Int64? {
        guard let folio = try folio(number: folioNumber), folio.state == .open, try mayTake(on: folio),
            try openOperations(folio: folio).allSatisfy(\.movesNothing)
        else { return nil }
        let holds = try holds(of: folio)
        guard let hold = holds.first(where: { $0.number == number }) else { return nil }
        let next = try renewal(of: hold, among: holds, on: folio)
        switch next {
        case .onCard(let at) where at <= now:
            guard let card = folio.savedCard else { return nil }
            return try place(hold.held, replacing: hold, on: card, of: folio, key: key)
        case .byGuest(let at, _) where at <= now:
            try tellUnrenewed(on: folio, anew: true)
            return try askGuest(toRenew: hold, on: folio, returning: returning, key: key)
        case .byHand, .onCard, .byGuest, .running, .notNeeded:
            if case .byHand = next { try tellUnrenewed(on: folio, anew: true) } else { try tellUnrenewed(on: folio) }
            return nil
        }
    }

    /// Gives the guest a page for a new hold, which takes the old one's place when the guest agrees. Where another page is open, that one
    /// comes first, and staff is told.
    private func askGuest(toRenew old: Hold, on folio: Folio, returning: ReturnAddress, key: String) throws -> Int64? {
        guard folio.paymentURL == nil, folio.source == .reservation else { return nil }
        try renewConsent(of: folio, for: .card, holding: old.held)
        let savesOtherCard = try savesOtherCard(.card, of: folio, holding: old.held)
        let hold = try addHold(old.held, origin: .page, method: .card, replacing: old, to: folio)
        let page = try page(.hold(hold), of: folio, savesOtherCard: savesOtherCard, returning: returning, key: key)
        return try plan(.holdPage, page, folio: folio, subject: hold.number)
    }

    /// Says on the folio which holds are not renewed, until when they cover, and why; takes that back where all are.
    ///
    /// - Parameter anew: Something was decided just now: then it goes before what else the folio says.
    func tellUnrenewed(on folio: Folio, anew: Bool = false) throws {
        guard let folio = try self.folio(number: folio.number), folio.state == .open else { return }
        var isTold = false
        if case .holdNotRenewed = folio.notice { isTold = true }
        guard isTold || anew else { return }
        let (now, holds) = (now, try holds(of: folio))
        let superseded = holds.superseded
        var unrenewed: [(hold: Hold, end: Instant, why: Renewal.Obstacle)] = []
        for hold in holds where !superseded.contains(hold.number) {
            guard let end = hold.captureBefore, let why = try whyNotRenewed(hold, among: holds, on: folio) else { continue }
            unrenewed.append((hold, end, why))
        }
        guard let first = unrenewed.min(by: { $0.end < $1.end }) else {
            // It has ended, and covers nothing: that stays told.
            if isTold, !holds.contains(where: { $0.isOver(at: now) && !superseded.contains($0.number) }) { try setNotice(nil, of: folio) }
            return
        }
        let refusal = [.refused, .refusedForNow].contains(first.why) ? holds.last(where: first.hold.triesToRenew)?.failure : nil
        let notice = FolioNotice.holdNotRenewed(
            try Money.sum(unrenewed.map { $0.hold.held }, in: tenant.currency), at: first.end, first.why, why: refusal)
        if notice != folio.notice { try setNotice(notice, of: folio) }
    }

    /// Why a live hold whose end is near is not renewed on its card, also while the guest is asked; nil where it is, or nobody was asked yet.
    private func whyNotRenewed(_ hold: Hold, among holds: [Hold], on folio: Folio) throws -> Renewal.Obstacle? {
        let wasRefused = holds.contains { hold.triesToRenew($0) && $0.state == .failed }
        guard let end = hold.captureBefore, wasRefused || end <= now.adding(seconds: Renewal.seconds) else { return nil }
        // The page that asks the guest says nothing of the card.
        let others = holds.filter { !($0.replaces == hold.number && $0.origin == .page && $0.state == .requested) }
        switch try renewal(of: hold, among: others, on: folio) {
        case .notNeeded: return nil
        case .onCard, .running: return wasRefused ? .refusedForNow : nil
        case .byGuest(let at, let why): return wasRefused || at <= now || others.count < holds.count ? why : nil
        case .byHand(let why): return why
        }
    }
}
