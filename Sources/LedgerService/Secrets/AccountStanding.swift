import Ledger
internal import LedgerStore
import Stripe

/// What is known about a tenant's Stripe account compared with those of the other tenants in the file. Two tenants never share one.
package enum AccountStanding: String, Sendable, CaseIterable {
    /// No other tenant has it.
    case own
    /// It could not be told yet: the keys may not ask, Stripe did not answer, or there is nothing to ask for. Each sync tries again.
    case unknown
    /// Another tenant had it before: no money is taken for this one until it has the key of another account.
    case shared
}

/// What the operator should know about a tenant's account and books.
package enum TenantNotice: Hashable, Sendable {
    /// Another ledger's books: theirs is seen by what it makes.
    case otherLedger(ForeignBooks)
    /// Another tenant of this file, which had the account before.
    case sharedWith(tenant: String)
    /// Another tenant of this file, which made something on the account, and has it no more.
    case madeBy(tenant: String, object: String)
    /// The file was copied or restored from a backup, and Stripe has not been read since.
    case unread
    /// What its key may not do, as Stripe said when it was set.
    case permissionsMissing([StripePermission])
    /// So many objects at Stripe were made after the backup, and wait to be taken in.
    case found(Int)
    /// Payments of these books reach the balance in another currency: Stripe's code for it, and the currency of the books.
    case settlesIn(String, Currency)
    /// Whether the account settles in the currency of the books could not be read when the key was set, and no payment has shown it yet.
    case settlementUnknown(Currency)

    /// As programs read it; never reworded.
    package var code: String {
        switch self {
        case .otherLedger: "other_ledger"
        case .sharedWith: "account_shared"
        case .madeBy: "other_tenant"
        case .unread: "sync_required"
        case .permissionsMissing: "stripe_permissions_missing"
        case .found: "found_objects"
        case .settlesIn: "settlement_currency"
        case .settlementUnknown: "settlement_unknown"
        }
    }

    /// Every code there is.
    package static let codes = [
        "other_ledger", "account_shared", "other_tenant", "sync_required", "stripe_permissions_missing", "found_objects",
        "settlement_currency", "settlement_unknown",
    ]

    /// Stripe's id of what shows it, or the other tenant's.
    package var object: String {
        switch self {
        case .otherLedger(let books): books.object
        case .sharedWith(let tenant): tenant
        case .madeBy(_, let object): object
        case .unread, .permissionsMissing, .found, .settlesIn, .settlementUnknown: ""
        }
    }

    /// Whether it is about who else is there, and not about these books.
    var isOfNeighbours: Bool {
        switch self {
        case .otherLedger, .sharedWith, .madeBy: true
        case .unread, .permissionsMissing, .found, .settlesIn, .settlementUnknown: false
        }
    }

    /// What it is, in a few words.
    package func cause(in language: Language) -> String {
        switch self {
        case .otherLedger(let books):
            Phrase(
                "another ledger (books \(books.booksID)) uses this Stripe account",
                "ein anderes Hauptbuch (Bücher \(books.booksID)) benutzt dieses Stripe-Konto"
            ).text(in: language)
        case .sharedWith(let tenant):
            Phrase("tenant \"\(tenant)\" also uses this Stripe account", "der Mandant „\(tenant)“ hat dieses Stripe-Konto").text(
                in: language)
        case .madeBy(let tenant, _):
            Phrase(
                "tenant \"\(tenant)\" has used this Stripe account before",
                "der Mandant „\(tenant)“ hat auf diesem Stripe-Konto Zahlungen angelegt"
            ).text(in: language)
        case .unread:
            Phrase(
                "these books were copied or restored from a backup, and Stripe has not been read since",
                "diese Bücher sind eine Kopie oder stammen aus einer Sicherung, und Stripe wurde seitdem nicht gelesen"
            ).text(in: language)
        case .permissionsMissing(let rights):
            Phrase(
                "the Stripe key lacks permissions: \(rights.map(\.phrase.english).joined(separator: ", "))",
                "dem Stripe-Schlüssel fehlen Berechtigungen: \(rights.map(\.phrase.german).joined(separator: ", "))"
            ).text(in: language)
        case .found(let count):
            Phrase(
                "Stripe has \(count) \(count == 1 ? "object" : "objects") that were made after the backup and are not in these books",
                "bei Stripe \(count == 1 ? "liegt ein Objekt" : "liegen \(count) Objekte") aus der Zeit nach der Sicherung, hier nicht gezählt"
            ).text(in: language)
        case .settlesIn(let code, let currency):
            Phrase(
                "Stripe settles payments of these books in \(code.uppercased()), and they are kept in \(currency.code.uppercased())",
                "Stripe rechnet Zahlungen dieser Bücher in \(code.uppercased()) ab; geführt werden sie in \(currency.code.uppercased())"
            ).text(in: language)
        case .settlementUnknown(let currency):
            Phrase(
                "it is not known yet whether the Stripe account settles in \(currency.code.uppercased())",
                "ob das Stripe-Konto in \(currency.code.uppercased()) abrechnet, ist noch nicht bekannt"
            ).text(in: language)
        }
    }

    /// What to do, in one or two sentences.
    package func advice(in language: Language) -> String {
        switch self {
        case .otherLedger(let books):
            Phrase(
                "Give each ledger its own Stripe account; until then payouts, fees and the balance here are those of both."
                    + (Self.gettingBack(books.booksID).map { " \($0.english)" } ?? ""),
                "Jedem Hauptbuch ein eigenes Stripe-Konto geben; bis dahin sind Auszahlungen, Gebühren und Guthaben hier die von beiden."
                    + (Self.gettingBack(books.booksID).map { " \($0.german)" } ?? "")
            ).text(in: language)
        case .madeBy:
            Phrase(
                "Those payments are in that tenant's books; the fees, payouts and balance of both are in these books.",
                "Sie stehen in dessen Büchern; Gebühren, Auszahlungen und Guthaben hier sind die von beiden."
            ).text(in: language)
        case .sharedWith:
            Phrase(
                "No money is taken for this tenant until `tenant stripe` sets the key of another account.",
                "Für diesen Mandanten wird nichts eingezogen, bis mit `tenant stripe` der Schlüssel eines anderen Kontos hinterlegt ist."
            ).text(in: language)
        case .unread:
            Phrase(
                "No money is taken before `sync` has run; the service does it automatically within minutes.",
                "Nichts wird eingezogen, bevor `sync` gelaufen ist; der Dienst tut es innerhalb von Minuten von selbst."
            ).text(in: language)
        case .permissionsMissing:
            Phrase(
                "Money is taken and refunded nevertheless. Give the key these permissions at Stripe and set it again, so that fees, payouts and "
                    + "changes made at Stripe are read.",
                "Eingezogen und erstattet wird trotzdem. Dem Schlüssel bei Stripe diese Berechtigungen geben und ihn erneut hinterlegen, damit Gebühren, "
                    + "Auszahlungen und was andere bei Stripe tun hier ankommen."
            ).text(in: language)
        case .found:
            Phrase(
                "No money is taken on their folios until `reconcile --repair` has taken them in.",
                "Auf ihren Gästekonten wird nichts eingezogen, bis `reconcile --repair` sie übernommen hat."
            ).text(in: language)
        case .settlesIn(let code, let currency):
            Phrase(
                "Their fees and payouts are not in these books. Add a bank account in \(currency.code.uppercased()) at Stripe, so that it settles "
                    + "in that currency, or keep a new tenant in \(code.uppercased()).",
                "Gebühren und Auszahlungen dazu stehen nicht in diesen Büchern. Bei Stripe ein Bankkonto in \(currency.code.uppercased()) "
                    + "hinterlegen, damit in dieser Währung abgerechnet wird, oder einen neuen Mandanten in \(code.uppercased()) führen."
            ).text(in: language)
        case .settlementUnknown:
            Phrase(
                "The first payment will show it. Give the key the right to read the balance and set it again to know it now.",
                "Die erste Zahlung zeigt es. Mit dem Recht, das Guthaben zu lesen, und erneut hinterlegtem Schlüssel ist es gleich bekannt."
            ).text(in: language)
        }
    }

    /// What to do when other books are the tenant's own, which a restore has lost; `nil` for an id that no books of ours have.
    static func gettingBack(_ booksID: String) -> Phrase? {
        guard TextRule.booksID.takes(booksID) else { return nil }
        return Phrase(
            "If they belong to this tenant and were lost with a restore, restore the backup again and add the tenant with "
                + "`tenant add --books-id \(booksID)`.",
            "Sind es die eigenen, die nach einer Sicherung fehlen: die Sicherung noch einmal zurückspielen und den Mandanten mit "
                + "`tenant add --books-id \(booksID)` anlegen.")
    }

    /// Both, as one text.
    package func sentence(in language: Language) -> String {
        let cause = cause(in: language)
        return "\(cause.prefix(1).uppercased())\(cause.dropFirst()). \(advice(in: language))"
    }
}

extension Book {
    func tenantNotices() throws -> [TenantNotice] {
        let found = try waitingFoundObjects().count
        // Of an account whose keys are gone for good nothing has to be done any more.
        if try areKeysRemoved() { return found > 0 ? [.found(found)] : [] }
        let rights = try missingPermissions().compactMap { StripePermission(rawValue: $0) }
        let before = try tenantsBefore()
        let others = try foreignBooks().compactMap { books -> TenantNotice? in
            guard let neighbour = try transaction.tenant(booksID: books.booksID) else { return .otherLedger(books) }
            return before.contains(neighbour) ? nil : .madeBy(tenant: neighbour, object: books.object)
        }
        let settlement: [TenantNotice] =
            try otherCurrencies().filter(\.hasOurs).map { .settlesIn($0.code, tenant.currency) }
            + (isSettlementUnknown() ? [.settlementUnknown(tenant.currency)] : [])
        return try (awaitsReading() ? [.unread] : []) + (rights.isEmpty ? [] : [.permissionsMissing(rights)])
            + (found > 0 ? [.found(found)] : []) + settlement + before.map { .sharedWith(tenant: $0) } + others
    }

    /// - Returns: `nil` without an account.
    func standing() throws -> AccountStanding? {
        guard try hasStripeAccount() else { return nil }
        guard try tenantsBefore().isEmpty else { return .shared }
        return try hasUncheckedNeighbour() ? .unknown : .own
    }
}

extension LedgerService {
    /// Stripe answers nothing: asking on would only take long.
    private struct Silent: Error { let why: Failure }

    /// Whether a key belongs to the account of an intent: only a key of that account can read it.
    ///
    /// - Returns: `nil` if the key lacks the permission.
    private func outcome(of intent: String, with key: Secret) async throws(Silent) -> AccountOutcome? {
        switch await clients.client(for: key).paymentIntent(intent) {
        case .answer: return .same
        case .refused(let error): return error.code == .resourceMissing ? .other : nil
        case .unknown(let uncertainty):
            guard uncertainty.isKeyRefused else { throw Silent(why: Failure(uncertainty)) }
            return nil
        }
    }

    /// `acct_…`; `nil` for a restricted key, which mostly may not ask.
    private func accountID(with key: Secret) async -> String? {
        guard case .answer(let account) = await clients.client(for: key).account() else { return nil }
        return account.id
    }

    /// Compares an account with another tenant's: by Stripe's own ids where both are known, otherwise by what each of the two knows at Stripe.
    private func compare(
        _ key: Secret, id: String?, intent: String?, with neighbour: NeighbourAccount, asksForID: Bool
    ) async throws -> AccountOutcome? {
        // Live objects and test objects never meet, not even on one account.
        if let mode = neighbour.tenant.isLive, mode != key.isLive { return .other }
        let theirs = (try? stripeAccount(of: neighbour.tenant))?.secretKey
        if let theirs, theirs == key { return .same }
        if let id, let theirID = neighbour.accountID { return theirID == id ? .same : .other }
        if let known = neighbour.intent, let outcome = try await outcome(of: known, with: key) { return outcome }
        guard let theirs else { return nil }
        if let intent, let outcome = try await outcome(of: intent, with: theirs) { return outcome }
        guard asksForID, let id, let theirID = await accountID(with: theirs) else { return nil }
        try await store.write(of: neighbour.tenant) { try $0.setAccountID(theirID, connection: neighbour.connection) }
        return theirID == id ? .same : .other
    }

    /// What has to be so before a tenant gets a key.
    struct NewAccount: Sendable {
        /// Whether the key opens the account that the tenant has already.
        var isSameAccount = false
        /// Whether it should, and Stripe did not say: a sync asks again.
        var isUnverified = false
        var id: String?
        var others: [(tenant: Tenant, outcome: AccountOutcome)] = []
    }

    /// Checks a key at Stripe before it is stored for a tenant.
    ///
    /// - Parameter namesOthers: Whether the caller may know about other tenants.
    /// - Throws: `ServiceRefusal.modeMismatch`, `.accountMismatch`, `.accountTaken`; `.stripeUnreachable` when Stripe is silent and another account
    ///   would leave something behind.
    func look(with key: Secret, for tenant: Tenant, namesOthers: Bool) async throws -> NewAccount {
        let (own, isLive, neighbours, hasObjects) = try store.read(of: tenant) {
            (try $0.latestIntent(), try $0.hasLiveObjects(), try $0.neighbours(), try $0.hasStripeObjects())
        }
        if let mode = tenant.isLive, mode != key.isLive, hasObjects { throw ServiceRefusal.modeMismatch(isLive: key.isLive) }
        var account = NewAccount()
        account.isSameAccount = (try? stripeAccount(of: tenant))?.secretKey == key
        if !account.isSameAccount, let own {
            let outcome = try await ownOutcome(of: own, with: key, isLive: isLive)
            if outcome == .other, isLive { throw ServiceRefusal.accountMismatch(tenant.id) }
            (account.isSameAccount, account.isUnverified) = (outcome == .same, outcome == nil)
        }
        guard !neighbours.isEmpty else { return account }
        account.id = await accountID(with: key)
        let facts = try store.read(of: tenant) { try $0.accountConnection() }
        if account.isUnverified, let id = account.id, let known = facts?.accountID {
            if id != known, isLive { throw ServiceRefusal.accountMismatch(tenant.id) }
            (account.isSameAccount, account.isUnverified) = (id == known, false)
        }
        let connection = facts?.connection ?? .max
        for neighbour in neighbours {
            // Of the same account everything known stays true; and one that came to it later is no reason to refuse the first.
            if account.isSameAccount, let known = neighbour.known, known == .other || neighbour.connection > connection { continue }
            let outcome: AccountOutcome?
            do {
                outcome = try await compare(
                    key, id: account.id, intent: account.isSameAccount ? own : nil, with: neighbour, asksForID: true)
            } catch is Silent { break }
            if outcome == .same { throw ServiceRefusal.accountTaken(by: namesOthers ? neighbour.tenant.id : nil) }
            if let outcome { account.others.append((neighbour.tenant, outcome)) }
        }
        return account
    }

    /// - Parameter isLive: Whether another account would leave something behind.
    /// - Returns: `nil` when Stripe does not tell.
    /// - Throws: `ServiceRefusal.stripeUnreachable`.
    private func ownOutcome(of intent: String, with key: Secret, isLive: Bool) async throws -> AccountOutcome? {
        do { return try await outcome(of: intent, with: key) } catch {
            guard isLive else { return nil }
            throw ServiceRefusal.stripeUnreachable(error.why)
        }
    }

    /// A key that could not be verified when it was set has turned out to be one of another account: that is connected now.
    private func noteMove(of tenant: Tenant, connection: Int64) async throws {
        try await store.write(of: tenant) { book in
            guard try book.accountConnection()?.connection == connection else { return }
            try book.noteConnected()
        }
    }

    /// Tries again to tell a tenant's account from the others', where that is not known yet. Two tenants on one account: the one that set its key
    /// later takes nothing any more.
    func checkAccount(of tenant: Tenant) async throws {
        let key = try stripeAccount(of: tenant).secretKey
        if tenant.isLive == nil { try await store.write(of: tenant) { try $0.setMode(isLive: key.isLive) } }
        let (isUnchecked, facts, latest) = try store.read(of: tenant) {
            (try $0.hasUncheckedNeighbour(), try $0.accountConnection(), try $0.latestIntent())
        }
        guard isUnchecked, let facts else { return }
        var own = latest
        if let intent = own {
            do {
                switch try await outcome(of: intent, with: key) {
                case .same: break
                case .other: return try await noteMove(of: tenant, connection: facts.connection)
                // Where it was made, the other tenant's key must not tell: this key may be of another account.
                case nil: own = nil
                }
            } catch is Silent { return }
        }
        var id = facts.accountID
        if id == nil {
            id = await accountID(with: key)
            if let id { try await store.write(of: tenant) { try $0.setAccountID(id, connection: facts.connection) } }
        }
        for neighbour in try store.read(of: tenant, { try $0.neighbours() }) where neighbour.known == nil {
            let answer: AccountOutcome?
            do { answer = try await compare(key, id: id, intent: own, with: neighbour, asksForID: false) } catch is Silent { return }
            guard let outcome = answer else { continue }
            let isLater = facts.connection > neighbour.connection
            try await store.write { transaction in
                // Somebody may have set another key while Stripe was asked.
                let ours = try transaction.withBook(of: tenant) { try $0.accountConnection()?.connection }
                let theirs = try transaction.withBook(of: neighbour.tenant) { try $0.accountConnection()?.connection }
                guard ours == facts.connection, theirs == neighbour.connection else { return }
                try transaction.withBook(of: isLater ? tenant : neighbour.tenant) {
                    try $0.setAccountOutcome(outcome, beside: isLater ? neighbour.tenant : tenant)
                }
            }
        }
    }
}
