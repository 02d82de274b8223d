import Ledger

/// An address to which Stripe delivers events.
package struct WebhookEndpoint: StripeObject {
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let enabled: Status = "enabled"
        package static let disabled: Status = "disabled"
    }

    package let id: String
    package let url: String
    package let status: Status
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
