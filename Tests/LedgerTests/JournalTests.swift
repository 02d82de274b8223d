import TestSupport
import Testing

@testable import Ledger

@Suite struct `The journal` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let day = Day("2026-11-20")!
    private static let folio = "folio:R-4711"

    private static func line(_ kind: LineItem.Kind, _ units: Int64, _ category: Category = .lodging, _ rate: String = "7") throws
        -> LineItem
    {
        try LineItem(
            number: 1, kind: kind, LineTerms(category, "x", eur(units)), quantity: 1, taxRate: TaxRate(rate)!, serviceDate: day)
    }

    @Test func `each fact moves the two accounts of the table`() throws {
        func expect(_ posting: Posting?, _ kind: EntryKind, _ debit: String, _ credit: String, _ amount: Int64, _ folio: String? = nil) {
            #expect(posting?.kind == kind && posting?.debit.name == debit && posting?.credit.name == credit)
            #expect(posting?.amount == Self.eur(amount) && posting?.folio == folio)
        }
        let r = "R-4711"
        expect(.line(try Self.line(.charge, 10700), folio: r), .charge, Self.folio, "revenue:lodging:7", 10700, r)
        expect(.line(try Self.line(.charge, 600, .visitorsTax, "none"), folio: r), .charge, Self.folio, "pass_through:visitors_tax", 600, r)
        expect(
            .line(try Self.line(.charge, 600, .cancellation, "none"), folio: r), .charge, Self.folio, "revenue:cancellation:none", 600, r)
        expect(.line(try Self.line(.allowance(of: 1), -500), folio: r), .allowance, "revenue:lodging:7", Self.folio, 500, r)
        expect(.line(try Self.line(.reversal(of: 1), -500), folio: r), .reversal, "revenue:lodging:7", Self.folio, 500, r)
        expect(.line(try Self.line(.reversal(of: 2), 500), folio: r), .reversal, Self.folio, "revenue:lodging:7", 500, r)
        expect(.payment(Self.eur(1), folio: r, on: Self.day, intent: "pi_1"), .payment, "stripe", Self.folio, 1, r)
        expect(.paymentFailed(Self.eur(1), folio: r, on: Self.day, intent: "pi_1"), .paymentFailed, Self.folio, "stripe", 1, r)
        #expect(Posting.paymentFailed(Self.eur(1), folio: r, on: Self.day, intent: "pi_1")?.stripeObject == "pi_1")
        expect(.refund(Self.eur(1), folio: r, on: Self.day, refund: "re_1"), .refund, Self.folio, "stripe", 1, r)
        expect(.refundFailed(Self.eur(1), folio: r, on: Self.day, refund: "re_1"), .refundFailed, "stripe", Self.folio, 1, r)
        expect(.stripeFee(Self.eur(9), on: Self.day, balanceTransaction: "txn_1"), .stripeFee, "stripe_fees", "stripe", 9)
        expect(.stripeFee(Self.eur(-9), on: Self.day, balanceTransaction: "txn_1"), .stripeFeeReturned, "stripe", "stripe_fees", 9)
        expect(.dispute(Self.eur(-9), folio: r, on: Self.day, balanceTransaction: "txn_1"), .dispute, Self.folio, "stripe", 9, r)
        expect(.dispute(Self.eur(9), folio: r, on: Self.day, balanceTransaction: "txn_1"), .disputeReinstated, "stripe", Self.folio, 9, r)
        expect(.disputeWrittenOff(Self.eur(9), folio: r, on: Self.day, dispute: "du_1"), .disputeWrittenOff, "disputes", Self.folio, 9, r)
        expect(
            .disputeWriteOffReversed(Self.eur(9), folio: r, on: Self.day, dispute: "du_1"), .disputeWriteOffReversed, Self.folio,
            "disputes", 9, r)
        expect(.payout(Self.eur(-9), on: Self.day, balanceTransaction: "txn_1"), .payout, "bank_transit", "stripe", 9)
        expect(.payout(Self.eur(9), on: Self.day, balanceTransaction: "txn_1"), .payoutFailed, "stripe", "bank_transit", 9)
        expect(
            .payout(Self.eur(9), on: Self.day, balanceTransaction: "txn_1", hasArrived: true), .payoutFailed, "stripe", "bank", 9)
        expect(.payoutArrived(Self.eur(9), on: Self.day, payout: "po_1"), .payoutArrived, "bank", "bank_transit", 9)
        #expect(Posting.payment(Self.eur(1), folio: r, on: Self.day, intent: "pi_1")?.stripeObject == "pi_1")
    }

    @Test func `what moves nothing, or less, is no entry`() throws {
        for units: Int64 in [0, -1, .min] {
            #expect(Posting.payment(Self.eur(units), folio: "R", on: Self.day, intent: "pi") == nil)
            #expect(Posting.refund(Self.eur(units), folio: "R", on: Self.day, refund: "re") == nil)
        }
        for units: Int64 in [0, .min] {
            #expect(Posting.stripeFee(Self.eur(units), on: Self.day, balanceTransaction: "txn") == nil)
            #expect(Posting.dispute(Self.eur(units), folio: "R", on: Self.day, balanceTransaction: "txn") == nil)
            #expect(Posting.payout(Self.eur(units), on: Self.day, balanceTransaction: "txn") == nil)
            #expect(Posting.line(try Self.line(.reversal(of: 1), units), folio: "R") == nil)
        }
    }

    /// A folio's balance = lines - payments + refunds; Stripe's = what it took in and did not give away; all together nothing.
    @Test(arguments: UInt64(0)..<20)
    func `the books of random facts balance, and each account says what it should`(seed: UInt64) throws {
        var random = Noise(seed: seed)
        var balances: [String: Int64] = [:]
        var guest: Int64 = 0
        var stripe: Int64 = 0
        for _ in 0..<300 {
            let units = Int64.random(in: -9999...9999, using: &random)
            let size = Int64(units.magnitude)
            let posting: Posting?
            switch Int.random(in: 0..<7, using: &random) {
            case 0:
                posting = .line(try Self.line(units < 0 ? .allowance(of: 1) : .charge, units), folio: "R-4711")
                guest += units
            case 1:
                posting = .payment(Self.eur(size), folio: "R-4711", on: Self.day, intent: "pi")
                (guest, stripe) = (guest - size, stripe + size)
            case 2:
                posting = .refund(Self.eur(size), folio: "R-4711", on: Self.day, refund: "re")
                (guest, stripe) = (guest + size, stripe - size)
            case 3:
                posting = .refundFailed(Self.eur(size), folio: "R-4711", on: Self.day, refund: "re")
                (guest, stripe) = (guest - size, stripe + size)
            case 4:
                posting = .stripeFee(Self.eur(units), on: Self.day, balanceTransaction: "txn")
                stripe -= units
            case 5:
                posting = .dispute(Self.eur(units), folio: "R", on: Self.day, balanceTransaction: "txn")
                stripe += units
            default:
                posting = .payout(Self.eur(units), on: Self.day, balanceTransaction: "txn")
                stripe += units
            }
            guard let posting else {
                #expect(units == 0)
                continue
            }
            #expect(posting.amount.isPositive && posting.debit != posting.credit)
            balances[posting.debit.name, default: 0] += posting.amount.minorUnits
            balances[posting.credit.name, default: 0] -= posting.amount.minorUnits
        }
        #expect(balances.values.reduce(0, +) == 0)
        #expect(balances[Self.folio] == guest && balances["stripe"] == stripe)
    }

    // MARK: - The chain

    private struct Fields {
        var number: Int64 = 1
        var kind = "charge"
        var debit = "folio:R-4711"
        var credit = "revenue:lodging:7"
        var amount: Int64 = 10700
        var currency = "eur"
        var folio: String? = "R-4711"
        var occurredOn = Day("2026-11-20")!
        var postedAt = Instant(milliseconds: 1_790_000_000_123)
        var actor = "Anna"
        var stripeObject: String? = "pi_1"
        var previousHash = JournalEntry.genesisHash
        var tenant = "adler"

        var hash: String {
            hexadecimal(
                JournalEntry(
                    number: number, kind: kind, debit: debit, credit: credit, amount: amount, currency: currency, folio: folio,
                    occurredOn: occurredOn,
                    postedAt: postedAt, actor: actor, stripeObject: stripeObject, previousHash: previousHash
                ).hash(tenant: tenant))
        }
    }

    @Test func `the hash changes with every field, and no two entries look the same`() {
        let changes: [(inout Fields) -> Void] = [
            { _ in }, { $0.number = 2 }, { $0.kind = "reversal" }, { $0.debit += " " }, { $0.credit = "revenue:lodging:19" },
            { $0.amount += 1 },
            { $0.currency = "chf" }, { $0.folio = "R-4712" }, { $0.folio = nil }, { $0.folio = "" },
            { $0.occurredOn = $0.occurredOn.adding(days: 1) }, { $0.postedAt = Instant(milliseconds: $0.postedAt.milliseconds + 1) },
            { $0.actor = "Anne" },
            { $0.stripeObject = nil },
            { $0.stripeObject = "" }, { $0.stripeObject = "-" }, { $0.tenant = "adler2" }, { $0.previousHash[31] = 1 },
            { $0.previousHash[0] = 1 },
            // The same letters, in another field.
            {
                $0.kind = "lin"; $0.debit = "e" + $0.debit
            },
            {
                $0.tenant = "adler1"; $0.number = 1
            },
            {
                $0.actor = "Annapi_1"; $0.stripeObject = ""
            },
            {
                $0.folio = nil; $0.stripeObject = "R-4711"
            },
            // Digits that could be read as a length.
            {
                $0.actor = "10abcdefghi"; $0.stripeObject = nil
            },
            {
                $0.actor = "1"; $0.stripeObject = "abcdefghi-"
            },
        ]
        let hashes = changes.map { change in
            var fields = Fields()
            change(&fields)
            return fields.hash
        }
        #expect(Set(hashes).count == hashes.count)
        #expect(hashes.allSatisfy { $0.utf8.count == 64 })
        #expect(Fields().hash == hashes[0])
    }
}
