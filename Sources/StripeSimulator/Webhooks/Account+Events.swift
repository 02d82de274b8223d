import JSON

extension Account {
    /// How long Stripe lists events.
    static let eventDays = 30

    /// Writes down that something happened, and sends it to the endpoints that want it.
    ///
    /// - Parameter previous: What the changed fields held before, for `.updated` events.
    func emit(_ type: String, _ object: JSON, previous: JSON? = nil) {
        var data: [(key: String, value: JSON)] = [("object", inMode(object))]
        if let previous { data.append(("previous_attributes", previous)) }
        let platforms = world.platforms(of: self)
        let event = Event(
            id: mint("evt_1"), created: now, type: type, data: JSON.object(data).bytes, requestID: call?.requestID,
            idempotencyKey: call?.idempotencyKey, isLive: isLive, apiVersion: settings.apiVersion,
            account: platforms.isEmpty ? nil : id, pendingWebhooks: 0
        )
        events.append(event, keys: [type])
        forgetOldEvents()
        let wanting = wanting(type, isConnect: false) + platforms.flatMap { $0.wanting(type, isConnect: true) }
        guard !wanting.isEmpty else { return }
        events.update(event.id) { $0.pendingWebhooks = wanting.count }
        for target in wanting {
            world.deliveries.add(
                account: place, owner: target.owner, endpoint: target.endpoint, event: event.id, now: world.now.milliseconds)
        }
    }

    /// This account's endpoints for a type of event, of its own or of the accounts connected to it.
    private func wanting(_ type: String, isConnect: Bool) -> [(owner: String, endpoint: String)] {
        endpoints.elements.filter { !$0.isDeleted && $0.status == "enabled" && $0.isConnect == isConnect && $0.wants(type) }.map {
            (place, $0.id)
        }
    }

    /// First second whose events are still listed.
    var eventsSince: Int { now - Self.eventDays * 86_400 }

    private func forgetOldEvents() {
        while forgottenEvents < events.elements.count, events.elements[forgottenEvents].created < eventsSince {
            events.update(events.elements[forgottenEvents].id) { $0.forget() }
            forgottenEvents += 1
        }
    }
}
