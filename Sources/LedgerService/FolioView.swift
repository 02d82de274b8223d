import Ledger
internal import LedgerStore

/// Everything about one folio, as it is shown.
package struct FolioView: Sendable {
    package let tenant: Tenant
    package let folio: Folio
    package let lines: [LineItem]
    package let holds: [Hold]
    package let payments: [Payment]
    package let refunds: [Refund]
    /// What these books made at Stripe and do not count: the folio waits for it.
    package let found: [FoundObject]
    package let totals: FolioTotals
    package let taxes: [TaxTotal]
    package let document: Document?
    /// The instant for which holds were judged live.
    package let asOf: Instant

    package var summary: FolioSummary { FolioSummary(folio: folio, totals: totals) }
    package var holdExceeded: Bool { summary.holdExceeded }

    /// A payment is on its way, and the guest has nothing more to do.
    package var waitsForMoneyOnly: Bool { totals.processing.isPositive && !payments.contains { $0.state == .requested } }
}

extension LedgerService {
    /// - Throws: `ServiceRefusal.tenantNotFound`, `.folioNotFound`.
    package func folio(_ reference: String, of tenantID: String) throws -> FolioView {
        try store.read { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            return try transaction.view(of: try transaction.knownFolio(reference, of: tenant), of: tenant)
        }
    }

    /// Folios in order of opening, at most `limit`.
    package func folios(of tenantID: String, state: Folio.State? = nil, limit: Int = 1_000_000) throws -> [FolioSummary] {
        try store.read { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            return try transaction.folios(of: tenant, state: state, limit: limit).map { folio in
                FolioSummary(folio: folio, totals: try transaction.totals(of: folio, of: tenant))
            }
        }
    }
}

extension LedgerService {
    /// Folios that fit, in order of opening, at most `limit`.
    ///
    /// - Parameter after: The reference of the folio to read on from; nil from the first.
    /// - Throws: `ServiceRefusal.tenantNotFound`, `.folioNotFound` for `after`.
    package func folios(_ filter: FolioFilter, after: String?, limit: Int, of tenantID: String) throws -> [FolioSummary] {
        try store.read { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            let start = try after.map { try transaction.knownFolio($0, of: tenant).number } ?? 0
            return try transaction.folios(filter, after: start, limit: limit, of: tenant).map {
                try transaction.summary(of: $0, of: tenant)
            }
        }
    }
}

/// One line of a list of folios.
package struct FolioSummary: Sendable {
    package let folio: Folio
    package let totals: FolioTotals

    /// Whether the stay is no longer covered: more is open than is held and on its way.
    package var holdExceeded: Bool { folio.mode == .reserved && !folio.state.isClosed && totals.uncovered.isPositive }
}

extension Transaction {
    func summary(of folio: Folio, of tenant: Tenant) throws -> FolioSummary {
        FolioSummary(folio: folio, totals: try totals(of: folio, of: tenant))
    }

    func summaries(of folios: [Folio], of tenant: Tenant) throws -> [FolioSummary] {
        var summaries: [FolioSummary] = []
        for folio in folios { summaries.append(try summary(of: folio, of: tenant)) }
        return summaries
    }

    func view(of folio: Folio, of tenant: Tenant) throws -> FolioView {
        let lines = try lines(of: folio, of: tenant)
        return FolioView(
            tenant: tenant, folio: folio, lines: lines, holds: try holds(of: folio, of: tenant),
            payments: try payments(of: folio, of: tenant), refunds: try refunds(of: folio, of: tenant),
            found: try waitingFoundObjects(reference: folio.reference, of: tenant), totals: try totals(of: folio, of: tenant),
            taxes: try TaxTotal.perRate(lines.map { ($0.taxRate, $0.gross) }, in: tenant.currency),
            document: try document(of: folio, of: tenant), asOf: now)
    }

    /// - Parameter holds: The folio's, where they have been read already.
    func totals(of folio: Folio, holds: [Hold]? = nil, of tenant: Tenant) throws -> FolioTotals {
        let (charged, hasHolds, hasPayments) = try chargedAndMore(on: folio, of: tenant)
        let cover = try holds.map { $0.map(\.cover) } ?? (hasHolds ? cover(of: folio, of: tenant) : [])
        let payments = hasPayments ? try payments(of: folio, of: tenant) : []
        // Each gives back from a payment.
        let refunds = hasPayments ? try refunds(of: folio, of: tenant) : []
        return try FolioTotals(
            charged: charged, cover: cover, payments: payments, refunds: refunds,
            movements: try movements(of: folio, refunds, of: tenant), now: now)
    }

    /// Only where a refund left the bill as it was does their order matter.
    private func movements(of folio: Folio, _ refunds: [Refund], of tenant: Tenant) throws -> [FolioMovement]? {
        refunds.contains(where: \.isUndecided) ? try movements(of: folio, of: tenant) : nil
    }

    /// What the folio's check-out plan is computed from, as of now.
    ///
    /// - Parameter new: Lines that are not written yet.
    func checkOutFacts(of folio: Folio, with new: [LineItem] = [], of tenant: Tenant) throws -> CheckOutFacts {
        let (charged, refunds) = (try charged(on: folio, of: tenant), try refunds(of: folio, of: tenant))
        let movements = try movements(of: folio, refunds, of: tenant).map { $0 + new.map { .charge($0.gross.minorUnits) } }
        return CheckOutFacts(
            reference: folio.reference, currency: tenant.currency,
            charged: try Money.sum([charged.sum] + new.map(\.gross), in: tenant.currency), lineCount: charged.count + new.count,
            holds: try holds(of: folio, of: tenant), payments: try payments(of: folio, of: tenant),
            refunds: refunds, movements: movements, savedCard: folio.savedCard?.paymentMethod,
            minimum: StripeLimits.minimum(in: tenant.currency), unit: StripeLimits.unit(in: tenant.currency), now: now)
    }
}

extension FolioSummary {
    /// What went back while the bill stayed as it was, in one or two sentences; `nil` when nothing is set aside.
    package var setAsideWords: Phrase? {
        guard totals.setAside.isPositive else { return nil }
        func words(_ language: Language) -> String { totals.setAside.text(in: language) }
        return folio.state.isClosed
            ? Phrase(
                "\(words(.english)) are set aside: they were given back, the bill stayed as it was, and they are not taken again.",
                "\(words(.german)) sind zurückgestellt: Sie wurden erstattet, die Forderung blieb unverändert, und sie werden nicht wieder "
                    + "eingezogen.")
            : Phrase(
                "\(words(.english)) are set aside: they were given back, and the bill stayed as it was. Decide whether the bill is lowered or the "
                    + "money is taken again; until then no check-out takes it.",
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
            "The guest is owed \(english.amount), and Stripe does not give them back\(english.why). Pay them outside.",
            "Der Gast hat ein Guthaben von \(german.amount), das sich über Stripe nicht erstatten lässt\(german.why). Bitte außerhalb auszahlen."
        )
    }
}
