import JSON
import Ledger
import LedgerShapes
import WebServer

enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE" }

/// One route of the API: the right it needs, its input, its answers, its problem codes, and the work itself.
///
/// What must be documented has no default: a route without it does not compile.
struct Route: Sendable {
    let method: Method
    /// `/v1/tenants/{tenant}/folios`; a name in braces stands for one segment.
    let path: PathPattern
    /// The operation's name for programs that are generated from the description.
    let name: String
    /// A few words, as a heading.
    let summary: String
    /// What it does and what to know about it.
    let about: String
    /// nil: no token is needed.
    let right: Right?
    let query: [any AnyField]
    let body: RouteBody
    let answers: [RouteAnswer]
    /// Codes of problems beyond those that every route can have.
    let refusals: [String]
    /// A longer body is refused before it is read.
    let bodyBytes: Int
    /// Whether it is let in when the places for all others are taken: a lost event of Stripe's costs more than a late page.
    let isVital: Bool
    /// Whether its verb waits for Stripe (`performWaiting`): it is decided first and answered later. Any other POST with a key is decided and
    /// answered in one transaction (`perform`).
    let waitsForStripe: Bool
    let run: @Sendable (Call) async throws -> Reply

    /// What anybody may send.
    static let bytesWithoutLogin = 16 << 10
    /// The body limit for callers with a token, unless the route sets another.
    private static let bytesWithToken = 64 << 10

    init(
        _ method: Method, _ path: PathPattern, _ name: String, needs right: Right?, _ summary: String, about: String,
        query: [any AnyField] = [], body: RouteBody = .none, bodyBytes: Int? = nil, isVital: Bool = false, waitsForStripe: Bool = false,
        answers: [RouteAnswer], refusals: [String],
        run: @escaping @Sendable (Call) async throws -> Reply
    ) {
        self.method = method
        self.path = path
        self.name = name
        self.right = right
        self.summary = summary
        self.about = about
        self.query = query
        self.body = body
        self.bodyBytes = bodyBytes ?? (right == nil ? Self.bytesWithoutLogin : Self.bytesWithToken)
        self.isVital = isVital
        self.answers = answers
        self.refusals = refusals
        self.waitsForStripe = waitsForStripe
        self.run = run
    }

    /// Every code a caller of this route can meet.
    var allRefusals: [String] {
        var codes = ["parameter_unknown", "parameter_duplicate", "header_duplicate", "not_ready", "internal_error"]
        if right != nil { codes += ["token_missing", "token_invalid", "forbidden", "too_many_requests"] }
        if !query.isEmpty || !path.parameters.isEmpty { codes.append("parameter_invalid") }
        if path.parameters.contains("tenant") { codes.append("tenant_not_found") }
        if right != nil || path.parameters.contains("tenant") { codes += Self.accidents }
        switch body {
        case .none: codes.append("body_unwanted")
        case .raw: break
        case .object:
            codes += ["content_type_wrong", "body_missing", "body_malformed", "field_unknown", "field_missing", "field_invalid"]
        }
        if takesKey {
            codes += ["idempotency_key_missing", "idempotency_key_invalid", "idempotency_key_reused", "request_in_progress"]
        }
        return codes + WireRefusal.statuses.keys + refusals
    }

    /// What can happen to the ledger's file under a running service.
    static let accidents = [
        "disk_full", "file_locked", "file_read_only", "file_cannot_be_opened", "no_file_handles", "file_damaged", "row_unreadable",
        "not_a_database",
        "file_removed", "file_replaced", "file_from_newer_version", "file_of_another_program", "migration_missing", "shutting_down",
    ]

    /// Whether repeating it needs an Idempotency-Key.
    var takesKey: Bool { method == .post && right != nil }
}

enum RouteBody: Sendable {
    case none
    case object(InputShape)
    /// Taken as it comes, byte for byte.
    case raw(about: String)
}

/// One way a route answers when it works.
struct RouteAnswer: Sendable {
    let status: Int
    let about: String
    /// nil for an answer without JSON.
    let shape: (any AnyShape)?
    /// The answer can also be had as CSV.
    var csv = false

    init(_ status: Int, _ about: String, _ shape: (any AnyShape)?, csv: Bool = false) {
        self.status = status
        self.about = about
        self.shape = shape
        self.csv = csv
    }
}
