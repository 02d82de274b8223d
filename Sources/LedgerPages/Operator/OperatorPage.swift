import Foundation
import Ledger
import LedgerService
import WebServer

extension Route {
    static let operatorRoutes: [Route] = [
        .operators.get("", .runTenants) { visit in visit.html(try visit.operatorPage()) },
        .operators.get("/fees", .runTenants) { visit in visit.html(try visit.feesPage()) },
        .operators.get("/fees/{month}/statement.csv", .runTenants, .month) { try $0.feesFile($1) },
        .operators.get("/fees/{month}/close", .runTenants, .month) { try $0.closingPage($1) },
        .operators.post("/fees/{month}/close", .runTenants, .month) { try await $0.closeMonths($1) },
        .operators.get("/tenants/new", .runTenants) { visit in visit.html(visit.newTenantPage()) },
        .operators.post("/tenants", .runTenants) { try await $0.addTenant() },
    ]
}

extension OperatorVisit {
    fileprivate func operatorPage() throws -> HTML {
        let report = try ledger.health()
        let health = report.tenants
        let troubled = health.filter(\.needsAttention).count
        let attention = troubled > 0 ? " · \(self(.needAttention(troubled)))" : ""
        let add = linkButton(.addTenant, Link("operator", "tenants", "new"), class: "primary")
        let table = table(
            .tenants, empty: .noTenants, class: "health stacked",
            [
                .text(.tenant), .text(.stateHead), .text(.lastWebhook), .text(.lastSync), .number(.queue),
                .number(.deadLetters), .number(.expiringShort),
            ], health.html(healthRow))
        return layout(
            self(.tenants), section: .tenants,
            """
            \(pageHead(self(.tenants), below: muted(self(.tenantCount(health.count)) + attention), actions(add)))
            \(report.isLed ? .none : notice(.warn, .nobodyWorks, .nobodyWorksHint))
            <section class="card">\(table)</section>
            """)
    }

    private func healthRow(_ health: TenantHealth) -> HTML {
        let zone = health.tenant.timeZone
        let state: HTML =
            !health.hasStripe
            ? badge(.warn, self(.setUpMissing))
            : health.isTroubled
                ? badge(.bad, self(.needsAttention))
                : health.isUnheard ? badge(.warn, self(.noWebhookYet)) : badge(.good, self(.healthy))
        func moment(_ label: Phrase, _ instant: Instant?) -> HTML {
            cell(label, "\(instant.map { language.instant($0, in: zone) } ?? self(.never))")
        }
        func number(_ label: Phrase, _ count: Int, bad: Bool = false) -> HTML {
            cell(label, class: bad && count > 0 ? "n alarm" : "n", "\(language.number(count))")
        }
        return """
            <tr><th scope="row">\
            <a href="\(Link("operator", "tenants", health.tenant.id))">\(health.tenant.name)</a> \
            \(remark(health.tenant.id))</th>\
            \(cell(.stateHead, state))\(moment(.lastWebhook, health.traffic.lastWebhook))\
            \(moment(.lastSync, health.lastSync))\
            \(number(.queue, health.queue))\(number(.deadLetters, health.parked, bad: true))\
            \(number(.expiringHolds, health.expiring))</tr>
            """
    }

    // MARK: - All tenants' fees of a month

    func fees(of month: Month) -> Link { Link("operator", "fees", query: [("month", month.description)]) }

    private func chosenMonth() -> Month {
        let current = pages.clock().day(in: zone).month
        return query("month").flatMap { Month($0) }.map { min($0, current) } ?? current
    }

    /// - Parameter outcome: What came of closing the month, just after it.
    func feesPage(_ chosen: Month? = nil, after outcome: MonthClosing? = nil) throws -> HTML {
        let month = chosen ?? chosenMonth()
        let (statements, unread) = try ledger.readableStatements(month)
        // After closing, whose books cannot be read is among those that stay open.
        let unreadable =
            unread.isEmpty ? HTML.none : notice(.warn, .monthsUnread(unread.count), why(unread))
        let news = outcome.map { told($0, month) } ?? unreadable
        let current = pages.clock().day(in: zone).month
        let before = month.firstDay.adding(days: -1).month
        let net = (try? Money.sum(statements.map(\.platformFee.net), in: .eur)) ?? .zero(.eur)
        let tax = (try? Money.sum(statements.map(\.platformFee.tax), in: .eur)) ?? .zero(.eur)
        let gross = (try? Money.sum(statements.map(\.platformFee.gross), in: .eur)) ?? .zero(.eur)
        let table = table(
            .allFees, empty: .noTenants, class: "stacked",
            [
                .text(.tenant), .text(.stateHead), .number(.net), .number(.tax), .number(.gross), .number(.volume),
                .number(.stripeFees),
            ], statements.html { feeRow($0, in: month) },
            foot: """
                <tr><th scope="row">\(self(.sum))</th><td></td>\
                \(amountCell(.net, net))\(amountCell(.tax, tax))\(amountCell(.gross, gross))<td></td><td></td></tr>
                """)
        return layout(
            "\(self(.allFees)) · \(month.text(in: language))", section: .fees,
            """
            \(pageHead(month.text(in: language), below: muted(.allFeesHint), """
            <nav class="steps" aria-label="\(self(.month))">\(earlier(language.shortMonth(before), fees(of: before)))
            \(month < current ? later(language.shortMonth(month.next), fees(of: month.next)) : .none)</nav>
            <div class="actions"><a class="button" download \
            href="\(Link("operator", "fees", month.description, "statement.csv"))">\(self(.exportStatement))</a>\
            \(mayClose(month, statements) ? linkButton(.closeMonth, closing(of: month), class: "primary") : .none)</div>
            """))
            \(news)
            <section class="card">\(table)</section>
            """)
    }

    private func feeRow(_ statement: Statement, in month: Month) -> HTML {
        let fee = statement.platformFee
        let volume = statement.stripe.rows.filter { $0.kind == .charge }.map(\.amount.minorUnits).clampedSum
        let books = Link("t", statement.tenant, "accounting", query: [("month", month.description)])
        let state = statement.closedAt == nil ? badge(.info, self(.stillOpen)) : badge(.good, self(.closed))
        return """
            <tr><th scope="row"><a href="\(books)">\(statement.tenantName)</a></th>\(cell(.stateHead, state))\
            \(amountCell(.net, fee.net))\(amountCell(.tax, fee.tax))\(amountCell(.gross, fee.gross))\
            \(amountCell(.volume, Money(minorUnits: volume, currency: statement.stripe.opening.currency)))\
            \(amountCell(.stripeFees, statement.stripe.fees))</tr>
            """
    }

    // MARK: - A new tenant, step by step

    func newTenantPage(refusal: (any Refusal)? = nil) -> HTML {
        layout(
            self(.addTenant), section: .tenants,
            """
            <div class="narrow">\(crumb(.tenants, Link("operator")))<h1>\(self(.addTenant))</h1>
            \(refusal.map(notice))
            \(form(Link("operator", "tenants"), class: "card stack", """
            \(input(.tenantName, "name", attributes: limits(.tenantName)))
            \(input(
                .tenantID, "id", hint: .tenantIDHint, attributes: "\(limits(.tenantID, isWord: true)) \(HTML.word)"))
            <div class="row">\
            \(input(.feeNet, "fee", value: language.plain(PlatformFee.standardNet), attributes: .amount))
            \(input(.timeZone, "zone", value: "Europe/Berlin", attributes: "required"))</div>
            <button class="primary big">\(self(.nextStep))</button>
            """))</div>
            """)
    }

    fileprivate func addTenant() async throws -> HTTPResponse {
        do {
            var new = NewTenant(id: field("id") ?? "", name: field("name") ?? "")
            new.feeNet = try Money(reading: field("fee") ?? "", in: .eur)
            guard let zone = TimeZone(named: field("zone") ?? "") else {
                throw ServiceRefusal.timeZoneUnknown(field("zone") ?? "")
            }
            new.timeZone = zone
            let tenant = try await ledger.addTenant(new, once: Once(key))
            return see(Link("operator", "tenants", tenant.id))
        } catch let refusal as any Refusal where !refusal.isOfTheFile {
            return html(409, newTenantPage(refusal: refusal))
        }
    }
}
