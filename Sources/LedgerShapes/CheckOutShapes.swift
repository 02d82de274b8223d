import Ledger
import LedgerService

/// A check-out before it is carried out, and afterwards.
package enum CheckOutShapes {
    package static let step = Shape<InCurrency<CheckOutStep>>(
        "PlannedStep", "One step of a check-out plan.",
        [
            .choice("do", "What it does.", of: CheckOutStep.names, example: "capture") { $0.name },
            .optionalInteger("hold", "The hold it acts on.", example: 1) { $0.hold },
            .optionalInteger("payment", "The payment it refunds.") { $0.payment },
            .amount("amount", "The amount, in minor units.", example: 30000) { $0.money($0.amount) },
        ])

    /// A step as it stands in a file, where no plan says its currency.
    package static let stepInFile = Shape<InCurrency<CheckOutStep>>(
        "PlannedStepInFile", "One step of a check-out plan, with the currency of its amount.",
        step.properties + [.text("currency", "The currency of the amount.", example: "eur") { $0.currency.code }])

    package static let warning = Shape<InCurrency<CheckOutWarning>>(
        "PlanWarning", "Something to know before the check-out is executed.",
        [
            .choice(
                "code",
                "The kind of warning. `not_refundable`: an open credit that has to be paid outside Stripe. `refund_set_aside`: refunded while the bill stayed unchanged; not charged until somebody decides.",
                of: CheckOutWarning.codes, example: "below_minimum"
            ) { $0.code },
            .optionalAmount("amount", "The amount, in minor units.", example: 30) { warning in warning.amount.map(warning.money) },
            .optionalInteger("hold", "The hold it is about.") { $0.hold },
            .optionalText("reason", "The reason, if it is known.", example: "the guest's bank contests the payment") {
                $0.why?.words(in: .english)
            },
        ])

    package static let plan = Shape<CheckOutPlan>(
        "Plan", "The steps of a check-out, in order. The id changes whenever anything that it depends on changes.",
        [
            .text("id", "Send it to the check-out route to execute exactly this plan.", example: "0f3a9c1e5b7d2846") { $0.id },
            .amount("due", "The amount to take; negative if money is refunded.", example: 34330) { $0.money($0.due) },
            .amount("set_aside", "The open amount that is not part of any step until somebody decides about a refund.", example: 0) {
                $0.money($0.setAside)
            },
            .list("steps", "The steps, in order.", step) { plan in plan.steps.map { InCurrency($0, plan.currency) } },
            .amount("rest", "The amount that stays open because no step can settle it.", example: 0) { $0.money($0.rest) },
            .list("warnings", "The warnings.", warning) { plan in plan.warnings.map { InCurrency($0, plan.currency) } },
        ])

    package static let preview = Shape<CheckOutPreview>(
        "CheckOutPreview", "The folio's current totals and plan.",
        [
            .text("reference", "The folio's reference.", example: "R-4711") { $0.view.folio.reference },
            .text("currency", "The currency of all amounts.", example: "eur") { $0.view.tenant.currency.code },
            .object("totals", "The folio's totals.", FolioShapes.totals) { $0.view.totals },
            .list("taxes", "The tax per rate.", FolioShapes.tax) { $0.view.taxes },
            .object("plan", "The plan.", plan) { $0.plan },
        ])

    package static let doneStep = Shape<InLanguage<InCurrency<CheckOut.Step>>>(
        "Step", "One step of a check-out, with its outcome.",
        [
            .choice("do", "What it does.", of: CheckOutStep.names, example: "capture") { $0.step.name },
            .optionalInteger("hold", "The hold it acts on.", example: 1) { $0.step.hold },
            .optionalInteger("payment", "The payment it refunds.") { $0.step.payment },
            .amount("amount", "The amount, in minor units.", example: 30000) { $0.value.money($0.step.amount) },
            .choice("state", "The state of the step.", of: ["waiting", "awaiting_guest", "done", "refused", "replaced"], example: "done") {
                $0.state.rawValue
            },
            FolioShapes.failure { $0.failure }, FolioShapes.failureCode { $0.failure },
        ])

    /// A step as it stands in a file, where no folio says its currency.
    package static let doneStepInFile = Shape<InLanguage<InCurrency<CheckOut.Step>>>(
        "StepInFile", "One step of a check-out, with its outcome and the currency of its amount.",
        doneStep.properties + [.text("currency", "The currency of the amount.", example: "eur") { $0.value.currency.code }])

    package static let result = Shape<ShownCheckOut>(
        "CheckOutResult", "The outcome of a check-out, a cancellation or a no-show.",
        [
            .text("reference", "The folio's reference.", example: "R-4711") { $0.view.folio.reference },
            .choice("state", "The folio's state afterwards.", of: Folio.State.allCases.map(\.rawValue), example: "checked_out") {
                $0.state.rawValue
            },
            .text("currency", "The currency of all amounts.", example: "eur") { $0.view.tenant.currency.code },
            .object("totals", "The folio's totals.", FolioShapes.totals) { $0.view.totals },
            .list("steps", "The steps.", doneStep) { $0.steps },
            .list("warnings", "The warnings for staff.", FolioShapes.warning) {
                FolioWarning.all(of: $0.view.summary, zone: $0.view.tenant.timeZone, in: $0.language)
            },
            .optionalText("payment_url", "The page on which the guest still has to pay.", example: nil) { ended in
                ended.state == .awaitingGuest ? ended.view.folio.paymentURL : nil
            },
            .optionalObject("document", "The document, once the folio is closed.", FolioShapes.document) { ended in
                ended.state.isClosed ? ended.view.document : nil
            },
        ])

    /// A check-out that came to its end, or waits for the guest.
    package struct ShownCheckOut: Sendable {
        let view: FolioView
        let checkOut: CheckOut
        let language: Language

        /// - Parameter language: Of the sentences in it.
        package init(_ result: CheckOutResult, in language: Language) {
            view = result.view
            checkOut = result.checkOut
            self.language = language
        }

        /// In order, those that others took the place of too.
        package var steps: [InLanguage<InCurrency<CheckOut.Step>>] {
            checkOut.steps.map { InLanguage(InCurrency($0, view.tenant.currency), language) }
        }

        /// What the check-out made of the folio; what others did to it since is another story.
        var state: Folio.State {
            switch checkOut.state {
            case .running: .closing
            case .awaitingGuest: .awaitingGuest
            case .done: checkOut.outcome
            case .incomplete: .open
            }
        }

        /// 200 when it is over, 202 while the guest still has something to do.
        package var status: Int { state.isClosed || state == .open ? 200 : 202 }
    }
}
