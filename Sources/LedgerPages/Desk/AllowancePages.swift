import Ledger
import LedgerService
import WebServer

extension Route {
    /// Lowering a line: a form, a page that says what it comes to, and the button on it.
    static let allowanceRoutes: [Route] = [
        .folio.get("/lines/{line}/allowance", .charge, .line) { visit, line in
            visit.html(try visit.allowancePage(line))
        },
        .folio.preview("/lines/{line}/allowance/confirmation", .charge, .line) { try $0.confirmAllowance($1) },
        .folio.post("/lines/{line}/allowance", .charge, .line) { try await $0.allow($1) },
    ]
}

extension FolioVisit {
    fileprivate func allowancePage(_ line: Int64, _ message: HTML = .none) throws -> HTML {
        // Refuses a folio that is no longer open.
        let view = try ledger.checkOutPreview(reference, of: tenant.id).view
        guard let charge = view.lines.first(where: { $0.number == line }) else { throw LineRefusal.noSuchLine(line) }
        let left = try view.lines.left(of: charge)
        return narrowPage(
            self(.allowShort), view, self(.allowTitle(charge.description)),
            """
            <p class="lead">\(sum(of: charge))</p>
            \(message)
            <p class="muted">\(self(.allowMost(money(left)))) \(self(.allowanceHint))</p>
            \(form(here("lines", String(line), "allowance", "confirmation"), class: "card stack", """
            \(amountInput(.allowanceAmount, "amount"))
            \(input(.reason, "reason", attributes: limits(.reason)))
            \(lastRow(back: here(), .back, .nextStep))
            """))
            """)
    }

    private func typedAllowance() throws -> (amount: Money, reason: String) {
        (try Money(reading: field("amount") ?? "", in: tenant.currency), field("reason") ?? "")
    }

    fileprivate func confirmAllowance(_ line: Int64) throws -> HTTPResponse {
        do {
            if isChange { return html(try allowancePage(line)) }
            let (amount, reason) = try typedAllowance()
            let view = try ledger.checkOutPreview(reference, of: tenant.id).view
            // The rules that will hold when the button is pressed.
            _ = try view.lines.allowance(of: line, amount: amount, reason: reason)
            return html(try allowanceConfirmation(line, amount, reason, view))
        } catch let refusal as any Refusal where !refusal.code.hasSuffix("_not_found") && !refusal.isOfTheFile {
            return html(409, try allowancePage(line, notice(refusal)))
        }
    }

    private func allowanceConfirmation(_ line: Int64, _ amount: Money, _ reason: String, _ view: FolioView) throws
        -> HTML
    {
        let charge = view.lines.first { $0.number == line }!
        let left = try view.lines.left(of: charge)
        let open = try view.totals.unpaid.subtracting(amount)
        let money: Phrase =
            open.isNegative
            ? .givenBackAtCheckOut(self.money(try open.negated()))
            : .openBecomes(self.money(view.totals.unpaid), self.money(open))
        return narrowPage(
            self(.allowShort), view, self(.allowTitle(charge.description)),
            card(
                "then", .whatHappens, class: "plan",
                """
                <p class="sentence">\
                \(self(.lineBecomes(self.money(left), self.money(try left.subtracting(amount)))))</p>
                <ul class="ways"><li>\(self(money))</li>\
                \("<li>\(self(.nothingTakenNow))</li>", if: !open.isNegative)</ul>
                <p class="muted">\(self(.reason)): \(reason)</p>
                \(form(here("lines", String(line), "allowance"), class: "stack", """
                \(hidden("amount", field("amount") ?? ""))\(hidden("reason", reason))
                \(slowButton("\(self(.giveAllowance)): \(self.money(amount))"))
                \(otherWays(here("lines", String(line), "allowance", "confirmation")))
                """))
                """))
    }

    fileprivate func allow(_ line: Int64) async throws -> HTTPResponse {
        try await onFolio {
            let (amount, reason) = try typedAllowance()
            let allowed = try await ledger.allow(
                amount, on: line, reason: reason, of: reference, of: tenant.id, by: actor, once: Once(key))
            return [("done", "allowed"), ("line", String(allowed.line.number))]
        }
    }
}
