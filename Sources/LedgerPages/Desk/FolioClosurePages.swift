import Ledger
import LedgerAccess
import LedgerService
import WebServer

extension Route {
    /// The ways a stay ends without a check-out: a form, a page that says what will happen, and the button on it.
    static let closureRoutes: [Route] = FolioClosureForm.allCases.flatMap { kind in
        [
            kind.area.get("", .checkOut) { visit in visit.html(try visit.closurePage(kind)) },
            kind.area.preview("/confirmation", .checkOut) { try $0.confirmClosure(kind) },
            kind.area.post("", .checkOut) { try await $0.end(kind) },
        ]
    }
}

/// How a stay is ended by a form.
enum FolioClosureForm: String, CaseIterable, Sendable {
    case cancellation
    case noShow = "no-show"

    fileprivate var area: Area<OneFolio> { Route.folio.below(self == .cancellation ? "/cancellation" : "/no-show") }
    var title: Phrase { self == .cancellation ? .cancellation : .noShow }
    fileprivate var lead: Phrase { self == .cancellation ? .cancellationLead : .noShowLead }
    fileprivate var fee: Phrase { self == .cancellation ? .cancellationFee : .noShowFee }
    fileprivate var feeHint: Phrase { self == .cancellation ? .cancellationFeeHint : .noShowFeeHint }
    fileprivate var confirm: Phrase { self == .cancellation ? .confirmCancellation : .confirmNoShow }
}

extension FolioVisit {
    // MARK: - What is asked

    fileprivate func closurePage(_ kind: FolioClosureForm, _ message: HTML = .none) throws -> HTML {
        // Refuses a folio that is no longer open.
        let view = try ledger.checkOutPreview(reference, of: tenant.id).view
        if kind == .noShow, view.folio.stay != nil { throw LateChargeRefusal.noShow(reference) }
        let kept = kind == .noShow && view.totals.captured.isPositive
        return narrowPage(
            "\(self(kind.title)) · \(view.folio.guest.name)", view, "\(self(kind.title)): \(view.folio.guest.name)",
            """
            <p class="lead">\(self(kind.lead))</p>
            \(message)
            \(card("now", .everythingPaidOrHeld, """
            <dl class="figures">\(figure(.charged, view.totals.charged))\(figure(.held, view.totals.held))\
            \(figure(.paidSoFar, view.totals.captured))</dl>
            """))
            \(form(here(kind.rawValue, "confirmation"), class: "card stack", """
            \(view.folio.stay != nil
                ? .none : amountInput(kind.fee, "fee", value: suggestedFee(kind, view), hint: kind.feeHint))
            \(kept ? keptInput : .none)
            \(input(.reason, "reason", value: kind == .noShow ? self(.noShowReason) : "", attributes: limits(.reason)))
            \(muted(.afterNext))
            \(lastRow(back: here(), .back, .nextStep))
            """))
            """)
    }

    private var keptInput: HTML {
        input(
            .keptDeposit, "kept", value: "0", hint: .keptDepositHint,
            attributes: "inputmode=\"decimal\" autocomplete=\"off\"")
    }

    /// One night for a guest who did not come, when one has been charged.
    private func suggestedFee(_ kind: FolioClosureForm, _ view: FolioView) -> String {
        let night = view.lines.first { $0.kind == .charge && $0.category == .lodging }?.unitAmount
        return language.plain(kind == .noShow ? night ?? .zero(view.tenant.currency) : .zero(view.tenant.currency))
    }

    private func typedClosure(_ kind: FolioClosureForm) throws -> (closure: FolioClosure, fee: Money, kept: Money?) {
        func amount(_ name: String) throws -> Money? {
            guard let text = field(name), !text.isEmpty else { return nil }
            return try Money(reading: text, in: tenant.currency)
        }
        let fee = try amount("fee") ?? .zero(tenant.currency)
        let kept = kind == .noShow ? try amount("kept") : nil
        return (kind == .cancellation ? .cancellation(fee: fee) : .noShow(fee: fee, kept: kept), fee, kept)
    }

    // MARK: - What will happen

    fileprivate func confirmClosure(_ kind: FolioClosureForm) throws -> HTTPResponse {
        do {
            if isChange { return html(try closurePage(kind)) }
            return html(try confirmationPage(kind))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try closurePage(kind, notice(refusal)))
        }
    }

    private func confirmationPage(_ kind: FolioClosureForm, _ message: HTML = .none) throws -> HTML {
        let typed = try typedClosure(kind)
        let reason = field("reason") ?? ""
        let preview = try ledger.closurePreview(typed.closure, reason: reason, of: reference, of: tenant.id)
        let (view, plan) = (preview.view, preview.plan)
        return narrowPage(
            "\(self(kind.title)) · \(view.folio.guest.name)", view, "\(self(kind.title)): \(view.folio.guest.name)",
            """
            \(message)
            \(card("then", .whatHappens, class: "plan", """
            <p class="sentence">\(plan.steps.isEmpty ? self(.noMoneyMoves) : sentence(plan, view))</p>
            <ul class="ways">\(consequences(kind, typed.fee, typed.kept, view).html { "<li>\($0)</li>" })</ul>
            \(warnings(plan, view))
            <p class="muted">\(self(.reason)): \(reason)</p>
            \(form(here(kind.rawValue), class: "stack", """
            \(hidden("plan", plan.id))\(hidden("fee", field("fee") ?? ""))\
            \(hidden("kept", field("kept") ?? ""))\(hidden("reason", reason))\
            \(try passwordAgain(toGiveBack: plan.givenBack))
            \(slowButton(self(button(kind, plan, view))))
            \(otherWays(here(kind.rawValue, "confirmation")))
            """))
            """))
            """)
    }

    /// What to know before a plan is carried out.
    func warnings(_ plan: CheckOutPlan, _ view: FolioView) -> HTML {
        guard !plan.warnings.isEmpty else { return .none }
        let warnings = plan.warnings.html { "<li>\($0.sentence(in: language, view.tenant.currency))</li>" }
        return "<ul class=\"warnings\">\(warnings)</ul>"
    }

    /// Beside the button that does it: back to what was typed, or away.
    func otherWays(_ confirmation: Link) -> HTML {
        """
        <div class="row">\
        <button formaction="\(confirmation)" name="change" value="1">\(self(.changeSomething))</button>\
        \(linkButton(.leaveIt, here()))</div>
        """
    }

    /// Whether somebody who saw what will happen wants to type something else.
    var isChange: Bool { field("change") != nil }

    private func consequences(_ kind: FolioClosureForm, _ fee: Money, _ kept: Money?, _ view: FolioView) -> [String] {
        var all: [Phrase] = []
        if !view.totals.charged.isZero { all.append(.chargesReversed(money(view.totals.charged))) }
        all.append(fee.isZero ? .noFee : .feeCharged(kind.fee, money(fee), taxed: kind == .noShow))
        if let kept, !kept.isZero { all.append(.depositKept(money(kept))) }
        if view.folio.paymentURL != nil { all.append(.pageWithdrawn) }
        if view.holds.contains(where: { $0.state == .requested && $0.origin == .savedCard }) {
            all.append(.plannedHoldDropped)
        }
        if view.folio.savedCard != nil { all.append(.cardForgotten) }
        return (all + [.folioCloses]).map { self($0) }
    }

    private func button(_ kind: FolioClosureForm, _ plan: CheckOutPlan, _ view: FolioView) -> Phrase {
        func amount(_ units: Int64) -> String { money(Money(minorUnits: units, currency: view.tenant.currency)) }
        let (moved, linked) = plan.amounts
        switch (moved, linked) {
        case (1..., 1...): return .confirmTakeAndLink(kind.confirm, amount(moved), amount(linked))
        case (_, 1...): return .confirmAndLink(kind.confirm, amount(linked))
        case (1..., _): return .confirmAndTake(kind.confirm, amount(moved))
        case (..<0, _): return .confirmAndGiveBack(kind.confirm, amount(-moved))
        default: return kind.confirm
        }
    }

    // MARK: - The button

    fileprivate func end(_ kind: FolioClosureForm) async throws -> HTTPResponse {
        do {
            let (isConfirmed, reference, tenantID, actor, key) = (
                try await confirmIfTyped(), reference, tenant.id, actor, key
            )
            let (typed, reason, plan) = (try typedClosure(kind), field("reason") ?? "", field("plan") ?? "")
            _ = try await withTimeout(.seconds(6)) {
                switch typed.closure {
                case .cancellation(let fee):
                    _ = try await ledger.cancel(
                        reference, fee: fee, reason: reason, plan: plan, of: tenantID, isConfirmed: isConfirmed,
                        by: actor, key: key)
                case .noShow(let fee, let kept):
                    _ = try await ledger.recordNoShow(
                        reference, fee: fee, kept: kept, reason: reason, plan: plan, of: tenantID,
                        isConfirmed: isConfirmed,
                        by: actor, key: key)
                }
            }
            return see(here("check-out"))
        } catch let refusal as AccessRefusal where refusal == .passwordWanted || refusal == .passwordWrong {
            return html(409, try confirmationPage(kind, notice(refusal)))
        } catch ServiceRefusal.planChanged {
            return html(409, try confirmationPage(kind, notice(.warn, .closureChanged, .closureChangedHint)))
        } catch let refusal as any Refusal where refusal.isForThePage {
            // It was decided, and Stripe is silent; or somebody else was faster. Either way that page says how far it
            // is.
            guard try folioView().folio.state == .open else { return see(here("check-out")) }
            return html(409, try closurePage(kind, notice(refusal)))
        }
    }
}
