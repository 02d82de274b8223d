import CSQLite
import Ledger
import TestStore
import Testing

@testable import LedgerStore

/// What happens all day must cost the same after ten years.
@Suite struct `Cost that does not grow` {
    @Test func `no statement about one folio, and no daily list, costs more in a long book than in a new one`() async throws {
        // Some history, so that the lists are full and every kind of movement has its row of the month.
        let new = try await cost(after: 400)
        let long = try await cost(after: 8000)
        #expect(new.count == long.count)
        for (sql, steps) in long {
            // A few steps more for a deeper tree, and for sums over months; never in proportion.
            let before = try #require(new[sql])
            #expect(steps <= before + before / 4 + 50, "\(before) steps became \(steps): \(sql)")
        }
    }

    @Test func `a read from end to end is noticed`() async throws {
        let books = try LedgerFile(clock: .noon)
        let hotel = RandomHotel(try await books.tenant(), seed: 1)
        let costs = try await books.store.write(of: hotel.tenant) { book in
            var hotel = hotel
            return try [100, 1000].map { steps in
                for _ in 0..<steps { try hotel.step(book) }
                _ = book.costs()
                _ = try book.all("SELECT number FROM line_item WHERE tenant = 1 AND description = 'x'") { try $0.int64(0) }
                return book.costs().values.max() ?? 0
            }
        }
        #expect(costs[1] > 5 * costs[0])
    }

    @Test func `a list of what is not finished does not pass by what is`() async throws {
        let books = try LedgerFile(clock: .noon)
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let plans = try await books.store.write(of: tenant) { book in
            try book.useEverything(folio)
            // Looked at by the service in more than one form.
            _ = try book.intentsPastExpiry()
            _ = try book.foliosWithEndingHolds()
            _ = try book.replacedHoldsStillHeld(since: book.now)
            return try book.plans()
        }
        for index in [
            "folio_open", "check_out_unfinished", "operation_waiting", "operation_parked", "event_received", "hold_to_place", "hold_live",
        ] {
            #expect(plans.contains { $0.contains("INDEX \(index) (") }, "\(index)")
        }
    }

    @Test func `what accounting still has to settle costs what is not settled, however much was`() async throws {
        func cost(settled: Int) async throws -> [String: Int] {
            let books = try LedgerFile(clock: .noon)
            let tenant = try await books.tenant()
            return try await books.store.write(of: tenant) { book in
                for number in 0..<settled { try book.settledFolio("S-\(number)") }
                let open = try book.addStay("R-4711")
                try book.charge(30, to: open)
                _ = try book.issueDocument(for: open, gross: .zero(tenant.currency), taxes: [])
                try book.setState(.checkedOut, of: open)
                _ = book.costs()
                let (month, whole) = (Day.arrival.month, Window(limit: 100))
                let end = month.next.firstDay.start(in: tenant.timeZone)
                #expect(try book.unsettledFolios(closedBefore: end, whole).elements.map(\.reference) == ["R-4711"])
                #expect(try book.overdueUnsettledFolios(before: month.next.firstDay, linksBefore: month.next.firstDay, whole).count == 0)
                #expect(try book.disputes(from: end, before: end.adding(seconds: 86_400), whole).count == 0)
                #expect(try book.monthObstacles(month).isEmpty)
                #expect(try book.openMovements(before: end, whole).count == 0 && book.suspenseTotals(before: end).isEmpty)
                // A page of what is settled costs the page.
                #expect(try book.unexplainedMovements(MovementFilter(.assigned), limit: 10).count == 10)
                let last = try book.balanceMovement("txn_S-0")
                #expect(try book.unexplainedMovements(MovementFilter(.assigned, type: "topup"), after: last, limit: 5).count == 5)
                return book.costs()
            }
        }
        let (few, many) = (try await cost(settled: 20), try await cost(settled: 600))
        for (sql, steps) in many {
            let before = try #require(few[sql])
            #expect(steps <= before + before / 4 + 50, "\(before) steps became \(steps): \(sql)")
        }
    }

    @Test func `holds that end cost what is open, however many have ended`() async throws {
        func cost(ended: Int) async throws -> [String: Int] {
            let books = try LedgerFile(clock: .noon)
            let tenant = try await books.tenant()
            return try await books.store.write(of: tenant) { book in
                for number in 0..<ended { try book.folioWithEndedHold("S-\(number)") }
                let open = try book.addFolio(
                    "R-4711", source: .reservation, guest: .init(name: "Ada Gast", email: nil), arrival: .arrival,
                    departure: .arrival.adding(days: 20), mode: .reserved, method: .card)
                _ = try book.hold(100, intent: "pi_open", on: open)
                _ = book.costs()
                #expect(try book.foliosWithEndingHolds() == [open.number])
                #expect(try book.holdsExpiring(by: book.now.adding(seconds: 8 * 86_400)).map(\.folio) == [open.number])
                #expect(try book.replacedHoldsStillHeld(since: book.now).isEmpty)
                return book.costs()
            }
        }
        let (few, many) = (try await cost(ended: 20), try await cost(ended: 600))
        for (sql, steps) in many {
            let before = try #require(few[sql])
            #expect(steps <= before + before / 4 + 50, "\(before) steps became \(steps): \(sql)")
        }
    }

    /// The steps of SQLite's machine that each statement takes, after a hotel has lived through so much. Not a time: always the same.
    private func cost(after history: Int) async throws -> [String: Int] {
        let books = try LedgerFile(clock: .noon)
        let tenant = try await books.tenant()
        return try await books.store.write(of: tenant) { book in
            var hotel = RandomHotel(tenant, seed: 5)
            for _ in 0..<history { try hotel.step(book) }
            for number in 0..<history / 20 { try book.checkedOutFolio("C-\(number)") }
            _ = book.costs()
            try book.useEverything(try book.addStay("R-4711"))
            return book.costs()
        }
    }
}

extension Book {
    /// Every statement function that works on one folio, or on a list that is looked at all day.
    fileprivate func useEverything(_ folio: Folio) throws {
        let line = try charge(1000, to: folio)
        try add(try [line].allowance(of: 1, amount: tenant.money(100), reason: "why"), to: folio, by: "reception")
        try add(try lines(of: folio).reversal(of: 1, reason: "why"), to: folio, by: "reception")
        _ = try (charged(on: folio), grossPerRate(on: folio))
        _ = try capture(100, of: try hold(100, intent: "pi_a", on: folio), on: folio)
        let payment = try pay(100, intent: "pi_b", to: folio)
        let refund = try addRefund(tenant.money(100), of: payment, reason: "why", bill: .unchanged, to: folio)
        try save(refund, of: folio)
        _ = try (holds(of: folio), payments(of: folio), refunds(of: folio))
        _ = try (self.hold(intent: "pi_a"), self.hold(session: "cs_1"), self.payment(intent: "pi_a"))
        _ = try (
            self.payment(session: "cs_1"), self.refund(stripeID: "re_a"), booked(refund, of: folio)
        )
        try releaseRefund(refund, of: folio)
        try judge("pi_b", on: folio)
        _ = try (self.folio("R-4711"), self.folio(number: 1), folios(state: .open, limit: 10))
        _ = try (folios(limit: 10), holdsToPlace(by: .arrival))
        try requestCard(for: folio, consent: "I agree.")
        try setCardSession("cs_1", of: folio)
        _ = try (cardOnFile(of: folio), folioSavingCard(session: "cs_1"))
        try useLateCharges(folio)
        try useStripe(folio)
        try useCheckOut(folio)
        _ = try (balance(of: .stripe), stripeBalance(), document(of: folio))
        let month = Month("2025-11")!
        _ = try close(try statement(month: month)!)
        _ = try (statement(month: month), statement(month: month.next))
        _ = try book(.of("txn_x2", "charge", 100, fee: 1))
    }

    /// Something is said of an intent twice.
    private func judge(_ intent: String, on folio: Folio) throws {
        for level in ["normal", "elevated"] {
            let assessment = Risk.Assessment(charge: "ch_1", chargedAt: now, level: level)
            try noteRisk(ofIntent: intent, on: folio.number) { $0.observe(assessment) }
        }
        _ = try (folioNumber(ofIntent: intent), risk(ofIntent: intent), mayConcern(folio), knowsObject("prv_1"), risksUnderWay())
    }

    private func useLateCharges(_ folio: Folio) throws {
        let list = try folios(.lateCharges, on: .arrival, Window(limit: 10))
        _ = try (list.count, lateCharges(of: folio), openLateCharges(), hasOpenDispute(on: folio))
        _ = try (foliosWithCardToDetach(), closedFoliosWithCard(customer: "cus_1"))
    }

    private func useStripe(_ folio: Folio) throws {
        let number = try addOperation(
            "capture", folio: folio, subject: 1, intent: "pi_a", method: "POST", path: "/", body: "", idempotencyKey: "key")
        let operation = try operation(number)!
        _ = try (waitingOperations(), openOperations(folio: folio), parkedOperations())
        _ = try isBusy(intent: "pi_a")
        try noteAttempt(operation, failure: .unanswered(.timedOut, words: "no answer"))
        try finish(operation, .done)
        _ = try keepEvent("evt_a", type: "charge.updated", objectID: nil, createdAt: now, body: "{}")
        for event in try receivedEvents(limit: 10) { try setState(.applied, of: event) }
        try setCursor("evt_a", of: .events)
        _ = try cursor(of: .events)
        _ = try book(.of("txn_x1", "charge", 100, fee: 1))
    }

    private func useCheckOut(_ folio: Folio) throws {
        let plan = try CheckOutPlan(
            CheckOutInput(
                reference: folio.reference, currency: .eur, charged: tenant.money(100), lineCount: 1, holds: [], payments: [],
                refunds: [], savedCard: nil, minimum: 50, now: now))
        _ = try startCheckOut(plan, outcome: .checkedOut, by: "reception", of: folio)
        let active = try activeCheckOut(of: folio)!
        _ = try foliosWithRunningCheckOut()
        try setState(.done, of: active.steps[0], active, of: folio)
        try setState(.done, of: active, of: folio)
        _ = try issueDocument(for: folio, gross: .zero(.eur), taxes: [])
        try setState(.checkedOut, of: folio)
    }

    fileprivate func checkedOutFolio(_ reference: String, due: Int64 = 0) throws {
        let folio = try addStay(reference)
        if due > 0 {
            try charge(due, to: folio)
            _ = try pay(due, intent: "pi_\(reference)", to: folio)
        }
        let number = try addOperation(
            "capture", folio: folio, subject: 1, intent: "pi_\(reference)", method: "POST", path: "/", body: "", idempotencyKey: "key")
        try finish(try operation(number)!, .done)
        _ = try keepEvent("evt_\(reference)", type: "x", objectID: nil, createdAt: now, body: "{}")
        for event in try receivedEvents(limit: 1) { try setState(.applied, of: event) }
        _ = try issueDocument(for: folio, gross: .zero(tenant.currency), taxes: [])
        try setState(.checkedOut, of: folio)
    }

    /// A stay that was called off after its hold had ended.
    fileprivate func folioWithEndedHold(_ reference: String) throws {
        let folio = try addStay(reference)
        var hold = try hold(100, intent: "pi_\(reference)", on: folio)
        hold.state = .expired
        try save(hold, of: folio)
        try setState(.cancelled, of: folio)
    }

    /// A stay that was paid, contested and won, with a call, an event and a movement that are over.
    fileprivate func settledFolio(_ reference: String) throws {
        try checkedOutFolio(reference, due: 1000)
        try save(
            Dispute(
                id: "dp_\(reference)", amount: tenant.money(1000), reason: "general", state: "won", created: .noon,
                intent: "pi_\(reference)"))
        let topUp = BalanceMovement.of("txn_\(reference)", "topup", 100, source: "tu_\(reference)")
        _ = try book(topUp)
        try settle(topUp)
        try assign(try unexplainedMovement(topUp.id)!, to: .bank, reason: "why", by: "anna")
    }

    /// The steps that each statement of this connection, with its triggers, has taken since the last call.
    fileprivate func costs() -> [String: Int] {
        var steps: [String: Int] = [:]
        var statement = sqlite3_next_stmt(transaction.connection.handle, nil)
        while let current = statement {
            let taken = Int(sqlite3_stmt_status(current, SQLITE_STMTSTATUS_VM_STEP, 1))
            if taken > 0 { steps[String(cString: sqlite3_sql(current)), default: 0] += taken }
            statement = sqlite3_next_stmt(transaction.connection.handle, current)
        }
        return steps
    }

    /// How SQLite goes about each statement of this connection.
    fileprivate func plans() throws -> [String] {
        var plans: [String] = []
        for sql in preparedTexts() where !sql.hasPrefix("EXPLAIN") {
            let statement = try PreparedStatement("EXPLAIN QUERY PLAN " + sql, on: transaction.connection)
            while try statement.step(on: transaction.connection) { plans.append(String(cString: sqlite3_column_text(statement.handle, 3))) }
        }
        return plans
    }

    private func preparedTexts() -> [String] {
        var texts: [String] = []
        var statement = sqlite3_next_stmt(transaction.connection.handle, nil)
        while let current = statement {
            texts.append(String(cString: sqlite3_sql(current)))
            statement = sqlite3_next_stmt(transaction.connection.handle, current)
        }
        return texts
    }
}
