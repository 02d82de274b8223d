import Ledger
import LedgerService
import WebServer

extension Route {
    /// More cover, and a longer one, without the guest.
    static let holdRoutes: [Route] = [
        .folio.get("/holds/{hold}/renew", .hold, .hold) { visit, number in
            let (view, hold) = try visit.ledger.renewalPreview(number, of: visit.reference, of: visit.tenant.id)
            return visit.html(visit.renewalPage(hold, view))
        },
        .folio.post("/holds/{hold}/renew", .hold, .hold) { try await $0.renew($1) },
        .folio.get("/holds/{hold}/raise", .hold, .hold) { visit, number in
            visit.html(
                visit.raisePage(try visit.ledger.raisePreview(number, of: visit.reference, of: visit.tenant.id)))
        },
        .folio.post("/holds/{hold}/raise", .hold, .hold) { try await $0.raise($1) },
    ]
}

extension FolioVisit {
    // MARK: - Renewing

    fileprivate func renewalPage(_ hold: Hold, _ view: FolioView, _ message: HTML = .none) -> HTML {
        let card = view.folio.savedCard
        return narrowPage(
            self(.renew), view, self(.renewTitle(hold.number, money(hold.held))),
            """
            \(message)
            <section class="card stack"><dl class="figures">\
            \(figure(.held, view.totals.held))\(figure(.charged, view.totals.charged))</dl>
            \(hold.captureBefore.map { "<p>\(self(endWords($0, of: view.folio)))</p>" as HTML })
            <p>\(self(.renewMeans))</p>
            \(card?.funding?.blocksMoney == true ? notice(.warn, .blocksGuestsMoney) : .none)
            \(form(here("holds", String(hold.number), "renew"), class: "stack", """
            \(slowButton(self(.renewNow)))
            <div class="row">\(linkButton(.leaveHold, here()))</div>
            """))</section>
            """)
    }

    fileprivate func renew(_ number: Int64) async throws -> HTTPResponse {
        try await onFolio(form: { view, message in
            guard let hold = live(number, view) else { return try folioPage(view, FolioMessage(done: message)) }
            return renewalPage(hold, view, message)
        }) {
            _ = try await ledger.renewHold(number, of: reference, of: tenant.id, by: actor, key: key)
            return [("done", "renewed")]
        }
    }

    // MARK: - Raising

    fileprivate func raisePage(_ preview: RaisePreview, _ message: HTML = .none) -> HTML {
        let (view, hold) = (preview.view, preview.hold)
        return narrowPage(
            self(.raise), view, self(.raiseTitle(hold.number, money(hold.held))),
            """
            \(message)
            <section class="card stack"><dl class="figures">\
            \(figure(.charged, view.totals.charged))\(figure(.held, view.totals.held))\
            \(view.totals.uncovered.isZero ? .none : figure(.uncoveredShort, view.totals.uncovered, tone: "bad"))</dl>
            \(lasting(preview.refusal).map(whyNot) ?? raiseForm(preview))</section>
            \(mayAskForHold(view) ? card("more", .furtherHold, """
            \(muted(.askForMoreHint(money(view.totals.held))))
            \(holdForm(view.totals.uncovered.isPositive ? moreCover(view) : hold.held))
            """) : .none)
            """)
    }

    private func raiseForm(_ preview: RaisePreview) -> HTML {
        let hold = preview.hold
        let wanted = hold.held.minorUnits.clampedAdding(moreCover(preview.view).minorUnits)
        let suggestion = Money(minorUnits: min(wanted, preview.most.minorUnits), currency: hold.held.currency)
        return form(
            here("holds", String(hold.number), "raise"), class: "stack",
            """
            \(amountInput(
                .raiseTotal, "total",
                value: preview.view.totals.uncovered.isPositive ? language.plain(suggestion) : "",
                hint: .raiseUpTo(money(preview.most))))
            \(muted(.raiseMeans))
            \(slowButton(self(.raiseNow)))
            <div class="row">\(linkButton(.leaveHold, here()))</div>
            """)
    }

    /// A form that Stripe has not answered yet can be sent again: what is awaited then is what it asked for.
    private func lasting(_ refusal: HoldRefusal?) -> HoldRefusal? {
        if case .replacementAwaited = refusal, !isReading { return nil }
        return refusal
    }

    /// Nothing went wrong: the guest is asked instead.
    private func whyNot(_ refusal: HoldRefusal) -> HTML {
        let words = words(of: refusal)
        return notice(.info, words.message, words.hint.map { "<p>\($0)</p>" as HTML } ?? .none)
    }

    fileprivate func raise(_ number: Int64) async throws -> HTTPResponse {
        try await onFolio(form: { view, message in
            guard live(number, view) != nil else { return try folioPage(view, FolioMessage(done: message)) }
            return raisePage(try ledger.raisePreview(number, of: reference, of: tenant.id), message)
        }) {
            let total = try Money(reading: field("total") ?? "", in: tenant.currency)
            _ = try await ledger.raiseHold(number, to: total, of: reference, of: tenant.id, by: actor, key: key)
            return [("done", "raised")]
        }
    }

    /// A hold that a form can still be about.
    private func live(_ number: Int64, _ view: FolioView) -> Hold? {
        guard view.folio.state == .open else { return nil }
        return view.holds.first { $0.number == number && $0.isLive(at: view.asOf) }
    }
}
