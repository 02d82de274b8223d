import Ledger
internal import LedgerStore

/// Everything about one folio, as it is shown.
package struct FolioView: Sendable {
    /// Whose folio it is.
    package let tenant: Tenant
    /// Without its lines, holds, payments and refunds, which follow.
    package let folio: Folio
    /// By number.
    package let lines: [LineItem]
    /// By number; those that are over too.
    package let holds: [Hold]
    /// By number; the failed ones too.
    package let payments: [Payment]
    /// By number; the failed ones too.
    package let refunds: [Refund]
    /// What these books made at Stripe and do not count: the folio waits for it.
    package let found: [FoundObject]
    /// As of `asOf`.
    package let totals: FolioTotals
    /// Of all lines, by rate, the lowest first.
    package let taxes: [TaxTotal]
    /// `nil` before the check-out has issued it.
    package let document: Document?
    /// The card that the bill may be taken from without the guest, if nothing else is in the way: its own, or of a late charge its stay's.
    package let chargeableCard: Folio.SavedCard?
    /// What was found after check-out, in order of opening.
    package let lateCharges: [FolioSummary]
    /// The instant for which holds were judged live.
    package let asOf: Instant

    /// Folio and totals alone.
    package var summary: FolioSummary { FolioSummary(folio: folio, totals: totals, riskNotices: riskNotices) }
    /// As in `FolioSummary`.
    package var riskNotices: [RiskNotice] { RiskNotice.all(on: folio, holds, payments, now: asOf) }
    /// As in `FolioSummary`.
    package var holdExceeded: Bool { summary.holdExceeded }

    /// A payment is on its way, and the guest has nothing more to do.
    package var waitsForMoneyOnly: Bool { totals.processing.isPositive && !payments.contains { $0.state == .requested } }
}

extension LedgerService {
    /// - Throws: `TenantNotFound`; `ServiceRefusal.folioNotFound`.
    package func folio(_ reference: String, of tenantID: String) throws -> FolioView {
        try store.read(of: tenantID) { book in
            try book.view(of: try book.knownFolio(reference))
        }
    }

    /// What was issued when the folio was closed.
    ///
    /// - Throws: `ServiceRefusal.documentNotFound` before that; `.folioNotFound`; `TenantNotFound`.
    package func document(of reference: String, of tenantID: String) throws -> Document {
        let view = try folio(reference, of: tenantID)
        guard let document = view.document else { throw ServiceRefusal.documentNotFound(reference, isClosed: view.folio.state.isClosed) }
        return document
    }

    /// Folios that fit, in order of opening, at most `limit`.
    ///
    /// - Parameter after: The reference of the folio to read on from; nil from the first.
    /// - Throws: `TenantNotFound`; `ServiceRefusal.folioNotFound` for `after`.
    package func folios(_ filter: FolioFilter, after: String?, limit: Int, of tenantID: String) throws -> [FolioSummary] {
        try store.read(of: tenantID) { book in
            let start = try after.map { try book.knownFolio($0).number } ?? 0
            return try book.folios(filter, after: start, limit: limit).map {
                try book.summary(of: $0)
            }
        }
    }
}

/// One line of a list of folios.
package struct FolioSummary: Sendable {
    /// Without lines, holds, payments and refunds.
    package let folio: Folio
    /// As of the moment of reading.
    package let totals: FolioTotals
    /// What fraud prevention and banks said, as far as something can be done.
    package let riskNotices: [RiskNotice]

    /// Whether the stay is no longer covered: more is open than is held and on its way.
    package var holdExceeded: Bool { folio.mode == .reserved && !folio.state.isClosed && totals.uncovered.isPositive }

    /// How many more nights the cover carries; `nil` where nothing says what a night costs, or the folio is closed.
    package var nightsCovered: Int64? { folio.nightsCovered(by: totals) }
}

extension Book {
    func summary(of folio: Folio) throws -> FolioSummary {
        let totals = try totals(of: folio)
        return FolioSummary(
            folio: try told(folio, totals), totals: totals,
            riskNotices: try mayConcern(folio)
                ? RiskNotice.all(on: folio, try holds(of: folio), try payments(of: folio), now: now) : [])
    }

    /// A folio as staff is told of it: that a hold has ended is said from that second on, also before Stripe has said so.
    ///
    /// - Parameter holds: The folio's, where they have been read already.
    func told(_ folio: Folio, _ totals: FolioTotals, holds: [Hold]? = nil) throws -> Folio {
        let now = now
        guard totals.hasEndedHold, !folio.state.isClosed, folio.notice.map({ $0.isOutdatedByEnd(at: now) }) ?? true else { return folio }
        let gaps = try (holds ?? self.holds(of: folio)).gaps(uncovered: totals.uncovered, now: now)
        guard let ended = gaps.last(where: { $0.state == .authorised }) else { return folio }
        var folio = folio
        folio.notice = FolioNotice(expired: ended)
        return folio
    }

    func summaries(of folios: [Folio]) throws -> [FolioSummary] {
        var summaries: [FolioSummary] = []
        for folio in folios { summaries.append(try summary(of: folio)) }
        return summaries
    }

    func view(of folio: Folio) throws -> FolioView {
        let (lines, holds, totals) = (try lines(of: folio), try holds(of: folio), try totals(of: folio))
        return FolioView(
            tenant: tenant, folio: try told(folio, totals, holds: holds), lines: lines, holds: holds,
            payments: try payments(of: folio), refunds: try refunds(of: folio),
            found: try waitingFoundObjects(reference: folio.reference), totals: totals,
            taxes: try TaxTotal.perRate(lines.map { ($0.taxRate, $0.gross) }, in: tenant.currency),
            document: try document(of: folio),
            chargeableCard: try cardHolder(of: folio).savedCard,
            lateCharges: folio.state == .checkedOut ? try summaries(of: lateCharges(of: folio)) : [], asOf: now)
    }

    /// - Parameter holds: The folio's, where they have been read already.
    func totals(of folio: Folio, holds: [Hold]? = nil) throws -> FolioTotals {
        let (charged, hasHolds, hasPayments) = try chargedAndMore(on: folio)
        let cover = try holds.map { $0.map(\.cover) } ?? (hasHolds ? cover(of: folio) : [])
        let payments = hasPayments ? try payments(of: folio) : []
        // Each gives back from a payment.
        let refunds = hasPayments ? try refunds(of: folio) : []
        return try FolioTotals(
            charged: charged, cover: cover, payments: payments, refunds: refunds,
            movements: try movements(of: folio, refunds), now: now)
    }

    /// Only where a refund left the bill as it was does their order matter.
    private func movements(of folio: Folio, _ refunds: [Refund]) throws -> [FolioMovement]? {
        refunds.contains(where: \.isUndecided) ? try movements(of: folio) : nil
    }

    /// What the folio's check-out plan is computed from, as of now.
    ///
    /// - Parameter new: Lines that are not written yet.
    func checkOutInput(
        of folio: Folio, with new: [LineItem] = [], isCalledOff: Bool = false
    ) throws -> CheckOutInput {
        let (charged, refunds) = (try charged(on: folio), try refunds(of: folio))
        let movements = try movements(of: folio, refunds).map { $0 + new.map { .charge($0.gross.minorUnits) } }
        return CheckOutInput(
            reference: folio.reference, currency: tenant.currency,
            charged: try Money.sum([charged.sum] + new.map(\.gross), in: tenant.currency), lineCount: charged.count + new.count,
            isCalledOff: isCalledOff,
            holds: try usableHolds(of: folio), payments: try payments(of: folio),
            refunds: refunds, movements: movements, savedCard: try usableCard(of: folio)?.paymentMethod,
            minimum: StripeLimits.minimum(in: tenant.currency), unit: StripeLimits.unit(in: tenant.currency), now: now)
    }
}

extension FolioSummary {
    /// What was refunded while the bill stayed unchanged, in one or two sentences; `nil` when nothing is set aside.
    package var setAsideWords: Phrase? {
        guard totals.setAside.isPositive else { return nil }
        func words(_ language: Language) -> String { totals.setAside.text(in: language) }
        return folio.state.isClosed
            ? Phrase(
                "\(words(.english)) are set aside: they were refunded while the bill stayed unchanged, and are not charged again.",
                "\(words(.german)) sind zurückgestellt: Sie wurden erstattet, die Forderung blieb unverändert, und sie werden nicht wieder "
                    + "eingezogen.")
            : Phrase(
                "\(words(.english)) are set aside: they were refunded while the bill stayed unchanged. Decide whether the bill is lowered or the "
                    + "amount is charged again; until then no check-out charges it.",
                "\(words(.german)) sind zurückgestellt: Sie wurden erstattet, die Forderung blieb unverändert. Bitte entscheiden, ob die Forderung "
                    + "sinkt oder der Betrag wieder eingezogen wird; bis dahin zieht ihn kein Check-out ein.")
    }

    /// What the guest is owed and Stripe does not give back, in one or two sentences; `nil` without such a credit.
    package var openCreditWords: Phrase? {
        guard totals.openCredit.isPositive else { return nil }
        func words(_ language: Language) -> (amount: String, why: String) {
            (totals.openCredit.text(in: language), totals.openCreditReason.map { ": \($0.words(in: language))" } ?? "")
        }
        let (english, german) = (words(.english), words(.german))
        return Phrase(
            "The guest is owed \(english.amount), which cannot be refunded through Stripe\(english.why). Pay the amount outside Stripe.",
            "Der Gast hat ein Guthaben von \(german.amount), das sich über Stripe nicht erstatten lässt\(german.why). Bitte außerhalb auszahlen."
        )
    }
}
