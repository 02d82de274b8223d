import Testing

@testable import StripeSimulator

@Suite struct HoldTests {
    let bench = Bench()

    @Test func `a hold reserves the amount and takes nothing`() {
        let hold = bench.hold()
        #expect(hold.status == 200)
        #expect(hold.text("status") == "requires_capture")
        #expect(hold.int("amount_capturable") == 6500)
        #expect(hold.int("amount_received") == 0)
        let charge = bench.charge(of: hold)
        #expect(charge.text("status") == "succeeded")
        #expect(charge["paid"] == true)
        #expect(charge["captured"] == false)
        #expect(charge.int("amount_captured") == 0)
        #expect(charge["balance_transaction"] == .null)
        let card = "payment_method_details.card."
        #expect(charge.int(card + "capture_before") == Bench.start + 7 * 86_400)
        #expect(charge.int(card + "amount_authorized") == 6500)
        #expect(charge.text(card + "incremental_authorization.status") == "unavailable")
        #expect(charge.text(card + "multicapture.status") == "unavailable")
        #expect(charge.text(card + "overcapture.status") == "unavailable")
        #expect(charge.text(card + "extended_authorization.status") == "disabled")
        #expect(bench.eventTypes() == ["payment_intent.created", "charge.succeeded", "payment_intent.amount_capturable_updated"])
    }

    @Test func `a hold of 65.00 captured to 50.00 makes no refund and one balance transaction of 50.00`() {
        let hold = bench.hold()
        _ = bench.eventTypes()
        let captured = bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=5000")
        #expect(captured.text("status") == "succeeded")
        #expect(captured.int("amount") == 6500)
        #expect(captured.int("amount_received") == 5000)
        #expect(captured.int("amount_capturable") == 0)
        let charge = bench.charge(of: captured)
        #expect(charge.int("amount_captured") == 5000)
        #expect(charge.int("amount_refunded") == 0)
        #expect(charge["refunded"] == false)
        #expect(bench.get("/v1/refunds", "payment_intent=\(hold.id)").data.isEmpty)
        let transactions = bench.get("/v1/balance_transactions").data
        #expect(transactions.count == 1)
        #expect(transactions.first?["amount"] == 5000)
        #expect(transactions.first?["fee"] == 100, "1.5 % of 50.00 and 0.25")
        #expect(transactions.first?["net"] == 4900)
        #expect(transactions.first?["type"] == "charge")
        #expect(charge.text("balance_transaction") == transactions.first?["id"]?.textValue)
        #expect(bench.eventTypes() == ["charge.captured", "payment_intent.succeeded"])
    }

    @Test(arguments: [
        ("pm_card_visa", 410_400), ("pm_card_mastercard", 604_800), ("pm_card_amex", 604_800), ("pm_card_discover", 604_800),
    ])
    func `a guest's page holds for 7 days; the card saved on it 4 days 18 hours if it is a Visa, else 7 days`(card: String, seconds: Int) {
        let page = bench.post(
            "/v1/checkout/sessions",
            "mode=payment&success_url=https://shop.test/ok&line_items[0][price_data][currency]=eur&line_items[0][quantity]=1"
                + "&line_items[0][price_data][unit_amount]=30000&line_items[0][price_data][product_data][name]=Stay"
                + "&payment_intent_data[capture_method]=manual&payment_intent_data[setup_future_usage]=off_session")
        let paid = bench.order("checkout/\(page.id)/pay", #"{"payment_method":"\#(card)"}"#)
        let present = bench.get("/v1/payment_intents/" + paid.text("payment_intent"))
        let end = "payment_method_details.card.capture_before"
        #expect(bench.charge(of: present).int(end) == Bench.start + 604_800)
        bench.time.advance(seconds: 60)
        let saved = "&customer=\(present.text("customer"))&off_session=true"
        let away = bench.hold(card: present.text("payment_method"), more: saved)
        let charge = bench.charge(of: away)
        #expect(charge.int(end) == Bench.start + 60 + seconds)
        #expect(charge.text("payment_method_details.card.brand") == card.dropFirst("pm_card_".count))
        bench.time.advance(seconds: Int64(seconds) - 1)
        #expect(bench.get("/v1/payment_intents/\(away.id)").text("status") == "requires_capture")
        bench.time.advance(seconds: 1)
        #expect(bench.get("/v1/payment_intents/\(away.id)").text("cancellation_reason") == "expired")
    }

    @Test func `a hold that nobody captures expires with reason expired and is never refunded`() {
        let hold = bench.hold()
        _ = bench.eventTypes()
        bench.time.advance(seconds: 7 * day - 1)
        #expect(bench.get("/v1/payment_intents/\(hold.id)").text("status") == "requires_capture")
        bench.time.advance(seconds: 1)
        let expired = bench.get("/v1/payment_intents/\(hold.id)")
        #expect(expired.text("status") == "canceled")
        #expect(expired.text("cancellation_reason") == "expired")
        #expect(expired.int("canceled_at") == Bench.start + 7 * 86_400)
        #expect(expired.int("amount_capturable") == 0)
        #expect(bench.eventTypes() == ["charge.expired", "payment_intent.canceled"])
        let late = bench.post("/v1/payment_intents/\(hold.id)/capture")
        #expect(late.error == "400 payment_intent_unexpected_state -")
        #expect(late.text("error.payment_intent.status") == "canceled")
    }

    @Test func `cancelling a hold makes no refund and leaves the charge uncaptured`() {
        let hold = bench.hold()
        _ = bench.eventTypes()
        let canceled = bench.post("/v1/payment_intents/\(hold.id)/cancel")
        #expect(canceled.text("status") == "canceled")
        #expect(canceled["cancellation_reason"] == .null)
        #expect(bench.charge(of: canceled)["captured"] == false)
        #expect(bench.get("/v1/refunds").data.isEmpty)
        #expect(bench.get("/v1/balance_transactions").data.isEmpty)
        #expect(bench.eventTypes() == ["payment_intent.canceled"])
    }

    @Test(arguments: [
        ("7000", "400 amount_too_large amount_to_capture"), ("0", "400 parameter_invalid_integer amount"),
        ("-1", "400 - amount_to_capture"),
    ])
    func `what cannot be captured is refused with the whole intent`(amount: String, error: String) {
        let hold = bench.hold()
        let refused = bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=\(amount)")
        #expect(refused.error == error)
        #expect(refused.text("error.type") == "invalid_request_error")
        #expect(refused.text("error.payment_intent.id") == hold.id)
        #expect(bench.get("/v1/payment_intents/\(hold.id)").int("amount_capturable") == 6500)
    }

    @Test func `a second capture is refused in other words than a capture without a hold`() {
        let hold = bench.hold()
        bench.post("/v1/payment_intents/\(hold.id)/capture")
        let again = bench.post("/v1/payment_intents/\(hold.id)/capture")
        #expect(again.error == "400 payment_intent_unexpected_state -")
        #expect(again.text("error.message").contains("the remainder of the authorized amount has been released"))
        let open = bench.post("/v1/payment_intents", "amount=1000&currency=eur&payment_method_types[0]=card")
        let early = bench.post("/v1/payment_intents/\(open.id)/capture")
        #expect(early.error == "400 payment_intent_unexpected_state -")
        #expect(
            early.text("error.message").hasSuffix(
                "has a status of requires_payment_method. Only a PaymentIntent with one of the following statuses may be captured: "
                    + "requires_capture."
            ))
    }

    @Test func `cancelling twice is refused and lists what may be cancelled`() {
        let hold = bench.hold()
        bench.post("/v1/payment_intents/\(hold.id)/cancel")
        let again = bench.post("/v1/payment_intents/\(hold.id)/cancel")
        #expect(again.error == "400 payment_intent_unexpected_state -")
        #expect(again.text("error.message").contains("requires_reauthorization"))
    }

    @Test func `a hold's amount cannot be changed, its metadata can`() {
        let hold = bench.hold()
        #expect(bench.post("/v1/payment_intents/\(hold.id)", "amount=7000").error == "400 payment_intent_unexpected_state -")
        let updated = bench.post("/v1/payment_intents/\(hold.id)", "metadata[folio]=R-1&description=Stay")
        #expect(updated.text("metadata.folio") == "R-1")
        #expect(updated.text("description") == "Stay")
    }
}
