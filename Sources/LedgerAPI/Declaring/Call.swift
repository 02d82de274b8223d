import JSON
import Ledger
import LedgerService
import LedgerShapes
import WebServer

/// A request that has been read, and who sent it.
struct Call: Sendable {
    let ledger: LedgerService
    /// nil on routes that are open to everybody.
    let caller: Caller?
    let path: [String: String]
    let query: InputObject
    let body: InputObject
    /// As it came.
    let request: HTTPRequest
    let language: Language
    let requestID: String
    /// For a POST: identifies the request and its repetitions.
    let key: IdempotencyKey?

    /// Who did it, for the journal.
    var actor: String { caller?.actor ?? "anonymous" }
    /// - Precondition: The route's path has a tenant.
    var tenantID: String { path["tenant"]! }
    /// - Precondition: The route's path has a folio's reference.
    var reference: String { path["reference"]! }

    /// A number in the path; anything else is answered as not found.
    func number(_ name: String) throws -> Int64 {
        guard let text = path[name], text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text) else {
            throw APIRefusal.notFound
        }
        return number
    }

    /// A month in the path.
    func month() throws -> Month {
        guard let month = Month(path["month"]!) else {
            throw APIRefusal.parameterWrong("month", TextRule.month.expected)
        }
        return month
    }

    /// The tenant's money.
    func money(_ units: Int64) throws -> Money { Money(minorUnits: units, currency: try ledger.tenant(tenantID).currency) }
}

/// What a route answers.
struct Reply: Sendable {
    enum Content: Sendable {
        case json(JSON)
        /// Serialised already.
        case bytes([UInt8])
        case text(String, type: String)
        case stream(type: String, @Sendable (BodyWriter) async throws -> Void)
        case nothing
    }

    var status: Int
    var content: Content
    var headers: [(name: String, value: String)] = []
    /// Whether the answer carries an entity tag, and is left out for a caller who has it already.
    var isTagged = false
    /// Whether it is the same for everybody, to the byte: it carries no number of its request.
    var isAnonymous = false

    init(_ status: Int, _ content: Content, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.content = content
        self.headers = headers
    }

    init<Model>(_ status: Int, _ shape: Shape<Model>, _ model: Model) {
        self.init(status, .json(shape.json(model)))
    }
}

extension Call {
    /// How a verb is asked that decides and answers in one transaction: its answer is made and stored there.
    func once<Output>(_ reply: @escaping @Sendable (Output) throws -> Reply) -> Once<Output, Reply> {
        Once(key) { output in
            var reply = try reply(output)
            let stored = reply.stored
            // What is stored is what is sent: it is written out once.
            reply.content = .bytes(stored.body)
            return (reply, stored)
        } replayed: {
            Reply(replaying: $0)
        }
    }
}

extension Reply {
    /// The answer that was stored when the same request came first.
    init(replaying answer: RequestAnswer) {
        let type = answer.status < 400 ? "application/json" : "application/problem+json"
        self.init(answer.status, .bytes(answer.body), headers: [("Content-Type", type), ("Idempotent-Replayed", "true")])
    }

    /// What of it is stored for a repeated request.
    ///
    /// - Precondition: It is JSON: every answer to a POST is.
    var stored: RequestAnswer {
        switch content {
        case .json(let json): RequestAnswer(status: status, body: json.bytes)
        case .bytes(let bytes): RequestAnswer(status: status, body: bytes)
        case .text, .stream, .nothing: preconditionFailure("a POST is answered with JSON")
        }
    }
}
