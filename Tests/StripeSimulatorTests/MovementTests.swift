import JSON
import Testing

@testable import StripeSimulator

/// Movements that no call of ours made, and late ones.
@Suite struct MovementTests {
    let bench = Bench()

    @discardableResult
    private func move(_ members: String) -> Bench.Answer { bench.order("balance_transactions", "{\"key\":\"sk_test_bench\",\(members)}") }

    /// What Stripe says the payments balance is, and what its transactions add up to.
    private func sums(_ currency: String = "eur") -> (balance: Int, net: Int) {
        let balance = bench.get("/v1/balance")
        let amounts = (balance["available"]?.arrayValue ?? []) + (balance["pending"]?.arrayValue ?? [])
        let shown = amounts.filter { $0["currency"] == .text(currency) }.compactMap { $0["amount"]?.intValue }
        let nets = bench.get("/v1/balance_transactions", "limit=100&currency=\(currency)").data
            .filter { $0["balance_type"] == "payments" }.compactMap { $0["net"]?.intValue }
        return (shown.reduce(0, +), nets.reduce(0, +))
    }

    @Test(arguments: MovementType.categories.keys.sorted())
    func `a movement of each type is listed and changes the balance`(type: String) {
        bench.pay(10_000)
        let moved = move("\"type\":\"\(type)\",\"amount\":-250,\"fee\":7,\"description\":\"by order\"")
        #expect(moved.text("type") == type)
        #expect(moved.text("reporting_category") == MovementType.categories[type])
        #expect(moved.int("net") == -257)
        #expect(moved.int("created") == Bench.start)
        #expect(moved.text("status") == "available")
        #expect(bench.get("/v1/balance_transactions", "type=\(type)").data.contains(moved.json))
        let sums = sums()
        #expect(sums.balance == 9825 - 257)
        #expect(sums.net == sums.balance)
    }

    @Test(arguments: ["payment_reversal", "payment_failure_refund"])
    func `a payment that the bank takes back later leaves the balance with its charge as the source`(type: String) {
        let paid = bench.pay(10_000)
        let charge = paid.text("latest_charge")
        let failed = bench.order("charges/\(charge)", "{\"fail\":\"insufficient_funds\",\"type\":\"\(type)\"}")
        #expect(failed.text("status") == "failed" && failed.text("failure_code") == "insufficient_funds")
        let back = bench.get("/v1/balance_transactions/\(failed.text("failure_balance_transaction"))")
        #expect(back.text("type") == type && back.text("reporting_category") == "charge_failure")
        #expect(back.int("amount") == -10_000 && back.text("source") == charge)
        #expect(bench.get("/v1/payment_intents/\(paid.id)").text("status") == "succeeded")
        #expect(bench.post("/v1/refunds", "charge=\(charge)").status == 400)
        #expect(bench.eventTypes().last == "charge.failed")
        let sums = sums()
        #expect(sums.balance == -175 && sums.net == -175, "Stripe keeps its fee")
        #expect(bench.order("charges/\(charge)", #"{"fail":"again"}"#).status == 400)
        #expect(bench.order("charges/\(charge)", #"{"fail":"x","type":"refund"}"#).status == 400)
    }

    @Test func `a type that Stripe does not have yet, another category, another day and another currency are taken as ordered`() {
        let before = Bench.start - 86_400
        let paid = bench.pay()
        let moved = move(
            "\"type\":\"quantum_fee\",\"amount\":-300,\"currency\":\"usd\",\"created\":\(before),\"available_on\":\(Bench.start + 60)")
        #expect(moved.text("reporting_category") == "quantum_fee")
        #expect(moved.text("status") == "pending")
        #expect(
            move("\"type\":\"stripe_fee\",\"amount\":-1,\"reporting_category\":\"network_cost\"").text("reporting_category")
                == "network_cost")
        let listed = bench.get("/v1/balance_transactions").data.compactMap { $0["type"]?.textValue }
        #expect(listed == ["stripe_fee", "charge", "quantum_fee"], "an older one has its place by its time")
        #expect(bench.get("/v1/balance_transactions", "created[lt]=\(Bench.start)").data.map { $0["id"] } == [.text(moved.id)])
        #expect(bench.get("/v1/balance_transactions", "source=" + paid.text("latest_charge")).data.map { $0["type"] } == ["charge"])
        #expect(bench.get("/v1/balance")["pending.1"] == ["amount": -300, "currency": "usd", "source_types": ["card": -300]])
        bench.time.advance(seconds: 60)
        #expect(bench.get("/v1/balance").int("available.1.amount") == -300)
        #expect(sums("usd") == (-300, -300))
    }

    @Test func `a reserve leaves the payments balance, lies in the reserved one, and comes back`() {
        bench.pay(10_000)
        let held = move(#""type":"reserve_hold","amount":-4000"#)
        #expect(held.text("balance_type") == "payments")
        let both = bench.get("/v1/balance_transactions", "type=reserve_hold").data
        #expect(both.map { $0["balance_type"] } == ["risk_reserved", "payments"])
        #expect(both.map { $0["net"] } == [4000, -4000])
        #expect(both.allSatisfy { $0["reporting_category"] == "risk_reserved_funds" })
        #expect(sums() == (5825, 5825))
        #expect(bench.get("/_sim/ledger").int("accounts.0.balance.risk_reserved.eur") == 4000)
        move(#""type":"reserve_release","amount":1500"#)
        #expect(sums() == (7325, 7325))
        #expect(bench.get("/_sim/ledger").int("accounts.0.balance.risk_reserved.eur") == 2500)
        #expect(move(#""type":"reserve_release","amount":-1,"balance_type":"risk_reserved""#).text("balance_type") == "risk_reserved")
        #expect(bench.get("/v1/balance_transactions", "type=reserve_release").data.count == 3, "named, a balance stands alone")
    }

    @Test func `a foreign charge has no intent, is read by its id, and can be refunded and disputed`() {
        let moved = move(#""type":"charge","amount":5000,"fee":100,"source":"charge","description":"till""#)
        let charge = bench.get("/v1/charges/" + moved.text("source"))
        #expect(charge["payment_intent"] == .null)
        #expect(charge.int("amount_captured") == 5000)
        #expect(charge.text("balance_transaction") == moved.id)
        #expect(bench.get("/v1/charges").data.map { $0["id"] } == [.text(charge.id)])
        #expect(
            bench.get("/v1/balance_transactions", "source=\(charge.id)&expand[]=data.source").text("data.0.source.description") == "till")
        let refund = bench.post("/v1/refunds", "charge=\(charge.id)&amount=1000")
        #expect(refund["payment_intent"] == .null)
        #expect(bench.order("charges/\(charge.id)/dispute")["payment_intent"] == .null)
        #expect(sums() == (5000 - 100 - 1000 - 4000 - 2000, -2100))
    }

    @Test func `top-ups and transfers are read by their ids`() {
        let topup = move(#""type":"topup","amount":9000,"source":"topup""#).text("source")
        #expect(bench.get("/v1/topups/\(topup)").int("amount") == 9000)
        let transfer = move(#""type":"transfer","amount":-700,"source":"transfer""#).text("source")
        #expect(bench.get("/v1/transfers/\(transfer)", "expand[]=balance_transaction").int("balance_transaction.amount") == -700)
        #expect(bench.get("/v1/topups/\(transfer)").error == "404 resource_missing topup")
    }

    @Test func `a source that cannot be read answers as ordered, and lists go on showing the movement`() {
        for (how, status) in [("404", 404), ("403", 403), ("500", 500), ("\"odd\"", 200)] {
            let moved = move("\"type\":\"charge\",\"amount\":100,\"source\":\"charge\",\"unreadable\":\(how)")
            let source = moved.text("source")
            let read = bench.get("/v1/charges/\(source)")
            #expect(read.status == status)
            #expect(read["amount_captured"] == nil)
            let listed = bench.get("/v1/balance_transactions", "source=\(source)&expand[]=data.source").data
            #expect(listed.map { $0["source"] } == [.text(source)], "an id stays where nothing can be shown")
            bench.order("objects/\(source)", #"{"unreadable":null}"#)
            #expect(bench.get("/v1/charges/\(source)").int("amount_captured") == 100)
        }
        let gone = move(#""type":"adjustment","amount":100,"source":"ch_gone""#)
        #expect(bench.get("/v1/charges/ch_gone").error == "404 resource_missing charge")
        #expect(bench.get("/v1/balance_transactions", "source=ch_gone").data == [gone.json])
        #expect(bench.get("/v1/balance_transactions", "source=ch_other").error == "400 resource_missing source")
    }

    @Test func `an object of ours cannot be read either, when that is ordered`() {
        let paid = bench.pay()
        bench.order("objects/\(paid.id)", #"{"unreadable":403}"#)
        #expect(bench.get("/v1/payment_intents/\(paid.id)").error == "403 more_permissions_required -")
        #expect(bench.get("/v1/payment_intents").data.count == 1)
        #expect(bench.post("/v1/payment_intents/\(paid.id)", "description=x").status == 200)
        #expect(bench.order("objects/\(paid.id)", #"{"unreadable":418}"#).status == 400)
    }

    @Test(arguments: [
        #""amount":1"#, #""type":"topup""#, #""type":"topup","amount":1,"balance_type":"savings""#,
        #""type":"topup","amount":1,"currency":"EUR""#, #""type":"topup","amount":1,"source":"thing""#,
        #""type":"topup","amount":1,"unreadable":404"#, #""type":"topup","amount":1,"created":1772366401"#,
        #""type":"topup","amount":1,"colour":"red""#,
    ])
    func `an order for a movement that is not understood moves nothing`(members: String) {
        #expect(move(members).status == 400)
        #expect(bench.get("/v1/balance_transactions").data.isEmpty)
    }

    @Test func `transactions are late as ordered, whatever the capture method, and null until then`() {
        bench.order("account", #"{"key":"sk_test_bench","transaction_delay":86400}"#)
        let paid = bench.pay(10_000)
        let hold = bench.hold(6500)
        bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=5000")
        for intent in [paid, hold] {
            let read = bench.get("/v1/payment_intents/\(intent.id)", "expand[]=latest_charge.balance_transaction")
            #expect(read.text("status") == "succeeded")
            #expect(read["latest_charge.captured"] == true)
            #expect(read["latest_charge.balance_transaction"] == .null)
        }
        #expect(bench.get("/v1/balance_transactions").data.isEmpty)
        bench.time.advance(seconds: day)
        let list = bench.get("/v1/payment_intents", "expand[]=data.latest_charge.balance_transaction")
        #expect(list.data.map { $0["latest_charge"]?["balance_transaction"]?["amount"] } == [5000, 10_000])
        #expect(list.int("data.1.latest_charge.balance_transaction.created") == Bench.start + 86_400)
        #expect(bench.get("/v1/events", "type=charge.updated").data.count == 2)
        bench.order("account", #"{"key":"sk_test_bench","transaction_delay":null}"#)
        #expect(bench.charge(of: bench.pay())["balance_transaction"] != .null)
    }

    @Test func `refunds and charges show their balance transaction when asked`() {
        let paid = bench.pay(10_000)
        let refund = bench.post("/v1/refunds", "payment_intent=\(paid.id)&amount=1000&expand[]=balance_transaction")
        #expect(refund.int("balance_transaction.amount") == -1000)
        let read = bench.get("/v1/refunds/\(refund.id)", "expand[]=charge.balance_transaction")
        #expect(read.int("charge.balance_transaction.fee") == 175)
        #expect(bench.get("/v1/refunds", "expand[]=data.balance_transaction").int("data.0.balance_transaction.net") == -1000)
        let charges = bench.get("/v1/charges", "expand[]=data.balance_transaction")
        #expect(charges.int("data.0.balance_transaction.created") == Bench.start)
    }

    @Test func `a fresh account shows its own currency with nothing in it`() {
        let balance = bench.get("/v1/balance")
        #expect(balance["available"] == [["amount": 0, "currency": "eur", "source_types": ["card": 0]]])
        #expect(balance["pending"] == [["amount": 0, "currency": "eur", "source_types": ["card": 0]]])
    }

    @Test func `an account with several balances converts only what none of them takes`() {
        bench.order("account", #"{"key":"sk_test_bench","currencies":["usd"],"payouts":{"schedule":"daily","delay_days":1}}"#)
        #expect(bench.get("/v1/balance")["available"]?.arrayValue?.map { $0["currency"] } == ["eur", "usd"])
        func transaction(_ currency: String) -> Bench.Answer {
            let intent = bench.post(
                "/v1/payment_intents",
                "amount=10000&currency=\(currency)&capture_method=automatic&confirm=true&payment_method=pm_card_visa"
                    + "&payment_method_types[0]=card")
            return bench.get("/v1/balance_transactions/" + bench.charge(of: intent).text("balance_transaction"))
        }
        let dollars = transaction("usd")
        #expect(dollars.text("currency") == "usd")
        #expect(dollars["exchange_rate"] == .null)
        #expect(dollars.int("fee") == 180, "1.5 % of 100.00 and 0.30")
        let pounds = transaction("gbp")
        #expect(pounds.text("currency") == "eur")
        #expect(pounds.int("amount") == 11_700)
        #expect(pounds["exchange_rate"] == .decimal("1.17"))
        #expect(sums("usd") == (9820, 9820))
        #expect(sums("eur").balance == sums("eur").net)
        bench.time.advance(seconds: 3 * day)
        #expect(Set(bench.get("/v1/payouts").data.map { $0["currency"]?.textValue }) == ["eur", "usd"])
        #expect(sums("usd") == (0, 0))
        #expect(sums("eur") == (0, 0))
    }

    @Test func `an instant payout costs a fee on its own transaction`() {
        bench.pay(10_000, card: "pm_card_bypassPending")
        #expect(bench.post("/v1/payouts", "amount=9800&currency=eur&method=instant").error == "400 balance_insufficient -")
        let payout = bench.post("/v1/payouts", "amount=5000&currency=eur&method=instant&expand[]=balance_transaction")
        #expect(payout.int("balance_transaction.amount") == -5000)
        #expect(payout.int("balance_transaction.fee") == 50)
        #expect(sums() == (9825 - 5050, 4775))
        bench.order("account", #"{"key":"sk_test_bench","fee":{"instant_payout_percent":"1.5"}}"#)
        let dearer = bench.post("/v1/payouts", "amount=1000&currency=eur&method=instant&expand[]=balance_transaction")
        #expect(dearer.int("balance_transaction.fee") == 15)
        bench.time.advance(seconds: 1800)
        #expect(bench.get("/v1/payouts/\(dearer.id)").text("status") == "paid")
    }

    @Test(arguments: [
        "payment_method=pm_card_bypassPending", "payment_method_data[type]=card&payment_method_data[card][token]=tok_bypassPending",
    ])
    func `a card that bypasses waiting brings money that is available at once`(method: String) {
        let paid = bench.post(
            "/v1/payment_intents", "amount=10000&currency=eur&capture_method=automatic&confirm=true&payment_method_types[0]=card&" + method)
        let transaction = bench.get("/v1/balance_transactions/" + bench.charge(of: paid).text("balance_transaction"))
        #expect(transaction.int("available_on") == transaction.int("created"))
        #expect(transaction.text("status") == "available")
        #expect(bench.get("/v1/balance").int("available.0.amount") == 9825)
    }
}
