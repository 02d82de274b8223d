import Foundation
import JSON
import TestSupport
import Testing

@Suite(.serialized) struct `A damaged ledger file` {
    private static let verbs = [
        ["verify"], ["folio", "show", "seeblick", "R-1"], ["folio", "list", "seeblick"], ["journal", "seeblick"],
        ["check-out", "seeblick", "R-1"],
        ["line", "add", "seeblick", "R-1", "beer"], ["operations", "seeblick"], ["statement", "--month", "2026-11"],
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

    @Test func `in the middle, is told in one sentence by every verb that comes across it, and nothing is written`() async throws {
        let house = try await ledger()
        var told = 0
        for seed in UInt64(0)..<8 {
            let copy = try LedgerCopy(of: house.folder)
            var (bytes, noise) = (try copy.bytes(of: copy.file), Noise(seed: seed))
            // Some pages, or some bytes here and there.
            let length = seed % 2 == 0 ? 4096 : 16
            for _ in 0..<(seed % 2 == 0 ? 12 : 200) {
                let place = Int.random(in: 1..<bytes.count / length, using: &noise) * length
                for offset in place..<place + length { bytes[offset] = UInt8.random(in: .min ... .max, using: &noise) }
            }
            // The first page says that it is a ledger.
            let first = try copy.bytes(of: copy.file)[..<4096]
            bytes.replaceSubrange(..<4096, with: first)
            try copy.write(bytes, to: copy.file)
            for verb in Self.verbs {
                let before = try copy.contents()
                let run = try await house.run(verb, in: copy.folder)
                if run.exit == 0 { continue }
                told += 1
                #expect(run.exit == 1 && run.isOneSentenceWithAHint, "seed \(seed), \(verb): \(run.exit) \(run.errors)")
                #expect(try copy.contents()["ledger.db"] == before["ledger.db"], "seed \(seed), \(verb) wrote something")
            }
            let verify = try await house.run(["verify"], in: copy.folder)
            #expect(verify.exit == 1, "seed \(seed): \(verify.output)")
        }
        #expect(told > 20)
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
    }
}
