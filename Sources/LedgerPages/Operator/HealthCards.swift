import Ledger
import LedgerService

/// How a tenant's traffic with Stripe stands, and what the operator decides about it.
extension Visit {
    func healthCard(_ health: TenantHealth) -> HTML {
        let zone = health.tenant.timeZone
        func row(_ name: Phrase, _ value: String) -> HTML { "<div><dt>\(self(name))</dt><dd>\(value)</dd></div>" }
        func moment(_ instant: Instant?) -> String { instant.map { language.instant($0, in: zone) } ?? self(.never) }
        return """
            <section class="card" aria-labelledby="health"><h2 id="health">\(self(.health))</h2><dl class="figures rows">
            \(row(.lastWebhook, moment(health.traffic.lastEvent)))\(row(.lastSync, moment(health.lastSync)))\
            \(row(.queue, language.number(health.queue)))\(row(.deadLetters, language.number(health.parked)))\
            \(row(.expiringHolds, language.number(health.expiring)))\(row(.folios, language.number(health.folios)))</dl>
            \(health.hasStripe ? form(Link("operator", "tenants", health.tenant.id, "sync"), "<button>\(self(.fetchNews))</button>") : .none)
            \(failing(health))\(openOperations(health))</section>
            """
    }

    /// Work in the background that failed when it was last tried.
    private func failing(_ health: TenantHealth) -> HTML {
        guard !health.failing.isEmpty else { return .none }
        return notice(
            .warn, self(.workFails),
            """
            <ul class="ways">\(health.failing.html { status in
            "<li><strong>\(self(.task(status.task)))</strong> \(self(.failures(status.failures)))\(status.problem.map { ": \($0)" as HTML })</li>"
            })</ul>
            """)
    }

    private func openOperations(_ health: TenantHealth) -> HTML {
        guard health.queue + health.parked > 0, let open = try? ledger.openOperations(of: health.tenant.id), !open.isEmpty else {
            return .none
        }
        return table(
            self(.queue),
            head: "<th scope=\"col\">\(self(.what))</th><th scope=\"col\">\(self(.stateHead))</th><th scope=\"col\">\(self(.why))</th>",
            open.prefix(20).html { operation in
                """
                <tr><td>\(self(operation.what.capitalised)) <span class="muted">\(operation.folio ?? "")</span></td>\
                <td>\(operation.isParked ? badge(.bad, self(.waitsForYou)) : badge(.info, self(.triedAgain)))</td>\
                <td>\(operation.problem ?? "")</td></tr>
                """
            })
    }

    /// Stripe's events that could not be taken in: tried again, or left for good with a reason.
    func deadLettersCard(_ health: TenantHealth) throws -> HTML {
        let id = health.tenant.id
        let events = try ledger.troubledEvents(of: id)
        guard !events.isEmpty else { return .none }
        return """
            <section class="card" aria-labelledby="letters"><h2 id="letters">\(self(.deadLetters))</h2>
            <p class="muted">\(self(.deadLettersHint))</p>
            <ul class="letters">\(events.prefix(20).html { letter($0, of: health.tenant) })</ul>
            \(events.count > 1 ? form(Link("operator", "tenants", id, "events", "retry"), "<button>\(self(.retryAll(events.count)))</button>") : .none)
            </section>
            """
    }

    private func letter(_ event: TroubledEvent, of tenant: Tenant) -> HTML {
        let link = { (verb: String) in Link("operator", "tenants", tenant.id, "events", event.id, verb) }
        let dismiss: HTML =
            event.isParked
            ? form(
                link("dismiss"), class: "inline", label: "\(self(.dismiss)): \(event.id)",
                """
                <label class="hidden" for="why-\(event.id)">\(self(.whyDismiss))</label>\
                <input id="why-\(event.id)" name="reason" placeholder="\(self(.whyDismiss))" required maxlength="200"><button>\(self(.dismiss))</button>
                """) : .none
        return """
            <li><p><strong>\(event.type)</strong> \(event.isParked ? badge(.bad, self(.waitsForYou)) : badge(.info, self(.triedAgain)))\
            <span class="muted">\(event.id), \(language.instant(event.receivedAt, in: tenant.timeZone)), \(self(.tries(event.attempts)))</span></p>
            \(event.problem.map { "<p class=\"muted\">\($0)</p>" as HTML })
            <div class="row">\(form(link("retry"), label: "\(self(.retry)): \(event.id)", "<button>\(self(.retry))</button>"))\(dismiss)</div></li>
            """
    }

    /// What the operator's last click did.
    var whatWasDone: HTML {
        switch query("done") {
        case "synced": notice(.good, self(.synced))
        case "retried": notice(.good, self(.eventsRetried))
        case "dismissed": notice(.good, self(.eventDismissed))
        default: .none
        }
    }
}
