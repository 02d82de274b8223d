import JSON
import TestSupport

/// A stay as it will be, drawn from a seed, and what must stand in Stripe's own books when it is over.
struct Stay: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// The bill is more than the hold: capture it, charge the rest to the saved card.
        case beyondTheHold
        /// Capture a part of the hold.
        case withinTheHold
        /// Let the hold go.
        case nothing
        /// Paid in full before, and cheaper in the end: give the rest back.
        case prepaid
    }

    let reference: String
    let kind: Kind
    /// Minor units, one a line.
    let extras: [Int]

    static let held = 30000

    init(number: Int, seed: UInt64) {
        var noise = Noise(seed: seed &+ UInt64(number) &* 0x9E37)
        reference = "R-\(number)"
        kind = [.beyondTheHold, .beyondTheHold, .withinTheHold, .prepaid, .nothing].randomElement(using: &noise)!
        let total =
            switch kind {
            case .beyondTheHold: Int.random(in: Self.held + 100...Self.held + 9999, using: &noise)
            case .withinTheHold, .prepaid: Int.random(in: 1000...Self.held - 100, using: &noise)
            case .nothing: 0
            }
        let first = total / Int.random(in: 2...5, using: &noise)
        extras = total == 0 ? [] : [first, total - first]
    }

    var mode: String { kind == .prepaid ? "direct" : "reserved" }
    var total: Int { extras.reduce(0, +) }

    /// Every amount that Stripe takes, smallest first.
    var taken: [Int] {
        switch kind {
        case .beyondTheHold: [total - Self.held, Self.held].sorted()
        case .withinTheHold: [total]
        case .nothing: []
        case .prepaid: [Self.held]
        }
    }

    var givenBack: [Int] { kind == .prepaid ? [Self.held - total] : [] }

    /// What is sent to check out, always the same.
    func checkOutBody(_ plan: JSON) -> JSON { ["plan": plan, "nothing_charged": .bool(extras.isEmpty)] }

    var checkOutKey: String { "check-out-\(reference)" }
    func key(ofLine position: Int) -> String { "line-\(reference)-\(position)" }
}
