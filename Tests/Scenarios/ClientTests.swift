import Foundation
import Ledger
import Stripe
import TestSupport
import Testing

/// The calls that no stay needs, from the client to the simulator and back over HTTP.
@Suite struct `The Stripe client` {
    private let simulator: SimulatorProcess
    private let client: StripeClient
    private let euros = try! StripeAmount(minorUnits: 10_000, currency: .eur)

    init() async throws {
        simulator = try await SimulatorProcess()
        client = StripeClient(key: Secret("sk_test_client")!, baseURL: simulator.url, transport: CurlTransport())
    }

    private func call<Answer: Decodable & Sendable>(_ request: StripeRequest, as _: Answer.Type = Answer.self) async throws -> Answer {
        try await client.perform(request, key: UUID().uuidString, as: Answer.self).get()
    }

    private func pass(seconds: Int) async throws {
        try await simulator.order("POST", "/_sim/clock", ["advance_seconds": seconds], key: "sk_test_client")
    }

    @Test func `takes an intent from its making to its confirmation`() async throws {
        let made: PaymentIntent = try await call(.createIntent(.hold, euros, metadata: ["folio": "R-1"]))
        #expect(made.status == .requiresPaymentMethod && made.metadata["folio"] == "R-1")
        let less = try StripeAmount(minorUnits: 9000, currency: .eur)
        let changed: PaymentIntent = try await call(.updateIntent(made.id, amount: less, metadata: ["folio": "R-2"]))
        #expect(changed.amount == 9000 && changed.metadata["folio"] == "R-2")
        let held: PaymentIntent = try await call(.confirmIntent(made.id, with: "pm_card_visa"))
        #expect(held.status == .requiresCapture && held.amountCapturable == 9000)
        #expect(try await client.paymentIntent(made.id).get().latestCharge?.object?.captured == false)
    }

    @Test func `saves a card by attaching it and by setting it up`() async throws {
        let customer: Customer = try await call(.createCustomer(name: "Anna Weiss", email: nil, metadata: [:]))
        let attached: Stripe.PaymentMethod = try await call(.attachPaymentMethod("pm_card_mastercard", to: customer.id))
        #expect(attached.customer == customer.id && attached.card?.brand == "mastercard")
        let setup: SetupIntent = try await call(.createSetupIntent(customer: customer.id, confirmWith: "pm_card_visa"))
        #expect(setup.status == .succeeded)
        await #expect(throws: StripeFailure.self) { let _: SetupIntent = try await call(.cancelSetupIntent(setup.id)) }
    }

    @Test func `pays out, and contests a dispute`() async throws {
        let _: PaymentIntent = try await call(.createIntent(.charge, euros, confirmWith: "pm_card_bypassPending", metadata: [:]))
        let payout: Stripe.Payout = try await call(.createPayout(try StripeAmount(minorUnits: 5000, currency: .eur)))
        #expect(payout.amount == 5000 && !payout.automatic)
        for (text, outcome) in [("winning_evidence", Stripe.Dispute.Status.won), ("losing_evidence", .lost)] {
            let paid: PaymentIntent = try await call(.createIntent(.charge, euros, confirmWith: "pm_card_createDispute", metadata: [:]))
            try await pass(seconds: 60)
            var disputes: [Stripe.Dispute] = []
            for try await page in client.disputes(paymentIntent: paid.id) { disputes += page }
            let dispute = try #require(disputes.first)
            let _: Stripe.Dispute = try await call(.contest(dispute: dispute.id, text: text, submit: true))
            try await pass(seconds: 60)
            #expect(try await client.dispute(dispute.id).get().status == outcome)
        }
    }

    @Test func `registers an address for events, and does not print its secret`() async throws {
        let endpoint: WebhookEndpoint = try await call(.createWebhookEndpoint(url: "https://example.com/hook"))
        #expect(endpoint.status == .enabled && endpoint.enabledEvents == ["*"])
        #expect(endpoint.secret?.revealed.hasPrefix("whsec_") == true && !"\(endpoint)".contains("whsec_"))
        let off: WebhookEndpoint = try await call(.setWebhookEndpoint(endpoint.id, disabled: true))
        #expect(off.status == .disabled && off.secret == nil)
    }
}
