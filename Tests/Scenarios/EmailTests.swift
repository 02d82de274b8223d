import Foundation
import JSON
import TestSupport
import Testing

/// A guest's e-mail address over HTTP, at the command line and at Stripe: one rule, and no booking is lost over it.
@Suite struct `A guest's e-mail address` {
    private func book(_ reference: String, _ email: JSON, _ house: House) async throws -> House.Answer {
        try await house.send(
            "POST", "/v1/tenants/seeblick/folios", as: "seeblick admin",
            JSON.stay(reference, guest: ["name": "Anna Weiss", "email": email]))
    }

    /// The address that Stripe's page begins with.
    private func atStripe(_ answer: House.Answer, _ house: House) async throws -> String? {
        let page = try #require(answer.json["payment_url"]?.textValue, "\(answer.text)")
        let session = try #require(page.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        return try await house.simulator.order("GET", "/v1/checkout/sessions/\(session)")["customer_email"] as? String
    }

    @Test func `is taken with apostrophe, ampersand and umlaut, and goes to Stripe as Stripe can take it`() async throws {
        let house = try await House()
        for (reference, given, told) in [
            ("R-1", "o'brien@example.ie", "o'brien@example.ie"), ("R-2", "a&b@example.com", "a&b@example.com"),
            ("R-3", "info@müller.de", "info@xn--mller-kva.de"),
        ] {
            let opened = try await book(reference, .text(given), house)
            #expect(opened.status == 201, "\(opened.text)")
            #expect(opened.json["guest"]?["email"]?.textValue == given, "\(opened.text)")
            #expect(try await atStripe(opened, house) == told, "\(given)")
        }
    }

    @Test func `is the same at the command line`() async throws {
        let house = try await House()
        func open(_ reference: String, _ email: String) async throws -> ProgramRun {
            try await house.verb(
                "folio", "open", "seeblick", reference, "--guest", "Anna Weiss", "--email", email, "--arrival", "2026-11-18", "--departure",
                "2026-11-20", "--pay", "reserved", "--amount", "300.00")
        }
        for (index, email) in ["o'brien@example.ie", "a&b@example.com", "info@müller.de"].enumerated() {
            let run = try await open("C-\(index)", email)
            #expect(run.exit == 0, "\(email): \(run.errors)")
        }
        for (index, email) in ["anna@example", "an..na@example.com", "anna,otto@example.com"].enumerated() {
            let run = try await open("X-\(index)", email)
            #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(email): \(run.errors)")
            let told = try await book("X-\(index)", .text(email), house)
            #expect(told.status == 400 && told.code == "field_invalid", "\(email): \(told.text)")
        }
    }

    @Test func `that Stripe does not take costs the page its address, and not the booking`() async throws {
        let house = try await House()
        // Letters beyond ASCII before the @ are an address to the guest's mail, and none to Stripe.
        let opened = try await book("R-1", "jürgen@example.de", house)
        #expect(opened.status == 201, "\(opened.text)")
        #expect(try await atStripe(opened, house) == nil)
        try await house.guestPays(opened)
        try await house.sync()
        #expect(try await house.folio("R-1")["holds"]?[0]?["state"] == "authorised")
        // A lost answer changes nothing: the same page comes.
        try await house.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/checkout/sessions", "fault": "effect_then_no_answer", "times": 2, "skip": 1])
        var again = try await book("R-2", "jürgen@example.de", house)
        if again.status != 201 {
            try await house.sync()
            again = try await house.send("GET", "/v1/tenants/seeblick/folios/R-2")
        }
        let page = try #require(again.json["payment_url"]?.textValue)
        let sessions = try await house.simulator.order("GET", "/v1/checkout/sessions?limit=100")["data"] as? [[String: Any]] ?? []
        let ours = sessions.filter { ($0["client_reference_id"] as? String) == "R-2" }
        #expect(ours.count == 1 && page.contains(ours.first?["id"] as? String ?? "?"), "\(ours.count) pages")
    }

    @Test func `that is null is none, as is anything else that need not be said`() async throws {
        let house = try await House()
        let opened = try await book("R-1", .null, house)
        #expect(opened.status == 201 && opened.json["guest"]?["email"] == .null, "\(opened.text)")
        let line = try await house.send(
            "POST", "/v1/tenants/seeblick/folios/R-1/lines", as: "seeblick admin",
            [
                "item": .null, "category": "massage", "description": "Massage", "unit_amount": 5950, "quantity": .null, "tax_rate": .null,
                "service_date": .null,
            ])
        #expect(line.status == 201, "\(line.text)")
        let missing = try await house.send(
            "POST", "/v1/tenants/seeblick/folios/R-1/lines", as: "seeblick admin",
            ["category": "massage", "description": .null, "unit_amount": 5950])
        #expect(missing.status == 400 && missing.code == "field_missing", "\(missing.text)")
    }
}
