import Foundation
import JSON
import TestSupport
import Testing

@Suite(.serialized) struct `A full disk` {
    @Test func `by a limit on files, nothing is answered that was not kept, and it goes on when there is room`() async throws {
        try await fillUp(SizeLimit(), try await CrashHouse())
    }

    @Test(.enabled(if: SmallDisk.isPossible, "a small disk can be mounted"))
    func `in memory, nothing is answered that was not kept, and it goes on when there is room`() async throws {
        let disk = try SmallDisk()
        try await fillUp(disk, try await CrashHouse(folder: disk.folder))
    }

    private func fillUp(_ room: some Room, _ house: CrashHouse) async throws {
        let reception = Reception(house, seed: 1)
        let stays = try await reception.book(2)
        let kept = try await fillWithLines(room, house)
        // What can be read can still be read.
        #expect(try await house.send("GET", CrashHouse.path("R-1")).status == 200)
        #expect(try await house.lines(of: "R-1") == kept.answered)
        // A check-out that cannot be written down is not begun.
        let path = CrashHouse.path("R-2") + "/check-out"
        let plan = try #require(try await house.send("GET", path).json["plan"]?["id"])
        expectRefusal(try await house.send("POST", path, ["plan": plan, "nothing_charged": true], key: "early"))
        #expect(try await StripeBooks(house.simulator).captured == house.paidBefore(stays))
        // Not even a cut in the power takes away what was answered.
        await house.kill()
        try room.free(in: house)
        try await house.start()
        #expect(try await house.lines(of: "R-1") == kept.answered)
        for key in kept.refused {
            let again = try await house.charge("R-1", 100, key: key)
            #expect(again.status == 201, "\(again.text)")
        }
        #expect(try await house.lines(of: "R-1").keys.sorted() == (kept.answered.keys + kept.refused).sorted())
        #expect(try await house.send("POST", path, ["plan": plan, "nothing_charged": true], key: "early").status == 200)
        try await expectWhole(house)
    }

    /// Several clients write lines until the disk is full for each of them.
    private func fillWithLines(_ room: some Room, _ house: CrashHouse) async throws -> (answered: [String: Int], refused: [String]) {
        try room.fill(leaving: 250_000, in: house)
        let clients = (0..<4).map { client in
            Task { () -> (answered: [String: Int], refused: [String]) in
                var (answered, refused) = ([String: Int](), [String]())
                for number in 0..<1000 where refused.count < 5 {
                    let key = "line-\(client)-\(number)"
                    let answer = try await house.charge("R-1", 100, key: key)
                    if answer.status == 201 {
                        answered[key] = answer.json["line"]?["number"]?.intValue
                    } else {
                        expectRefusal(answer)
                        refused.append(key)
                    }
                }
                return (answered, refused)
            }
        }
        var (answered, refused) = ([String: Int](), [String]())
        for client in clients {
            let told = try await client.value
            #expect(!told.refused.isEmpty)
            answered.merge(told.answered) { first, _ in first }
            refused += told.refused
        }
        #expect(!answered.isEmpty)
        return (answered, refused)
    }

    /// The room ends at another place each time: before the decision, between it and the answer, between two steps, or after all of it.
    @Test func `in the middle of check-outs, each is finished with its key when there is room, once`() async throws {
        let (house, room) = (try await CrashHouse(), SizeLimit())
        let reception = Reception(house, seed: 2)
        // All of one kind take as much room, and are the longest: two steps.
        let stays = try await reception.book(40).filter { $0.kind == .beyondTheHold }
        var (interrupted, whole) = (0, 0)
        for (number, stay) in stays.enumerated() {
            for (position, amount) in stay.extras.enumerated() {
                #expect(try await house.charge(stay.reference, amount, key: stay.key(ofLine: position)).status == 201)
            }
            let path = CrashHouse.path(stay.reference) + "/check-out"
            let plan = try #require(try await house.send("GET", path).json["plan"]?["id"])
            let before = try house.logLength()
            // The first one is not disturbed: it shows how much room one takes.
            if number > 0 { try room.fill(leaving: whole * number / stays.count, in: house) }
            let first = try await house.send("POST", path, stay.checkOutBody(plan), key: stay.checkOutKey)
            if first.status != 200 {
                expectRefusal(first)
                interrupted += 1
            }
            if number == 0 { whole = try house.logLength() - before }
            try room.free(in: house)
            let again = try await house.send("POST", path, stay.checkOutBody(plan), key: stay.checkOutKey)
            #expect(again.status == 200 && again.json["state"] == "checked_out", "\(again.text)")
        }
        #expect(interrupted > stays.count / 2, "the room must end before a check-out does")
        let books = try await StripeBooks(house.simulator)
        for (stay, page) in reception.record.stays where stay.kind == .beyondTheHold {
            #expect(books.movements(page: page).taken == stay.taken, "\(stay)")
        }
        try await expectWhole(house)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "a small disk can be mounted"))
    func `at the start is told in one sentence, by every verb that cannot do without room`() async throws {
        let disk = try SmallDisk()
        let house = try await CrashHouse(folder: disk.folder)
        _ = try await house.book("R-1")
        #expect(await house.stop() == 0)
        let before = try LedgerCopy(of: disk.folder).contents()
        try disk.fill(leaving: 0, in: house)
        for arguments in [
            ["serve", "--listen", "127.0.0.1:0"],
            ["catalogue", "set", "seeblick", "beer", "--description", "Bier", "--price", "3.50", "--category", "minibar"],
        ] {
            let run = try await house.run(arguments)
            #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(arguments): \(run.errors)")
            #expect(run.errors.contains("The disk that holds \(disk.folder.file()) is full"), "\(run.errors)")
        }
        try disk.free(in: house)
        #expect(try LedgerCopy(of: disk.folder).contents()["ledger.db"] == before["ledger.db"])
        try await house.start()
        try await expectWhole(house)
    }
}

/// A problem that says what is the matter in one sentence, and what to do.
private func expectRefusal(_ answer: APIClient.Answer) {
    #expect(answer.status == 503 && answer.code == "disk_full", "\(answer.text)")
    #expect(answer.json["detail"]?.textValue?.contains(" is full") == true && answer.json["hint"]?.textValue != nil, "\(answer.text)")
}

private func expectWhole(_ house: CrashHouse) async throws {
    try await house.simulator.letPass(seconds: 75)
    for verb in ["sync", "verify", "reconcile"] {
        let run = try await house.run([verb])
        #expect(run.exit == 0, "\(verb): \(run.output)\(run.errors)")
    }
    #expect(await house.stop() == 0)
}

extension CrashHouse {
    /// What guests had paid on a page before anybody checked out.
    fileprivate func paidBefore(_ stays: [Stay]) -> Int { stays.filter { $0.kind == .prepaid }.count * Stay.held }
}
