import Foundation
import Ledger
import Testing

@testable import Stripe

@Suite struct `Reading Stripe's objects` {
    @Test func `a hold says what is held, until when, and what the card allows`() throws {
        let intent: PaymentIntent = try Recorded.decode(Recorded.hold)
        #expect(intent.status == .requiresCapture && intent.captureMethod == .manual && intent.cancellationReason == nil)
        #expect((intent.amount, intent.amountCapturable, intent.amountReceived) == (6500, 6500, 0))
        #expect(intent.customer == "cus_1" && intent.paymentMethod?.id == "pm_1" && intent.canceledAt == nil)
        #expect(intent.metadata["folio"] == "R-17" && intent.created == Instant(unixSeconds: 1_780_000_000))
        let charge = try #require(intent.latestCharge?.object)
        #expect(charge.status == .succeeded && !charge.captured && charge.amountCaptured == 0 && charge.balanceTransaction == nil)
        let card = try #require(charge.paymentMethodDetails?.card)
        #expect(card.captureBefore == Instant(unixSeconds: 1_780_604_800))
        #expect(card.brand == "visa" && card.last4 == "4242" && card.maximumAmountCapturable == 6500)
        #expect(card.funding == .credit && card.country == "DE" && card.fingerprint == "Xt5EWLLDS7FJjR1c")
        #expect(!card.canBeIncremented && !card.isExtended && !card.allowsSeveralCaptures)
    }

    @Test func `what fraud prevention and the bank said of a charge is read, and hides no charge where it is odd`() throws {
        let charge: Charge = try Recorded.decode(Recorded.charge(captured: true))
        #expect(charge.outcome?.riskLevel == "elevated" && charge.outcome?.riskScore == 71)
        let checks = charge.paymentMethodDetails?.card?.checks
        #expect(checks?.cvc == "pass" && checks?.postalCode == "fail" && checks?.addressLine1 == nil)
        for odd in ["null", "7", "[]", #"{"risk_score":1e308}"#, #"{"risk_level":true,"risk_score":"high"}"#] {
            let text = Recorded.charge(captured: true).replacing(/"outcome":\{[^}]*\}/, with: "\"outcome\":\(odd)").replacing(
                /"checks":\{[^}]*\}/, with: "\"checks\":\(odd)")
            let charge: Charge = try Recorded.decode(text)
            #expect(charge.outcome?.riskLevel == nil && charge.outcome?.riskScore == nil && charge.amountCaptured == 5000, "\(odd)")
        }
    }

    @Test func `reviews and warnings are read, also where a word is missing`() throws {
        let open: Review = try Recorded.decode(
            """
            {"id":"prv_1","object":"review","open":true,"reason":"rule","opened_reason":"rule","closed_reason":null,"created":1780000000,
             "charge":"ch_1","payment_intent":"pi_1","billing_zip":null,"ip_address":"192.0.2.7"}
            """)
        #expect(
            open.open && open.closedReason == nil && open.paymentIntent == "pi_1" && open.created == Instant(unixSeconds: 1_780_000_000))
        let closed: Review = try Recorded.decode(#"{"id":"prv_1","object":"review","open":false,"created":1780000000}"#)
        #expect(!closed.open && closed.openedReason == nil && closed.paymentIntent == nil)
        let warning: EarlyFraudWarning = try Recorded.decode(
            """
            {"id":"issfr_1","object":"radar.early_fraud_warning","actionable":true,"charge":\(Recorded.charge(captured: true)),
             "created":1780000000,"fraud_type":"made_with_stolen_card","livemode":false,"payment_intent":"pi_1"}
            """)
        #expect(warning.actionable && warning.charge == "ch_1" && warning.fraudType == "made_with_stolen_card")
    }

    @Test func `what a card was granted is seen`() throws {
        let card: PaymentMethodDetails.Card = try Recorded.decode(
            """
            {"amount_authorized":6500,"extended_authorization":{"status":"enabled"},"incremental_authorization":{"status":"available"},
             "multicapture":{"status":"available"},"overcapture":{"status":"available","maximum_amount_capturable":7475}}
            """)
        #expect(card.canBeIncremented && card.isExtended && card.allowsSeveralCaptures && card.maximumAmountCapturable == 7475)
        #expect(card.captureBefore == nil)
    }

    @Test func `a saved card says whose money it spends, and which physical card it is`() throws {
        func card(_ funding: String) throws -> Stripe.PaymentMethod.Card? {
            let method: Stripe.PaymentMethod = try Recorded.decode(
                #"{"id":"pm_1","type":"card","card":{"brand":"visa","country":"FR","funding":\#(funding),"fingerprint":"Xt5EWLLDS7FJjR1c"}}"#
            )
            return method.card
        }
        let debit = try card(#""debit""#)
        #expect(debit?.funding == .debit && debit?.country == "FR" && debit?.fingerprint == "Xt5EWLLDS7FJjR1c")
        #expect(try card(#""charge_card""#)?.funding == "charge_card", "a word that Stripe adds later survives")
        #expect(try card("null")?.funding == nil)
        let link: Stripe.PaymentMethod = try Recorded.decode(#"{"id":"pm_2","type":"link"}"#)
        #expect(link.type == .link && link.card == nil)
    }

    @Test func `a reference is read unexpanded, expanded, null and missing`() throws {
        let charge: Charge = try Recorded.decode(Recorded.charge(captured: true))
        #expect(charge.balanceTransaction == .id("txn_1") && charge.paymentIntent == "pi_1" && charge.amountCaptured == 5000)
        let refund: Stripe.Refund = try Recorded.decode(
            """
            {"id":"re_1","object":"refund","amount":500,"currency":"eur","created":1780000000,"status":null,"reason":null,
             "charge":\(Recorded.charge(captured: true)),"payment_intent":null}
            """)
        #expect(refund.charge == "ch_1" && refund.paymentIntent == nil && refund.status == nil && refund.balanceTransaction == nil)
    }

    @Test func `words that Stripe adds later survive`() throws {
        let text = Recorded.hold.replacing("requires_capture", with: "requires_reauthorization").replacing(
            "\"manual\"", with: "\"manual_later\"")
        let intent: PaymentIntent = try Recorded.decode(text)
        #expect(intent.status.rawValue == "requires_reauthorization" && "\(intent.status)" == "requires_reauthorization")
        #expect(intent.captureMethod == "manual_later")
    }

    @Test func `a movement of the balance knows the charge behind it`() throws {
        func transaction(source: String) throws -> BalanceTransaction {
            try Recorded.decode(
                """
                {"id":"txn_1","object":"balance_transaction","amount":5000,"fee":100,"net":4900,"currency":"eur","created":1780000000,
                 "available_on":1780500000,"status":"pending","type":"charge","reporting_category":"charge","description":null,"exchange_rate":null,
                 "fee_details":[{"amount":100,"currency":"eur","type":"stripe_fee","description":"Stripe processing fees","application":null}],
                 "source":\(source)}
                """)
        }
        let charge = try transaction(source: Recorded.charge(captured: true))
        #expect(charge.source?.charge?.object?.paymentMethodDetails?.type == .card)
        #expect(charge.source?.kind == "charge" && charge.source?.chargeID == "ch_1" && charge.source?.paymentIntentID == "pi_1")
        #expect(charge.fee == 100 && charge.net == 4900 && charge.feeDetails.map(\.type) == ["stripe_fee"])
        let refund = try transaction(source: #"{"id":"re_1","object":"refund","charge":"ch_1","payment_intent":"pi_1"}"#)
        #expect(refund.source?.kind == "refund" && refund.source?.chargeID == "ch_1" && refund.source?.charge == nil)
        let payout = try transaction(source: #"{"id":"po_1","object":"payout"}"#)
        #expect(payout.source?.id == "po_1" && payout.source?.chargeID == nil)
        #expect(try transaction(source: #""ch_1""#).source?.id == "ch_1")
        #expect(try transaction(source: "null").source == nil)
    }

    @Test func `a checkout page, a setup, a payout and a dispute are read`() throws {
        let session: CheckoutSession = try Recorded.decode(
            """
            {"id":"cs_1","object":"checkout.session","status":"open","mode":"payment","payment_status":"unpaid","url":"https://pay","amount_total":6500,
             "currency":"eur","created":1780000000,"expires_at":1780086400,"customer":"cus_1","payment_intent":null,"setup_intent":null,
             "client_reference_id":"R-17","metadata":{"folio":"R-17"}}
            """)
        #expect(session.status == .open && session.paymentIntent == nil && session.expiresAt == Instant(unixSeconds: 1_780_086_400))
        let setup: SetupIntent = try Recorded.decode(
            #"{"id":"seti_1","object":"setup_intent","status":"succeeded","created":1,"customer":"cus_1","payment_method":{"id":"pm_1","type":"card","customer":"cus_1","card":{"brand":"visa","last4":"4242","exp_month":12,"exp_year":2034}}}"#
        )
        #expect(setup.paymentMethod?.object?.card?.expiryYear == 2034 && setup.paymentMethod?.object?.customer == "cus_1")
        let payout: Stripe.Payout = try Recorded.decode(
            #"{"id":"po_1","object":"payout","status":"paid","amount":4900,"currency":"eur","automatic":true,"created":1,"arrival_date":2,"reconciliation_status":"completed","balance_transaction":"txn_9"}"#
        )
        #expect(payout.automatic && payout.reconciliationStatus == .completed && payout.balanceTransaction == "txn_9")
        let dispute: Stripe.Dispute = try Recorded.decode(
            #"{"id":"du_1","object":"dispute","status":"warning_needs_response","reason":"general","amount":5000,"currency":"eur","created":1,"charge":"ch_1","payment_intent":"pi_1","is_charge_refundable":true,"balance_transactions":[],"evidence_details":{"due_by":null}}"#
        )
        #expect(dispute.status.isInquiry && dispute.evidenceDetails?.dueBy == nil)
        let balance: Balance = try Recorded.decode(
            #"{"object":"balance","available":[{"amount":100,"currency":"eur"},{"amount":7,"currency":"usd"}],"pending":[{"amount":-30,"currency":"eur"}]}"#
        )
        #expect(balance.total("eur") == 70 && balance.total("chf") == 0)
    }
}
