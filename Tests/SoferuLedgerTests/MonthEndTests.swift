import Foundation
import TestSupport
import Testing

/// The month's end at the command line.
@Suite struct `The verbs of the month's end` {
    private func close(_ desk: Desk, _ format: String = "table") async throws -> ProgramRun {
        try await desk.run(["statement", "--month", "2026-11", "--close", "--format", format])
    }

    @Test func `close what can be closed, name the rest with the reason, and exit with 1`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.succeed("tenant", "add", "bergblick", "--name", "Hotel Bergblick")
        try await desk.succeed("tenant", "add", "waldhof", "--name", "Hotel Waldhof")
        try await desk.succeed(
            "tenant", "stripe", "waldhof", "--secret-key-file", try desk.folder.write("sk_test_waldhof".utf8, to: "key2"))
        try await desk.simulator.letPass(seconds: 20 * 86_400)
        let first = try await close(desk)
        #expect(first.exit == 1 && first.isOneSentenceWithAHint, "\(first.errors)")
        #expect(first.errors.contains("November 2026 stays open for seeblick, waldhof."))
        #expect(first.output.contains("seeblick: Stripe has not been read since November 2026 ended."))
        #expect(first.output.contains("Hotel Bergblick (bergblick), 2026-11, closed on"))
        try await desk.succeed("sync", "--tenant", "seeblick")
        let second = try await close(desk, "json")
        #expect(second.exit == 1 && second.errors.contains("November 2026 stays open for waldhof: Stripe has not been read since"))
        try await desk.succeed("sync", "--tenant", "waldhof")
        let third = try await close(desk)
        #expect(third.exit == 0 && third.output.components(separatedBy: "closed on").count == 4, "\(third.output)")
        try await desk.succeed("verify")
    }

    @Test func `close what can be closed although the books of one tenant are damaged`() async throws {
        let desk = try await Desk()
        try await desk.succeed("tenant", "add", "bergblick", "--name", "Hotel Bergblick")
        try await desk.simulator.order("POST", "/_sim/balance_transactions", ["type": "stripe_fee", "amount": -100])
        try await desk.simulator.letPass(seconds: 20 * 86_400)
        try await desk.succeed("sync", "--tenant", "seeblick")
        try change(desk.file, "UPDATE stripe_month SET amount = 4000000000000000000")
        let closed = try await close(desk)
        #expect(closed.exit == 1 && closed.isOneSentenceWithAHint, "\(closed.errors)")
        #expect(closed.errors.contains("November 2026 could not be closed for tenant \"seeblick\" ("), "\(closed.errors)")
        #expect(closed.output.contains("Hotel Bergblick (bergblick), 2026-11, closed on"), "\(closed.output)")
    }

    @Test func `show each type of a kind by its name where there is more than one`() async throws {
        let desk = try await Desk()
        for (type, amount) in [("payout", -300), ("payout_failure", 300), ("payout", -200), ("stripe_fee", -10)] {
            try await desk.simulator.order("POST", "/_sim/balance_transactions", ["type": type, "amount": amount])
        }
        try await desk.succeed("sync")
        let shown = try await desk.succeed("statement", "--month", "2026-11")
        for row in ["Payouts to the bank (payout) ", "Payouts to the bank (payout_failure) ", "Fees charged separately (stripe_fee) "] {
            // Once in the tenant's month and once in Stripe's.
            #expect(shown.components(separatedBy: row).count == 3, "\(row): \(shown)")
        }
        let alone = try await Desk()
        try await alone.simulator.order("POST", "/_sim/balance_transactions", ["type": "payout", "amount": -300])
        try await alone.succeed("sync")
        #expect(try await alone.succeed("statement", "--month", "2026-11").contains("Payouts to the bank "))
        #expect(try await !alone.succeed("statement", "--month", "2026-11").contains("(payout)"))
    }

    @Test func `list a month of the journal by either date, and say which`() async throws {
        let desk = try await Desk()
        try await desk.succeed("folio", "open", "seeblick", "R-1", "--guest", "A", "--pay", "direct", "--amount", "1.00")
        // 01:00 on 1 December in Berlin; the drink was had the evening before.
        try await desk.simulator.letPass(seconds: (12 * 24 + 16) * 3600)
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer", "--service-date", "2026-11-30", "--outside-stay")
        func month(_ month: String, _ arguments: String...) async throws -> String {
            try await desk.succeed(["journal", "seeblick", "--month", month] + arguments)
        }
        let november = try await month("2026-11")
        #expect(november.hasPrefix("Entries of what occurred in 2026-11 (occurred_on).") && november.contains("revenue:minibar:19"))
        #expect(try await month("2026-12").contains("No entries."))
        let posted = try await month("2026-12", "--by", "posted_at")
        #expect(posted.hasPrefix("Entries posted in 2026-12 (posted_at).") && posted.contains("revenue:minibar:19"))
        #expect(try await month("2026-11", "--by", "posted_at").contains("No entries."))
        let csv = try await month("2026-12", "--by", "posted_at", "--format", "csv").split(separator: "\r\n")
        #expect(csv.count == 2 && csv[0].hasSuffix(",hash,cut_by") && csv[1].hasSuffix(",posted_at"))
        #expect(try await desk.succeed("journal", "seeblick", "--format", "csv").contains(",posted_at\r\n") == false)
    }
}
