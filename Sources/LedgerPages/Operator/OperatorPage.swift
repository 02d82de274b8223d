import Foundation
import Ledger
import LedgerService
import WebServer

extension Route {
    static let operatorRoutes: [Route] = [
        .operators.get("", .runTenants) { visit in visit.html(try visit.operatorPage()) },
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
            !health.hasStripe && !health.isEnded
            ? badge(.warn, self(.setUpMissing))
            : health.isTroubled
                ? badge(.bad, self(.needsAttention))
                : health.isEnded
                    ? badge(.info, self(.tenantEnded))
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
            \(input(.timeZone, "zone", value: "Europe/Berlin", attributes: "required"))
            \(input(
                .countryField, "country", value: EuropeanUnion.home, hint: .countryHint,
                attributes: "\(limits(.countryCode, isWord: true)) \(HTML.word)"))</div>
            <button class="primary big">\(self(.nextStep))</button>
            """))</div>
            """)
    }

    fileprivate func addTenant() async throws -> HTTPResponse {
        do {
            var new = NewTenant(id: field("id") ?? "", name: field("name") ?? "")
            new.contract.net = try Money(reading: field("fee") ?? "", in: .eur)
            new.contract.country = field("country").flatMap { $0.isEmpty ? nil : $0 }
            guard let zone = TimeZone(named: field("zone") ?? "") else {
                throw ServiceRefusal.timeZoneUnknown(field("zone") ?? "")
            }
            new.timeZone = zone
            let tenant = try await ledger.addTenant(new, by: actor, once: Once(key))
            return see(Link("operator", "tenants", tenant.id))
        } catch let refusal as any Refusal where !refusal.isOfTheFile {
            return html(409, newTenantPage(refusal: refusal))
        }
    }
}
