import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import WebServer

@testable import LedgerService

/// The hotel's address for webhooks, over HTTP, and Stripe told of it.
final class WebhookDesk: Sendable {
    let secret: Secret
    private let server: WebServer
    private let hotel: Hotel

    init(_ hotel: Hotel) async throws {
        let ledger = hotel.ledger
        server = WebServer(WebServer.Configuration()) { request in
            do {
                _ = try await ledger.receiveWebhook(
                    tenant: request.segments.last ?? "", signatureHeader: request.header("Stripe-Signature"), body: request.body)
                return HTTPResponse(status: 200)
            } catch let refusal as any Refusal {
                return HTTPResponse(status: 400, body: Array(refusal.code.utf8))
            } catch {
                return HTTPResponse(status: 500)
            }
        }
        try server.start()
        let types = LedgerService.eventTypes.enumerated().map { "&enabled_events%5B\($0.offset)%5D=\($0.element)" }.joined()
        let endpoint = try await hotel.simulator.order(
            form: "/v1/webhook_endpoints",
            "url=http://127.0.0.1:\(server.port)/stripe/webhooks/\(Hotel.id)&api_version=\(StripeClient.apiVersion)" + types)
        self.hotel = hotel
        secret = Secret(endpoint["secret"] as? String ?? "none")!
        try await ledger.setStripeAccount(
            of: Hotel.id, secretKey: "sk_test_seeblick", webhook: NewWebhookSecret(secret.revealed), by: "test")
    }

    /// Hands in a body as Stripe would, signed now.
    @discardableResult func deliver(_ body: String, secret: Secret? = nil, secondsAgo: Int64 = 0) async throws -> ReceivedWebhook {
        let header = WebhookSignature.header(
            body: body.utf8, secrets: [secret ?? self.secret], at: LedgerService.systemTime().adding(seconds: -secondsAgo))
        return try await hotel.ledger.receiveWebhook(tenant: Hotel.id, signatureHeader: header, body: Array(body.utf8))
    }

    static func event(
        _ id: String, _ type: String = "payment_intent.succeeded", object: String = "pi_1", version: String = StripeClient.apiVersion,
        livemode: Bool = false
    ) -> String {
        """
        {"id":"\(id)","object":"event","api_version":"\(version)","created":1763452800,"livemode":\(livemode),"type":"\(type)",\
        "data":{"object":{"id":"\(object)","object":"\(EventSubject(type: type, objectID: object).kind?.rawValue ?? "thing")"}}}
        """
    }

    func stop() async { await server.stop() }
}

extension Hotel {
    /// Puts an object into the books that Stripe does not know: an event about it is left to the operator.
    func remember(_ object: String) async throws {
        try await store.write {
            try $0.run(
                """
                INSERT OR IGNORE INTO payout (tenant, id, currency, amount, status, arrival_date, automatic, created_at)
                SELECT number, \(object), currency, 1, 'paid', '2026-11-18', 1, 0 FROM tenant
                """)
        }
    }

    func eventsKept() throws -> Int { try store.read { try $0.one("SELECT count(*) FROM event") { try $0.int(0) }! } }

    /// Every entry without what depends on when it came: number, instant, hash.
    func journal() throws -> [String] {
        var entries: [String] = []
        try ledger.eachEntry(of: Hotel.id) { entry, _ in
            entries.append("\(entry.kind) \(entry.debit) \(entry.credit) \(entry.amount) \(entry.folio ?? "") \(entry.occurredOn)")
        }
        return entries
    }
}
