import Ledger
import LedgerService

/// Holds that ended before their stays were settled, with nothing in their place: what their folios showed just then. Counted while the time
/// passes, because a folio keeps only its last notice.
package struct UnrenewedHolds: Hashable, Sendable {
    /// All of them.
    package var count = 0
    /// Those whose folio said before the end that the hold is not renewed, and when it ends.
    package var announced = 0
    /// Those whose folio was shown as covered after the end.
    package var shownCovered = 0

    package init() {}

    /// - Parameters:
    ///   - hold: The one that ends, by its folio as it is shown in the second before.
    ///   - after: The folio as it is shown when it has ended.
    mutating func add(_ hold: Hold, before: FolioView, after: FolioView) {
        count += 1
        if case .holdNotRenewed(_, let end, _, _) = before.folio.notice, end == hold.captureBefore { announced += 1 }
        if after.totals.held.isPositive { shownCovered += 1 }
    }

    static func += (sum: inout UnrenewedHolds, more: UnrenewedHolds) {
        sum.count += more.count
        sum.announced += more.announced
        sum.shownCovered += more.shownCovered
    }
}
