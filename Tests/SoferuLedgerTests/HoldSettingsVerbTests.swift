import Foundation
import TestSupport
import Testing

/// What a hotel decides about holds and late charges, at the command line.
@Suite struct `The verbs for settings of holds` {
    @Test func `set some of them and leave the rest`() async throws {
        let desk = try await Desk()
        let first = try await desk.json(
            "tenant", "add", "adler", "--name", "Adler", "--currency", "chf", "--extras-per-night", "12.50", "--renews-debit", "yes",
            "--late-charge-category", "shop", "--late-charge-category", "food")
        #expect(first["extras_per_night"] as? Int == 1250 && first["renews_debit"] as? Bool == true)
        #expect(first["late_charge_categories"] as? [String] == ["food", "shop"] && first["late_charge_days"] as? Int == 14)
        #expect(first["hold_grace_days"] as? Int == 1 && first["ceiling_percent"] as? Int == 200)
        let changed = try await desk.json(
            "tenant", "set", "adler", "--hold-days", "2", "--hold-grace-days", "0", "--ceiling-percent", "300", "--renews-debit", "no",
            "--late-charge-days", "0", "--name", "Hotel Adler")
        #expect(changed["name"] as? String == "Hotel Adler" && changed["hold_days_before_arrival"] as? Int == 2)
        #expect(changed["hold_grace_days"] as? Int == 0 && changed["ceiling_percent"] as? Int == 300)
        #expect(changed["renews_debit"] as? Bool == false && changed["late_charge_days"] as? Int == 0)
        #expect(changed["extras_per_night"] as? Int == 1250 && changed["late_charge_categories"] as? [String] == ["food", "shop"])
        let shown = try await desk.succeed("tenant", "show", "adler")
        #expect(shown.contains("12.50 CHF") && shown.contains("nothing"), "\(shown)")
        #expect(try await desk.json("tenant", "show", "seeblick")["extras_per_night"] as? Int == 0)
    }

    @Test func `refuse what is beyond the range, in one sentence`() async throws {
        let desk = try await Desk()
        try await desk.refuse("tenant", "set", "nowhere", "--ceiling-percent", "150", saying: "There is no tenant \"nowhere\".")
        try await desk.refuse("tenant", "set", "seeblick", "--extras-per-night", "-1.00", saying: "is below zero")
        try await desk.refuse(
            "tenant", "set", "seeblick", "--extras-per-night", "1000000.00",
            saying: "The expected extras of a night must be from zero to €999,999.99.")
        try await desk.refuse(
            "tenant", "add", "other", "--name", "x", "--extras-per-night", "1000000.00",
            saying: "The expected extras of a night must be from zero to €999,999.99.")
        for (option, value, wanted) in [
            ("--hold-grace-days", "8", "0 to 7"), ("--ceiling-percent", "99", "100 to 500"), ("--late-charge-days", "91", "0 to 90"),
            ("--late-charge-category", "lodging", "food, drinks"), ("--renews-debit", "maybe", "yes or no"),
        ] {
            let wrong = try await desk.run(["tenant", "set", "seeblick", option, value])
            #expect(wrong.exit == 2 && wrong.errors.contains(wanted), "\(option): \(wrong.errors)")
        }
    }
}
