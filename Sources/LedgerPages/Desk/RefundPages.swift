import Ledger
import LedgerService
import WebServer

extension Route {
    /// Giving money back, and deciding about the bill afterwards.
    static let refundRoutes: [Route] = [
        .folio.get("/payments/{payment}/refund", .refund, .payment) { visit, payment in
            visit.html(try visit.refundPage(payment, try visit.folioView()))
        },
        .folio.post("/payments/{payment}/refund", .refund, .payment) { try await $0.refund($1) },
        .folio.post("/refunds/{refund}/decision", .decideBill, .refund) { try await $0.decideBill($1) },
    ]
}

extension FolioVisit {
    // MARK: - Giving back

    fileprivate func refundPage(_ number: Int64, _ view: FolioView, _ message: HTML = .none) throws -> HTML {
        guard let payment = view.payments.first(where: { $0.number == number }) else {
            throw ServiceRefusal.paymentNotFound(number)
        }
        let most = Money(minorUnits: payment.refundable, currency: payment.amount.currency)
        let typed = field("amount").flatMap { try? Money(reading: $0, in: most.currency) } ?? most
        return narrowPage(
            self(.giveBack), view, self(.giveBackTitle(view.folio.guest.name)),
            """
            <p class="lead">\
            \(self(.giveBackOf(payment.number, self(payment.method.phrase.capitalised), money(payment.received)))) \
            \(self(.giveBackMost(money(most))))</p>
            \(message)
            \(payment.refundRefusal.map { notice(.warn, .notRefundableBecause($0)) })
            \(form(here("payments", String(payment.number), "refund"), class: "card stack", """
            \(amountInput(.amount, "amount", value: language.plain(most)))
            \(input(.reason, "reason", attributes: limits(.reason)))
            \(billQuestion(view.folio))
            \(try passwordAgain(toGiveBack: typed.minorUnits))
            \(lastRow(back: here(), .back, .giveBack))
            """))
            """)
    }

    /// Whether the bill is lowered. Nothing is preselected: the person who refunds knows why.
    private func billQuestion(_ folio: Folio) -> HTML {
        switch folio.state {
        case .open:
            let choices: [(Refund.BillChoice, Phrase, Phrase)] = [
                (.lowered, .billLower, .billLowerHint), (.unchanged, .billUnchanged, .billUnchangedHint),
            ]
            return """
                <fieldset><legend>\(self(.billQuestion))</legend>\(choices.html { choice, name, hint in
                """
                <label class="check"><input type="radio" name="bill" value="\(choice.rawValue)" required\
                \(" checked", if: field("bill") == choice.rawValue)>\
                <span><strong>\(self(name))</strong> \(remark(self(hint)))</span></label>
                """
                })</fieldset>
                """
        case .awaitingGuest, .closing: return muted(.billWaits)
        case .checkedOut, .cancelled, .noShow: return muted(.billIsFinal)
        }
    }

    fileprivate func refund(_ payment: Int64) async throws -> HTTPResponse {
        try await onFolio(form: { try refundPage(payment, $0, $1) }) {
            let amount = try Money(reading: field("amount") ?? "", in: tenant.currency)
            let isConfirmed = try await confirmIfTyped()
            _ = try await ledger.refund(
                payment: payment, amount: amount, reason: field("reason") ?? "",
                bill: field("bill").flatMap { Refund.BillChoice(rawValue: $0) }, of: reference, of: tenant.id,
                isConfirmed: isConfirmed, by: actor, key: key)
            return [("done", "refunded")]
        }
    }

    // MARK: - Deciding afterwards

    /// Two buttons next to a refund whose bill is not decided.
    func decisionForm(_ refund: Refund, _ view: FolioView) -> HTML {
        guard refund.isUndecided, view.folio.state == .open, may(.decideBill) else { return .none }
        let buttons: [(Refund.BillDecision, Phrase)] = [(.lowered, .billLower), (.chargeAgain, .takeAgain)]
        return form(
            here("refunds", String(refund.number), "decision"), class: "inline",
            buttons.html { decision, name in
                smallButton(
                    name, "bill", decision.rawValue, of: "\(self(.refund)) \(refund.number), \(money(refund.amount))")
            })
    }

    fileprivate func decideBill(_ refund: Int64) async throws -> HTTPResponse {
        try await onFolio {
            guard let decision = field("bill").flatMap({ Refund.BillDecision(rawValue: $0) }) else {
                throw ServiceRefusal.billMissing
            }
            _ = try await ledger.decideBill(
                ofRefund: refund, decision, of: reference, of: tenant.id, by: actor, once: Once(key))
            return [("done", decision == .lowered ? "bill_lowered" : "taken_again")]
        }
    }
}
