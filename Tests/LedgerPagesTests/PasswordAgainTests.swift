import Foundation
import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerPages

/// A session that was stolen, or a browser that was left open: what does most harm asks for the password once more.
@Suite struct `The password is asked for again` {
    private static let settings = "/t/seeblick/settings"

    private func audit(_ house: HotelWithPages) throws -> [AuditEntry] {
        try house.ledger.auditEntries(of: Hotel.id, limit: 100, by: Caller(actor: "test", role: .auditor, tenant: Hotel.id))
    }

    /// Each form, who sends it, and what is written down.
    private static let forms: [(String, Role, [(String, String)], AuditAction)] = [
        ("/users/add", .admin, [("new_user", "greta"), ("role", "admin"), ("password", "drei Worte reichen")], .userAdded),
        ("/users/password", .admin, [("user", "reception"), ("password", "drei Worte reichen")], .passwordSet),
        ("/users/token", .admin, [("name", "shop"), ("token_role", "admin")], .tokenCreated),
        ("/webhooks", .admin, [("webhook_name", "shop"), ("webhook_secret", "whsec_shop_secret")], .webhookSecretSet),
        ("/refund-limit", .admin, [("limit", "5000,00")], .refundLimitSet),
        ("/operator/tenants/seeblick/stripe", .operator, [("key_secret", "sk_test_seeblick")], .stripeKeySet),
    ]

    @Test(arguments: forms)
    func `for keys and roles`(path: String, role: Role, fields: [(String, String)], action: AuditAction) async throws {
        let house = try await HotelWithPages()
        let target = path.hasPrefix("/operator") ? path : Self.settings + path
        let before = try audit(house)
        let wrongs: [[(String, String)]] = [[], [("own_password", "")], [("own_password", "not my password")]]
        for wrong in wrongs {
            let refused = await house.post(target, fields + wrong, as: role)
            #expect(refused.status == 409 && refused.text.contains("es wurde nichts ausgeführt"), "\(wrong): \(refused.text.prefix(200))")
            #expect(!refused.text.contains("not my password"))
        }
        #expect(try audit(house) == before)
        let done = await house.post(target, fields + [HotelWithPages.ownPassword], as: role)
        #expect(done.status == 303 || done.status == 200, "\(done.text)")
        let after = try audit(house)
        let line = try #require(after.first)
        #expect(line.action == action && line.isConfirmed && after.count == before.count + 1)
        #expect(line.actor == (role == .operator ? "operator:operator" : "user:admin"))
    }

    @Test func `and guessing it is counted as guessing a login is`() async throws {
        let house = try await HotelWithPages()
        let fields = [("name", "shop"), ("token_role", "admin")]
        for _ in 0..<5 { _ = await house.post("\(Self.settings)/users/token", fields + [("own_password", "wrong one")], as: .admin) }
        let locked = await house.post("\(Self.settings)/users/token", fields + [HotelWithPages.ownPassword], as: .admin)
        #expect(locked.status == 409 && locked.text.contains("zu viele Fehlversuche"))
    }

    /// A stay that was paid at once, and is to go back.
    private func paid(_ reference: String, _ amount: String, _ house: HotelWithPages) async throws {
        let today = house.clock.now.day(in: try house.ledger.tenant(Hotel.id).timeZone)
        _ = try await house.ledger.openFolio(
            NewFolio(
                reference: reference, guest: .init(name: "Anna Weiss", email: nil), arrival: today, departure: today.adding(days: 2),
                mode: .direct, amount: house.euros(amount)), of: Hotel.id, by: "test")
        try await house.guestPays(reference, card: "4242424242424242")
        _ = try await house.ledger.sync(Hotel.id)
    }

    private func cancel(_ reference: String, _ house: HotelWithPages, _ more: [(String, String)] = []) async throws -> Page {
        let asked = [("fee", "0"), ("reason", "krank")]
        let page = await house.post("/t/seeblick/folios/\(reference)/cancellation/confirmation", asked)
        let plan = try #require(page.text.firstMatch(of: /name="plan" value="([^"]+)"/)).1
        return await house.post("/t/seeblick/folios/\(reference)/cancellation", asked + [("plan", String(plan))] + more)
    }

    @Test func `at reception, when more goes back in a day than the house allows`() async throws {
        let house = try await HotelWithPages()
        try await house.ledger.setRefundLimit(house.euros("300.00"), of: Hotel.id, by: "test")
        for (reference, amount) in [("R-1", "200.00"), ("R-2", "100.00"), ("R-3", "50.00")] { try await paid(reference, amount, house) }
        #expect(try await cancel("R-1", house).status == 303)
        #expect(try await cancel("R-2", house).status == 303)
        let shown = await house.post(
            "/t/seeblick/folios/R-3/cancellation/confirmation", [("fee", "0"), ("reason", "krank")])
        #expect(shown.text.contains("name=\"own_password\""), "the page asks before the button is pressed")
        let refused = try await cancel("R-3", house)
        #expect(refused.status == 409 && refused.text.contains("noch einmal Ihr Passwort"), "\(refused.text)")
        #expect(try await cancel("R-3", house, [("own_password", "wrong one")]).status == 409)
        #expect(try house.ledger.folio("R-3", of: Hotel.id).folio.state == .open)
        #expect(try await cancel("R-3", house, [HotelWithPages.ownPassword]).status == 303)
        #expect(try house.ledger.folio("R-3", of: Hotel.id).folio.state == .cancelled)
        let lines = try audit(house).filter { $0.action == .refundAboveLimit }
        #expect(lines.map(\.subject) == ["R-3"] && lines.map(\.amount) == [house.euros("50.00")])
        #expect(lines.first?.actor == "user:reception" && lines.first?.isConfirmed == true)
        // A day later it begins anew.
        func isAsked(for units: Int64) throws -> Bool {
            try house.ledger.wantsPassword(toGiveBack: units, of: Hotel.id, by: "user:reception")
        }
        #expect(try isAsked(for: 1))
        house.clock.advance(seconds: 86_400)
        #expect(try !isAsked(for: 30_000) && isAsked(for: 30_001))
    }

    @Test func `for a refund above the limit, and not below it`() async throws {
        let house = try await HotelWithPages()
        try await house.ledger.setRefundLimit(house.euros("100.00"), of: Hotel.id, by: "test")
        try await paid("R-1", "300.00", house)
        func refund(_ amount: String, _ more: [(String, String)] = []) async -> Page {
            await house.post(
                "/t/seeblick/folios/R-1/payments/1/refund", [("amount", amount), ("reason", "Lärm"), ("bill", "unchanged")] + more,
                as: .accounting)
        }
        #expect(await refund("100,00").status == 303)
        let refused = await refund("0,01")
        #expect(
            refused.status == 409 && refused.text.contains("name=\"own_password\"") && refused.text.contains("noch einmal Ihr Passwort"))
        #expect(try house.ledger.folio("R-1", of: Hotel.id).totals.refunded == house.euros("100.00"))
        #expect(await refund("0,01", [HotelWithPages.ownPassword]).status == 303)
        #expect(try audit(house).first?.action == .refundAboveLimit)
    }

    @Test func `and what was done stands on a page that admin and auditor may read`() async throws {
        let house = try await HotelWithPages()
        _ = await house.post(
            "\(Self.settings)/users/token", [("name", "shop"), ("token_role", "integration"), HotelWithPages.ownPassword], as: .admin)
        for role in [Role.admin, .auditor, .operator] {
            let page = await house.get("\(Self.settings)/audit", as: role)
            #expect(page.status == 200 && page.text.contains("shop (Schnittstelle)") && page.text.contains("user:admin"), "\(role)")
        }
        for role in [Role.reception, .accounting, .integration] {
            #expect(await house.get("\(Self.settings)/audit", as: role).status == 403)
        }
    }

    @Test func `webhook secrets are listed with their age, and never shown`() async throws {
        let house = try await HotelWithPages()
        for secret in ["whsec_old_secret", "whsec_new_secret"] {
            let set = await house.post(
                "\(Self.settings)/webhooks", [("webhook_name", "shop"), ("webhook_secret", secret), HotelWithPages.ownPassword], as: .admin)
            #expect(set.status == 303, "\(set.text)")
        }
        let page = await house.get(Self.settings, as: .admin)
        #expect(page.text.contains("Webhook-Geheimnisse") && page.text.contains("heute") && page.text.contains("Gilt bis"))
        #expect(!page.text.contains("whsec_old_secret") && !page.text.contains("whsec_new_secret"))
        let revoked = await house.post(
            "\(Self.settings)/webhooks/revoke", [("revoked_name", "shop"), HotelWithPages.ownPassword], as: .admin)
        #expect(revoked.status == 303)
        #expect(try house.ledger.webhookSecrets(of: Hotel.id).isEmpty)
    }
}
