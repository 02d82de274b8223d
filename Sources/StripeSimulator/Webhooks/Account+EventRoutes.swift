import JSON

extension Account {
    static let eventRoutes: [Route] = [
        Route("GET /v1/events") { try $0.listEvents($1) },
        Route("GET /v1/events/{id}") { account, call in
            guard let event = account.events[call.id], event.created >= account.eventsSince else {
                throw StripeError.noSuch("event", call.id, param: "id")
            }
            return event.json
        },
    ]

    private func listEvents(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        if parameters.has("type"), parameters.has("types") {
            throw StripeError.invalid("You may only specify one of these parameters: type, types.", param: "type")
        }
        let types = parameters.texts("types") ?? parameters.text("type").map { [$0] }
        if let types, types.count > 20 { throw StripeError.invalid("You may filter by at most 20 types.", param: "types") }
        let keys = types?.flatMap { type in type.hasSuffix("*") ? events.keys(startingWith: String(type.dropLast())) : [type] }
        let success = parameters.bool("delivery_success")
        return try list(
            events, call, noun: "event", keys: keys, from: eventsSince,
            where: { event in success.map { $0 == (event.pendingWebhooks == 0 && !event.hasFailedDelivery) } ?? true }, render: \.json)
    }
}
