import JSON

/// One endpoint: method and path pattern as Stripe documents them, and what it does.
struct Route: Sendable {
    typealias Handler = @Sendable (Account, Call) throws -> JSON

    let name: String
    let method: String
    let segments: [Substring]
    let handler: Handler
    let parameters: [String: Parameter]

    init(_ name: String, _ handler: @escaping Handler) {
        self.name = name
        let words = name.split(separator: " ")
        method = String(words[0])
        segments = words[1].split(separator: "/")
        self.handler = handler
        guard let parameters = ParameterTable.routes[name] else { preconditionFailure("no parameter table for \(name)") }
        self.parameters = parameters
    }

    /// What it is about, in the singular: `charge`.
    var noun: String { String(segments.dropFirst().first ?? "").replacing(/s$/, with: "") }

    /// Method and path with `{}` for each id.
    var pattern: String { Self.pattern(method, segments) }

    static func pattern(_ method: some StringProtocol, _ segments: [Substring]) -> String {
        "\(method) /" + segments.map { $0.first == "{" ? "{}" : String($0) }.joined(separator: "/")
    }

    /// - Parameter text: `GET /v1/payment_intents/{id}`, whatever stands in the braces.
    /// - Returns: As `pattern` writes it; nil for a text that is no method and path.
    static func pattern(_ text: String) -> String? {
        let words = text.split(separator: " ")
        return words.count == 2 && words[1].first == "/" ? pattern(words[0], words[1].split(separator: "/")) : nil
    }

    /// - Returns: What stands in the placeholders; nil when the path is another one.
    func match(_ path: [Substring]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var ids: [String: String] = [:]
        for (segment, part) in zip(segments, path) {
            if segment.first == "{" {
                ids[String(segment.dropFirst().dropLast())] = String(part)
            } else if segment != part {
                return nil
            }
        }
        return ids
    }
}

/// Finds the endpoint of a request.
struct Router: Sendable {
    private let routes: [String: [Route]]

    init(_ routes: [Route]) {
        self.routes = Dictionary(grouping: routes) { Self.key($0.method, $0.segments) }
    }

    private static func key(_ method: String, _ segments: [Substring]) -> String {
        "\(method) \(segments.count) \(segments.count > 1 ? segments[1] : "")"
    }

    /// Whether an endpoint is written so: `GET /v1/payment_intents/{}`.
    func knows(_ pattern: String) -> Bool { routes.values.contains { $0.contains { $0.pattern == pattern } } }

    func find(method: String, path: String) -> (route: Route, ids: [String: String])? {
        let segments = path.split(separator: "/")
        for route in routes[Self.key(method, segments)] ?? [] {
            if let ids = route.match(segments) { return (route, ids) }
        }
        return nil
    }
}
