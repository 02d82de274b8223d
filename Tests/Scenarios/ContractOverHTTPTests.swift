import JSON
import TestSupport
import Testing

@Suite struct `A contract over HTTP` {
    private static let contract = "/v1/tenants/seeblick/contract"

    @Test func `begins on the day and at the price that a new tenant is added with`() async throws {
        let house = try await House()
        let new: JSON = ["id": "neu", "name": "Hotel Neu", "contract_from": "2026-10-20", "price": 2500]
        let added = try await house.send("POST", "/v1/tenants", as: "operator", new)
        #expect(added.status == 201, "\(added.text)")
        let contract = try await house.send("GET", "/v1/tenants/neu/contract", as: "operator").json
        #expect(contract["from"] == "2026-10-20" && contract["prices"] == [["from_month": "2026-10", "net": 2500]], "\(contract)")
        let early = try await house.send(
            "POST", "/v1/tenants", as: "operator", ["id": "alt", "name": "Hotel Alt", "contract_from": "2009-12-31"])
        #expect(early.status == 422 && early.code == "contract_too_early", "\(early.text)")
    }

    @Test func `loses its VAT id, the id's check and its country to null, and an id of another country by itself`() async throws {
        let house = try await House()
        func change(_ body: JSON) async throws -> House.Answer {
            try await house.send("PATCH", Self.contract, as: "operator", body)
        }
        let checked: JSON = ["country": "AT", "vat_id": "ATU11111111", "vat_checked_on": "2026-11-02", "vat_checked_by": "berta"]
        let first = try await change(checked)
        #expect(first.status == 200 && first.json["tax_case"] == "eu_reverse_charge", "\(first.text)")
        let denied = try await change(["vat_checked_on": .null])
        #expect(denied.json["blocked_because"] == "vat_id_unchecked" && denied.json["vat_id"] == "ATU11111111", "\(denied.text)")
        #expect(denied.json["vat_checked_by"] == .null)
        let without = try await change(["vat_id": .null])
        #expect(without.json["blocked_because"] == "vat_id_missing" && without.json["vat_id"] == .null, "\(without.text)")
        for (country, taxCase) in [("DE", "domestic"), ("JP", "third_country")] {
            _ = try await change(checked)
            let moved = try await change(["country": .text(country)])
            #expect(moved.status == 200 && moved.json["tax_case"] == .text(taxCase), "\(moved.text)")
            #expect(moved.json["vat_id"] == .null && moved.json["vat_checked_on"] == .null, "\(moved.text)")
        }
        let kept = try await change(["country": "DE", "vat_id": "DE123456789", "recipient": .null])
        #expect(kept.json["vat_id"] == "DE123456789" && kept.json["recipient"] != .null, "\(kept.text)")
        let alone = try await change(["vat_checked_by": "berta"])
        #expect(alone.status == 422 && alone.code == "vat_check_without_day", "\(alone.text)")
        #expect(try await change(["country": .null]).json["blocked_because"] == "country_missing")
        #expect(try await change(["colour": .null]).code == "field_unknown")
    }
}
