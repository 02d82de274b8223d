import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerPages

@Suite struct `The pages of the fees` {
    private static let fees = "/operator/fees"
    private static let contract = "/operator/tenants/seeblick/contract"

    @Test func `lead from signing in to November's file`() async throws {
        let house = try await HotelWithPages()
        try await house.letPass(days: 20)
        try await house.logIn()
        // The navigation's link has no month: in December it is November.
        let page = await house.get(Self.fees, as: .operator)
        #expect(page.status == 200 && page.text.contains("<h1>November 2026</h1>"), "\(page.text)")
        #expect(page.text.contains("Exportieren") && page.text.contains("Bei Stripe hat sich in diesem Monat nichts bewegt."))
        let hash = String(try #require(page.text.firstMatch(of: /name="preview" value="([0-9a-f]{32})"/)).1)
        let run = await house.post("\(Self.fees)/2026-11/run", [("preview", hash)], as: .operator)
        #expect(run.status == 303 && run.header("Location") == "\(Self.fees)?month=2026-11&done=run&run=1", "\(run.text)")
        let after = await house.get("\(Self.fees)?month=2026-11&done=run&run=1", as: .operator)
        #expect(after.text.contains("Lauf 1 ist erstellt.") && after.text.contains("Es ist niemandem etwas zu berechnen."), "\(after.text)")
        let csv = await house.get("\(Self.fees)/2026-11/runs/1/fees.csv", as: .operator)
        #expect(csv.text.hasPrefix("month,tenant,") && csv.text.contains("\r\n2026-11,seeblick,Hotel Seeblick,1,"), "\(csv.text)")
        #expect(csv.header("Content-Disposition") == "attachment; filename=\"fees-2026-11-run-1.csv\"")
        let json = await house.get("\(Self.fees)/2026-11/runs/1/fees.json", as: .operator)
        #expect(json.text.hasPrefix("{\"number\":1,\"month\":\"2026-11\","), "\(json.text)")
        #expect(await house.get("\(Self.fees)/2026-12/runs/1/fees.csv", as: .operator).status != 200)
        let late = await house.post("\(Self.fees)/2026-11/run", [("preview", String(repeating: "0", count: 32))], as: .operator)
        #expect(late.status == 409 && late.text.contains("niemandem etwas zu berechnen"), "\(late.text)")
    }

    @Test func `take a billed month back with a reason`() async throws {
        let house = try await HotelWithPages()
        try await house.letPass(days: 20)
        try await house.logIn()
        let month = Month("2026-11")!
        let hash = try house.ledger.feePreview(month).hash
        _ = try await house.ledger.runFees(month, preview: hash, by: "olaf", once: Once<FeeRun, FeeRun>.unkeyed)
        let path = "/operator/tenants/seeblick/fees/2026-11/correction"
        #expect(await house.get(path, as: .operator).text.contains("November 2026 zurücknehmen"))
        let missing = await house.post(path, [("reason", "")], as: .operator)
        #expect(missing.status == 409 && missing.text.contains("Geben Sie den Grund an"), "\(missing.text)")
        let done = await house.post(path, [("reason", "falscher Preis")], as: .operator)
        #expect(done.status == 303)
        let page = await house.get("\(Self.fees)?month=2026-11", as: .operator)
        #expect(page.text.contains("berichtigt Lauf 1") && page.text.contains("falscher Preis") && page.text.contains("zurückgenommen"))
        #expect(await house.get(path, as: .operator).status == 404)
    }

    @Test func `show a contract, change it, and end it`() async throws {
        let house = try await HotelWithPages()
        let terms = [
            ("from", "2026-11-18"), ("recipient", "Seeblick GmbH"), ("country", "AT"), ("vat_id", "ATU12345678"), ("vat_checked_on", ""),
            ("vat_checked_by", ""), ("proration", "by_days"), ("billing", "arrears"), ("free_months", "1"),
        ]
        #expect(await house.get(Self.contract, as: .operator).text.contains("Inland"))
        #expect(await house.post(Self.contract, terms, as: .operator).header("Location") == "\(Self.contract)?done=saved")
        let blocked = await house.get(Self.contract, as: .operator)
        #expect(blocked.text.contains("Gesperrt, nicht berechnet: die USt-IdNr. des Empfängers ist nicht geprüft."), "\(blocked.text)")
        #expect(try house.ledger.contract(of: Hotel.id).freeMonth(Month("2026-11")!) == 1)
        let wrong = await house.post(Self.contract, terms.map { $0.0 == "country" ? ("country", "DE") : $0 }, as: .operator)
        #expect(wrong.status == 409 && wrong.text.contains("Solche beginnen mit DE"), "\(wrong.text)")
        let price = await house.post("\(Self.contract)/price", [("month", "2026-12"), ("price", "21,00")], as: .operator)
        #expect(price.status == 303)
        let prices = try house.ledger.contract(of: Hotel.id).prices
        #expect(
            prices == [
                ContractPrice(from: Month("2026-11")!, net: house.euros("19.00")),
                .init(from: Month("2026-12")!, net: house.euros("21.00")),
            ])
        #expect(await house.post("\(Self.contract)/end", [("until", "2026-11-17")], as: .operator).status == 409)
        #expect(await house.post("\(Self.contract)/end", [("until", "2026-11-30")], as: .operator).status == 303)
        #expect(try house.ledger.contract(of: Hotel.id).until == Day("2026-11-30"))
        let page = await house.get(Self.contract, as: .operator)
        #expect(page.text.contains("Der Vertrag läuft bis zum 30.11.2026."), "\(page.text)")
        let keys = await house.post(
            "/operator/tenants/seeblick/keys-removal", [("confirm", "seeblick"), HotelWithPages.ownPassword], as: .operator)
        #expect(keys.status == 409 && keys.text.contains("Die Schlüssel werden noch gebraucht"), "\(keys.text)")
        #expect(await house.post("\(Self.contract)/end", [("revoke", "1")], as: .operator).status == 303)
        #expect(try house.ledger.contract(of: Hotel.id).until == nil)
    }

    /// The form of the contract as a browser sends it: everything that it was shown with, and what somebody types over.
    private static func form(_ house: HotelWithPages, _ typed: [String: String]) async -> [(String, String)] {
        let page = await house.get(contract, as: .operator).text
        let shown = page.matches(of: /name="(shown_[a-z_]+)" value="([^"]*)"/).map { (String($0.1), String($0.2)) }
        let rest = [("recipient", "Hotel Seeblick"), ("proration", "by_days"), ("billing", "arrears"), ("free_months", "0")]
        return shown + rest
            + shown.map { name, value in
                let field = String(name.dropFirst("shown_".count))
                return (field, typed[field] ?? value)
            }
    }

    @Test func `take a check for the VAT id that it was made of, and what is emptied back`() async throws {
        let house = try await HotelWithPages()
        let terms: () throws -> ContractTerms = { try house.ledger.contract(of: Hotel.id).terms }
        func save(_ typed: [String: String]) async -> Page {
            let fields = await Self.form(house, typed)
            return await house.post(Self.contract, fields, as: .operator)
        }
        let checked = ["country": "AT", "vat_id": "ATU11111111", "vat_checked_on": "2026-11-02", "vat_checked_by": "Berta"]
        #expect(await save(checked).status == 303)
        #expect(try terms().taxCase == .euReverseCharge && terms().vatCheck?.actor == "Berta")
        // Saved again as it is, nothing is another one.
        let number = try terms().number
        _ = await save([:])
        #expect(try terms().number == number)
        _ = await save(["vat_id": "ATU99999999"])
        #expect(try terms().block == .vatIDUnchecked && terms().vatID == "ATU99999999", "the check was of another id")
        _ = await save(["vat_checked_on": "2026-11-03", "vat_checked_by": "Olaf"])
        #expect(try terms().vatCheck == .init(day: Day("2026-11-03")!, actor: "Olaf"))
        _ = await save(["vat_checked_on": ""])
        #expect(try terms().block == .vatIDUnchecked)
        let alone = await save(["vat_checked_by": "Berta"])
        #expect(alone.status == 409 && alone.text.contains("Der Tag, an dem die USt-IdNr. geprüft wurde, fehlt."), "\(alone.text)")
        _ = await save(["vat_id": ""])
        #expect(try terms().block == .vatIDMissing && terms().vatID == nil)
        _ = await save(checked)
        let moved = await save(["country": "DE"])
        #expect(moved.header("Location") == "\(Self.contract)?done=saved-without-vat-id", "\(moved.text)")
        #expect(try terms().taxCase == .domestic && terms().vatID == nil && terms().vatCheck == nil)
        _ = await save(["country": ""])
        #expect(try terms().block == .countryMissing)
        #expect(await save(["from": ""]).status == 409)
        let audit = try house.ledger.auditEntries(
            of: Hotel.id, limit: 50, by: Caller(actor: "test", role: .operator, tenant: nil)
        ).filter { $0.action == .contractSet }.map(\.subject)
        #expect(audit.first == "tax case blocked (was domestic), country - (was DE)", "\(audit)")
        #expect(audit.contains { $0.contains("VAT id ATU99999999 (was ATU11111111), checked - (was 2026-11-02)") }, "\(audit)")
    }

    @Test func `name the months that are billed after a contract's last day, until they are taken back`() async throws {
        let house = try await HotelWithPages()
        try await house.letPass(days: 20)
        try await house.logIn()
        var change = ContractChange()
        (change.proration, change.from) = (.byDays, Day("2026-10-01")!)
        change.price = ContractPrice(from: Month("2026-10")!, net: house.euros("20.00"))
        _ = try await house.ledger.changeContract(change, of: Hotel.id, by: "olaf")
        let entries = try house.ledger.auditEntries(
            of: Hotel.id, limit: 50, by: Caller(actor: "test", role: .operator, tenant: nil))
        #expect(
            entries.first { $0.action == .contractSet }?.subject.contains(
                "from 2026-10-01 (was 2026-11-18), price from 2026-10 20.00 (was -)")
                == true, "\(entries.map(\.subject))")
        let month = Month("2026-11")!
        let hash = try house.ledger.feePreview(month).hash
        _ = try await house.ledger.runFees(month, preview: hash, by: "olaf", once: Once<FeeRun, FeeRun>.unkeyed)
        #expect(await house.post("\(Self.contract)/end", [("until", "2026-11-20")], as: .operator).status == 303)
        let page = await house.get(Self.contract, as: .operator)
        #expect(page.text.contains("Es sind Tage nach dem letzten Tag berechnet."), "\(page.text)")
        #expect(page.text.contains("href=\"/operator/tenants/seeblick/fees/2026-11/correction\""), "\(page.text)")
        _ = try await house.ledger.correctFee(
            month, of: Hotel.id, reason: "ended", by: "olaf", once: Once<FeeRun, FeeRun>.unkeyed)
        #expect(await !house.get(Self.contract, as: .operator).text.contains("Es sind Tage nach dem letzten Tag berechnet."))
    }

    @Test func `bill the next month where somebody pays in advance`() async throws {
        let house = try await HotelWithPages()
        var change = ContractChange()
        change.billing = .advance
        _ = try await house.ledger.changeContract(change, of: Hotel.id, by: "olaf")
        let page = await house.get("\(Self.fees)?month=2026-12", as: .operator)
        #expect(page.status == 200 && page.text.contains("<h1>Dezember 2026</h1>"), "\(page.text)")
        let hash = String(try #require(page.text.firstMatch(of: /name="preview" value="([0-9a-f]{32})"/)).1)
        let run = await house.post("\(Self.fees)/2026-12/run", [("preview", hash)], as: .operator)
        #expect(run.header("Location") == "\(Self.fees)?month=2026-12&done=run&run=1", "\(run.text)")
        #expect(await house.get("\(Self.fees)?month=2026-12&done=run&run=1", as: .operator).text.contains("Lauf 1 ist erstellt."))
        #expect(await house.get("\(Self.fees)?month=2027-03", as: .operator).text.contains("<h1>Dezember 2026</h1>"))
    }
}
