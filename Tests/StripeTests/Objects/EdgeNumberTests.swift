import Foundation
import Ledger
import Testing

@testable import Stripe

/// Each number of each object, replaced by what Stripe would never send: it is refused, or can be reckoned with.
@Suite struct `Numbers in Stripe's objects` {
    private static let numbers = [
        "-9223372036854775808", "9223372036854775807", "9223372036854775808", "-1", "0", "1000000000000000000", "-1000000000000000000",
        "9007199254740992", "1152921504606846976", "1e308", "1e999", "0.5", "\"12\"", "\"\"", "true", "[]", "{}",
    ]
    private static let charge = Recorded.charge(captured: true)
    private static let movement = """
        {"id":"txn_1","object":"balance_transaction","amount":5000,"fee":100,"net":4900,"currency":"eur","created":1780000000,
         "available_on":1780500000,"status":"pending","type":"charge","reporting_category":"charge","description":null,
         "fee_details":[{"amount":100,"currency":"eur","type":"stripe_fee","description":"fees"}],"source":\(charge)}
        """

    /// Reads an object and does with its numbers what is done with them.
    private struct Kind: Sendable {
        let name: String
        let text: String
        let read: @Sendable (Data) throws -> [Int64]
    }

    private static func kind<Object: Decodable & Sendable>(
        _ text: String, _ numbers: @escaping @Sendable (Object) -> [Int64], times: @escaping @Sendable (Object) -> [Instant?]
    ) -> Kind {
        Kind(name: "\(Object.self)", text: text) { data in
            let object = try JSONDecoder().decode(Object.self, from: data)
            for instant in times(object) { #expect(instant.map { Instant.range.contains($0.milliseconds) } ?? true) }
            for instant in times(object) { #expect(instant.map { Day($0.day(in: .gmt).description) != nil } ?? true) }
            return numbers(object)
        }
    }

    private static let kinds: [Kind] = [
        kind(
            Recorded.hold,
            { (i: PaymentIntent) in
                let card = i.latestCharge?.object?.paymentMethodDetails?.card
                return [
                    i.amount, i.amountCapturable, i.amountReceived, card?.maximumAmountCapturable ?? 0, Int64(card?.expiryYear ?? 0),
                    Int64(card?.expiryMonth ?? 0),
                ]
            }, times: { [$0.created, $0.canceledAt, $0.latestCharge?.object?.paymentMethodDetails?.card?.captureBefore] }),
        kind(charge, { (c: Charge) in [c.amount, c.amountCaptured, c.amountRefunded] }, times: { [$0.created] }),
        kind(
            movement, { (b: BalanceTransaction) in [b.amount, b.fee, b.net] + b.feeDetails.map { $0.amount ?? 0 } },
            times: { [$0.created, $0.availableOn] }),
        kind(
            #"{"id":"re_1","object":"refund","amount":500,"currency":"eur","created":1780000000,"status":"succeeded","charge":"ch_1","payment_intent":"pi_1","metadata":{}}"#,
            { (r: Stripe.Refund) in [r.amount] }, times: { [$0.created] }),
        kind(
            #"{"id":"cs_1","object":"checkout.session","amount_total":6500,"currency":"eur","created":1780000000,"expires_at":1780086400,"metadata":{}}"#,
            { (s: CheckoutSession) in [s.amountTotal ?? 0] }, times: { [$0.created, $0.expiresAt] }),
        kind(
            #"{"id":"po_1","object":"payout","status":"paid","amount":4900,"currency":"eur","automatic":true,"created":1,"arrival_date":2}"#,
            { (p: Stripe.Payout) in [p.amount] }, times: { [$0.created, $0.arrivalDate] }),
        kind(
            #"{"id":"du_1","object":"dispute","status":"lost","amount":5000,"currency":"eur","created":1,"charge":"ch_1","balance_transactions":[\#(movement)],"evidence_details":{"due_by":3}}"#,
            { (d: Stripe.Dispute) in [d.amount] + d.balanceTransactions.map(\.amount) }, times: { [$0.created, $0.evidenceDetails?.dueBy] }),
        kind(
            #"{"id":"seti_1","object":"setup_intent","status":"succeeded","created":1,"payment_method":{"id":"pm_1","card":{"exp_month":12,"exp_year":2034}},"metadata":{}}"#,
            { (s: SetupIntent) in
                [Int64(s.paymentMethod?.object?.card?.expiryYear ?? 0), Int64(s.paymentMethod?.object?.card?.expiryMonth ?? 0)]
            },
            times: { [$0.created] }),
        kind(
            #"{"object":"balance","available":[{"amount":100,"currency":"eur"},{"amount":7,"currency":"eur"}],"pending":[{"amount":-30,"currency":"eur"}]}"#,
            { (b: Balance) in [b.total("eur")] }, times: { _ in [] }),
    ]

    @Test(arguments: kinds.indices)
    func `are refused, or can be reckoned with`(index: Int) throws {
        let kind = Self.kinds[index]
        let places = kind.text.matches(of: /:(-?[0-9]+)/).map { $0.output.1.startIndex..<$0.output.1.endIndex }
        #expect(!places.isEmpty)
        var refused = 0
        for place in places {
            for number in Self.numbers {
                let text = kind.text.replacingCharacters(in: place, with: number)
                guard let read = try? kind.read(Data(text.utf8)) else {
                    refused += 1
                    continue
                }
                for number in read { #expect(OutsideNumber.range.contains(number) || kind.name == "Balance", "\(kind.name): \(number)") }
                // As they are added up, turned round and scaled.
                let sum = read.clampedSum
                for number in read {
                    _ = (-number, number - 1, try? StripeAmount(stripe: number, currency: "isk").minorUnits, sum.clampedSubtracting(number))
                }
            }
        }
        #expect(refused > 0 && (try? kind.read(Data(kind.text.utf8))) != nil)
    }

    @Test(arguments: numbers + ["null"])
    func `never keep the news of an event from being read`(number: String) throws {
        let event = try Stripe.Event(
            raw: Data(#"{"id":"evt_1","type":"payment_intent.succeeded","created":\#(number),"data":{"object":{"id":"pi_1"}}}"#.utf8))
        #expect(event.objectID == "pi_1" && event.created.map { Instant.range.contains($0.milliseconds) } ?? true)
    }

    @Test(arguments: [Int.min, -1, 0, 1, 8, 9, .max])
    func `in Retry-After are waited for, or not at all`(seconds: Int) throws {
        let policy = RetryPolicy()
        let uncertain = StripeUncertainty.Reason.rateLimited(nil, retryAfterSeconds: seconds)
        let pause = policy.pause(afterAttempt: 1, uncertain, retryAfterSeconds: seconds, Jitter(SystemRandomNumberGenerator()))
        #expect(seconds > 8 ? pause == nil : (0...8_000).contains(try #require(pause)))
    }
}
