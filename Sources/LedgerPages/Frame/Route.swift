import Ledger
import WebServer

/// One address of the pages: what it needs and who answers it. `Route.all` is the only table.
struct Route: Sendable {
    enum Needs: Sendable, Equatable {
        /// Anybody may.
        case nothing
        /// Somebody who is logged in.
        case session
        case right(Right)
    }

    let method: String
    /// `t/:tenant/folios/:folio`.
    let pattern: [String]
    let needs: Needs
    let answer: @Sendable (Visit) async throws -> HTTPResponse

    /// Whether it is about one tenant; otherwise it is about all of them together.
    var isTenants: Bool { pattern.first == "t" }

    static func get(_ pattern: String, _ needs: Needs, _ answer: @escaping @Sendable (Visit) async throws -> HTTPResponse) -> Route {
        Route(method: "GET", pattern: pattern.split(separator: "/").map(String.init), needs: needs, answer: answer)
    }

    static func post(_ pattern: String, _ needs: Needs, _ answer: @escaping @Sendable (Visit) async throws -> HTTPResponse) -> Route {
        Route(method: "POST", pattern: pattern.split(separator: "/").map(String.init), needs: needs, answer: answer)
    }

    /// - Returns: What stands in the places of the names; `nil` when the path is another one.
    func match(_ segments: [String]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var places: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            if part.hasPrefix(":") {
                guard !segment.isEmpty else { return nil }
                places[String(part.dropFirst())] = segment
            } else if part != segment {
                return nil
            }
        }
        return places
    }

    static let all: [Route] =
        login + deskRoutes + folioRoutes + checkOutRoutes + bookRoutes + settingsRoutes + accessRoutes + operatorRoutes
}
