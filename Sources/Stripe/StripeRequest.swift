/// One call to Stripe as an operation stores it: sent as it stands, and sent again byte for byte.
package struct StripeRequest: Sendable, Hashable {
    /// `GET` or `POST`.
    package let method: String
    /// From `/v1/` on, without the query.
    package let path: String
    /// The encoded form: the body of a `POST`, the query of a `GET`.
    package let body: String

    package init(method: String, path: String, body: String) {
        self.method = method
        self.path = path
        self.body = body
    }

    /// A read. The form becomes the query.
    package static func get(_ path: String, _ form: Form = [:]) -> StripeRequest {
        StripeRequest(method: "GET", path: path, body: form.encoded)
    }

    /// A call that changes something. The form becomes the body.
    package static func post(_ path: String, _ form: Form = [:]) -> StripeRequest {
        StripeRequest(method: "POST", path: path, body: form.encoded)
    }

    /// The same with less of what it expands: `latest_charge` where it was `latest_charge.balance_transaction`, and then its id alone. Of several
    /// paths the deepest are shortened.
    ///
    /// - Returns: `nil` for one that expands nothing.
    package var expandingLess: StripeRequest? {
        let parameters = body.split(separator: "&")
        let expanded = parameters.filter { $0.hasPrefix("expand[") }.map { Array($0.drop { $0 != "=" }.dropFirst().split(separator: ".")) }
        guard let depth = expanded.map(\.count).max() else { return nil }
        var left: [String] = []
        for path in expanded.map({ $0.count == depth ? $0.dropLast() : $0[...] }) where !path.isEmpty && path != ["data"] {
            let text = path.joined(separator: ".")
            if !left.contains(text) { left.append(text) }
        }
        let kept = parameters.filter { !$0.hasPrefix("expand[") }.map(String.init)
        let paths = left.enumerated().map { "expand[\($0)]=\($1)" }
        return StripeRequest(method: method, path: path, body: (kept + paths).joined(separator: "&"))
    }

    /// A path with an object's id in it. Ids come from Stripe and from our own rows, but one that held a
    /// slash would reach another route, and so would dots alone.
    static func path(_ collection: String, _ id: String, _ verb: String? = nil) -> String {
        "/v1/\(collection)/\(Form.percentEncoded(id).replacing(".", with: "%2E"))" + (verb.map { "/\($0)" } ?? "")
    }
}
