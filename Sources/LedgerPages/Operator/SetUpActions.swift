import Ledger
import LedgerService
import WebServer

extension Route {
    static let setUpRoutes: [Route] = [
        .setUp.get("", .runTenants) { visit in visit.html(try visit.setUpPage()) },
        .setUp.post("/stripe", .runTenants) { try await $0.setStripeAccount() },
        .setUp.post("/test", .runTenants) { try await $0.testPayment() },
        .setUp.post("/sync", .runTenants) { try await $0.syncNow() },
        .setUp.post("/operations/{operation}/retry", .runTenants, .operation) { try await $0.retryOperation($1) },
        .setUp.post("/operations/{operation}/dismiss", .runTenants, .operation) { try await $0.dismissOperation($1) },
        .setUp.post("/events/retry", .runTenants) { try await $0.retryEvents(nil) },
        .setUp.post("/events/{event}/retry", .runTenants, .event) { try await $0.retryEvents($1) },
        .setUp.post("/events/{event}/dismiss", .runTenants, .event) { try await $0.dismissEvent($1) },
    ]
}

extension SetUpVisit {
    fileprivate func setStripeAccount() async throws -> HTTPResponse {
        try await onTenant {
            let webhook = field("webhook") ?? ""
            try await confirm()
            try await ledger.setStripeAccount(
                of: tenant.id, secretKey: field("key_secret") ?? "",
                webhook: webhook.isEmpty ? nil : NewWebhookSecret(webhook),
                namesOthers: true, isConfirmed: true, by: actor)
        }
    }

    fileprivate func syncNow() async throws -> HTTPResponse {
        var report = SyncReport()
        let answer = try await onTenant(done: "synced") { report = try await ledger.sync(tenant.id) }
        let left = report.unanswered
        guard left > 0 || report.unreadWords != nil else { return answer }
        let calls: HTML = left > 0 ? notice(.warn, .callsLeft(left), .eventsLeftHint) : .none
        let objects: HTML = report.unreadWords.map { notice(.warn, .objectsLeft($0), .objectsLeftHint) } ?? .none
        return html(409, try setUpPage(calls + objects))
    }

    /// - Parameter event: `nil` for all failed events.
    fileprivate func retryEvents(_ event: String?) async throws -> HTTPResponse {
        var left = 0
        let answer = try await onTenant(done: "retried") { left = try await ledger.retryEvents(event, of: tenant.id) }
        guard left > 0 else { return answer }
        return html(409, try setUpPage(notice(.warn, .eventsLeft(left), .eventsLeftHint)))
    }

    fileprivate func retryOperation(_ operation: Int64) async throws -> HTTPResponse {
        var left = 0
        let answer = try await onTenant(done: "sent") {
            left = try await ledger.retryOperations(operation, of: tenant.id)
        }
        guard left > 0 else { return answer }
        return html(409, try setUpPage(notice(.warn, .stillUnanswered, .eventsLeftHint)))
    }

    fileprivate func dismissOperation(_ operation: Int64) async throws -> HTTPResponse {
        try await onTenant(done: "given_up") {
            try await ledger.dismissOperation(operation, reason: field("reason") ?? "", of: tenant.id, by: actor)
        }
    }

    fileprivate func dismissEvent(_ event: String) async throws -> HTTPResponse {
        try await onTenant(done: "dismissed") {
            try await ledger.dismissEvent(event, reason: field("reason") ?? "", of: tenant.id, by: actor)
        }
    }

    /// One euro, paid at once on Stripe's page: the whole way there and back.
    fileprivate func testPayment() async throws -> HTTPResponse {
        try await onTenant {
            let today = pages.clock().day(in: tenant.timeZone)
            let number = try ledger.search("TEST", of: tenant.id, Window(limit: 1)).count + 1
            var new = NewFolio(
                reference: "TEST-\(number)", guest: .init(name: "Test", email: nil, language: language.rawValue),
                arrival: today,
                departure: today, mode: .direct, amount: Money(minorUnits: 100, currency: tenant.currency))
            new.source = .shop
            new.lines = [
                .free(
                    category: .other, description: "Test", quantity: 1,
                    unitAmount: Money(minorUnits: 100, currency: tenant.currency))
            ]
            _ = try await ledger.openFolio(new, of: tenant.id, by: actor, key: key)
        }
    }

    private func onTenant(done: String? = nil, _ act: () async throws -> Void) async throws -> HTTPResponse {
        do {
            try await act()
            return see(tenantLink(query: done.map { [("done", $0)] } ?? []))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try setUpPage(notice(refusal)))
        }
    }
}
