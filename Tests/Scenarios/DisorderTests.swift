import Foundation
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// Two programs on one file, a Stripe whose answers get lost, and guests, all at once, from a seed. Whatever happens in between, in the
/// end nothing is stuck, and both books agree to the cent.
@Suite struct `In disorder` {
    private static let routes = [
        "POST /v1/payment_intents", "POST /v1/payment_intents/{id}/capture", "POST /v1/payment_intents/{id}/cancel", "POST /v1/refunds",
        "POST /v1/checkout/sessions", "POST /v1/checkout/sessions/{id}/expire",
    ]
    /// Good; asks for the guest later; saves, and refuses every later use.
    private static let cards = ["4242424242424242", "4000002760003184", "4000000000000341"]

    @Test(arguments: UInt64(1)...Walk.share(of: 8)) func `everything still comes to an end`(seed: UInt64) async throws {
        var dice = Noise(seed: seed)
        let hotel = try await Hotel()
        let other = try hotel.anotherProgram()
        let references = (1...6).map { "R-\($0)" }
        for reference in references {
            let (direct, ahead) = (Bool.random(using: &dice), Bool.random(using: &dice))
            let card = Self.cards.prefix(direct || !ahead ? 2 : 3).randomElement(using: &dice)!
            try await hotel.book(
                reference, inDays: ahead && !direct ? 7 : 0, hold: "200.00", card: card, mode: direct ? .direct : .reserved)
            try await hotel.charge(reference, .lodging, ["150.00", "200.00", "260.00", "0.30"].randomElement(using: &dice)!)
        }
        for _ in 1...12 {
            for _ in 1...2 {
                try await hotel.simulator.order(
                    "POST", "/_sim/faults",
                    [
                        "route": Self.routes.randomElement(using: &dice)!,
                        "fault": ["cut_before_effect", "effect_then_no_answer", "error_after_effect"].randomElement(using: &dice)!,
                        "times": [1, 2, 6].randomElement(using: &dice)!,
                    ])
            }
            let steps = (1...4).map { _ in
                (
                    ledger: Bool.random(using: &dice) ? hotel.ledger : other, what: Int.random(in: 0..<9, using: &dice),
                    reference: references.randomElement(using: &dice)!
                )
            }
            await withTaskGroup(of: Void.self) { group in
                for step in steps { group.addTask { await Self.act(step.what, step.reference, step.ledger, hotel) } }
            }
            try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
            if Int.random(in: 0..<4, using: &dice) == 0 { try await hotel.letPass(hours: 37) }
        }
        // Twice, because the first round may send a link, which expires in the second.
        for _ in 1...2 {
            try await hotel.letPass(days: 2)
            for _ in 1...2 { try await hotel.sync() }
        }
        for reference in references {
            let view = try hotel.folio(reference)
            #expect([.open, .checkedOut, .cancelled].contains(view.folio.state), "\(reference) is stuck: \(view.folio.state)")
            #expect(view.folio.state == .open || view.totals.held.isZero, "\(reference) still holds")
            // Nobody was charged more than what the stay came to, deposits apart.
            #expect(view.totals.captured.minorUnits - view.totals.refunded.minorUnits <= max(26000, 20000))
        }
        #expect(try hotel.ledger.openOperations(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement("seed \(seed)")
    }

    private static func act(_ what: Int, _ reference: String, _ ledger: LedgerService, _ hotel: Hotel) async {
        switch what {
        case 0, 1, 2:
            guard let plan = try? ledger.checkOutPreview(reference, of: Hotel.id).plan else { return }
            _ = try? await ledger.checkOut(reference, plan: plan.id, nothingCharged: true, of: Hotel.id, by: "desk")
        case 3: _ = try? await ledger.cancel(reference, fee: hotel.euros("20.00"), reason: "ill", of: Hotel.id, by: "desk")
        case 4:
            _ = try? await ledger.refund(
                payment: 1, amount: hotel.euros("10.00"), reason: "x", bill: .unchanged, of: reference, of: Hotel.id, by: "desk")
        case 5: _ = try? await ledger.releaseHold(1, of: reference, of: Hotel.id, by: "desk")
        case 6:
            guard (try? hotel.folio(reference).folio.paymentURL) != nil else { return }
            _ = try? await hotel.guestPays(reference)
        default: _ = try? await ledger.sync(Hotel.id)
        }
    }
}
