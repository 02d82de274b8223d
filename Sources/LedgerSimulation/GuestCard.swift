import JSON

/// The card that a guest has for a stay.
struct GuestCard {
    let number: String
    /// What its bank does: an order to the simulator, obeyed whenever the guest uses it.
    let issuer: JSON

    /// - Parameter name: Tells one physical card from others with the same test number.
    init(number: String, named name: String, _ more: [(key: String, value: JSON)] = []) {
        self.number = number
        issuer = .object([("physical_card", .text(name))] + more)
    }
}

extension World {
    private static let visa = "4242424242424242"

    /// One physical card: with a life of its own for holds, and a bank with a will of its own.
    func newCard(of stay: Stay) -> GuestCard {
        func card(_ number: String, _ more: (key: String, value: JSON)..., named name: String? = nil) -> GuestCard {
            GuestCard(number: number, named: name ?? stay.what, more)
        }
        /// Refused without the guest from some use on.
        func refuses(_ reason: JSON) -> GuestCard {
            card(Self.visa, ("declines_off_session_from_use", .int(1 + dice.below(4))), ("decline", reason))
        }
        switch dice.pick(weighted: [(30, 0), (16, 1), (8, 2), (8, 3), (8, 4), (8, 5), (6, 6), (6, 7), (5, 8), (5, 9)]) {
        case 0: return card(Self.visa)
        case 1: return card(dice.pick(["5555555555554444", "378282246310005"]))
        // Networks whose holds nobody extends, and a card that tells nothing of its funding.
        case 2: return card(dice.pick(["3056930009020004", "3566002020360505", "4000990000000079"]))
        // The guest's own money.
        case 3: return card(dice.pick(["4000056655665556", "5105105105105100"]))
        case 4: return card(Self.visa, ("limit", .int(Int(stay.amount) * 3 / 2)))
        case 5: return card(Self.visa, ("refuses_second_hold", true))
        case 6: return refuses("insufficient_funds")
        case 7: return refuses("stop_payment_order")
        case 8: return refuses("expired_card")
        // The card of a company, whose people stay often: its refusals add up.
        default: return card(Self.visa, ("declines_off_session_from_use", 1), named: "company of hotel-\(stay.hotel)")
        }
    }

    /// A bank thinks otherwise about one of the guests' own cards.
    func bankChangesMind() {
        let customers = belongings.customers.filter { stays[$0.value].card != nil }.keys.sorted()
        guard !customers.isEmpty else { return }
        let customer = dice.pick(customers)
        guard let stay = belongings.customers[customer].map({ stays[$0] }),
            let card = atStripe(hotel(of: stay).key, "/v1/customers/\(customer)/payment_methods")["data"]?[0]?["id"]?.textValue
        else { return }
        let mind: JSON = dice.pick([
            ["declines_off_session": true, "decline": "insufficient_funds"],
            ["declines_off_session": true, "decline": "stop_payment_order"],
            ["declines_increments": true, "decline": "lost_card"],
            ["declines_increments": true, "decline": "insufficient_funds"],
            ["refuses_second_hold": true],
            ["declines_off_session": false, "declines_increments": false, "refuses_second_hold": false],
        ])
        if order("payment_methods/\(card)", mind)["error"] == nil { count(.bankChanged) }
    }
}
