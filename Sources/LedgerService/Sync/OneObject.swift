import Ledger
internal import LedgerStore
import Stripe

// One object's trouble holds up itself and nothing else. What cannot be read or taken in is kept with the reason, tried again at each sync,
// and shown until then; a month waits for it. Only what is of all objects stops a sync: the file, the tenant's key, and a Stripe that
// answers nothing.

extension LedgerService {
    /// Reads one object and takes in what it says, or keeps why that did not work.
    ///
    /// One that Stripe does not have is no trouble: `reconcile` names it.
    ///
    /// - Parameter id: Stripe's.
    /// - Returns: Whether it was taken in, or is not there.
    /// - Throws: Only what is of all objects.
    @discardableResult
    func byItself(_ id: String, of tenant: Tenant, _ body: () async throws -> Void) async throws -> Bool {
        do { try await body() } catch StripeFailure.refused(let error) where error.code == .resourceMissing {
            return true
        } catch {
            let why = try await ownTrouble(error, of: tenant)
            try await store.write(of: tenant) { try $0.noteUnreadable(id, why) }
            return false
        }
        return true
    }

    /// Tells one object's trouble from what is of all.
    ///
    /// - Returns: Why the one could not be read or taken in.
    /// - Throws: The error itself where it is of the file or of the tenant; `ServiceRefusal.stripeUnreachable` where Stripe is silent about
    ///   everything; `.stripeKeyRefused` where it does not know the key.
    func ownTrouble(_ error: any Error, of tenant: Tenant) async throws -> Failure {
        switch error {
        case let failure as StripeFailure:
            if case .unknown(let uncertainty) = failure { try await requireOtherAnswers(after: uncertainty, of: tenant) }
            return Failure(failure)
        case ServiceRefusal.refundTooLarge: return Failure(unusable: error)
        case is ServiceRefusal, is SealingRefusal, is CancellationError: throw error
        default:
            if Self.isOfTheFile(error) { throw error }
            return Failure(unusable: error)
        }
    }

    /// Where one question has no answer, or the key may not ask it: asks another one, to know whether that is all.
    ///
    /// - Throws: `ServiceRefusal.stripeUnreachable` when Stripe answers that neither; `.stripeKeyRefused` when it does not know the key.
    func requireOtherAnswers(after uncertainty: StripeUncertainty, of tenant: Tenant) async throws {
        guard uncertainty.mayBeOfAll, case .unknown(let other) = await (try client(for: tenant)).balance(), other.mayBeOfAll else { return }
        if other.isKeyUnknown { throw ServiceRefusal.stripeKeyRefused(tenant.id) }
        throw ServiceRefusal.stripeUnreachable(Failure(other))
    }
}

extension StripeUncertainty {
    /// Whether any other question might come to the same: nobody answers, Stripe is in trouble, there are too many questions, or the key is not
    /// known.
    fileprivate var mayBeOfAll: Bool {
        switch reason {
        case .noAnswer, .rateLimited, .serverError: true
        case .keyRefused: isKeyUnknown
        case .conflict, .locked, .unreadable: false
        }
    }
}
