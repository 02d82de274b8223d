import Ledger
import LedgerAccess
import LedgerService
import WebServer

/// Whether a visitor may come in, and with what.
enum Admission<P: Place> {
    case refused(HTTPResponse)
    case admitted(Visit<P>)
}

extension OpenVisit {
    /// Whether the visitor may come in.
    func admitted<Inside>(
        to area: Area<Inside>, by route: Route, _ values: [String: String]
    ) throws -> Admission<Inside> {
        if route.needs != .nothing {
            if let fault = place.sessionFault { throw fault }
            guard let session else { return .refused(toLogin()) }
            if case .right(let right) = route.needs {
                // Settings, folios and books belong to the tenant in the address; the rest to all tenants together.
                switch session.caller.asks(for: right, of: route.isTenants ? values["tenant"] : nil) {
                case .allowed: break
                case .forbidden: return .refused(errorPage(403, .notAllowed))
                case .unseen: return .refused(errorPage(404, .notFound))
                }
            }
        }
        guard let place = try area.enter(self, values) else { return .refused(errorPage(404, .notFound)) }
        return .admitted(Visit<Inside>(self, at: place))
    }
}

extension Pages {
    /// Answers a visit that was admitted: a form once, and only if it is one of ours.
    func answer<P>(
        _ visit: Visit<P>, at route: Route, _ values: [String: String],
        _ answer: @escaping @Sendable (Visit<P>) async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        if visit.isReading { return try await answer(visit) }
        guard visit.comesFromHere(carriesToken: route.needs != .nothing) else {
            return visit.errorPage(403, .foreignForm)
        }
        guard let session = visit.session, route.needs != .nothing else { return try await answer(visit) }
        guard session.accepts(csrf: visit.field("csrf") ?? "") else { return visit.errorPage(403, .oldForm) }
        if route.onlyShows { return try await answer(visit) }
        // A double click, or a page sent again, is answered as the first one was.
        guard let key = visit.field("key"), !key.isEmpty else { return visit.errorPage(400, .oldForm) }
        // What the address means, not how it is written.
        let form = "\(route.path.text) \(values.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\0"))"
        let stored = IdempotencyKey(
            scope: "form \(session.caller.actor) \(form)", key: key, content: visit.content, by: .person)
        let response = try await formKeys.once("\(session.csrf) \(form) \(key)", visit.content, at: clock()) {
            try await doOnce(visit, stored, answer)
        }
        return response ?? visit.errorPage(409, .otherForm)
    }

    /// The form's key is stored together with what it decided, so that a form sent again after this process ended is
    /// not done again. One that Stripe has not answered yet is not done: sent again, it completes what it decided. Of
    /// a form whose verb takes no key it is stored afterwards that it was done.
    private func doOnce<P>(
        _ arriving: Visit<P>, _ key: IdempotencyKey,
        _ answer: @escaping @Sendable (Visit<P>) async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        let formKey = FormKey(key)
        var visit = arriving
        visit.formKey = formKey
        do {
            return try await ledger.answerOnce(Once(key)) { [visit] in
                let response = try await answer(visit)
                if response.status == 303, !formKey.isGiven { try await ledger.noteDone(key) }
                return response
            }
        } catch let duplicate as DuplicateRequest {
            switch duplicate {
            case .otherContent: return visit.errorPage(409, .otherForm)
            case .known: return visit.see(visit.comingFrom ?? visit.home)
            }
        }
    }
}
