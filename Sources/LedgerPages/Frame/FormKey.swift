import LedgerService
import Synchronization

/// The key of the form that is being answered, and whether a verb was given it. That verb stores the key with what it
/// decides, be it after the page was answered; of a form whose verbs take no key it is stored afterwards that it was
/// done.
final class FormKey: Sendable {
    private let key: IdempotencyKey
    private let given = Mutex(false)

    init(_ key: IdempotencyKey) { self.key = key }

    /// For a verb.
    func give() -> IdempotencyKey {
        given.withLock { $0 = true }
        return key
    }

    var isGiven: Bool { given.withLock { $0 } }
}
