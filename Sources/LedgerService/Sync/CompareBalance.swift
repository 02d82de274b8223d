import Ledger
internal import LedgerStore
import Stripe

/// Stripe's balance at one moment, with the movements that these books have not booked by then.
private struct BalanceNow {
    let balance: StripeOutcome<Stripe.Balance>
    let unbooked: [BalanceTransaction]
}

/// Movements beyond those that were read before, and the id of the last one.
private struct MovementNews {
    var last: String?
    var unbooked: [BalanceTransaction]
}

extension LedgerService {
    /// Compares the account `stripe` with Stripe's balance, and names what makes the difference, to the cent.
    ///
    /// The sum of `net` over the movements of the payments balance is what Stripe has available and pending. So a difference has these
    /// reasons and no others: movements that are not booked yet, or wait; payments and refunds of which only one side is there; and what
    /// Stripe's own list does not explain.
    func compareBalance(_ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        var unbooked: [BalanceTransaction] = []
        var balance: Stripe.Balance?
        do {
            let now = try await balanceNow(client, tenant)
            unbooked = now.unbooked
            balance = try await read(now.balance, tenant, &result)
        } catch let failure as StripeFailure {
            try await add(notRead: .movements, failure, tenant, &result)
        }
        result.stripeBalance = try balance.flatMap { try total(of: $0, tenant, &result) }
        let (ledger, known, waiting, unbalanced, suspense, unreadable) = try store.read(of: tenant) { book in
            (
                try book.balance(of: .stripe), try book.stripeBalance(), try book.unexplainedMovements(.waiting),
                try book.unbalancedObjects(), try book.unexplainedMovements(.suspense), try book.unreadableObjects()
            )
        }
        result.ledgerBalance = ledger
        var listed = known
        // What explains a payment is named once.
        var coming: Set<String> = []
        for transaction in unbooked {
            let movement: BalanceMovement
            do { movement = try BalanceMovement(transaction) } catch {
                result.add(notCompared: transaction.id, why: try await whyNotRead(error, .movements, tenant))
                continue
            }
            if movement.isOfPayments { listed = try listed.adding(Money(minorUnits: movement.net, currency: tenant.currency)) }
            coming.formUnion([movement.intent, movement.source].compactMap(\.self))
            result.differences.append(
                Difference(
                    object: movement.id, folio: nil, ledger: "not there", stripe: "\(movement.type) \(movement.amount)",
                    cause: "it has not been booked yet", mending: .readMovements))
        }
        // What the account would show if every movement that is known were explained and every payment had its movement.
        var explained = ledger
        for waiting in waiting {
            if waiting.movement.isOfPayments { explained = try explained.adding(waiting.movement.amount) }
            result.differences.append(waiting.difference)
        }
        for object in unbalanced {
            explained = try explained.adding(object.moved).subtracting(object.posted)
            if !coming.contains(object.id) { result.differences.append(object.difference) }
        }
        result.differences += suspense.map(\.difference)
        result.differences += unreadable.filter { $0.state == .waiting }.map(\.difference)
        if let theirs = result.stripeBalance, listed != theirs {
            let dismissed = unreadable.filter { $0.state == .dismissed }.map(\.id).joined(separator: ", ")
            result.differences.append(
                Difference(
                    object: "balance", folio: nil, ledger: "\(listed)", stripe: "\(theirs)",
                    cause: "Stripe's movements leave \(try theirs.subtracting(listed)) of its balance unexplained"
                        + (dismissed.isEmpty ? "" : "; dismissed as unreadable: \(dismissed)"),
                    mending: .readMovements))
        }
        if explained != known {
            result.differences.append(
                Difference(
                    object: "account stripe", folio: nil, ledger: "\(explained)", stripe: "\(known)",
                    cause: "entries for \(try explained.subtracting(known)) have no movement at Stripe", mending: .readMovements))
        }
        try compareOtherCurrencies(balance, tenant, &result)
    }

    /// - Returns: `nil` where it cannot be read, which is said: the movements are compared all the same.
    private func read(
        _ balance: StripeOutcome<Stripe.Balance>, _ tenant: Tenant, _ result: inout Reconciliation
    ) async throws -> Stripe.Balance? {
        do { return try balance.get() } catch {
            try await add(notRead: .balance, error, tenant, &result)
            return nil
        }
    }

    /// - Returns: `nil` where the ledger cannot hold it, which is said.
    private func total(of balance: Stripe.Balance, _ tenant: Tenant, _ result: inout Reconciliation) throws -> Money? {
        let code = tenant.currency.code
        do { return try StripeAmount(stripe: balance.total(code), currency: code).money } catch {
            result.add(notCompared: ComparedList.balance.name, why: error.message)
            return nil
        }
    }

    /// Keeps Stripe's balance beside what its list shows of it, for the closing of a month. Where it cannot be read, the month waits.
    ///
    /// - Parameter begun: The books' time before anything was read.
    func noteBalance(of tenant: Tenant, begun: Instant) async throws {
        do {
            let now = try await balanceNow(try client(for: tenant), tenant)
            let total = try StripeAmount(stripe: now.balance.get().total(tenant.currency.code), currency: tenant.currency.code)
            let coming = try now.unbooked.map { try BalanceMovement($0) }.filter(\.isOfPayments)
            let balance = Money(minorUnits: total.minorUnits, currency: tenant.currency)
            try await store.write(of: tenant) { book in
                // Another program may have booked them since.
                let unbooked = try coming.filter { try book.balanceMovement($0.id) == nil }
                let listed = try unbooked.reduce(book.stripeBalance()) {
                    try $0.adding(Money(minorUnits: $1.net, currency: book.tenant.currency))
                }
                try book.noteBalance(balance, listed: listed, begunAt: begun)
            }
        } catch is StripeFailure {
        } catch is StripeAmountError {
        } catch is MoneyError {}
    }

    /// Reads the list of movements to its end, then the balance, then the list again: a movement in between makes the two unlike.
    ///
    /// - Throws: `StripeFailure`.
    private func balanceNow(_ client: StripeClient, _ tenant: Tenant) async throws -> BalanceNow {
        let cursor = try store.read(of: tenant) { try $0.cursor(of: .balanceTransactions) }
        var news = try await newest(after: cursor, client, tenant)
        var balance = await client.balance()
        // Somebody may be paying all the time: then what came last is named as a difference.
        for _ in 0..<5 {
            guard case .answer = balance else { break }
            let more = try await newest(after: news.last, client, tenant)
            guard more.last != news.last else { break }
            news = MovementNews(last: more.last, unbooked: news.unbooked + more.unbooked)
            balance = await client.balance()
        }
        return BalanceNow(balance: balance, unbooked: news.unbooked)
    }

    private func newest(after cursor: String?, _ client: StripeClient, _ tenant: Tenant) async throws -> MovementNews {
        do {
            return try await read(client.balanceTransactions(after: cursor), from: cursor, tenant)
        } catch StripeFailure.refused(let error) where cursor != nil && error.code == .resourceMissing {
            // The last known one is of an account that the tenant had before. What is booked already stays as it is.
            let all = try await read(client.balanceTransactions(), from: cursor, tenant)
            return MovementNews(last: all.last, unbooked: [])
        }
    }

    private func read(
        _ pages: Pages<BalanceTransaction>, from cursor: String?, _ tenant: Tenant
    ) async throws -> MovementNews {
        var news = MovementNews(last: cursor, unbooked: [])
        for try await page in pages {
            news.last = page.newestID
            news.unbooked += page.filter { $0.currency == tenant.currency.code }
        }
        return news
    }

    /// - Parameter balance: `nil` where it could not be read: then only what has moved is known.
    private func compareOtherCurrencies(_ balance: Stripe.Balance?, _ tenant: Tenant, _ result: inout Reconciliation) throws {
        let moved = try store.read(of: tenant) { try $0.otherCurrencies() }
        let shown = Set(((balance?.available ?? []) + (balance?.pending ?? [])).filter { $0.amount != 0 }.map(\.currency))
        for code in shown.union(moved.map(\.code)).subtracting([tenant.currency.code]).sorted() {
            let hasOurs = moved.contains { $0.code == code && $0.hasOurs }
            result.differences.append(
                Difference(
                    object: "balance \(code)", folio: nil, ledger: "not kept",
                    stripe: balance.map { StripeAmount.shown($0.total(code), code) } ?? "cannot be read",
                    cause: hasOurs
                        ? "Stripe settles payments of these books in \(code)"
                        : "the account also holds a currency that these books are not kept in",
                    mending: hasOurs
                        ? .byHand(TenantNotice.settlesIn(code, tenant.currency).advice(in: .english))
                        : .nothing(
                            "Nothing to do for these books: it is not theirs. Let Stripe convert it, and book it by hand in the accounts."))
            )
        }
    }
}

extension UnexplainedMovement {
    fileprivate var difference: Difference {
        let stripe = "\(movement.type) \(movement.amount)"
        if state == .waiting {
            return Difference(
                object: movement.id, folio: nil, ledger: "waits", stripe: stripe,
                cause: failure.map { "what it came from cannot be read: \($0.technical)" } ?? "what it came from is not taken in yet",
                mending: failure == nil
                    ? .byHand("It is booked when what was found is taken in or dismissed.")
                    : .byHand(
                        "Each sync tries it again; give the key the right to read it if that is missing, or dismiss the movement with "
                            + "`movement dismiss`."))
        }
        let isUnread = failure != nil
        return Difference(
            object: movement.id, folio: nil, ledger: "in \(Account.suspense(type: movement.type).name)", stripe: stripe,
            cause: isUnread
                ? "what it came from cannot be read, and it was dismissed: \(dismissal?.reason ?? "")"
                : "nothing in these books explains it",
            mending: .byHand("Assign it to an account with `movement assign`, or all of its type from now on with `rule add`."))
    }
}

extension UnreadableObject {
    fileprivate var difference: Difference {
        Difference(
            object: id, folio: nil, ledger: "not there", stripe: "cannot be read", cause: failure?.technical ?? "unknown",
            mending: .byHand("Each sync tries it again; compare it in Stripe's Dashboard, and dismiss it with `unreadable dismiss`."))
    }
}

extension UnbalancedObject {
    fileprivate var difference: Difference {
        if isUnderWay {
            return Difference(
                object: id, folio: folio, ledger: "on its way", stripe: "moved \(moved)", cause: "Stripe shows it before it is paid",
                mending: .nothing("Nothing to do: it is booked when it is paid, and Stripe takes it back if it fails."))
        }
        let cause =
            posted.isZero
            ? "the news of it has not been taken in yet"
            : moved.isZero ? "its movement has not come yet" : "its movements do not add up to it"
        return Difference(
            object: id, folio: folio, ledger: "booked \(posted)", stripe: "moved \(moved)", cause: cause,
            mending: kind == .payment ? .readIntent(id) : .readRefund(id))
    }
}
