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
        let disorder = deliveries.takeDisorder()
        var body = self.body(of: event, account, endpoint, disorder)
        var signedAt = instant.unixSeconds
        var secrets = [endpoint.secret]
        if let previous = endpoint.previousSecret, previous.until > seconds { secrets.append(previous.text) }
        if disorder == .oldTimestamp { signedAt -= 3600 }
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

    /// What an endpoint is sent of an event, in its own API version or the account's.
    private func body(of event: Event, _ account: Account, _ endpoint: WebhookEndpoint, _ disorder: Deliveries.Disorder?) -> [UInt8] {
        if disorder == .thin || endpoint.isThin { return event.thin.bytes }
        var json: JSON
        switch disorder {
        case .unknownType: json = event.stranger(type: "simulator.unheard_of").json
        case .unknownObject: json = event.strangeObject
        default: json = event.json
        }
        if disorder == .foreignAccount { json["account"] = "acct_1SimulatorStranger" }
        if disorder == .otherMode { json["livemode"] = .bool(!event.isLive) }
        let version = disorder == .oldVersion ? "2020-08-27" : endpoint.apiVersion ?? event.apiVersion
        json["api_version"] = .text(version)
        if version < "2022-11-15" { json["data"] = event.oldData(account) }
        if let odd = deliveries.takeOddNumber() { json = odd.put(into: json) }
        return json.bytes
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
            id: id + "x", created: created, type: type, data: data, requestID: nil, idempotencyKey: nil, isLive: isLive,
            apiVersion: apiVersion, account: account, pendingWebhooks: pendingWebhooks)
    }

    /// The event as the second version of Stripe's API sends it: without the object.
    ///
    /// - Source: Stripe's page "Event destinations"; for objects of the first version it was a preview.
    var thin: JSON {
        let object = JSON(parsing: data)?["object"] ?? .emptyObject
        let kind = object["object"]?.textValue ?? ""
        let path = (["checkout.session": "checkout/sessions"][kind] ?? kind + "s") + "/" + (object["id"]?.textValue ?? "")
        return .object([
            ("id", .text(id)), ("object", "v2.core.event"), ("context", nil), ("created", .text(Self.written(created))),
            ("livemode", .bool(isLive)), ("reason", nil),
            ("related_object", .object([("id", object["id"] ?? .null), ("type", .text(kind)), ("url", .text("/v1/" + path))])),
            ("type", .text("v1." + type)),
        ])
    }

    private static func written(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { String(String(100 + number).dropFirst()) }
        let (date, time) = (CivilDate(unixSeconds: seconds), seconds % 86_400)
        let clock = [time / 3600, time / 60 % 60, time % 60].map(two).joined(separator: ":")
        return "\(date.year)-\(two(date.month))-\(two(date.day))T\(clock).000Z"
    }

    /// Its data as API versions before 2022-11-15 show an intent: with a list of its charges, and no `latest_charge`.
    func oldData(_ account: Account) -> JSON {
        guard var json = JSON(parsing: data), var object = json["object"], object["object"] == "payment_intent" else { return .raw(data) }
        let charges = account.charges.all(under: object["id"]?.textValue ?? "").map { account.inMode($0.json) }
        object["latest_charge"] = JSON?.none
        object["charges"] = .object([
            ("object", "list"), ("data", .array(charges)), ("has_more", false), ("url", .text("/v1/charges")),
        ])
        json["object"] = object
        return json
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
