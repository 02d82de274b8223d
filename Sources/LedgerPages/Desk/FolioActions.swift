import Ledger
import LedgerService
import LedgerShapes
import WebServer

extension Route {
    static let folioRoutes: [Route] = [
        .folio.get("", .seeFolios) { visit in
            let view = try visit.folioView()
            let done = visit.whatWasDone(view)
            let isAdded = visit.query("done") == "added"
            return visit.html(
                try visit.folioPage(view, isAdded ? FolioMessage(added: done) : FolioMessage(done: done)))
        },
        .folio.post("/lines", .charge) { try await $0.addLine() },
        .folio.get("/lines/{line}/reversal", .charge, .line) { visit, line in
            visit.html(try visit.reversalPage(line, try visit.folioView()))
        },
        .folio.post("/lines/{line}/reversal", .charge, .line) { try await $0.reverse($1) },
        .folio.post("/room", .charge) { visit in
            try await visit.onFolio {
                try await visit.ledger.setRoom(visit.field("room"), of: visit.reference, of: visit.tenant.id)
                return []
            }
        },
        .folio.post("/holds", .hold) { try await $0.askForHold() },
        .folio.post("/payments", .checkOut) { try await $0.askForPayment() },
        .folio.get("/holds/{hold}/release", .hold, .hold) { visit, hold in
            visit.html(try visit.releasePage(hold))
        },
        .folio.post("/holds/{hold}/release", .hold, .hold) { try await $0.release($1) },
    ]
}

extension FolioVisit {
    var reference: String { place.reference }

    /// The folio's page, or one below it.
    func here(_ parts: String..., query: [(String, String)] = []) -> Link {
        Link(parts: ["t", tenant.id, "folios", reference] + parts, query: query)
    }

    func folioView() throws -> FolioView { try ledger.folio(reference, of: tenant.id) }

    /// Does something to the folio and shows it again.
    ///
    /// - Parameter form: The page that a refusal leads back to, with what was typed; the folio's own where there is
    ///   none.
    func onFolio(
        form: ((FolioView, HTML) throws -> HTML)? = nil, _ act: () async throws -> [(String, String)]
    ) async throws -> HTTPResponse {
        do {
            return see(here(query: try await act()))
        } catch let refusal as any Refusal where refusal.isForThePage {
            let view = try folioView()
            return html(409, try form?(view, notice(refusal)) ?? folioPage(view, FolioMessage(refusal: refusal)))
        }
    }

    fileprivate func addLine() async throws -> HTTPResponse {
        if field("nothing") != nil { return see(here()) }
        return try await onFolio {
            let new =
                if let sku = field("sku") {
                    NewLine(sku: sku, quantity: Int64(field("quantity") ?? "1") ?? 0)
                } else {
                    NewLine(
                        try typed(Term.atDesk, in: tenant.currency), quantity: 1, serviceDate: try serviceDate(),
                        outsideStay: field("outside") != nil)
                }
            let seen = Int64(field("seen") ?? "") ?? 0
            let added = try await ledger.addLine(new, to: reference, of: tenant.id, by: actor, once: Once(key))
            // Somebody else at the desk has been at it since this page was shown.
            let others = (added.line.number - 1).clampedSubtracting(max(0, seen))
            return [("done", "added"), ("line", String(added.line.number))]
                + (others > 0 ? [("others", String(others))] : []) + (field("sku").map { [("item", $0)] } ?? [])
        }
    }

    private func serviceDate() throws -> Day? {
        guard let text = field("date"), !text.isEmpty else { return nil }
        guard let day = Day(text) else { throw LineRefusal.dayUnreadable(text) }
        return day
    }

    fileprivate func reverse(_ line: Int64) async throws -> HTTPResponse {
        try await onFolio(form: { view, message in
            // Nothing can be reversed on a folio that closed in the meantime: then the folio says so.
            view.folio.state == .open
                ? try reversalPage(line, view, message) : try folioPage(view, FolioMessage(done: message))
        }) {
            let other = field("other") ?? ""
            let reason = other.isEmpty ? field("reason") ?? "" : other
            let reversed = try await ledger.reverse(
                line: line, reason: reason, of: reference, of: tenant.id, by: actor, once: Once(key))
            return [("done", "reversed"), ("line", String(reversed.line.number))]
        }
    }

    fileprivate func askForHold() async throws -> HTTPResponse {
        try await onFolio {
            let amount = try Money(reading: field("amount") ?? "", in: tenant.currency)
            _ = try await ledger.askForHold(
                amount, with: methodChosen("method"), on: reference, of: tenant.id, by: actor, key: key)
            return [("done", "asked")]
        }
    }

    fileprivate func askForPayment() async throws -> HTTPResponse {
        try await onFolio {
            let amount = try Money(reading: field("pay_amount") ?? "", in: tenant.currency)
            _ = try await ledger.askForPayment(
                amount, with: methodChosen("pay_method"), on: reference, of: tenant.id, by: actor, key: key)
            return [("done", "asked")]
        }
    }

    /// nil: what is usual for the folio.
    private func methodChosen(_ name: String) -> PaymentMethod? {
        field(name).flatMap { $0.isEmpty ? nil : PaymentMethod(rawValue: $0) }
    }

    /// Releasing a hold is final, so it takes one more click.
    fileprivate func releasePage(_ number: Int64) throws -> HTML {
        // Refuses a folio that is no longer open.
        let view = try ledger.checkOutPreview(reference, of: tenant.id).view
        guard let hold = view.holds.first(where: { $0.number == number }) else {
            throw ServiceRefusal.holdNotFound(number)
        }
        guard hold.state == .requested || hold.isLive(at: view.asOf) else {
            throw ServiceRefusal.holdNotLive(hold.number, hold.state)
        }
        let isAsked = hold.state == .requested
        let amount = money(isAsked ? hold.amount : hold.held)
        return narrowPage(
            self(isAsked ? .withdraw : .release), view,
            self(isAsked ? .withdrawTitle(hold.number, amount) : .releaseTitle(hold.number, amount)),
            """
            <section class="card stack"><dl class="figures">\
            \(figure(.charged, view.totals.charged))\(figure(.held, view.totals.held))\
            \(figure(.stillOpen, view.totals.open, strong: true))</dl>
            <p>\(self(isAsked ? .withdrawMeans : .releaseMeans))</p>
            \(form(here("holds", String(hold.number), "release"), class: "stack", """
            \(slowButton(self(isAsked ? .withdrawNow : .releaseNow)))
            <div class="row">\(linkButton(.keepHold, here()))</div>
            """))</section>
            """)
    }

    fileprivate func release(_ number: Int64) async throws -> HTTPResponse {
        try await onFolio {
            let wasAsked = try folioView().holds.first { $0.number == number }?.state == .requested
            _ = try await ledger.releaseHold(number, of: reference, of: tenant.id, by: actor, key: key)
            return [("done", wasAsked ? "withdrawn" : "released")]
        }
    }

    /// What the visitor's last click did, said once more in words.
    fileprivate func whatWasDone(_ view: FolioView) -> HTML {
        let line = query("line").flatMap { Int64($0) }.flatMap { number in view.lines.first { $0.number == number } }
        switch (query("done"), line) {
        case ("added", let line?):
            let others = query("others").flatMap { Int64($0) } ?? 0
            return notice(
                .good, .added("\(line.quantity) × \(line.description)", money(line.gross)),
                others > 0 ? "<p>\(self(.othersAdded(Int(others))))</p>" : .none)
        case ("reversed", let line?): return notice(.good, .reversedDone(line.description, money(line.gross)))
        case ("allowed", let line?): return notice(.good, .allowedDone(line.description, money(line.gross)))
        case ("asked", _): return notice(.good, .askedDone)
        case ("withdrawn", _): return notice(.good, .withdrawnDone)
        case ("released", _): return notice(.good, .releasedDone)
        case ("renewed", _): return notice(.good, .renewedDone)
        case ("raised", _): return notice(.good, .raisedDone)
        case ("refunded", _): return notice(.good, .refundedDone)
        case ("bill_lowered", _): return notice(.good, .billLoweredDone)
        case ("taken_again", _): return notice(.good, .takenAgainDone)
        default: return .none
        }
    }

    /// Cancelling a line takes one more click: the reason is the button.
    fileprivate func reversalPage(_ number: Int64, _ view: FolioView, _ message: HTML = .none) throws -> HTML {
        guard let line = view.lines.first(where: { $0.number == number }) else { throw LineRefusal.noSuchLine(number) }
        let reasons: [Phrase] = [.reasonMistake, .reasonNotUsed, .reasonComplaint]
        return narrowPage(
            self(.undo), view, self(.undoTitle(line.description)),
            """
            <p class="lead">\(sum(of: line))</p>
            \(message)
            \(muted(.undoHint))
            \(form(here("lines", String(line.number), "reversal"), class: "card stack", """
            <button class="hidden" name="reason" value="" aria-hidden="true" tabindex="-1">\(self(.undo))</button>
            <fieldset class="reasons"><legend>\(self(.whyUndo))</legend>\(reasons.html { reason in
            "<button class=\"big\" name=\"reason\" value=\"\(self(reason))\">\(self(reason))</button>"
            })</fieldset>
            \(input(.otherReason, "other", attributes: limits(.reason, isRequired: false)))
            <div class="row end">\(linkButton(.keepLine, here()))\
            <button name="reason" value="" class="primary">\(self(.undo))</button></div>
            """))
            """)
    }

    /// What a line comes to.
    func sum(of line: LineItem) -> HTML {
        """
        \(line.quantity) × \(money(line.unitAmount)) = <strong>\(money(line.gross))</strong>, \(day(line.serviceDate))
        """
    }

    /// A page about the folio, which leads back to it.
    func narrowPage(_ name: String, _ view: FolioView, _ title: String, _ content: HTML) -> HTML {
        layout(name, section: .desk, narrow(crumb(view.folio.guest.name, here()), title, content))
    }
}
