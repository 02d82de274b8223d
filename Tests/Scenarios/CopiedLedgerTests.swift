import Foundation
import JSON
import TestSupport
import Testing

/// A ledger brought back by other ways than `restore`: whoever copies files about takes no guest's money twice.
@Suite struct `A copied ledger` {
    private let house: House
    private var ledger: String { house.folder.file("ledger.db") }

    init() async throws { house = try await House(tenants: ["seeblick"]) }

    /// How an earlier moment of the ledger comes back.
    enum Way: String, CaseIterable {
        case backupOverLedger, backupServed, fileOverLedger, fileInItsPlace
    }

    /// 300.00 held, 350.00 billed, checked out after the copy was made.
    private func takeAfterCopy(_ way: Way) async throws -> String {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 35000)
        try await house.sync()
        let copy = house.folder.file("copy.db")
        switch way {
        case .backupOverLedger, .backupServed: #expect(try await house.verb("backup", copy).exit == 0)
        case .fileOverLedger, .fileInItsPlace: break
        }
        _ = await house.service.stop()
        if way == .fileOverLedger || way == .fileInItsPlace { try FileManager.default.copyItem(atPath: ledger, toPath: copy) }
        let service = try await house.serve()
        let done = try await checkOut(service)
        #expect(done.json["state"] == "checked_out", "\(done.text)")
        #expect(try await taken() == 35000)
        _ = await service.stop()
        return copy
    }

    /// - Returns: Where the ledger lies now.
    private func bringBack(_ copy: String, _ way: Way) throws -> String {
        let files = FileManager.default
        switch way {
        case .backupServed:
            try files.copyItem(atPath: ledger + ".key", toPath: copy + ".key")
            return copy
        case .backupOverLedger, .fileOverLedger:
            // As cp does: the file stays the same, and all that stands in it is another.
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: ledger))
            try file.truncate(atOffset: 0)
            try file.write(contentsOf: try Data(contentsOf: URL(fileURLWithPath: copy)))
            try file.close()
        case .fileInItsPlace:
            try files.removeItem(atPath: ledger)
            try files.copyItem(atPath: copy, toPath: ledger)
        }
        return ledger
    }

    private func taken() async throws -> Int {
        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=100")["data"] as? [[String: Any]] ?? []
        return intents.reduce(0) { $0 + ($1["amount_received"] as? Int ?? 0) }
    }

    private let place = "/v1/tenants/seeblick/folios/R-1/check-out"

    private func checkOut(_ service: ServiceProcess, key: String? = nil) async throws -> House.Answer {
        let plan = try await house.send("GET", place, service: service.url).json["plan"]?["id"]?.textValue ?? ""
        return try await house.send("POST", place, ["plan": .text(plan)], key: key, service: service.url)
    }

    private func verb(_ file: String, _ arguments: String...) async throws -> ProgramRun {
        try await house.run(arguments + ["--db", file])
    }

    private func plan(_ file: String) async throws -> String {
        let shown = try await verb(file, "check-out", "seeblick", "R-1", "--format", "json").output
        return String(try #require(shown.firstMatch(of: /"plan":{"id":"([0-9a-f]+)"/), "\(shown)").1)
    }

    @Test(arguments: Way.allCases)
    func `takes nothing again, whichever way it came back`(way: Way) async throws {
        let file = try bringBack(try await takeAfterCopy(way), way)
        let refused = try await verb(file, "check-out", "seeblick", "R-1", "--execute", try await plan(file))
        #expect(refused.exit == 1 && refused.errors.contains("Stripe has not been read since"), "\(refused.errors)\(refused.output)")
        #expect(try await taken() == 35000)
        #expect(try await verb(file, "sync").exit == 0)
        #expect(try await verb(file, "reconcile", "--repair").exit == 0)
        #expect(try await verb(file, "check-out", "seeblick", "R-1", "--execute", try await plan(file)).exit == 0)
        #expect(try await taken() == 35000)
        #expect(try await verb(file, "verify").exit == 0)
        // It is known from here on.
        #expect(try await verb(file, "sync").exit == 0)
        #expect(!(try await verb(file, "tenant", "show", "seeblick").output.contains("sync_required")))
    }

    @Test(arguments: Way.allCases)
    func `is served without taking anything again before the service has read Stripe by itself`(way: Way) async throws {
        let file = try bringBack(try await takeAfterCopy(way), way)
        // Stripe's news is late: the check-out comes before the first sync.
        try await house.simulator.order("POST", "/_sim/faults", ["route": "GET /v1/events", "fault": "unavailable", "times": 10_000])
        let service = try await house.serve("--db", file)
        let told = try await checkOut(service, key: "one")
        // A backup says itself what it is; of a file, only Stripe's news do.
        let isBackup = way == .backupOverLedger || way == .backupServed
        #expect(told.status == 503 && told.code == (isBackup ? "sync_required" : "stripe_unreachable"), "\(told.text)")
        #expect(try await taken() == 35000)
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        #expect(try await verb(file, "sync").exit == 0)
        #expect(try await verb(file, "reconcile", "--repair").exit == 0)
        let done = try await checkOut(service)
        #expect(done.json["state"] == "checked_out", "\(done.text)")
        #expect(try await taken() == 35000)
    }

    /// The file that a copy has stood in for comes back: nothing in the file system tells it from the one that went on.
    @Test(arguments: ["restore", "copy"]) func `whose original comes back takes nothing again`(way: String) async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 35000)
        try await house.sync()
        _ = await house.service.stop()
        let (files, aside) = (FileManager.default, house.folder.file("aside.db"))
        if way == "restore" {
            let copy = house.folder.file("copy.db")
            #expect(try await house.verb("backup", copy).exit == 0)
            #expect(try await house.verb("restore", copy, "--replace").exit == 0)
            let replaced = try #require(try files.contentsOfDirectory(atPath: house.folder.path).first { $0.contains(".replaced-") })
            try files.moveItem(atPath: house.folder.file(replaced), toPath: aside)
        } else {
            try files.moveItem(atPath: ledger, toPath: aside)
            try files.copyItem(atPath: aside, toPath: ledger)
        }
        #expect(try await verb(ledger, "sync").exit == 0)
        #expect(try await verb(ledger, "check-out", "seeblick", "R-1", "--execute", try await plan(ledger)).exit == 0)
        #expect(try await taken() == 35000)
        try files.removeItem(atPath: ledger)
        try files.moveItem(atPath: aside, toPath: ledger)
        let refused = try await verb(ledger, "check-out", "seeblick", "R-1", "--execute", try await plan(ledger))
        #expect(refused.exit == 1 && refused.errors.contains("Stripe has not been read since"), "\(refused.errors)\(refused.output)")
        let service = try await house.serve()
        let told = try await checkOut(service, key: "one")
        #expect(told.status == 503, "\(told.text)")
        #expect(try await taken() == 35000)
    }

    @Test func `that two copies went on from takes nothing again in either`() async throws {
        for reference in ["R-1", "R-2"] {
            try await house.guestPays(try await house.book(reference))
            try await house.charge(reference, 35000)
        }
        try await house.sync()
        _ = await house.service.stop()
        let (before, today) = (house.folder.file("before.db"), house.folder.file("today.db"))
        func copy(_ from: String, _ to: String) throws {
            try Data(contentsOf: URL(fileURLWithPath: from)).write(to: URL(fileURLWithPath: to))
        }
        func checkOut(_ reference: String) async throws -> ProgramRun {
            let shown = try await verb(ledger, "check-out", "seeblick", reference, "--format", "json").output
            let plan = String(try #require(shown.firstMatch(of: /"plan":{"id":"([0-9a-f]+)"/), "\(shown)").1)
            return try await verb(ledger, "check-out", "seeblick", reference, "--execute", plan)
        }
        try copy(ledger, before)
        #expect(try await checkOut("R-1").exit == 0)
        try copy(ledger, today)
        try copy(before, ledger)
        #expect(try await verb(ledger, "sync").exit == 0)
        #expect(try await checkOut("R-2").exit == 0)
        #expect(try await taken() == 70000)
        try copy(today, ledger)
        let refused = try await checkOut("R-2")
        #expect(refused.exit == 1 && refused.errors.contains("Stripe has not been read since"), "\(refused.errors)\(refused.output)")
        #expect(try await taken() == 70000)
    }

    @Test func `that only moved to another place takes money at once`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 35000)
        try await house.sync()
        _ = await house.service.stop()
        let there = try TemporaryFolder()
        for name in ["ledger.db", "ledger.db.key"] {
            try FileManager.default.copyItem(atPath: house.folder.file(name), toPath: there.file(name))
        }
        let service = try await ServiceProcess(folder: there, stripe: house.simulator.url)
        let plan = try await house.send("GET", place, service: service.url).json["plan"]?["id"]?.textValue ?? ""
        let told = try await house.send("POST", place, ["plan": .text(plan)], key: "one", service: service.url)
        #expect(told.status == 200 && told.json["state"] == "checked_out", "\(told.text)")
        #expect(try await taken() == 35000)
    }

    @Test func `is not written to by what only reads it`() async throws {
        let file = try bringBack(try await takeAfterCopy(.fileInItsPlace), .fileInItsPlace)
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        for arguments in [
            ["folio", "show", "seeblick", "R-1"], ["folio", "list", "seeblick"], ["check-out", "seeblick", "R-1"], ["tenant", "list"],
            ["tenant", "show", "seeblick"], ["journal", "seeblick"], ["verify"], ["statement", "--month", "2026-11"],
            ["operation", "list", "seeblick"], ["event", "list", "seeblick"], ["token", "list"], ["user", "list"],
            ["catalogue", "list", "seeblick"], ["backup", house.folder.file("another.db")],
        ] {
            let run = try await house.run(arguments)
            #expect(run.exit == 0, "\(arguments): \(run.errors)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before, "\(arguments)")
            #expect(!FileManager.default.fileExists(atPath: file + "-wal"))
        }
    }

    @Test func `counts one reading for a backup that restore has put back`() async throws {
        let copy = try await takeAfterCopy(.backupOverLedger)
        #expect(try await house.verb("restore", copy, "--replace").exit == 0)
        #expect(ask(ledger, "SELECT count(*) FROM restoration WHERE read_at IS NULL") == ["1"])
        #expect(try await house.verb("sync").exit == 0)
        #expect(ask(ledger, "SELECT count(*) FROM restoration WHERE read_at IS NULL") == ["0"])
        #expect(ask(copy, "SELECT count(*) FROM restoration WHERE read_at IS NULL") == ["1"], "the backup stays as it is")
    }

    // MARK: - Rehearsal

    /// A guest's card is saved for a hold that is due; a rehearsal on the same Stripe account must not place it.
    private func rehearse() async throws -> String {
        try await house.guestPays(try await house.book("R-1", isAhead: true))
        try await house.sync()
        let copy = house.folder.file("copy.db")
        #expect(try await house.verb("backup", copy).exit == 0)
        try await house.simulator.letPass(seconds: 22 * 86_400)
        let rehearsal = house.folder.file("rehearsal.db")
        let restored = try await house.verb("restore", copy, "--db", rehearsal)
        #expect(restored.exit == 0 && restored.output.contains("Without the key file nothing is sent"), "\(restored.output)")
        return rehearsal
    }

    @Test func `is rehearsed without its key file, and then nothing of it reaches Stripe`() async throws {
        let rehearsal = try await rehearse()
        _ = await house.service.stop()
        func atStripe() async throws -> [Data] {
            var told: [Data] = []
            for path in ["/_sim/ledger", "/v1/payment_intents?limit=100", "/v1/events?limit=100"] {
                let answer = try await house.simulator.order("GET", path)
                told.append(try JSONSerialization.data(withJSONObject: answer, options: .sortedKeys))
            }
            return told
        }
        let before = try await atStripe()
        for arguments in [["sync"], ["reconcile"], ["check-out", "seeblick", "R-1", "--execute", "0f3a9c1e5b7d2846"]] {
            let run = try await house.run(arguments + ["--db", rehearsal])
            #expect(run.exit == 1 && run.errors.contains("There is no key file"), "\(arguments): \(run.errors)")
        }
        // `serve` makes a key file of its own, and it opens nothing.
        let service = try await house.serve("--db", rehearsal)
        #expect(try await house.send("GET", "/v1/tenants/seeblick/folios/R-1", service: service.url).json["reference"] == "R-1")
        let asked = try await house.send(
            "POST", "/v1/tenants/seeblick/folios/R-1/holds", ["amount": 5000], service: service.url)
        #expect(asked.status == 503 && asked.code == "key_file_wrong", "\(asked.text)")
        _ = await service.stop()
        for arguments in [["verify"], ["folio", "show", "seeblick", "R-1"], ["journal", "seeblick"]] {
            let run = try await house.run(arguments + ["--db", rehearsal])
            #expect(run.exit == 0, "\(arguments): \(run.errors)")
        }
        #expect(try await atStripe() == before)
    }
}
