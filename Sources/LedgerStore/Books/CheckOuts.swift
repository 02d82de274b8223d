import Ledger

extension CheckOut {
    static let columns: StaticString = "number, outcome, plan, due, state, actor"
    enum Column: Int, ColumnNames { case number, outcome, plan, due, state, actor }

    /// - Parameter steps: Those of the check-out with this number.
    fileprivate init(from row: borrowing Row, of folio: Folio, _ steps: (Int64) throws -> [Step]) throws {
        let number = try row.int64(Column.number)
        let what = "check-out \(number) of folio \(folio.reference)"
        self.init(
            number: number, outcome: try row.word(Column.outcome, of: what), plan: try row.string(Column.plan),
            due: try row.int64(Column.due), state: try row.word(Column.state, of: what), actor: try row.string(Column.actor),
            steps: try steps(number))
    }
}

extension CheckOut.Step {
    static let columns: StaticString = """
        position, do, hold, payment, amount, from_amount, state, operation, failure_code, failure_reason, failure_detail, failure_actor
        """
    enum Column: Int, ColumnNames {
        case position, `do`, hold, payment, amount, fromAmount, state, operation, failureCode, failureReason, failureDetail, failureActor
    }

    init(from row: borrowing Row, of checkOut: Int64, _ folio: Folio) throws {
        let position = try row.int(Column.position)
        let what = "step \(position) of check-out \(checkOut) of folio \(folio.reference)"
        let (hold, payment) = (try row.optionalInt64(Column.hold), try row.optionalInt64(Column.payment))
        let step = CheckOutStep(
            name: try row.string(Column.do), hold: hold, payment: payment, from: try row.optionalInt64(Column.fromAmount),
            amount: try row.int64(Column.amount))
        guard let step else { throw row.unreadable(Column.do, of: what) }
        self.init(
            position: position, step: step, state: try row.word(Column.state, of: what),
            operation: try row.optionalInt64(Column.operation), payment: payment, failure: try row.failure(Column.failureCode))
    }
}

extension Book {
    /// The folio's check-outs, oldest first.
    package func checkOuts(of folio: Folio) throws -> [CheckOut] {
        try all(
            """
            SELECT \(raw: CheckOut.columns) FROM check_out
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) ORDER BY number
            """
        ) { try CheckOut(from: $0, of: folio) { try steps(of: $0, folio) } }
    }

    /// The one that is running or waits for the guest.
    package func activeCheckOut(of folio: Folio) throws -> CheckOut? {
        try checkOuts(of: folio).last { $0.state == .running || $0.state == .awaitingGuest }
    }

    /// Why a folio was cancelled or its guest did not come: as it stands on the lines that were reversed when that was decided.
    ///
    /// - Returns: `nil` when nothing was reversed then.
    package func endingReason(of checkOut: CheckOut, _ folio: Folio) throws -> String? {
        try one(
            """
            SELECT line_item.reason FROM line_item
            JOIN journal_entry ON journal_entry.tenant = line_item.tenant AND journal_entry.number = line_item.entry
            JOIN check_out ON check_out.tenant = line_item.tenant AND check_out.folio = line_item.folio
                AND check_out.number = \(checkOut.number) AND check_out.started_at = journal_entry.posted_at
            WHERE line_item.tenant = \(tenant.number) AND line_item.folio = \(folio.number) AND line_item.kind = 'reversal'
            ORDER BY line_item.number DESC LIMIT 1
            """
        ) { try $0.string(0) }
    }

    /// Folios whose check-out has waiting steps that nothing is executing.
    package func foliosWithRunningCheckOut() throws -> [Int64] {
        try all(
            """
            SELECT folio FROM check_out INDEXED BY check_out_unfinished
            WHERE tenant = \(tenant.number) AND state = 'running' AND finished_at IS NULL ORDER BY folio
            """
        ) { try $0.int64(0) }
    }

    private func steps(of checkOut: Int64, _ folio: Folio) throws -> [CheckOut.Step] {
        try all(
            """
            SELECT \(raw: CheckOut.Step.columns) FROM check_out_step
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND check_out = \(checkOut) ORDER BY position
            """
        ) { try CheckOut.Step(from: $0, of: checkOut, folio) }
    }

    /// Stores a plan before its first step runs. The folio takes no more lines from here on.
    ///
    /// - Returns: The check-out's number on the folio.
    package func startCheckOut(_ plan: CheckOutPlan, outcome: Folio.State, by actor: String, of folio: Folio) throws -> Int64 {
        let number = try one(
            """
            INSERT INTO check_out (tenant, folio, number, outcome, plan, due, state, actor, started_at)
            SELECT \(tenant.number), \(folio.number),
                (SELECT coalesce(max(number), 0) + 1 FROM check_out WHERE tenant = \(tenant.number) AND folio = \(folio.number)),
                \(outcome), \(plan.id), \(plan.due), 'running', \(actor), \(now)
            RETURNING number
            """
        ) { try $0.int64(0) }!
        try addSteps(plan.steps, after: 0, to: number, folio)
        try setState(.closing, of: folio)
        return number
    }

    private func addSteps(_ steps: [CheckOutStep], after last: Int, to checkOut: Int64, _ folio: Folio) throws {
        for (index, step) in steps.enumerated() {
            // What an increment started from; its amount is where it goes.
            let from: Int64? = if case .increment(_, let from, _) = step { from } else { nil }
            try run(
                """
                INSERT INTO check_out_step (tenant, folio, check_out, position, do, hold, payment, amount, from_amount)
                VALUES (\(tenant.number), \(folio.number), \(checkOut), \(last + 1 + index), \(step.name), \(step.hold), \(step.payment),
                    \(step.amount), \(from))
                """)
        }
    }

    /// Replaces all waiting steps by others.
    package func replaceWaitingSteps(of checkOut: CheckOut, by steps: [CheckOutStep], of folio: Folio) throws {
        try run(
            """
            UPDATE check_out_step SET state = 'replaced'
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND check_out = \(checkOut.number) AND state = 'waiting'
            """)
        try addSteps(steps, after: checkOut.steps.last?.position ?? 0, to: checkOut.number, folio)
    }

    /// - Parameter payment: The payment that the step makes, where it makes one.
    package func setOperation(_ operation: Int64, payment: Int64?, of step: CheckOut.Step, _ checkOut: CheckOut, of folio: Folio) throws {
        try run(
            """
            UPDATE check_out_step SET operation = \(operation), payment = coalesce(payment, \(payment))
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND check_out = \(checkOut.number) AND position = \(step.position)
            """)
    }

    /// - Parameter failure: `nil` keeps the one that is stored.
    /// - Throws: `StoreError` for a change that the schema does not allow.
    package func setState(
        _ state: CheckOut.Step.State, failure: Failure? = nil, of step: CheckOut.Step, _ checkOut: CheckOut, of folio: Folio
    ) throws {
        try run(
            """
            UPDATE check_out_step SET state = \(state), failure_code = coalesce(\(failure?.code), failure_code),
                failure_reason = iif(\(failure?.code) IS NULL, failure_reason, \(failure?.reason)),
                failure_detail = iif(\(failure?.code) IS NULL, failure_detail, \(failure?.detail)),
                failure_actor = iif(\(failure?.code) IS NULL, failure_actor, \(failure?.actor))
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND check_out = \(checkOut.number) AND position = \(step.position)
            """)
    }

    /// `done` and `incomplete` end it, and set when.
    package func setState(_ state: CheckOut.State, of checkOut: CheckOut, of folio: Folio) throws {
        let finishedAt = state == .done || state == .incomplete ? now : nil
        try run(
            """
            UPDATE check_out SET state = \(state), finished_at = \(finishedAt)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(checkOut.number)
            """)
    }
}

// MARK: - Documents

extension Book {
    /// Issues the folio's document over the given taxes, with the year's next number.
    package func issueDocument(for folio: Folio, gross: Money, taxes: [TaxTotal]) throws -> Document {
        let year = now.day(in: tenant.timeZone).components.year
        let serial = try one(
            """
            INSERT INTO document (tenant, year, serial, folio, currency, gross, issued_at)
            SELECT \(tenant.number), \(year),
                (SELECT coalesce(max(serial), 0) + 1 FROM document WHERE tenant = \(tenant.number) AND year = \(year)),
                \(folio.number), \(tenant.currency.code), \(gross.minorUnits), \(now)
            RETURNING serial
            """
        ) { try $0.int(0) }!
        for total in taxes {
            try run(
                """
                INSERT INTO document_tax (tenant, year, serial, rate, gross, tax)
                VALUES (\(tenant.number), \(year), \(serial), \(total.rate.description), \(total.gross.minorUnits),
                    \(total.tax.minorUnits))
                """)
        }
        let number = Self.documentNumber(year, serial)
        try setDocument(number, of: folio)
        return Document(number: number, gross: gross, taxes: taxes, issuedAt: now)
    }

    /// - Returns: `nil` for a folio without one, such as an open folio.
    package func document(of folio: Folio) throws -> Document? {
        try one(
            "SELECT year, serial, gross, issued_at FROM document WHERE tenant = \(tenant.number) AND folio = \(folio.number)"
        ) { row in
            let (year, serial) = (try row.int(0), try row.int(1))
            let taxes = try all(
                """
                SELECT rate, gross, tax FROM document_tax
                WHERE tenant = \(tenant.number) AND year = \(year) AND serial = \(serial)
                """
            ) {
                TaxTotal(rate: try $0.taxRate(0), gross: try $0.money(1, tenant.currency), tax: try $0.money(2, tenant.currency))
            }
            return Document(
                number: Self.documentNumber(year, serial), gross: try row.money(2, tenant.currency),
                taxes: taxes.sorted { ($0.rate.basisPoints ?? .max) < ($1.rate.basisPoints ?? .max) }, issuedAt: try row.instant(3))
        }
    }

    private static func documentNumber(_ year: Int, _ serial: Int) -> String {
        let digits = String(serial)
        return "\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
