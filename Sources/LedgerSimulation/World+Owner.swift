import JSON

extension World {
    /// Somebody of the house does on Stripe's own pages what the ledger then has to hear of; or a bank or a network does.
    func ownerActs() {
        let hotel = size.has(.owner) && dice.chance(40) ? hotels[1] : dice.pick(hotels)
        switch dice.pick(weighted: size.has(.owner) ? [(70, 0), (8, 1), (12, 2), (6, 3), (4, 4)] : [(1, 0)]) {
        case 0: actOnIntent(hotel)
        case 1: deleteCustomer(hotel)
        case 2: actOnCard(hotel)
        case 3: endRefunds(hotel)
        default: redact(hotel)
        }
    }

    private func some(_ hotel: Hotel, _ path: String, _ isWanted: (JSON) -> Bool = { _ in true }) -> JSON? {
        let all = (atStripe(hotel.key, path, query: "limit=100")["data"]?.arrayValue ?? []).filter(isWanted)
        return all.isEmpty ? nil : dice.pick(all)
    }

    private func actOnIntent(_ hotel: Hotel) {
        let wantsHold = size.has(.owner) && dice.chance(60)
        guard let intent = some(hotel, "/v1/payment_intents", { !wantsHold || $0["status"] == "requires_capture" }),
            let id = intent["id"]?.textValue
        else { return }
        switch intent["status"]?.textValue {
        case "succeeded": refund(hotel, id, received: intent["amount_received"]?.intValue ?? 0)
        case "requires_capture": actOnHold(hotel, id, capturable: intent["amount_capturable"]?.intValue ?? 0)
        case "processing":
            guard let method = intent["payment_method"]?.textValue else { return }
            order("payment_methods/\(method)", ["declines_from_use": 1])
        default: break
        }
    }

    private func refund(_ hotel: Hotel, _ id: String, received: Int) {
        let isWhole = dice.chance(30)
        let answer = dashboard(
            hotel.key, "POST", "/v1/refunds",
            "payment_intent=\(id)&amount=\(isWhole ? received : min(received, dice.pick([300, 2_000])))")
        if answer["object"] == "refund" { count(isWhole ? .refundedThere : .refundedInPartThere) }
    }

    /// - Parameter known: Whose hold it is, where its answer is still on its way.
    func actOnHold(_ hotel: Hotel, _ id: String, capturable: Int, of known: Int? = nil) {
        let path = "/v1/payment_intents/\(id)"
        if let stay = belongings.intents[id]?.stay ?? known { watch.touched.insert(stay) }
        let before = atStripe(hotel.key, path)["amount_received"]?.intValue ?? 0
        let part = max(1, capturable * (10 + dice.below(80)) / 100)
        switch dice.pick(weighted: size.has(.owner) ? [(25, 0), (20, 1), (25, 2), (20, 3), (20, 4)] : [(1, 0)]) {
        case 0:
            endedOutside.insert(id)
            count(.cancelledThere)
            dashboard(hotel.key, "POST", "\(path)/cancel")
        case 1:
            count(.capturedWhole)
            dashboard(hotel.key, "POST", "\(path)/capture")
        case 2:
            count(.capturedInPart)
            dashboard(hotel.key, "POST", "\(path)/capture", "amount_to_capture=\(part)")
        case 3:
            let answer = dashboard(hotel.key, "POST", "\(path)/capture", "amount_to_capture=\(part)&final_capture=false")
            if answer["error"] == nil { count(.capturedNotFinally) }
        default:
            let amount = atStripe(hotel.key, path)["amount"]?.intValue ?? 0
            let answer = dashboard(hotel.key, "POST", "\(path)/increment_authorization", "amount=\(amount + 5_000)")
            if answer["error"] == nil { count(.raisedThere) }
        }
        let after = atStripe(hotel.key, path)["amount_received"]?.intValue ?? 0
        watch.takenOutside[id, default: 0] += Int64(after - before)
    }

    private func deleteCustomer(_ hotel: Hotel) {
        guard let id = some(hotel, "/v1/customers")?["id"]?.textValue else { return }
        let cards = atStripe(hotel.key, "/v1/customers/\(id)/payment_methods")["data"]?.arrayValue ?? []
        dashboard(hotel.key, "DELETE", "/v1/customers/\(id)")
        count(.customerDeleted)
        for id in [id] + cards.compactMap({ $0["id"]?.textValue }) { gone.add(id) }
    }

    /// A card is detached, or its network sends the guest a new one.
    private func actOnCard(_ hotel: Hotel) {
        guard let customer = some(hotel, "/v1/customers")?["id"]?.textValue,
            let id = some(hotel, "/v1/customers/\(customer)/payment_methods")?["id"]?.textValue
        else { return }
        if dice.chance(50) {
            dashboard(hotel.key, "POST", "/v1/payment_methods/\(id)/detach")
            count(.cardDetached)
            gone.add(id)
        } else if order("payment_methods/\(id)", ["renew": [:]])["error"] == nil {
            count(.cardRenewed)
        }
    }

    /// A bank takes no refund any more for one of the charges.
    private func endRefunds(_ hotel: Hotel) {
        guard let id = some(hotel, "/v1/charges", { $0["captured"] == true })?["id"]?.textValue else { return }
        order("charges/\(id)", ["refundable": false])
        count(.pastRefunds)
    }

    /// A guest has asked Stripe to be forgotten; the hotel's money stays.
    private func redact(_ hotel: Hotel) {
        guard let id = some(hotel, "/v1/customers")?["id"]?.textValue else { return }
        order("redact/\(id)")
        count(.redacted)
    }
}
