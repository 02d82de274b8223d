import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `What was said of payments, in the file` {
    let books = try! LedgerFile(clock: .noon)

    private static let whole = Risk(
        assessment: Risk.Assessment(
            charge: "ch_1", chargedAt: .noon, level: "elevated", score: 71, cvc: "pass", addressLine1: "fail", postalCode: "unavailable",
            country: "DE", funding: "credit"),
        review: Risk.Review(id: "prv_1", openedAt: .noon, openedReason: "rule"),
        warning: Risk.FraudWarning(id: "issfr_1", warnedAt: .noon, type: "made_with_stolen_card", isActionable: true))

    private func note(_ risk: Risk, _ intent: String, on folio: Folio, _ book: borrowing Book) throws {
        try book.noteRisk(ofIntent: intent, on: folio.number) { $0 = risk }
    }

    @Test func `comes back with the hold, and with what was captured from it`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            let hold = try book.hold(6500, intent: "pi_1", on: folio)
            #expect(try book.risk(ofIntent: "pi_1") == nil && book.holds(of: folio).map(\.risk) == [nil])
            try self.note(Self.whole, "pi_1", on: folio, book)
            _ = try book.capture(5000, of: hold, on: folio)
            _ = try book.pay(100, intent: "pi_2", to: folio)
            #expect(try book.risk(ofIntent: "pi_1") == Self.whole)
            #expect(try book.holds(of: folio).map(\.risk) == [Self.whole])
            #expect(try book.payments(of: folio).map(\.risk) == [Self.whole, nil])
            #expect(try book.knowsObject("prv_1") && book.knowsObject("issfr_1") && !book.knowsObject("prv_2"))
            #expect(try book.folioNumber(ofIntent: "pi_1") == 1 && book.folioNumber(ofIntent: "pi_2") == 1)
            #expect(try book.folioNumber(ofIntent: "pi_3") == nil)
        }
    }

    @Test func `is refused of what is no hold or payment of the folio`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        await #expect(throws: StoreError.self) {
            try await books.store.write(of: tenant) { try self.note(Self.whole, "pi_9", on: folio, $0) }
        }
    }

    @Test(arguments: [
        (Risk(assessment: Risk.Assessment(charge: "ch_1", chargedAt: .noon, level: "normal")), false),
        (Risk(assessment: Risk.Assessment(charge: "ch_1", chargedAt: .noon)), false),
        (Risk(assessment: Risk.Assessment(charge: "ch_1", chargedAt: .noon, level: "highest")), true),
        (Risk(review: Risk.Review(id: "prv_1", openedAt: .noon, openedReason: "rule")), true),
        (Risk(review: Risk.Review(id: "prv_1", openedAt: .noon, openedReason: "rule", closedReason: "approved")), false),
        (Risk(warning: Risk.FraudWarning(id: "issfr_1", warnedAt: .noon, type: "misc", isActionable: true)), true),
        (Risk(warning: Risk.FraudWarning(id: "issfr_1", warnedAt: .noon, type: "misc", isActionable: false)), false),
    ])
    func `may concern a folio as the index says, and every notice is among it`(risk: Risk, concerns: Bool) async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            _ = try book.hold(6500, intent: "pi_1", on: folio)
            try self.note(risk, "pi_1", on: folio, book)
            #expect(try book.mayConcern(folio) == concerns)
            let notices = RiskNotice.all(on: folio, try book.holds(of: folio), [], now: book.now)
            #expect(notices.isEmpty != concerns)
        }
    }

    @Test func `lists what may end without news, and what banks reported in a month`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            _ = try book.hold(6500, intent: "pi_1", on: folio)
            _ = try book.pay(100, intent: "pi_2", to: folio)
            try self.note(Self.whole, "pi_1", on: folio, book)
            let over = Risk(
                review: Risk.Review(id: "prv_2", openedAt: .noon, openedReason: "rule", closedReason: "refunded"),
                warning: Risk.FraudWarning(id: "issfr_2", warnedAt: book.now.adding(seconds: 5), type: "misc", isActionable: false))
            try self.note(over, "pi_2", on: folio, book)
            let underWay = try book.risksUnderWay()
            #expect(underWay.reviews == ["prv_1"] && underWay.warnings == ["issfr_1"])
            let listed = try book.fraudWarnings(from: .noon, before: Instant.noon.adding(seconds: 60), Window(limit: 1))
            #expect(listed.count == 2 && listed.elements.map(\.warning) == [Self.whole.warning])
            #expect(listed.elements.map(\.amount) == [tenant.money(6500)] && listed.elements.map(\.reference) == ["R-4711"])
            #expect(try book.fraudWarnings(from: Instant.noon.adding(seconds: 6), before: .distantFuture, Window(limit: 9)).count == 0)
        }
    }
}
