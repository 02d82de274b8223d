import Ledger
import LedgerService

/// What the operator bills: contracts, previews, runs and their rows.
package enum FeeShapes {
    /// One row of a run's file. The same in JSON, in CSV and in the folder that is exported.
    package static let row = Shape<FeeFileRow>(
        "FeeRow", "What one tenant is billed for one month. Amounts are in euros, and null where the tenant is blocked.", rowProperties)

    private static let rowProperties: [Property<FeeFileRow>] =
        [
            .text("month", "The month that is billed.", example: "2026-11") { $0.row.month.description },
            .text("tenant", "The tenant's id.", example: "seeblick") { $0.row.tenant },
            .text("recipient", "Whom the invoice goes to.", example: "Seeblick GmbH") { $0.row.recipient },
            .integer("contract", "The number of the contract's terms at that time.", example: 2) { $0.row.terms },
            .day("first_day", "The contract's first day in the month.", example: "2026-11-20") { $0.row.days.lowerBound },
            .day("last_day", "The contract's last day in the month.", example: "2026-11-30") { $0.row.days.upperBound },
            .integer("days", "The contract's days in the month, both included.", example: 11) { Int64($0.row.dayCount) },
            .integer("days_in_month", "The days of the month.", example: 30) { Int64($0.row.daysInMonth) },
            .choice(
                "proration", "`by_days`: the net amount is the price's part for these days. `whole_months`: it is the price.",
                of: Proration.allCases.map(\.rawValue), example: "by_days"
            ) { $0.row.proration.rawValue },
            .amount("price", "The contract's net price of a whole month.", example: 1900) { $0.row.price },
            .text(
                "price_origin",
                "Where the net amount comes from: `contract:` with the price's first month, or `free:` with the free month.",
                example: "contract:2026-11"
            ) { $0.row.origin.text },
            .optionalAmount("net", "Without tax; negative in a correction.", example: 697) { $0.row.amounts?.net },
            .choice(
                "tax_case",
                "`domestic`: at the rate of the month's last day. `eu_reverse_charge`: the recipient owes the tax. `third_country`: not taxed. "
                    + "`blocked`: something is missing, and nothing is billed.",
                of: TaxCase.allCases.map(\.rawValue), example: "domestic"
            ) { $0.row.taxCase.rawValue },
            .optionalText("tax_rate", "In percent; `none` where the operator owes no tax.", example: "19") {
                $0.row.amounts?.rate.description
            },
            .optionalAmount("tax", "On the net amount, half a cent rounded up.", example: 132) { $0.row.amounts?.tax },
            .optionalAmount("gross", "Net and tax together.", example: 829) { $0.row.amounts?.gross },
            .text("currency", "Of the amounts.", example: "eur") { $0.row.price.currency.code },
            .optionalText("vat_id", "The recipient's VAT id.", example: "DE123456789") { $0.row.vatID },
            .integer("run", "The run's number.", example: 3) { $0.run },
            .optionalInteger("corrects", "The run whose row this one takes back.", example: nil) { $0.row.corrects },
        ]

    /// The same with what came back later. No file of a run has it: those never change.
    package static let invoicedRow = Shape<FeeFileRow>(
        "InvoicedFeeRow", "What one tenant is billed for one month, with the ERP's invoice.",
        rowProperties + [
            .optionalText("invoice", "The number of the ERP's invoice; null until it has come back.", example: "RE-2026-1207") {
                $0.invoice
            }
        ])

    private static func head<Model>(_ run: @escaping @Sendable (Model) -> FeeRun) -> [Property<Model>] {
        [
            .integer("number", "Consecutive over all months, without gaps.", example: 3) { run($0).number },
            .text("month", "The month that is billed.", example: "2026-11") { run($0).month.description },
            .text("hash", "What its preview had.", example: "0f3a9c1e5b7d28460f3a9c1e5b7d2846") { run($0).hash },
            .optionalText("reason", "Why a row of another run was taken back; null for a run that bills.", example: nil) { run($0).reason },
            .instant("created_at", "When it was decided.", example: "2026-12-01T07:30:00Z") { run($0).createdAt },
            .text("actor", "Who decided it.", example: "user:olaf") { run($0).actor },
            .integer("billed", "How many rows bill something.", example: 1) { Int64(run($0).sum.billed) },
            .integer("blocked", "How many tenants are listed and not billed.", example: 0) { Int64(run($0).sum.blocked) },
            .amount("net", "The sum of the rows, without tax.", example: 697) { run($0).sum.net },
            .amount("tax", "The sum of the rows' taxes.", example: 132) { run($0).sum.tax },
            .amount("gross", "Both together.", example: 829) { run($0).sum.gross },
            .text("currency", "Of the amounts.", example: "eur") { run($0).sum.net.currency.code },
        ]
    }

    /// A run without its rows: what a list has, and what running answers.
    package static let runSummary = Shape<FeeRun>("FeeRunSummary", "A month's fees as they were decided, without the rows.", head { $0 })

    /// A run with its rows: the file.
    package static let run = Shape<FeeRun>(
        "FeeRun", "A month's fees as they were decided. Never changed: asked again, it is the same to the byte.",
        head { $0 } + [.list("rows", "As in the CSV, by tenant.", row) { $0.fileRows }])

    /// The same with the invoices that came back.
    package static let invoicedRun = Shape<FeeRun>(
        "InvoicedFeeRun", "A month's fees as they were decided, with the ERP's invoices.",
        head { $0 } + [.list("rows", "By tenant.", invoicedRow) { $0.fileRows }])

    package static let oddity = Shape<InLanguage<FeeOddity>>(
        "FeeOddity", "Something about a tenant's row that somebody should look at.",
        [
            .text("tenant", "The tenant's id.", example: "seeblick") { $0.value.tenant },
            .choice(
                "code",
                "`blocked`: listed and not billed. `price_changed`: another price than in the month before. `no_movement`: nothing moved at "
                    + "Stripe. `changed_since_billed`: billed before, and the contract comes to another amount now. `earlier_month_unbilled`: the "
                    + "contract has months before this one that are not billed.",
                of: FeeOddity.codes, example: "price_changed"
            ) { $0.value.code },
            .text(
                "detail", "One sentence for people, in the caller's language.",
                example: "The price changed from 19.00 EUR to 21.00 EUR."
            ) { $0.value.phrase.text(in: $0.language) },
        ])

    package static let preview = Shape<InLanguage<FeePreview>>(
        "FeePreview", "What a fee run of the month would have. Nothing is decided yet.",
        [
            .text("month", "The month.", example: "2026-11") { $0.value.month.description },
            .text("hash", "Running the fees needs it; it changes with the rows.", example: "0f3a9c1e5b7d28460f3a9c1e5b7d2846") {
                $0.value.hash
            },
            .integer("billed", "How many tenants would be billed.", example: 1) { Int64($0.value.sum.billed) },
            .integer("blocked", "How many would be listed and not billed.", example: 0) { Int64($0.value.sum.blocked) },
            .amount("net", "The sum of the rows, without tax.", example: 697) { $0.value.sum.net },
            .amount("tax", "The sum of the rows' taxes.", example: 132) { $0.value.sum.tax },
            .amount("gross", "Both together.", example: 829) { $0.value.sum.gross },
            .text("currency", "Of the amounts.", example: "eur") { $0.value.sum.net.currency.code },
            .list("oddities", "What somebody should look at before, by tenant.", oddity) { preview in
                preview.value.oddities.map { InLanguage($0, preview.language) }
            },
            .list("rows", "The rows that it would have; `run` is 0.", row) { $0.value.rows.map { FeeFileRow(run: 0, row: $0) } },
        ])

    package static let invoice = Shape<FeeInvoice>(
        "FeeInvoice", "The number of the invoice that the ERP wrote for a row.",
        [
            .text("month", "The month that was billed.", example: "2026-11") { $0.month.description },
            .text("tenant", "The tenant's id.", example: "seeblick") { $0.tenant },
            .integer("run", "The run's number.", example: 3) { $0.run },
            .text("invoice", "The invoice's number.", example: "RE-2026-1207") { $0.number },
        ])

    package static let assigned = Shape<AssignedInvoices>(
        "AssignedInvoices", "What came of taking invoice numbers back.",
        [
            .integer("added", "How many rows have a number now that had none.", example: 5) { Int64($0.added) },
            .integer("known", "How many had the same number already.", example: 0) { Int64($0.known) },
            .integer("replaced", "How many have another number than before.", example: 0) { Int64($0.replaced) },
        ])

    private static let price = Shape<ContractPrice>(
        "ContractPrice", "A net price for a month, until the next one.",
        [
            .text("from_month", "The first month that it holds for.", example: "2026-11") { $0.from.description },
            .amount("net", "In euro cents.", example: 1900) { $0.net },
        ])

    package static let contract = Shape<Contract>(
        "Contract", "From when until when a tenant is billed, for how much, and who pays. In euros, whatever the books are kept in.",
        [
            .text("tenant", "The tenant's id.", example: "seeblick") { $0.tenant },
            .day("from", "The first day that is billed.", example: "2026-11-20") { $0.from },
            .optionalDay("until", "The last day that is billed; from it on nothing new is booked or held.", example: nil) { $0.until },
            .texts(
                "billed_beyond", "Months that are billed for days after `until`, and are to be corrected.", example: []
            ) { $0.billedBeyond.map(\.description) },
            .list("prices", "By month, the earliest first.", price) { $0.prices },
            .integer("terms", "How often the rest was set.", example: 2) { $0.terms.number },
            .text("recipient", "Whom the invoice goes to.", example: "Seeblick GmbH") { $0.terms.recipient },
            .optionalText("country", "Where the recipient is; null while it is not known.", example: "DE") { $0.terms.country },
            .optionalText("vat_id", "The recipient's VAT id.", example: "DE123456789") { $0.terms.vatID },
            .optionalDay("vat_checked_on", "The day on which the authority confirmed the VAT id.", example: "2026-11-02") {
                $0.terms.vatCheck?.day
            },
            .optionalText("vat_checked_by", "Who asked the authority.", example: "user:olaf") { $0.terms.vatCheck?.actor },
            .choice(
                "tax_case", "Follows from country and VAT id; `blocked`: nothing is billed.", of: TaxCase.allCases.map(\.rawValue),
                example: "domestic"
            ) { $0.terms.taxCase.rawValue },
            .optionalChoice("blocked_because", "What is missing.", of: FeeBlock.allCases.map(\.rawValue)) { $0.terms.block?.rawValue },
            .choice(
                "proration", "What a month costs of which the contract has not every day.", of: Proration.allCases.map(\.rawValue),
                example: "whole_months"
            ) { $0.terms.proration.rawValue },
            .integer("free_months", "So many calendar months cost nothing, the one of the first day included.", example: 0) {
                Int64($0.terms.freeMonths)
            },
            .choice("billing", "Whether a month is billed after its end.", of: Billing.allCases.map(\.rawValue), example: "arrears") {
                $0.terms.billing.rawValue
            },
            .optionalInstant(
                "keys_removed_at", "When the keys of the tenant's Stripe account were removed, after the end.", example: nil
            ) { $0.keysRemoved?.at },
            .optionalText("keys_removed_by", "Who confirmed it.", example: nil) { $0.keysRemoved?.actor },
        ])
}
