import Ledger
internal import LedgerStore
import Stripe

/// What came of what a verb decided, when Stripe has answered.
struct Completed: Sendable {
    let view: FolioView
    /// The check-out that was decided, or whose page was taken back; nil where there is none.
    let checkOut: CheckOut?
}

extension ServiceRefusal {
    /// Whether what was asked about is not there.
    fileprivate var isMissing: Bool {
        switch self {
        case .folioNotFound, .paymentNotFound, .holdNotFound, .refundNotFound: true
        default: false
        }
    }
}

/// A verb that waits for Stripe has two parts. It decides, in one transaction that also stores the record of its request, and it completes
/// what was decided. A request that comes again skips the first part: it completes what it decided when it came first.
extension LedgerService {
    /// Carries out a verb on a folio. What is open on the folio is finished first, because what it comes to decides what may be done.
    ///
    /// - Parameters:
    ///   - key: The request's, when it has one.
    ///   - prepare: Runs before each try to decide, with the calls that have just come to their end; it changes nothing that a repeated
    ///     request would do twice.
    ///   - body: Decides. Nothing is open on the folio then.
    /// - Throws: `ServiceRefusal.operationInProgress` while Stripe does not answer an earlier call; what `body` throws; then nothing has
    ///   been decided. What `complete` throws.
    func performWaiting(
        _ key: IdempotencyKey?, on reference: String, of tenantID: String,
        preparing prepare: (Tenant, [Operation]) async throws -> Void = { _, _ in },
        deciding body: @escaping @Sendable (borrowing Book) throws -> Decision
    ) async throws -> Completed {
        try await performWaiting(key, of: tenantID) { tenant in
            do {
                while true {
                    try await prepare(tenant, finishWaiting(reference, of: tenant))
                    let made = try await recallRequest(key, on: reference, of: tenant)
                    let decision = try await decide(key, of: tenant) { book -> Decision? in
                        let folio = try book.knownFolio(reference)
                        // Somebody else has begun something since: that comes first.
                        guard try book.openOperations(folio: folio).allSatisfy(\.movesNothing) else { return nil }
                        // Something has been taken in since that this request may have made.
                        guard try key == nil || book.madeAfterBackup(on: folio) == made else { return nil }
                        return try body(book)
                    }
                    if let decision { return decision }
                }
            } catch let refusal as ServiceRefusal where refusal.isMissing {
                // It may be what was made after a backup, and is not taken in yet.
                guard let found = try store.read(of: tenant, { try $0.waitingFoundObjects(reference: reference).first }) else {
                    throw refusal
                }
                throw ServiceRefusal.foundObject(reference, id: found.id)
            }
        }
    }

    /// Carries out a verb that has no folio yet.
    func performWaiting(
        _ key: IdempotencyKey?, of tenantID: String, deciding decide: (Tenant) async throws -> Decision
    ) async throws -> Completed {
        let tenant = try tenant(tenantID)
        if let key, case .decided(let decision) = try state(of: key) { return try await complete(decision, of: tenant) }
        try await requireStripe(of: tenantID)
        return try await complete(try await decide(tenant), of: tenant)
    }

    /// The transaction in which a verb decides that waits for Stripe.
    ///
    /// - Parameter body: Returns nil to decide nothing now.
    /// - Returns: What was decided: here, or before by the same request in another process.
    /// - Throws: `DuplicateRequest` when the key belongs to something else, or was refused in the meantime; what `body` throws.
    func decide(
        _ key: IdempotencyKey?, of tenant: Tenant, _ body: @escaping @Sendable (borrowing Book) throws -> Decision?
    ) async throws -> Decision? {
        try await store.write(of: tenant) { book in
            if let key, let known = try book.transaction.request(key.digest) {
                guard known.fingerprint == key.fingerprint, let decision = known.decision else { throw DuplicateRequest.known }
                return decision
            }
            guard let decision = try body(book) else { return nil }
            if let key { try book.transaction.addRequest(key.digest, fingerprint: key.fingerprint, decision: decision) }
            return decision
        }
    }

    /// Completes what was decided, from whatever state; can be called any number of times, also after it is over.
    ///
    /// - Returns: Its outcome, without what others did to the folio since.
    /// - Throws: `ServiceRefusal.stripeRefused` or `.methodNotActive` if that is the outcome. Anything else means that it is not completed yet:
    ///   `.stripeUnanswered`, `.operationParked`, `.stripeKeyRefused` and the like.
    func complete(_ decision: Decision, of tenant: Tenant) async throws -> Completed {
        guard decision.tenant == tenant.number else { throw DuplicateRequest.known }
        guard let folio = try store.read(of: tenant, { try $0.folio(number: decision.folio) }) else {
            // The booking did not come about.
            if let operation = decision.operation { try throwIfTakenBack(operation, of: tenant) }
            throw DuplicateRequest.known
        }
        if let operation = decision.operation { try await conclude(operation, on: folio, of: tenant) }
        if let number = decision.checkOut {
            // When it is over, another one may be running: that is none of this request's.
            if try store.read(of: tenant, { try $0.activeCheckOut(of: folio) })?.number == number { try await run(folio, of: tenant) }
        }
        return try store.read(of: tenant) { book in
            let folio = try book.knownFolio(folio.reference)
            let checkOut = try decision.checkOut.flatMap { number in
                try book.checkOuts(of: folio).first { $0.number == number }
            }
            guard checkOut?.state != .running else { throw ServiceRefusal.checkOutInProgress(folio.reference) }
            return Completed(view: try book.view(of: folio), checkOut: checkOut)
        }
    }

    /// Sends an operation and throws unless it is done.
    private func conclude(_ number: Int64, on folio: Folio, of tenant: Tenant) async throws {
        do {
            switch try await dispatch(number, of: tenant) {
            case .done: break
            case .refused(let what, let why):
                try throwIfTakenBack(number, of: tenant)
                // The next way was decided with the refusal.
                if let next = try store.read(of: tenant, { try $0.callInstead(of: number, on: folio) }) {
                    return try await conclude(next, on: folio, of: tenant)
                }
                guard try await isPageOver(number, on: folio, of: tenant) else {
                    throw ServiceRefusal.stripeRefused(what: what, why: why)
                }
            case .unknown(let what, _): throw ServiceRefusal.stripeUnanswered(what: what)
            case .parked(let what): throw ServiceRefusal.operationParked(number, what)
            }
        } catch ServiceRefusal.noStripeAccount {
            // It was there when this was decided: the call waits for a key, like one whose key Stripe does not take.
            throw ServiceRefusal.stripeKeyRefused(tenant.id)
        }
    }

    /// - Throws: `ServiceRefusal.methodNotActive` when nothing is left of what was asked for with an operation.
    private func throwIfTakenBack(_ number: Int64, of tenant: Tenant) throws {
        try store.read(of: tenant) { book in
            guard let operation = try book.operation(number), try book.isTakenBack(operation),
                case .methodNotActive(let method) = operation.failure
            else { return }
            throw ServiceRefusal.methodNotActive(method)
        }
    }

    /// Whether a page that was to be taken back is over although Stripe refused to: the guest was faster. That is taken in.
    private func isPageOver(_ number: Int64, on folio: Folio, of tenant: Tenant) async throws -> Bool {
        guard let operation = try store.read(of: tenant, { try $0.operation(number) }),
            operation.kind == OperationKind.withdrawPage.rawValue
        else { return false }
        func isOpen() throws -> Bool { try store.read(of: tenant) { try $0.openPages(of: folio).contains(operation.pathID) } }
        guard try isOpen() else { return true }
        do {
            try await readSession(operation.pathID, of: tenant)
        } catch ServiceRefusal.stripeRefused(let what, _) {
            throw ServiceRefusal.stripeUnanswered(what: what)
        }
        return try !isOpen()
    }

    // MARK: - What comes first

    /// Finishes what is open on a folio: calls without an answer, and the steps of a check-out.
    ///
    /// - Returns: The calls that have come to their end.
    /// - Throws: `ServiceRefusal.operationInProgress` while Stripe stays silent; `.operationParked`; `.folioNotFound`.
    @discardableResult
    func finishWaiting(_ reference: String, of tenant: Tenant) async throws -> [Operation] {
        let (folio, open, isRunning) = try store.read(of: tenant) { book in
            let folio = try book.knownFolio(reference)
            return (
                folio, try book.openOperations(folio: folio).filter { !$0.movesNothing },
                try book.activeCheckOut(of: folio)?.state == .running
            )
        }
        try await finish(open, of: reference, of: tenant)
        if isRunning {
            do { try await run(folio, of: tenant) } catch ServiceRefusal.stripeUnanswered {
                throw ServiceRefusal.operationInProgress(reference)
            }
        }
        return open
    }

    /// - Throws: `ServiceRefusal.operationInProgress` while Stripe stays silent; `.operationParked`.
    func finish(_ operations: [Operation], of reference: String, of tenant: Tenant) async throws {
        for operation in operations {
            switch try await dispatch(operation.number, of: tenant) {
            case .done, .refused: break
            case .unknown: throw ServiceRefusal.operationInProgress(reference)
            case .parked(let what): throw ServiceRefusal.operationParked(operation.number, what)
            }
        }
    }
}
