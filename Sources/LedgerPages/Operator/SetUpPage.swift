import Ledger
import LedgerService
import WebServer

extension SetUpVisit {
    /// What a new tenant still needs until its first test payment has arrived.
    func setUpPage(_ message: HTML = .none) throws -> HTML {
        let health = try ledger.health(of: tenant.id)
        let test = try ledger.search("TEST", of: tenant.id).elements.first { $0.folio.reference.hasPrefix("TEST-") }
        let isPaid = test.map { $0.totals.captured.isPositive } ?? false
        func step(_ number: Int, _ title: Phrase, done: Bool, _ content: HTML) -> HTML {
            """
            <li class="\(done ? "done" : "todo" as HTML)"><section class="card" aria-labelledby="s-\(number)">\
            <h2 id="s-\(number)"><span class="tick" aria-hidden="true">\(done ? "✓" : String(number))</span> \
            \(self(title))\
            <span class="hidden">\(self(done ? .stepDone : .stepWaiting))</span></h2>\(content)</section></li>
            """
        }
        // Nothing is set up any more.
        let steps: HTML =
            health.isEnded
            ? notice(.info, .keysAreRemoved, "<p>\(linkButton(.contract, tenantLink("contract")))</p>")
            : """
            <ol class="setup">
            \(step(1, .setUpStripe, done: health.hasStripe && health.hasWebhookSecret, stripeForm(health)))
            \(step(2, .setUpCatalogue, done: health.catalogueItems > 0, """
            <p>\(self(.catalogueCount(health.catalogueItems)))</p><p>\(linkButton(.toCatalogue, link("settings")))</p>
            """))
            \(step(3, .setUpUsers, done: health.users > 0, """
            <p>\(self(.userCount(health.users))) \(self(.setUpUsersHint))</p>\
            <p>\(linkButton(.users, link("settings", "users")))</p>
            """))
            \(step(4, .setUpTest, done: isPaid, testStep(health, test, isPaid: isPaid)))
            </ol>
            """
        return layout(
            tenant.name, section: .tenants,
            """
            \(pageHead(tenant.name, above: crumb(.tenants, Link("operator"), "\(tenant.id)"), actions("""
            \(linkButton(.desk, link("reception")))
            \(linkButton(.books, link("accounting")))
            \(linkButton(.settings, link("settings")))
            \(linkButton(.contract, tenantLink("contract")))
            """)))
            \(message)\(whatWasDone)\(tenantNotices(health))
            <div class="two">\(steps)
            <div class="column">\(healthCard(health))\(try parkedCallsCard(health))\
            \(try deadLettersCard(health))\(try droppedEventsCard(health))</div></div>
            """)
    }

    /// A path of this page's.
    func tenantLink(_ parts: String..., query: [(String, String)] = []) -> Link {
        Link(parts: ["operator", "tenants", tenant.id] + parts, query: query)
    }

    /// What is to know about its books and its account.
    private func tenantNotices(_ health: TenantHealth) -> HTML {
        let unknown: HTML =
            health.standing == .unknown ? notice(.info, .accountUnknown, .accountUnknownHint) : .none
        return unknown + health.tenantNotices.html { notice(.warn, .toKnow, "<p>\($0.sentence(in: language))</p>") }
    }

    private func stripeForm(_ health: TenantHealth) -> HTML {
        return """
            <p>\(self(.webhookHint))</p><p><code class="wide">\(pages.publicURL)/stripe/webhooks/\(tenant.id)</code></p>
            \(form(tenantLink("stripe"), class: "stack", """
            \(input(
                .secretKey, "key_secret", type: "password",
                attributes: "required autocomplete=\"off\" placeholder=\"sk_…\""))
            \(input(
                .webhookSecret, "webhook", type: "password", hint: health.hasWebhookSecret ? .webhookKept : nil,
                attributes: "autocomplete=\"off\" placeholder=\"whsec_…\""))
            \(passwordAgain("keys"))
            <button class="\("primary", if: !health.hasStripe)">\
            \(self(health.hasStripe ? .replaceKeys : .saveKeys))</button>
            """))
            """
    }

    private func testStep(_ health: TenantHealth, _ test: DeskEntry?, isPaid: Bool) -> HTML {
        guard health.hasStripe else { return "<p>\(self(.testNeedsStripe))</p>" }
        if isPaid { return "<p>\(self(.testArrived))</p>" }
        if let test, let url = test.folio.paymentURL, let link = Link(elsewhere: url) {
            return """
                <p>\(self(.testOpen))</p><div class="row">\
                <a class="button primary" href="\(link)" rel="noreferrer" target="_blank">\(self(.testPay))</a>
                \(form(tenantLink("sync"), "<button>\(self(.fetchNews))</button>"))</div>
                """
        }
        return """
            <p>\(self(.testHint))</p>\
            \(form(tenantLink("test"), "<button class=\"primary\">\(self(.testStart))</button>"))
            """
    }
}
