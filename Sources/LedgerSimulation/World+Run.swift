import Foundation
import Ledger
import LedgerService

extension World {
    /// Plays the whole run, lets it settle, and checks what came of it.
    package func play() throws {
        defer { close() }
        for index in 0..<size.stays { stays.append(Stay(tenant: index % size.tenants, reference: "R-\(index + 1)")) }
        try start()
        try openAccounts()
        if dice.chance(50) { try start() }
        let gap = dice.chance(15) ? dice.below(size.stays * size.deedsPerStay) : nil
        var deeds = 0
        while deeds < size.stays * size.deedsPerStay {
            if !waiting.isEmpty, running > 5 || dice.chance(85) {
                letOneGoOn()
            } else {
                deeds += 1
                if deeds == gap { try closeForWeeks() } else { try doSomething() }
            }
            // One in so many times the program dies in the middle of what it does now: between any two of its steps.
            if dice.chance(1), dice.chance(60) {
                conductor.play(atMost: dice.below(12))
                try crash()
            }
            conductor.play()
            receiveMail()
        }
        try settle()
    }

    /// A file's clock holds the conductor, which holds the files: without this a thousand runs would keep theirs.
    private func close() {
        for process in processes { process.die() }
        processes = []
        conductor.files = []
    }

    private func crash() throws {
        kill(dice.pick(processes))
        if processes.isEmpty || dice.chance(40) { try start() }
    }

    private func doSomething() throws {
        switch dice.pick(weighted: [(45, 0), (20, 1), (16, 2), (8, 3), (9, 4), (1, 5), (1, 6)]) {
        case 0: deskActs()
        case 1: guestActs()
        case 2: deliverOne()
        case 3: syncOne()
        case 4: try letTimePass()
        case 6: ownerActs()
        default: if processes.count < 3 { try start() }
        }
    }

    func syncOne() {
        let process = dice.pick(processes)
        let id = tenant(dice.below(size.tenants))
        run(process, "sync") { _ = try await $0.sync(id) }
    }

    private func letTimePass() throws {
        let seconds = dice.pick(weighted: [(30, 60), (30, 1200), (25, 3 * 3600), (15, 9 * 3600)])
        // No request is under way for hours: it is answered, or given up.
        if seconds > 60 { finish() }
        clock.advance(seconds: seconds)
        troubleRate = dice.pick(weighted: [(40, 0), (30, 8), (20, 25), (10, 90)])
        checkCover()
    }

    /// The programs stand still for longer than Stripe keeps its events; guests go on.
    private func closeForWeeks() throws {
        finish()
        while let process = processes.first { kill(process) }
        for _ in 0..<6 {
            guestActs()
            clock.advance(seconds: 6 * 86_400)
            mail = []
            while !simulator.dueDeliveries().isEmpty {}
        }
        try start()
    }
}
