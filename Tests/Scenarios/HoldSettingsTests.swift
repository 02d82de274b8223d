import Foundation
import JSON
import TestSupport
import Testing

/// What a hotel decides about holds and late charges, through API and command line.
@Suite struct `The settings of holds and late charges` {
    private static let place = "/v1/tenants/seeblick"

    private func settings(_ tenant: JSON) -> [JSON?] {
        [
            tenant["hold_grace_days"], tenant["extras_per_night"], tenant["ceiling_percent"], tenant["renews_debit"],
            tenant["late_charge_days"], tenant["late_charge_categories"],
        ]
    }

    @Test func `have defaults, are changed one by one over HTTP, and those of another tenant stay`() async throws {
        let house = try await House()
        let standard: [JSON?] = [1, 0, 200, false, 14, ["drinks", "minibar", "wellness", "parking"]]
        #expect(settings(try await house.send("GET", Self.place).json) == standard)
        let changed = try await house.send(
            "PATCH", Self.place, ["extras_per_night": 1550, "late_charge_categories": ["shop", "food", "shop"]])
        #expect(settings(changed.json) == [1, 1550, 200, false, 14, ["food", "shop"]], "\(changed.text)")
        let rest = try await house.send(
            "PATCH", Self.place, ["hold_grace_days": 7, "ceiling_percent": 100, "renews_debit": true, "late_charge_days": 0])
        #expect(settings(rest.json) == [7, 1550, 100, true, 0, ["food", "shop"]], "\(rest.text)")
        #expect(settings(try await house.send("GET", "/v1/tenants/waldhof", as: "waldhof admin").json) == standard)
        try await house.succeed("verify")
    }

    @Test(
        arguments: [
            ("hold_grace_days", 8, "a whole number from 0 to 7"), ("hold_grace_days", -1, "a whole number from 0 to 7"),
            ("extras_per_night", -1, "a whole number from 0 to 99999999"), ("extras_per_night", 100_000_000, "from 0 to 99999999"),
            ("ceiling_percent", 99, "a whole number from 100 to 500"), ("ceiling_percent", 501, "from 100 to 500"),
            ("renews_debit", "yes", "true or false"), ("late_charge_days", 91, "a whole number from 0 to 90"),
            ("late_charge_categories", ["minibar", "lodging"], "food, drinks, minibar"),
            ("late_charge_categories", ["damage"], "food, drinks"),
            ("late_charge_categories", "minibar", "a list of 0 to 7"),
        ] as [(String, JSON, String)])
    func `are refused over HTTP beyond their range, and nothing is changed`(field: String, value: JSON, sentence: String) async throws {
        let house = try await House(tenants: ["seeblick"])
        let refused = try await house.send("PATCH", Self.place, [field: value], headers: [("Accept-Language", "en")])
        #expect(refused.status == 400 && refused.code == "field_invalid", "\(refused.text)")
        #expect(refused.text.contains(field) && refused.text.contains(sentence), "\(refused.text)")
        #expect(
            settings(try await house.send("GET", Self.place).json) == [1, 0, 200, false, 14, ["drinks", "minibar", "wellness", "parking"]])
    }
}
