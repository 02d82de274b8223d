import Ledger
import LedgerService
import WebServer

/// What is charged, held and paid, and what to do when the hold no longer covers the stay.
extension FolioVisit {
    /// Charged against held in one bar.
    func coverCard(_ view: FolioView, _ outlooks: [HoldOutlook]) -> HTML {
        let totals = view.totals
        guard !view.folio.state.isClosed, view.folio.mode == .reserved || totals.held.isPositive else {
            return card(
                "cover", .payment, class: "cover-card",
                """
                <dl class="figures">\(figure(.charged, totals.charged))\(figure(.paidSoFar, totals.captured))\
                \(totals.refunded.isZero ? .none : figure(.givenBack, totals.refunded))\
                \(withdrawnFigures(totals))\(figure(.stillOpen, totals.open, strong: true))\
                \(setAsideFigure(totals))</dl>
                \(savedCard(view))
                """)
        }
        return card(
            "cover", .cover, class: "cover-card",
            """
            <dl class="figures">\(figure(.charged, totals.charged, strong: true))\(figure(.held, totals.held))\
            \(totals.captured.isZero ? .none : figure(.paidSoFar, totals.captured))\(withdrawnFigures(totals))\
            \(setAsideFigure(totals))\
            \(totals.uncovered.isPositive
                ? figure(.uncoveredShort, totals.uncovered, tone: "bad") : figure(.roomLeft, left(totals)))</dl>
            \(bar(totals))
            <p class="muted">\(holdSentence(view, outlooks))</p>\(nights(view))\(savedCard(view))
            """)
    }

    /// For how many nights the hold is still enough, and how its amount came about.
    private func nights(_ view: FolioView) -> HTML {
        let covered = view.totals.held.isPositive ? view.summary.nightsCovered : nil
        return (covered.map { muted(.nightsCovered($0)) } ?? .none)
            + (view.folio.proposal.map { muted(.proposed(self($0.phrase))) } ?? .none)
    }

    /// The card that may be charged without the guest, and for what besides the bill.
    private func savedCard(_ view: FolioView) -> HTML {
        guard let card = view.folio.savedCard else { return .none }
        let name = "\(card.brand.capitalized) …\(card.last4)"
        let late = card.terms.late.map { late in
            self(.lateChargesUntil(late.days, late.categories.inOrder.map { self($0.phrase) }.joined(separator: ", ")))
        }
        let terms = [card.terms.ceiling.map { self(.holdsUpTo(money($0))) }, late].compactMap { $0 }
        return muted(([self(.savedCardIs(name))] + terms).joined(separator: " "))
    }

    /// What banks took back, and what of it nobody is asked for any more.
    private func withdrawnFigures(_ totals: FolioTotals) -> HTML {
        (totals.withdrawn.isZero ? .none : figure(.withdrawnByBank, totals.withdrawn, tone: "warn"))
            + (totals.writtenOff.isZero ? .none : figure(.writtenOff, totals.writtenOff))
    }

    private func setAsideFigure(_ totals: FolioTotals) -> HTML {
        totals.setAside.isZero ? .none : figure(.setAside, totals.setAside, tone: "warn")
    }

    /// What holds have to cover: nothing that is set aside is taken.
    private func toCover(_ totals: FolioTotals) -> Int64 {
        max(0, totals.unpaid.minorUnits.clampedSubtracting(totals.setAside.minorUnits))
    }

    private func left(_ totals: FolioTotals) -> Money {
        let left = totals.held.minorUnits.clampedSubtracting(toCover(totals))
        return Money(minorUnits: max(0, left), currency: totals.held.currency)
    }

    /// Open against held. Drawn without style attributes, which the pages' policy forbids.
    private func bar(_ totals: FolioTotals) -> HTML {
        let open = toCover(totals)
        let held = totals.held.minorUnits
        let whole = max(open, held, 1)
        let covered = Self.thousandths(min(open, held), of: whole)
        let beyond = Self.thousandths(max(0, open.clampedSubtracting(held)), of: whole)
        let mark = Self.thousandths(held, of: whole)
        let label = Phrase.barLabel(money(Money(minorUnits: open, currency: totals.open.currency)), money(totals.held))
        return """
            <svg class="bar" viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" aria-label="\(self(label))">
            <rect class="track" width="1000" height="28"/><rect class="held" width="\(mark)" height="28"/>\
            <rect class="covered" width="\(covered)" height="28"/>\
            <rect class="beyond" x="\(1000 - beyond)" width="\(beyond)" height="28"/></svg>
            """
    }

    /// How long the hold lives, and what happens then.
    private func holdSentence(_ view: FolioView, _ outlooks: [HoldOutlook]) -> String {
        let live = view.holds.filter { $0.isLive(at: view.asOf) }
        if let until = live.compactMap(\.captureBefore).min() {
            let days = view.asOf.day(in: zone).days(until: until.day(in: zone))
            let next = outlooks.first { $0.hold.captureBefore == until }.map { nextWords($0, view) } ?? []
            return ([.holdUntil(instant(until), days)] + next).map { self($0) }.joined(separator: " ")
        }
        if !live.isEmpty { return self(.holdWithoutEnd) }
        if let planned = view.holds.first(where: { $0.state == .requested && $0.origin == .savedCard }),
            let on = planned.placeOn
        {
            return self(.holdPlanned(money(planned.amount), day(on)))
        }
        if view.holds.contains(where: { $0.state == .requested }) { return self(.holdAskedFor) }
        if view.holds.contains(where: { $0.state == .expired || $0.state == .authorised }) { return self(.holdIsOver) }
        return self(view.folio.savedCard == nil ? .noHoldYet : .cardWithoutHold)
    }

    /// What staff has to know now, with what to do.
    func folioNotices(_ view: FolioView, _ outlooks: [HoldOutlook]) -> HTML {
        let folio = view.folio
        var notices = HTML.none
        switch folio.state {
        case .closing:
            notices += notice(
                .info, .closingNow,
                may(.checkOut)
                    ? "<p>\(linkButton(.look, here("check-out")))</p>" : .none)
        case .awaitingGuest where view.waitsForMoneyOnly:
            notices += notice(.info, .moneyOnItsWay, .moneyOnItsWayHint)
        case .awaitingGuest: notices += notice(.warn, .guestMustPay, guestPage(view))
        case .open, .checkedOut, .cancelled, .noShow: break
        }
        notices += moneyBackNotices(view)
        if let running = view.lateCharges.first(where: { $0.folio.state == .closing })?.folio {
            notices += notice(
                .info, .lateChargeRuns, "<p><a href=\"\(folioLink(running.reference))\">\(running.reference)</a></p>")
        }
        if folio.state == .open, view.holdExceeded { notices += uncoveredNotice(view, outlooks) }
        if folio.state == .open, let url = folio.paymentURL, Link(elsewhere: url) != nil {
            notices += notice(.info, .pageIsOut, "\(guestPage(view))\(otherPage(view))")
        }
        notices = riskNotices(view) + notices
        if folio.state == .open, view.holdExceeded, isSaidByCover(folio.notice, view) { return notices }
        return notices + foundNotice(view)
            + (folio.notice?.code == FolioNotice.foundCode && !view.found.isEmpty ? .none : staffNotice(folio))
    }

    /// Whether the notice that something is not covered says as much: that a hold is over.
    private func isSaidByCover(_ notice: FolioNotice?, _ view: FolioView) -> Bool {
        switch notice {
        case .holdExpired: true
        case .holdNotRenewed(_, let end, _, _): end <= view.asOf
        default: false
        }
    }

    /// What fraud prevention and banks said, with what can be done about it here.
    func riskNotices(_ view: FolioView) -> HTML {
        view.riskNotices.html { entry in
            let sentence = "<p>\(entry.notice.sentence(in: language, zone: zone))</p>" as HTML
            let way: HTML? =
                switch entry.remedy {
                case .cancelHold where may(.hold) && view.folio.state == .open:
                    linkButton(.releaseThis(entry.number), here("holds", String(entry.number), "release"))
                case .refundPayment where may(.refund):
                    linkButton(.refundThis(entry.number), here("payments", String(entry.number), "refund"))
                case .cancelHold, .refundPayment: nil
                }
            let content = sentence + (way.map { "<p>\($0)</p>" as HTML } ?? .none)
            if case .fraudWarning = entry.notice { return notice(.bad, .bankWarns, content) }
            return notice(.warn, .riskOfFraud, content)
        }
    }

    /// What was said of a hold or a payment, in a few words.
    private func remark(_ risk: Risk?) -> HTML {
        let words = risk?.remarks.map { self($0) }.joined(separator: ", ") ?? ""
        return words.isEmpty ? .none : remark(words.prefix(1).uppercased() + words.dropFirst())
    }

    /// What Stripe has for this folio and these books do not count.
    private func foundNotice(_ view: FolioView) -> HTML {
        guard let first = view.found.first else { return .none }
        let units = view.found.filter { $0.currency == first.currency }.map(\.amount).clampedSum
        let sum = Money(minorUnits: units, currency: Currency(first.currency) ?? view.tenant.currency)
        return notice(
            .warn, .foundAtStripe,
            """
            <p>\(FolioNotice.foundAtStripe(sum).sentence(in: language, zone: zone))</p><ul>\(view.found.html { found in
            """
            <li><code>\(found.id)</code> \
            \(found.money.map(money) ?? "\(found.amount) \(found.currency)") · \(self(found.state.phrase))</li>
            """
            })</ul>
            """)
    }

    /// Refunds that wait for a decision, and the open credit that cannot be refunded through Stripe.
    func moneyBackNotices(_ view: FolioView) -> HTML {
        [view.summary.setAsideWords, view.summary.openCreditWords].compactMap { $0 }.html {
            notice(.warn, .toKnow, "<p>\(self($0))</p>")
        }
    }

    /// What the books have to tell of this folio.
    func staffNotice(_ folio: Folio) -> HTML {
        folio.notice.map { told in
            // An old hold that is still being released needs nobody.
            notice(
                told.code == FolioNotice.overlapCode ? .info : .warn, .toKnow,
                "<p>\(folio.noticeSentence(in: language, zone: zone) ?? "")</p>")
        } ?? .none
    }

    /// The address that the guest needs, ready to be copied or sent.
    func guestPage(_ view: FolioView) -> HTML {
        guard let url = view.folio.paymentURL, let link = Link(elsewhere: url) else {
            return "<p>\(self(.linkComes))</p>"
        }
        let mail: HTML =
            view.folio.guest.email.map { email in
                """
                <a class="button" href="\(GuestMail(view, page: url).link(to: email))">\(self(.sendByMail))</a>
                """
            } ?? .none
        return copyField(
            "guest-link", .guestsPage, url,
            """
            \(mail)<a class="button" href="\(link)" rel="noreferrer" target="_blank">\(self(.openPage))</a>
            """)
    }

    /// So much more cover is suggested: what is missing, in round figures.
    func moreCover(_ view: FolioView) -> Money {
        let uncovered = view.totals.uncovered
        return Money(minorUnits: uncovered.minorUnits.clampedAdding(4999) / 5000 * 5000, currency: uncovered.currency)
    }

    /// The stay costs more than the bank keeps aside: the ways on.
    private func uncoveredNotice(_ view: FolioView, _ outlooks: [HoldOutlook]) -> HTML {
        let folio = view.folio
        let expired =
            view.totals.held.isZero
            && view.holds.contains { $0.state == .expired || ($0.state == .authorised && !$0.isLive(at: view.asOf)) }
        let uncovered = money(view.totals.uncovered)
        let ask: HTML =
            mayAskForHold(view)
            ? """
            <li><strong>\(self(view.totals.held.isZero ? .askForHold : .askForMore))</strong> \
            \(self(view.totals.held.isZero ? .askHint : .askForMoreHint(money(view.totals.held))))
            \(holdForm(moreCover(view)))</li>
            """ : .none
        // Unless a hold ends, and somebody has to see to it.
        let isAll = folio.paymentURL == nil && outlooks.allSatisfy(\.isByItself)
        let atCheckOut: HTML =
            folio.savedCard.map { card in
                """
                <li><strong>\(self(.restAtCheckOut))</strong> \
                \(self(.restFromCard(uncovered, "\(card.brand.capitalized) …\(card.last4)", isAll: isAll)))</li>
                """
            } ?? "<li><strong>\(self(.restByLink))</strong> \(self(.restByLinkHint(uncovered)))</li>"
        return notice(
            .warn,
            expired ? .expiredTitle(uncovered) : .uncoveredTitle(uncovered, wasHeld: view.totals.held.isPositive),
            "<ul class=\"ways\">\(atCheckOut)\(raiseWay(outlooks))\(ask)</ul>")
    }

    /// More cover without the guest, as far as the guest has agreed to.
    private func raiseWay(_ outlooks: [HoldOutlook]) -> HTML {
        guard may(.hold), let outlook = outlooks.first(where: { $0.most != nil }), let most = outlook.most
        else { return .none }
        return """
            <li><strong>\(self(.raiseHold))</strong> \(self(.raiseUpTo(money(most)))) \
            \(linkButton(.raise, here("holds", String(outlook.hold.number), "raise")))</li>
            """
    }

    /// The way on where the guest cannot pay as the open page asks for: another page, for the same amount.
    private func otherPage(_ view: FolioView) -> HTML {
        let form: HTML
        switch view.pageSubject {
        case .hold(let hold) where may(.hold):
            form = askForm(
                here("holds"), .holdAmount, "amount", language.plain(hold.amount), "method", toHold: true,
                besides: hold.method)
        case .payment(let payment) where may(.checkOut):
            form = askForm(
                here("payments"), .paymentAmount, "pay_amount", language.plain(payment.amount), "pay_method",
                toHold: false, besides: payment.method)
        default: return .none
        }
        guard !form.isEmpty else { return .none }
        return """
            <details class="more"><summary>\(self(.otherMethodShort))</summary>
            <p class="muted">\(self(.otherMethodHint))</p>\(form)</details>
            """
    }

    func mayAskForHold(_ view: FolioView) -> Bool {
        may(.hold) && view.folio.state == .open && view.folio.source == .reservation && view.folio.paymentURL == nil
    }

    /// Asks the guest for a further hold.
    func holdForm(_ suggestion: Money) -> HTML {
        askForm(here("holds"), .holdAmount, "amount", language.plain(suggestion), "method", toHold: true)
    }

    /// An amount, the method to pay it with, and the button; nothing where there is no other method than `shown`.
    private func askForm(
        _ action: Link, _ label: Phrase, _ name: String, _ suggestion: String, _ method: String, toHold: Bool,
        besides shown: PaymentMethod? = nil
    ) -> HTML {
        let methods = methodSelect(method, toHold: toHold, besides: shown)
        guard shown == nil || !methods.isEmpty else { return .none }
        return form(
            action, class: "inline",
            """
            <label class="hidden" for="f-\(name)">\(self(label))</label>\
            <input id="f-\(name)" name="\(name)" inputmode="decimal" \
            value="\(field(name) ?? suggestion)" size="9" required>\
            \(methods)
            <button>\(self(.askGuest))</button>
            """)
    }

    /// How the guest is asked to pay; what is usual for the folio is chosen.
    private func methodSelect(_ name: String, toHold: Bool, besides shown: PaymentMethod?) -> HTML {
        guard let choice = try? ledger.methodChoice(toHold: toHold, on: reference, of: tenant.id) else { return .none }
        let methods = choice.methods.filter { $0 != shown }
        guard !methods.isEmpty else { return .none }
        let chosen = field(name) ?? choice.usual.rawValue
        return """
            <label class="hidden" for="f-\(name)">\(self(.payBy))</label>\
            <select id="f-\(name)" name="\(name)">\(methods.html { method in
            """
            <option value="\(method.rawValue)"\(" selected", if: method.rawValue == chosen)>\
            \(self(method.phrase.capitalised))</option>
            """
            })</select>
            """
    }

    /// Holds, payments and refunds, as they came.
    func moneyCard(_ view: FolioView, _ outlooks: [HoldOutlook]) -> HTML {
        // Where cover is missing the notice above asks; elsewhere it can be asked for here.
        let ask: HTML =
            mayAskForHold(view) && !view.holdExceeded
            ? """
            <details class="more">\
            <summary>\(self(view.totals.held.isZero ? .askForHoldShort : .askForMoreShort))</summary>
            <p class="muted">\(self(view.totals.held.isZero ? .askHint : .askForMoreHint(money(view.totals.held))))</p>
            \(holdForm(view.holds.last?.amount ?? view.totals.unpaid))</details>
            """ : .none
        let pay = paymentRequest(view)
        guard !view.holds.isEmpty || !view.payments.isEmpty || !ask.isEmpty || !pay.isEmpty else { return .none }
        let holds = view.holdStatuses.reversed()
        let rows =
            holds.filter { !isEarlier($0) }.html { status in
                holdRow(status.hold, view, outlooks.first { $0.hold.number == status.hold.number })
            } + view.payments.reversed().html(paymentRow)
            + view.refunds.reversed().html { refundRow($0, view) }
        return card(
            "money", .holdsAndPayments,
            """
            \(view.holds.isEmpty && view.payments.isEmpty ? empty(.nothingHeldYet) : table(
                .holdsAndPayments, class: "folded", [.text(.what), .number(.amount), .action], rows))
            \(earlierHolds(holds.filter(isEarlier)))\(ask)\(pay)
            """)
    }

    /// Asks the guest to pay something before check-out.
    private func paymentRequest(_ view: FolioView) -> HTML {
        guard may(.checkOut), view.folio.state == .open, view.folio.paymentURL == nil else { return .none }
        let open = view.totals.unpaid
        return """
            <details class="more">\
            <summary>\(self(.askForPaymentShort))</summary>
            <p class="muted">\(self(.askForPaymentHint))</p>
            \(askForm(
                here("payments"), .paymentAmount, "pay_amount", open.isPositive ? language.plain(open) : "",
                "pay_method", toHold: false))</details>
            """
    }

    private func holdRow(_ hold: Hold, _ view: FolioView, _ outlook: HoldOutlook?) -> HTML {
        let live = hold.isLive(at: view.asOf)
        let isOver = hold.state == .authorised && !live
        let tone: Tone = live ? .good : isOver || hold.state == .expired || hold.state == .failed ? .bad : .info
        let name = isOver ? Hold.State.expired.phrase : hold.statePhrase
        let verb: Phrase = hold.state == .requested ? .withdraw : .release
        let release: HTML =
            may(.hold) && view.folio.state == .open && (live || hold.state == .requested)
            ? """
            <a class="button small" href="\(here("holds", String(hold.number), "release"))" \
            aria-label="\(self(verb)): \(self(.hold)) \(hold.number), \(money(hold.amount))">\(self(verb))</a>
            """ : .none
        return """
            <tr><td>\(self(.hold)) \(hold.number) \(badge(tone, self(name.capitalised)))\
            \(remark(hold.card.map { "\($0.brand.capitalized) …\($0.last4)" }))\(remark(hold.failure))\
            \(remark(hold.risk))\(holdDetails(hold, view, outlook))</td>\
            \(amountCell(live ? hold.held : hold.authorised.isZero ? hold.amount : hold.authorised))\
            <td class="act">\(release)</td></tr>
            """
    }

    private func paymentRow(_ payment: Payment) -> HTML {
        let tone: Tone = payment.state == .succeeded ? .good : payment.state == .failed ? .bad : .info
        // Only money that is still here can be refunded.
        let refusal = payment.state == .succeeded && payment.kept > 0 ? payment.refundRefusal : nil
        let refund: HTML =
            may(.refund) && payment.state == .succeeded && payment.refundable > 0
            ? """
            <a class="button small" aria-label="\(self(.giveBack)): \(self(.payment)) \(payment.number)" \
            href="\(here("payments", String(payment.number), "refund"))">\(self(.giveBack))</a>
            """ : .none
        return """
            <tr><td>\(self(.payment)) \(payment.number) \(badge(tone, self(payment.statePhrase.capitalised)))\
            \(remark(self(payment.origin.phrase)))\(remark(payment.failure))\
            \(remark(refusal.map { self(.notRefundableBecause($0)) }))\(remark(payment.risk))</td>\
            \(amountCell(payment.state == .succeeded ? payment.received : payment.amount))\
            <td class="act">\(refund)</td></tr>
            """
    }

    private func refundRow(_ refund: Refund, _ view: FolioView) -> HTML {
        let failed = refund.state == .failed
        let bill = failed ? nil : refund.bill
        return """
            <tr><td>\(self(.refund)) \(refund.number) \
            \(badge(failed ? .bad : .info, self(refund.state.phrase.capitalised)))\
            \(bill.map { badge($0 == .unchanged ? .warn : .info, self($0.phrase.capitalised)) })\
            \(remark(refund.reason(in: language)))</td>\
            <td class="n neg">\(money((try? refund.amount.negated()) ?? refund.amount))</td>\
            <td class="act">\(decisionForm(refund, view))</td></tr>
            """
    }
}
