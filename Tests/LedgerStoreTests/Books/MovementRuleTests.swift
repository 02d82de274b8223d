import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `Rules for movements` {
    let books = try! LedgerFile(clock: .noon)

    private func balances(_ tenant: Tenant, _ accounts: Account...) throws -> [Int64] {
        try books.store.read(of: tenant) { book in try accounts.map { try book.balance(of: $0).minorUnits } }
    }

    /// Each entry about a movement as `assignment rule:1`, in order.
    private func entries(_ tenant: Tenant, of id: String) throws -> [String] {
        try books.store.read(of: tenant) { book in
            var entries: [String] = []
            try book.eachEntry { entry, _ in if entry.stripeObject == id { entries.append("\(entry.kind) \(entry.actor)") } }
            return entries
        }
    }

    @Test func `assign what comes into suspense from then on, and name themselves`() async throws {
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { book in
            try book.come("txn_1")
            let number = try book.addMovementRule(
                MovementSelection(type: "charge"), to: .external("shop"), reason: "sold by the shop", by: "anna")
            for id in ["txn_2", "txn_3"] { try book.come(id) }
            try book.come("txn_4", "topup")
            try book.endMovementRule(number, by: "bert")
            try book.come("txn_5")
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.unexplainedMovements(.suspense).map(\.movement.id) == ["txn_1", "txn_4", "txn_5"])
            let assigned = try book.unexplainedMovements(.assigned)
            #expect(assigned.map(\.movement.id) == ["txn_2", "txn_3"])
            #expect(assigned[0].assignment?.rule == 1 && assigned[0].assignment?.account == "external:shop")
            #expect(assigned[0].assignment?.phrase.english == "rule 1: sold by the shop")
            #expect(try book.movementRules().map { "\($0.number) \($0.actor) \($0.end?.actor ?? "-")" } == ["1 anna bert"])
            #expect(try book.verify().defects == [])
        }
        #expect(try entries(tenant, of: "txn_2") == ["stripe_fee stripe", "suspense stripe", "assignment rule:1"])
        #expect(try balances(tenant, .external("shop"), .suspense(type: "charge")) == [-10_000, -10_000])
    }

    @Test func `for others only leave what carries these books' id, and what is not known`() async throws {
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { book in
            _ = try book.addMovementRule(
                MovementSelection(type: "charge", onlyOthers: true), to: .external("shop"), reason: "sold by the shop", by: "anna")
            for (id, carries) in [("txn_1", false), ("txn_2", true), ("txn_3", nil)] as [(String, Bool?)] {
                let movement = BalanceMovement.of(id, "charge", 5000, source: "ch_\(id)")
                _ = try book.book(movement)
                try book.settle(movement, carriesBooks: carries)
            }
        }
        #expect(try books.store.read(of: tenant) { try $0.unexplainedMovements(.assigned).map(\.movement.id) } == ["txn_1"])
        #expect(try books.store.read(of: tenant) { try $0.unexplainedMovements(.suspense).map(\.carriesBooks) } == [true, nil])
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test func `take what is dismissed unread, unless they are for others only; when it is read it stays where it is`() async throws {
        let tenant = try await books.tenant()
        let movements = [("txn_1", "charge"), ("txn_2", "topup")].map { BalanceMovement.of($0, $1, 5000, source: "src_\($0)") }
        try await books.store.write(of: tenant) { book in
            for (type, onlyOthers) in [("charge", false), ("topup", true)] {
                _ = try book.addMovementRule(
                    MovementSelection(type: type, onlyOthers: onlyOthers), to: .external("shop"), reason: "the shop's", by: "anna")
            }
            for movement in movements {
                _ = try book.book(movement)
                try book.setFailure(.unanswered(.serverError, words: "HTTP 500"), of: movement)
                try book.dismiss(movement, Dismissal(reason: "seen in the Dashboard", actor: "anna"))
            }
        }
        try await books.store.write(of: tenant) { (book: borrowing Book) throws in
            let unread = try ["txn_1", "txn_2"].map { try book.unexplainedMovement($0)! }
            #expect(unread.map(\.state) == [.assigned, .suspense] && unread.map(\.assignment?.rule) == [1, nil])
            #expect(unread.allSatisfy { $0.isToBeRead && $0.carriesBooks == nil && $0.dismissal?.actor == "anna" })
            for (movement, carries) in zip(movements, [true, false]) {
                #expect(try book.settle(movement, carriesBooks: carries) == false)
            }
            let read = try ["txn_1", "txn_2"].map { try book.unexplainedMovement($0)! }
            #expect(read.map(\.state) == [.assigned, .suspense] && read.map(\.carriesBooks) == [true, false])
            #expect(read.map(\.isToBeRead) == [false, false])
            #expect(try book.verify().defects == [])
        }
        #expect(try balances(tenant, .external("shop"), .suspense(type: "topup")) == [-5000, -5000])
    }

    @Test func `give back what is found ours later, by a linked entry, and a person can correct them`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let (ours, theirs) = (
            BalanceMovement.of("txn_1", "charge", 5000, fee: 100, source: "ch_1", intent: "pi_1"),
            BalanceMovement.of("txn_2", "charge", 700, source: "ch_2", intent: "pi_2")
        )
        try await books.store.write(of: tenant) { book in
            _ = try book.addMovementRule(MovementSelection(type: "charge"), to: .external("shop"), reason: "the shop's", by: "anna")
            for movement in [ours, theirs] {
                _ = try book.book(movement)
                try book.settle(movement, carriesBooks: false)
            }
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            try book.settleMovements(intent: "pi_1")
            try book.assign(book.unexplainedMovement("txn_2")!, to: .bank, reason: "no, from the bank", by: "anna")
        }
        #expect(try balances(tenant, .stripe, .external("shop"), .bank, .suspense(type: "charge")) == [5600, 0, -700, 0])
        #expect(
            try entries(tenant, of: "txn_1") == [
                "stripe_fee stripe", "suspense stripe", "assignment rule:1", "assignment_reversed stripe", "suspense_reversed stripe",
            ])
        // Whoever corrects an assignment has reversed it, too.
        #expect(
            try entries(tenant, of: "txn_2") == ["suspense stripe", "assignment rule:1", "assignment_reversed anna", "assignment anna"])
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.unexplainedMovement("txn_1")?.state == .ours)
            let corrected = try book.unexplainedMovement("txn_2")?.assignment
            #expect(corrected?.rule == nil && corrected?.actor == "anna")
            #expect(try book.unbalancedObjects() == [])
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `are not needed to assign everything of a type at once, each by an entry of its own`() async throws {
        let tenant = try await books.tenant()
        let assigned = try await books.store.write(of: tenant) { book in
            for (number, amount) in [5000, -1000, 300].enumerated() {
                let movement = BalanceMovement.of("txn_\(number)", "charge", Int64(amount), source: "ch_\(number)")
                _ = try book.book(movement)
                try book.settle(movement, carriesBooks: number == 2)
            }
            let topUp = BalanceMovement.of("txn_9", "topup", 70_000, source: "tu_1")
            _ = try book.book(topUp)
            try book.settle(topUp, carriesBooks: false)
            let selection = MovementSelection(type: "charge", onlyOthers: true)
            return try book.assignSuspense(selection, to: .external("shop"), reason: "the shop's", by: "anna").map(\.id)
        }
        #expect(assigned == ["txn_0", "txn_1"])
        #expect(try balances(tenant, .external("shop"), .suspense(type: "charge"), .suspense(type: "topup")) == [-4000, -300, -70_000])
        #expect(
            try books.store.read(of: tenant) { try $0.suspenseTotals() } == [
                SuspenseTotal(type: "charge", count: 1, amount: tenant.money(300)),
                SuspenseTotal(type: "topup", count: 1, amount: tenant.money(70_000)),
            ])
    }

    @Test func `make a list in pages of whatever is left`() async throws {
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { book in
            for number in 1...7 {
                // Those of one moment stand by their ids; the first is the latest.
                let movement = BalanceMovement.of(
                    "txn_\(number)", number == 4 ? "transfer" : "topup", 100, source: "tu_\(number)",
                    on: number == 1 ? "2025-11-22" : "2025-11-21")
                _ = try book.book(movement)
                if number != 6 { try book.settle(movement) }
            }
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.ids(MovementFilter()) == ["2", "3", "4"])
            #expect(try book.ids(MovementFilter(), after: "txn_4") == ["5", "6", "7"])
            #expect(try book.ids(MovementFilter(), after: "txn_7") == ["1"])
            #expect(try book.ids(MovementFilter(type: "topup"), after: "txn_3", limit: 2) == ["5", "6"])
            #expect(try book.ids(MovementFilter(.waiting)) == ["6"])
            #expect(try book.ids(MovementFilter(.suspense, type: "topup"), after: "txn_5") == ["7", "1"])
            #expect(try book.ids(MovementFilter(.assigned)).isEmpty)
            let part = try book.openMovements(before: Instant(milliseconds: .max), Window(page: 2, of: 4))
            #expect(part.elements.map(\.movement.id) == ["txn_6", "txn_7", "txn_1"] && part.count == 7)
        }
    }

    @Test func `that were forged, and assignments that they never made, are noticed`() async throws {
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { book in
            _ = try book.addMovementRule(MovementSelection(type: "charge"), to: .external("shop"), reason: "the shop's", by: "anna")
            let movement = BalanceMovement.of("txn_1", "charge", 5000, source: "ch_1")
            _ = try book.book(movement)
            try book.settle(movement, carriesBooks: false)
        }
        let connection = try RawConnection(books.path)
        try connection.dropTriggers()
        func defects() throws -> [String] { try books.store.read(of: tenant) { try $0.verify().defects.map(\.problem) } }
        #expect(try defects().isEmpty)
        for (forgery, repair) in [
            ("UPDATE movement_rule SET account = 'disputes'", "UPDATE movement_rule SET account = 'external:shop'"),
            ("UPDATE movement_rule SET reason = 'mine'", "UPDATE movement_rule SET reason = 'the shop''s'"),
        ] {
            try connection.run(forgery)
            #expect(try defects() == ["movement txn_1 was not assigned as rule 1 says"], "\(forgery)")
            try connection.run(repair)
        }
        try connection.run("UPDATE unexplained_movement SET created_at = 0")
        #expect(try defects() == ["movement txn_1 is listed as another than Stripe's"])
    }
}

extension Book {
    /// Something of others' comes, and is settled.
    fileprivate func come(_ id: String, _ type: String = "charge") throws {
        let movement = BalanceMovement.of(id, type, 5000, fee: 100, source: "ch_\(id)")
        _ = try book(movement)
        try settle(movement, carriesBooks: false)
    }

    /// The numbers of the movements that match.
    fileprivate func ids(_ filter: MovementFilter, after: String? = nil, limit: Int = 3) throws -> [String] {
        var last: BalanceMovement?
        if let after { last = try unexplainedMovement(after)?.movement }
        return try unexplainedMovements(filter, after: last, limit: limit).map { String($0.movement.id.dropFirst(4)) }
    }
}
