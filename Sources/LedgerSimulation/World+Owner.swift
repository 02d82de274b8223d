import JSON
import StripeSimulator

extension World {
    /// Somebody of the hotel does on Stripe's own pages what the ledger then has to hear of; or a bank says no.
    func ownerActs() {
        let index = dice.below(size.tenants)
        let intents = atStripe(index, "/v1/payment_intents", query: "limit=100")["data"]?.arrayValue ?? []
        guard !intents.isEmpty else { return }
        let intent = dice.pick(intents)
        let id = intent["id"]?.textValue ?? ""
        switch intent["status"]?.textValue {
        case "succeeded":
            let received = intent["amount_received"]?.intValue ?? 0
            ask(index, "/v1/refunds", "payment_intent=\(id)&amount=\(dice.chance(30) ? received : min(received, dice.pick([300, 2_000])))")
        case "requires_capture":
            endedOutside.insert(id)
            ask(index, "/v1/payment_intents/\(id)/cancel", "")
        case "processing":
            guard let method = intent["payment_method"]?.textValue else { return }
            order("payment_methods/\(method)", ["declines_from_use": 1])
        default: break
        }
    }

    private func ask(_ tenant: Int, _ path: String, _ form: String) {
        _ = simulator.respond(
            to: SimulatorRequest(
                method: "POST", path: path, headers: [("Authorization", "Bearer \(key(tenant))")], body: Array(form.utf8)))
    }
}
