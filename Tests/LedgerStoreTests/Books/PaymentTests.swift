import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Payments and refunds in the file` {
    let books = try! LedgerFile(clock: .noon)

    @Test func `a payment on the page comes back as it went in, and is found by page and by intent`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let requested = try await books.store.write(of: tenant) {
            try $0.addPayment(tenant.money(4330), origin: .page, method: .card, to: folio)
        }
        #expect(try books.store.read(of: tenant) { try $0.payments(of: folio) } == [requested])
        var processing = requested
        processing.state = .processing
        processing.method = .klarna
        processing.session = "cs_1"
        processing.intent = "pi_1"
        processing.failure = .declined("insufficient_funds")
        let saved = processing
        try await books.store.write(of: tenant) { try $0.save(saved, of: folio) }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.payments(of: folio) == [saved])
            let byIntent = try book.payment(intent: "pi_1")
            #expect(byIntent?.folio == 1 && byIntent?.number == 1 && byIntent?.state == .processing)
            let bySession = try book.payment(session: "cs_1")
            #expect(bySession?.folio == 1 && bySession?.number == 1)
            #expect(try book.payment(intent: "pi_9") == nil)
        }
    }

    @Test func `a capture is a payment that names its hold`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let payment = try await books.store.write(of: tenant) { book in
            let hold = try book.hold(6500, intent: "pi_1", on: folio)
            return try book.capture(5000, of: hold, on: folio)
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.payments(of: folio) == [payment])
            #expect(payment.hold == 1)
            #expect(try book.balance(of: .stripe) == tenant.money(5000))
            #expect(try book.balance(of: .folio(reference: "R-4711")) == tenant.money(-5000))
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `a payment out of a hold grows part by part, and is the sum of its entries`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            var hold = try book.hold(6500, intent: "pi_1", on: folio)
            hold.captured = tenant.money(1000)
            try book.save(hold, of: folio)
            var payment = try book.addPayment(hold.captured, origin: .capture, method: .card, hold: 1, to: folio)
            payment.state = .succeeded
            payment.received = payment.amount
            payment.intent = "pi_1"
            try book.save(payment, entry: try book.bookPayment(1000, on: folio), of: folio)
            for (units, state) in [(Int64(2000), Hold.State.authorised), (1500, .captured)] {
                hold.captured = tenant.money(hold.captured.minorUnits + units)
                hold.state = state
                try book.save(hold, of: folio)
                try book.addPart(try book.bookPayment(units, on: folio), to: payment, of: folio)
            }
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            let payments = try book.payments(of: folio)
            #expect(payments.map(\.received.minorUnits) == [4500] && payments.map(\.amount.minorUnits) == [4500])
            #expect(payments.map(\.refundable) == [4500])
            #expect(try book.balance(of: .stripe) == tenant.money(4500))
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `money without its entry, and an entry without money, are refused`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let payment = try await books.store.write(of: tenant) {
            try $0.addPayment(tenant.money(4330), origin: .page, method: .card, to: folio)
        }
        var succeeded = payment
        succeeded.state = .succeeded
        succeeded.received = payment.amount
        let unbooked = succeeded
        await #expect(throws: StoreError.self) { try await books.store.write(of: tenant) { try $0.save(unbooked, of: folio) } }
        await #expect(throws: StoreError.self) {
            try await books.store.write(of: tenant) { book in
                let posting = Posting.payment(payment.amount, folio: folio.reference, on: .arrival, intent: "pi_1")!
                try book.save(
                    payment, entry: try book.post(posting, folio: folio, by: "stripe"), of: folio)
            }
        }
        #expect(try books.store.read(of: tenant) { try $0.payments(of: folio) } == [payment])
    }

    @Test func `a refund counts against its payment at once, and cannot be more than it`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let payment = try await books.store.write(of: tenant) { try $0.pay(10_000, intent: "pi_1", to: folio) }
        let refund = try await books.store.write(of: tenant) {
            try $0.addRefund(tenant.money(7000), of: payment, reason: "Complaint", bill: .unchanged, to: folio)
        }
        let error = await #expect(throws: StoreError.self) {
            try await books.store.write(of: tenant) {
                _ = try $0.addRefund(tenant.money(3001), of: payment, reason: "More", bill: .unchanged, to: folio)
            }
        }
        #expect(error?.constraint == .check)
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.refunds(of: folio) == [refund])
            #expect(try book.payments(of: folio).first?.refundable == 3000)
            let booked = try book.booked(refund, of: folio)
            #expect(!booked.entry && !booked.failureEntry)
        }
    }

    @Test func `a payment is booked, fails later, and is owed again`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let payment = try await books.store.write(of: tenant) { book in
            try book.charge(10_000, to: folio)
            return try book.pay(10_000, intent: "pi_1", to: folio)
        }
        try await books.store.write(of: tenant) { book in
            for movement in [
                BalanceMovement.of("txn_1", "payment", category: "charge", 10_000, source: "py_1", intent: "pi_1"),
                .of("txn_2", "payment_reversal", category: "charge_failure", -10_000, source: "py_1", intent: "pi_1"),
            ] { _ = try book.book(movement) }
            #expect(try book.unexplainedMovements(.waiting) == [])
            #expect(try book.unbalancedObjects().map(\.moved.minorUnits) == [0], "the failure is not posted yet")
            #expect(try book.chargeFailures(ofIntent: "pi_1").map(\.id) == ["txn_2"])
            #expect(try book.chargeFailures(ofIntent: "pi_2").isEmpty)
            var failed = payment
            let gone = failed.fail(.notPaid)
            let posting = Posting.paymentFailed(gone, folio: folio.reference, on: .arrival, intent: "pi_1")!
            try book.save(failed, failureEntry: try book.post(posting, folio: folio, by: "stripe"), of: folio)
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.payments(of: folio).map(\.failedLater) == [true])
            #expect(try book.movements(of: folio) == [.charge(10_000), .payment(10_000), .failedPayment(10_000)])
            #expect(try book.balance(of: .folio(reference: folio.reference)) == tenant.money(10_000))
            #expect(try book.balance(of: .stripe).isZero)
            #expect(try book.unbalancedObjects() == [])
            #expect(try book.intentSummaries()["pi_1"]?.failedLater == true)
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `a refund that had failed before it was heard of counts nothing`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            let payment = try book.pay(10_000, intent: "pi_1", to: folio)
            let failed = try book.addRefund(
                tenant.money(7000), of: payment, state: .failed, reason: "made at Stripe", bill: .unchanged, to: folio)
            #expect(failed.state == .failed)
            _ = try book.addRefund(tenant.money(10_000), of: payment, reason: "Complaint", bill: .unchanged, to: folio)
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.refunds(of: folio).map(\.state) == [.failed, .requested])
            #expect(try book.payments(of: folio).map(\.refunded) == [tenant.money(10_000)])
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `a refund is booked, fails later, and comes back`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let refund = try await books.store.write(of: tenant) { book in
            let payment = try book.pay(10_000, intent: "pi_1", to: folio)
            var refund = try book.addRefund(
                tenant.money(7000), of: payment, reason: "Complaint", bill: .unchanged, to: folio)
            refund.state = .succeeded
            refund.stripeID = "re_1"
            let posting = Posting.refund(refund.amount, folio: folio.reference, on: .arrival, refund: "re_1")!
            try book.save(
                refund, entry: try book.post(posting, folio: folio, by: "stripe"), of: folio)
            return refund
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.refunds(of: folio) == [refund])
            let found = try book.refund(stripeID: "re_1")
            #expect(found?.folio == 1 && found?.number == 1 && found?.state == .succeeded)
            #expect(try book.booked(refund, of: folio) == (true, false))
            #expect(try book.balance(of: .stripe) == tenant.money(3000))
        }
        try await books.store.write(of: tenant) { book in
            var failed = refund
            failed.state = .failed
            let posting = Posting.refundFailed(refund.amount, folio: folio.reference, on: .arrival, refund: "re_1")!
            try book.save(
                failed, failureEntry: try book.post(posting, folio: folio, by: "stripe"), of: folio)
            try book.releaseRefund(failed, of: folio)
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.booked(refund, of: folio) == (true, true))
            #expect(try book.payments(of: folio).first?.refundable == 10_000)
            #expect(try book.balance(of: .stripe) == tenant.money(10_000))
            #expect(try book.verify().defects == [])
        }
    }
}

extension Book {
    fileprivate func bookPayment(_ units: Int64, on folio: Folio) throws -> Int64 {
        let posting = Posting.payment(tenant.money(units), folio: folio.reference, on: .arrival, intent: "pi_1")!
        return try post(posting, folio: folio, by: "stripe")
    }
}
