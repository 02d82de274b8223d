import Ledger
import LedgerService

enum CheckOutShapes {
    static let step = Shape<CheckOutStep>(
        "PlannedStep", "One thing that a check-out does at Stripe.",
        [
            .choice("do", "What it does.", of: CheckOutStep.names, example: "capture") { $0.name },
            .optionalInteger("hold", "The hold it works on.", example: 1) { $0.hold },
            .optionalInteger("payment", "The payment it gives back from.") { $0.payment },
            .integer("amount", "Minor units.", example: 30000) { $0.amount },
        ])

    static let warning = Shape<CheckOutWarning>(
        "PlanWarning", "Something to know before the button is pressed.",
        [
            .choice(
                "code",
                "What it is. `not_refundable`: an open credit, to be paid outside. `refund_set_aside`: went back while the bill stayed as it was; not taken until somebody decides.",
                of: CheckOutWarning.codes, example: "below_minimum"
            ) { $0.code },
            .optionalInteger("amount", "Minor units.", example: 30) { $0.amount },
            .optionalInteger("hold", "The hold it is about.") { $0.hold },
            .optionalText("reason", "Why it is so, as far as it is known.", example: "the guest's bank contests the payment") {
                $0.why?.words(in: .english)
            },
        ])

    static let plan = Shape<CheckOutPlan>(
        "Plan", "What a check-out would do, in order. Its id changes with everything it depends on.",
        [
            .text("id", "Send it back to carry out exactly this.", example: "0f3a9c1e5b7d2846") { $0.id },
            .integer("due", "What is to be taken; negative when money goes back.", example: 34330) { $0.due },
            .integer("set_aside", "What is open and in no step, until somebody decides about a refund.", example: 0) { $0.setAside },
            .list("steps", "In order.", step) { $0.steps },
            .integer("rest", "What stays open because no step can settle it.", example: 0) { $0.rest },
            .list("warnings", "To keep in mind.", warning) { $0.warnings },
        ])

    static let preview = Shape<CheckOutPreview>(
        "CheckOutPreview", "The folio's totals and the plan, as things stand now.",
        [
            .text("reference", "The folio.", example: "R-4711") { $0.view.folio.reference },
            .text("currency", "Of all amounts.", example: "eur") { $0.view.tenant.currency.code },
            .object("totals", "What it amounts to.", FolioShapes.totals) { $0.view.totals },
            .list("taxes", "The tax per rate.", FolioShapes.tax) { $0.view.taxes },
            .object("plan", "What would happen.", plan) { $0.plan },
        ])

    static let doneStep = Shape<InLanguage<CheckOut.Step>>(
        "Step", "One step of a check-out, and what came of it.",
        [
            .choice("do", "What it does.", of: CheckOutStep.names, example: "capture") { $0.step.name },
            .optionalInteger("hold", "The hold it works on.", example: 1) { $0.step.hold },
            .optionalInteger("payment", "The payment it gives back from.") { $0.step.payment },
            .integer("amount", "Minor units.", example: 30000) { $0.step.amount },
            .choice("state", "How far it is.", of: ["waiting", "awaiting_guest", "done", "refused", "replaced"], example: "done") {
                $0.state.rawValue
            },
            FolioShapes.failure { $0.failure }, FolioShapes.failureCode { $0.failure },
        ])

    static let result = Shape<Ended>(
        "CheckOutResult", "What a check-out, a cancellation or a no-show came to.",
        [
            .text("reference", "The folio.", example: "R-4711") { $0.view.folio.reference },
            .choice("state", "What it made of the folio.", of: Folio.State.allCases.map(\.rawValue), example: "checked_out") {
                $0.state.rawValue
            },
            .text("currency", "Of all amounts.", example: "eur") { $0.view.tenant.currency.code },
            .object("totals", "What the folio amounts to.", FolioShapes.totals) { $0.view.totals },
            .list("steps", "What was done.", doneStep) { ended in ended.checkOut.steps.map { InLanguage($0, ended.language) } },
            .list("warnings", "What staff should know and do.", FolioShapes.warning) {
                FolioWarning.all(of: $0.view.summary, zone: $0.view.tenant.timeZone, in: $0.language)
            },
            .optionalText("payment_url", "Where the guest still has to pay.", example: nil) { ended in
                ended.state == .awaitingGuest ? ended.view.folio.paymentURL : nil
            },
            .optionalObject("document", "Once the folio is closed.", FolioShapes.document) { ended in
                ended.state.isClosed ? ended.view.document : nil
            },
        ])

    /// A check-out that came to its end, or waits for the guest.
    struct Ended: Sendable {
        let view: FolioView
        let checkOut: CheckOut
        let language: Language

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
        var status: Int { state.isClosed || state == .open ? 200 : 202 }
    }
}
