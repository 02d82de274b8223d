extension Account {
    /// How long Stripe lists events.
    static let eventDays = 30

    /// Writes down that something happened, and sends it to the endpoints that want it.
    ///
    /// - Parameter previous: What the changed fields held before, for `.updated` events.
    func emit(_ type: String, _ object: JSON, previous: JSON? = nil) {
        var data: [(key: String, value: JSON)] = [("object", object)]
        if let previous { data.append(("previous_attributes", previous)) }
        let event = Event(
            id: mint("evt_1"), created: now, type: type, data: JSON.object(data).bytes, requestID: call?.requestID,
            idempotencyKey: call?.idempotencyKey, apiVersion: settings.apiVersion, account: nil, pendingWebhooks: 0)
        events.append(event, keys: [type])
        forgetOldEvents()
        let wanting = endpoints.elements.filter { !$0.isDeleted && $0.status == "enabled" && !$0.isConnect && $0.wants(type) }
        guard !wanting.isEmpty else { return }
        events.update(event.id) { $0.pendingWebhooks = wanting.count }
        for endpoint in wanting {
            world.deliveries.add(account: id, endpoint: endpoint.id, event: event.id, now: world.now.milliseconds)
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
