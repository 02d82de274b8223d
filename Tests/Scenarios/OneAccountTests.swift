import Foundation
import JSON
import TestSupport
import Testing

/// Two tenants of one file never share a Stripe account: Stripe itself is asked, in a way that every key can.
@Suite struct `An account of its own` {
    private func house() async throws -> House { try await House(tenants: ["seeblick", "waldhof"]) }

    /// One more key of a hotel's account.
    private func key(_ key: String, of hotel: String, forbidden: [String] = [], _ house: House) async throws {
        try await house.simulator.order("POST", "/_sim/account", ["key": key, "same_as": "sk_test_\(hotel)"])
        if !forbidden.isEmpty { try await house.simulator.order("POST", "/_sim/account", ["key": key, "forbidden": forbidden]) }
    }

    private func connect(_ key: String, _ tenant: String, as who: String = "operator", _ house: House) async throws
        -> House.Answer
    {
        try await house.send("PUT", "/v1/tenants/\(tenant)/stripe", as: who, ["secret_key": .text(key)])
    }

    @Test func `is refused when another tenant has it, and named to the operator only`() async throws {
        let house = try await house()
        for other in ["sk_test_seeblick", "sk_test_seeblick_second"] {
            if other.hasSuffix("second") { try await key(other, of: "seeblick", house) }
            let told = try await connect(other, "waldhof", house)
            #expect(told.status == 409 && told.code == "stripe_account_taken" && told.text.contains("seeblick"), "\(told.text)")
            let guest = try await connect(other, "waldhof", as: "waldhof admin", house)
            #expect(guest.status == 409 && guest.code == "stripe_account_taken" && !guest.text.contains("seeblick"), "\(guest.text)")
        }
        let told = try await house.verb("tenant", "stripe", "waldhof", "--secret-key-file", try file("sk_test_seeblick", house))
        #expect(told.exit == 1 && told.isOneSentenceWithAHint && told.errors.contains("seeblick"), "\(told.errors)")
        let own = try await connect("sk_test_waldhof", "waldhof", house)
        #expect(own.status == 200 && own.json["stripe_account_status"] == "own", "\(own.text)")
    }

    private func file(_ key: String, _ house: House) throws -> String {
        let path = try house.folder.write(key.utf8, to: "other-key")
        return path
    }

    @Test func `is told by what another tenant knows there, where the key may not ask for the account`() async throws {
        let house = try await house()
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        try await key("rk_test_seeblick", of: "seeblick", forbidden: ["GET /v1/account"], house)
        let told = try await connect("rk_test_seeblick", "waldhof", house)
        #expect(told.status == 409 && told.code == "stripe_account_taken", "\(told.text)")
        // A restricted key of another account is told apart in the same way.
        try await key("rk_test_waldhof", of: "waldhof", forbidden: ["GET /v1/account"], house)
        let own = try await connect("rk_test_waldhof", "waldhof", house)
        #expect(own.status == 200 && own.json["stripe_account_status"] == "own", "\(own.text)")
    }

    @Test func `that cannot be told yet is said, tried again, and takes nothing once it is another tenant's`() async throws {
        let house = try await house()
        try await key("rk_test_seeblick", of: "seeblick", forbidden: ["GET /v1/account"], house)
        // Nobody has made anything yet: there is nothing to ask for.
        let unknown = try await connect("rk_test_seeblick", "waldhof", house)
        #expect(unknown.status == 200 && unknown.json["stripe_account_status"] == "unknown", "\(unknown.text)")
        try await house.guestPays(try await house.book("R-1"))
        try await house.guestPays(try await house.book("W-1", at: "waldhof"), at: "seeblick")
        try await house.sync()
        try await house.sync()
        let shown = try await house.send("GET", "/v1/tenants/waldhof", as: "operator").json
        #expect(shown["stripe_account_status"] == "shared", "\(shown)")
        #expect(
            shown["notices"]?.arrayValue?.contains { $0["code"] == "account_shared" && "\($0)".contains("seeblick") } == true, "\(shown)")
        #expect(!(try await house.send("GET", "/v1/tenants/waldhof", as: "waldhof admin").text.contains("seeblick")))
        #expect(try await house.send("GET", "/v1/tenants/seeblick", as: "operator").json["stripe_account_status"] == "own")
        let refused = try await house.book("W-2", at: "waldhof")
        #expect(refused.status == 409 && refused.code == "stripe_account_taken", "\(refused.text)")
        try await house.charge("W-1", 25000, at: "waldhof")
        #expect(try await house.checkOut("W-1", at: "waldhof").code == "stripe_account_taken")
        // The first one goes on.
        try await house.charge("R-1", 25000)
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
    }

    @Test func `that neither key may ask about stays unknown, and hinders nobody`() async throws {
        let house = try await house()
        for (hotel, name) in [("seeblick", "rk_test_one"), ("waldhof", "rk_test_two")] {
            try await key(name, of: hotel, forbidden: ["GET /v1/account", "GET /v1/payment_intents/{id}"], house)
            let told = try await connect(name, hotel, house)
            #expect(told.status == 200, "\(told.text)")
            #expect(
                told.json["stripe_account_status"] == (hotel == "seeblick" ? "own" : "unknown")
                    || told.json["stripe_account_status"] == "unknown")
        }
        let opened = try await house.book("W-1", at: "waldhof")
        #expect(opened.status == 201, "\(opened.text)")
        let shown = try await house.verb("tenant", "show", "waldhof")
        #expect(shown.output.contains("unknown"), "\(shown.output)\(shown.errors)")
    }

    @Test func `is not changed for another one while something is under way there`() async throws {
        let house = try await house()
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        let refused = try await connect("sk_test_elsewhere", "seeblick", house)
        #expect(refused.status == 409 && refused.code == "stripe_account_mismatch", "\(refused.text)")
        // A key of the same account is only a new key.
        try await key("sk_test_seeblick_second", of: "seeblick", house)
        #expect(try await connect("sk_test_seeblick_second", "seeblick", house).status == 200)
        try await house.charge("R-1", 25000)
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        #expect(try await connect("sk_test_elsewhere", "seeblick", house).status == 200, "nothing is left behind")
        try await house.sync()
    }

    @Test func `of which a new key tells nothing keeps its rank, and is not left while something is under way`() async throws {
        let house = try await house()
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        let intents = "GET /v1/payment_intents/{id}"
        try await key("rk_test_mute", of: "seeblick", forbidden: ["GET /v1/account", intents], house)
        let unknown = try await connect("rk_test_mute", "seeblick", house)
        #expect(unknown.status == 200 && unknown.json["stripe_account_status"] == "unknown", "\(unknown.text)")
        try await house.simulator.order("POST", "/_sim/faults", ["route": intents, "fault": "unavailable", "times": 1000])
        let silent = try await connect("sk_test_elsewhere", "seeblick", house)
        #expect(silent.status == 503 && silent.code == "stripe_unreachable", "\(silent.text)")
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        #expect(try await connect("sk_test_seeblick", "seeblick", house).status == 200)
        try await house.sync()
        #expect(try await house.send("GET", "/v1/tenants/seeblick", as: "operator").json["stripe_account_status"] == "own")
    }

    /// A hotel has gone to another account, and the one it left is another one's now.
    @Test func `that another tenant has left is free`() async throws {
        let house = try await house()
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        try await house.charge("R-1", 25000)
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        try await house.simulator.letPass(seconds: 60)
        #expect(try await connect("sk_test_elsewhere", "seeblick", house).json["stripe_account_status"] == "own")
        try await key("rk_test_left", of: "seeblick", forbidden: ["GET /v1/account"], house)
        let told = try await connect("rk_test_left", "waldhof", house)
        #expect(told.status == 200, "\(told.text)")
    }

    @Test func `may be one account in two modes`() async throws {
        let house = try await house()
        try await key("sk_live_seeblick", of: "seeblick", house)
        let told = try await connect("sk_live_seeblick", "waldhof", house)
        #expect(told.status == 200 && told.json["stripe_account_status"] == "own" && told.json["stripe_mode"] == "live", "\(told.text)")
        #expect(try await house.send("GET", "/v1/tenants/seeblick", as: "operator").json["stripe_account_status"] == "own")
    }

    @Test func `keeps live objects and test objects apart`() async throws {
        let house = try await house()
        #expect(try await house.send("GET", "/v1/tenants/seeblick", as: "operator").json["stripe_mode"] == "test")
        // Nothing is there yet: the first key may have been the wrong one.
        #expect(try await connect("sk_live_seeblick_1", "seeblick", house).json["stripe_mode"] == "live")
        #expect(try await connect("sk_test_seeblick", "seeblick", house).json["stripe_mode"] == "test")
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        for live in ["sk_live_seeblick_1", "rk_live_seeblick_1"] {
            let refused = try await connect(live, "seeblick", house)
            #expect(refused.status == 409 && refused.code == "stripe_mode_mismatch", "\(refused.text)")
        }
        #expect(try await house.folio("R-1")["holds"]?[0]?["state"] == "authorised")
    }
}
