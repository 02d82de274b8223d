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

    /// A path with an object's id in it. Ids come from Stripe and from our own rows, but one that held a
    /// slash would reach another route, and so would dots alone.
    static func path(_ collection: String, _ id: String, _ verb: String? = nil) -> String {
        "/v1/\(collection)/\(Form.percentEncoded(id).replacing(".", with: "%2E"))" + (verb.map { "/\($0)" } ?? "")
    }
}
