import WebServer

/// Finds the route of a request.
struct RouteTable: Sendable {
    private let byWord: [String: [Route]]
    let firstWords: Set<String>

    init(_ routes: [Route]) {
        var byWord: [String: [Route]] = [:]
        for route in routes {
            guard case .word(let word)? = route.path.parts.first else { preconditionFailure("a path begins with a word") }
            byWord[word, default: []].append(route)
        }
        self.byWord = byWord
        firstWords = Set(byWord.keys).union(["openapi.json"])
    }

    /// - Returns: The route and the parameters of its path.
    /// - Throws: `APIRefusal.notFound`, `.methodNotAllowed`.
    func find(_ request: HTTPRequest) throws -> (Route, [String: String]) {
        let segments = request.segments
        // HEAD is GET without its body, which the server leaves out.
        let method = request.method == "HEAD" ? "GET" : request.method
        var methods: [String] = []
        for route in byWord[segments.first ?? ""] ?? [] {
            guard let path = route.path.match(segments) else { continue }
            if route.method.rawValue == method { return (route, path) }
            methods.append(route.method.rawValue)
        }
        guard !methods.isEmpty else { throw APIRefusal.notFound }
        throw APIRefusal.methodNotAllowed(methods)
    }
}
