import JSON
import Ledger

extension World {
    /// A message as it goes out. Its signature carries the system's time, because the receiver compares it with its own clock.
    ///
    /// - Returns: nil when the endpoint or the event is gone.
    func message(_ message: Deliveries.Message, signedAt instant: Instant) -> WebhookDelivery? {
        guard let account = accounts[message.account], let endpoint = accounts[message.owner]?.endpoints[message.endpoint],
            !endpoint.isDeleted,
            let event = account.events[message.event]
        else {
            _ = deliveries.finish(message.id, status: 200, now: now.milliseconds)
            return nil
        }
        var body = event.json.bytes
        var signedAt = instant.unixSeconds
        var secrets = [endpoint.secret]
        if let previous = endpoint.previousSecret, previous.until > seconds { secrets.append(previous.text) }
        let disorder = deliveries.takeDisorder()
        if disorder == .oldTimestamp { signedAt -= 3600 }
        if disorder == .unknownType { body = event.stranger(type: "simulator.unheard_of").json.bytes }
        if disorder == .unknownObject { body = event.strangeObject.bytes }
        let signature = Signature.header(body: body, secrets: secrets, seconds: signedAt)
        if disorder == .alteredBody {
            body = Array(String(decoding: body, as: UTF8.self).replacing("\"livemode\":false", with: "\"livemode\":true").utf8)
        }
        return WebhookDelivery(
            id: message.id, url: endpoint.url,
            headers: [
                ("Content-Type", "application/json; charset=utf-8"), ("Stripe-Signature", signature),
                ("User-Agent", "Stripe/1.0 (simulator)"),
            ], body: body)
    }

    func finish(_ id: UInt64, status: Int?) {
        switch deliveries.finish(id, status: status, now: now.milliseconds) {
        case .delivered(let message):
            accounts[message.account]?.events.update(message.event) { $0.pendingWebhooks = max(0, $0.pendingWebhooks - 1) }
        case .givenUp(let message):
            accounts[message.account]?.events.update(message.event) { $0.hasFailedDelivery = true }
        case .retried, .unknown: break
        }
    }
}

extension Event {
    /// The same event under a type nobody knows.
    func stranger(type: String) -> Event {
        Event(
            id: id + "x", created: created, type: type, data: data, requestID: nil, idempotencyKey: nil, apiVersion: apiVersion,
            account: account,
            pendingWebhooks: pendingWebhooks)
    }

    /// The same event about an object nobody knows.
    var strangeObject: JSON {
        var json = json
        let object = JSON(parsing: data)?["object"] ?? .emptyObject
        var strange = object
        if let id = object["id"]?.textValue { strange["id"] = .text(String(id.reversed())) }
        json["id"] = .text(id + "x")
        json["data"] = .object([("object", strange)])
        return json
    }
}
