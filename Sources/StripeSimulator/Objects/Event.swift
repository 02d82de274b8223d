import JSON

/// Something that happened, with the object as it was then.
struct Event: Stored {
    let id: String
    let created: Int
    let type: String
    /// The object and what it was before, serialised once.
    private(set) var data: [UInt8]
    let requestID: String?
    let idempotencyKey: String?
    let isLive: Bool
    let apiVersion: String
    /// The connected account, when the event belongs to one.
    let account: String?
    /// Endpoints that have not confirmed it yet.
    var pendingWebhooks: Int
    /// No endpoint gave up on it or still owes a confirmation.
    var hasFailedDelivery = false

    /// Frees the memory of an event that is no longer listed.
    mutating func forget() { data = [] }

    var json: JSON {
        var members: [(key: String, value: JSON)] = [("id", .text(id)), ("object", "event")]
        if let account { members.append(("account", .text(account))) }
        members += [
            ("api_version", .text(apiVersion)), ("created", .int(created)), ("data", .raw(data)), ("livemode", .bool(isLive)),
            ("pending_webhooks", .int(pendingWebhooks)),
            ("request", .object([("id", JSON(requestID)), ("idempotency_key", JSON(idempotencyKey))])), ("type", .text(type)),
        ]
        return .object(members)
    }
}

/// An address that gets events.
struct WebhookEndpoint: Stored {
    let id: String
    let created: Int
    var url: String
    var enabledEvents: [String]
    var description: JSON
    var metadata: JSON
    var status = "enabled"
    /// In which its messages are written; nil: in the account's.
    var apiVersion: String?
    /// Its messages are thin: they name the object and do not show it.
    var isThin = false
    /// Takes the events of connected accounts instead of the account's own.
    let isConnect: Bool
    var secret: String
    /// The secret before, and until when it still signs (unix seconds).
    var previousSecret: (text: String, until: Int)?
    var isDeleted = false

    var isListed: Bool { !isDeleted }

    func wants(_ type: String) -> Bool {
        enabledEvents.contains { $0 == "*" || $0 == type || ($0.hasSuffix(".*") && type.hasPrefix($0.dropLast())) }
    }

    /// - Parameter withSecret: Only the answer to its creation shows the secret.
    func json(withSecret: Bool) -> JSON {
        if isDeleted { return .object([("id", .text(id)), ("object", "webhook_endpoint"), ("deleted", true)]) }
        var members: [(key: String, value: JSON)] = [
            ("id", .text(id)), ("object", "webhook_endpoint"), ("api_version", JSON(apiVersion)), ("application", nil),
            ("created", .int(created)),
            ("description", description), ("enabled_events", JSON(enabledEvents)), ("livemode", false), ("metadata", metadata),
        ]
        if withSecret { members.append(("secret", .text(secret))) }
        members += [("status", .text(status)), ("url", .text(url))]
        return .object(members)
    }
}
