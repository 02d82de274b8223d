import Ledger
import LedgerService

/// How a tenant's traffic with Stripe stands, and what the operator decides about it.
extension SetUpVisit {
    func healthCard(_ health: TenantHealth) -> HTML {
        func row(_ name: Phrase, _ value: String) -> HTML { pair(name, "\(value)") }
        func moment(_ instant: Instant?) -> String { instant.map { self.instant($0) } ?? self(.never) }
        return card(
            "health", .health,
            """
            <dl class="figures rows">
            \(row(.lastWebhook, moment(health.traffic.lastWebhook)))\(row(.lastSync, moment(health.lastSync)))\
            \(row(.queue, language.number(health.queue)))\(row(.deadLetters, language.number(health.parked)))\
            \(row(.expiringHolds, language.number(health.expiring)))\(row(.folios, language.number(health.folios)))</dl>
            \(health.isUnheard ? notice(.warn, .noWebhookYet, .noWebhookYetHint) : .none)
            \(health.hasStripe ? form(tenantLink("sync"), "<button>\(self(.fetchNews))</button>") : .none)
            \(failing(health))\(waitingCalls(health))
            """)
    }

    /// Work in the background that failed when it was last tried.
    private func failing(_ health: TenantHealth) -> HTML {
        guard !health.failing.isEmpty else { return .none }
        return notice(
            .warn, .workFails,
            """
            <ul class="ways">\(health.failing.html { status in
            """
            <li><strong>\(self(.task(status.task)))</strong> \(self(.failures(status.failures)))\
            \(status.problem.map { ": <span lang=\"en\">\($0)</span>" as HTML })</li>
            """
            })</ul>
            """)
    }

    /// Calls to Stripe that are sent again by themselves.
    private func waitingCalls(_ health: TenantHealth) -> HTML {
        guard health.queue > 0, let all = try? ledger.openOperations(of: tenant.id).filter({ !$0.isParked }),
            !all.isEmpty
        else {
            return .none
        }
        let open = Part(of: all, window("queue", of: 20))
        return table(
            .queue, [.text(.what), .text(.whyNotYet)],
            open.elements.html { operation in
                """
                <tr><td>\(self(operation.what.capitalised)) <span class="muted">\(operation.folio ?? "")</span></td>\
                <td>\(operation.why?.sentence(in: language) ?? "")</td></tr>
                """
            }) + pager(open, "queue")
    }

    /// Calls to Stripe with unknown outcome: the folio waits until they are sent again or dismissed.
    func parkedCallsCard(_ health: TenantHealth) throws -> HTML {
        let parked = health.parked > 0 ? try ledger.openOperations(of: tenant.id).filter(\.isParked) : []
        guard !parked.isEmpty else { return .none }
        let part = Part(of: parked, window("calls", of: 20))
        return card(
            "calls", .callsToDecide, count: part.count,
            """
            \(muted(.callsToDecideHint))
            <ul class="letters">\(part.elements.html { call($0) })</ul>\(pager(part, "calls"))
            """)
    }

    private func call(_ operation: OpenOperation) -> HTML {
        let link = { (verb: String) in
            Link("operator", "tenants", tenant.id, "operations", String(operation.number), verb)
        }
        let name = "\(self(operation.what.capitalised)) \(operation.folio ?? "")"
        return """
            <li><p><strong>\(self(operation.what.capitalised))</strong> \(badge(.bad, self(.waitsForYou)))\
            <span class="muted">\
            \(operation.folio ?? ""), \(instant(operation.since)), \(self(.tries(operation.attempts)))</span></p>
            \(operation.why.map { "<p class=\"muted\">\($0.sentence(in: language))</p>" as HTML })
            \(decision(link("retry"), link("dismiss"), "call-\(operation.number)", name))</li>
            """
    }

    /// Retry, or dismiss with a reason.
    private func decision(_ retry: Link, _ dismiss: Link?, _ id: String, _ name: String) -> HTML {
        let leave: HTML =
            dismiss.map { dismiss in
                form(
                    dismiss, class: "inline",
                    """
                    <label class="hidden" for="why-\(id)">\(self(.whyDismiss))</label>\
                    <input id="why-\(id)" name="reason" placeholder="\(self(.whyDismiss))" \(limits(.reason))>\
                    <button aria-label="\(self(.dismiss)): \(name)">\(self(.dismiss))</button>
                    """)
            } ?? .none
        return """
            <div class="row">\
            \(form(retry, "<button aria-label=\"\(self(.retry)): \(name)\">\(self(.retry))</button>"))\(leave)</div>
            """
    }

    /// Stripe events that could not be processed: retry, or dismiss with a reason.
    func deadLettersCard(_ health: TenantHealth) throws -> HTML {
        let events = try ledger.troubledEvents(of: tenant.id)
        guard !events.isEmpty else { return .none }
        let part = Part(of: events, window("events", of: 20))
        return card(
            "letters", .eventsToDecide, count: part.count,
            """
            \(muted(.deadLettersHint))
            <ul class="letters">\(part.elements.html { letter($0) })</ul>\(pager(part, "events"))
            \(events.count > 1
                ? form(tenantLink("events", "retry"), "<button>\(self(.retryAll(events.count)))</button>") : .none)
            """)
    }

    private func letter(_ event: TroubledEvent) -> HTML {
        let link = { (verb: String) in tenantLink("events", event.id, verb) }
        return """
            <li><p><strong>\(event.type)</strong> \
            \(event.isParked ? badge(.bad, self(.waitsForYou)) : badge(.info, self(.triedAgain)))\
            <span class="muted">\
            \(event.id), \(instant(event.receivedAt)), \(self(.tries(event.attempts)))</span></p>
            \(event.why.map { "<p class=\"muted\">\($0.sentence(in: language))</p>" as HTML })
            \(decision(link("retry"), event.isParked ? link("dismiss") : nil, event.id, event.id))</li>
            """
    }

    /// Stripe events that these books cannot use: shown once, with what to do about them.
    func droppedEventsCard(_ health: TenantHealth) throws -> HTML {
        let dropped = try ledger.droppedEvents(of: tenant.id)
        guard !dropped.isEmpty else { return .none }
        let rows = dropped.html { events in
            """
            <li><p><strong>\(self(events.phrase))</strong> \(language.number(Int(events.count)))
            \(remark("\(events.example ?? ""), \(instant(events.last))"))</p>
            \(events.reason.map { muted($0.hint) })</li>
            """
        }
        return card(
            "dropped", .droppedEvents, hint: .droppedEventsHint, "<ul class=\"letters\">\(rows)</ul>")
    }

    /// What the operator's last click did.
    var whatWasDone: HTML {
        switch query("done") {
        case "synced": notice(.good, .synced)
        case "retried": notice(.good, .eventsRetried)
        case "sent": notice(.good, .callSent)
        case "given_up": notice(.good, .operationDismissed)
        case "dismissed": notice(.good, .eventDismissed)
        default: .none
        }
    }
}
