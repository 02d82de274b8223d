import JSON
import Ledger
import LedgerService

extension World {
    /// Stripe, the owner or an old program moves the balance, and no call of ours has anything to do with it.
    func moneyMoves() {
        let key = dice.pick(hotels).key
        func move(_ type: String, _ amount: Int, _ more: (key: String, value: JSON)...) -> JSON {
            order("balance_transactions", .object([("key", .text(key)), ("type", .text(type)), ("amount", .int(amount))] + more))
        }
        let cents = 100 + dice.below(20_000)
        switch dice.below(6) {
        case 0:
            count(.feeOfItsOwn)
            let category = dice.pick(["fee", "network_cost"])
            _ =
                dice.chance(30)
                ? move("tax_fee", -cents, ("reporting_category", "tax"))
                : move("stripe_fee", -cents, ("reporting_category", .text(category)))
        case 1:
            count(.reserved)
            _ = dice.chance(50) ? move("reserve_hold", -cents) : move("reserve_release", cents)
        case 2:
            count(.broughtIn)
            let type = dice.pick(["topup", "transfer", "climate_order_purchase", "advance", "a_word_of_tomorrow"])
            _ = move(type, type == "topup" || type == "advance" ? cents : -cents, ("fee", .int(dice.below(50))))
        case 3:
            count(.chargeWithoutIntent)
            _ = move("charge", cents, ("fee", .int(25)), ("source", "charge"))
        case 4: takeBackSomePayment()
        default: hideForAWhile()
        }
    }

    /// A payment with another method than a card fails after it had succeeded: its bank takes it back.
    private func takeBackSomePayment() {
        let hotel = dice.pick(hotels)
        let charges = (atStripe(hotel.key, "/v1/charges", query: "limit=100")["data"]?.arrayValue ?? []).filter {
            $0["captured"] == true && $0["status"] == "succeeded" && $0["amount_refunded"] == 0 && $0["disputed"] == false
                && $0["payment_method_details"]?["type"] != "card"
        }
        guard !charges.isEmpty, let id = dice.pick(charges)["id"]?.textValue else { return }
        let type = dice.pick(["payment_reversal", "payment_failure_refund"])
        if order("charges/\(id)", ["fail": "insufficient_funds", "type": .text(type)])["error"] == nil { count(.paymentTakenBack) }
    }

    /// An object of ours cannot be read for some hours: Stripe answers that something is wrong with it.
    private func hideForAWhile() {
        let hotel = dice.pick(hotels)
        let path = dice.pick(["/v1/payment_intents", "/v1/refunds"])
        guard let id = atStripe(hotel.key, path, query: "limit=1")["data"]?[0]?["id"]?.textValue, hidden[id] == nil else { return }
        count(.unreadableSource)
        order("objects/\(id)", ["unreadable": 500])
        hidden[id] = clock.now.adding(seconds: 4 * 3600)
    }

    /// What could not be read can be read again.
    func showHidden(all: Bool = false) {
        for (id, until) in hidden.sorted(by: { $0.key < $1.key }) where all || until < clock.now {
            order("objects/\(id)", ["unreadable": .null])
            hidden[id] = nil
        }
    }

    /// The identity: the account `stripe` is the sum of the movements, and that is Stripe's balance. And what is in suspense is what others
    /// moved, and nothing else.
    func checkBalance() {
        for hotel in hotels {
            let movements = list(hotel.key, "/v1/balance_transactions").filter { $0["balance_type"] == "payments" }
            let net = movements.reduce(Int64(0)) { $0 + Int64($1["net"]?.intValue ?? 0) }
            let shown = balanceAtStripe(hotel.key)
            if net != shown { find(.balance, hotel.id, "Stripe's movements sum to \(net), its balance is \(shown)") }
            let owners = ownersOfObjects(hotel.key)
            let foreign = Set(
                movements.filter { isForeign($0, to: hotel, owners) && $0["amount"]?.intValue != 0 }.compactMap { $0["id"]?.textValue })
            let known = try? reader(of: hotel).file.read { transaction in
                try transaction.tenant(hotel.id).map { tenant in
                    try transaction.withBook(of: tenant) { book in
                        (
                            stripe: try book.balance(of: .stripe).minorUnits,
                            suspense: Set(try book.unexplainedMovements(.suspense).map(\.movement.id)),
                            waiting: try book.unexplainedMovements(.waiting).map(\.movement.id)
                        )
                    }
                }
            }
            guard let books = known ?? nil else { continue }
            if books.stripe != shown { find(.balance, hotel.id, "\(books.stripe) by the books, and Stripe's balance is \(shown)") }
            if !books.waiting.isEmpty { find(.balance, hotel.id, "waiting for ever: \(books.waiting)") }
            let (ours, theirs) = (books.suspense.subtracting(foreign), foreign.subtracting(books.suspense))
            if !ours.isEmpty { find(.ownMoney, hotel.id, "in suspense, and its own: \(ours.sorted())") }
            if !theirs.isEmpty { find(.ownMoney, hotel.id, "taken for its own, and another's: \(theirs.sorted())") }
        }
    }

    /// An automatic payout is the sum of what Stripe lists of it, and the books have the same list; what is between Stripe and the bank is in
    /// transit, and nothing else.
    func checkPayouts() {
        for hotel in hotels {
            let theirs = list(hotel.key, "/v1/payouts")
            let known = try? reader(of: hotel).file.read { transaction in
                try transaction.tenant(hotel.id).map { tenant in
                    try transaction.withBook(of: tenant) { book in
                        (
                            transit: try book.balance(of: .bankTransit).minorUnits,
                            items: Dictionary(
                                uniqueKeysWithValues: try book.payouts().filter { $0.itemised != nil }.map { payout in
                                    (payout.id, Set(try book.items(ofPayout: payout.id).map(\.movement.id)))
                                })
                        )
                    }
                }
            }
            guard let books = known ?? nil else { continue }
            let underWay = theirs.filter { ["pending", "in_transit"].contains($0["status"]?.textValue ?? "") }
            let transit = underWay.reduce(Int64(0)) { $0 + Int64($1["amount"]?.intValue ?? 0) }
            if books.transit != transit { find(.balance, hotel.id, "\(books.transit) in transit, and Stripe has \(transit) on its way") }
            for payout in theirs where payout["reconciliation_status"] == "completed" {
                let id = payout["id"]?.textValue ?? ""
                let listed = atStripe(hotel.key, "/v1/balance_transactions", query: "limit=100&payout=\(id)")["data"]?.arrayValue ?? []
                let contents = Set(listed.filter { $0["source"]?.textValue != id }.compactMap { $0["id"]?.textValue })
                if listed.count < 100, books.items[id] != contents {
                    find(.balance, hotel.id, "payout \(id) holds \(contents.count) movements, by the books \(books.items[id]?.count ?? 0)")
                }
            }
        }
    }

    /// Available and pending together, in euro cents.
    private func balanceAtStripe(_ key: String) -> Int64 {
        let balance = atStripe(key, "/v1/balance")
        var sum: Int64 = 0
        for part in ["available", "pending"] {
            for amount in balance[part]?.arrayValue ?? [] where amount["currency"] == "eur" {
                sum += Int64(amount["amount"]?.intValue ?? 0)
            }
        }
        return sum
    }

    /// The hotel to which a charge, refund or dispute belongs, by the object's id.
    private func ownersOfObjects(_ key: String) -> [String: Int] {
        var owners: [String: Int] = [:]
        for object in list(key, "/v1/charges") + list(key, "/v1/refunds") + list(key, "/v1/disputes") {
            guard let id = object["id"]?.textValue, let intent = object["payment_intent"]?.textValue else { continue }
            if let origin = belongings.intents[intent] { owners[id] = stays[origin.stay].hotel }
        }
        return owners
    }

    private func isForeign(_ movement: JSON, to hotel: Hotel, _ owners: [String: Int]) -> Bool {
        switch movement["type"]?.textValue ?? "" {
        case "stripe_fee", "tax_fee", "payout", "payout_failure", "reserve_hold", "reserve_release": false
        default: movement["source"]?.textValue.flatMap { owners[$0] } != hotel.index
        }
    }
}
