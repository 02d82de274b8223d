import Ledger
import LedgerService
import WebServer

extension Route {
    /// Saying where a movement belongs that nothing in the books explains.
    static let movementRoutes: [Route] = [
        .tenant.get("/movements/{movement}", .assignMovement, .movement) { visit, id in
            visit.html(visit.assignmentPage(try visit.ledger.unexplainedMovement(id, of: visit.tenant.id)))
        },
        .tenant.post("/movements/{movement}", .assignMovement, .movement) { visit, id in
            let known = try visit.ledger.unexplainedMovement(id, of: visit.tenant.id)
            do {
                _ = try await visit.ledger.assignMovement(
                    id, to: visit.field("account") ?? "", reason: visit.field("reason") ?? "", of: visit.tenant.id,
                    by: visit.actor, once: Once(visit.key))
            } catch let refusal as any Refusal where !refusal.isOfTheFile {
                return visit.html(409, visit.assignmentPage(known, visit.notice(refusal)))
            }
            return visit.see(visit.link("accounting", query: [("done", "assigned")]))
        },
    ]
}

extension TenantVisit {
    /// What somebody has to look at before the month's figures explain the balance; nothing when all is explained.
    func unexplainedCard(_ view: MonthView) -> HTML {
        guard !view.unexplained.isEmpty else { return .none }
        let rows = view.unexplained.html { known in
            """
            <tr><th scope="row">\(known.movement.type) \(remark(day(known.movement.created.day(in: zone))))</th>\
            \(cell(.source, "\(known.movement.source ?? "–")"))\(amountCell(.amount, known.movement.amount))\
            <td>\(next(known))</td></tr>
            """
        }
        return card(
            "unexplained", .unexplained, count: view.unexplained.count, hint: .unexplainedHint,
            table(
                .unexplained, class: "stacked", [.text(.type), .text(.source), .number(.amount), .text(.stateHead)],
                rows))
    }

    private func next(_ known: UnexplainedMovement) -> HTML {
        guard known.state == .suspense else { return remark(self(.waitsForStripe)) }
        guard may(.assignMovement) else { return remark(known.account ?? "") }
        return "<a href=\"\(link("movements", known.movement.id))\">\(self(.assign))</a>"
    }

    /// What is in no figure here, because it is in another currency.
    func otherCurrencies(_ view: MonthView) -> HTML {
        view.otherCurrencies.html { other in
            let advice = TenantNotice.settlesIn(other.code, view.tenant.currency).sentence(in: language)
            return notice(
                .warn, .otherCurrency(other.code, other.movements), other.hasOurs ? "<p>\(advice)</p>" : .none)
        }
    }

    fileprivate func assignmentPage(_ known: UnexplainedMovement, _ message: HTML = .none) -> HTML {
        let movement = known.movement
        return layout(
            self(.assign), section: .books,
            """
            <div class="narrow">\(crumb(self(.books), link("accounting")))
            <h1>\(self(.assignTitle(movement.type)))</h1>
            <dl class="figures rows">\(figure(.amount, movement.amount))\(figure(.fee, movement.fee))</dl>
            <p class="muted">\(movement.id) · \(movement.source ?? "–") · \(instant(movement.created))</p>
            \(message)
            \(form(link("movements", movement.id), class: "card stack", """
            \(input(
                .account, "account", value: known.assignment?.account ?? "", hint: .accountHint,
                attributes: limits(.accountName)))
            \(input(.reason, "reason", attributes: limits(.reason)))
            \(lastRow(back: link("accounting"), .back, .assign))
            """))</div>
            """)
    }
}
