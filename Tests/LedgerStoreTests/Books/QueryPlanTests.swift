import Testing

@testable import LedgerStore

/// What is asked at the desk costs what its answer costs, however old the ledger is.
@Suite struct `Queries at the desk` {
    /// Each as the statement functions ask it.
    static let queries = [
        "SELECT * FROM folio WHERE tenant = 1 AND reference = 'R-1'",
        "SELECT coalesce(sum(gross), 0), count(*) FROM line_item WHERE tenant = 1 AND folio = 1",
        "SELECT coalesce(max(number), 0) + 1 FROM line_item WHERE tenant = 1 AND folio = 1",
        "SELECT * FROM hold WHERE tenant = 1 AND folio = 1 ORDER BY number",
        "SELECT * FROM payment WHERE tenant = 1 AND folio = 1 ORDER BY number",
        "SELECT * FROM refund WHERE tenant = 1 AND folio = 1 ORDER BY number",
        "SELECT folio, number FROM hold WHERE tenant = 1 AND payment_intent = 'pi_1'",
        "SELECT folio, number FROM payment WHERE tenant = 1 AND checkout_session = 'cs_1'",
        "SELECT folio, number FROM refund WHERE tenant = 1 AND stripe_id = 're_1'",
        "SELECT id FROM account WHERE tenant = 1 AND name = 'stripe'",
        "SELECT * FROM operation WHERE tenant = 1 AND state = 'waiting' ORDER BY number",
        "SELECT * FROM operation WHERE tenant = 1 AND folio = 1 AND state = 'waiting' ORDER BY number",
        "SELECT * FROM event WHERE tenant = 1 AND state = 'received' ORDER BY number LIMIT 200",
        "SELECT folio, number FROM hold WHERE tenant = 1 AND state = 'requested' AND origin = 'saved_card' AND payment_intent IS NULL AND place_on <= '2026-11-18' ORDER BY place_on, folio",
        "SELECT payment_intent FROM hold WHERE tenant = 1 AND state = 'authorised' AND capture_before <= 5 AND payment_intent IS NOT NULL",
        "SELECT f.number FROM folio f INDEXED BY folio_open WHERE f.tenant = 1 AND f.state = 'open' AND f.closed_at IS NULL AND EXISTS (SELECT 1 FROM hold h WHERE h.tenant = f.tenant AND h.folio = f.number AND h.state IN ('authorised', 'expired') AND (h.capture_before <= 5 OR date(h.capture_before / 1000, 'unixepoch') <= date(f.departure, '+2 days')))",
        "SELECT folio FROM check_out WHERE tenant = 1 AND state = 'running' ORDER BY folio",
        "SELECT * FROM stripe_month WHERE tenant = 1 AND month = '2026-10' ORDER BY kind, type, method",
        "SELECT coalesce(max(serial), 0) + 1 FROM document WHERE tenant = 1 AND year = 2026",
        "SELECT t.number FROM api_token t LEFT JOIN tenant ON tenant.number = t.tenant WHERE t.digest = x'00'",
        "SELECT 1 FROM api_token WHERE coalesce(tenant, 0) = 1 AND name = 'shop' AND revoked_at IS NULL",
        "SELECT u.number FROM app_user u LEFT JOIN tenant ON tenant.number = u.tenant WHERE coalesce(u.tenant, 0) = 1 AND u.name = 'anna'",
        "SELECT number FROM web_session WHERE digest = x'00'",
        "SELECT number FROM web_session WHERE previous_digest = x'00'",
        "SELECT number FROM web_session WHERE user = 1 AND ended_at IS NULL AND number <> 0",
        "SELECT count(*) FROM login_failure WHERE address = '192.0.2.1' AND login = x'00' AND failed_at > 5",
        "SELECT count(*) FROM login_failure WHERE address = '192.0.2.1' AND failed_at > 5",
        "SELECT number FROM login_failure WHERE failed_at < 5",
        "SELECT number FROM web_session WHERE expires_at < 5",
        "SELECT fingerprint, status, answer FROM idempotency_record WHERE key = x'00'",
    ]

    @Test(arguments: queries)
    func `never read a whole table`(query: String) async throws {
        let hotels = try await TwoHotels()
        let plan = try hotels.plan(of: query)
        #expect(!plan.isEmpty && plan.allSatisfy { !$0.hasPrefix("SCAN") || $0.contains("INDEX") }, "\(plan)")
    }
}
