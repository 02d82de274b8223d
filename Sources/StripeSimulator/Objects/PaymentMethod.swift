import JSON

/// A means of payment: a card, or an account at Klarna, a bank or a wallet.
struct PaymentMethod: Stored {
    let id: String
    let created: Int
    /// `card`, `klarna`, `sofort`, `giropay`, …
    let type: String
    /// For cards.
    var card: TestCard?
    /// Which of all the physical cards with this test number it stands for; nil: the one that everybody has.
    var physicalCard: String?
    var expiryMonth: Int
    var expiryYear: Int
    /// The last four digits of the card that its network put in the place of the first one.
    var renewedLast4: String?
    var billingDetails: JSON
    var metadata: JSON
    var customer: String?
    var allowRedisplay = "unspecified"
    /// Detached, or used once without a customer: never to be used again.
    var isSpent = false
    /// Prepared for payments while the customer is away.
    var isSetUp = false
    /// Whether a payment was ever tried with it.
    var isUsed = false
    /// Whether a CVC was given and checked.
    var hasCheckedCVC = false
    /// The wallet that the card was taken from: one of `wallets`.
    var wallet: String?

    static let wallets = ["apple_pay", "google_pay", "link"]

    var json: JSON {
        var members: [(key: String, value: JSON)] = [
            ("id", .text(id)), ("object", "payment_method"), ("allow_redisplay", .text(allowRedisplay)),
            ("billing_details", billingDetails),
        ]
        if let card { members.append(("card", cardJSON(card))) }
        members += [
            ("created", .int(created)), ("customer", JSON(customer)), ("customer_account", nil), ("livemode", false),
            ("metadata", metadata),
            ("type", .text(type)),
        ]
        switch type {
        case "card": break
        case "klarna": members.insert(("klarna", .object([("dob", nil)])), at: 6)
        case "link": members.append(("link", .object([("email", billingDetails["email"] ?? .null)])))
        case "sofort": members.append(("sofort", .object([("country", billingDetails["address"]?["country"] ?? "DE")])))
        default: members.append((type, .emptyObject))
        }
        return .object(members)
    }

    /// What is shown of the number.
    var last4: String { renewedLast4 ?? card?.last4 ?? "" }

    /// One for each card number, under whatever ids: each physical card has its own.
    var fingerprint: String { Mint.fingerprint(number + (renewedLast4 ?? "")) }

    /// What its issuer knows it by. A card that the network renews stays the issuer's; a method that is no card has a provider to itself.
    var issuer: String { card == nil ? id : "card " + number }

    private var number: String { (card?.number ?? "") + (physicalCard.map { " " + $0 } ?? "") }

    /// The phone's wallets show a number of their own to the shop.
    var walletJSON: JSON {
        guard let wallet else { return .null }
        return .object([(wallet, .emptyObject), ("dynamic_last4", wallet == "link" ? nil : "0015"), ("type", .text(wallet))])
    }

    /// Where the word for people differs.
    private static let displayBrands = ["amex": "american_express", "diners": "diners_club", "unionpay": "union_pay"]

    private func cardJSON(_ card: TestCard) -> JSON {
        .object([
            ("brand", .text(card.brand)),
            ("checks", checks(of: card)), ("country", JSON(card.country)),
            ("display_brand", .text(Self.displayBrands[card.brand] ?? card.brand)), ("exp_month", .int(expiryMonth)),
            ("exp_year", .int(expiryYear)),
            ("fingerprint", .text(fingerprint)), ("funding", .text(card.funding)), ("generated_from", nil),
            ("last4", .text(last4)), ("networks", .object([("available", .array([.text(card.brand)])), ("preferred", nil)])),
            ("regulated_status", "unregulated"), ("three_d_secure_usage", .object([("supported", true)])), ("wallet", walletJSON),
        ])
    }
}
