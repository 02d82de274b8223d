import Ledger
import LedgerAccess
import LedgerService
import WebServer

/// Addresses that begin alike, and what a visit there has.
struct Area<P: Place>: Sendable {
    let path: PathPattern
    /// Finds what the address names; `nil` when it is not there. Whether the visitor may come in was asked before.
    let enter: @Sendable (OpenVisit, [String: String]) throws -> P?

    /// The part of it whose addresses begin with this.
    func below(_ path: StaticString) -> Area { Area(path: self.path + path, enter: enter) }

    /// - Precondition: The path has exactly these parameters, in this order.
    private func route<each Value: Sendable>(
        _ method: String, _ path: StaticString, _ needs: Route.Needs, onlyShows: Bool,
        _ parameters: (repeat PathParameter<each Value>),
        _ answer: @escaping @Sendable (Visit<P>, repeat each Value) async throws -> HTTPResponse
    ) -> Route {
        let path = self.path + path
        var names = self.path.parameters
        for parameter in repeat each parameters { names.append(parameter.name) }
        precondition(path.parameters == names, "\(path.text) has other parameters than \(names)")
        return Route(method: method, path: path, needs: needs, onlyShows: onlyShows) { route, arriving, values in
            let visit: Visit<P>
            switch try arriving.admitted(to: self, by: route, values) {
            case .refused(let response): return response
            case .admitted(let admitted): visit = admitted
            }
            return try await visit.pages.answer(visit, at: route, values) { visit in
                let read: (repeat each Value)
                do throws(PageNotFound) {
                    read = (repeat try (each parameters).value(in: values))
                } catch {
                    return visit.errorPage(404, .notFound)
                }
                return try await answer(visit, repeat each read)
            }
        }
    }
}

extension Area where P: InnerPlace {
    func get<each Value: Sendable>(
        _ path: StaticString, _ right: Right, _ parameters: repeat PathParameter<each Value>,
        answer: @escaping @Sendable (Visit<P>, repeat each Value) async throws -> HTTPResponse
    ) -> Route {
        route("GET", path, .right(right), onlyShows: false, (repeat each parameters), answer)
    }

    func post<each Value: Sendable>(
        _ path: StaticString, _ right: Right, _ parameters: repeat PathParameter<each Value>,
        answer: @escaping @Sendable (Visit<P>, repeat each Value) async throws -> HTTPResponse
    ) -> Route {
        route("POST", path, .right(right), onlyShows: false, (repeat each parameters), answer)
    }

    /// What a form would do, shown before it is done.
    func preview<each Value: Sendable>(
        _ path: StaticString, _ right: Right, _ parameters: repeat PathParameter<each Value>,
        answer: @escaping @Sendable (Visit<P>, repeat each Value) async throws -> HTTPResponse
    ) -> Route {
        route("POST", path, .right(right), onlyShows: true, (repeat each parameters), answer)
    }
}

extension Area<Entrance> {
    func get<each Value: Sendable>(
        _ path: StaticString, _ needs: Route.Needs = .nothing, _ parameters: repeat PathParameter<each Value>,
        answer: @escaping @Sendable (OpenVisit, repeat each Value) async throws -> HTTPResponse
    ) -> Route {
        route("GET", path, needs, onlyShows: false, (repeat each parameters), answer)
    }

    func post(
        _ path: StaticString, _ needs: Route.Needs = .nothing,
        answer: @escaping @Sendable (OpenVisit) async throws -> HTTPResponse
    ) -> Route {
        route("POST", path, needs, onlyShows: false, (), answer)
    }
}

extension Route {
    /// What needs neither a tenant nor a right.
    static let open = Area(path: "") { visit, _ in visit.place }

    /// The operator's pages about all tenants together.
    static let operators = Area(path: "/operator") { visit, _ in visit.session.map(AllTenants.init) }

    /// The operator's pages about one tenant. Throws `TenantNotFound`.
    static let setUp = Area(path: "/operator/tenants/{tenant}") { visit, values in
        try visit.session.map { TenantSetUp(session: $0, tenant: try visit.tenant(in: values)) }
    }

    /// A tenant's own pages.
    static let tenant = Area(path: "/t/{tenant}") { visit, values in
        try found { try visit.session.map { OneTenant(session: $0, tenant: try visit.tenant(in: values)) } }
    }

    static let folio = Area(path: "/t/{tenant}/folios/{folio}") { visit, values in
        try found {
            try visit.session.map {
                OneFolio(session: $0, tenant: try visit.tenant(in: values), reference: values["folio"] ?? "")
            }
        }
    }

    private static func found<P>(_ place: () throws -> P?) throws -> P? {
        do { return try place() } catch is TenantNotFound { return nil }
    }
}

extension OpenVisit {
    fileprivate func tenant(in values: [String: String]) throws -> Tenant { try ledger.tenant(values["tenant"] ?? "") }
}
