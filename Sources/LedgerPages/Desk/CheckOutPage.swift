import Ledger
import LedgerService
import WebServer

extension Route {
    static let checkOutRoutes: [Route] = [
        .folio.get("/check-out", .checkOut) { visit in visit.html(try visit.checkOutPage()) },
        .folio.post("/check-out", .checkOut) { try await $0.runCheckOut() },
        .folio.post("/check-out/withdrawal", .checkOut) { try await $0.withdraw() },
        .folio.get("/document", .seeFolios) { visit in try visit.documentPage() },
    ]
}

extension FolioVisit {
    /// The plan while the folio is open; what happens, or happened, after the button.
    fileprivate func checkOutPage(_ message: HTML = .none) throws -> HTML {
        let view = try folioView()
        switch view.folio.state {
        case .open: return try planPage(try ledger.checkOutPreview(reference, of: tenant.id), message)
        case .closing, .awaitingGuest, .checkedOut, .cancelled, .noShow:
            return progressPage(view, try ledger.latestCheckOut(of: reference, of: tenant.id), message)
        }
    }

    private func planPage(_ preview: CheckOutPreview, _ message: HTML) throws -> HTML {
        let (view, plan) = (preview.view, preview.plan)
        let due = Money(minorUnits: plan.due, currency: view.tenant.currency)
        return layout(
            "\(self(.checkOut)) · \(view.folio.guest.name)", section: .desk,
            """
            \(checkOutHead(view))
            \(message)\(view.folio.notice == .paymentPageWithdrawn ? staffNotice(view.folio) : lastAttempt())
            <div class="check-out">\(card("due", due.isNegative ? .goesBack : .due, class: "plan", """
            <p class="due">\(money(due.isNegative ? (try? due.negated()) ?? due : due))</p>
            <dl class="figures">\(figure(.charged, view.totals.charged))\(figure(.held, view.totals.held))\
            \(figure(.paidSoFar, view.totals.captured))\
            \(view.totals.refunded.isZero ? .none : figure(.givenBack, view.totals.refunded))\
            \(view.totals.setAside.isZero ? .none : figure(.setAside, view.totals.setAside))</dl>
            <p class="sentence">\(sentence(plan, view))</p>
            \(warnings(plan, view))
            \(form(here("check-out"), class: "stack", """
            \(hidden("plan", plan.id))\(try passwordAgain(toGiveBack: plan.givenBack))\(confirmEmpty(plan))
            \(slowButton(button(plan, due), class: "primary huge"))
            """))
            \(muted((view.folio.paymentURL == nil ? "" : "\(self(.pageEnds)) ") + self(.onlyThis)))
            """))
            <div>\(taxesCard(view))\(linesSummary(view))</div></div>
            """)
    }

    /// A folio on which nothing is charged is closed only by somebody who says that it is meant so.
    private func confirmEmpty(_ plan: CheckOutPlan) -> HTML {
        guard plan.warnings.contains(.nothingCharged) else { return .none }
        return checkbox("nothing_charged", "\(self(.closeEmpty))", attributes: " required")
    }

    private func checkOutHead(_ view: FolioView, _ title: Phrase = .checkOut) -> HTML {
        let days = "\(language.shortDay(view.folio.arrival)) – \(language.shortDay(view.folio.departure))"
        return pageHead(
            "\(self(title)): \(view.folio.guest.name)",
            above: crumb(.desk, link("reception"), "<a href=\"\(here())\">\(reference)</a>"),
            below: "\(view.folio.stay.map { "<p>\(stayOfLateCharge($0))</p>" as HTML })"
                + muted(days + (view.folio.room.map { " · \(self(.room)) \($0)" } ?? "")))
    }

    /// What became of an earlier check-out that left the folio open.
    private func lastAttempt() -> HTML {
        guard let last = try? ledger.latestCheckOut(of: reference, of: tenant.id), last.state == .incomplete
        else { return .none }
        return notice(.warn, .lastTimeOpen, last.steps.last { $0.failure != nil }?.failure.map(because) ?? .none)
    }

    /// Why something failed, with who says so when it was the bank.
    private func because(_ failure: Failure) -> HTML {
        let bank = if case .declined = failure { self(.bankSaid) + " " } else { "" }
        return "<p>\(bank)\(failure.sentence(in: language))</p>"
    }

    /// Above a link that the guest has to pay.
    private func guestMustAct(_ refused: [Failure]) -> Phrase {
        if refused.contains(.authenticationRequired) { return .guestMustConfirm }
        return refused.contains(where: \.isDecline) ? .cardRefused : .guestMustPay
    }

    private func button(_ plan: CheckOutPlan, _ due: Money) -> String {
        func amount(_ units: Int64) -> String { money(Money(minorUnits: units, currency: due.currency)) }
        let (moved, linked) = plan.amounts
        switch (moved, linked) {
        case (1..., 1...): return self(.takeAndLink(amount(moved), amount(linked)))
        case (_, 1...): return self(.makeLink(amount(linked)))
        case (1..., _): return self(.take(amount(moved)))
        case (..<0, _): return self(.payBack(amount(-moved)))
        default: return self(.closeFolio)
        }
    }

    /// The plan in one sentence.
    func sentence(_ plan: CheckOutPlan, _ view: FolioView) -> String {
        guard !plan.steps.isEmpty else {
            let isPaid =
                plan.due == 0 && plan.setAside == 0 && view.totals.captured.isPositive && view.totals.processing.isZero
            return self(plan.due > 0 ? .tooLittleToTake : isPaid ? .allPaid : .nothingToMove)
        }
        let parts = plan.steps.map { step($0, view) }
        let last = parts.last!
        let joined = parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + self(.and) + last
        return joined.prefix(1).uppercased() + joined.dropFirst() + "."
    }

    func step(_ step: CheckOutStep, _ view: FolioView) -> String {
        func amount(_ units: Int64) -> String { money(Money(minorUnits: units, currency: view.tenant.currency)) }
        switch step {
        case .increment(_, let from, let to): return self(.stepIncrement(amount(from), amount(to)))
        case .capture(let number, let units):
            let rest = view.holds.first { $0.number == number }?.rest(after: units)
            return self(.stepCapture(amount(units), rest: rest.map { amount($0.minorUnits) }))
        case .chargeSavedCard(let units):
            let card = view.chargeableCard.map { "\($0.brand.capitalized) …\($0.last4)" } ?? ""
            return self(.stepCharge(amount(units), card))
        case .paymentPage(let units): return self(.stepLink(amount(units)))
        case .release(_, let units): return self(.stepRelease(amount(units)))
        case .refund(_, let units): return self(.stepRefund(amount(units)))
        }
    }

    // MARK: - While it runs, and afterwards

    private func progressPage(_ view: FolioView, _ checkOut: CheckOut?, _ message: HTML) -> HTML {
        let folio = view.folio
        let isRunning = folio.state == .closing
        let isParked = isRunning && folio.notice?.code == FolioNotice.operationParkedCode
        let (title, running, done): (Phrase, Phrase, Phrase) =
            switch checkOut?.outcome {
            case .cancelled: (.cancellation, .cancellationRuns, .cancellationDone)
            case .noShow: (.noShow, .noShowRuns, .noShowDone)
            case .checkedOut where folio.stay != nil:
                (.lateCharge, .lateChargeRuns, .closedWell(view.document?.number ?? ""))
            default: (.checkOut, .running, .closedWell(view.document?.number ?? ""))
            }
        let steps = (checkOut?.steps ?? []).filter { $0.state != .replaced }
        let refused = steps.filter { $0.state == .refused }.compactMap(\.failure)
        let outcome: HTML =
            switch folio.state {
            case .closing where isParked: staffNotice(folio)
            case .closing: notice(.info, running, .runningHint)
            case .awaitingGuest where view.waitsForMoneyOnly:
                notice(.info, .moneyOnItsWay, .moneyOnItsWayHint)
            case .awaitingGuest:
                notice(
                    .warn, guestMustAct(refused),
                    """
                    \(refused.html { because($0) })
                    <p>\(self(.nextSendLink))</p>\(guestPage(view))
                    \(form(here("check-out", "withdrawal"), "<button>\(self(.withdrawLink))</button>"))
                    \(muted(.withdrawLinkHint))
                    """)
            case .checkedOut, .cancelled, .noShow: notice(.good, done)
            case .open: notice(.info, folio.state.phrase.capitalised, .none)
            }
        let document: HTML =
            view.document == nil
            ? .none
            : linkButton(.showDocument, here("document"), class: "primary big")
        return layout(
            "\(self(title)) · \(folio.guest.name)", section: .desk,
            refresh: folio.state.isClosed || folio.state == .open
                ? nil : Refresh(seconds: isParked ? 60 : isRunning ? 2 : 20, of: here("check-out")),
            """
            \(checkOutHead(view, title))
            \(message)\(outcome)\(moneyBackNotices(view))
            <div class="check-out">\(card("steps", .stepByStep, """
            \(steps.isEmpty ? empty(.nothingToMove) : """
            <ol class="step-list">\(steps.html { stepRow($0, view) })</ol>
            """)
            <div class="row">\(document)\(linkButton(.toFolio, here()))\(linkButton(.desk, link("reception")))</div>
            """))<div>\(taxesCard(view))</div></div>
            """)
    }

    private func stepRow(_ stored: CheckOut.Step, _ view: FolioView) -> HTML {
        let (tone, name): (Tone, Phrase) =
            switch stored.state {
            case .waiting: (.info, .stepWaiting)
            case .awaitingGuest: (.warn, .stepAwaiting)
            case .done: (.good, .stepDone)
            case .refused, .replaced: (.bad, stored.failure?.badge.capitalised ?? .stepRefused)
            }
        let words = step(stored.step, view)
        return """
            <li class="\(tone.rawValue)"><span>\(words.prefix(1).uppercased())\(words.dropFirst())</span> \
            \(badge(tone, self(name)))\
            \(remark(stored.failure))</li>
            """
    }

    func taxesCard(_ view: FolioView) -> HTML {
        guard !view.taxes.isEmpty else { return .none }
        return card(
            "taxes", .taxes,
            """
            \(taxTable(view.taxes))
            """)
    }

    func taxTable(_ taxes: [TaxTotal]) -> HTML {
        table(
            .taxes,
            [.text(.rateHead), .number(.net), .number(.tax), .number(.gross)],
            taxes.html {
                """
                <tr><th scope="row">\($0.rate.basisPoints == nil ? self(.untaxed) : language.rate($0.rate))</th>\
                \(amountCell($0.net))\(amountCell($0.tax))\(amountCell($0.gross))</tr>
                """
            })
    }

    private func linesSummary(_ view: FolioView) -> HTML {
        let rows = view.lines.html { line in
            """
            <tr\(" class=\"lowers\"", if: line.kind != .charge)>\
            <td class="when">\(language.shortDay(line.serviceDate))</td>\
            <td>\(line.description)\(each(of: line))</td>\(amountCell(line.gross))</tr>
            """
        }
        return card(
            "lines", .lines,
            table(
                .lines, class: "folded", [.text(.date), .text(.description), .number(.amount)], rows,
                foot: """
                    <tr><td class="when"></td><th scope="row">\(self(.sum))</th>\
                    <td class="n">\(money(view.totals.charged))</td></tr>
                    """))
    }

    // MARK: - The buttons

    /// Takes the guest's page back: the folio is open again, unless the guest was faster.
    fileprivate func withdraw() async throws -> HTTPResponse {
        do {
            _ = try await ledger.withdrawCheckOut(reference, of: tenant.id, by: actor, key: key)
            return see(here("check-out"))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try checkOutPage(notice(refusal)))
        }
    }

    /// Waits a moment for the end; what takes longer goes on without the browser, and the page shows how far it is.
    fileprivate func runCheckOut() async throws -> HTTPResponse {
        let (reference, tenantID, actor, key) = (reference, tenant.id, actor, key)
        let (plan, isEmpty) = (field("plan") ?? "", field("nothing_charged") != nil)
        do {
            let isConfirmed = try await confirmIfTyped()
            _ = try await withTimeout(.seconds(6)) {
                _ = try await ledger.checkOut(
                    reference, plan: plan, nothingCharged: isEmpty, of: tenantID, isConfirmed: isConfirmed, by: actor,
                    key: key)
            }
            return see(here("check-out"))
        } catch ServiceRefusal.planChanged {
            return html(409, try checkOutPage(notice(.warn, .planChanged, .planChangedHint)))
        } catch ServiceRefusal.checkOutInProgress, ServiceRefusal.folioAwaitingGuest {
            return see(here("check-out"))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try checkOutPage(notice(refusal)))
        }
    }
}
