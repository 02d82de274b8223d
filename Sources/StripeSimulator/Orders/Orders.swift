import JSON
import Ledger

/// Orders to the simulator itself, JSON in and out. An order it does not understand is answered 400 with one sentence and changes nothing.
///
/// ```
/// GET  /_sim/clock                     {"now": unix_seconds, "running": bool}
/// POST /_sim/clock                     {"advance_seconds": n} | {"now": unix_seconds, "running": bool}
///                                      Backwards only while the simulator holds no objects at all.
/// POST /_sim/reset                     Forgets accounts, objects, faults and messages; the clock stays.
/// GET  /_sim/ledger                    Per account and currency: balance (what is reserved apart), captured, refunded, fees, paid out.
/// POST /_sim/faults                    {"fault": "…", "route": "POST /v1/…/{id}", "times": 1, "skip": 0, "delay_milliseconds": 2000,
///                                       "retry_after": 5, "status": 409, "field": "latest_charge.amount", "value": "1e308"};
///                                       {"clear": true} forgets all. GET lists what waits. Field and value are for odd_number.
/// POST /_sim/checkout/{session}/pay    {"card": "4242…" | "method": "klarna|link|…" | "wallet": "apple_pay|google_pay|link" |
///                                       "payment_method": "pm_…" | "pm_card_mastercard", "issuer": {…}, "email": "…", "name": "…",
///                                       "line1": "…", "postal_code": "…", "authentication": "succeed|fail|leave"}:
///                                       what the page's button does. A wallet pays with the card that lies in it (`card`, or a Visa).
///                                       Link is a method of its own where the page lists it, else the card's wallet, unless the session
///                                       says `wallet_options[link][display]=never`. `issuer` is an order as to payment_methods/{id},
///                                       obeyed before the button is pressed.
/// POST /_sim/intents/{id}/authenticate {"outcome": "succeed|fail"}: 3DS, or the way back from Klarna, Sofort, giropay.
/// POST /_sim/account                   Keys, rights and settings, see `AccountOrder`.
/// POST /_sim/balance_transactions      {"type": "stripe_fee", "amount": -250, "fee": 0, "currency": "eur", "description": "…",
///                                       "reporting_category": "fee", "created": unix_seconds, "available_on": unix_seconds,
///                                       "source": "charge|topup|transfer" | "ch_…", "unreadable": 404,
///                                       "balance_type": "payments|risk_reserved|issuing|refund_and_dispute_prefunding"}:
///                                       a movement that no call made, of any type, known or new; only type and amount must be there.
///                                       See `orderMovement`.
/// POST /_sim/objects/{id}              {"unreadable": 404 | 403 | 500 | "odd" | null}: how reading it by its id is answered.
/// POST /_sim/payment_methods/{id}      {"physical_card": "the one of R-17", "limit": 50000, "refuses_second_hold": bool,
///                                       "declines_from_use": n, "declines_off_session": bool, "declines_off_session_from_use": n,
///                                       "declines_increments": bool, "decline": "insufficient_funds",
///                                       "advice_code": "try_again_later|do_not_try_again|confirm_card_data", "network_advice_code": "03",
///                                       "network_decline_code": "51", "funding": "credit|debit|prepaid|unknown", "country": "DE",
///                                       "renew": {"last4": "1881", "exp_month": 5, "exp_year": 2031}}: what the card is, and what its
///                                       issuer does, see `instruct`. It holds for all methods that stand for the same physical card.
/// POST /_sim/redact/{id}               Names, mail and addresses become null: of a customer everywhere, or of one object.
/// POST /_sim/webhooks                  {"mode": "normal|duplicate|reorder|hold|drop", "release": bool, "disorder": ["altered_body", …],
///                                       "odd_numbers": [{"field": "created", "value": "1000000000000000000"}]}: one for each message
/// POST /_sim/webhook_endpoints/{id}    {"api_version": "2020-08-27", "thin": bool}: how its messages are written. Before 2022-11-15
///                                      an intent shows its charges instead of `latest_charge`.
/// POST /_sim/webhook_endpoints/{id}/roll  {"overlap_seconds": 86400} -> {"secret": "whsec_…"}
/// POST /_sim/charges/{id}              {"refundable": false}: refunds are refused for good, code charge_not_refundable.
///                                       {"risk": {"level": "elevated", "score": 70}}: what fraud prevention said of it.
/// POST /_sim/charges/{id}/dispute      {"reason": "fraudulent", "inquiry": bool, "amount": n}
/// POST /_sim/charges/{id}/review       {"reason": "manual|rule"}: puts it in review.
/// POST /_sim/reviews/{id}              {"closed_reason": "approved|…"}
/// POST /_sim/charges/{id}/early_fraud_warning  {"fraud_type": "misc|made_with_stolen_card|…"}: its issuer reports it as fraud.
/// POST /_sim/disputes/{id}             {"outcome": "won|lost|warning_closed"}
/// POST /_sim/refunds/{id}              {"outcome": "succeeded|failed|canceled|requires_action"}: the Dashboard cancels; the payer of a
///                                       method that is no card is asked where the money shall go. A card's refund waits for money where
///                                       the account's `debit_negative_balances` is false and too little is available.
/// POST /_sim/payouts/{id}              {"fail": "account_closed"}
/// ```
///
/// Beside Stripe's own test cards there are some whose issuers behave so without an order, by the name or by the number:
///
/// ```
/// pm_card_sim_limit500                 4000 9900 0000 0012  500.00 held and taken together, and no more
/// pm_card_sim_refusesSecondHold        4000 9900 0000 0020  no hold beside one that lives
/// pm_card_sim_refusesSecondOffSession  4000 9900 0000 0038  insufficient_funds from the second attempt without its holder on
/// pm_card_sim_doNotTryAgain            4000 9900 0000 0046  without its holder: stop_payment_order, do_not_try_again
/// pm_card_sim_confirmCardData          4000 9900 0000 0053  without its holder: expired_card, confirm_card_data
/// pm_card_sim_prepaid                  4000 9900 0000 0061  funding prepaid
/// pm_card_sim_unknownFunding           4000 9900 0000 0079  funding unknown
/// ```
///
/// Orders about one account name it by `Authorization: Bearer sk_test_…` or by `"id"` or `"key"` in the body; where an object's id is in
/// the path, the account that holds it is found by itself. What the Dashboard's people do (capture, cancel, refund, raise a hold, delete
/// a customer, detach a card) needs no order: it is Stripe's API with a key of the account.
struct Orders {
    let world: World
    let time: SimulatedTime
    let request: SimulatorRequest

    struct Refused: Error {
        let message: String
    }

    func answer() -> SimulatorResponse {
        do {
            return json(200, try obey(try body()))
        } catch let refused as Refused {
            return json(400, .object([("error", .object([("message", .text(refused.message))]))]))
        } catch let error as StripeError {
            return json(error.status, error.json(requestLogURL: ""))
        } catch {
            return json(500, .object([("error", .object([("message", .text("\(error)"))]))]))
        }
    }

    private func json(_ status: Int, _ value: JSON) -> SimulatorResponse {
        SimulatorResponse(status: status, headers: [("Content-Type", "application/json")], body: value.bytes)
    }

    private func body() throws -> JSON {
        guard !request.body.isEmpty else { return .emptyObject }
        guard let value = JSON(parsing: request.body), value.members != nil else {
            throw Refused(message: "The body must be a JSON object.")
        }
        guard value.hasOnlyUsualNumbers else {
            throw Refused(message: "A number in an order lies within \(JSON.usualNumbers.upperBound) either way.")
        }
        return value
    }

    private func obey(_ body: JSON) throws -> JSON {
        let path = request.path.split(separator: "/").dropFirst().map(String.init)
        switch (request.method, path.first ?? "", path.count) {
        case ("GET", "clock", 1): return clock
        case ("POST", "clock", 1): return try moveClock(body)
        case ("POST", "reset", 1):
            world.reset()
            return .object([("reset", true)])
        case ("GET", "ledger", 1): return ledger
        case ("GET", "faults", 1): return faults
        case ("POST", "faults", 1): return try orderFault(body)
        case ("POST", "account", 1):
            let (account, key) = try account(body)
            return try AccountOrder(account: account, key: key, body: body).obey()
        case ("POST", "balance_transactions", 1): return try orderMovement(body)
        case ("POST", "objects", 2): return try orderReading(path[1], body)
        case ("POST", "webhooks", 1): return try orderWebhooks(body)
        case ("POST", "checkout", 3) where path[2] == "pay": return try payCheckout(path[1], body)
        case ("POST", "intents", 3) where path[2] == "authenticate": return try authenticate(path[1], body)
        case ("POST", "payment_methods", 2): return try instruct(path[1], body)
        case ("POST", "redact", 2): return try redact(path[1], body)
        case ("POST", "charges", 2): return try instructCharge(path[1], body)
        case ("POST", "webhook_endpoints", 2): return try write(to: path[1], body)
        case ("POST", "webhook_endpoints", 3) where path[2] == "roll": return try roll(path[1], body)
        case ("POST", "charges", 3) where path[2] == "dispute": return try dispute(path[1], body)
        case ("POST", "charges", 3) where path[2] == "review": return try openReview(path[1], body)
        case ("POST", "charges", 3) where path[2] == "early_fraud_warning": return try warnOfFraud(path[1], body)
        case ("POST", "reviews", 2): return try closeReview(path[1], body)
        case ("POST", "disputes", 2), ("POST", "refunds", 2), ("POST", "payouts", 2): return try decide(path[0], path[1], body)
        default: throw Refused(message: "No such order: \(request.method) \(request.path).")
        }
    }

    // MARK: Time

    private var clock: JSON { .object([("now", .int(world.seconds)), ("running", .bool(time.isRunning))]) }

    private func moveClock(_ body: JSON) throws -> JSON {
        try only(["advance_seconds", "now", "running"], in: body)
        if let seconds = body["advance_seconds"] {
            guard let seconds = seconds.intValue, seconds >= 0, seconds < 200 * 366 * 86_400 else {
                throw Refused(message: "advance_seconds must be a whole number of seconds, not negative.")
            }
            time.advance(seconds: Int64(seconds))
        }
        if let now = body["now"] {
            guard let now = now.intValue, now >= 0, now < 10_000_000_000 else { throw Refused(message: "now must be unix seconds.") }
            guard now >= world.seconds || world.isEmpty else {
                throw Refused(message: "The clock can move backwards only while the simulator holds no objects; reset it first.")
            }
            time.set(Instant(unixSeconds: Int64(now)))
            if now < world.seconds { world.reset() }
        }
        if let running = body["running"] {
            guard let running = running.boolValue else { throw Refused(message: "running must be true or false.") }
            if running { time.run() } else { time.freeze() }
        }
        world.advance(to: time.now)
        return clock
    }

    // MARK: Money

    private var ledger: JSON {
        let accounts = world.places.compactMap { world.account(place: $0) }
        return .object([
            (
                "accounts",
                .array(
                    accounts.map { account in
                        let books = account.books
                        func sums(_ values: [String: Int]) -> JSON {
                            .object(values.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })
                        }
                        return .object([
                            ("id", .text(account.id)), ("key", JSON(account.keys.first)), ("livemode", .bool(account.isLive)),
                            ("currency", .text(account.settings.currency)),
                            (
                                "balance",
                                .object(
                                    [("available", sums(books.available)), ("pending", sums(books.pending))]
                                        + books.elsewhere.sorted { $0.key < $1.key }.map { ($0.key, sums($0.value)) })
                            ),
                            ("captured", sums(books.captured)), ("refunded", sums(books.refunded)), ("fees", sums(books.fees)),
                            ("paid_out", sums(books.paidOut)),
                        ])
                    })
            )
        ])
    }

    // MARK: Disorder

    private var faults: JSON {
        .object([
            (
                "faults",
                .array(
                    world.faults.orders.map { order in
                        let route = order.route.map { "\($0.method) /\($0.segments.joined(separator: "/"))" }
                        return .object([("fault", .text(order.fault.rawValue)), ("route", JSON(route)), ("times", .int(order.times))])
                    })
            )
        ])
    }

    private func orderFault(_ body: JSON) throws -> JSON {
        try only(["fault", "route", "times", "skip", "delay_milliseconds", "retry_after", "status", "field", "value", "clear"], in: body)
        if body["clear"] == true { world.faults.clear() }
        guard let name = body["fault"] else { return faults }
        guard let fault = name.textValue.flatMap(Fault.init(rawValue:)) else {
            throw Refused(message: "Unknown fault; known are \(Fault.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let times = body["times"]?.intValue ?? 1
        guard times > 0 else { throw Refused(message: "times must be at least 1.") }
        let odd = fault == .oddNumber ? try oddNumber(body) : nil
        let isAdded = world.faults.add(
            fault, route: body["route"]?.textValue, times: times, skip: body["skip"]?.intValue ?? 0,
            delayMilliseconds: body["delay_milliseconds"]?.intValue, retryAfter: body["retry_after"]?.intValue,
            status: body["status"]?.intValue, oddNumber: odd)
        guard isAdded else { throw Refused(message: "A route is a method and a path: POST /v1/payment_intents/{id}/capture.") }
        return faults
    }

    private func orderWebhooks(_ body: JSON) throws -> JSON {
        try only(["mode", "release", "disorder", "odd_numbers"], in: body)
        if let name = body["mode"] {
            guard let mode = name.textValue.flatMap(Deliveries.Mode.init(rawValue:)) else {
                throw Refused(message: "Unknown mode; known are \(Deliveries.Mode.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            world.deliveries.mode = mode
        }
        if body["release"] == true { world.deliveries.release(now: world.now.milliseconds) }
        for name in body["disorder"]?.texts ?? [] {
            guard let disorder = Deliveries.Disorder(rawValue: name) else {
                throw Refused(
                    message: "Unknown disorder; known are \(Deliveries.Disorder.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            world.deliveries.disorders.append(disorder)
        }
        world.deliveries.oddNumbers += try (body["odd_numbers"]?.arrayValue ?? []).map(oddNumber)
        return .object([("mode", .text(world.deliveries.mode.rawValue))])
    }

    private func oddNumber(_ body: JSON) throws -> OddNumber {
        guard let field = body["field"]?.textValue, let value = body["value"]?.textValue, let odd = OddNumber(field: field, value: value)
        else { throw Refused(message: "An odd number needs a field, such as \"data.object.amount\", and a value, as a text of JSON.") }
        return odd
    }

    // MARK: Helpers

    func only(_ known: [String], in body: JSON) throws {
        if let unknown = body.members?.first(where: { !known.contains($0.key) }) {
            throw Refused(message: "Unknown member \"\(unknown.key)\"; known are \(known.joined(separator: ", ")).")
        }
    }

    func account(_ body: JSON) throws -> (account: Account, key: String?) {
        if let id = body["id"]?.textValue { return (try account(id: id), nil) }
        guard let key = body["key"]?.textValue ?? APIKey.read(request), APIKey.isWellFormed(key) else {
            throw Refused(message: "Which account? Send Authorization: Bearer sk_test_…, or \"id\" or \"key\" in the body.")
        }
        if let known = body["same_as"]?.textValue {
            let account = APIKey.isWellFormed(known) ? world.account(key: known) : try account(id: known)
            guard world.add(key: key, to: account) else {
                throw Refused(message: "The key \(APIKey.masked(key)) opens another account already; take a new one.")
            }
        }
        return (world.account(key: key), key)
    }

    private func account(id: String) throws -> Account {
        guard let account = world.account(id: id, isLive: false) ?? world.account(id: id, isLive: true) else {
            throw Refused(message: "No account \(id).")
        }
        return account
    }

    /// The account that holds an object.
    func owner(_ id: String, _ holds: (Account) -> Bool) throws -> Account {
        for place in world.places {
            if let account = world.account(place: place), holds(account) { return account }
        }
        throw Refused(message: "No such object: \(id).")
    }
}

extension JSON {
    /// What numbers the simulator takes: twelve digits, as Stripe's amounts have them. So nothing that it reckons overflows.
    static let usualNumbers = -999_999_999_999...999_999_999_999

    fileprivate var hasOnlyUsualNumbers: Bool {
        switch self {
        case .int(let number): Self.usualNumbers.contains(number)
        case .array(let elements): elements.allSatisfy(\.hasOnlyUsualNumbers)
        case .object(let members): members.allSatisfy(\.value.hasOnlyUsualNumbers)
        default: true
        }
    }
}
