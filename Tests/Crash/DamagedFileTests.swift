import Foundation
import JSON
import TestSupport
import Testing

@Suite(.serialized) struct `A damaged ledger file` {
    private static let verbs = [
        ["verify"], ["folio", "show", "seeblick", "R-1"], ["folio", "list", "seeblick"], ["journal", "seeblick"],
        ["check-out", "seeblick", "R-1"],
        ["line", "add", "seeblick", "R-1", "beer"], ["operation", "list", "seeblick"], ["statement", "--month", "2026-11"],
    ]

    /// A ledger that was closed in peace: everything is in the file itself.
    private func ledger() async throws -> CrashHouse {
        let house = try await CrashHouse()
        let reception = Reception(house, seed: 4)
        try await reception.checkOut(Array(try await reception.book(6).dropFirst()))
        for number in 1...30 { _ = try await house.charge("R-1", 100, key: "line-\(number)") }
        #expect(await house.stop() == 0)
        return house
    }

    private enum Damage: String, CaseIterable {
        /// Whole pages anywhere, the description of the tables among them.
        case pages
        /// A few bytes anywhere.
        case bytes
        /// A few bytes in the tables themselves: what is read may still look right to SQLite.
        case rows
    }

    private func damage(_ bytes: inout [UInt8], _ kind: Damage, tables: [Int], seed: UInt64) {
        var noise = Noise(seed: seed)
        let pages = bytes.count / 4096
        for _ in 0..<(kind == .pages ? 12 : 60) {
            // The first page says that it is a ledger.
            let page = kind == .rows ? tables.randomElement(using: &noise)! - 1 : Int.random(in: 1..<pages, using: &noise)
            let (offset, length) = kind == .pages ? (0, 4096) : (Int.random(in: 0..<4080, using: &noise), 4)
            for place in page * 4096 + offset..<page * 4096 + offset + length {
                bytes[place] = UInt8.random(in: .min ... .max, using: &noise)
            }
        }
    }

    @Test func `in the middle, is told in one sentence by every verb that comes across it, and nothing is written`() async throws {
        let house = try await ledger()
        let tables = ask(house.folder.file(), "SELECT rootpage FROM sqlite_master WHERE rootpage > 1").compactMap { Int($0) }
        for kind in Damage.allCases {
            var told = 0
            for seed in UInt64(0)..<10 {
                let copy = try LedgerCopy(of: house.folder)
                var bytes = try copy.bytes(of: copy.file)
                damage(&bytes, kind, tables: tables, seed: seed)
                try copy.write(bytes, to: copy.file)
                for verb in Self.verbs {
                    let before = try copy.contents()
                    let run = try await house.run(verb, in: copy.folder)
                    // It may not have come across it.
                    if run.exit == 0 { continue }
                    told += 1
                    #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(kind) \(seed), \(verb): \(run.exit) \(run.errors)")
                    #expect(try copy.contents()["ledger.db"] == before["ledger.db"], "\(kind) \(seed), \(verb) wrote something")
                }
            }
            #expect(told > 20, "\(kind)")
        }
    }

    @Test func `under a running service, is a problem with a sentence, and the service lives on`() async throws {
        let house = try await ledger()
        let copy = try LedgerCopy(of: house.folder)
        var bytes = try copy.bytes(of: copy.file)
        let roots = ask(copy.file, "SELECT rootpage FROM sqlite_master WHERE name = 'line_item'").compactMap { Int($0) }
        for root in roots { for offset in (root - 1) * 4096..<root * 4096 { bytes[offset] = 0xA5 } }
        try copy.write(bytes, to: copy.file)
        let service = try await ServiceProcess(folder: copy.folder, stripe: house.simulator.url)
        let client = APIClient()
        let folio = service.url + CrashHouse.path("R-1")
        let seen = try await client.send("GET", folio, token: house.token)
        #expect(seen.status == 503 && seen.code == "file_damaged", "\(seen.text)")
        let line = try await client.send("POST", folio + "/lines", token: house.token, CrashHouse.line(100, "one").bytes, key: "one")
        #expect(line.status == 503 && line.code == "file_damaged", "\(line.text)")
        #expect(try await client.send("GET", service.url + "/healthz", token: nil).status == 200)
        #expect(await service.stop() == 0)
        // The operator can see where.
        let log = try String(contentsOfFile: service.log, encoding: .utf8)
        #expect(log.contains(#""event":"accident""#) && log.contains("line_item"), "\(log)")
    }
}
