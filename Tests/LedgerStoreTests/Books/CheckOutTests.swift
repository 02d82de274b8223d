import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Check-outs and documents in the file` {
    let books = try! LedgerFile(clock: .noon)

    /// 343.30 on the folio, 300.00 held, a card saved: capture, then charge the rest.
    private func stay(_ tenant: Tenant) async throws -> (folio: Folio, plan: CheckOutPlan) {
        let folio = try await books.folio(of: tenant)
        let plan = try await books.store.write(of: tenant) { book in
            try book.charge(34_330, to: folio)
            let hold = try book.hold(30_000, intent: "pi_1", on: folio)
            return try CheckOutPlan(
                CheckOutInput(
                    reference: folio.reference, currency: .eur, charged: tenant.money(34_330), lineCount: 1, holds: [hold], payments: [],
                    refunds: [], savedCard: "pm_1", minimum: 50, now: .noon))
        }
        return (folio, plan)
    }

    @Test func `a plan is stored before its first step runs, and the folio takes no more of another`() async throws {
        let tenant = try await books.tenant()
        let (folio, plan) = try await stay(tenant)
        #expect(plan.steps == [.capture(hold: 1, amount: 30_000), .chargeSavedCard(amount: 4330)])
        let number = try await books.store.write(of: tenant) {
            try $0.startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio)
        }
        #expect(number == 1)
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            let active = try #require(try book.activeCheckOut(of: folio))
            #expect(active.plan == plan.id && active.due == 34_330 && active.state == .running && active.actor == "reception")
            #expect(active.outcome == .checkedOut)
            #expect(active.steps.map(\.step) == plan.steps)
            #expect(active.steps.map(\.position) == [1, 2])
            #expect(active.steps.allSatisfy { $0.state == .waiting && $0.operation == nil && $0.payment == nil && $0.failure == nil })
            #expect(try book.folio(number: 1)?.state == .closing)
            #expect(try book.foliosWithRunningCheckOut() == [1])
        }
        let error = await #expect(throws: StoreError.self) {
            try await books.store.write(of: tenant) {
                _ = try $0.startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio)
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
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(100, intent: "pi_2", to: folio)
            _ = try book.startCheckOut(plan, outcome: .cancelled, by: "reception", of: folio)
            let active = try book.activeCheckOut(of: folio)!
            try book.replaceWaitingSteps(of: active, by: steps, of: folio)
        }
        let active = try #require(try books.store.read(of: tenant) { try $0.activeCheckOut(of: folio) })
        #expect(active.steps.map(\.step) == plan.steps + steps)
        #expect(active.steps.map(\.state) == [.replaced, .replaced] + Array(repeating: .waiting, count: 6))
        #expect(active.steps.map(\.position) == Array(1...8))
    }

    @Test func `a step gets its operation and payment, and ends; then the check-out does`() async throws {
        let tenant = try await books.tenant()
        let (folio, plan) = try await stay(tenant)
        try await books.store.write(of: tenant) { book in
            _ = try book.startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio)
            let active = try book.activeCheckOut(of: folio)!
            let payment = try book.addPayment(tenant.money(4330), origin: .savedCard, method: .card, to: folio)
            let operation = try book.addOperation(
                "charge_saved_card", folio: folio, subject: payment.number, intent: nil, method: "POST", path: "/v1/payment_intents",
                body: "", idempotencyKey: "key")
            try book.setState(.done, of: active.steps[0], active, of: folio)
            try book.setOperation(operation, payment: payment.number, of: active.steps[1], active, of: folio)
            try book.setState(.refused, failure: .declined("insufficient_funds"), of: active.steps[1], active, of: folio)
            try book.setState(.awaitingGuest, of: active, of: folio)
            try book.setState(.awaitingGuest, of: folio)
        }
        let waiting = try #require(try books.store.read(of: tenant) { try $0.activeCheckOut(of: folio) })
        #expect(waiting.state == .awaitingGuest)
        #expect(waiting.steps.map(\.state) == [.done, .refused])
        #expect(waiting.steps[1].operation == 1 && waiting.steps[1].payment == 1)
        #expect(waiting.steps[1].failure == .declined("insufficient_funds"))
        #expect(try books.store.read(of: tenant) { try $0.foliosWithRunningCheckOut() } == [])
        try await books.store.write(of: tenant) { book in
            try book.setState(.incomplete, of: waiting, of: folio)
            try book.setState(.open, of: folio)
            _ = try book.startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio)
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.checkOuts(of: folio).map(\.state) == [.incomplete, .running])
            #expect(try book.activeCheckOut(of: folio)?.number == 2)
        }
    }

    @Test func `documents are numbered without a gap per tenant and year, and come back with their taxes`() async throws {
        let time = SettableClock(Instant("2025-12-31T22:59:59Z")!)
        let books = try LedgerFile(clock: time)
        let (a, b) = (try await books.tenant("a"), try await books.tenant("b"))
        func issue(_ reference: String, _ tenant: Tenant) async throws -> Document {
            let folio = try await books.folio(reference, of: tenant)
            return try await books.store.write(of: tenant) { book in
                try book.charge(10_700, to: folio)
                try book.charge(11_900, .massage, to: folio)
                let taxes = try TaxTotal.perRate(try book.grossPerRate(on: folio), in: .eur)
                let document = try book.issueDocument(for: folio, gross: tenant.money(22_600), taxes: taxes)
                try book.setState(.checkedOut, of: folio)
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
        try books.store.read(of: a) { (book: borrowing Book) throws in
            let folio = try #require(try book.folio("R-1"))
            #expect(try book.document(of: folio) == first)
            #expect(folio.documentNumber == first.number)
        }
        let folio = try await books.folio("R-4", of: a)
        #expect(try books.store.read(of: a) { try $0.document(of: folio) } == nil)
    }

    @Test func `a folio has one document`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        func issue() async throws {
            _ = try await books.store.write(of: tenant) { try $0.issueDocument(for: folio, gross: .zero(.eur), taxes: []) }
        }
        try await issue()
        await #expect(throws: StoreError.self) { try await issue() }
    }
}
