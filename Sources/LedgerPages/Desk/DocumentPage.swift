import Ledger
import LedgerService
import WebServer

extension FolioVisit {
    /// The document on one A4 page (§ 14 UStG, as far as the ledger knows the facts). It is the guest's: in the
    /// guest's language, whatever staff reads, unless the address asks for another.
    func documentPage() throws -> HTTPResponse {
        let view = try folioView()
        guard let document = view.document else { return errorPage(404, .noDocument) }
        let head = try ledger.letterhead(at: document.issuedAt, of: tenant.id)
        let shown = query("language").flatMap { Language(rawValue: $0) } ?? view.folio.guest.spoken
        let others = Language.allCases.filter { $0 != shown }.html { language in
            "\(linkButton(.inLanguage(language), here("document", query: [("language", language.rawValue)])))"
        }
        return html(
            layout(
                "\(speaking(shown)(.document)) \(document.number)", section: .desk,
                """
                <div class="no-print page-head sheet-tools">\(crumb(view.folio.guest.name, here()))
                <div class="actions">\(others)\
                <button type="button" class="primary js-only" data-print>\(self(.print))</button></div></div>
                \(speaking(shown).sheet(document, view, head))
                """))
    }

    private func sheet(_ document: Document, _ view: FolioView, _ head: Letterhead?) -> HTML {
        let folio = view.folio
        let isStay = folio.source != .shop
        return """
            <article class="sheet" lang="\(language.rawValue)">
            <div class="sheet-head"><div><strong>\(view.tenant.name)</strong>\(head.map { lines($0.address) })\
            \(head?.taxNumber.isEmpty == false ? "<br>\(self(.taxNumber)): \(head?.taxNumber ?? "")" : .none)</div>
            <div class="right"><h1>\(self(.document))</h1>\
            <p><strong>\(document.number)</strong><br>\(day(document.issuedAt.day(in: zone)))</p></div></div>
            <div class="sheet-to"><p>\(folio.guest.name)\(folio.guest.email.map { "<br>\($0)" as HTML })</p>
            <dl>\(pair(.booking, "\(folio.reference)"))\
            \(folio.stay.map { pair(.belongsToStay, "\($0.reference)") })
            \(pair(.servicePeriod, "\(day(folio.arrival))\(" – \(day(folio.departure))", if: isStay)"))
            \(folio.room.map { pair(.room, "\($0)") })</dl></div>
            \(documentLines(view))
            <div class="sheet-sums"><div>\(taxTable(document.taxes))</div>
            <dl class="totals">\(pair(.documentTotal, class: "strong", "\(money(document.gross))"))\
            \(payments(view))</dl></div>
            <p class="fine">\(view.taxes.contains { $0.rate.basisPoints == nil } ? self(.untaxedNote) : "") \
            \(thanks(folio))</p>
            </article>
            """
    }

    private func thanks(_ folio: Folio) -> String {
        guard folio.state == .checkedOut else { return "" }
        return self(folio.source == .shop ? .thanksForOrder : .thanks)
    }

    private func lines(_ text: String) -> HTML {
        text.split(separator: "\n").html { "<br>\($0)" }
    }

    /// What counts: a charge that was reversed is left out together with what reversed it, which changes no sum.
    private func documentLines(_ view: FolioView) -> HTML {
        let reversed = view.reversedLines
        let counting = view.lines.filter { line in
            switch line.kind {
            case .charge: !reversed.contains(line.number)
            case .allowance(let of): !reversed.contains(of) && !reversed.contains(line.number)
            case .reversal: false
            }
        }
        return table(
            .lines, class: "document-lines",
            [
                .text(.date), .text(.description), .number(.quantity), .number(.unitPrice), .number(.tax),
                .number(.amount),
            ],
            counting.html { line in
                let why: HTML = if case .allowance = line.kind { "\(self(.allowance)): " } else { .none }
                return """
                    <tr><td class="when">\(line.serviceDate.text(in: language))</td><td>\(why)\(line.description)</td>\
                    <td class="n">\(language.number(line.quantity))</td>\
                    \(amountCell(line.unitAmount))<td class="n">\(language.rate(line.taxRate))</td>\
                    \(amountCell(line.gross))</tr>
                    """
            })
    }

    private func payments(_ view: FolioView) -> HTML {
        let totals = view.totals
        let paid = view.payments.filter { $0.state == .succeeded }.html { payment in
            pair(.paidBy(payment.method), "\(money(payment.received))")
        }
        let back = totals.refunded.isZero ? HTML.none : pair(.givenBack, "\(money(totals.refunded))")
        // What was set aside is not asked of the guest, and a dispute changes no document.
        let aside = totals.setAside.isZero ? HTML.none : pair(.setAsideOnDocument, "\(money(totals.setAside))")
        let open = (try? totals.unpaid.subtracting(totals.setAside)) ?? totals.unpaid
        let rest = open.isNegative ? (try? open.negated()) ?? open : open
        let last = pair(open.isNegative ? .credit : .openAmount, class: "strong", "\(money(rest))")
        return paid + back + aside + last
    }
}
