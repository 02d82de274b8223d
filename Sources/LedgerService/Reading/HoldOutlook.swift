import Ledger
internal import LedgerStore

/// What becomes of a live hold by itself, and what staff may do about it without the guest.
package struct HoldOutlook: Sendable {
    /// As it is kept.
    package let hold: Hold
    /// What happens before its stay is settled; nil where it lives long enough.
    package let next: EndingHold.Next?
    /// How often the bank was asked for a new hold in its place.
    package let tries: Int
    /// What the bank said last; nil where it was not asked.
    package let refusal: Failure?
    /// Whether staff may have it renewed now.
    package let mayRenew: Bool
    /// The most that it may hold without the guest, more than it holds; nil where it is not raised without the guest.
    package let most: Money?

    /// Whether nobody has to do anything about it: it lives long enough, or is renewed without the guest.
    package var isByItself: Bool {
        switch next {
        case nil, .renewal, .running: true
        case .guest, .asked, .nothing, .ended, .missing: false
        }
    }
}

/// What staff is shown before it raises a hold.
package struct RaisePreview: Sendable {
    /// The folio, as it is now.
    package let view: FolioView
    /// A live one.
    package let hold: Hold
    /// The most that it may hold without the guest, as far as the guest has agreed to.
    package let most: Money
    /// Why it is not raised without the guest; nil where it may be.
    package let refusal: HoldRefusal?
}

extension LedgerService {
    /// Of the live holds of an open folio, by number; none of a folio that is not open.
    ///
    /// - Throws: `TenantNotFound`; `ServiceRefusal.folioNotFound`.
    package func holdOutlooks(on reference: String, of tenantID: String) throws -> [HoldOutlook] {
        try store.read(of: tenantID) { book in
            let folio = try book.knownFolio(reference)
            guard folio.state == .open else { return [] }
            let holds = try book.holds(of: folio)
            var outlooks: [HoldOutlook] = []
            for hold in holds where hold.isLive(at: book.now) { outlooks.append(try book.outlook(of: hold, among: holds, on: folio)) }
            return outlooks
        }
    }

    /// The folio and the hold that `renewHold` would renew now.
    ///
    /// - Throws: What `renewHold` refuses.
    package func renewalPreview(
        _ number: Int64, of reference: String, of tenantID: String
    ) throws -> (view: FolioView, hold: Hold) {
        try store.read(of: tenantID) { book in
            let folio = try book.openFolio(reference)
            let (hold, holds) = try book.liveHold(number, on: folio)
            _ = try book.cardToRenew(hold, among: holds, on: folio)
            return (try book.view(of: folio), hold)
        }
    }

    /// The folio, the hold that `raiseHold` would raise, and how far.
    ///
    /// - Throws: `ServiceRefusal.holdNotFound`; `HoldRefusal.notLive`, `.replaced`; those of a folio that is not open.
    package func raisePreview(_ number: Int64, of reference: String, of tenantID: String) throws -> RaisePreview {
        try store.read(of: tenantID) { book in
            let folio = try book.openFolio(reference)
            let (hold, holds) = try book.liveHold(number, on: folio)
            return RaisePreview(
                view: try book.view(of: folio), hold: hold, most: try book.most(for: hold, among: holds, on: folio),
                refusal: try book.refusalToRaise(hold, among: holds, on: folio))
        }
    }
}

extension Book {
    fileprivate func outlook(of hold: Hold, among holds: [Hold], on folio: Folio) throws -> HoldOutlook {
        let tries = holds.filter(hold.triesToRenew)
        let refusal = try refusalToRaise(hold, among: holds, on: folio)
        return HoldOutlook(
            hold: hold, next: try next(of: hold, among: holds, on: folio), tries: tries.count,
            refusal: tries.last { $0.failure != nil }?.failure, mayRenew: try mayRenew(hold, among: holds, on: folio),
            most: refusal == nil ? try most(for: hold, among: holds, on: folio) : nil)
    }

    private func mayRenew(_ hold: Hold, among holds: [Hold], on folio: Folio) throws -> Bool {
        do {
            _ = try cardToRenew(hold, among: holds, on: folio)
            return true
        } catch is HoldRefusal {
            return false
        }
    }

    fileprivate func refusalToRaise(_ hold: Hold, among holds: [Hold], on folio: Folio) throws -> HoldRefusal? {
        do {
            try requireMayRaise(hold, among: holds, on: folio)
            return nil
        } catch let refusal as HoldRefusal {
            return refusal
        }
    }
}
