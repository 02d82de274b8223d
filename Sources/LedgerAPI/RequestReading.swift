import JSON
import Ledger
import LedgerService
import WebServer

/// From what came over the wire to what a route takes; nothing is guessed, and nothing passed over.
enum RequestReading {
    private static let single = ["authorization", "idempotency-key", "content-type", "content-length", "host", "stripe-signature"]

    /// Two of a header that is read once: which of them counts is not for us to choose.
    static func checkHeaders(_ request: HTTPRequest) throws {
        let names = request.headers.map { $0.name.lowercased() }
        for name in single where names.count(where: { $0 == name }) > 1 {
            throw APIRefusal.headerDuplicate(name)
        }
    }

    static func token(_ request: HTTPRequest) throws -> String {
        guard let header = request.header("authorization") else { throw APIRefusal.tokenMissing }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 200 else { throw APIRefusal.tokenInvalid }
        return String(parts[1])
    }

    static func query(_ request: HTTPRequest, _ fields: [any AnyField]) throws -> InputObject {
        guard !request.query.isEmpty || !fields.isEmpty else { return .empty }
        var members: [(key: String, value: JSON)] = []
        for (name, value) in request.parameters {
            guard let field = fields.first(where: { $0.name == name }) else { throw APIRefusal.parameterUnknown(name, fields.map(\.name)) }
            guard !members.contains(where: { $0.key == name }) else { throw APIRefusal.parameterDuplicate(name) }
            members.append((name, field.isNumber ? number(value) : .text(value)))
        }
        do {
            return try InputShape(fields).read(members) { "" }
        } catch APIRefusal.fieldWrong(let name, let expected) {
            throw APIRefusal.parameterWrong(name, expected)
        }
    }

    private static func number(_ text: String) -> JSON {
        guard text.utf8.first != UInt8(ascii: "+"), let number = Int(text) else { return .text(text) }
        return .int(number)
    }

    static func body(_ request: HTTPRequest, _ body: RouteBody) throws -> InputObject {
        switch body {
        case .raw: return .empty
        case .none:
            guard request.body.isEmpty else { throw APIRefusal.bodyUnwanted }
            return .empty
        case .object(let shape):
            guard !request.body.isEmpty else { throw APIRefusal.bodyMissing }
            guard let type = request.header("content-type"), isJSON(type) else { throw APIRefusal.contentTypeWrong }
            let json: JSON
            do {
                json = try JSON(reading: request.body)
            } catch {
                throw APIRefusal.bodyMalformed(error)
            }
            guard let members = json.members else { throw APIRefusal.bodyNoObject }
            return try shape.read(members) { "" }
        }
    }

    private static func isJSON(_ type: String) -> Bool {
        // As almost everybody writes it.
        if type == "application/json" { return true }
        return type.split(separator: ";").first?.lowercased().filter { $0 != " " } == "application/json"
    }

    static func key(_ request: HTTPRequest, _ route: Route, tenant: String?) throws -> IdempotencyKey {
        guard let key = request.header("idempotency-key") else { throw APIRefusal.idempotencyKeyMissing }
        guard TextRule.idempotencyKey.takes(key) else { throw APIRefusal.idempotencyKeyInvalid }
        var content = Array("\(request.rawPath)\u{0}\(request.query)\u{0}".utf8)
        content += request.body
        return IdempotencyKey(scope: "\(tenant ?? "")\u{0}\(route.name)", key: key, content: content)
    }
}

extension TextRule {
    static let idempotencyKey = word(
        Phrase("The key", "Der Schlüssel"), first: "!-~", 1...255,
        Phrase("1 to 255 visible ASCII characters", "1 bis 255 sichtbare ASCII-Zeichen"))
}

extension AnyField {
    fileprivate var isNumber: Bool { schema["type"]?.textValue == "integer" }
}
