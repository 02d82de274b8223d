import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Executes the stored steps of a check-out, one operation after the other, from whatever state. Called after the plan was stored, after
    /// a restart, and when the guest has paid: there is no other way to continue.
    ///
    /// - Throws: `ServiceRefusal.stripeUnanswered` when Stripe is silent; everything is stored, and this can be called again;
    ///   `.operationParked` when a step waits for the operator.
    @discardableResult
    func run(_ folio: Folio, of tenant: Tenant) async throws -> CheckOutResult {
        var last: Int64?
        while true {
            let (random, returning) = (random, returnAddress)
            let next = try await store.write(of: tenant) { try $0.nextOperation(of: folio, random: random, returning: returning) }
            guard let next else { break }
            // An answer completes its step in the same transaction. If one ever did not, an endless loop would not help.
            guard next != last else { throw ServiceRefusal.checkOutInProgress(folio.reference) }
            last = next
            switch try await dispatch(next, of: tenant) {
            case .done, .refused: break
            case .unknown(let what, _): throw ServiceRefusal.stripeUnanswered(what: what)
            case .parked(let what): throw ServiceRefusal.operationParked(next, what)
            }
        }
        if let card = try await store.write(of: tenant, { try $0.letGoSavedCard(of: $0.knownFolio(folio.reference)) }) {
            try await dispatch(card, of: tenant)
        }
        return try store.read(of: tenant) { book in
            CheckOutResult(
                view: try book.view(of: try book.knownFolio(folio.reference)),
                checkOut: try book.checkOuts(of: folio).last!)
        }
    }
}

extension Book {
    /// The operation of the first waiting step, made now if need be. When no step waits, the check-out ends or waits for the guest.
    fileprivate func nextOperation(of folio: Folio, random: RandomSource, returning: ReturnAddress) throws -> Int64? {
        guard let active = try activeCheckOut(of: folio) else { return nil }
        let folio = try knownFolio(folio.reference)
        // Every step waits, even a refund: a found object may change the amount due.
        try requireMayGoOn(folio)
        guard let step = active.steps.first(where: { $0.state == .waiting }) else {
            try end(active, folio)
            return nil
        }
        if let operation = step.operation { return operation }
        if try movesTooMuch(active, folio) {
            try planAnew(from: step, of: active, folio)
            return try nextOperation(of: folio, random: random, returning: returning)
        }
        do {
            let (operation, payment) = try begin(step.step, of: active, folio, returning: returning, key: random.key())
            try setOperation(operation, payment: payment, of: step, active, of: folio)
            return operation
        } catch let refusal as ServiceRefusal {
            // What the step was made for has changed in the meantime, for example on Stripe's own pages.
            let why: Failure = if case .paymentNotRefundable(_, let reason) = refusal { reason } else { .outdated(refusal.code) }
            try refuse(step, why: why, active, folio)
            return try nextOperation(of: folio, random: random, returning: returning)
        }
    }

    private func begin(
        _ step: CheckOutStep, of active: CheckOut, _ folio: Folio, returning: ReturnAddress, key: String
    ) throws -> (operation: Int64, payment: Int64?) {
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: tenant.currency) }
        func hold(_ number: Int64) throws -> (hold: Hold, intent: String) {
            guard let hold = try holds(of: folio).first(where: { $0.number == number }), let intent = hold.intent else {
                throw ServiceRefusal.holdNotFound(number)
            }
            return (hold, intent)
        }
        switch step {
        case .increment(let number, _, let total):
            let (known, intent) = try hold(number)
            // Raised in the meantime by somebody else: what it was raised to is held already.
            guard known.held.minorUnits < total else { throw ServiceRefusal.holdNotLive(number, known.state) }
            return (
                try plan(
                    .increment, Requests.increment(intent, to: money(total), key: key), folio: folio, subject: number, intent: intent), nil
            )
        case .capture(let number, let amount):
            let intent = try hold(number).intent
            return (
                try plan(
                    .capture, Requests.capture(intent, money(amount), key: key), folio: folio, subject: number, intent: intent),
                nil
            )
        case .release(let number, _):
            let intent = try hold(number).intent
            return (
                try plan(.release, Requests.cancel(intent, key: key), folio: folio, subject: number, intent: intent), nil
            )
        case .chargeSavedCard(let amount):
            guard let card = try usableCard(of: folio) else { throw ServiceRefusal.paymentNotFound(0) }
            let payment = try addPayment(money(amount), origin: .savedCard, method: .card, to: folio)
            let request = try Requests.offSession(
                .charge, payment.amount, subject: (LedgerMetadata.payment, payment.number), card: card, of: folio, tenant, key: key)
            return (try plan(.chargeSavedCard, request, folio: folio, subject: payment.number), payment.number)
        case .paymentPage(let amount):
            let method = try payingMethod(of: folio)
            try renewConsent(of: folio, for: method)
            let payment = try addPayment(money(amount), origin: .page, method: method, to: folio)
            let request = try page(.payment(payment), of: folio, returning: returning, key: key)
            return (try plan(.paymentPage, request, folio: folio, subject: payment.number), payment.number)
        case .refund(let number, let amount):
            guard let payment = try payments(of: folio).first(where: { $0.number == number }), let intent = payment.intent
            else { throw ServiceRefusal.paymentNotFound(number) }
            if let why = payment.refundRefusal { throw ServiceRefusal.paymentNotRefundable(number, why: why) }
            guard amount <= payment.refundable else { throw ServiceRefusal.refundTooLarge(money(payment.refundable)) }
            let reason =
                active.outcome == .checkedOut
                ? Ledger.Refund.overpaidAtCheckOut
                : try endingReason(of: active, folio) ?? Ledger.Refund.reason(ofEnding: active.outcome)
            let refund = try addRefund(money(amount), of: payment, reason: reason, bill: nil, to: folio)
            return (
                try plan(
                    .refund, Requests.refund(refund, of: intent, folio: folio, tenant, key: key), folio: folio, subject: refund.number),
                nil
            )
        }
    }

    /// No step waits any more: close the folio, wait for the guest, or reopen it with what is still open.
    func end(_ active: CheckOut, _ folio: Folio) throws {
        if active.steps.contains(where: { $0.state == .awaitingGuest }) {
            guard active.state != .awaitingGuest else { return }
            try setState(.awaitingGuest, of: active, of: folio)
            try setState(.awaitingGuest, of: folio)
            return
        }
        let left = try CheckOutPlan(try checkOutInput(of: folio))
        guard left.steps.isEmpty else {
            // The guest did not pay, or a refund failed: the folio is open again, with what is left to do.
            try setState(.incomplete, of: active, of: folio)
            try setState(.open, of: folio)
            try setNotice(try whyIncomplete(active, left, folio), of: folio)
            return
        }
        try setState(.done, of: active, of: folio)
        try setPage(nil, of: folio)
        try setNotice(nil, of: folio)
        let taxes = try TaxTotal.perRate(try grossPerRate(on: folio), in: tenant.currency)
        let charged = try charged(on: folio).sum
        // Where nothing is charged, or all of it is cancelled, there is nothing that a document could say.
        if (active.outcome == .checkedOut && !charged.isZero) || !taxes.isEmpty {
            _ = try issueDocument(for: folio, gross: charged, taxes: taxes)
        }
        try setState(active.outcome, of: folio)
    }

    /// Why a check-out was not completed: the failure of the step that was refused last.
    private func whyIncomplete(_ active: CheckOut, _ left: CheckOutPlan, _ folio: Folio) throws -> FolioNotice {
        let isOvertaken = active.steps.contains { if case .outdated = $0.failure { true } else { false } }
        if isOvertaken || (left.due < 0 && active.due >= 0) { return .checkOutOvertaken }
        // It was told when it failed, and the check-out began without such a notice.
        if case .paymentFailed = folio.notice { return folio.notice! }
        let refused = active.steps.last { $0.state == .refused }
        let rest = FolioNotice.checkOutIncomplete(Money(minorUnits: left.due, currency: tenant.currency), why: refused?.failure)
        guard left.due > 0, let refused, case .paymentPage = refused.step,
            let payment = try payments(of: folio).first(where: { $0.number == refused.payment })
        else { return rest }
        guard let session = payment.session else { return .pageRefused(.payment, why: refused.failure ?? .notPaid) }
        // Whatever an attempt on it came to: nothing ever counted as paid.
        return try isWithdrawn(session: session, of: folio) ? .paymentPageWithdrawn : .paymentPageUnpaid
    }
}

extension Book {
    /// Whether a page was withdrawn by staff or by a check-out, and did not expire.
    func isWithdrawn(session: String, of folio: Folio) throws -> Bool {
        try operations(OperationKind.withdrawPage.rawValue, of: folio).contains {
            $0.pathID == session && ($0.state == .waiting || $0.state == .done)
        }
    }
}
