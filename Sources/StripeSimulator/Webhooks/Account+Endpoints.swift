import JSON

extension Account {
    static let endpointRoutes: [Route] = [
        Route("POST /v1/webhook_endpoints") { try $0.createEndpoint($1) },
        Route("GET /v1/webhook_endpoints") { account, call in
            try account.list(account.endpoints, call, noun: "webhook_endpoint") { $0.json(withSecret: false) }
        },
        Route("GET /v1/webhook_endpoints/{webhook_endpoint}") { try $0.endpoint($1.id).json(withSecret: false) },
        Route("POST /v1/webhook_endpoints/{webhook_endpoint}") { try $0.updateEndpoint($1) },
        Route("DELETE /v1/webhook_endpoints/{webhook_endpoint}") { account, call in
            _ = try account.endpoint(call.id)
            account.endpoints.update(call.id) { $0.isDeleted = true }
            return account.endpoints[call.id]?.json(withSecret: false) ?? .null
        },
    ]

    /// Event destinations an account may have.
    static let endpointLimit = 16

    private func endpoint(_ id: String) throws -> WebhookEndpoint {
        guard let endpoint = endpoints[id], !endpoint.isDeleted else {
            throw StripeError.noSuch("webhook endpoint", id, param: "webhook_endpoint")
        }
        return endpoint
    }

    private func createEndpoint(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        let url = try checked(url: parameters.text("url") ?? "")
        let events = try checked(events: parameters.texts("enabled_events") ?? [])
        guard endpoints.elements.filter({ !$0.isDeleted }).count < Self.endpointLimit else {
            throw StripeError(message: "You have reached the maximum of \(Self.endpointLimit) test webhook endpoints.")
        }
        if let version = parameters.text("api_version"), !StripeVersion.known.contains(version) {
            throw StripeError.invalid("Invalid API version: \(version)", param: "api_version")
        }
        let endpoint = WebhookEndpoint(
            id: mint("we_1"), created: now, url: url, enabledEvents: events, description: parameters["description"] ?? .null,
            metadata: parameters.metadata(), apiVersion: parameters.text("api_version"), isConnect: parameters.bool("connect") ?? false,
            secret: mint("whsec_", length: 32))
        endpoints.append(endpoint)
        return endpoint.json(withSecret: true)
    }

    private func checked(url: String) throws -> String {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw StripeError.invalid(
                "Invalid URL: An explicit scheme (such as https) must be provided.", code: "url_invalid", param: "url")
        }
        return url
    }

    private func checked(events: [String]) throws -> [String] {
        guard !events.isEmpty else { throw StripeError.missing("enabled_events") }
        return events
    }

    private func updateEndpoint(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        _ = try endpoint(call.id)
        let url = try parameters.text("url").map { try checked(url: $0) }
        let events = try parameters.texts("enabled_events").map { try checked(events: $0) }
        endpoints.update(call.id) {
            if let url { $0.url = url }
            if let events { $0.enabledEvents = events }
            if let disabled = parameters.bool("disabled") { $0.status = disabled ? "disabled" : "enabled" }
            if let description = parameters["description"] { $0.description = description }
            $0.metadata = parameters.metadata(over: $0.metadata)
        }
        return try endpoint(call.id).json(withSecret: false)
    }

    /// Gives the endpoint a new secret; the old one signs along for as long as ordered.
    ///
    /// - Returns: The new secret; nil for an unknown endpoint.
    func rollSecret(of id: String, overlapSeconds: Int) -> String? {
        guard let endpoint = endpoints[id], !endpoint.isDeleted else { return nil }
        let secret = mint("whsec_", length: 32)
        endpoints.update(id) {
            $0.previousSecret = overlapSeconds > 0 ? (endpoint.secret, now + overlapSeconds) : nil
            $0.secret = secret
        }
        return secret
    }
}
