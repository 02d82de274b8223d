import Ledger
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Payments and refunds in the file` {
    let books = try! Books()

    @Test func `a payment on the page comes back as it went in, and is found by page and by intent`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let requested = try await books.database.write {
            try $0.addPayment(tenant.money(4330), origin: .page, method: .card, to: folio, of: tenant)
        }
        #expect(try books.database.read { try $0.payments(of: folio, of: tenant) } == [requested])
        var processing = requested
        processing.state = .processing
        processing.method = .klarna
        processing.session = "cs_1"
        processing.intent = "pi_1"
        processing.failure = .declined("insufficient_funds")
        let saved = processing
        try await books.database.write { try $0.save(saved, of: folio, of: tenant) }
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.payments(of: folio, of: tenant) == [saved])
            let byIntent = try transaction.payment(intent: "pi_1", of: tenant)
            #expect(byIntent?.folio == 1 && byIntent?.number == 1 && byIntent?.state == .processing)
            let bySession = try transaction.payment(session: "cs_1", of: tenant)
            #expect(bySession?.folio == 1 && bySession?.number == 1)
            #expect(try transaction.payment(intent: "pi_9", of: tenant) == nil)
        }
    }

    @Test func `a capture is a payment that names its hold`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let payment = try await books.database.write { transaction in
            let hold = try transaction.hold(6500, intent: "pi_1", on: folio, of: tenant)
            return try transaction.capture(5000, of: hold, on: folio, of: tenant)
        }
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.payments(of: folio, of: tenant) == [payment])
            #expect(payment.hold == 1)
            #expect(try transaction.balance(of: .stripe, of: tenant) == tenant.money(5000))
            #expect(try transaction.balance(of: .folio(reference: "R-4711"), of: tenant) == tenant.money(-5000))
            #expect(try transaction.verify(tenant).defects == [])
        }
    }

    @Test func `a payment out of a hold grows part by part, and is the sum of its entries`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.database.write { transaction in
            var hold = try transaction.hold(6500, intent: "pi_1", on: folio, of: tenant)
            hold.captured = tenant.money(1000)
            try transaction.save(hold, of: folio, of: tenant)
            var payment = try transaction.addPayment(hold.captured, origin: .capture, method: .card, hold: 1, to: folio, of: tenant)
            payment.state = .succeeded
            payment.received = payment.amount
            payment.intent = "pi_1"
            try transaction.save(payment, entry: try transaction.bookPayment(1000, on: folio, of: tenant), of: folio, of: tenant)
            for (units, state) in [(Int64(2000), Hold.State.authorised), (1500, .captured)] {
                hold.captured = tenant.money(hold.captured.minorUnits + units)
                hold.state = state
                try transaction.save(hold, of: folio, of: tenant)
                try transaction.addPart(try transaction.bookPayment(units, on: folio, of: tenant), to: payment, of: folio, of: tenant)
            }
        }
        try books.database.read { (transaction: borrowing Transaction) throws in
            let payments = try transaction.payments(of: folio, of: tenant)
            #expect(payments.map(\.received.minorUnits) == [4500] && payments.map(\.amount.minorUnits) == [4500])
            #expect(payments.map(\.refundable) == [4500])
            #expect(try transaction.balance(of: .stripe, of: tenant) == tenant.money(4500))
            #expect(try transaction.verify(tenant).defects == [])
        }
    }

    @Test func `money without its entry, and an entry without money, are refused`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let payment = try await books.database.write {
            try $0.addPayment(tenant.money(4330), origin: .page, method: .card, to: folio, of: tenant)
        }
        var succeeded = payment
        succeeded.state = .succeeded
        succeeded.received = payment.amount
        let unbooked = succeeded
        await #expect(throws: StoreError.self) { try await books.database.write { try $0.save(unbooked, of: folio, of: tenant) } }
        await #expect(throws: StoreError.self) {
            try await books.database.write { transaction in
                let posting = Posting.payment(payment.amount, folio: folio.reference, on: .arrival, intent: "pi_1")!
                try transaction.save(
                    payment, entry: try transaction.post(posting, folio: folio, by: "stripe", to: tenant), of: folio, of: tenant)
            }
        }
        #expect(try books.database.read { try $0.payments(of: folio, of: tenant) } == [payment])
    }

    @Test func `a refund counts against its payment at once, and cannot be more than it`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let payment = try await books.database.write { try $0.pay(10_000, intent: "pi_1", to: folio, of: tenant) }
        let refund = try await books.database.write {
            try $0.addRefund(tenant.money(7000), of: payment, reason: "Complaint", bill: .unchanged, to: folio, of: tenant)
        }
        let error = await #expect(throws: StoreError.self) {
            try await books.database.write {
                _ = try $0.addRefund(tenant.money(3001), of: payment, reason: "More", bill: .unchanged, to: folio, of: tenant)
            }
        }
        #expect(error?.constraint == .check)
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.refunds(of: folio, of: tenant) == [refund])
            #expect(try transaction.payments(of: folio, of: tenant).first?.refundable == 3000)
            let booked = try transaction.booked(refund, of: folio, of: tenant)
            #expect(!booked.entry && !booked.failureEntry)
        }
    }

    @Test func `a refund is booked, fails later, and comes back`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let refund = try await books.database.write { transaction in
            let payment = try transaction.pay(10_000, intent: "pi_1", to: folio, of: tenant)
            var refund = try transaction.addRefund(
                tenant.money(7000), of: payment, reason: "Complaint", bill: .unchanged, to: folio, of: tenant)
            refund.state = .succeeded
            refund.stripeID = "re_1"
            let posting = Posting.refund(refund.amount, folio: folio.reference, on: .arrival, refund: "re_1")!
            try transaction.save(
                refund, entry: try transaction.post(posting, folio: folio, by: "stripe", to: tenant), of: folio, of: tenant)
            return refund
        }
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.refunds(of: folio, of: tenant) == [refund])
            let found = try transaction.refund(stripeID: "re_1", of: tenant)
            #expect(found?.folio == 1 && found?.number == 1 && found?.state == .succeeded)
            #expect(try transaction.booked(refund, of: folio, of: tenant) == (true, false))
            #expect(try transaction.balance(of: .stripe, of: tenant) == tenant.money(3000))
        }
        try await books.database.write { transaction in
            var failed = refund
            failed.state = .failed
            let posting = Posting.refundFailed(refund.amount, folio: folio.reference, on: .arrival, refund: "re_1")!
            try transaction.save(
                failed, failureEntry: try transaction.post(posting, folio: folio, by: "stripe", to: tenant), of: folio, of: tenant)
            try transaction.giveUp(failed, of: folio, of: tenant)
        }
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.booked(refund, of: folio, of: tenant) == (true, true))
            #expect(try transaction.payments(of: folio, of: tenant).first?.refundable == 10_000)
            #expect(try transaction.balance(of: .stripe, of: tenant) == tenant.money(10_000))
            #expect(try transaction.verify(tenant).defects == [])
        }
    }
}

extension Transaction {
    fileprivate func bookPayment(_ units: Int64, on folio: Folio, of tenant: Tenant) throws -> Int64 {
        let posting = Posting.payment(tenant.money(units), folio: folio.reference, on: .arrival, intent: "pi_1")!
        return try post(posting, folio: folio, by: "stripe", to: tenant)
    }
}
