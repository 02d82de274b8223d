import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore
import Synchronization

/// A copy of a ledger's file, and when it is brought back.
struct Backup {
    let house: Int
    let path: String
    /// Requests that were made before it, and those of them that had their final answer.
    let asked: Int
    let answered: Set<Int>
    /// The deed at which the file is lost.
    let due: Int
}

/// What reception has on paper of a folio.
private struct Paper: Sendable {
    let stay: Int
    let folio: Folio
    let lines: [LineItem]
    /// What all its accepted plans asked for.
    let shown: Int64
}

extension World {
    /// Copies a ledger's file while its programs go on.
    func makeBackup(broughtBackAt due: Int) throws {
        let house = dice.pick(houses)
        let path = "\(folder)/backup-\(house.number).db"
        try house.processes[0].file.backup(to: path)
        backup = Backup(
            house: house.number, path: path, asked: asked.count, answered: Set(asked.filter { $0.final != nil }.map(\.number)), due: due)
    }

    /// The file is lost and its backup takes its place. The operator has Stripe read again and repairs, and reception enters again what
    /// it has on paper.
    func bringBack(_ backup: Backup) throws {
        self.backup = nil
        count(.restored)
        restored.insert(backup.house)
        finish()
        let house = houses[backup.house]
        let before = papers(of: house)
        while let process = house.processes.first { kill(process) }
        do { try putBack(backup, house) } catch RestoreRefusal.booksDamaged(_, let defect) {
            find(.agreement, "ledger \(backup.house)", "its backup is not taken: \(defect.problem)")
        }
        for one in asked where hotel(of: stays[one.stay]).house == house.number && !backup.answered.contains(one.number) {
            one.isLost = true
        }
        for hotel in hotels where hotel.house == house.number { gone.forget(hotel.index) }
        forgetRefusals(of: house.number)
        try start(house)
        let rate = troubleRate
        troubleRate = 0
        repair(house)
        let after = papers(of: house)
        for paper in before { enterAgain(paper, over: after.first { $0.stay == paper.stay }, house) }
        repair(house)
        acceptOtherCustomers(house)
        giveBackTooMuch(house)
        troubleRate = rate
    }

    private func putBack(_ backup: Backup, _ house: House) throws {
        let (conductor, clock, path) = (conductor, clock, house.path)
        let outcome = Outcome()
        Task(executorPreference: conductor) {
            do {
                _ = try await Database.restore(
                    backup.path, to: path, replace: true,
                    clock: {
                        conductor.waitForPause()
                        return clock.now
                    })
                outcome.end(nil)
            } catch {
                outcome.end(error)
            }
        }
        // The copy has a writer of its own, which nobody here knows: nothing else is ready to go on meanwhile.
        while !outcome.isOver {
            conductor.play()
            usleep(100)
        }
        if let error = outcome.error { throw error }
    }

    private final class Outcome: Sendable {
        private let state = Mutex<(isOver: Bool, error: (any Error)?)>((false, nil))

        var isOver: Bool { state.withLock { $0.isOver } }
        var error: (any Error)? { state.withLock { $0.error } }

        func end(_ error: (any Error)?) { state.withLock { $0 = (true, error) } }
    }

    /// What `reconcile --repair` and a sync do, for every hotel of a ledger.
    func repair(_ house: House) {
        for hotel in hotels where hotel.house == house.number {
            sync(hotel, at: house.processes[0])
            finish()
            run(house.processes[0], "a repair") { _ = try await $0.repair(hotel.id, by: "operator") }
            finish()
        }
    }

    /// What was found and took more than is open after all lines were entered: the rest is given back on Stripe's pages, as the operator is
    /// told to, and then it fits. Where Stripe gives nothing back any more, it is accepted as it is.
    func giveBackTooMuch(_ house: House) {
        var isAny = false
        for stay in stays where stay.isOpened && hotel(of: stay).house == house.number {
            let hotel = hotel(of: stay)
            guard let view = try? house.processes[0].ledger.folio(stay.reference, of: hotel.id), view.folio.state == .open else { continue }
            for found in view.found where found.state == .captured && found.amount > view.totals.unpaid.minorUnits {
                isAny = true
                let rest = found.amount - max(0, view.totals.unpaid.minorUnits)
                guard dashboard(hotel.key, "POST", "/v1/refunds", "payment_intent=\(found.id)&amount=\(rest)")["error"] != nil else {
                    continue
                }
                run(house.processes[0], "acceptance of \(found.id)") {
                    try await $0.acceptFoundObject(found.id, reason: "all lines are there", of: hotel.id, by: "operator")
                }
                finish()
            }
        }
        if isAny { repair(house) }
    }

    /// What was found and belongs to another customer than its folio: the operator compares both on Stripe's pages, and accepts what the
    /// folio's own guest made, who is a new customer there with each page.
    func acceptOtherCustomers(_ house: House) {
        var isAny = false
        for stay in stays where stay.isOpened && hotel(of: stay).house == house.number {
            let hotel = hotel(of: stay)
            guard let view = try? house.processes[0].ledger.folio(stay.reference, of: hotel.id), view.folio.state == .open,
                let customer = view.folio.customer
            else { continue }
            for found in view.found where found.isWaiting && found.decision == nil && found.customer != customer {
                guard belongings.intents[found.id]?.stay == stay.index else { continue }
                isAny = true
                run(house.processes[0], "acceptance of \(found.id)") {
                    try await $0.acceptFoundObject(found.id, reason: "the same guest", of: hotel.id, by: "operator")
                }
                finish()
            }
        }
        if isAny { repair(house) }
    }

    /// Nothing more goes back on a payment before somebody has decided about the refunds that were found.
    func decideFound(_ house: House) {
        for stay in stays where stay.isOpened && hotel(of: stay).house == house.number {
            guard let view = try? house.processes[0].ledger.folio(stay.reference, of: hotel(of: stay).id), view.folio.state == .open,
                let refund = view.refunds.first(where: \.isFound)
            else { continue }
            decide(stay, refund, lowers: view.totals.setAside.isPositive, house.processes[0])
            finish()
        }
    }

    private func papers(of house: House) -> [Paper] {
        guard let process = house.processes.first else { return [] }
        return stays.filter { $0.isOpened && hotel(of: $0).house == house.number }.compactMap { stay in
            let id = hotel(of: stay).id
            let paper = try? process.file.read { transaction -> Paper? in
                guard let tenant = try transaction.tenant(id) else { return nil }
                return try transaction.withBook(of: tenant) { book in
                    guard let folio = try book.folio(stay.reference) else { return nil }
                    return Paper(
                        stay: stay.index, folio: folio, lines: try book.lines(of: folio),
                        shown: try book.checkOuts(of: folio).reduce(0) { $0 + max(0, $1.due) })
                }
            }
            return paper ?? nil
        }
    }

    private func enterAgain(_ paper: Paper, over kept: Paper?, _ house: House) {
        let stay = stays[paper.stay]
        stays[paper.stay].shownBefore += paper.shown - (kept?.shown ?? 0)
        let process = house.processes[0]
        if kept == nil {
            count(.enteredAgain)
            // A stay that is over can no longer be reserved; its page is left by a guest who has paid or reserved once.
            let isOver = paper.folio.departure < today
            let isDirect = paper.folio.mode == .direct || isOver
            stays[paper.stay].leavesNextPage = belongings.intents.values.contains { $0.stay == stay.index }
            let opening = Self.opening(
                stay, arrival: paper.folio.arrival, departure: paper.folio.departure, isDirect: isDirect, amount: Int(stay.amount))
            if isDirect { stays[paper.stay].prepaid = stay.amount }
            ask(.open, of: stay, "", opening, at: process)
            finish()
            findPage(of: stay.index)
        }
        let lost = paper.lines.dropFirst(kept?.lines.count ?? 0)
        let isGiven = { (line: LineItem) in line.kind != .charge && line.reason?.hasPrefix("goodwill") == true }
        enterAgain(lost.filter { !isGiven($0) }, of: stay, process)
        decideAgain(lost.filter(isGiven), of: stay, process)
    }

    private func enterAgain(_ lines: [LineItem], of stay: Stay, _ process: Process) {
        let (id, reference) = (hotel(of: stay).id, stay.reference)
        let numbers = Renumbered()
        for line in lines {
            count(.enteredAgain)
            run(process, "line \(line.number) of \(reference), again") { ledger in
                switch line.kind {
                case .charge:
                    let new = NewLine.free(
                        category: line.category, description: line.description, quantity: line.quantity, unitAmount: line.unitAmount)
                    numbers[line.number] = try await ledger.addLine(new, to: reference, of: id, by: "desk").line.number
                case .allowance(let original):
                    numbers[line.number] = try await ledger.allow(
                        try line.gross.negated(), on: numbers[original], reason: line.reason ?? "", of: reference, of: id, by: "desk"
                    ).line.number
                case .reversal(let original):
                    numbers[line.number] = try await ledger.reverse(
                        line: numbers[original], reason: line.reason ?? "", of: reference, of: id, by: "desk"
                    ).line.number
                }
            }
            finish()
        }
    }

    /// Allowances that came with money that went back: where the refund is there again, somebody says once more that it lowers the bill.
    /// Where it never was, the allowance is entered as it was.
    private func decideAgain(_ given: [LineItem], of stay: Stay, _ process: Process) {
        guard !given.isEmpty, let view = try? process.ledger.folio(stay.reference, of: hotel(of: stay).id), view.folio.state == .open else {
            return
        }
        var open = view.refunds.filter(\.isUndecided)
        for reason in Set(given.compactMap(\.reason)).sorted() {
            let parts = given.filter { $0.reason == reason }
            let amount = parts.reduce(0) { $0 - $1.gross.minorUnits }
            if let index = open.firstIndex(where: { $0.amount.minorUnits == amount }) {
                decide(stay, open.remove(at: index), lowers: true, process)
                finish()
            } else {
                enterAgain(parts, of: stay, process)
            }
        }
    }

    /// The numbers that lines have got when they were entered again.
    private final class Renumbered: Sendable {
        private let new = Mutex<[Int64: Int64]>([:])

        subscript(_ old: Int64) -> Int64 {
            get { new.withLock { $0[old] ?? old } }
            set { new.withLock { $0[old] = newValue } }
        }
    }
}
