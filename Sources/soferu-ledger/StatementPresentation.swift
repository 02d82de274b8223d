import Console
import Ledger
import LedgerShapes

/// How statements are shown: to people as two bills that have nothing to do with each other, to programs as one row per item.
struct StatementPresentation: Presentable {
    let statements: [Statement]
    let month: Month
    /// Whether one tenant's was asked for: programs then read an object, as the API answers it, and no list.
    let isOne: Bool

    func text(width: Int?) -> String {
        guard !statements.isEmpty else { return paragraph("No tenant existed in \(month).", width: width) }
        return statements.map { text($0, width) }.joined(separator: "\n\n")
    }

    func json() -> String { shaped.json() }
    func csv() -> String { shaped.csv() }

    private var shaped: ShapedResult {
        let (rows, people) = (statements.flatMap { StatementRow.all(of: $0) }, Table([], rows: []))
        if isOne, let one = statements.first {
            return ShapedResult(BookShapes.statement, one, file: BookShapes.statementRow, rows, people: people)
        }
        return ShapedResult(BookShapes.statement.page(), Page(all: statements), file: BookShapes.statementRow, rows, people: people)
    }

    // MARK: - For people

    private func text(_ statement: Statement, _ width: Int?) -> String {
        let state = statement.closedAt.map { "closed on \($0)" } ?? "open: it can still change"
        let fee = statement.platformFee
        let module = Table(
            [Column("item", "Item"), Column("net", "Net", .money), Column("tax", "Tax", .money), Column("gross", "To pay", .money)],
            rows: [
                [
                    .text("Platform fee (\(fee.taxCase.phrase.english), \(fee.billing.english))"), .money(fee.net), .money(fee.tax),
                    .money(fee.gross),
                ]
            ])
        return paragraph("\(printable(statement.tenantName)) (\(statement.tenant)), \(statement.month), \(state)", width: width)
            + "\n" + paragraph("A. Billed by the operator of this service", width: width) + module.text(width: width)
            + "\n" + paragraph("B. Already withheld by Stripe from the payments; not billed again", width: width)
            + stripe(statement.stripe).text(width: width) + more(statement, width) + (statement.remark.map { closedOver($0, width) } ?? "")
    }

    /// Disputes, late items, Stripe's own month, and what is said of its fees; nothing of what is not there.
    private func more(_ statement: Statement, _ width: Int?) -> String {
        var text = statement.feeNote.map { "\n" + paragraph(printable($0.phrase.english), width: width) } ?? ""
        if statement.disputes.counts.contains(where: { $0.count > 0 }) {
            text += "\n" + paragraph("Disputes", width: width)
            text += Table(
                [Column("turn", "In this month"), Column("count", "Count", .number), Column("amount", "Amount", .money)],
                rows: statement.disputes.counts.map { [.text($0.turn.rawValue), .integer($0.count), .money($0.amount)] }
            ).text(width: width)
        }
        if !statement.lateItems.isEmpty {
            text += "\n" + paragraph("Late items: they are in the sums above", width: width)
            text += Table(
                [
                    Column("day", "Day", .date), Column("type", "Type"), Column("folio", "Folio"), Column("amount", "Amount", .money),
                    Column("fee", "Stripe's fee", .money),
                ],
                rows: statement.lateItems.map { known in
                    [
                        .day(known.day), .text(printable(known.movement.type)), .of(known.folio, Cell.text),
                        .money(known.movement.amount), .money(known.movement.fee),
                    ]
                }
            ).text(width: width)
        }
        guard !statement.utc.isEmpty else { return text }
        text += "\n" + paragraph("The same by Stripe's month, which is cut in UTC", width: width)
        return text
            + Table(
                [
                    Column("item", "Item", fit: .wrapped), Column("count", "Count", .number), Column("amount", "Amount", .money),
                    Column("fee", "Stripe's fee", .money),
                ],
                rows: statement.utc.map { row in
                    [
                        .text(Self.words(row.kind) + type(row, among: statement.utc) + (row.method.map { ", \($0)" } ?? "")),
                        .integer(row.count),
                        .money(row.amount), .money(row.fee),
                    ]
                }, total: [.text("Total Stripe fees"), .missing, .missing, .of(statement.utcFees, Cell.money)]
            ).text(width: width)
    }

    private func closedOver(_ remark: ClosingRemark, _ width: Int?) -> String {
        "\n" + paragraph("Closed over \(remark.phrase.english): \(printable(remark.reason)) (\(printable(remark.actor)))", width: width)
    }

    private func stripe(_ month: StripeMonth) -> Table {
        var rows: [[Cell]] = [[.text("Opening balance"), .missing, .money(month.opening), .missing, .missing]]
        for row in month.rows {
            let method = row.method.map { ", \($0)" } ?? ""
            let late = row.late > 0 ? " (\(row.late) late)" : ""
            rows.append([
                .text(Self.words(row.kind) + type(row, among: month.rows) + method + late), .integer(row.count), .money(row.amount),
                .money(row.fee),
                (try? row.amount.subtracting(row.fee)).map { .money($0) } ?? .missing,
            ])
        }
        let fees = month.fees
        rows.append([.text("Total Stripe fees"), .missing, .missing, .money(fees), .missing])
        return Table(
            [
                Column("item", "Item", fit: .wrapped), Column("count", "Count", .number), Column("amount", "Amount", .money),
                Column("fee", "Stripe's fee", .money), Column("net", "Net", .money),
            ], rows: rows, total: [.text("Closing balance"), .missing, .money(month.closing), .missing, .missing])
    }

    /// Only where it says more than the kind: of payments and the like, where there is more than one type of the kind.
    private func type(_ row: StripeMonth.Row, among rows: [StripeMonth.Row]) -> String {
        switch row.kind {
        case .fee, .reserve, .other: break
        case .charge, .chargeFailure, .refund, .refundFailure, .dispute, .payout:
            guard rows.contains(where: { $0.kind == row.kind && $0.type != row.type }) else { return "" }
        }
        return " (\(printable(row.type)))"
    }

    private static func words(_ kind: BalanceMovement.Kind) -> String {
        switch kind {
        case .charge: "Payments"
        case .chargeFailure: "Payments that failed"
        case .refund: "Refunds"
        case .refundFailure: "Refunds that failed"
        case .dispute: "Disputes"
        case .fee: "Fees charged separately"
        case .payout: "Payouts to the bank"
        case .reserve: "Moved to or from the reserve"
        case .other: "Other movements"
        }
    }
}
