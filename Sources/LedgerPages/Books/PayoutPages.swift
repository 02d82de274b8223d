import Ledger
import LedgerService
import WebServer

extension Route {
    /// What Stripe sends to the bank.
    static let payoutRoutes: [Route] = [
        .tenant.get("/payouts/{payout}", .seeBooks, .payout) { visit, id in
            visit.html(try visit.payoutPage(try visit.ledger.payout(id, of: visit.tenant.id)))
        }
    ]
}

extension TenantVisit {
    /// Those that were made in the month.
    func payoutsCard(_ view: MonthView) -> HTML {
        let rows = view.payouts.elements.html { payout in
            """
            <tr><th scope="row"><a href="\(link("payouts", payout.id))">\(day(payout.created.day(in: zone)))</a></th>\
            \(amountCell(.amount, payout.amount))\(cell(.arrives, "\(day(payout.arrivalDate))"))\
            \(cell(.stateHead, "\(self(payout.breakdown.words))"))</tr>
            """
        }
        return card(
            "payouts", .payouts, count: view.payouts.count,
            """
            \(view.payouts.count == 0 ? empty(.noPayouts) : table(
                .payouts, class: "stacked", [.text(.date), .number(.amount), .text(.arrives), .text(.stateHead)], rows))
            \(pager(view.payouts, MonthList.payouts.rawValue))
            """)
    }

    /// A payout with where it is, and what is in it.
    fileprivate func payoutPage(_ view: PayoutView) throws -> HTML {
        let payout = view.payout
        let balances =
            view.balances.map { figure(.balanceBefore, $0.before) + figure(.balanceAfter, $0.after) } ?? HTML.none
        return layout(
            self(.payout), section: .books,
            """
            \(pageHead("\(self(.payout)) · \(money(payout.amount))", above: crumb(self(.books), link("accounting"))))
            <section class="card facts"><dl class="figures rows">\(figure(.amount, payout.amount, strong: true))\
            \(pair(.stateHead, "\(self(.payoutPlace(view.place)))"))\(pair(.arrives, "\(day(payout.arrivalDate))"))\
            \(pair(.whatIsInIt, "\(self(payout.breakdown.words))"))\(balances)</dl>
            <p class="muted">\(payout.id) · \(instant(payout.created))</p></section>
            \(view.items.isEmpty ? .none : sumsCard(view) + itemsCard(view))
            """)
    }

    private func sumsCard(_ view: PayoutView) -> HTML {
        let rows = view.sums.html { sum in
            """
            <tr><th scope="row">\(self(.movementKind(sum.kind)))</th>\
            \(cell(.count, class: "n", "\(language.number(Int(sum.count)))"))\
            \(amountCell(.amount, sum.amount))\(amountCell(.fee, sum.fee))</tr>
            """
        }
        return card(
            "sums", .whatIsInIt,
            table(
                .whatIsInIt, class: "stacked", [.text(.what), .number(.count), .number(.amount), .number(.fee)], rows,
                foot: """
                    <tr><th scope="row">\(self(.payout))</th><td></td>\
                    \(amountCell(.amount, view.payout.amount))<td></td></tr>
                    """))
    }

    private func itemsCard(_ view: PayoutView) -> HTML {
        card("items", .oneByOne, count: view.items.count, movementTable(view.items))
    }

    /// Movements with the guest's account that each belongs to.
    func movementTable(_ movements: [BookedMovement]) -> HTML {
        let rows = movements.html { known in
            """
            <tr><th scope="row">\(day(known.movement.created.day(in: zone))) \
            \(remark(self(.movementKind(known.movement.kind))))</th>\
            \(cell(.guest, known.folio.map {
            "<a href=\"\(folioLink($0))\">\(known.guest ?? $0)</a> \(remark($0))" as HTML } ?? "–"))\
            \(amountCell(.amount, known.movement.amount))\(amountCell(.fee, known.movement.fee))</tr>
            """
        }
        return table(
            .oneByOne, class: "stacked", [.text(.date), .text(.guest), .number(.amount), .number(.fee)], rows)
    }
}
