import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `events …`: Stripe's news that could not be taken in.
enum EventVerbs {
    static let all = [list, retry, dismiss]

    private static let event = Parameter.argument("EVENT", .text(), "Stripe's id of the event, evt_….")
    private static let onlyEvent = Parameter.option("event", .text("ID"), "Only this event; without it, all events that failed.")

    private static let list = Verb(
        "event list", "Lists Stripe's events that could not be processed or used.", [Options.tenant],
        examples: ["event list seeblick"],
        notes: [
            "Parked events wait for you; the others are retried automatically.",
            "Events that these books cannot use are counted and dropped. The hint says whether there is something to do. Programs read them in "
                + "`tenant show --format json`.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let dropped = try context.ledger.droppedEvents(of: invocation[Options.tenant])
        let troubled = try context.ledger.troubledEvents(of: invocation[Options.tenant])
        let people: any Presentable =
            dropped.isEmpty
            ? table(troubled)
            : Report(
                Record([.init("tenant", "Tenant", .text(invocation[Options.tenant]))]),
                [.init("events", "Not processed", table(troubled)), .init("dropped", "Not used", Self.dropped(dropped))])
        try invocation.show(ShapedResult(list: StripeWorkShapes.event, troubled, people: people))
    }

    private static func dropped(_ dropped: [DroppedEvents]) -> Table {
        Table(
            [
                Column("reason", "Reason"), Column("count", "Number", .number), Column("first_at", "First", .instant),
                Column("last_at", "Last", .instant), Column("example", "Example", fit: .shortened),
                Column("hint", "What to do", fit: .wrapped),
            ],
            rows: dropped.map {
                [
                    .text($0.word), .integer($0.count), .instant($0.first), .instant($0.last), .of($0.example, Cell.text),
                    .of($0.reason) { .text($0.hint.english) },
                ]
            })
    }

    private static func table(_ troubled: [TroubledEvent]) -> Table {
        Table(
            [
                Column("event", "Event", fit: .shortened), Column("type", "Type", fit: .wrapped),
                Column("object", "What", fit: .shortened), Column("state", "State"), Column("attempts", "Attempts", .number, detail: 1),
                Column("received_at", "Received", .instant), Column("problem", "Problem", fit: .wrapped),
            ],
            rows: troubled.map {
                [
                    .text($0.id), .text($0.type), .of($0.objectID, Cell.text), .text($0.isParked ? "parked" : "waiting"),
                    .integer(Int64($0.attempts)), .instant($0.receivedAt), .of($0.problem, Cell.text),
                ]
            }, empty: "All events from Stripe have been processed.")
    }

    private static let retry = Verb(
        "event retry", "Processes failed events again.", [Options.tenant, onlyEvent],
        examples: ["event retry seeblick", "event retry seeblick --event evt_1Q"],
        notes: ["Exits with 1 if an event fails again."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let left = try await context.ledger.retryEvents(invocation[onlyEvent], of: invocation[Options.tenant])
        guard left == 0 else { throw EventsLeft(count: left) }
        try invocation.show(Record([.init("left", "Not processed", .integer(0))]))
    }

    private static let dismiss = Verb(
        "event dismiss", "Dismisses a parked event permanently.", [Options.tenant, event, Options.reason],
        examples: ["event dismiss seeblick evt_1Q --reason 'a test of ours at Stripe'"],
        notes: ["The event itself is kept. `reconcile` still shows any difference in money that it reported."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try await context.ledger.dismissEvent(
            invocation[event], reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(Record([.init("dismissed", "Dismissed", .text(invocation[event]))]))
    }
}

/// Events failed again.
private struct EventsLeft: OperatorRefusal {
    let count: Int

    var code: String { "events_left" }
    var message: String { "\(count) \(count == 1 ? "event" : "events") could not be processed." }
    var hint: String? { "`soferu-ledger event list` says why. `event dismiss` dismisses an event that needs no action." }
}
