import Ledger
import Testing

@Suite struct `What was found at Stripe` {
    private func found(
        _ amount: Int64 = 4330, _ state: FoundObject.State = .captured, customer: String? = "cus_1", currency: String = "eur",
        reference: String? = "R-1", decision: FoundObject.Decision? = nil
    ) -> FoundObject {
        FoundObject(
            id: "pi_1", kind: .intent, reference: reference, customer: customer, amount: amount, currency: currency, state: state,
            status: "x", firstSeen: Instant(milliseconds: 0), decision: decision)
    }

    private func folio(customer: String? = "cus_1", _ state: Folio.State = .open) -> Folio {
        let day = Day("2026-11-18")!
        var folio = Folio(
            number: 1, reference: "R-1", source: .reservation, guest: .init(name: "A", email: nil), arrival: day, departure: day,
            mode: .reserved, method: .card, openedAt: Instant(milliseconds: 0), state: state)
        folio.customer = customer
        return folio
    }

    private func euros(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }

    @Test func `fits its folio by reference, currency, customer and amount`() {
        #expect(found().obstacle(to: folio(), open: euros(4330), currency: .eur) == nil)
        #expect(found().obstacle(to: folio(customer: nil), open: euros(9999), currency: .eur) == nil)
        #expect(found(99_999, .held).obstacle(to: folio(), open: euros(0), currency: .eur) == nil, "a hold takes nothing")
        #expect(found(99_999, .open).obstacle(to: folio(.checkedOut), open: euros(0), currency: .eur) == nil, "it is withdrawn")
    }

    @Test func `is left to people when one of them differs`() {
        #expect(found().obstacle(to: nil, open: euros(0), currency: .eur) == .noFolio("R-1"))
        #expect(found(reference: nil).obstacle(to: nil, open: euros(0), currency: .eur) == .noFolio(nil))
        #expect(found(reference: "R-2").obstacle(to: folio(), open: euros(4330), currency: .eur) == .noFolio("R-2"))
        #expect(found(currency: "usd").obstacle(to: folio(), open: euros(4330), currency: .eur) == .currency("usd", books: .eur))
        #expect(
            found(customer: "cus_2").obstacle(to: folio(), open: euros(4330), currency: .eur) == .customer("cus_2", folio: "cus_1"))
        #expect(found(customer: nil).obstacle(to: folio(), open: euros(4330), currency: .eur) == .customer(nil, folio: "cus_1"))
        #expect(found().obstacle(to: folio(), open: euros(4329), currency: .eur) == .amount(euros(4330), open: euros(4329)))
        #expect(found().obstacle(to: folio(.checkedOut), open: euros(4330), currency: .eur) == .folioClosed("R-1"))
    }

    @Test func `is taken in with another amount or customer when somebody has accepted it, and in nothing else`() {
        let accepted = found(customer: "cus_2", decision: .accepted)
        #expect(accepted.obstacle(to: folio(), open: euros(0), currency: .eur) == nil)
        #expect(accepted.obstacle(to: folio(.checkedOut), open: euros(0), currency: .eur) == .folioClosed("R-1"))
        #expect(accepted.obstacle(to: nil, open: euros(0), currency: .eur) == .noFolio("R-1"))
        #expect(accepted.isWaiting && !found(decision: .dismissed).isWaiting)
    }

    @Test func `fits what its folio asks for on a page, also when some went back, and not when it took more`() {
        let asked = [euros(2000), euros(4330)]
        for (amount, fits) in [(4330, true), (4329, true), (1999, true), (4331, false)] {
            let obstacle = found(Int64(amount)).obstacle(to: folio(), open: euros(0), asked: asked, currency: .eur)
            #expect(obstacle == (fits ? nil : .amount(euros(Int64(amount)), open: euros(0))), "\(amount)")
        }
    }

    private static let obstacles: [FoundObject.Obstacle] = [
        .noFolio(nil), .noFolio("R-1"), .noLateCharge("R-1-L1", stay: "R-1"), .currency("usd", books: .eur),
        .customer("cus_2", folio: "cus_1"), .customer(nil, folio: "cus_1"),
        .amount(Money(minorUnits: 4330, currency: .eur), open: .zero(.eur)), .folioClosed("R-1"), .operationOpen("R-1"),
    ]

    @Test(arguments: obstacles) func `says what to do`(_ obstacle: FoundObject.Obstacle) {
        #expect(obstacle.sentence.hasSuffix("."))
    }
}
