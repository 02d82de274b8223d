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
    /// `/t/{tenant}/folios/{folio}`.
    let path: PathPattern
    let needs: Needs
    /// Whether it changes nothing: then it is executed each time.
    let onlyShows: Bool
    /// So much may be sent with a session, in bytes.
    var bodyBytes = 64 << 10
    /// Admits a visit and answers it.
    let work: @Sendable (Route, OpenVisit, [String: String]) async throws -> HTTPResponse

    /// - Parameter values: What stands in the address in the places of the path's names.
    func answer(_ visit: OpenVisit, _ values: [String: String]) async throws -> HTTPResponse {
        try await work(self, visit, values)
    }

    /// The same for a form with a file.
    ///
    /// - Parameter bytes: The most that the whole form has.
    func taking(upTo bytes: Int) -> Route {
        var route = self
        route.bodyBytes = bytes
        return route
    }

    /// Whether it is about one tenant; otherwise it is about all of them together.
    var isTenants: Bool { path.parts.first == .word("t") }

    /// Whether a page has this address; the first one of all has the shortest.
    static func isPage(_ parts: [String]) -> Bool {
        parts.isEmpty || all.contains { $0.method == "GET" && $0.path.match(parts) != nil }
    }

    static let all: [Route] =
        login + guestRoutes + deskRoutes + endingHoldRoutes + folioRoutes + holdRoutes + allowanceRoutes + refundRoutes
        + closureRoutes + checkOutRoutes + lateChargeRoutes + bookRoutes + payoutRoutes + disputeRoutes + movementRoutes
        + ruleRoutes + settingsRoutes + accessRoutes + operatorRoutes + feeRoutes + setUpRoutes + contractRoutes
}
