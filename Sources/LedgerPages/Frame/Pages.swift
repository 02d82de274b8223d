import Foundation
import Ledger
import LedgerAccess
import LedgerService
import WebServer

/// The web pages for reception, check-out, accounting and the operator, rendered here, usable without JavaScript.
package struct Pages: Sendable {
    let ledger: LedgerService
    let access: LedgerAccess
    /// Where browsers reach this server, without a slash at the end.
    let publicURL: String
    let clock: Clock
    /// 32 random hexadecimal digits.
    let newKey: @Sendable () -> String
    /// Called for every error that is not a `Refusal`, with the id that the page shows.
    let report: @Sendable (_ id: String, _ error: any Error) -> Void
    /// Told of each try to log in that was refused: where it came from, and the refusal's code.
    let noteRefusedLogin: @Sendable (Client, String) -> Void
    /// Told of each request for a page, once it is answered.
    let note: @Sendable (SeenPage) -> Void
    let formKeys = FormKeys()

    /// - Parameters:
    ///   - publicURL: Such as `https://ledger.example.com`. Over `https:` the cookies travel only so, unless a
    ///     request came otherwise.
    ///   - clock: The time that forms and sessions go by.
    package init(
        ledger: LedgerService, access: LedgerAccess, publicURL: String, clock: @escaping Clock,
        report: @escaping @Sendable (String, any Error) -> Void = { _, _ in },
        noteRefusedLogin: @escaping @Sendable (Client, String) -> Void = { _, _ in },
        note: @escaping @Sendable (SeenPage) -> Void = { _ in }
    ) {
        self.ledger = ledger
        self.access = access
        self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
        self.clock = clock
        newKey = { ledger.random.key() }
        self.report = report
        self.noteRefusedLogin = noteRefusedLogin
        self.note = note
    }

    /// Whether a page may have this address.
    private func isOurs(_ segments: [String]) -> Bool {
        segments.isEmpty
            || ["login", "logout", "language", "t", "operator", "assets", GuestPages.folder].contains(segments[0])
    }

    /// The page for a request that the server itself refuses. Built on the thread that reads: nothing is looked up
    /// for it.
    ///
    /// - Parameter isFault: Whether no browser sends such a thing; then only who asks for a page gets one.
    /// - Returns: `nil` if the request does not ask for a page.
    package func refused(
        _ request: HTTPRequest, _ refusal: any Refusal, status: Int, retryAfter: Int?, isFault: Bool
    ) -> HTTPResponse? {
        guard asksForPage(request) || !isFault && isOurs(request.segments) else { return nil }
        let visit = OpenVisit(stranger: request, self)
        return visit.framed(visit.statusPage(status, refusal, retryAfter: retryAfter))
    }

    /// The page where nothing is.
    ///
    /// - Returns: `nil` if the request does not ask for a page.
    package func nothing(_ request: HTTPRequest) -> HTTPResponse? {
        guard asksForPage(request) else { return nil }
        let visit = OpenVisit(stranger: request, self)
        return visit.framed(visit.errorPage(404, .notFound))
    }

    private func asksForPage(_ request: HTTPRequest) -> Bool {
        request.header("Accept").map { $0.utf8.count <= 1024 && $0.lowercased().contains("text/html") } ?? false
    }

    /// - Returns: `nil` if no page has this address, so that another handler may answer.
    package func answer(_ request: HTTPRequest) async -> HTTPResponse? {
        let segments = request.segments
        guard isOurs(segments) else { return nil }
        let started = ContinuousClock.now
        if segments.first == "assets" {
            let response = Assets.answer(request)
            note(SeenPage(request, "/assets/{file}", nil, nil, response.status, ContinuousClock.now - started))
            return response
        }
        let visit = await OpenVisit(request, self)
        let response = await answer(visit, segments)
        let found = Route.all.lazy.compactMap { route in route.path.match(segments).map { (route.path.text, $0) } }
            .first
        note(
            SeenPage(
                request, found?.0, found?.1["tenant"], visit.session?.caller, response.status,
                ContinuousClock.now - started))
        return response
    }

    private func answer(_ visit: OpenVisit, _ segments: [String]) async -> HTTPResponse {
        do {
            return visit.framed(try await route(visit, segments))
        } catch is CancellationError {
            return visit.framed(
                visit.unavailablePage(
                    visit.request.method == "POST" ? ServiceRefusal.calledOff : LedgerUnavailable.stopping))
        } catch let refusal as any Refusal {
            if refusal.isAccidentOfTheFile { report(newKey(), refusal) }
            return visit.framed(
                refusal.isOfTheFile ? visit.unavailablePage(refusal.toldToCallers) : visit.refusalPage(refusal))
        } catch {
            let id = newKey()
            report(id, error)
            return visit.framed(visit.defectPage(id))
        }
    }

    /// What becomes of a request, once its head is there: bounds come before work.
    package func onHead(_ request: HTTPRequest) -> WebServer.OnHead {
        let segments = request.segments
        let routes = Route.all.filter { $0.path.match(segments) != nil }
        let isOpen = routes.contains { $0.needs == .nothing }
        // Whether the session is valid is checked later; a client without a session may send only little.
        let hasSession =
            !isOpen && [true, false].contains { Cookies(request.header("Cookie"))[Cookies.session($0)] != nil }
        return .read(upTo: hasSession ? routes.map(\.bodyBytes).max() ?? 64 << 10 : Self.bytesWithoutLogin)
    }

    private static let bytesWithoutLogin = 16 << 10

    private func route(_ arriving: OpenVisit, _ segments: [String]) async throws -> HTTPResponse {
        if let fault = arriving.place.formFault { return arriving.errorPage(400, fault.phrase) }
        let method = arriving.isReading ? "GET" : arriving.request.method
        let found = Route.all.compactMap { route in route.path.match(segments).map { (route, $0) } }
        guard let (route, values) = found.first(where: { $0.0.method == method }) else {
            guard !found.isEmpty else { return arriving.errorPage(404, .notFound) }
            var response = arriving.errorPage(405, .wrongMethod)
            response.headers.append(HTTPResponse.allow(found.map(\.0.method)))
            return response
        }
        return try await route.answer(arriving, values)
    }
}

/// One request for a page, for the log.
package struct SeenPage: Sendable {
    /// As it came: it may hold a guest's data.
    package let request: HTTPRequest
    /// The page's address as a pattern; nil when there is none.
    package let route: String?
    /// The tenant's id from the address, if it is well formed.
    package let tenant: String?
    /// Who is logged in; nil for a visitor who is not.
    package let caller: Caller?
    /// Of the answer: 200, 303, 404.
    package let status: Int
    /// From the whole request to the whole answer, on the machine's own clock.
    package let duration: Duration

    init(
        _ request: HTTPRequest, _ route: String?, _ tenant: String?, _ caller: Caller?, _ status: Int,
        _ duration: Duration
    ) {
        (self.request, self.route, self.caller, self.status, self.duration) = (request, route, caller, status, duration)
        self.tenant = tenant.flatMap { TextRule.tenantID.takes($0) ? $0 : nil }
    }
}
