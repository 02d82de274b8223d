import JSON

extension World {
    /// A shop on the first account sells something, and sometimes its objects look like ours.
    func strangerActs() {
        let customer = dashboard(Self.shopKey, "POST", "/v1/customers", "name=Stranger")["id"]?.textValue ?? ""
        var form = "amount=5000&currency=eur&customer=\(customer)&confirm=true&payment_method=pm_card_visa&payment_method_types%5B0%5D=card"
        if dice.chance(50) { form += "&capture_method=manual" }
        count(.strangersPayment)
        if dice.chance(60), let known = stays.last(where: { $0.isOpened && hotel(of: $0).account == 0 }) {
            // By number and reference it would be taken for the guest's; its key and its books are nobody's here.
            count(.strangersClaim)
            let number = known.reference.dropFirst(2)
            let what = dice.pick(["ledger_hold", "ledger_payment"])
            form += "&metadata%5Bledger_folio%5D=\(number)&metadata%5B\(what)%5D=1&metadata%5Breference%5D=\(known.reference)"
            if dice.chance(50) {
                form += "&metadata%5Bledger_books%5D=\(String(repeating: "5", count: 32))&metadata%5Bledger_key%5D=of-another-ledger"
            }
        }
        let intent = dashboard(Self.shopKey, "POST", "/v1/payment_intents", form)
        guard let id = intent["id"]?.textValue, dice.chance(30) else { return }
        let end = intent["status"] == "succeeded" ? "/v1/refunds" : "/v1/payment_intents/\(id)/capture"
        dashboard(Self.shopKey, "POST", end, end == "/v1/refunds" ? "payment_intent=\(id)&amount=1000" : "amount_to_capture=3000")
    }
}
