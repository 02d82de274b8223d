/// What Stripe's support and dashboard decide for an account. Changed by `POST /_sim/account`.
struct AccountSettings: Sendable {
    /// The default currency: what no other balance takes is converted into it.
    var currency = "eur"
    /// Further currencies in which the account has a balance of its own.
    var otherCurrencies: [String] = []
    var country = "DE"
    var apiVersion = StripeVersion.current
    /// Of `incremental_authorization`, `overcapture`, `extended_authorization`, `multicapture`: what interchange-plus accounts may use.
    var features: Set<String> = []
    /// Switched on for payments. Sofort and giropay are off as they have been at Stripe since 2025 and 2024.
    var methods = ["card"]
    var prices = PriceList()
    /// Exchange rates into the default currency, in millionths.
    var rates: [String: Int] = ["usd": 920_000, "gbp": 1_170_000, "chf": 1_050_000, "jpy": 6_200, "eur": 1_000_000]
    var paysOutDaily = false
    /// Days until money is available and paid out.
    var delayDays = 7
    /// The next automatic payout fails at the bank with this code.
    var payoutFailure: String?
    /// Refunds beyond the balance are debited from the bank; otherwise they wait.
    var debitsNegativeBalances = true
    /// Requests a second before 429; nil for no limit.
    var rateLimit: Int?
    /// Accounts this one may act for with `Stripe-Account`.
    var connected: Set<String> = []
    /// Days until the bank answers a Sofort payment.
    var sofortDays = 5
    /// What it has of fraud prevention.
    var radar = Radar.standard
    /// What fraud prevention says of cards from now on, whatever the card; nil: what the card is made to be.
    var risk: ChargeRisk?
    /// Seconds until a charge that was taken gets its balance transaction; nil for Stripe's usual ways.
    var transactionDelay: Int?

    /// The default currency first.
    var settlementCurrencies: [String] { [currency] + otherCurrencies }
}

/// The account's price list.
struct PriceList: Sendable {
    struct Price: Sendable {
        /// In millionths: 1.5 % is 15,000.
        var rate = 15_000
        /// In the smallest unit of each settlement currency.
        var fixed: [String: Int] = ["eur": 25, "usd": 30, "gbp": 20, "chf": 30, "jpy": 30]
    }

    var standard = Price()
    /// By payment method type where it differs.
    var byMethod: [String: Price] = [:]
    /// On top when the charge is converted, in millionths.
    var conversion = 20_000
    /// Taken for a received dispute, in the smallest unit; kept when it is won.
    var dispute = 2_000
    /// Taken for countering a dispute, given back when it is won. Stripe has had it since June 2025; test accounts were recorded without.
    var disputeCounter = 0
    /// Of the amount of an instant payout, in millionths.
    var instantPayout = 10_000

    /// Percentage rounded half up, plus the fixed part.
    ///
    /// - Parameter amount: In the settlement currency.
    func fee(for amount: Int, currency: String, method: String, isConverted: Bool) -> Int {
        let price = byMethod[method] ?? standard
        let rate = price.rate + (isConverted ? conversion : 0)
        return Int(clamping: (Int128(amount) * Int128(rate) + 500_000) / 1_000_000) + (price.fixed[currency] ?? 0)
    }
}
