import CSV
import Console
import Ledger
import LedgerProgram
import LedgerReplay

/// `bookings`: replays a file of real bookings against a simulated Stripe.
enum BookingsVerb {
    private static let file = Parameter.argument("FILE", .file, "A CSV file of bookings.")
    private static let tenant = Parameter.requiredOption("tenant", .text("ID"), "The tenant that gets the stays.")
    private static let halfBoard = Parameter.option("half-board", .amount, default: "30.00", "Per person and night, meal HB.")
    private static let fullBoard = Parameter.option("full-board", .amount, default: "45.00", "Per person and night, meal FB.")
    private static let breakfast = Parameter.option("breakfast", .amount, default: "12.00", "Per person and night, meal BB.")
    private static let parking = Parameter.option("parking", .amount, default: "8.00", "Per space and night.")
    private static let drink = Parameter.option("drink", .amount, default: "3.50", "For each special request.")
    private static let refusing = Parameter.option(
        "refusing-renewals", .wholeNumber(2...1000), "One card in so many refuses renewals: its bank agrees to no second hold.")

    static let verb = Verb(
        "bookings", "Replays real bookings as stays in chronological order, and advances the simulated Stripe's clock.",
        [file, tenant, breakfast, halfBoard, fullBoard, parking, drink, refusing],
        examples: [
            "bookings bookings.csv --tenant seeblick --stripe-url http://127.0.0.1:4242",
            "bookings bookings.csv --tenant seeblick --refusing-renewals 10 --stripe-url http://127.0.0.1:4242",
        ],
        notes: [
            "The columns are those of the Hotel booking demand datasets (Antonio, Almeida, Nunes, 2019). Importing again changes nothing, "
                + "and an interrupted import continues where it stopped. Needs a simulator whose clock is not past the first booking.",
            "What is held is the rate and the extras that the tenant expects of a night (`tenant set --extras-per-night`), of each night. Holds "
                + "that end before the stay are renewed; what is charged at arrival beyond a hold raises it, up to the tenant's ceiling. Two "
                + "cards in three are Visa.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation, asksFirst: false, timed: false)
        do {
            context.clock.follow(try await SimulatorClock(at: invocation[Options.stripeURL], transport: context.transport).time())
        } catch { throw NeedsSimulator(url: context.stripeURL) }
        let tenant = try context.ledger.tenant(invocation[tenant])
        let stays = try read(invocation, tenant)
        let bar = invocation.progress("Importing", total: Int64(stays.reduce(0) { $0 + $1.events(index: 0).count }))
        let replay = Replay(of: tenant, on: context.ledger, context.store, in: replayWorld(context))
        let unrenewed = try await replay.run(stays) { bar.advance(by: Int64($0)) }
        bar.finish()
        let summary = try ReplaySummary(of: stays, in: tenant, on: context.ledger, context.store)
        try invocation.show(ReplayPresentation.report(summary, unrenewed, tenant))
    }

    private static func read(_ invocation: Invocation, _ tenant: Tenant) throws -> [BookedStay] {
        var house = ReplayHouse(in: tenant.currency)
        for (meal, option) in [("BB", breakfast), ("HB", halfBoard), ("FB", fullBoard)] {
            house.meals[meal] = try invocation[option].notNegative(in: tenant.currency)
        }
        house.parking = try invocation[parking].positive(in: tenant.currency)
        house.drink = try invocation[drink].positive(in: tenant.currency)
        house.extrasPerNight = tenant.extrasPerNight
        house.refusingRenewals = invocation[refusing]
        var table = try TableReader(
            file: invocation[file], columns: Booking.columns.map { TableColumn($0, isRequired: true) }, allowsMore: true)
        var stays: [BookedStay] = []
        var lines: [String: Int] = [:]
        while let row = try table.next() {
            let booking = try Booking(line: row.line, currency: tenant.currency) { row[$0] }
            if let first = lines.updateValue(row.line, forKey: booking.reference) {
                throw BookingTwice(reference: booking.reference, first: first, second: row.line)
            }
            stays.append(try BookedStay(booking, childrenMissing: Booking.isMissing(row["children"]), in: house))
        }
        return stays
    }

    private static func replayWorld(_ context: CommandContext) -> ReplayWorld {
        let simulator = SimulatorOrders(url: context.stripeURL, transport: context.transport)
        return ReplayWorld(
            // Back it can be set only while the simulator is empty, and it says so itself.
            startClock: { instant in
                try await simulator.setClock(to: instant)
                context.clock.set(instant)
            },
            moveClock: { instant in
                guard instant > context.clock.now else { return }
                try await simulator.setClock(to: instant)
                context.clock.set(instant)
            },
            guestPays: { try await simulator.pay(session: $0, with: $1) })
    }
}

/// Time must be moved, and guests must pay: only a simulated Stripe lets an import do that.
struct NeedsSimulator: OperatorRefusal {
    let url: String

    var code: String { "simulator_needed" }
    var message: String { "An import replays years of payments, and \(url) is not a simulated Stripe." }
    var hint: String? { "Start `stripe-simulator`, and give its address with --stripe-url." }
}

/// One booking stands in the file twice.
struct BookingTwice: OperatorRefusal {
    let reference: String
    let first: Int
    let second: Int

    var code: String { "booking_twice" }
    var message: String { "Booking \(reference) is on line \(first) and again on line \(second)." }
    var hint: String? { "Remove one of them and import again." }
}
