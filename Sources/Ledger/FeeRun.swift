/// A month's fees as they were decided, once and for all tenants that it has (Gebührenlauf). Its file is made of it and of nothing else.
package struct FeeRun: Hashable, Sendable {
    /// Gapless over all months, from 1.
    package let number: Int64
    /// The month that is billed.
    package let month: Month
    /// By tenant; of a correction the one row that takes another back.
    package let rows: [FeeRow]
    /// Over the rows: what the preview had.
    package let hash: String
    /// Why a row was taken back; `nil` for a run that bills.
    package let reason: String?
    /// By the books' clock.
    package let createdAt: Instant
    /// Who decided it.
    package let actor: String
    /// The numbers of the ERP's invoices, by tenant, as far as they came back.
    package let invoices: [String: String]

    package init(
        number: Int64, month: Month, rows: [FeeRow], hash: String, reason: String?, createdAt: Instant, actor: String,
        invoices: [String: String]
    ) {
        self.number = number
        self.month = month
        self.rows = rows
        self.hash = hash
        self.reason = reason
        self.createdAt = createdAt
        self.actor = actor
        self.invoices = invoices
    }

    /// Whether it takes a row of another run back.
    package var isCorrection: Bool { reason != nil }
    /// Of its rows.
    package var sum: FeeSum { FeeSum(rows) }

    /// What its folder and its files are called: `2026-11-run-3`.
    package var name: String { "\(month)-run-\(number)" }

    /// 32 hexadecimal digits over every field of every row. Each is written as its length in bytes, a colon and its text, or as a hyphen when
    /// there is none, so that no two contents look the same.
    ///
    /// - Parameter after: The month's run before it; 0 for the first one. So a row that was taken back and is billed again has another hash.
    package static func hash(_ month: Month, after: Int64, _ rows: [FeeRow]) -> String {
        var content: [UInt8] = []
        func field(_ text: String?) {
            guard let text else { return content.append(45) }
            content.append(contentsOf: String(text.utf8.count).utf8)
            content.append(58)
            content.append(contentsOf: text.utf8)
        }
        field(month.description)
        field(String(after))
        for row in rows { for text in row.content { field(text) } }
        return String(hexadecimal(SHA256.digest(content)).prefix(32))
    }
}

/// One row of a run's file.
package struct FeeFileRow: Sendable {
    /// The run's number.
    package let run: Int64
    /// As it was decided.
    package let row: FeeRow
    /// The number of the ERP's invoice; `nil` until it has come back.
    package let invoice: String?

    package init(run: Int64, row: FeeRow, invoice: String? = nil) {
        self.run = run
        self.row = row
        self.invoice = invoice
    }
}

extension FeeRun {
    /// Its rows with their run.
    package var fileRows: [FeeFileRow] { rows.map { FeeFileRow(run: number, row: $0, invoice: invoices[$0.tenant]) } }
}

/// The number of an invoice that the ERP wrote for a row.
package struct FeeInvoice: Hashable, Sendable {
    /// The month that was billed.
    package let month: Month
    /// The tenant's id.
    package let tenant: String
    /// The run that has the row.
    package let run: Int64
    /// See `TextRule.invoiceNumber`.
    package let number: String

    package init(month: Month, tenant: String, run: Int64, number: String) {
        self.month = month
        self.tenant = tenant
        self.run = run
        self.number = number
    }
}
