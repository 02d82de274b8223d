import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Compares the ledger with Stripe and repairs what can be repaired safely; see `Mending`. Each repair is recorded with its actor, in
    /// the transaction that makes it. Doing it again changes nothing.
    ///
    /// - Parameter progress: As in `reconcile`.
    /// - Throws: As `reconcile`. A difference that cannot be repaired stays, and is not an error.
    package func repair(
        _ tenantID: String, by actor: String, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> RepairReport {
        try store.read(of: tenantID) { try $0.requireRead() }
        var now = try await reconcile(tenantID, progress: progress)
        let tenant = try tenant(tenantID)
        if try await dismissCopies(of: tenant, by: actor) { now = try await reconcile(tenantID, progress: progress) }
        var found: [Difference] = []
        var tried: Set<Difference> = []
        // What is mended can bring more to light, such as the fee of a payment that was taken only now.
        for _ in 0..<Self.repairRounds {
            found += now.differences.filter { !found.contains($0) }
            let open = now.differences.filter { !$0.mending.isByHand && !tried.contains($0) }
            guard !open.isEmpty else { break }
            try await mend(open, of: tenant, by: actor)
            tried.formUnion(open)
            now = try await reconcile(tenantID, progress: progress)
        }
        let left = Set(now.differences.map(\.object))
        for index in now.differences.indices { now.differences[index].mending = now.differences[index].mending.inVain }
        return RepairReport(mended: found.filter { !left.contains($0.object) }, after: now)
    }

    private static let repairRounds = 4

    private func mend(_ differences: [Difference], of tenant: Tenant, by actor: String) async throws {
        for difference in differences.sorted(by: { $0.mending.order < $1.mending.order }) {
            do {
                try await mend(difference, of: tenant, by: actor)
            } catch let error where Self.isOfTheFile(error) || error is CancellationError {
                throw error
            } catch {
                // One that cannot be mended keeps no other from it, and is found again.
                continue
            }
        }
        // Operations created by a repair, such as releasing a hold that is no longer needed.
        for operation in try store.read(of: tenant, { try $0.waitingOperations() }) where operation.attempts == 0 {
            _ = try await dispatch(operation.number, of: tenant)
        }
    }

    private func mend(_ difference: Difference, of tenant: Tenant, by actor: String) async throws {
        let client = try client(for: tenant)
        switch difference.mending {
        case .readIntent(let id):
            let intent = try await client.paymentIntent(id).orThrow(.readingPayment)
            let page = try await page(claimedBy: intent, of: tenant)
            try await keeping(difference, of: tenant, by: actor) {
                try $0.apply(intent, behind: page, returning: returnAddress)
            }
        case .readRefund(let id):
            let refund = try await client.refund(id).orThrow(.readingRefund)
            try await readEnded(beside: refund, of: tenant)
            try await keeping(difference, of: tenant, by: actor) { try $0.apply(refund) }
        case .readDispute(let id):
            let dispute = try await client.dispute(id).orThrow(.readingLists)
            try await keeping(difference, of: tenant, by: actor) { try $0.apply(dispute) }
        case .readPayout(let id):
            let payout = try await client.payout(id).orThrow(.readingLists)
            try await keeping(difference, of: tenant, by: actor) { try $0.apply(payout) }
        case .readMovements:
            for try await page in client.balanceTransactions() {
                try await noteUnreadable(page.unreadable, of: tenant)
                for transaction in page {
                    let missing = Difference(
                        object: transaction.id, folio: nil, ledger: "not there",
                        stripe: "\(transaction.type) \(StripeAmount.shown(transaction.amount, transaction.currency))",
                        cause: difference.cause, mending: .readMovements)
                    try await keeping(missing, of: tenant, by: actor) { _ = try $0.take(transaction) }
                }
            }
            _ = try await bookMovements(of: tenant)
        case .cancelIntent(let id): try await cancel(id, difference, of: tenant, by: actor)
        case .takeIn(let id): try await takeIn(id, difference, of: tenant, by: actor)
        case .retryEvent(let id): _ = try await retryEvents(id, of: tenant.id)
        case .sendAgain(let number):
            guard let operation = try store.read(of: tenant, { try $0.operation(number) }), operation.state == .waiting else { return }
            _ = try await dispatch(operation.number, of: tenant)
        case .carryOn(let folio):
            try await keeping(difference, of: tenant, by: actor) { try $0.stopCheckOut(thatCannotGoOnOn: folio) }
            _ = try await carryOnCheckOuts([folio], of: tenant)
        case .byHand, .nothing: break
        }
    }

    /// Runs a repair and keeps that it was made, when it changed anything.
    func keeping(
        _ difference: Difference, of tenant: Tenant, by actor: String, _ body: @escaping @Sendable (borrowing Book) throws -> Void
    ) async throws {
        try await store.write(of: tenant) { book in
            let before = try book.rowsWritten()
            try body(book)
            guard try book.rowsWritten() != before else { return }
            try book.add(Repair(difference, by: actor))
        }
    }

    private func cancel(_ id: String, _ difference: Difference, of tenant: Tenant, by actor: String) async throws {
        let key = random.key()
        let operation = try await store.write(of: tenant) { book -> Int64? in
            guard let folio = try difference.folio.flatMap({ try book.folio($0) }),
                try !book.isBusy(intent: id)
            else { return nil }
            try book.add(Repair(difference, by: actor))
            // A key of its own: the one before may have a refusal in it.
            return try book.plan(.cancelOrphan, Requests.cancel(id, key: key), folio: folio, intent: id)
        }
        if let operation { try await dispatch(operation, of: tenant).orThrow() }
    }
}

extension Repair {
    init(_ difference: Difference, by actor: String) {
        self.init(
            object: difference.object, ledger: difference.ledger, stripe: difference.stripe, cause: difference.cause, actor: actor)
    }
}

extension Mending {
    /// What is left to do when trying it has not helped.
    fileprivate var inVain: Mending {
        switch self {
        case .readIntent, .readRefund, .readPayout, .readDispute:
            .byHand("Reading it again did not help: compare it with the folio, and correct it in Stripe's Dashboard.")
        case .readMovements: .byHand("All movements that Stripe lists are booked: the other differences explain the rest.")
        case .cancelIntent: .byHand("Stripe did not cancel it: cancel it in Stripe's Dashboard.")
        case .takeIn: .byHand("It could not be taken in: check `operation list` and the folio, then try again.")
        case .retryEvent: .byHand("It failed again: `event list` says why, and `event dismiss` dismisses it.")
        case .sendAgain: .byHand("It got no answer again: try again when Stripe can be reached.")
        case .carryOn: .byHand("It was not completed: check the folio.")
        case .byHand, .nothing: self
        }
    }
}
