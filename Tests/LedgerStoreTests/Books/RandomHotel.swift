import Ledger
import TestSupport

@testable import LedgerStore

/// A tenant whose days are made up by a seed, and what its book must come to.
struct RandomHotel: Sendable {
    let tenant: Tenant
    private var random: Noise
    private var folios: [Folio] = []
    private var serial = 0
    /// What each account must show, worked out beside the book: debits minus credits.
    private(set) var expected: [String: Int64] = [:]
    private(set) var steps = 0

    init(_ tenant: Tenant, seed: UInt64) {
        self.tenant = tenant
        random = Noise(seed: seed)
    }

    /// One thing that happens in a hotel.
    mutating func step(_ book: borrowing Book) throws {
        steps += 1
        serial += 1
        guard let folio = folios.randomElement(using: &random), Int.random(in: 0..<12, using: &random) > 0 else {
            return folios.append(try book.addStay("R-\(serial)"))
        }
        switch Int.random(in: 0..<10, using: &random) {
        case 0...4: try charge(folio, book)
        case 5: try lower(folio, book)
        case 6: try hold(folio, book)
        case 7: try pay(folio, book)
        case 8: try refund(folio, book)
        default: try move(book)
        }
    }

    private mutating func expect(_ debit: String, _ credit: String, _ amount: Int64) {
        expected[debit, default: 0] += amount
        expected[credit, default: 0] -= amount
    }

    private mutating func charge(_ folio: Folio, _ book: borrowing Book) throws {
        let category = [Ledger.Category.lodging, .minibar, .massage, .visitorsTax].randomElement(using: &random)!
        let line = try book.charge(
            .random(in: 1...50_000, using: &random), category, quantity: .random(in: 1...3, using: &random), to: folio)
        expect("folio:\(folio.reference)", Account.income(category, line.taxRate).name, line.gross.minorUnits)
    }

    /// An allowance or a reversal, of a line that may or may not let itself be lowered.
    private mutating func lower(_ folio: Folio, _ book: borrowing Book) throws {
        let lines = try book.lines(of: folio)
        guard let original = lines.randomElement(using: &random) else { return }
        let amount = tenant.money(.random(in: 1...5000, using: &random))
        let reverse = Bool.random(using: &random)
        do {
            let line =
                try reverse
                ? lines.reversal(of: original.number, reason: "why") : lines.allowance(of: original.number, amount: amount, reason: "why")
            try book.add(line, to: folio, by: "reception")
            expect("folio:\(folio.reference)", Account.income(line.category, line.taxRate).name, line.gross.minorUnits)
        } catch is LineRefusal {}
    }

    private mutating func hold(_ folio: Folio, _ book: borrowing Book) throws {
        let held = Int64.random(in: 100...90_000, using: &random)
        let hold = try book.hold(held, intent: "pi_\(serial)", on: folio)
        let assessment = Risk.Assessment(charge: "ch_\(serial)", chargedAt: book.now, level: "normal")
        try book.noteRisk(ofIntent: "pi_\(serial)", on: folio.number) { $0.observe(assessment) }
        guard Bool.random(using: &random) else { return }
        let taken = Int64.random(in: 1...held, using: &random)
        _ = try book.capture(taken, of: hold, on: folio)
        expect("stripe", "folio:\(folio.reference)", taken)
    }

    private mutating func pay(_ folio: Folio, _ book: borrowing Book) throws {
        let amount = Int64.random(in: 1...90_000, using: &random)
        _ = try book.pay(amount, intent: "pi_\(serial)", to: folio)
        expect("stripe", "folio:\(folio.reference)", amount)
    }

    private mutating func refund(_ folio: Folio, _ book: borrowing Book) throws {
        let payments = try book.payments(of: folio).filter { $0.refundable > 0 }
        guard let payment = payments.randomElement(using: &random) else { return }
        let amount = Int64.random(in: 1...payment.refundable, using: &random)
        var refund = try book.addRefund(
            tenant.money(amount), of: payment, reason: "why", bill: .unchanged, to: folio)
        refund.state = .succeeded
        refund.stripeID = "re_\(serial)"
        let posting = Posting.refund(refund.amount, folio: folio.reference, on: .arrival, refund: "re_\(serial)")!
        try book.save(
            refund, entry: try book.post(posting, folio: folio, by: "stripe"), of: folio)
        expect("folio:\(folio.reference)", "stripe", amount)
    }

    private mutating func move(_ book: borrowing Book) throws {
        let amount = Int64.random(in: 1...90_000, using: &random)
        let fee = Int64.random(in: -50...500, using: &random)
        let kind = Int.random(in: 0..<3, using: &random)
        let movement: BalanceMovement =
            switch kind {
            case 0: .of("txn_\(serial)", "charge", amount, fee: fee, method: .card)
            case 1: .of("txn_\(serial)", "payout", -amount, fee: fee)
            default: .of("txn_\(serial)", "adjustment", category: "dispute", -amount, fee: fee)
            }
        _ = try book.book(movement)
        // Nothing in this hotel explains a dispute without a payment.
        if kind == 2 { try book.settle(movement) }
        expect("stripe_fees", "stripe", fee)
        if kind == 1 { expect("bank_transit", "stripe", amount) }
        if kind == 2 { expect("suspense:adjustment", "stripe", amount) }
    }
}
