import TestSupport
import Testing

/// Giving money back at the command line, on a folio that is open.
@Suite struct `A refund at the command line` {
    private func paid() async throws -> Desk {
        let desk = try await Desk()
        try await desk.book("R-1", pay: "direct", amount: "10.50")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer", "--quantity", "3")
        return desk
    }

    @Test func `says what becomes of the bill, or is refused with the two words`() async throws {
        let desk = try await paid()
        try await desk.refuse(
            "payment", "refund", "seeblick", "R-1", "1", "--amount", "3.50", "--reason", "flat beer", saying: "lowered or unchanged")
        let wrong = try await desk.run([
            "payment", "refund", "seeblick", "R-1", "1", "--amount", "3.50", "--reason", "flat beer", "--bill", "raise",
        ])
        #expect(wrong.exit == 2 && wrong.errors.contains("lowered"), "\(wrong.errors)")
        let shown = try await desk.json(
            "payment", "refund", "seeblick", "R-1", "1", "--amount", "3.50", "--reason", "flat beer", "--bill", "lowered")
        #expect(Desk.totals(shown)["charged"] == 700 && Desk.totals(shown)["open"] == 0, "\(shown)")
        #expect(((shown["refunds"] as? [[String: Any]])?.first?["bill"] as? String) == "lowered", "\(shown)")
    }

    @Test func `leaves the bill, and is decided later`() async throws {
        let desk = try await paid()
        let told = try await desk.succeed(
            "payment", "refund", "seeblick", "R-1", "1", "--amount", "3.50", "--reason", "flat beer", "--bill", "unchanged")
        #expect(told.contains("Set aside") && told.contains("3.50"), "\(told)")
        #expect(Desk.totals(try await desk.json("folio", "show", "seeblick", "R-1"))["set_aside"] == 350)
        let plan = try await desk.succeed("check-out", "seeblick", "R-1")
        #expect(plan.contains("refund_set_aside") && plan.contains("No money has to be moved."), "\(plan)")
        let decided = try await desk.json("refund", "decide", "seeblick", "R-1", "1", "--bill", "charge_again")
        #expect(Desk.totals(decided)["set_aside"] == 0 && Desk.totals(decided)["open"] == 350, "\(decided)")
        try await desk.refuse(
            "refund", "decide", "seeblick", "R-1", "1", "--bill", "lowered", saying: "The bill of refund 1 has already been decided")
        try await desk.refuse("refund", "decide", "seeblick", "R-1", "2", "--bill", "lowered", saying: "The folio has no refund 2.")
    }
}
