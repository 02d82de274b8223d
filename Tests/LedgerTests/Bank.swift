@testable import Ledger

/// Stripe and the banks, as strict as they are: runs the steps of a plan and complains about what must never be asked.
struct Bank {
    private let facts: CheckOutInput
    private let due: Int64
    /// What each live hold still has; gone once captured, released, or refused both ways.
    private var live: [Int64: Int64] = [:]
    private var ceilings: [Int64: Int64] = [:]
    private var refundable: [Int64: Int64] = [:]
    private var raised: Set<Int64> = []
    private var seen: Set<CheckOutStep> = []
    private(set) var taken: Int64 = 0
    private(set) var refunded: Int64 = 0
    private(set) var complaints: [String] = []

    init(_ facts: CheckOutInput, due: Int64) {
        self.facts = facts
        self.due = due
        for hold in facts.holds where hold.isLive(at: facts.now) {
            live[hold.number] = hold.authorised.minorUnits
            ceilings[hold.number] = max(hold.authorised.minorUnits, hold.card?.ceiling ?? 0)
        }
        for payment in facts.payments { refundable[payment.number] = payment.refundable }
    }

    mutating func run(_ steps: [CheckOutStep], refuses: (CheckOutStep) -> Bool) {
        var queue = steps
        var card = facts.savedCard != nil
        var refusing: Set<Int64> = []
        for _ in 0..<100 where !queue.isEmpty {
            let step = queue.removeFirst()
            let refused = refuses(step)
            meet(step, refused: refused)
            let before = queue.reduce(step.moves) { $0 + $1.moves }
            if refused {
                if case .chargeSavedCard = step { card = false }
                if let payment = step.payment { refusing.insert(payment) }
                let left = facts.payments.filter { !refusing.contains($0.number) }.map { payment in
                    var payment = payment
                    payment.refunded = Money(
                        minorUnits: payment.received.minorUnits - (refundable[payment.number] ?? 0), currency: payment.amount.currency)
                    return payment
                }
                queue = CheckOutPlan.afterRefusal(
                    of: step, following: queue, savedCard: card, minimum: facts.minimum, payments: left)
                if queue.reduce(0, { $0 + $1.moves }) > max(before, before - step.moves) {
                    complaints.append("more is asked for after \(step)")
                }
            }
            let behind = queue.reduce(0) { $0 + max(0, -$1.moves) }
            if refunded + behind > max(0, -due) { complaints.append("\(refunded) given back and \(behind) planned, beyond \(due)") }
            let ahead = queue.reduce(0) { $0 + max(0, $1.moves) }
            if taken + ahead > max(0, due) { complaints.append("\(taken) taken and \(ahead) planned, beyond \(due)") }
        }
        if !queue.isEmpty { complaints.append("does not end: \(queue)") }
        if !live.isEmpty { complaints.append("neither captured nor released: \(live)") }
        if refunded > max(0, -due) { complaints.append("\(refunded) given back, beyond \(due)") }
    }

    private mutating func meet(_ step: CheckOutStep, refused: Bool) {
        switch step {
        case .increment(let hold, let from, let to):
            guard live[hold] == from, to > from, raised.insert(hold).inserted else { return complaints.append("\(step)") }
            guard facts.holds.first(where: { $0.number == hold })?.card?.mayIncrement == true else {
                return complaints.append("\(step): may not")
            }
            if !refused {
                live[hold] = to
                ceilings[hold] = to
            }
        case .capture(let hold, let amount):
            guard let ceiling = ceilings[hold], live[hold] != nil else { return complaints.append("\(step): not live") }
            if amount > ceiling { complaints.append("\(step): beyond \(ceiling)") }
            collect(step, amount, refused)
            if !refused { live[hold] = nil }
        case .release(let hold, _):
            if live.removeValue(forKey: hold) == nil { complaints.append("\(step): not live") }
        case .chargeSavedCard(let amount):
            if facts.savedCard == nil { complaints.append("\(step): no card is saved") }
            collect(step, amount, refused)
        case .paymentPage(let amount):
            collect(step, amount, refused)
        case .refund(let payment, let amount):
            if facts.payments.first(where: { $0.number == payment })?.refundRefusal != nil {
                complaints.append("\(step): refused for good")
            }
            if !seen.insert(step).inserted || amount <= 0 || amount > refundable[payment] ?? 0 { complaints.append("\(step)") }
            if !refused {
                refundable[payment, default: 0] -= amount
                refunded += amount
            }
        }
    }

    private mutating func collect(_ step: CheckOutStep, _ amount: Int64, _ refused: Bool) {
        if amount < max(1, facts.minimum) { complaints.append("\(step): below the least amount") }
        if !refused { taken += amount }
    }
}
