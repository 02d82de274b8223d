import Foundation
import Ledger
import LedgerService

extension World {
    /// Plays the whole run, lets it settle, and checks what came of it.
    package func play() throws {
        defer { close() }
        var counts = hotels.map { _ in 0 }
        for index in 0..<size.stays {
            // Each hotel counts for itself: two have a folio R-1.
            let hotel = index % hotels.count
            counts[hotel] += 1
            let stay = Stay(index: index, hotel: hotel, reference: "R-\(counts[hotel])")
            stays.append(stay)
            stayNamed["\(hotel) \(stay.reference)"] = index
        }
        for house in houses { try start(house) }
        try openAccounts()
        if dice.chance(50) { try start(dice.pick(houses)) }
        let all = size.stays * size.deedsPerStay
        let gap = dice.chance(15) ? dice.below(all) : nil
        let copied = size.has(.backups) && (plant == .chainForgotten || dice.chance(30)) ? dice.below(all * 3 / 4) : nil
        chargesLate = size.has(.late) && copied == nil
        var deeds = 0
        while deeds < all {
            if !waiting.isEmpty, running > 5 || dice.chance(85) {
                letOneGoOn()
            } else {
                deeds += 1
                if deeds == copied { try makeBackup(broughtBackAt: deeds + 20 + dice.below(all - deeds)) }
                if deeds == gap {
                    try closeForWeeks()
                } else if let backup, deeds == backup.due {
                    try bringBack(backup)
                } else {
                    try doSomething()
                }
            }
            // One in so many times the program dies in the middle of what it does now: between any two of its steps.
            if dice.chance(1), dice.chance(60) {
                conductor.play(atMost: dice.below(12))
                try crash(dice.pick(processes))
            } else if let (process, what) = processToDie() {
                conductor.play(atMost: dice.below(12))
                count(what)
                try crash(process)
            }
            conductor.play()
            receiveMail()
        }
        try settle()
    }

    /// A file's clock holds the conductor, which holds the files: without this a thousand runs would keep theirs.
    private func close() {
        for process in processes { process.die() }
        for house in houses { house.processes = [] }
        conductor.removeFiles()
    }

    private func crash(_ process: Process) throws {
        kill(process)
        let house = houses[process.house]
        if house.processes.isEmpty || dice.chance(40) { try start(house) }
    }

    /// A program whose time has come in the middle of something.
    private func processToDie() -> (process: Process, what: Kind)? {
        guard let doomed = watch.doomed else { return nil }
        watch.doomed?.steps -= 1
        guard doomed.steps <= 0 else { return nil }
        watch.doomed = nil
        return processes.first { $0.number == doomed.process }.map { ($0, doomed.what) }
    }

    private func doSomething() throws {
        tick()
        let strangers = size.has(.neighbours) ? 1 : 0
        let movements = size.has(.movements) ? 1 : 0
        let cover = size.has(.cover) ? 4 : 0
        switch dice.pick(weighted: [
            (45, 0), (20, 1), (16, 2), (10, 3), (9, 4), (1, 5), (size.has(.owner) ? 3 : 1, 6), (strangers, 7), (8, 8), (movements, 9),
            (cover, 10), (chargesLate ? 3 : 0, 11),
        ]) {
        case 0: deskActs()
        case 1: guestActs()
        case 2: deliverOne()
        case 3: syncOne()
        case 4: letTimePass()
        case 6: ownerActs()
        case 7: strangerActs()
        case 8: callersAct()
        case 9: moneyMoves()
        case 10: try coverActs()
        case 11: lateActs()
        default: if processes.count < 5 { try start(dice.pick(houses)) }
        }
    }

    private func syncOne() {
        let hotel = dice.pick(hotels)
        sync(hotel, at: dice.pick(house(of: hotel).processes))
    }

    /// Has a hotel's books brought up to date.
    func sync(_ hotel: Hotel, at process: Process) {
        run(process, "sync") { [self] in try await bringUpToDate(hotel, $0) }
    }

    /// What was gone, and what ended soon, before a sync began is known when it has come to its end.
    func bringUpToDate(_ hotel: Hotel, _ ledger: LedgerService) async throws {
        let (ids, begun) = (gone.ids, clock.now)
        // What was gone before is known then, unless something could not be read.
        if try await ledger.sync(hotel.id).unread.isEmpty { gone.tell(hotel.index, ids, at: clock.now.milliseconds) }
        noteDue(hotel, since: begun)
        checkKept(hotel, since: begun)
    }

    private func letTimePass() {
        pass(seconds: dice.pick(weighted: [(30, 60), (30, 1200), (25, 3 * 3600), (15, 9 * 3600)]))
        troubleRate = dice.pick(weighted: [(40, 0), (30, 8), (20, 25), (10, 90)])
    }

    func pass(seconds: Int) {
        // No request is under way for hours: it is answered, or given up.
        if seconds > 60 { finish() }
        checkChains()
        clock.advance(seconds: seconds)
        showHidden()
        checkCover()
        checkEnds()
    }

    /// The programs stand still for longer than Stripe keeps its events; guests go on.
    private func closeForWeeks() throws {
        finish()
        for process in processes { kill(process) }
        for _ in 0..<6 {
            guestActs()
            clock.advance(seconds: 6 * 86_400)
            mail = []
            while !simulator.dueDeliveries().isEmpty {}
        }
        for house in houses { try start(house) }
    }
}
