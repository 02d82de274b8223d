import Foundation
import Ledger
import TestStore
import TestSupport

@testable import LedgerStore

/// Two tenants with something in every table, as the bytes of a ledger file.
///
/// Tenant 1 keeps euros: folio 1 is open with five lines, holds, payments and a refund; folio 2 is checked out; folio 3 is being
/// checked out; October 2025 is closed, and billed to tenant 1 by fee run 1. Tenant 2 keeps francs and has more folios, accounts and entries than tenant 1, so that there
/// are numbers that only tenant 2 has.
enum AttackedBook {
    static let bytes = Task { try await make() }

    private static func make() async throws -> Data {
        let time = SettableClock(Instant("2025-10-01T10:00:00Z")!)
        let books = try LedgerFile(clock: time)
        let (mine, other) = (try await books.tenant("mine"), try await books.tenant("other", currency: Currency("chf")!))
        try await books.store.write(of: mine) { book in
            _ = try book.book(.of("txn_1", "charge", 10_000, fee: 175, method: .card, on: "2025-10-10"))
        }
        time.advance(seconds: 54 * 86_400)
        try await books.store.write(of: mine) { book in
            _ = try book.close(try book.statement(month: Month("2025-10")!)!)
            _ = try book.book(.of("txn_payout", "payout", -1))
            _ = try book.book(.of("txn_2", "charge", 500, fee: 30, method: .card))
            try book.openFolio()
            try book.closedFolio()
            try book.closingFolio()
            _ = try book.keepEvent("evt_1", type: "payout.paid", objectID: "po_1", createdAt: .noon, body: "{}")
            try book.save(
                Payout(id: "po_1", amount: mine.money(100), state: "paid", arrivalDate: .arrival, automatic: true, created: .noon))
        }
        try await books.store.write(of: other) { book in
            for number in 1...20 {
                let folio = try book.addStay("B-\(number)")
                for _ in 1...3 { try book.charge(100, to: folio) }
            }
        }
        try await books.store.write(of: mine) { book in
            try book.access()
            try book.watched()
        }
        try await books.store.write { try $0.billOctober() }
        books.store.close()
        return try Data(contentsOf: URL(fileURLWithPath: books.path))
    }
}

extension Transaction {
    /// Run 1 with one row, of tenant 1, and the number of its invoice.
    fileprivate func billOctober() throws {
        let month = Month("2025-10")!
        let rows = try contracts().filter { $0.tenant == "mine" }.compactMap { try $0.feeRow(of: month) }
        let run = try addFeeRun(month, rows, hash: FeeRun.hash(month, after: 0, rows), by: "operator")
        try addFeeInvoice("RE-1", of: try tenant("mine")!, run: run, by: "operator")
    }
}

extension Book {
    fileprivate func openFolio() throws {
        let folio = try addStay("R-1")
        var lines = [try charge(1000, to: folio)]
        func add(_ line: LineItem) throws {
            try self.add(line, to: folio, by: "reception")
            lines.append(line)
        }
        try add(try lines.allowance(of: 1, amount: tenant.money(200), reason: "Noise"))
        lines.append(try charge(350, .minibar, to: folio))
        try add(try lines.reversal(of: 3, reason: "Not taken"))
        try charge(5950, .massage, to: folio)
        _ = try capture(5000, of: try hold(6500, intent: "pi_1", on: folio), on: folio)
        _ = try hold(3000, intent: "pi_3", on: folio)
        let payment = try pay(1000, intent: "pi_2", to: folio)
        var refund = try addRefund(tenant.money(400), of: payment, reason: "Complaint", bill: .unchanged, to: folio)
        refund.state = .succeeded
        refund.stripeID = "re_1"
        let posting = Posting.refund(refund.amount, folio: folio.reference, on: .arrival, refund: "re_1")!
        try save(refund, entry: try post(posting, folio: folio, by: "stripe"), of: folio)
        _ = try addPayment(tenant.money(100), origin: .page, method: .card, to: folio)
        try judged(folio)
    }

    /// What was said of pi_1, a hold, and of pi_2, a payment: of the second one a review that is closed, and a warning.
    private func judged(_ folio: Folio) throws {
        try noteRisk(ofIntent: "pi_1", on: folio.number) {
            $0.observe(Risk.Assessment(charge: "ch_1", chargedAt: .noon, level: "elevated", score: 71, cvc: "pass", country: "DE"))
        }
        try noteRisk(ofIntent: "pi_2", on: folio.number) {
            $0.observe(Risk.Review(id: "prv_1", openedAt: .noon, openedReason: "rule", closedReason: "approved"))
            $0.observe(Risk.FraudWarning(id: "issfr_1", warnedAt: .noon, type: "misc", isActionable: true), isCurrent: true)
        }
    }

    /// Two webhook secrets of the name desk, the first one replaced; a place that is known; a line of the audit list; a refund decided on.
    fileprivate func watched() throws {
        try setSealedStripeKey([1])
        try addSealedWebhookSecret([10], named: "desk")
        try endWebhookSecrets(named: "desk", after: 86_400)
        try addSealedWebhookSecret([20], named: "desk")
        try transaction.noteKnown("192.0.2.1")
        try transaction.audit(NewAuditEntry(.userAdded, "anna (reception)", isConfirmed: true), of: tenant, by: "user:boss")
        try noteRefundDecision(400, on: try folio("R-1")!, by: "user:anna")
    }

    /// Tokens shop, old (revoked) and monitoring (the operator's); users anna, gone (disabled) and otto (the operator's); two sessions of
    /// anna's, the second one over; a failed try.
    fileprivate func access() throws {
        func digest(_ text: String) -> [UInt8] { SHA256.digest(text.utf8) }
        let shop = try transaction.addToken(
            "shop", role: .integration, of: tenant, digest: digest("shop"), expires: now.adding(seconds: 86_400), by: "cli")
        try transaction.tokenUsed(shop)
        try transaction.revokeToken(
            try transaction.addToken("old", role: .admin, of: tenant, digest: digest("old"), expires: nil, by: "cli"))
        _ = try transaction.addToken("monitoring", role: .operator, of: nil, digest: digest("monitoring"), expires: nil, by: "cli")
        for (name, role, place) in [("anna", Role.reception, tenant), ("gone", .admin, tenant), ("otto", .operator, nil)] {
            _ = try transaction.addUser(name, role: role, of: place, passwordHash: "$y$j9T$\(name)", by: "cli")
        }
        try transaction.disableUser(try transaction.user("gone", of: tenant)!)
        let anna = try transaction.user("anna", of: tenant)!
        for secret in ["first", "second"] {
            try transaction.addSession(
                of: anna, digest: digest(secret), csrf: "csrf-of-\(secret)-0123456789", expires: now.adding(seconds: 604_800))
        }
        try transaction.endSession(try transaction.session(digest: digest("second"))!)
        _ = try transaction.addLoginFailure(of: digest("login"), from: "192.0.2.1")
    }

    fileprivate func closedFolio() throws {
        let folio = try addStay("R-2")
        try charge(10_700, to: folio)
        let taxes = try TaxTotal.perRate(try grossPerRate(on: folio), in: tenant.currency)
        _ = try issueDocument(for: folio, gross: tenant.money(10_700), taxes: taxes)
        try setState(.checkedOut, of: folio)
    }

    fileprivate func closingFolio() throws {
        let folio = try addStay("R-3")
        try charge(2000, to: folio)
        let hold = try hold(3000, intent: "pi_4", on: folio)
        let plan = try CheckOutPlan(
            CheckOutInput(
                reference: "R-3", currency: tenant.currency, charged: tenant.money(2000), lineCount: 1, holds: [hold], payments: [],
                refunds: [], savedCard: nil, minimum: 50, now: now))
        _ = try startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio)
        let active = try activeCheckOut(of: folio)!
        let operation = try addOperation(
            "capture", folio: folio, subject: 1, intent: "pi_4", method: "POST", path: "/v1/payment_intents/pi_4/capture", body: "",
            idempotencyKey: "key")
        try setOperation(operation, payment: nil, of: active.steps[0], active, of: folio)
    }
}
