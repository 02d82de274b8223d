import Ledger
import LedgerService
import WebServer

/// Closing a month for all tenants: what it means, and what came of it.
extension OperatorVisit {
    func closing(of month: Month) -> Link { Link("operator", "fees", month.description, "close") }

    func mayClose(_ month: Month, _ statements: [Statement]) -> Bool {
        month < pages.clock().day(in: zone).month && statements.contains { $0.closedAt == nil }
    }

    func closingPage(_ month: Month) throws -> HTTPResponse {
        let open = try ledger.readableStatements(month).statements.filter { $0.closedAt == nil }
        guard mayClose(month, open) else { return see(fees(of: month)) }
        let name = month.text(in: language)
        return html(
            layout(
                self(.closeMonth), section: .fees,
                """
                <div class="narrow">\(crumb(name, fees(of: month)))
                <h1>\(self(.closeTitle(name)))</h1>
                <section class="card"><h2>\(self(.whatItMeans))</h2><ul class="ways">
                <li>\(self(.closesForTenants(open.count)))</li><li>\(self(.closeMeansFixed))</li>\
                <li>\(self(.closeMeansLate))</li><li>\(self(.whatStaysOpen))</li></ul>
                \(form(closing(of: month), class: "stack", """
                \(input(
                    .reason, "reason", hint: .closingReasonForAll, attributes: limits(.reason, isRequired: false)))
                \(slowButton(self(.closeTitle(name))))<div class="row">\(linkButton(.leaveIt, fees(of: month)))</div>
                """))
                </section></div>
                """))
    }

    func closeMonths(_ month: Month) async throws -> HTTPResponse {
        let closing: MonthClosing = try await ledger.closeMonths(
            month, reason: field("reason").flatMap { $0.isEmpty ? nil : $0 }, by: actor, once: Once(key))
        return html(try feesPage(month, after: closing))
    }

    /// What was closed, and what stays open.
    func told(_ closing: MonthClosing, _ month: Month) -> HTML {
        let name = month.text(in: language)
        return """
            \(closing.closed.isEmpty ? .none : notice(.good, .monthClosedFor(closing.closed.count, name)))
            \(closing.left.isEmpty ? .none : notice(.warn, .monthLeftOpen(closing.left.count, name), why(closing.left)))
            """
    }

    /// Each tenant with the reason, and what to do.
    func why(_ left: [MonthClosing.Left]) -> HTML {
        left.html { left in
            let words = words(of: left.refusal)
            return "<p>\(left.tenantName): \(words.message)\(words.hint.map { " \($0)" as HTML })</p>"
        }
    }
}
