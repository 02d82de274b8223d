import Foundation

/// Adds a fixed number of lines to a fixed town, for a program that counts instructions from outside (`scripts/bench instructions`), and says
/// how many steps of SQLite's machine a line took.
struct LineCost {
    var contender = Name.raw
    var lines = 6400
    var batch = 64
    var folder = FileManager.default.temporaryDirectory.path

    enum Name: String, CaseIterable { case bare, raw, ledger }

    func run() async throws {
        let folder = "\(folder)/ledger-bench-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let town = try await Town.build(at: "\(folder)/town.db", tenants: 10, foliosEach: 50)
        switch contender {
        case .bare:
            let bare = BareMovements("\(folder)/bare.db", accounts: town.stays.count, batch: batch)
            try await count(bare, bare.file)
        case .raw:
            let raw = RawLoop(town, batch: batch)
            try await count(raw, raw.file)
        case .ledger:
            try await StoreCallers(town, callers: batch).add(lines)
        }
    }

    private func count(_ contender: any Contender, _ file: RawFile) async throws {
        let before = file.steps
        try await contender.add(lines)
        print("\(contender.name): \((file.steps - before) / max(1, lines / batch * batch)) VM steps per line")
    }
}
