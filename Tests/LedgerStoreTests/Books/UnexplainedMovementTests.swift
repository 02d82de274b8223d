import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `Movements that nothing explains` {
    let books = try! LedgerFile(clock: .noon)

    private func entries(_ tenant: Tenant, of id: String) throws -> [String] {
        try books.store.read(of: tenant) { book in
            var entries: [String] = []
            try book.eachEntry { entry, _ in
                if entry.stripeObject == id { entries.append("\(entry.kind) \(entry.debit) \(entry.credit) \(entry.amount)") }
            }
            return entries
        }
    }

    private func balances(_ tenant: Tenant, _ accounts: Account...) throws -> [Int64] {
        try books.store.read(of: tenant) { book in try accounts.map { try book.balance(of: $0).minorUnits } }
    }

    @Test func `wait with their fee booked, go to suspense, are assigned, and assigned again`() async throws {
        let tenant = try await books.tenant()
        let topUp = BalanceMovement.of("txn_1", "topup", 70_000, fee: 100, source: "tu_1")
        try await books.store.write(of: tenant) { _ = try $0.book(topUp) }
        #expect(try balances(tenant, .stripe, .stripeFees, .suspense(type: "topup")) == [-100, 100, 0])
        #expect(try books.store.read(of: tenant) { try $0.unexplainedMovements(.waiting).map(\.movement.id) } == ["txn_1"])
        let isOurs = try await books.store.write(of: tenant) { try $0.settle(topUp) }
        #expect(!isOurs)
        #expect(try balances(tenant, .stripe, .suspense(type: "topup")) == [69_900, -70_000])
        for account in [Account.bank, .external("owner")] {
            try await books.store.write(of: tenant) { book in
                try book.assign(book.unexplainedMovement("txn_1")!, to: account, reason: "from our bank", by: "anna")
            }
        }
        #expect(try balances(tenant, .stripe, .suspense(type: "topup"), .bank, .external("owner")) == [69_900, 0, 0, -70_000])
        #expect(
            try entries(tenant, of: "txn_1") == [
                "stripe_fee stripe_fees stripe 100", "suspense stripe suspense:topup 70000", "assignment suspense:topup bank 70000",
                "assignment_reversed bank suspense:topup 70000", "assignment suspense:topup external:owner 70000",
            ])
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.unexplainedMovement("txn_1")?.assignment?.account == "external:owner")
            #expect(try book.verify().defects == [])
        }
    }

    @Test(arguments: [false, true])
    func `found ours later are taken out of suspense by a linked entry, and posted once`(isAssigned: Bool) async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let charge = BalanceMovement.of("txn_1", "charge", 5000, fee: 100, intent: "pi_1")
        try await books.store.write(of: tenant) { book in
            _ = try book.book(charge)
            try book.settle(charge)
            if isAssigned { try book.assign(book.unexplainedMovement("txn_1")!, to: .external("shop"), reason: "shop", by: "anna") }
        }
        #expect(try balances(tenant, .stripe) == [4900])
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            try book.settleMovements(intent: "pi_1")
            try book.settleMovements(intent: "pi_1")
        }
        #expect(try balances(tenant, .stripe, .suspense(type: "charge"), .external("shop")) == [4900, 0, 0])
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.unexplainedMovement("txn_1")?.state == .ours)
            #expect(try book.unbalancedObjects() == [])
            #expect(try book.verify().defects == [])
        }
        #expect(try entries(tenant, of: "txn_1").last == "suspense_reversed suspense:charge stripe 5000")
    }

    /// Stripe's list did not say what they came from: the charge could not be read then.
    @Test func `whose intent only the object behind them tells count with its payment`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let charge = BalanceMovement.of("txn_1", "charge", 5000, source: "ch_1")
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            _ = try book.book(charge)
            try book.setIntent("pi_1", of: charge)
            try book.settleMovements(intent: "pi_1")
        }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.unbalancedObjects() == [])
        }
    }

    /// A charge of which Stripe does not show whose it is, dismissed to suspense.
    private func dismissed(_ tenant: Tenant) async throws -> BalanceMovement {
        let charge = BalanceMovement.of("txn_1", "charge", 5000, fee: 100, source: "ch_1")
        try await books.store.write(of: tenant) { book in
            _ = try book.book(charge)
            try book.setFailure(.unanswered(.serverError, words: "HTTP 500"), of: charge)
            try book.dismiss(charge, Dismissal(reason: "seen in the Dashboard", actor: "user:anna"))
        }
        return charge
    }

    @Test func `and cannot be read are dismissed to suspense, may be assigned, and are still to be read`() async throws {
        let tenant = try await books.tenant()
        let charge = try await dismissed(tenant)
        #expect(try balances(tenant, .stripe, .suspense(type: "charge")) == [4900, -5000])
        try await books.store.write(of: tenant) { (book: borrowing Book) throws in
            let known = try book.unexplainedMovement("txn_1")!
            #expect(known.state == .suspense && known.failure != nil && !known.isDismissible)
            #expect(known.dismissal == Dismissal(reason: "seen in the Dashboard", actor: "user:anna"))
            try book.assign(known, to: .external("shop"), reason: "the shop's", by: "user:anna")
            #expect(try book.unreadMovements().map(\.state) == [.assigned])
            // It is read: another's.
            #expect(try book.settle(charge) == false)
            let read = try book.unexplainedMovement("txn_1")!
            #expect(read.state == .assigned && read.failure == nil && read.dismissal != nil)
            #expect(try book.unreadMovements().isEmpty)
            #expect(try book.verify().defects == [])
        }
        #expect(try balances(tenant, .suspense(type: "charge"), .external("shop")) == [0, -5000])
    }

    @Test(arguments: [false, true]) func `that were dismissed and are ours are taken out of suspense when they are read`(
        isAssigned: Bool
    ) async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let charge = try await dismissed(tenant)
        try await books.store.write(of: tenant) { (book: borrowing Book) throws in
            let known = try book.unexplainedMovement("txn_1")!
            if isAssigned { try book.assign(known, to: .external("shop"), reason: "the shop's", by: "user:anna") }
            try book.setIntent("pi_1", of: charge)
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            #expect(try book.settle(charge))
            #expect(try book.unexplainedMovement("txn_1")?.state == .ours)
            #expect(try book.verify().defects == [])
        }
        #expect(try balances(tenant, .stripe, .suspense(type: "charge"), .external("shop")) == [4900, 0, 0])
        #expect(try entries(tenant, of: "txn_1").last == "suspense_reversed suspense:charge stripe 5000")
    }

    @Test(arguments: [
        "UPDATE unexplained_movement SET failure_code = 'other' WHERE id = 'txn_2'",
        "UPDATE unexplained_movement SET intent = 'pi_9' WHERE id = 'txn_2'",
        "UPDATE unexplained_movement SET carries_books = 0 WHERE id = 'txn_2'",
        "UPDATE movement_entry SET reason = 'other' WHERE id = 'txn_1'",
        "UPDATE unexplained_movement SET state = 'ours' WHERE id = 'txn_1'",
        // Waiting, and never tried.
        """
        INSERT INTO movement_entry (tenant, id, number, kind, entry, reason, actor)
        SELECT 1, 'txn_3', 1, 'suspense', max(number), 'why', 'anna' FROM journal_entry
        """,
    ])
    func `are in suspense unread by a decision only`(attack: String) async throws {
        let tenant = try await books.tenant()
        _ = try await dismissed(tenant)
        let (read, untried) = (
            BalanceMovement.of("txn_2", "topup", 70_000, source: "tu_1"), BalanceMovement.of("txn_3", "topup", 300, source: "tu_2")
        )
        try await books.store.write(of: tenant) { book in
            _ = try book.book(read)
            try book.settle(read)
            _ = try book.book(untried)
            // As the attack's own entry would be.
            _ = try book.post(untried.suspensePosting(on: .arrival)!, by: "anna")
        }
        #expect(throws: (any Error).self) { try RawConnection(books.path).run(attack) }
        await #expect(throws: StoreError.self) {
            try await books.store.write(of: tenant) { try $0.dismiss(untried, Dismissal(reason: "why", actor: "anna")) }
        }
    }

    @Test func `a dispute about a payment that is known later is a dispute then`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let withdrawn = BalanceMovement.of("txn_1", "adjustment", category: "dispute", -5000, fee: 2000, source: "du_1", intent: "pi_1")
        try await books.store.write(of: tenant) { book in
            _ = try book.book(withdrawn)
            try book.settle(withdrawn)
        }
        #expect(try balances(tenant, .suspense(type: "adjustment"), .folio(reference: "R-4711")) == [5000, 0])
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            try book.settleMovements(source: "du_1")
        }
        #expect(try balances(tenant, .suspense(type: "adjustment"), .folio(reference: "R-4711"), .stripe) == [0, 0, -2000])
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test func `payments and refunds of which one side is missing are named with both amounts`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            _ = try book.pay(3000, intent: "pi_2", to: folio)
            _ = try book.book(.of("txn_2", "charge", 2900, fee: 60, source: "ch_2", intent: "pi_2"))
        }
        let unbalanced = try books.store.read(of: tenant) { try $0.unbalancedObjects() }
        #expect(
            unbalanced == [
                UnbalancedObject(kind: .payment, id: "pi_1", folio: "R-4711", posted: tenant.money(5000), moved: tenant.money(0)),
                UnbalancedObject(kind: .payment, id: "pi_2", folio: "R-4711", posted: tenant.money(3000), moved: tenant.money(2900)),
            ])
    }

    @Test func `movements of another balance are in no statement and not on the account of this one`() async throws {
        let tenant = try await books.tenant()
        let (held, mirror) = (
            BalanceMovement.of("txn_1", "reserve_hold", -5000, source: nil),
            BalanceMovement.of("txn_2", "reserve_hold", 5000, source: nil, balance: "risk_reserved")
        )
        try await books.store.write(of: tenant) { book in for movement in [held, mirror] { _ = try book.book(movement) } }
        #expect(try balances(tenant, .stripe, .stripeReserved) == [-5000, 5000])
        #expect(try books.store.read(of: tenant) { try $0.stripeBalance() } == tenant.money(-5000))
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test func `other currencies are counted once, and say whether a payment of these books is among them`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            for _ in 0..<2 {
                try book.keep(
                    movementInOtherCurrency: "txn_1", currency: "usd", type: "charge", amount: 5400, fee: 180, intent: "pi_1",
                    created: .noon)
                try book.keep(
                    movementInOtherCurrency: "txn_2", currency: "chf", type: "topup", amount: 100, fee: 0, intent: nil, created: .noon)
            }
        }
        #expect(
            try books.store.read(of: tenant) { try $0.otherCurrencies() } == [
                OtherCurrency(code: "chf", movements: 1, net: 100, hasOurs: false),
                OtherCurrency(code: "usd", movements: 1, net: 5220, hasOurs: true),
            ])
    }

    @Test(arguments: [
        "UPDATE unexplained_movement SET state = 'ours' WHERE id = 'txn_1'",
        "UPDATE unexplained_movement SET state = 'waiting' WHERE id = 'txn_1'",
        "UPDATE unexplained_movement SET state = 'assigned' WHERE id = 'txn_1'",
        "UPDATE unexplained_movement SET intent = 'pi_9' WHERE id = 'txn_1'",
        "UPDATE unexplained_movement SET source = 're_9' WHERE id = 'txn_1'",
        "DELETE FROM unexplained_movement",
        "INSERT INTO unexplained_movement (tenant, id, type, created_at, state) VALUES (1, 'txn_9', 'topup', 0, 'waiting')",
        "UPDATE unexplained_movement SET type = 'charge' WHERE id = 'txn_1'",
        "UPDATE unexplained_movement SET created_at = created_at + 1 WHERE id = 'txn_1'",
        "UPDATE unexplained_movement SET carries_books = 0 WHERE id = 'txn_1'",
        "UPDATE movement_entry SET entry = 1",
        "DELETE FROM movement_entry",
        "INSERT INTO movement_entry (tenant, id, number, kind, entry) VALUES (1, 'txn_1', 2, 'suspense', 2)",
        "INSERT INTO movement_entry (tenant, id, number, kind, entry) VALUES (1, 'txn_1', 2, 'suspense_reversed', 1)",
        "INSERT OR REPLACE INTO movement_entry (tenant, id, number, kind, entry) VALUES (1, 'txn_1', 1, 'suspense', 1)",
        "UPDATE other_currency_movement SET amount = 0", "DELETE FROM other_currency_movement",
        "UPDATE movement_rule SET account = 'disputes'", "UPDATE movement_rule SET reason = 'mine'",
        "UPDATE movement_rule SET type = 'topup'",
        "UPDATE movement_rule SET only_others = 1", "DELETE FROM movement_rule",
        "UPDATE movement_rule SET ended_at = NULL, ended_by = NULL WHERE number = 2",
        "INSERT INTO movement_rule VALUES (1, 4, 'transfer', 0, 'bank', 'x', 'x', 0, NULL, NULL)",
        "INSERT INTO movement_rule VALUES (1, 3, 'charge', 0, 'bank', 'x', 'x', 0, NULL, NULL)",
        "INSERT INTO movement_rule VALUES (1, 3, 'transfer', 0, 'folio:R-1', 'x', 'x', 0, NULL, NULL)",
        "INSERT INTO movement_rule VALUES (1, 3, 'transfer', 0, 'bank', 'x', 'x', 0, 9, 'x')",
        "INSERT OR REPLACE INTO movement_rule VALUES (1, 1, 'charge', 0, 'bank', 'x', 'x', 0, NULL, NULL)",
        "INSERT INTO movement_rule VALUES (9, 1, 'transfer', 0, 'bank', 'x', 'x', 0, NULL, NULL)",
    ])
    func `cannot be moved on, forgotten or posted again by SQL`(attack: String) async throws {
        let tenant = try await books.tenant()
        let topUp = BalanceMovement.of("txn_1", "topup", 70_000, source: "tu_1")
        try await books.store.write(of: tenant) { book in
            _ = try book.book(topUp)
            try book.settle(topUp)
            try book.keep(
                movementInOtherCurrency: "txn_2", currency: "usd", type: "topup", amount: 100, fee: 0, intent: nil, created: .noon)
            _ = try book.addMovementRule(MovementSelection(type: "charge"), to: .external("shop"), reason: "the shop's", by: "anna")
            try book.endMovementRule(
                try book.addMovementRule(MovementSelection(type: "advance"), to: .bank, reason: "Capital", by: "anna"), by: "anna")
        }
        let connection = try RawConnection(books.path)
        #expect(throws: (any Error).self) { try connection.run(attack) }
        #expect(try balances(tenant, .suspense(type: "topup")) == [-70_000])
    }
}
