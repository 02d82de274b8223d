import Foundation
import TestSupport
import Testing

/// What a check-out says at the command line, and how it exits.
@Suite struct `A check-out at the command line` {
    /// A direct stay by Klarna that nobody has paid, with 35.00 EUR on the bill.
    private func unpaid(_ reference: String) async throws -> Desk {
        let desk = try await Desk()
        try await desk.simulator.order("POST", "/_sim/account", ["methods": ["card", "klarna"]])
        try await desk.succeed(
            "folio", "open", "seeblick", reference, "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20",
            "--pay", "direct", "--method", "klarna", "--amount", "35.00")
        try await desk.succeed("line", "add", "seeblick", reference, "beer", "--quantity", "10")
        return desk
    }

    @Test func `exits 1 when something was due and nobody was asked for it`() async throws {
        let desk = try await unpaid("R-1")
        try await desk.simulator.order("POST", "/_sim/account", ["methods": ["sofort"]])
        let run = try await desk.run(["check-out", "seeblick", "R-1", "--execute", try await desk.plan("R-1")])
        #expect(run.exit == 1, "\(run.output)")
        #expect(run.errors.split(separator: "\n").count == 2 && run.errors.contains("open again"), "\(run.errors)")
        let shown = try await desk.json("folio", "show", "seeblick", "R-1")
        #expect(shown["state"] as? String == "open")
        #expect((shown["warnings"] as? [[String: Any]])?.contains { $0["code"] as? String == "page_refused" } == true, "\(shown)")
    }

    @Test func `exits 1 as well when a no-show takes nothing and asks nobody`() async throws {
        let desk = try await unpaid("R-1")
        try await desk.simulator.order("POST", "/_sim/account", ["methods": ["sofort"]])
        let run = try await desk.run(["folio", "no-show", "seeblick", "R-1", "--fee", "30.00"])
        #expect(run.exit == 1 && run.errors.contains("open again"), "\(run.output) \(run.errors)")
    }

    @Test func `exits 0 with the link while the guest has to pay`() async throws {
        let desk = try await unpaid("R-1")
        let run = try await desk.run(["check-out", "seeblick", "R-1", "--execute", try await desk.plan("R-1")])
        #expect(run.exit == 0, "\(run.errors)")
        #expect(
            (run.output + run.errors).contains("The guest still has to pay. Send this payment page: http"), "\(run.output) \(run.errors)")
    }

    @Test func `of a stay that cost nothing takes the extras from the card that was saved`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1", amount: "0.00")
        let opened = try await desk.json("folio", "show", "seeblick", "R-1")
        #expect(
            (opened["saved_card"] as? [String: Any])?["last4"] as? String == "4242" && (opened["holds"] as? [Any])?.isEmpty == true,
            "\(opened)")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer", "--quantity", "2")
        let done = try await desk.json("check-out", "seeblick", "R-1", "--execute", try await desk.plan("R-1"))
        #expect(done["state"] as? String == "checked_out" && Desk.totals(done)["captured"] == 700, "\(done)")
    }

    @Test func `of a folio without any line is asked for twice, and prints no document`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        let plan = try await desk.plan("R-1")
        try await desk.refuse("check-out", "seeblick", "R-1", "--execute", plan, saying: "Nothing has been charged on folio \"R-1\"")
        let shown = try await desk.run(["check-out", "seeblick", "R-1"])
        #expect(shown.output.contains("nothing_charged"), "\(shown)")
        let done = try await desk.json("check-out", "seeblick", "R-1", "--execute", plan, "--nothing-charged")
        #expect(done["state"] as? String == "checked_out" && done["document"] is NSNull, "\(done)")
    }

    @Test func `releases the rest only where there is one`() async throws {
        let desk = try await Desk()
        for (reference, held) in [("R-1", "3.50"), ("R-2", "10.00")] {
            try await desk.book(reference, amount: held)
            try await desk.succeed("line", "add", "seeblick", reference, "beer")
            let plan = try await desk.succeed("check-out", "seeblick", reference)
            let run = try await desk.run(["check-out", "seeblick", reference, "--execute", try await desk.plan(reference)])
            #expect(run.exit == 0, "\(run.errors)")
            for text in [plan, run.output] { #expect(text.contains("the bank releases") == (reference == "R-2"), "\(text)") }
            #expect(reference == "R-1" || run.output.contains("the bank releases €6.50"), "\(run.output)")
        }
    }
}
