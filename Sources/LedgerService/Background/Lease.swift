import Ledger
internal import LedgerStore

/// A process's claim to lead, renewed well before it ends. What the process believes is measured by its own steady clock, from before
/// the claim was written: it stops believing no later than the others do.
struct Lease: Sendable {
    private let process: String
    private let length: Duration
    private let pause: Duration
    private(set) var term: Int64?
    private var heldUntil = ContinuousClock.now
    private var nextLook = ContinuousClock.now

    init(of process: String, _ pace: BackgroundPace) {
        self.process = process
        length = pace.lease
        pause = pace.lease / 3
    }

    var isHeld: Bool { term != nil && ContinuousClock.now < heldUntil }

    /// Takes the lease when it is free, or renews it.
    mutating func renew(in ledger: LedgerService) async {
        let began = ContinuousClock.now
        guard began >= nextLook else { return }
        nextLook = began + (term == nil ? pause / 2 : pause)
        do {
            let now = ledger.realTime()
            // A follower only reads.
            if term == nil, let leader = try ledger.store.read({ try $0.leader() }), leader.expiresAt > now { return }
            let process = process
            let until = now.adding(length)
            term = try await ledger.store.write { try $0.lead(process, at: now, until: until) }
            heldUntil = began + length
        } catch {
            // The file is locked or full: the lease expires by itself.
            if !isHeld { term = nil }
        }
    }

    func resign(in ledger: LedgerService) async {
        guard let term else { return }
        let (process, now) = (process, ledger.realTime())
        try? await ledger.store.write { try $0.resign(process, term: term, at: now) }
    }
}

extension Instant {
    fileprivate func adding(_ duration: Duration) -> Instant {
        Instant(milliseconds: milliseconds + Int64(duration / .milliseconds(1)))
    }
}
