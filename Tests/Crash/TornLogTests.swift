import Foundation
import JSON
import TestSupport
import Testing

/// What a power cut can leave of the write-ahead log: its last pages half written. Every commit is synced before it is answered
/// (`synchronous = FULL`), so a torn end is a commit that nobody was told of. Here it is cut and spoilt further back than that, too:
/// then it must be the moment of the last commit before the damage, and not a mixture.
@Suite(.serialized) struct `A torn write-ahead log` {
    private struct Damage: CustomStringConvertible {
        /// The first byte that is not what was written.
        var place: Int
        var bytes: [UInt8]
        var description: String
    }

    private func damage(_ log: [UInt8], seed: UInt64) -> Damage {
        var noise = Noise(seed: seed)
        // Mostly near the end, where a power cut strikes.
        let tail = noise.one(in: 3) ? log.count - 32 : min(log.count - 32, 60_000)
        let place = Int.random(in: log.count - tail..<log.count, using: &noise)
        switch seed % 3 {
        case 0: return Damage(place: place, bytes: Array(log[..<place]), description: "cut at \(place) of \(log.count)")
        case 1:
            var bytes = log
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &noise)
            return Damage(place: place, bytes: bytes, description: "a bit at \(place) of \(log.count)")
        default:
            // Pages that were given to the file, but never written.
            let zeros = [UInt8](repeating: 0, count: log.count - place)
            return Damage(place: place, bytes: log[..<place] + zeros, description: "nothing from \(place) of \(log.count)")
        }
    }

    @Test func `opens at the last whole commit, with all that was answered before it, and goes on`() async throws {
        let house = try await CrashHouse()
        let reception = Reception(house, seed: 3)
        let stays = try await reception.book(6)
        try await reception.checkOut(Array(stays[..<4]))
        // What was answered when the log was so long.
        var answered: [(key: String, length: Int)] = []
        for number in 1...40 {
            let key = "line-\(number)"
            #expect(try await house.charge("R-6", 100 + number, key: key).status == 201)
            answered.append((key, try house.logLength()))
        }
        await house.kill()
        let whole = try LedgerCopy(of: house.folder)
        let journal = whole.journal()
        var lost = 0
        for seed in UInt64(0)..<24 {
            let copy = try LedgerCopy(of: house.folder)
            let damage = damage(try copy.bytes(of: copy.log), seed: seed)
            try copy.write(damage.bytes, to: copy.log)
            let verify = try await house.run(["verify"], in: copy.folder)
            #expect(verify.exit == 0, "\(damage): \(verify.output)\(verify.errors)")
            let left = copy.journal()
            #expect(left == Array(journal.prefix(left.count)), "\(damage)")
            let kept = Set(ask(copy.file, "SELECT description FROM line_item"))
            for (key, length) in answered where length <= damage.place { #expect(kept.contains(key), "\(damage): \(key)") }
            if kept.count < ask(whole.file, "SELECT description FROM line_item").count { lost += 1 }
            if seed < 6 { try await goOn(house, copy, "\(damage)") }
        }
        // Otherwise nothing was damaged that mattered.
        #expect(lost > 5)
    }

    /// The service starts on it, and takes what is sent to it.
    private func goOn(_ house: CrashHouse, _ copy: LedgerCopy, _ damage: String) async throws {
        let service = try await ServiceProcess(folder: copy.folder, stripe: house.simulator.url)
        let client = APIClient()
        // A folio whose opening was torn away is not there.
        let isThere = ask(copy.file, "SELECT number FROM folio WHERE reference = 'R-6'") != []
        let line = try await client.send(
            "POST", service.url + CrashHouse.path("R-6") + "/lines", token: house.token, CrashHouse.line(100, "after").bytes, key: "after")
        #expect(line.status == (isThere ? 201 : 404), "\(damage): \(line.text)")
        #expect(await service.stop() == 0)
        #expect(try await house.run(["verify"], in: copy.folder).exit == 0, "\(damage)")
    }
}
