import Foundation
import TestSupport
import Testing

/// What is found after check-out, at the command line.
@Suite struct `A late charge at the command line` {
    /// A stay that is checked out.
    private func left() async throws -> Desk {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
        try await desk.succeed("check-out", "seeblick", "R-1", "--execute", try await desk.plan("R-1"))
        return desk
    }

    @Test func `is taken from the saved card, and stands on the stay`() async throws {
        let desk = try await left()
        let charged = try await desk.json("late-charge", "seeblick", "R-1", "beer", "--quantity", "2")
        #expect(charged["reference"] as? String == "R-1-L1" && charged["stay"] as? String == "R-1", "\(charged)")
        #expect(charged["state"] as? String == "checked_out" && charged["source"] as? String == "late_charge")
        #expect(Desk.totals(charged)["captured"] == 700)
        let stay = try await desk.json("folio", "show", "seeblick", "R-1")
        let listed = try #require(stay["late_charges"] as? [[String: Any]])
        #expect(listed.map { $0["reference"] as? String } == ["R-1-L1"] && listed.map { $0["charged"] as? Int } == [700])
        #expect(stay["late_charges_until"] as? String == "2026-12-02")
        let shown = try await desk.succeed("folio", "show", "seeblick", "R-1")
        #expect(shown.contains("Late charges") && shown.contains("Card is kept until"), "\(shown)")
        let found = try await desk.json("folio", "list", "seeblick", "--source", "late_charge")
        #expect((found["data"] as? [[String: Any]])?.map { $0["stay"] as? String } == ["R-1"], "\(found)")
        try await desk.succeed("verify")
    }

    @Test func `of something else is refused for the card, and asked for by link`() async throws {
        let desk = try await left()
        let mirror = ["late-charge", "seeblick", "R-1", "--category", "other", "--description", "Broken mirror", "--price", "90.00"]
        try await desk.refuse(mirror, saying: "the guest has not agreed to late charges in the category other")
        let linked = try await desk.run(mirror + ["--by", "link"])
        #expect(linked.exit == 0 && (linked.output + linked.errors).contains("Send this payment page: http"), "\(linked)")
        try await desk.refuse("line", "add", "seeblick", "R-1", "beer", saying: "is closed (checked out)")
        try await desk.book("R-2")
        try await desk.refuse("late-charge", "seeblick", "R-2", "beer", saying: "Folio \"R-2\" is open, so nothing is charged late.")
    }

    @Test func `takes the lines of a file together`() async throws {
        let desk = try await left()
        let file = try desk.folder.write(
            "item,category,description,unit_amount,quantity\nbeer,,,,2\n,parking,Parken,15.00,\n".utf8, to: "found.csv")
        let charged = try await desk.json("late-charge", "seeblick", "R-1", "--file", file)
        #expect(Desk.totals(charged)["captured"] == 2200 && (charged["lines"] as? [Any])?.count == 2, "\(charged)")
        let wrong = try desk.folder.write("item\nbeer\nwine\n".utf8, to: "wrong.csv")
        try await desk.refuse("late-charge", "seeblick", "R-1", "--file", wrong, saying: "Nothing was charged because of line 3")
    }

    @Test func `of the same once more is for who says so`() async throws {
        let desk = try await left()
        let beer = ["late-charge", "seeblick", "R-1", "beer"]
        try await desk.succeed(beer)
        try await desk.refuse(beer, saying: "The same is charged already, on folio \"R-1-L1\" (checked out).")
        let stay = try await desk.json("folio", "show", "seeblick", "R-1")
        #expect((stay["late_charges"] as? [Any])?.count == 1)
        #expect(try await desk.json("late-charge", "seeblick", "R-1", "beer", "--again")["reference"] as? String == "R-1-L2")
        #expect(try await desk.json("late-charge", "seeblick", "R-1", "beer", "--quantity", "2")["reference"] as? String == "R-1-L3")
    }

    @Test func `that is not said in full is no use of the verb`() async throws {
        let desk = try await left()
        for arguments in [
            [], ["--category", "minibar"], ["beer", "--price", "3.00"], ["beer", "--file", "x.csv"], ["--by", "cash"],
        ] {
            let run = try await desk.run(["late-charge", "seeblick", "R-1"] + arguments)
            #expect(run.exit == 2, "\(arguments): \(run.errors)")
        }
    }
}
