import Ledger
import LedgerService
import WebServer

extension Route {
    /// Saying where a movement belongs that nothing in the books explains, and dismissing what Stripe cannot show.
    static let movementRoutes: [Route] = [
        .tenant.get("/movements/{movement}", .assignMovement, .movement) { visit, id in
            let known = try visit.ledger.unexplainedMovement(id, of: visit.tenant.id)
            return visit.html(known.isDismissible ? visit.dismissalPage(known) : visit.assignmentPage(known))
        },
        .tenant.post("/movements/{movement}/dismiss", .assignMovement, .movement) { visit, id in
            let known = try visit.ledger.unexplainedMovement(id, of: visit.tenant.id)
            do {
                _ = try await visit.ledger.dismissMovement(
                    id, reason: visit.field("reason") ?? "", of: visit.tenant.id, by: visit.actor,
                    once: Once(visit.key))
            } catch let refusal as any Refusal where !refusal.isOfTheFile {
                return visit.html(409, visit.dismissalPage(known, visit.notice(refusal)))
            }
            return visit.see(visit.link("movements", id))
        },
        .tenant.get("/unreadable/{object}", .assignMovement, .object) { visit, id in
            visit.html(visit.dismissalPage(try visit.ledger.unreadableObject(id, of: visit.tenant.id)))
        },
        .tenant.post("/unreadable/{object}/dismiss", .assignMovement, .object) { visit, id in
            let known = try visit.ledger.unreadableObject(id, of: visit.tenant.id)
            do {
                _ = try await visit.ledger.dismissUnreadable(
                    id, reason: visit.field("reason") ?? "", of: visit.tenant.id, by: visit.actor,
                    once: Once(visit.key))
            } catch let refusal as any Refusal where !refusal.isOfTheFile {
                return visit.html(409, visit.dismissalPage(known, visit.notice(refusal)))
            }
            return visit.see(visit.link("accounting", query: [("done", "dismissed")]))
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
        .tenant.get("/suspense/{type}", .assignMovement, .type) { visit, type in
            visit.html(try visit.typePage(type))
        },
        .tenant.post("/suspense/{type}", .assignMovement, .type) { visit, type in
            do {
                _ = try await visit.ledger.assignMovements(
                    visit.selection(type), to: visit.field("account") ?? "", reason: visit.field("reason") ?? "",
                    of: visit.tenant.id, by: visit.actor, once: Once(visit.key))
            } catch let refusal as any Refusal where !refusal.isOfTheFile {
                return visit.html(409, try visit.typePage(type, visit.notice(refusal)))
            }
            return visit.see(visit.link("accounting", query: [("done", "all-assigned")]))
        },
    ]
}

extension TenantVisit {
    /// What somebody has to look at before the month's figures explain the balance, and what somebody has assigned;
    /// nothing when all is explained by itself.
    func unexplainedCard(_ view: MonthView) -> HTML { "\(openCard(view))\(assignedCard(view))" }

    /// Where the month's movements were assigned to, each with the way to correct that.
    private func assignedCard(_ view: MonthView) -> HTML {
        guard view.assigned.count > 0 else { return .none }
        let rows = view.assigned.elements.html { known in
            """
            <tr><th scope="row">\(known.movement.type) \(remark(day(known.movement.created.day(in: zone))))</th>\
            \(cell(.account, "\(known.account ?? "–")"))\
            \(cell(.why, "\(known.assignment.map { self($0.phrase) } ?? "")"))\
            \(amountCell(.amount, known.movement.amount))<td class="act">\(correct(known))</td></tr>
            """
        }
        return card(
            "assigned", .assignedMovements, count: view.assigned.count,
            """
            \(table(
                .assignedMovements, class: "stacked",
                [.text(.type), .text(.account), .text(.why), .number(.amount), .action], rows))
            \(pager(view.assigned, MonthList.assigned.rawValue))
            """)
    }

    private func correct(_ known: UnexplainedMovement) -> HTML {
        guard may(.assignMovement) else { return .none }
        return """
            <a class="button small" href="\(link("movements", known.movement.id))">\(self(.correct)) \
            <span class="hidden">\(known.movement.id)</span></a>
            """
    }

    private func openCard(_ view: MonthView) -> HTML {
        guard view.unexplained.count > 0 else { return .none }
        let rows = view.unexplained.elements.html { known in
            """
            <tr><th scope="row">\(known.movement.type) \(remark(day(known.movement.created.day(in: zone))))</th>\
            \(cell(.source, "\(known.movement.source ?? "–")"))\(amountCell(.amount, known.movement.amount))\
            <td>\(next(known))</td></tr>
            """
        }
        return card(
            "unexplained", .unexplained, count: view.unexplained.count, hint: .unexplainedHint,
            """
            \(totals(view.suspense))
            \(table(
                .unexplained, class: "stacked", [.text(.type), .text(.source), .number(.amount), .text(.stateHead)],
                rows))
            \(pager(view.unexplained, MonthList.unexplained.rawValue))
            """)
    }

    /// What is in suspense, type by type, with the way to assign all of a type.
    private func totals(_ totals: [SuspenseTotal]) -> HTML {
        guard !totals.isEmpty else { return .none }
        let rows = totals.html { total in
            """
            <tr><th scope="row">\(total.type)</th><td class="n" data-label="\(self(.count))">\
            \(language.number(Int(total.count)))</td>\(amountCell(.amount, total.amount))\
            <td class="act">\(assignAll(total.type))</td></tr>
            """
        }
        return table(
            .suspenseByType, class: "stacked", [.text(.type), .number(.count), .number(.amount), .action], rows)
    }

    private func assignAll(_ type: String) -> HTML {
        guard may(.assignMovement), TextRule.balanceType.takes(type) else { return .none }
        return """
            <a class="button small" href="\(link("suspense", type))">\
            \(self(.assignAll)) <span class="hidden">\(type)</span></a>
            """
    }

    /// Entries of Stripe's lists without which no month is closed; nothing when all can be read.
    func unreadableCard(_ view: MonthView) -> HTML {
        guard !view.unreadable.isEmpty else { return .none }
        let rows = view.unreadable.html { object in
            """
            <tr><th scope="row">\(object.id) \(remark(day(object.firstSeen.day(in: zone))))</th>\
            \(cell(.why, "\(object.failure?.sentence(in: language) ?? "")"))\
            <td>\(may(.assignMovement) ? dismissLink(link("unreadable", object.id)) : .none)</td></tr>
            """
        }
        return card(
            "unreadable", .unreadable, count: view.unreadable.count, hint: .unreadableHint,
            table(.unreadable, class: "stacked", [.text(.what), .text(.why), .text(.stateHead)], rows))
    }

    private func dismissLink(_ link: Link) -> HTML { "<a href=\"\(link)\">\(self(.dismiss))</a>" }

    private func next(_ known: UnexplainedMovement) -> HTML {
        if known.isDismissible {
            let dismiss = may(.assignMovement) ? dismissLink(link("movements", known.movement.id)) : .none
            return "\(remark(known.failure)) \(dismiss)"
        }
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
            \(known.assignment.map { muted($0.phrase) })\(message)
            \(form(link("movements", movement.id), class: "card stack", """
            \(input(
                .account, "account", value: known.assignment?.account ?? "", hint: .accountHint,
                attributes: limits(.accountName)))
            \(input(.reason, "reason", attributes: limits(.reason)))
            \(lastRow(back: link("accounting"), .back, .assign))
            """))</div>
            """)
    }

    /// Which movements of a type the form means.
    func selection(_ type: String) -> MovementSelection {
        MovementSelection(type: type, onlyOthers: field("only_others") != nil)
    }

    /// Where they go and why, and which of them are meant.
    var assignmentInputs: HTML {
        """
        \(input(.account, "account", hint: .accountHint, attributes: limits(.accountName)))
        \(input(.reason, "reason", attributes: limits(.reason)))
        \(checkbox("only_others", "\(self(.onlyOthers))", isOn: field("only_others") != nil))
        """
    }

    fileprivate func typePage(_ type: String, _ message: HTML = .none) throws -> HTML {
        let total = try ledger.suspenseTotals(of: tenant.id).first { $0.type == type }
        let question = form(
            link("suspense", type), class: "card stack",
            """
            \(assignmentInputs)
            \(lastRow(back: link("accounting"), .back, .assignAll))
            """)
        return layout(
            self(.assignAll), section: .books,
            """
            <div class="narrow">\(crumb(self(.books), link("accounting")))
            <h1>\(self(.assignAllTitle(type)))</h1>
            \(message)
            \(total.map { total in
            """
            <dl class="figures rows">\(pair(.count, "\(language.number(Int(total.count)))"))\
            \(figure(.amount, total.amount))</dl>
            \(muted(.eachItsEntry))\(question)
            """ as HTML
            } ?? empty(.nothingOfType))
            <p class="muted"><a href="\(link("rules", query: [("type", type)]))">\(self(.ruleForComing))</a></p></div>
            """)
    }

    fileprivate func dismissalPage(_ known: UnexplainedMovement, _ message: HTML = .none) -> HTML {
        let movement = known.movement
        return dismissalPage(
            self(.dismissMovementTitle(movement.type)), link("movements", movement.id, "dismiss"), known.failure,
            means: .dismissMovementMeans, message,
            about: """
                <dl class="figures rows">\(figure(.amount, movement.amount))\(figure(.fee, movement.fee))</dl>
                <p class="muted">\(movement.id) · \(movement.source ?? "–") · \(instant(movement.created))</p>
                """)
    }

    fileprivate func dismissalPage(_ object: UnreadableObject, _ message: HTML = .none) -> HTML {
        dismissalPage(
            self(.dismissObjectTitle(object.id)), link("unreadable", object.id, "dismiss"), object.failure,
            means: .dismissObjectMeans, message,
            about: """
                <p class="muted">\(object.id) · \(instant(object.firstSeen))</p>
                """)
    }

    private func dismissalPage(
        _ title: String, _ action: Link, _ failure: Failure?, means: Phrase, _ message: HTML, about: HTML
    ) -> HTML {
        layout(
            self(.dismiss), section: .books,
            narrow(
                crumb(self(.books), link("accounting")), title,
                """
                \(about)
                \(failure.map { muted($0.sentence(in: language)) })
                \(muted(means))
                \(message)
                \(form(action, class: "card stack", """
                \(input(.reason, "reason", attributes: limits(.reason)))
                \(lastRow(back: link("accounting"), .back, .dismiss))
                """))
                """))
    }
}
