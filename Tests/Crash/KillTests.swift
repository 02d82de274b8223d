import Foundation
import JSON
import TestSupport
import Testing

/// The promise, with real processes: `scripts/crash-test`. The seed decides the stays and the pauses before each kill; what the
/// processors make of them is different each time.
@Suite(.serialized) struct `A service that is killed` {
    private static func number(_ name: String) -> UInt64? { ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } }

    @Test func `while people check out, again and again, takes everything once and loses nothing`() async throws {
        let kills = Int(Self.number("CRASH_KILLS") ?? 10)
        let seed = Self.number("CRASH_SEED") ?? UInt64.random(in: 1...999_999)
        print("Seed \(seed), \(kills) kills.")
        let started = ContinuousClock.now
        let house = try await CrashHouse()
        let (record, places, killed) = try await house.withHangDetection {
            let reception = Reception(house, seed: seed)
            var killer = Killer(house, reception, seed: seed)
            var killed = 0
            while killed < kills {
                let stays = try await reception.book(min(240, max(12, (kills - killed) * 3)))
                let isOver = Gate()
                async let work: Void = {
                    defer { isOver.open() }
                    try await reception.checkOut(stays)
                }()
                killed += try await killer.kill(kills - killed, until: isOver)
                try await work
            }
            try await settle(house)
            try await expectStripe(house, reception.record)
            try await expectFile(house, reception.record)
            return (reception.record, killer.places, killed)
        }
        let (unanswered, struck) = (record.unanswered.values.map(\.count).reduce(0, +), record.unanswered.count)
        print(
            """
            Kills: \(killed), \(struck) of them during check-outs, which left \(unanswered) without an answer.
            Where these stood: \(Killer.Place.allCases.map { "\($0.rawValue) \(places[$0] ?? 0)" }.joined(separator: ", ")).
            Check-outs: \(record.stays.count). Requests repeated: \(record.repeated). \
            Longest silence: \(house.longestSilence) rounds. \
            Seconds: \((ContinuousClock.now - started).components.seconds). Seed: \(seed).
            """)
        #expect(killed == kills)
        // Few kills may all fall between two check-outs.
        if kills >= 50 { #expect(struck > kills / 10, "the kills must fall into check-outs") }
        if kills >= 200 { #expect(places.count == Killer.Place.allCases.count, "the kills must fall everywhere") }
    }

    /// Without that, a service that hangs would hold the test up for ever, since none of it is judged by time.
    @Test func `and hangs is told from a slow one`() async throws {
        let house = try await CrashHouse()
        // One that answers goes on moving, however long it takes.
        try await house.withHangDetection(rounds: 50) {
            for _ in 0..<100 {
                #expect(try await house.send("GET", CrashHouse.path("R-1")).status == 404)
                try await Task.sleep(for: .milliseconds(30))
            }
        }
        house.suspend()
        await #expect(throws: CrashHouse.Hangs.self) {
            try await house.withHangDetection(rounds: 50) { _ = try await house.send("GET", CrashHouse.path("R-1")) }
        }
    }

    /// Stripe delivers again what it could not, and what still waits is settled.
    private func settle(_ house: CrashHouse) async throws {
        try await house.simulator.letPass(seconds: 75)
        let sync = try await house.run(["sync"])
        #expect(sync.exit == 0, "\(sync.errors)")
        for verb in ["verify", "reconcile"] {
            let run = try await house.run([verb])
            #expect(run.exit == 0, "\(verb): \(run.output)\(run.errors)")
        }
    }

    private func expectStripe(_ house: CrashHouse, _ record: Reception.Record) async throws {
        let books = try await StripeBooks(house.simulator)
        for (stay, page) in record.stays {
            let movements = books.movements(page: page)
            #expect(movements.taken == stay.taken, "\(stay)")
            #expect(movements.givenBack == stay.givenBack, "\(stay)")
        }
        #expect(books.unfinished == [])
        // Nothing was taken from anybody else either.
        #expect(books.captured == record.stays.flatMap(\.stay.taken).reduce(0, +))
        #expect(books.refunded == record.stays.flatMap(\.stay.givenBack).reduce(0, +))
    }

    /// Every answer that was given stands in the file, and is given again.
    private func expectFile(_ house: CrashHouse, _ record: Reception.Record) async throws {
        var documents: [String] = []
        for (stay, _) in record.stays {
            let lines = try await house.lines(of: stay.reference)
            #expect(lines.keys.sorted() == stay.extras.indices.map { stay.key(ofLine: $0) }, "\(stay)")
            for (key, number) in lines { #expect(record.answers[key]?.json["line"]?["number"]?.intValue == number, "\(key)") }
            let folio = try await house.send("GET", CrashHouse.path(stay.reference)).json
            #expect(folio["state"] == "checked_out" && folio["totals"]?["open"] == 0, "\(stay)")
            let (answer, path) = (record.answers[stay.checkOutKey], CrashHouse.path(stay.reference))
            let again = try await house.send(
                "POST", path + "/check-out", stay.checkOutBody(record.plans[stay.reference] ?? .null), key: stay.checkOutKey)
            #expect(again.status == answer?.status && again.body == answer?.body, "\(stay)")
            let document = try await house.send("GET", path + "/document")
            guard !stay.extras.isEmpty else {
                // Nothing was charged, and there is no document over nothing.
                #expect(answer?.json["document"] == .null && document.status == 404, "\(stay)")
                continue
            }
            documents.append(answer?.json["document"]?["number"]?.textValue ?? "none")
            #expect(document.json["number"]?.textValue == documents.last)
        }
        // Gapless, and none issued twice.
        let numbers = documents.compactMap { Int($0.suffix(6)) }
        #expect(numbers.sorted() == Array(1...documents.count))
        #expect(ask(house.folder.file(), "SELECT count(*) FROM operation WHERE state IN ('waiting', 'parked')") == ["0"])
    }
}
