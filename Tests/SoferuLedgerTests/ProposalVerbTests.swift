import Foundation
import TestSupport
import Testing

/// Bookings with a nightly rate, and ceilings, at the command line.
@Suite struct `Opening a folio with a nightly rate` {
    private static let stay = [
        "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20", "--pay", "reserved",
    ]

    @Test func `prints how the amount came about, the nights covered, and what the guest agreed to`() async throws {
        let desk = try await Desk()
        try await desk.succeed("tenant", "set", "seeblick", "--extras-per-night", "10.00")
        let opened = try await desk.succeed(
            ["folio", "open", "seeblick", "R-1"] + Self.stay
                + ["--nightly-rate", "100.00", "--visitor-tax", "2.50", "--ceiling", "500.00", "--format", "json"])
        try await desk.simulator.pay(page: opened)
        try await desk.succeed("sync")
        let shown = try await desk.succeed("folio", "show", "seeblick", "R-1")
        for line in [
            "2 nights × (€100.00 rate + €2.50 visitor's tax + €10.00 expected extras) = €225.00", "500.00 EUR",
            "until 14 days after departure: drinks, minibar, wellness, parking",
        ] { #expect(shown.contains(line), "\(shown)") }
        #expect(shown.contains(/Nights covered +2/), "\(shown)")
        let folio = try await desk.json("folio", "show", "seeblick", "R-1")
        let card = try #require(folio["saved_card"] as? [String: Any])
        #expect(card["ceiling"] as? Int == 50_000 && card["late_days"] as? Int == 14 && folio["nights_covered"] as? Int == 2)
        #expect((folio["proposal"] as? [String: Any])?["total"] as? Int == 22_500)
        let csv = try await desk.succeed(
            ["folio", "open", "seeblick", "R-2"] + Self.stay + ["--nightly-rate", "80.00", "--format", "csv"]
        ).split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let row = Dictionary(uniqueKeysWithValues: zip(csv[0], csv[1]))
        #expect(row["proposal_nights"] == "2" && row["proposal_nightly_rate"] == "80.00" && row["proposal_total"] == "180.00", "\(row)")
        #expect(row["nights_covered"] == "0" && row["saved_card_ceiling"] == "", "\(row)")
    }

    @Test func `is refused in one sentence where it contradicts itself`() async throws {
        let desk = try await Desk()
        for (options, sentence) in [
            ([], "A booking needs an amount, or a nightly rate from which one is proposed."),
            (["--amount", "1.00", "--nightly-rate", "1.00"], "A booking has either an amount or a nightly rate."),
            (["--amount", "1.00", "--visitor-tax", "1.00"], "belongs to a nightly rate, and there is none."),
            (["--nightly-rate", "-1.00"], "is below zero"),
            (["--nightly-rate", "600000.00"], "Stripe takes no payment above €999,999.99."),
            (["--amount", "300.00", "--ceiling", "299.99"], "The ceiling of holds is below the €300.00 that are to be held."),
            (["--amount", "300.00", "--ceiling", "500.00", "--method", "klarna"], "Only a stay by card has a ceiling"),
        ] {
            try await desk.refuse(["folio", "open", "seeblick", "R-1"] + Self.stay + options, saying: sentence)
        }
        try await desk.refuse(
            "folio", "open", "seeblick", "R-1", "--guest", "A", "--arrival", "2026-11-18", "--pay", "direct", "--nightly-rate", "10.00",
            saying: "a direct payment holds nothing")
    }
}
