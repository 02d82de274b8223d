import Ledger

/// An address to which Stripe delivers events.
package struct WebhookEndpoint: StripeObject {
    /// Stripe sends nothing to a disabled one.
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let enabled: Status = "enabled"
        package static let disabled: Status = "disabled"
    }

    /// `we_…`.
    package let id: String
    /// Where Stripe sends events: ours ends with the tenant's id.
    package let url: String
    /// Somebody disables it, or Stripe does when it keeps failing.
    package let status: Status
    /// Types such as `payment_intent.succeeded`, or `*` for nearly all.
    package let enabledEvents: [String]
    /// Only in the answer that made it; never printed.
    package let secret: Secret?

    private enum CodingKeys: String, CodingKey {
        case id, url, status, secret
        case enabledEvents = "enabled_events"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        url = try container.decode(String.self, forKey: .url)
        status = try container.decode(Status.self, forKey: .status)
        enabledEvents = try container.decode([String].self, forKey: .enabledEvents)
        secret = try container.decodeIfPresent(String.self, forKey: .secret).flatMap { Secret($0) }
    }
}
