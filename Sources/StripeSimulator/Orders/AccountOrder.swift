import JSON

/// `POST /_sim/account`: what Stripe's support and dashboard would change.
///
/// ```
/// {"same_as": "sk_test_… or acct_…", "forbidden": ["GET /v1/account", "GET /v1/payment_intents/{id}"],
///  "api_version": "2020-08-27",
///  "features": ["incremental_authorization", "overcapture", "extended_authorization", "multicapture"],
///  "methods": ["card", "klarna", "sofort", "giropay"],
///  "fee": {"percent": "1.5", "fixed": 25, "conversion_percent": "2", "dispute": 2000, "dispute_counter": 0,
///          "instant_payout_percent": "1"},
///  "fees": {"klarna": {"percent": "2.99", "fixed": {"eur": 35}}},
///  "currency": "eur", "currencies": ["usd", "chf"], "country": "DE", "rates": {"gbp": "1.17"},
///  "payouts": {"schedule": "manual|daily", "delay_days": 7, "fail_next": "account_closed"},
///  "debit_negative_balances": true,
///  "transaction_delay": 86400,
///  "radar": "none|standard|fraud_teams", "risk": {"level": "elevated", "score": 70},
///  "rate_limit": 25, "connect": ["acct_…"], "sofort_days": 5}
/// ```
///
/// `features` are those that Stripe has switched on for the account, each by itself; without `extended_authorization` a hold that asks
/// for it is `disabled` and lives as long as any. `same_as` makes the order's `key` one more key of an account that is there;
/// `sk_live_…` and `rk_live_…` reach its live objects. `forbidden` are the rights that the order's `key`, an `rk_…`, lacks: such calls
/// are answered 403. `api_version` is the account's default, in which its events are made from now on; any text will do. `currency` is
/// the default one, `currencies` are the others in which the account has a balance of its own; a charge in none of them is converted
/// into the default one. With `transaction_delay` every charge that is taken gets its balance transaction so many seconds later,
/// whatever its capture method; null ends that. `radar` is what the account has of fraud prevention: with `none` outcomes name no level,
/// only with `fraud_teams` they have scores, and charges of elevated risk are put in review. `risk` is what is said of every card from now
/// on; null: what the test card is made to be.
struct AccountOrder {
    let account: Account
    /// The key that the order names; nil when it names the account.
    let key: String?
    let body: JSON

    /// - Returns: The settings as they are now.
    func obey() throws -> JSON {
        var settings = account.settings
        var daily: Bool?
        for (key, value) in body.members ?? [] {
            switch key {
            case "id", "key", "same_as": break
            case "forbidden": try forbid(value)
            case "api_version": settings.apiVersion = value.textValue ?? settings.apiVersion
            case "features":
                settings.features = Set(
                    try words(value, key, of: ["incremental_authorization", "overcapture", "extended_authorization", "multicapture"]))
            case "methods":
                settings.methods = try words(
                    value, key, of: ["card", "klarna", "sofort", "giropay", "link", "paypal", "sepa_debit", "eps"])
            case "fee": try read(value, into: &settings.prices)
            case "fees":
                for (method, price) in value.members ?? [] {
                    var changed = settings.prices.byMethod[method] ?? settings.prices.standard
                    try read(price, into: &changed, currency: settings.currency)
                    settings.prices.byMethod[method] = changed
                }
            case "currency":
                guard let currency = value.textValue?.lowercased(), StripeAmounts.isKnown(currency), account.isEmpty else {
                    throw Orders.Refused(message: "currency must be one Stripe knows, and can only change while the account is empty.")
                }
                settings.currency = currency
            case "currencies":
                guard let values = value.arrayValue, values.count == value.texts.count,
                    value.texts.allSatisfy({ StripeAmounts.isKnown($0) && $0 == $0.lowercased() })
                else { throw Orders.Refused(message: "currencies must be a list of currencies that Stripe knows, such as usd.") }
                settings.otherCurrencies = value.texts.filter { $0 != settings.currency }
            case "transaction_delay":
                guard value.isNull || (0...90 * 86_400).contains(value.intValue ?? -1) else {
                    throw Orders.Refused(message: "transaction_delay is a number of seconds, 90 days at most, or null.")
                }
                settings.transactionDelay = value.intValue
            case "country": settings.country = value.textValue ?? settings.country
            case "rates":
                for (currency, rate) in value.members ?? [] { settings.rates[currency] = try millionths(rate, "rates") }
            case "payouts": try payouts(value, &settings, &daily)
            case "debit_negative_balances": settings.debitsNegativeBalances = value.boolValue ?? true
            case "radar":
                guard let radar = value.textValue.flatMap(Radar.init(rawValue:)) else {
                    throw Orders.Refused(message: "radar must be one of \(Radar.allCases.map(\.rawValue).joined(separator: ", ")).")
                }
                settings.radar = radar
            case "risk": settings.risk = try Orders.readRisk(value)
            case "rate_limit": settings.rateLimit = value.intValue
            case "connect": settings.connected.formUnion(value.texts)
            case "sofort_days": settings.sofortDays = value.intValue ?? settings.sofortDays
            default: throw Orders.Refused(message: "Unknown member \"\(key)\" of an account order.")
            }
        }
        account.settings = settings
        if !settings.connected.isEmpty { account.world.platforms.insert(account.place) }
        if let daily { account.setDailyPayouts(daily) }
        return shown
    }

    private var shown: JSON {
        let settings = account.settings
        return .object([
            ("id", .text(account.id)), ("keys", JSON(account.keys)), ("livemode", .bool(account.isLive)),
            ("features", JSON(settings.features.sorted())), ("methods", JSON(settings.methods)),
            ("currency", .text(settings.currency)), ("currencies", JSON(settings.settlementCurrencies)),
            ("country", .text(settings.country)),
            (
                "payouts",
                .object([("schedule", settings.paysOutDaily ? "daily" : "manual"), ("delay_days", .int(settings.delayDays))])
            ), ("rate_limit", JSON(settings.rateLimit)),
        ])
    }

    private func forbid(_ value: JSON) throws {
        guard let key, APIKey.isRestricted(key) else {
            throw Orders.Refused(message: "forbidden is for a restricted key: name one as \"key\": \"rk_test_…\".")
        }
        var routes: Set<String> = []
        for text in value.texts {
            guard let pattern = Route.pattern(text), Account.router.knows(pattern) else {
                throw Orders.Refused(message: "No such endpoint: \(text). One is written like GET /v1/payment_intents/{id}.")
            }
            routes.insert(pattern)
        }
        account.world.forbid(routes, to: key)
    }

    private func words(_ value: JSON, _ key: String, of known: [String]) throws -> [String] {
        guard let values = value.arrayValue, values.count == value.texts.count, value.texts.allSatisfy(known.contains) else {
            throw Orders.Refused(message: "\(key) must be a list of these words: \(known.joined(separator: ", ")).")
        }
        return value.texts
    }

    private func read(_ value: JSON, into prices: inout PriceList) throws {
        try read(value, into: &prices.standard, currency: account.settings.currency)
        if let percent = value["conversion_percent"] { prices.conversion = try millionths(percent, "conversion_percent") / 100 }
        if let percent = value["instant_payout_percent"] { prices.instantPayout = try millionths(percent, "instant_payout_percent") / 100 }
        if let fee = value["dispute"]?.intValue { prices.dispute = fee }
        if let fee = value["dispute_counter"]?.intValue { prices.disputeCounter = fee }
    }

    private func read(_ value: JSON, into price: inout PriceList.Price, currency: String) throws {
        if let percent = value["percent"] { price.rate = try millionths(percent, "percent") / 100 }
        if let fixed = value["fixed"]?.intValue { price.fixed[currency] = fixed }
        for (currency, fixed) in value["fixed"]?.members ?? [] {
            guard let fixed = fixed.intValue else { throw Orders.Refused(message: "fixed must be whole numbers of the smallest unit.") }
            price.fixed[currency] = fixed
        }
    }

    private func payouts(_ value: JSON, _ settings: inout AccountSettings, _ daily: inout Bool?) throws {
        if let schedule = value["schedule"] {
            guard let word = schedule.textValue, ["manual", "daily"].contains(word) else {
                throw Orders.Refused(message: "The payout schedule is manual or daily.")
            }
            daily = word == "daily"
        }
        if let days = value["delay_days"] {
            guard let days = days.intValue, (0...90).contains(days) else {
                throw Orders.Refused(message: "delay_days lies between 0 and 90.")
            }
            settings.delayDays = days
        }
        if let code = value["fail_next"] { settings.payoutFailure = code.textValue }
    }

    /// `"1.5"` or 2 as millionths: 1,500,000 or 2,000,000.
    private func millionths(_ value: JSON, _ name: String) throws -> Int {
        let text: String =
            switch value {
            case .text(let text), .decimal(let text): text
            case .int(let number): String(number)
            default: ""
            }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), (0..<1_000_000).contains(whole) else {
            throw Orders.Refused(message: "\(name) must be a decimal number such as \"1.5\".")
        }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        guard fraction.count <= 6, fraction.isEmpty || Int(fraction) != nil else {
            throw Orders.Refused(message: "\(name) may have at most six decimals.")
        }
        return whole * 1_000_000 + (Int(fraction + String(repeating: "0", count: 6 - fraction.count)) ?? 0)
    }
}
