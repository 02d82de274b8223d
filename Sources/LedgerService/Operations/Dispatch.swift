import Foundation
import Ledger
internal import LedgerStore
import Stripe

/// What came of sending an operation. `what` is the operation in words.
enum Dispatched: Sendable {
    case done
    /// Definitely refused; nothing moved.
    case refused(what: Phrase, why: Failure)
    /// No clear answer: it stays waiting, and is sent again with the same key.
    case unknown(what: Phrase, why: Failure)
    /// Nobody knows what came of it, and it is not sent again by itself: the operator decides.
    case parked(what: Phrase)
}

extension LedgerService {
    /// Sends one stored operation and applies the answer. Safe to call again at any time, also by two at once: in one process the second
    /// waits for the first, and between processes the key is the same.
    ///
    /// - Throws: `ServiceRefusal.noStripeAccount`, `.stripeKeyRefused`: it stays waiting. One that the key has had no right to for long is parked.
    @discardableResult
    func dispatch(_ number: Int64, of tenant: Tenant) async throws -> Dispatched {
        let outcome = try await dispatches.run(number) { try await send(number, of: tenant) }
        switch outcome {
        case .done, .refused: try await sendFollowers(of: number, of: tenant)
        case .unknown, .parked: break
        }
        return outcome
    }

    /// Sends what follows from an operation's end as the next operation. What gets no answer is sent again like all that waits, and does
    /// not change what came of the first.
    private func sendFollowers(of number: Int64, of tenant: Tenant) async throws {
        for follower in try store.read(of: tenant, { try $0.followers(of: number) }) {
            do { try await dispatch(follower, of: tenant) } catch let error where Self.isOfTheFile(error) || error is CancellationError {
                throw error
            } catch {}
        }
    }

    private func send(_ number: Int64, of tenant: Tenant) async throws -> Dispatched {
        guard let operation = try store.read(of: tenant, { try $0.operation(number) }) else { return .done }
        let what = operation.words
        if let outcome = operation.outcome { return outcome }
        let client = try client(for: tenant)
        try await recognise(tenant, with: client)
        try store.read(of: tenant) { try $0.requireRead() }
        if try store.read(of: tenant, { try $0.isOvertaken(operation) }) { return try await endOvertaken(operation, of: tenant) }
        do {
            let rules = try operation.rules()
            if let found = try await readBack(operation, what: what, of: tenant, with: client) { return found }
            if let known = try await readSubject(of: operation, rules, what: what, of: tenant, with: client) { return known }
            let sent: StripeOutcome<StripeAnswer>
            switch try await perform(operation, of: tenant, with: client) {
            case .outcome(let outcome): sent = outcome
            case .ended(let outcome): return outcome
            }
            switch sent {
            case .answer(let answer):
                let shown = try await shown(after: answer.body, of: operation, of: tenant, with: client)
                try await apply(answer.body, shown, to: operation, of: tenant)
                return .done
            case .refused(let error):
                try await learn(from: error, of: operation, rules, of: tenant, with: client)
                try await applyRefusal(error, to: operation, of: tenant)
                let ended = try store.read(of: tenant) { try $0.operation(number) }
                if ended?.state == .done { return .done }
                if ended?.state == .parked { return .parked(what: what) }
                return .refused(what: what, why: ended?.failure ?? Failure(error))
            case .unknown(let uncertainty):
                return try await reschedule(operation, uncertainty.pendingReason, why: Failure(uncertainty), of: tenant)
            }
        } catch let error where isNoFault(of: operation, error) {
            throw error
        } catch {
            // Stripe has answered, and what it says cannot be taken in: an answer of another shape, or one that the books refuse.
            let why = Failure(unusable: error)
            if case ServiceRefusal.stripeUnanswered = error { return try await reschedule(operation, .silence, why: why, of: tenant) }
            return try await reschedule(operation, .answerUnusable, why: why, of: tenant)
        }
    }

    /// Reads the hold or payment that an operation captures or refunds first: others may have changed it in the meantime.
    ///
    /// - Returns: The outcome of the operation; nil when it may be sent.
    private func readSubject(
        of operation: Ledger.Operation, _ rules: OperationRules, what: Phrase, of tenant: Tenant, with client: StripeClient
    ) async throws -> Dispatched? {
        switch rules.subject {
        case .hold where rules.actsOnHold && rules.takesMoney:
            try await readHold(before: operation, what: what, of: tenant, with: client)
        case .refund: try await readRefunds(before: operation, what: what, of: tenant, with: client)
        case .hold, .payment, .card, .nothing: nil
        }
    }

    /// A refusal can come from what others did: it is read before another way is taken for the money.
    private func learn(
        from error: StripeError, of operation: Ledger.Operation, _ rules: OperationRules, of tenant: Tenant, with client: StripeClient
    ) async throws {
        switch rules.evidence {
        case .intentInPath where rules.actsOnHold && error.paymentIntent == nil || error.paymentIntent?.hidesCharge == true:
            switch await client.paymentIntent(operation.pathID) {
            case .answer(let intent): try await store.write(of: tenant) { _ = try $0.apply(intent, returning: returnAddress) }
            case .unknown(let uncertainty) where error.paymentIntent?.hidesCharge == true && !uncertainty.isKeyRefused:
                // The refusal shows money, and not when it was taken: it is sent again, and read again after that.
                throw ServiceRefusal.stripeUnanswered(what: operation.words)
            case .refused, .unknown: return
            }
        case .pageByKey, .intentByKey:
            // A bank's no says nothing of the kind. A customer who is not there, or a card that is nobody's any more, does.
            guard !error.isDecline, let folio = try store.read(of: tenant, { try $0.folio(of: operation) }) else { return }
            do { try await readCard(of: folio, of: tenant) } catch is StripeFailure {}
        case .refundByKey: _ = try await readRefunds(before: operation, what: operation.words, of: tenant, with: client)
        case .intentInPath, .pageInPath, .nowhere: break
        }
    }

    /// Whether it is the file, the key or whoever asked that an operation came to nothing for, and not the operation itself.
    private func isNoFault(of operation: Ledger.Operation, _ error: any Error) -> Bool {
        switch error {
        case ServiceRefusal.stripeKeyRefused, ServiceRefusal.noStripeAccount, ServiceRefusal.syncRequired, is SealingRefusal,
            is CancellationError:
            true
        default: Self.isOfTheFile(error)
        }
    }

    /// An operation without a clear answer is sent again later, or parked when that has been done often and long enough.
    func reschedule(
        _ operation: Ledger.Operation, _ pendingReason: PendingReason, why: Failure, of tenant: Tenant
    ) async throws -> Dispatched {
        let next = realTime().adding(seconds: Backoff.operation.seconds(after: operation.attempts + 1))
        let outcome = try await store.write(of: tenant) { book -> Dispatched? in
            // News may have ended it in the meantime, or another process.
            guard let now = try book.operation(operation.number), now.state == .waiting else {
                return try book.operation(operation.number)?.outcome
            }
            let age = book.now.unixSeconds - now.createdAt.unixSeconds
            guard pendingReason.parks(attempts: now.attempts + 1, ageSeconds: age) else {
                try book.noteAttempt(now, failure: why, nextAttemptAt: next)
                return nil
            }
            try book.park(now, failure: why)
            if let folio = try now.folio.flatMap({ try book.folio(number: $0) }),
                let kind = OperationKind(rawValue: now.kind)
            {
                try book.setNotice(.operationParked(kind), of: folio)
            }
            return .parked(what: now.words)
        }
        if let outcome { return outcome }
        switch pendingReason {
        // It waits for a key that works, or has the right; that nothing is known would be the wrong word for it.
        case .keyRefused, .rightMissing: throw ServiceRefusal.stripeKeyRefused(tenant.id)
        case .silence, .answerUnusable: return .unknown(what: operation.words, why: why)
        }
    }

    /// Reads what an answer tells of, where the answer does not say all.
    ///
    /// A call expands nothing, so that no missing right to read refuses it: when money was taken or given back, and from which card, is read
    /// here. And a repeated call gets the answer of the first one: a page may have ended since, and the event of that may have arrived before
    /// the page was known here.
    ///
    /// - Returns: The object as it is now; `nil` when the answer says all that the key may see.
    /// - Throws: `ServiceRefusal.stripeUnanswered`: the call is repeated later, and its answer with it.
    private func shown(
        after body: Data, of operation: Ledger.Operation, of tenant: Tenant, with client: StripeClient
    ) async throws -> ShownObject? {
        switch try operation.rules().evidence {
        case .pageByKey:
            let isYoung = try store.read { $0.now < operation.createdAt.adding(seconds: Self.firstMinutes * 60) }
            if isYoung { return nil }
            return .page(try await client.checkoutSession(JSONDecoder().decode(CheckoutSession.self, from: body).id).orThrow(.readingPage))
        case .intentByKey, .intentInPath:
            let intent = try JSONDecoder().decode(PaymentIntent.self, from: body)
            return intent.hidesCharge ? try await client.paymentIntent(intent.id).ifAllowed(.readingPayment).map(ShownObject.intent) : nil
        case .refundByKey:
            let refund = try JSONDecoder().decode(Stripe.Refund.self, from: body)
            return refund.hidesMovement ? try await client.refund(refund.id).ifAllowed(.readingRefund).map(ShownObject.refund) : nil
        case .pageInPath, .nowhere: return nil
        }
    }

    /// A page lives for half an hour at least.
    ///
    /// - Source: docs.stripe.com/api/checkout/sessions/create, expires_at.
    private static let firstMinutes: Int64 = 25

    /// Applies an answer and ends the operation in one transaction.
    ///
    /// - Parameter shown: The object that the answer tells of, when it was read again. An intent or a refund says all that the answer says.
    private func apply(_ body: Data, _ shown: ShownObject?, to operation: Ledger.Operation, of tenant: Tenant) async throws {
        let (rules, returning) = (try operation.rules(), returnAddress)
        _ = try await store.write(of: tenant) { book in
            try book.end(
                operation, .done,
                with: { book in
                    if rules.makesPage || shown == nil, let folio = try book.folio(of: operation) {
                        try rules.apply(book, operation, folio, body, returning)
                    }
                    if let shown { try book.apply(shown, returning: returning) }
                })
        }
    }

    private func applyRefusal(_ error: StripeError, to operation: Ledger.Operation, of tenant: Tenant) async throws {
        let returning = returnAddress
        try await store.write(of: tenant) { book in
            guard try book.isOpen(operation) else { return }
            try book.applyRefusal(error, to: operation, returning: returning)
        }
    }
}

extension StripeClient {
    /// The same as `perform`, but a page whose e-mail address Stripe does not take is made without it: the guest can type one there, and no
    /// booking is lost over it.
    ///
    /// Stripe refuses an address before it begins, so the key of the first call keeps nothing. Sent again, both calls come to the same.
    func performEvenWithoutEmail(_ request: StripeRequest, key: String) async -> StripeOutcome<StripeAnswer> {
        let outcome = await perform(request, key: key)
        guard case .refused(let error) = outcome, error.isAboutEmail, let plain = request.withoutEmail else { return outcome }
        return await perform(plain, key: "\(key)-plain")
    }
}

extension Ledger.Operation {
    /// What came of it; nil while it waits.
    var outcome: Dispatched? {
        switch state {
        case .waiting: nil
        case .done: .done
        case .refused: .refused(what: words, why: failure ?? .said(""))
        case .parked: .parked(what: words)
        }
    }
}

extension PaymentIntent {
    /// Whether money is held or was taken, and the charge that says when and on which card is not with it: an answer or a refusal brings the
    /// intent along as it is.
    fileprivate var hidesCharge: Bool { (amountReceived > 0 || status == .requiresCapture) && latestCharge?.object == nil }
}

extension Stripe.Refund {
    /// Whether it has moved the balance, and does not say when.
    fileprivate var hidesMovement: Bool {
        [balanceTransaction, failureBalanceTransaction].contains { $0 != nil && $0?.object == nil }
    }
}

extension StripeOutcome {
    /// - Returns: `nil` where the key may not see it, or Stripe does not show it.
    /// - Throws: `ServiceRefusal.stripeUnanswered`.
    fileprivate func ifAllowed(_ what: Phrase) throws -> Value? {
        switch self {
        case .answer(let value): return value
        case .refused: return nil
        case .unknown(let uncertainty) where uncertainty.isKeyRefused: return nil
        case .unknown: throw ServiceRefusal.stripeUnanswered(what: what)
        }
    }
}

extension StripeUncertainty {
    var pendingReason: PendingReason {
        switch reason {
        case .noAnswer, .serverError, .conflict, .locked, .rateLimited: .silence
        case .unreadable: .answerUnusable
        // A key without the right to one call is known to Stripe all the same.
        case .keyRefused(let error): error.httpStatus == 403 ? .rightMissing : .keyRefused
        }
    }
}
