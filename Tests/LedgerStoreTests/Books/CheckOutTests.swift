import Ledger
import Testing

@testable import LedgerStore

@Suite struct `Check-outs and documents in the file` {
    let books = try! Books()

    /// 343.30 on the folio, 300.00 held, a card saved: capture, then charge the rest.
    private func stay(_ tenant: Tenant) async throws -> (folio: Folio, plan: CheckOutPlan) {
        let folio = try await books.folio(of: tenant)
        let plan = try await books.database.write { transaction in
            try transaction.charge(34_330, to: folio, of: tenant)
            let hold = try transaction.hold(30_000, intent: "pi_1", on: folio, of: tenant)
            return try CheckOutPlan(
                CheckOutFacts(
                    reference: folio.reference, currency: .eur, charged: tenant.money(34_330), lineCount: 1, holds: [hold], payments: [],
                    refunds: [], savedCard: "pm_1", minimum: 50, now: .noon))
        }
        return (folio, plan)
    }

    @Test func `a plan is stored before its first step runs, and the folio takes no more of another`() async throws {
        let tenant = try await books.tenant()
        let (folio, plan) = try await stay(tenant)
        #expect(plan.steps == [.capture(hold: 1, amount: 30_000), .chargeSavedCard(amount: 4330)])
        let number = try await books.database.write {
            try $0.startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio, of: tenant)
        }
        #expect(number == 1)
        try books.database.read { (transaction: borrowing Transaction) throws in
            let active = try #require(try transaction.activeCheckOut(of: folio, of: tenant))
            #expect(active.plan == plan.id && active.due == 34_330 && active.state == .running && active.actor == "reception")
            #expect(active.outcome == .checkedOut)
            #expect(active.steps.map(\.step) == plan.steps)
            #expect(active.steps.map(\.position) == [1, 2])
            #expect(active.steps.allSatisfy { $0.state == .waiting && $0.operation == nil && $0.payment == nil && $0.failure == nil })
            #expect(try transaction.folio(number: 1, of: tenant)?.state == .closing)
            #expect(try transaction.foliosWithRunningCheckOut(of: tenant) == [1])
        }
        let error = await #expect(throws: StoreError.self) {
            try await books.database.write {
                _ = try $0.startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio, of: tenant)
            }
        }
        #expect(error?.constraint != nil)
    }

    @Test func `every kind of step comes back as it was planned`() async throws {
        let tenant = try await books.tenant()
        let (folio, plan) = try await stay(tenant)
        let steps: [CheckOutStep] = [
            .increment(hold: 1, from: 30_000, to: 34_330), .capture(hold: 1, amount: 34_330), .chargeSavedCard(amount: 1),
            .paymentPage(amount: 2), .release(hold: 1, amount: 3), .refund(payment: 1, amount: 4),
        ]
        try await books.database.write { transaction in
            _ = try transaction.pay(100, intent: "pi_2", to: folio, of: tenant)
            _ = try transaction.startCheckOut(plan, outcome: .cancelled, by: "reception", of: folio, of: tenant)
            let active = try transaction.activeCheckOut(of: folio, of: tenant)!
            try transaction.replaceWaitingSteps(of: active, by: steps, of: folio, of: tenant)
        }
        let active = try #require(try books.database.read { try $0.activeCheckOut(of: folio, of: tenant) })
        #expect(active.steps.map(\.step) == plan.steps + steps)
        #expect(active.steps.map(\.state) == [.replaced, .replaced] + Array(repeating: .waiting, count: 6))
        #expect(active.steps.map(\.position) == Array(1...8))
    }

    @Test func `a step gets its operation and payment, and ends; then the check-out does`() async throws {
        let tenant = try await books.tenant()
        let (folio, plan) = try await stay(tenant)
        try await books.database.write { transaction in
            _ = try transaction.startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio, of: tenant)
            let active = try transaction.activeCheckOut(of: folio, of: tenant)!
            let payment = try transaction.addPayment(tenant.money(4330), origin: .savedCard, method: .card, to: folio, of: tenant)
            let operation = try transaction.addOperation(
                "charge_saved_card", folio: folio, subject: payment.number, intent: nil, method: "POST", path: "/v1/payment_intents",
                body: "", idempotencyKey: "key", of: tenant)
            try transaction.setState(.done, of: active.steps[0], active, of: folio, of: tenant)
            try transaction.setOperation(operation, payment: payment.number, of: active.steps[1], active, of: folio, of: tenant)
            try transaction.setState(.refused, failure: .declined("insufficient_funds"), of: active.steps[1], active, of: folio, of: tenant)
            try transaction.setState(.awaitingGuest, of: active, of: folio, of: tenant)
            try transaction.setState(.awaitingGuest, of: folio, of: tenant)
        }
        let waiting = try #require(try books.database.read { try $0.activeCheckOut(of: folio, of: tenant) })
        #expect(waiting.state == .awaitingGuest)
        #expect(waiting.steps.map(\.state) == [.done, .refused])
        #expect(waiting.steps[1].operation == 1 && waiting.steps[1].payment == 1)
        #expect(waiting.steps[1].failure == .declined("insufficient_funds"))
        #expect(try books.database.read { try $0.foliosWithRunningCheckOut(of: tenant) } == [])
        try await books.database.write { transaction in
            try transaction.setState(.incomplete, of: waiting, of: folio, of: tenant)
            try transaction.setState(.open, of: folio, of: tenant)
            _ = try transaction.startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio, of: tenant)
        }
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.checkOuts(of: folio, of: tenant).map(\.state) == [.incomplete, .running])
            #expect(try transaction.activeCheckOut(of: folio, of: tenant)?.number == 2)
        }
    }

    @Test func `documents are numbered without a gap per tenant and year, and come back with their taxes`() async throws {
        let time = TestClock(Instant("2025-12-31T22:59:59Z")!)
        let books = try Books(clock: time.clock)
        let (a, b) = (try await books.tenant("a"), try await books.tenant("b"))
        func issue(_ reference: String, _ tenant: Tenant) async throws -> Document {
            let folio = try await books.folio(reference, of: tenant)
            return try await books.database.write { transaction in
                try transaction.charge(10_700, to: folio, of: tenant)
                try transaction.charge(11_900, .massage, to: folio, of: tenant)
                let taxes = try TaxTotal.perRate(try transaction.grossPerRate(on: folio, of: tenant), in: .eur)
                let document = try transaction.issueDocument(for: folio, of: tenant, gross: tenant.money(22_600), taxes: taxes)
                try transaction.setState(.checkedOut, of: folio, of: tenant)
                return document
            }
        }
        let first = try await issue("R-1", a)
        #expect(first.number == "2025-000001")
        #expect(first.taxes.map(\.tax) == [a.money(700), a.money(1900)])
        #expect(try await issue("R-2", a).number == "2025-000002")
        #expect(try await issue("R-1", b).number == "2025-000001")
        // Midnight in Berlin.
        time.advance(seconds: 1)
        #expect(try await issue("R-3", a).number == "2026-000001")
        try books.database.read { (transaction: borrowing Transaction) throws in
            let folio = try #require(try transaction.folio("R-1", of: a))
            #expect(try transaction.document(of: folio, of: a) == first)
            #expect(folio.documentNumber == first.number)
        }
        let folio = try await books.folio("R-4", of: a)
        #expect(try books.database.read { try $0.document(of: folio, of: a) } == nil)
    }

    @Test func `a folio has one document`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        func issue() async throws {
            _ = try await books.database.write { try $0.issueDocument(for: folio, of: tenant, gross: .zero(.eur), taxes: []) }
        }
        try await issue()
        await #expect(throws: StoreError.self) { try await issue() }
    }
}
