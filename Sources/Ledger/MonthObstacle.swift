/// What of a month is not settled, and keeps the month from being closed. Each kind has a way out: see `wayOut`.
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
        /// A movement on the balance whose origin has not been read, and that nobody has dismissed.
        case movementWaiting = "movement_waiting"
        /// What one of Stripe's lists could not show, and nobody has dismissed; it is tried again automatically.
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

extension MonthObstacle.Kind {
    /// What happens by itself and who can do what, in one sentence that is right wherever it is read.
    package var wayOut: Phrase {
        switch self {
        case .operationWaiting:
            Phrase(
                "An operation without an answer is sent again automatically, and the operator can decide about it after three days.",
                "Ein Vorgang ohne Antwort wird von selbst erneut gesendet; nach drei Tagen kann der Betreiber über ihn entscheiden.")
        case .operationParked:
            Phrase(
                "The operator has a parked operation sent again or dismisses it.",
                "Einen Vorgang, der zu klären ist, lässt der Betreiber erneut senden oder legt ihn beiseite.")
        case .eventReceived:
            Phrase(
                "Events are processed automatically within minutes, and one that fails for hours is left to the operator.",
                "Ereignisse werden innerhalb von Minuten von selbst verarbeitet; scheitert eines stundenlang, entscheidet der Betreiber.")
        case .eventParked:
            Phrase(
                "The operator has a parked event processed again or dismisses it.",
                "Ein Ereignis, das zu klären ist, lässt der Betreiber erneut verarbeiten oder legt es beiseite.")
        case .movementWaiting:
            Phrase(
                "The origin of a movement is read again automatically; if that keeps failing, accounting dismisses the movement to suspense, "
                    + "and if the movement belongs to a found object, the operator decides about that.",
                "Die Herkunft einer Bewegung wird von selbst erneut gelesen; scheitert das immer wieder, legt die Buchhaltung die Bewegung "
                    + "beiseite, und gehört sie zu etwas, das bei Stripe gefunden wurde, entscheidet der Betreiber darüber.")
        case .objectUnreadable:
            Phrase(
                "An object that cannot be read is tried again automatically; if that keeps failing, accounting dismisses it.",
                "Ein unlesbares Objekt wird von selbst erneut gelesen; scheitert das immer wieder, legt die Buchhaltung es beiseite.")
        }
    }

    /// The same with the verbs of the command line, in English like all that is said there.
    package var command: String {
        switch self {
        case .operationWaiting: "`sync` sends an operation without an answer again; after three days it is parked."
        case .operationParked: "`operation retry` sends a parked operation again, `operation dismiss` dismisses it."
        case .eventReceived: "`sync` processes events; one that fails for hours is parked."
        case .eventParked: "`event retry` processes a parked event again, `event dismiss` dismisses it."
        case .movementWaiting:
            "`sync` reads the origin of a movement again; `movement dismiss` puts one in suspense whose origin cannot be read, and "
                + "`found list` shows what has to be decided first."
        case .objectUnreadable: "`sync` reads an object again; `unreadable dismiss` dismisses one that cannot be read."
        }
    }
}

extension [MonthObstacle] {
    /// What can be done about each of them, a sentence for each kind.
    package var wayOut: Phrase {
        Phrase(map(\.kind.wayOut.english).joined(separator: " "), map(\.kind.wayOut.german).joined(separator: " "))
    }

    /// The same with the verbs of the command line.
    package var commands: String { map(\.kind.command).joined(separator: " ") }

    /// All of them in one phrase.
    package var phrase: Phrase {
        Phrase(map(\.phrase.english).joined(separator: ", "), map(\.phrase.german).joined(separator: ", "))
    }
}
