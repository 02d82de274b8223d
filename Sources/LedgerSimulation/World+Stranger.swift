import JSON

extension World {
    /// A shop on the first account sells something, and sometimes its objects look like ours.
    func strangerActs() {
        if dice.chance(30), copyPage() { return }
        let customer = dashboard(Self.shopKey, "POST", "/v1/customers", "name=Stranger")["id"]?.textValue ?? ""
        var form = "amount=5000&currency=eur&customer=\(customer)&confirm=true&payment_method=pm_card_visa&payment_method_types%5B0%5D=card"
        if dice.chance(50) { form += "&capture_method=manual" }
        count(.strangersPayment)
        if dice.chance(60), let known = stays.last(where: { $0.isOpened && $0.lateOf == nil && hotel(of: $0).account == 0 }) {
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

    /// The shop takes a payment for what a page of ours asks a guest for, and copies all that the page says of itself.
    ///
    /// - Returns: Whether there was such a page.
    private func copyPage() -> Bool {
        let pages = atStripe(Self.shopKey, "/v1/checkout/sessions", query: "limit=100")["data"]?.arrayValue ?? []
        let open = pages.filter { $0["status"] == "open" && $0["mode"] == "payment" }
        guard !open.isEmpty else { return false }
        let page = dice.pick(open)
        let members = page["metadata"]?.members ?? []
        let metadata = members.map { "&metadata%5B\($0.key)%5D=\($0.value.textValue ?? "")" }.joined()
        let customer = dashboard(Self.shopKey, "POST", "/v1/customers", "name=Stranger")["id"]?.textValue ?? ""
        let isHold = members.contains { $0.key == "ledger_hold" }
        dashboard(
            Self.shopKey, "POST", "/v1/payment_intents",
            "amount=\(page["amount_total"]?.intValue ?? 0)&currency=\(page["currency"]?.textValue ?? "")&customer=\(customer)&confirm=true"
                + "&payment_method=pm_card_visa&payment_method_types%5B0%5D=card" + (isHold ? "&capture_method=manual" : "") + metadata)
        count(.strangersCopy)
        return true
    }
}
