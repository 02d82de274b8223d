import Ledger
import LedgerService
import WebServer

extension Route {
    static let bookRoutes: [Route] = [
        .tenant.get("/accounting", .seeBooks) { visit in visit.html(try visit.accountingPage()) },
        .tenant.get("/accounting/{month}/statement.csv", .seeBooks, .month) { try $0.statementFile($1) },
        .tenant.get("/accounting/{month}/journal.csv", .seeBooks, .month) { try $0.journalFile($1) },
        .tenant.get("/accounting/{month}/close", .closeMonth, .month) { try $0.closingPage($1) },
        .tenant.post("/accounting/{month}/close", .closeMonth, .month) { visit, month in
            do {
                _ = try await visit.ledger.closeMonth(
                    month, of: visit.tenant.id, reason: visit.field("reason").flatMap { $0.isEmpty ? nil : $0 },
                    by: visit.actor, once: Once(visit.key))
            } catch let refusal as any Refusal where !refusal.isOfTheFile {
                guard let page = try visit.closingForm(month, visit.notice(refusal)) else {
                    return visit.html(409, try visit.accountingPage(month, notice: visit.notice(refusal)))
                }
                return visit.html(409, page)
            }
            return visit.see(visit.link("accounting", query: [("month", month.description), ("done", "closed")]))
        },
    ]
}

extension TenantVisit {
    func accountingPage(_ chosen: Month? = nil, notice message: HTML = .none) throws -> HTML {
        let view = try ledger.monthView(chosen ?? query("month").flatMap { Month($0) }, of: tenant.id) {
            window($0.rawValue, of: 100)
        }
        let statement = view.statement
        let done: HTML =
            switch query("done") {
            case "closed": notice(.good, .monthIsClosed(statement.month.text(in: language)))
            case "assigned": notice(.good, .assignedDone)
            case "all-assigned": notice(.good, .allAssignedDone)
            case "dismissed": notice(.good, .objectDismissed)
            default: .none
            }
        return layout(
            "\(self(.books)) · \(statement.month.text(in: language))", section: .books,
            """
            \(pageHead(statement.month.text(in: language), below: muted(closedSince(statement)), """
            \(monthPicker(view))
            <div class="actions">
            <a class="button" href="\(monthFile("journal.csv", statement))" download>\(self(.exportJournal))</a>
            <a class="button" href="\(monthFile("statement.csv", statement))" download>\(self(.exportStatement))</a>
            \(mayClose(view) ? linkButton(.closeMonth, monthFile("close", statement), class: "primary") : .none)
            </div>
            """))
            <p class="muted">\(self(.journalIsByDay)) \
            <a href="\(monthFile("journal.csv", statement, by: .postedAt))" download>\
            \(self(.exportJournalByPosting))</a></p>
            <p class="muted">\(self(.forPrograms)) \
            <a href="\(programFile("journal.csv", statement))" download>\(self(.exportJournal))</a>, \
            <a href="\(programFile("journal.csv", statement, by: .postedAt))" download>\
            \(self(.exportJournalByPosting))</a>, \
            <a href="\(programFile("statement.csv", statement))" download>\(self(.exportStatement))</a></p>
            <p class="muted"><a href="\(link("rules"))">\(self(.rules))</a></p>
            \(message)\(done)\(remark(on: statement))\(otherCurrencies(view))\
            \(unreadableCard(view))\(unexplainedCard(view))
            \(chartCard(view))
            <div class="two">\(feeCard(statement))\(stripeCard(statement))</div>
            <div class="two">\(methodsCard(statement))\(openItemsCard(view))</div>
            <div class="two">\(refundsCard(view))\(disputesCard(view))</div>
            \(payoutsCard(view))
            \(lateCard(statement))\(utcCard(statement))
            \(view.fraudWarnings.count == 0 ? .none : fraudWarningsCard(view))
            """)
    }

    private func page(of month: Month) -> Link { link("accounting", query: [("month", month.description)]) }

    private func monthFile(_ name: String, _ statement: Statement, by date: JournalDate? = nil) -> Link {
        link("accounting", statement.month.description, name, query: date.map { [("by", $0.rawValue)] } ?? [])
    }

    private func programFile(_ name: String, _ statement: Statement, by date: JournalDate? = nil) -> Link {
        let query = [("for", "programs")] + (date.map { [("by", $0.rawValue)] } ?? [])
        return link("accounting", statement.month.description, name, query: query)
    }

    private func mayClose(_ view: MonthView) -> Bool {
        may(.closeMonth) && view.statement.month == view.firstOpen && view.statement.month < view.current
    }

    private func closedSince(_ statement: Statement) -> String {
        statement.closedAt.map { self(.closedOn(instant($0))) } ?? self(.monthIsOpen)
    }

    private func monthPicker(_ view: MonthView) -> HTML {
        let month = view.statement.month
        let before = month.firstDay.adding(days: -1).month
        var months: [Month] = []
        var each = view.current
        while each >= view.first {
            months.append(each)
            each = each.firstDay.adding(days: -1).month
        }
        return """
            <div class="steps">
            \(before >= view.first ? earlier(language.shortMonth(before), page(of: before)) : .none)
            <form method="get" action="\(link("accounting"))" class="inline">\
            <label class="hidden" for="f-month">\(self(.month))</label>
            <select id="f-month" name="month" data-submit>\(months.html { each in
            "<option value=\"\(each.description)\"\(" selected", if: each == month)>\(each.text(in: language))</option>"
            })</select><button class="no-js">\(self(.show))</button></form>
            \(month < view.current ? later(language.shortMonth(month.next), page(of: month.next)) : .none)
            </div>
            """
    }

    /// What the operator bills. Never added to what Stripe keeps.
    private func feeCard(_ statement: Statement) -> HTML {
        let fee = statement.platformFee
        return card(
            "fee", .platformFee, hint: .platformFeeHint,
            """
            <dl class="figures rows">\(figure(.net, fee.net))\(figure(.tax, fee.tax))\
            \(figure(.toPay, fee.gross, strong: true))\
            \(pair(.taxCaseHead, "\(self(fee.taxCase.phrase))"))\
            \(pair(.billedIn, "\(self(fee.billing.capitalised))"))</dl>
            """)
    }

    private func stripeCard(_ statement: Statement) -> HTML {
        let stripe = statement.stripe
        let rows = stripe.rows.html { row in
            """
            <tr><th scope="row">\(self(.movementKind(row.kind)))\
            \([.fee, .reserve, .other].contains(row.kind) ? " \(remark(row.type))" as HTML : .none)\
            \(row.method.map { " · \(self($0.phrase))" as HTML })\
            \(row.late > 0 ? " \(remark(self(.late(row.late))))" as HTML : .none)</th>\
            \(cell(.count, class: "n", "\(language.number(row.count))"))\
            \(amountCell(.amount, row.amount))\(amountCell(.fee, row.fee))</tr>
            """
        }
        return """
            <section class="card" aria-labelledby="stripe"><h2 id="stripe">Stripe</h2>\(muted(.stripeHint))
            \(table(.stripe, class: "stacked", [.text(.what), .number(.count), .number(.amount), .number(.fee)], """
            <tr><th scope="row">\(self(.opening))</th><td></td>\(amountCell(.amount, stripe.opening))<td></td></tr>
            \(rows)
            """, foot: """
            <tr><th scope="row">\(self(.closing))</th><td></td>\(amountCell(.amount, stripe.closing))<td></td></tr>\
            <tr><th scope="row">\(self(.feesKept))</th><td></td><td></td>\(amountCell(.fee, stripe.fees))</tr>
            """))</section>
            """
    }

    /// Late items one by one; nothing where there are none.
    private func lateCard(_ statement: Statement) -> HTML {
        guard !statement.lateItems.isEmpty else { return .none }
        return card(
            "late", .lateHead, count: statement.lateItems.count, hint: .lateHint, movementTable(statement.lateItems))
    }

    /// The same sums by Stripe's own month; nothing where nothing moved.
    private func utcCard(_ statement: Statement) -> HTML {
        guard !statement.utc.isEmpty else { return .none }
        let rows = statement.utc.html { row in
            """
            <tr><th scope="row">\(self(.movementKind(row.kind)))\
            \(row.method.map { " · \(self($0.phrase))" as HTML })</th>\
            \(cell(.count, class: "n", "\(language.number(row.count))"))\
            \(amountCell(.amount, row.amount))\(amountCell(.fee, row.fee))</tr>
            """
        }
        let fees = statement.utcFees.map { amountCell(.fee, $0) } ?? "<td></td>"
        return card(
            "utc", .byStripesMonth, hint: .byStripesMonthHint,
            """
            \(table(.byStripesMonth, class: "stacked", [.text(.what), .number(.count), .number(.amount), .number(.fee)],
            rows, foot: """
            <tr><th scope="row">\(self(.feesKept))</th><td></td><td></td>\(fees)</tr>
            """))
            \(statement.feeNote.map { muted($0.phrase) })
            """)
    }

    private func methodsCard(_ statement: Statement) -> HTML {
        let rows = statement.stripe.rows.filter { $0.kind == .charge }
        let whole = rows.map { max(0, $0.amount.minorUnits) }.clampedSum
        func share(_ row: StripeMonth.Row) -> Int {
            Self.thousandths(max(0, row.amount.minorUnits), of: whole)
        }
        let list = rows.html { row in
            """
            <li><span>\(self(row.method?.phrase.capitalised ?? .otherMethods))</span>\
            <span class="n">\(money(row.amount))</span>\
            <svg class="bar thin" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">\
            <rect class="track" width="1000" height="8"/>\
            <rect class="covered" width="\(share(row))" height="8"/></svg>\
            \(remark(self(.paymentsWithFee(Int(row.count), money(row.fee)))))</li>
            """
        }
        return card(
            "methods", .byMethod,
            """
            \(rows.isEmpty ? empty(.noPayments) : "<ul class=\"shares\">\(list)</ul>" as HTML)
            """)
    }

    private func openItemsCard(_ view: MonthView) -> HTML {
        let rows =
            (view.unsettled.elements + view.overdue.elements).html { openRow($0, in: view.statement.month) }
        return card(
            "open", .openItems, count: view.unsettled.count + view.overdue.count,
            """
            \(table(.openItems, empty: .noOpenItems, [.text(.guest), .text(.why), .number(.amount)], rows))
            \(pager(view.unsettled, MonthList.unsettled.rawValue))\(pager(view.overdue, MonthList.overdue.rawValue))
            <p><a href="\(link("open-items"))">\(self(.openItemsOfADay))</a></p>
            """)
    }

    private func openRow(_ item: OpenItem, in month: Month) -> HTML {
        """
        <tr><td><a href="\(folioLink(item.folio.reference))">\(item.folio.guest.name)</a> \
        \(remark(item.folio.reference))\(remark(item.folio.stay.map { self(.lateChargeOf($0.reference)) }))</td>\
        <td>\(self(why(item)))\(age(item))\(origin(item.month, in: month))\(setAside(item))</td>\
        \(amountCell(item.open))</tr>
        """
    }

    /// What of it nobody asks the guest for until somebody decides, where that is not all of it.
    private func setAside(_ item: OpenItem) -> HTML {
        let setAside = item.totals.setAside
        guard setAside.isPositive, setAside.minorUnits < item.open.minorUnits else { return .none }
        return " \(remark(self(.setAsideOfIt(money(setAside)))))"
    }

    /// For how long it is open.
    func age(_ item: OpenItem) -> HTML { item.days == 0 ? .none : " \(remark(self(.openFor(item.days))))" }

    /// Where something comes from that is older than the month shown.
    private func origin(_ own: Month, in month: Month) -> HTML {
        own == month ? .none : " \(remark(self(.comesFrom(own.text(in: language)))))"
    }

    private func refundsCard(_ view: MonthView) -> HTML {
        let rows = view.refunds.elements.html { entry in
            """
            <tr><th scope="row"><a href="\(folioLink(entry.reference))">\(entry.guest)</a> \
            \(remark(day(entry.created.day(in: zone))))</th>\(cell(.reason, "\(entry.refund.reason(in: language))"))\
            \(amountCell(.amount, entry.refund.amount))\
            \(cell(.stateHead, "\(self(entry.refund.state.phrase.capitalised))"))</tr>
            """
        }
        return card(
            "refunds", .refunds, count: view.refunds.count,
            """
            \(view.refunds.count == 0 ? empty(.noRefunds) : table(.refunds, class: "stacked", Self.moneyBack, rows))
            \(pager(view.refunds, MonthList.refunds.rawValue))
            """)
    }

    private func disputesCard(_ view: MonthView) -> HTML {
        let rows = view.disputes.elements.html { entry in
            """
            <tr><th scope="row">\
            \(entry.reference.map { "<a href=\"\(folioLink($0))\">\(entry.guest ?? $0)</a>" as HTML } ?? "–")\
            \(origin(view.month(of: entry.dispute), in: view.statement.month))</th>\
            \(cell(.reason, "\(self(DisputeReason.phrase(entry.dispute.reason).capitalised))"))\
            \(amountCell(.amount, entry.dispute.amount))\
            \(cell(.stateHead, """
            <a href="\(link("disputes", entry.dispute.id))">\(self(.disputeState(entry.dispute.state)))</a>\
            \(evidenceDue(entry.dispute))
            """))</tr>
            """
        }
        let counts = view.statement.disputes.counts.filter { $0.count > 0 }.map { count in
            "\(self(.disputeTurn(count.turn))): \(count.count) · \(money(count.amount))"
        }
        return card(
            "disputes", .disputes, count: view.disputes.count,
            """
            \(counts.isEmpty ? .none : muted(counts.joined(separator: ", ")))
            \(view.disputes.count == 0 ? empty(.noDisputes) : table(.disputes, class: "stacked", Self.moneyBack, rows))
            \(pager(view.disputes, MonthList.disputes.rawValue))
            """)
    }

    private func fraudWarningsCard(_ view: MonthView) -> HTML {
        let rows = view.fraudWarnings.elements.html { entry in
            """
            <tr><th scope="row"><a href="\(folioLink(entry.reference))">\(entry.guest)</a> \
            \(remark(day(entry.warning.warnedAt.day(in: zone))))</th>\
            \(cell(.reason, "\(self(Risk.fraudPhrase(entry.warning.type).capitalised))"))\
            \(amountCell(.amount, entry.amount))\
            \(cell(.stateHead, "\(self(entry.warning.isActionable ? .warningOpen : .warningOver))"))</tr>
            """
        }
        return card(
            "warnings", .fraudWarnings, count: view.fraudWarnings.count, hint: .fraudWarningsHint,
            """
            \(table(.fraudWarnings, class: "stacked", Self.moneyBack, rows))
            \(pager(view.fraudWarnings, MonthList.fraudWarnings.rawValue))
            """)
    }

    private func evidenceDue(_ dispute: Dispute) -> HTML {
        guard DisputeState.asksForEvidence(dispute.state), let due = dispute.evidenceDue else { return .none }
        return " \(remark(self(.evidenceUntil(language.moment(due, in: zone)))))"
    }

    private static var moneyBack: [Column] { [.text(.guest), .text(.reason), .number(.amount), .text(.stateHead)] }

    // MARK: - Closing a month

    fileprivate func closingPage(_ month: Month) throws -> HTTPResponse {
        // Closed already, running, or not its turn: its page says so.
        guard let page = try closingForm(month) else { return see(page(of: month)) }
        return html(page)
    }

    /// What closing looks at, and the form; `nil` where the month cannot be closed now.
    fileprivate func closingForm(_ month: Month, _ message: HTML = .none) throws -> HTML? {
        let view = try ledger.monthView(month, of: tenant.id) { _ in Window(limit: 1) }
        guard mayClose(view) else { return nil }
        let checklist = try ledger.closingChecklist(month, of: tenant.id)
        let name = month.text(in: language)
        let reason: HTML =
            checklist.toBeClosedOver.isEmpty
            ? .none
            : input(.reason, "reason", hint: .closingReasonHint, attributes: limits(.reason))
        return layout(
            self(.closeMonth), section: .books,
            """
            <div class="narrow">\(crumb(name, link("accounting", query: [("month", month.description)])))
            <h1>\(self(.closeTitle(name)))</h1>\(message)
            \(checklistCard(checklist))
            <section class="card"><h2>\(self(.whatItMeans))</h2><ul class="ways">
            <li>\(self(.closeMeansFixed))</li><li>\(self(.closeMeansLate))</li></ul>
            \(form(link("accounting", month.description, "close"), class: "stack", """
            \(reason)\(slowButton(self(.closeTitle(name))))\
            <div class="row">\(linkButton(.leaveIt, page(of: month)))</div>
            """))
            </section></div>
            """)
    }

    private func checklistCard(_ checklist: ClosingChecklist) -> HTML {
        let rows = checklist.checks.html { check in
            """
            <tr><th scope="row">\(self(check.kind.title))</th><td>\(checkBadge(check))</td>\
            <td class="second">\(check.isInOrder ? .none : "\(self(check.phrase))" as HTML)</td></tr>
            """
        }
        return card(
            "checklist", .checklist, hint: .checklistHint,
            table(.checklist, class: "folded", [.text(.what), .text(.stateHead), .text(.why)], rows))
    }

    private func checkBadge(_ check: ClosingCheck) -> HTML {
        if check.isInOrder { return badge(.good, self(.inOrder)) }
        return check.isBlocking ? badge(.bad, self(.keepsMonthOpen)) : badge(.warn, self(.needsReason))
    }

    /// What a closed month was closed over, on its statement.
    private func remark(on statement: Statement) -> HTML {
        guard let remark = statement.remark else { return .none }
        return notice(
            .info, .closedOver(self(remark.phrase)),
            "<p>\(remark.reason) · \(remark.actor)</p>")
    }
}
