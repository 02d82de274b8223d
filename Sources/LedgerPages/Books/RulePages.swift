import Ledger
import LedgerService
import WebServer

extension Route {
    /// The rules by which movements are assigned by themselves.
    static let ruleRoutes: [Route] = [
        .tenant.get("/rules", .seeBooks) { visit in visit.html(try visit.rulesPage()) },
        .tenant.post("/rules", .assignMovement) { visit in
            try await visit.onRules(done: "set") {
                _ = try await visit.ledger.addMovementRule(
                    visit.selection(visit.field("type") ?? ""), to: visit.field("account") ?? "",
                    reason: visit.field("reason") ?? "", of: visit.tenant.id, by: visit.actor, once: Once(visit.key))
            }
        },
        .tenant.post("/rules/{rule}/end", .assignMovement, .rule) { visit, number in
            try await visit.onRules(done: "ended") {
                _ = try await visit.ledger.endMovementRule(
                    number, of: visit.tenant.id, by: visit.actor, once: Once(visit.key))
            }
        },
    ]
}

extension TenantVisit {
    fileprivate func onRules(done: String, _ act: () async throws -> Void) async throws -> HTTPResponse {
        do { try await act() } catch let refusal as any Refusal where !refusal.isOfTheFile {
            return html(409, try rulesPage(notice(refusal)))
        }
        return see(link("rules", query: [("done", done)]))
    }

    fileprivate func rulesPage(_ message: HTML = .none) throws -> HTML {
        let rules = try ledger.movementRules(of: tenant.id)
        let totals = try ledger.suspenseTotals(of: tenant.id)
        let done: HTML =
            switch query("done") {
            case "set": notice(.good, .ruleIsSet)
            case "ended": notice(.good, .ruleIsEnded)
            default: .none
            }
        let rows = rules.reversed().html { rule in row(rule, totals.first { $0.type == rule.selection.type }) }
        return layout(
            self(.rules), section: .books,
            """
            \(pageHead(self(.rules), above: crumb(self(.books), link("accounting"))))
            \(message)\(done)
            \(card("rules", .rules, count: rules.count, hint: .rulesHint, table(
                .rules, empty: .noRules, class: "stacked",
                [.text(.type), .text(.account), .text(.reason), .text(.stateHead), .action], rows)))
            \(may(.assignMovement) ? newRule : .none)
            """)
    }

    private var newRule: HTML {
        card(
            "new-rule", .setRule, hint: .setRuleHint,
            form(
                link("rules"), class: "stack", label: self(.setRule),
                """
                \(input(
                    .type, "type", value: query("type") ?? "", hint: .typeHint,
                    attributes: "\(limits(.balanceType, isWord: true)) \(HTML.word)"))
                \(assignmentInputs)
                <div class="row end"><button class="primary">\(self(.setRule))</button></div>
                """))
    }

    /// - Parameter total: What is in suspense of its type.
    private func row(_ rule: MovementRule, _ total: SuspenseTotal?) -> HTML {
        let isInForce = rule.end == nil
        let state = rule.end.map { self(.ruleEndedOn(instant($0.at))) } ?? self(.ruleSince(instant(rule.created)))
        let earlier: HTML =
            isInForce && may(.assignMovement)
            ? total.map { total in
                """
                <span class="muted"><a href="\(link("suspense", total.type))">\
                \(self(.assignEarlier(Int(total.count))))</a></span>
                """
            } ?? .none : .none
        let end: HTML =
            isInForce && may(.assignMovement)
            ? form(
                link("rules", String(rule.number), "end"),
                smallButton(.endRule, "rule", String(rule.number), of: rule.selection.type)) : .none
        return """
            <tr><th scope="row">\(rule.selection.type)\
            \(rule.selection.onlyOthers ? " \(remark(self(.onlyOthersShort)))" as HTML : .none)</th>\
            \(cell(.account, "\(rule.account)"))\(cell(.reason, "\(rule.reason) \(remark(rule.actor))"))\
            \(cell(.stateHead, "\(state) \(earlier)"))<td class="act">\(end)</td></tr>
            """
    }
}
