import CSV
import Ledger
import LedgerService

/// The numbers of the ERP's invoices as a table file.
package enum InvoiceFile {
    /// The names of `FeeShapes.invoice`, and those that people write.
    package static let columns = [
        TableColumn("month", "period", german: "Monat", isRequired: true),
        TableColumn("tenant", "Kennung", german: "Mandant", isRequired: true),
        TableColumn("run", "run number", "Laufnummer", german: "Lauf", isRequired: true),
        TableColumn("invoice", "invoice number", "Rechnungsnummer", "Rechnungsnr.", german: "Rechnung", isRequired: true),
        TableColumn("tax_case", german: "Steuerfall"),
    ]

    /// Reads all rows. Further columns are not read, and a row that bills nothing is left out: the exported file with the invoices added to it can
    /// be given as it is.
    ///
    /// - Throws: `RefusedRow` for the first row that names no invoice; `TableRefusal`; `FeeRefusal.invoicesMissing`.
    package static func rows(_ table: TableReader) throws -> [(place: Phrase, invoice: FeeInvoice)] {
        var table = table
        var rows: [(place: Phrase, invoice: FeeInvoice)] = []
        while let row = try table.next() {
            let place = Phrase("line \(row.line)", "Zeile \(row.line)")
            if row.optional("invoice") == nil, [TaxCase.blocked.rawValue, TaxCase.blocked.phrase.german].contains(row["tax_case"]) {
                continue
            }
            do {
                let run = try row.required("run", try row.wholeNumber("run", within: 1...Int64.max))
                let month = try row.required("month", try row.month("month"))
                rows.append(
                    (place, FeeInvoice(month: month, tenant: try row.required("tenant"), run: run, number: try row.required("invoice"))))
            } catch let why as any Refusal {
                throw RefusedRow(why, at: place, nothing: Phrase("Nothing was assigned", "Nichts wurde zugeordnet"))
            }
        }
        return rows
    }
}
