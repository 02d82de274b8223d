import Foundation
import TestSupport
import Testing

/// From tenants to the file that the operator's ERP reads.
@Suite struct `The fees of November` {
    private static let head = """
        month,tenant,recipient,contract,first_day,last_day,days,days_in_month,proration,price,price_origin,net,tax_case,tax_rate,tax,gross,\
        currency,vat_id,run,corrects
        """
    private static let name = "2026-11-run-1"
    private static let csv = "\(name)/fees-\(name).csv"
    private static let json = "\(name)/fees-\(name).json"

    private static func lines(_ text: String) -> [String] { text.split(separator: "\r\n").map(String.init) }

    @Test func `by days come to the cent, and a later price changes no byte of a repeat`() async throws {
        let desk = try await FeeDesk()
        let shown = try await desk.succeed("fees", "preview", "--month", "2026-11")
        #expect(shown.contains("f: Blocked, not billed: the recipient in the EU has no VAT id."), "\(shown)")
        #expect(shown.contains("a: Nothing moved at Stripe in this month.") && shown.contains("80.21 EUR"))
        let hash = try await desk.hash(of: "2026-11")
        let told = try await desk.run(hash: hash)
        #expect(told.contains("73.47 EUR") && told.contains("6.74 EUR") && told.contains("80.21 EUR"), "\(told)")
        let file = try desk.file(Self.csv)
        let whole = "2026-11-01,2026-11-30,30,30,by_days,19.00,contract:2026-01"
        #expect(
            Self.lines(file) == [
                Self.head,
                "2026-11,a,Haus A,2,\(whole),19.00,domestic,19,3.61,22.61,eur,,1,",
                "2026-11,b,Haus B,2,2026-11-20,2026-11-30,11,30,by_days,19.00,contract:2026-11,6.97,domestic,19,1.32,8.29,eur,,1,",
                "2026-11,c,Haus C,3,\(whole),19.00,eu_reverse_charge,none,0.00,19.00,eur,ATU12345678,1,",
                "2026-11,d,Haus D,2,\(whole),19.00,third_country,none,0.00,19.00,eur,,1,",
                "2026-11,e,Haus E,2,2026-11-01,2026-11-15,15,30,by_days,19.00,contract:2026-01,9.50,domestic,19,1.81,11.31,eur,,1,",
                "2026-11,f,Haus F,2,\(whole),,blocked,,,,eur,,1,",
            ], "\(file)")
        let read = try #require(
            try JSONSerialization.jsonObject(with: Data(try desk.file(Self.json).utf8)) as? [String: Any])
        #expect([read["net"], read["tax"], read["gross"]].map { $0 as? Int } == [7347, 674, 8021])
        #expect(read["billed"] as? Int == 5 && read["blocked"] as? Int == 1 && (read["rows"] as? [Any])?.count == 6)
        let documents = (file, try desk.file(Self.json))

        try await desk.succeed("tenant", "contract", "a", "--price", "21.00", "--price-from", "2026-12")
        try await desk.succeed("tenant", "contract", "a", "--recipient", "Somebody else", "--proration", "whole_months")
        let late = try await desk.verb("tenant", "contract", "a", "--price", "21.00", "--price-from", "2026-11")
        #expect(late.exit == 1 && late.errors.contains("November 2026 is billed, so its price cannot change."), "\(late.errors)")
        #expect(try await desk.run(hash: hash).contains("already, with the same bytes"))
        try await desk.run(hash: hash, into: "again")
        #expect(try desk.file(Self.csv, in: "again") == documents.0 && desk.file(Self.json, in: "again") == documents.1)

        try await desk.simulator.letPass(seconds: 31 * 86_400)
        let december = try await desk.json("fees", "preview", "--month", "2026-12")
        let a = try #require((december["rows"] as? [[String: Any]])?.first { $0["tenant"] as? String == "a" })
        #expect([a["net"], a["tax"], a["gross"]].map { $0 as? Int } == [2100, 399, 2499])
        let codes = (december["oddities"] as? [[String: Any]])?.filter { $0["tenant"] as? String == "a" }.map { $0["code"] as? String }
        #expect(codes == ["earlier_month_unbilled", "price_changed", "no_movement"])
        try await desk.succeed("verify")
    }

    @Test func `by whole months come to 105.83`() async throws {
        let desk = try await FeeDesk(proration: "whole_months")
        let told = try await desk.run(hash: try await desk.hash(of: "2026-11"))
        #expect(told.contains("95.00 EUR") && told.contains("10.83 EUR") && told.contains("105.83 EUR"), "\(told)")
    }

    @Test func `are run as they were shown or not at all, and for a tenant once`() async throws {
        let desk = try await FeeDesk()
        let early = try await desk.verb("fees", "preview", "--month", "2026-12")
        #expect(early.exit == 1 && early.errors.contains("December 2026 is not over, and no tenant is billed for it in advance."))
        let seen = try await desk.hash(of: "2026-11")
        try await desk.succeed("tenant", "contract", "f", "--vat-id", "FR12345678901", "--vat-checked-on", "2026-12-01")
        let path = desk.folder.path
        let changed = try await desk.verb("fees", "run", "--month", "2026-11", "--preview", seen, "--into", path)
        #expect(changed.exit == 1 && changed.isOneSentenceWithAHint && changed.errors.contains("are not as they were shown"))
        #expect(try await desk.succeed("fees", "list", "--month", "2026-11", "--format", "csv").split(separator: "\r\n").count == 1)
        try await desk.run(hash: try await desk.hash(of: "2026-11"))
        let next = try await desk.json("fees", "preview", "--month", "2026-11")
        #expect((next["rows"] as? [Any])?.isEmpty == true && next["billed"] as? Int == 0)
        let none = try await desk.verb(
            "fees", "run", "--month", "2026-11", "--preview", try #require(next["hash"] as? String), "--into", path)
        #expect(none.exit == 1 && none.errors.contains("There is nobody to bill for November 2026."), "\(none.errors)")
        try await desk.succeed("verify")
    }

    @Test func `are mended by a minus row with a number of its own, and get the ERP's invoice numbers`() async throws {
        let desk = try await FeeDesk()
        try await desk.run(hash: try await desk.hash(of: "2026-11"))
        let ended = try await desk.succeed("tenant", "end", "a", "--day", "2026-11-10")
        #expect(ended.contains("Billed for days after 2026-11-10: 2026-11.") && ended.contains("`fees correct --month 2026-11 --tenant a`"))
        #expect(try await desk.succeed("fees", "preview", "--month", "2026-11").contains("a: Run 1 billed another amount than"))
        let exports = desk.folder.file("exports")
        try await desk.succeed("fees", "correct", "--month", "2026-11", "--tenant", "a", "--reason", "ended on the 10th", "--into", exports)
        let minus = Self.lines(try desk.file("2026-11-run-2/fees-2026-11-run-2.csv"))
        #expect(minus.count == 2 && minus[1].hasSuffix(",-19.00,domestic,19,-3.61,-22.61,eur,,2,1"), "\(minus)")
        let twice = try await desk.verb("fees", "correct", "--month", "2026-11", "--tenant", "a", "--reason", "x", "--into", exports)
        #expect(twice.exit == 1 && twice.errors.contains("Tenant \"a\" is not billed for November 2026."), "\(twice.errors)")
        try await desk.run(hash: try await desk.hash(of: "2026-11"))
        let again = Self.lines(try desk.file("2026-11-run-3/fees-2026-11-run-3.csv"))
        // 19.00 · 10/30 = 6.33, and 1.20 of tax.
        #expect(again.contains { $0.hasPrefix("2026-11,a,") && $0.contains(",10,30,") && $0.contains(",6.33,domestic,19,1.20,7.53,") })

        let invoices = "Monat;Mandant;Lauf;Rechnung\r\n2026-11;a;1;RE-1\r\n2026-11;a;2;RE-2\r\n2026-11;b;1;RE-3\r\n"
        let taken = try await desk.succeed(["fees", "assign", "-"], input: invoices)
        #expect(taken.contains("3"), "\(taken)")
        #expect(try await desk.succeed(["fees", "assign", "-", "--format", "csv"], input: invoices) == "added,known,replaced\r\n0,3,0\r\n")
        let other = try await desk.run(["fees", "assign", "-"], input: invoices.replacing("RE-3", with: "RE-4"))
        #expect(other.exit == 1 && other.errors.contains("line 4: Tenant \"b\" has invoice RE-3 for run 1 already."), "\(other.errors)")
        let two = try await desk.run(["fees", "assign", "-"], input: "Monat;Mandant;Lauf;Rechnung\r\n2026-11;c;1;RE-1\r\n")
        #expect(
            two.exit == 1 && two.errors.contains("Invoice RE-1 is of another recipient: tenant \"a\" has it for run 1."), "\(two.errors)")
        let mend = ["fees", "assign", "-", "--replace-reason", "a typing error", "--format", "csv"]
        let typo = "Monat;Mandant;Lauf;Rechnung\r\n2026-11;b;1;RE-33\r\n"
        #expect(try await desk.succeed(mend, input: typo) == "added,known,replaced\r\n0,0,1\r\n")
        #expect(try await desk.succeed("audit", "list", "b").contains("run 1: RE-3, now RE-33"))
        let list = try await desk.succeed("fees", "list", "--month", "2026-11")
        #expect(list.contains("RE-1") && list.contains("RE-2") && list.contains("RE-3") && list.contains("Run 2 is a correction: ended"))
        try await desk.succeed("verify")
    }

    @Test func `lose a VAT id, its check and its country, and an id of another country by itself`() async throws {
        let desk = try await FeeDesk()
        func contract(_ arguments: String...) async throws -> String { try await desk.succeed(["tenant", "contract", "c"] + arguments) }
        #expect(try await contract("--no-vat-check").contains("blocked: the recipient's VAT id was not checked"))
        let moved = try await contract("--country", "JP")
        #expect(moved.contains("third_country") && moved.contains("The VAT id ATU12345678 is of another country: it is gone"), "\(moved)")
        #expect(try await contract("--country", "AT").contains("blocked: the recipient in the EU has no VAT id"))
        let monaco = try await contract("--country", "MC", "--vat-id", "FR12345678901", "--vat-checked-on", "2026-11-02")
        #expect(monaco.contains("eu_reverse_charge"), "\(monaco)")
        #expect(try await contract("--no-vat-id").contains("blocked: the recipient in the EU has no VAT id"))
        #expect(try await contract("--no-country").contains("blocked: the recipient's country is not known"))
        let both = try await desk.verb("tenant", "contract", "c", "--vat-id", "FR12345678901", "--no-vat-id")
        #expect(both.exit == 2 && both.errors.contains("Give either --vat-id or --no-vat-id."), "\(both.errors)")
        let alone = try await desk.verb("tenant", "contract", "c", "--vat-checked-by", "berta")
        #expect(alone.exit == 1 && alone.errors.contains("The day on which the VAT id was checked is missing."), "\(alone.errors)")
    }

    @Test func `are not decided for a folder that is not there, and a repeated correction writes its file`() async throws {
        let desk = try await FeeDesk()
        let nowhere = desk.folder.file("nowhere")
        let seen = try await desk.hash(of: "2026-11")
        let run = try await desk.verb("fees", "run", "--month", "2026-11", "--preview", seen, "--into", nowhere)
        #expect(run.exit == 1 && run.isOneSentenceWithAHint && run.errors.contains("There is no folder"), "\(run.errors)")
        let none = try await desk.succeed("fees", "list", "--month", "2026-11")
        #expect(none.contains("Nothing was billed for this month.") && !none.contains("nobody"), "\(none)")
        try await desk.run(hash: seen)
        let preview = try await desk.succeed("fees", "preview", "--month", "2026-11")
        #expect(!preview.contains("Nothing was billed"), "\(preview)")
        func correct(_ into: String) async throws -> ProgramRun {
            try await desk.verb("fees", "correct", "--month", "2026-11", "--tenant", "a", "--reason", "too dear", "--into", into)
        }
        let lost = try await correct(nowhere)
        #expect(lost.exit == 1 && lost.errors.contains("There is no folder"), "\(lost.errors)")
        #expect(try await desk.succeed("fees", "list", "--month", "2026-11", "--format", "csv").contains(",2,1,") == false)
        // Something else has the folder's name: what was decided is said, and the repeat writes it.
        let other = desk.folder.file("other")
        try FileManager.default.createDirectory(atPath: "\(other)/2026-11-run-2", withIntermediateDirectories: true)
        let decided = try await correct(other)
        #expect(decided.exit == 1 && decided.errors.contains("Run 2 is decided, but its file is missing."), "\(decided.errors)")
        #expect(try await correct(desk.folder.file("exports")).exit == 0)
        #expect(Self.lines(try desk.file("2026-11-run-2/fees-2026-11-run-2.csv")).count == 2)
        let list = try await desk.succeed("fees", "list", "--month", "2026-11")
        #expect(list.contains("fees run --month 2026-11 --preview \(seen)") && !list.contains("Run 3"), "\(list)")
    }

    @Test func `are listed with their invoices, which come back in the exported file`() async throws {
        let desk = try await FeeDesk()
        try await desk.run(hash: try await desk.hash(of: "2026-11"))
        // As somebody adds a column to it: F is blocked, and has no invoice.
        let lines = Self.lines(try desk.file(Self.csv))
        let numbered = lines.enumerated().map { index, line in
            index == 0 ? line + ",invoice" : line + (line.contains(",f,") ? "," : ",RE-\(index)")
        }.joined(separator: "\r\n")
        #expect(try await desk.succeed(["fees", "assign", "-", "--format", "csv"], input: numbered) == "added,known,replaced\r\n5,0,0\r\n")
        let csv = Self.lines(try await desk.succeed("fees", "list", "--month", "2026-11", "--format", "csv"))
        #expect(csv.first == Self.head + ",invoice" && csv.contains { $0.hasPrefix("2026-11,a,") && $0.hasSuffix(",1,,RE-1") }, "\(csv)")
        let runs = try await desk.json("fees", "list", "--month", "2026-11")
        let rows = ((runs["data"] as? [[String: Any]])?.first?["rows"] as? [[String: Any]])?.map { $0["invoice"] as? String }
        #expect(rows == ["RE-1", "RE-2", "RE-3", "RE-4", "RE-5", nil], "\(runs)")
        #expect(Self.lines(try desk.file(Self.csv)).first == Self.head, "the run's file has no invoice, and never changes")
    }

    @Test func `keep their price when an earlier month gets another one, once it was pinned`() async throws {
        let desk = try await FeeDesk()
        try await desk.run(hash: try await desk.hash(of: "2026-11"))
        func price(_ net: String, from month: String) async throws -> ProgramRun {
            try await desk.verb("tenant", "contract", "a", "--price", net, "--price-from", month)
        }
        let refused = try await price("15.00", from: "2026-10")
        #expect(refused.exit == 1 && refused.errors.contains("`--price 19.00 --price-from 2026-11`"), "\(refused.errors)")
        #expect(try await price("19.00", from: "2026-11").exit == 0)
        #expect(try await price("15.00", from: "2026-10").exit == 0)
        try await desk.succeed("verify")
    }
}
