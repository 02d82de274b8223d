import Console
import Ledger
import LedgerService

/// `statement`: one month's fees (Monatsabrechnung).
enum StatementVerb {
    private static let month = Parameter.requiredOption("month", .month, "The month.")
    private static let close = Parameter.flag("close", "Close the month for good.")

    static let verb = Verb(
        "statement", "Shows a month: the module fee, and what Stripe withheld. Two suppliers, never added up.",
        [month, Options.onlyTenant, close], examples: ["statement --month 2026-10", "statement --month 2026-10 --tenant seeblick --close"],
        notes: ["A closed month never changes. What becomes known later appears in the next one, marked as late."]
    ) { invocation in
        let world = try await World.open(invocation)
        var statements: [Statement]
        if let only = invocation[Options.onlyTenant] {
            statements = [try world.ledger.statement(invocation[month], of: only)]
        } else {
            statements = try world.ledger.statements(invocation[month])
        }
        if invocation[close] {
            for index in statements.indices where statements[index].closedAt == nil {
                statements[index] = try await world.ledger.closeMonth(
                    invocation[month], of: statements[index].tenant, by: world.actor)
            }
        }
        try invocation.show(table(statements, invocation[month]))
    }

    /// One row per item; amounts that a row does not have stay empty.
    private static func table(_ statements: [Statement], _ month: Month) -> Table {
        Table(
            [
                Column("tenant", "Tenant"), Column("month", "Month"), Column("supplier", "From"), Column("item", "Item"),
                Column("method", "Method"), Column("count", "Count", .number), Column("net", "Net", .money), Column("tax", "Tax", .money),
                Column("gross", "Gross", .money), Column("fee", "Fee", .money), Column("late", "Late", .number), Column("closed", "Closed"),
            ], rows: statements.flatMap { rows($0) }, empty: "No tenant was there in \(month).")
    }

    private static func rows(_ statement: Statement) -> [[Cell]] {
        let closed: Cell = .text(statement.closedAt == nil ? "no" : "yes")
        func row(
            _ supplier: String, _ item: String, method: PaymentMethod? = nil, count: Int64? = nil, net: Money? = nil, tax: Money? = nil,
            gross: Money? = nil, fee: Money? = nil, late: Int64? = nil
        ) -> [Cell] {
            [
                .text(statement.tenant), .month(statement.month), .text(supplier), .text(item), .of(method) { .text($0.rawValue) },
                .of(count, Cell.integer), .of(net, Cell.money), .of(tax, Cell.money), .of(gross, Cell.money), .of(fee, Cell.money),
                .of(late, Cell.integer), closed,
            ]
        }
        let fee = statement.moduleFee
        return [
            row("operator", "module_fee", net: fee.net, tax: fee.tax, gross: fee.gross),
            row("stripe", "opening_balance", gross: statement.stripe.opening),
        ]
            + statement.stripe.rows.map {
                row("stripe", $0.bucket.rawValue, method: $0.method, count: $0.count, gross: $0.amount, fee: $0.fee, late: $0.late)
            } + [
                row("stripe", "fees_in_all", fee: (try? statement.stripe.fees()) ?? .zero(statement.stripe.opening.currency)),
                row("stripe", "closing_balance", gross: statement.stripe.closing),
            ]
    }
}
