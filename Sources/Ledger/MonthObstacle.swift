/// What of a month is not settled, and keeps the month from being closed.
package struct MonthObstacle: Hashable, Sendable {
    /// What waits. The words are what programs see.
    package enum Kind: String, Sendable, CaseIterable {
        /// A call that Stripe has not answered; it is sent again automatically.
        case operationWaiting = "operation_waiting"
        /// A call whose outcome nobody knows.
        case operationParked = "operation_parked"
        /// News that is not processed yet.
        case eventReceived = "event_received"
        /// News that could not be processed.
        case eventParked = "event_parked"
        /// A movement on the balance whose origin has not been read.
        case movementWaiting = "movement_waiting"
        /// What one of Stripe's lists could not show; it is tried again automatically.
        case objectUnreadable = "object_unreadable"
    }

    /// Says what kind of thing the ids name.
    package let kind: Kind
    /// How many there are; more than 0.
    package let count: Int
    /// The oldest of them: an operation by its number, an event or a movement by Stripe's id. At most `mostIDs`.
    package let ids: [String]

    /// As many ids are named as somebody reads.
    package static let mostIDs = 10

    /// - Parameter ids: All of them, oldest first.
    /// - Returns: `nil` where there are none.
    package init?(_ kind: Kind, _ ids: [String]) {
        guard !ids.isEmpty else { return nil }
        self.kind = kind
        count = ids.count
        self.ids = Array(ids.prefix(Self.mostIDs))
    }

    /// How many of what, and which: `2 operations without an answer (12, 14)`.
    package var phrase: Phrase {
        let names = ids.joined(separator: ", ") + (count > ids.count ? ", …" : "")
        let what = count == 1 ? kind.one : kind.several
        return Phrase("\(count) \(what.english) (\(names))", "\(count) \(what.german) (\(names))")
    }
}

extension MonthObstacle.Kind {
    fileprivate var one: Phrase {
        switch self {
        case .operationWaiting: Phrase("operation without an answer", "Vorgang ohne Antwort")
        case .operationParked: Phrase("parked operation", "Vorgang zu klären")
        case .eventReceived: Phrase("event not processed yet", "Ereignis nicht verarbeitet")
        case .eventParked: Phrase("parked event", "Ereignis zu klären")
        case .movementWaiting: Phrase("movement whose origin is not read", "Saldobewegung ungeklärter Herkunft")
        case .objectUnreadable: Phrase("object that cannot be read", "unlesbares Objekt")
        }
    }

    fileprivate var several: Phrase {
        switch self {
        case .operationWaiting: Phrase("operations without an answer", "Vorgänge ohne Antwort")
        case .operationParked: Phrase("parked operations", "Vorgänge zu klären")
        case .eventReceived: Phrase("events not processed yet", "Ereignisse nicht verarbeitet")
        case .eventParked: Phrase("parked events", "Ereignisse zu klären")
        case .movementWaiting: Phrase("movements whose origin is not read", "Saldobewegungen ungeklärter Herkunft")
        case .objectUnreadable: Phrase("objects that cannot be read", "unlesbare Objekte")
        }
    }
}

extension [MonthObstacle] {
    /// All of them in one phrase.
    package var phrase: Phrase {
        Phrase(map(\.phrase.english).joined(separator: ", "), map(\.phrase.german).joined(separator: ", "))
    }
}
