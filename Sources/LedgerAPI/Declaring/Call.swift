import JSON
import Ledger
import LedgerService
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
    /// For a POST: how it is told from others, and from itself when it is repeated.
    let ticket: RequestTicket?

    /// Who did it, for the journal.
    var actor: String { caller?.actor ?? "anonymous" }
    /// - Precondition: The route's path has a tenant.
    var tenantID: String { path["tenant"]! }
    /// - Precondition: The route's path has a folio's reference.
    var reference: String { path["reference"]! }

    /// A number in the path; what is no number is not there.
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

/// The Idempotency-Key of a request, with what it belongs to.
struct RequestTicket: Sendable {
    let scope: String
    let key: String
    let content: [UInt8]

    func mark(_ answer: @escaping @Sendable (any Sendable) throws -> RequestAnswer? = { _ in nil }) -> RequestMark {
        RequestMark(scope: scope, key: key, content: content, answer: answer)
    }
}

extension Call {
    /// Does something once, and makes the answer of what it came to. A verb that needs no news of Stripe's stores the answer with its
    /// decision; one that waits is completed when the request comes again, and `API` keeps its answer.
    func once<Output: Sendable>(
        _ reply: @escaping @Sendable (Output) throws -> Reply, _ verb: (LedgerService) async throws -> Output
    ) async throws -> Reply {
        let made = Made()
        let mark = ticket!.mark { output in
            guard let output = output as? Output else { return nil }
            var reply = try reply(output)
            let answer = reply.answer
            reply.content = .bytes(answer.body)
            made.reply = reply
            return answer
        }
        let output = try await verb(ledger.answering(mark))
        return try made.reply ?? reply(output)
    }

    /// The answer as it was made and kept in the transaction, which is over when it is read.
    private final class Made: @unchecked Sendable { var reply: Reply? }
}

extension Reply {
    /// How it is kept for a repeated request.
    ///
    /// - Precondition: It is JSON: every answer to a POST is.
    var answer: RequestAnswer {
        switch content {
        case .json(let json): RequestAnswer(status: status, body: json.bytes)
        case .bytes(let bytes): RequestAnswer(status: status, body: bytes)
        case .text, .stream, .nothing: preconditionFailure("a POST is answered with JSON")
        }
    }
}
