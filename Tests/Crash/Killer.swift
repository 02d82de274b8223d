import Foundation
import TestSupport

/// Kills the service at random moments while check-outs run, and starts it again.
struct Killer {
    let house: CrashHouse
    let reception: Reception
    private var noise: Noise
    private(set) var places: [Place: Int] = [:]

    init(_ house: CrashHouse, _ reception: Reception, seed: UInt64) {
        self.house = house
        self.reception = reception
        noise = Noise(seed: seed)
    }

    /// Where a check-out stood when its process died.
    enum Place: String, CaseIterable {
        case notDecided = "not decided yet"
        case stored = "stored, not done at Stripe"
        case done = "done at Stripe, not booked"
        case between = "between two steps"
        case booked = "booked, not answered"
    }

    /// A request that has outlasted so many kills is left in peace until it is answered. A service that is killed as soon as it has been
    /// sent something answers nobody on a machine that is slow enough.
    private static let mostOutlasted = 8

    /// Kills until there have been so many, or until the work of the desks is over.
    ///
    /// - Returns: How many there were.
    mutating func kill(_ most: Int, until isOver: Gate) async throws -> Int {
        var kills = 0
        while kills < most {
            while reception.record.mostOutlasted >= Self.mostOutlasted, !isOver.isOpen { try await Task.sleep(for: .milliseconds(1)) }
            // Half of the time one is answered first: that is when others are in the middle of theirs.
            let begun = noise.one(in: 2) ? \Reception.Record.checkOutsSent : \.checkOutsAnswered
            let before = reception.record[keyPath: begun]
            while reception.record[keyPath: begun] == before, !isOver.isOpen { try await Task.sleep(for: .milliseconds(1)) }
            if isOver.isOpen { break }
            try await Task.sleep(for: .microseconds(Int.random(in: 0...60_000, using: &noise)))
            reception.change { $0.isUp = false }
            await house.kill()
            kills += 1
            // Time for the clients to notice, and for Stripe to finish what it was sent.
            try await Task.sleep(for: .milliseconds(20))
            let number = reception.record.kills + 1
            for reference in reception.record.unanswered[number] ?? [] { places[try await place(of: reference), default: 0] += 1 }
            reception.change { $0.kills = number }
            try await house.start()
            reception.change { $0.isUp = true }
        }
        return kills
    }

    /// Read from a copy, so that nobody but the service itself recovers its file.
    private func place(of reference: String) async throws -> Place {
        let copy = try LedgerCopy(of: house.folder)
        let file = copy.file
        let folio = "(SELECT number FROM folio WHERE reference = '\(reference)')"
        guard ask(file, "SELECT number FROM check_out WHERE folio = \(folio)") != [] else { return .notDecided }
        if ask(file, "SELECT closed_at IS NOT NULL FROM folio WHERE reference = '\(reference)'") == ["1"] { return .booked }
        let waiting = ask(
            file,
            """
            SELECT kind, payment_intent, subject, body, folio FROM operation JOIN operation_body ON operation = number
            WHERE folio = \(folio) AND state = 'waiting'
            """)
        guard let operation = waiting.first?.split(separator: "|", omittingEmptySubsequences: false).map(String.init) else {
            return .between
        }
        return try await isDone(operation) ? .done : .stored
    }

    /// Whether Stripe has done what an operation is for.
    private func isDone(_ operation: [String]) async throws -> Bool {
        func newest(_ path: String) async throws -> [[String: Any]] {
            try await house.simulator.order("GET", "\(path)?limit=50")["data"] as? [[String: Any]] ?? []
        }
        let (kind, intent, subject, body, folio) = (operation[0], operation[1], operation[2], operation[3], operation[4])
        switch kind {
        case "capture", "release":
            let status = try await house.simulator.order("GET", "/v1/payment_intents/\(intent)")["status"] as? String
            return status == "succeeded" || status == "canceled"
        case "refund": return try await newest("/v1/refunds").contains { body.contains($0["payment_intent"] as? String ?? "none") }
        default:
            return try await newest("/v1/payment_intents").contains {
                let metadata = $0["metadata"] as? [String: String]
                return metadata?["ledger_folio"] == folio && metadata?["ledger_payment"] == subject
            }
        }
    }
}
