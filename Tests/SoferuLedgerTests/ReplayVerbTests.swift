import Foundation
import TestSupport
import Testing

/// Past bookings as stays whose holds cover them. The sums are computed by hand, as in `import_expectation.py`.
@Suite struct `A replay of bookings longer than their holds` {
    /// A week on a Visa and on a Mastercard, and five nights whose bill is more than what is held.
    private static let bookings = """
        booking,hotel,arrival,lead_time_days,weekend_nights,week_nights,adults,children,meal,deposit_type,adr,parking_spaces,\
        special_requests,status,status_date
        10,Resort,2016-05-10,90,0,7,1,0,SC,No Deposit,50,1,0,Check-Out,2016-05-17
        3,Resort,2016-05-10,90,0,7,1,0,SC,No Deposit,50,1,0,Check-Out,2016-05-17
        1,Resort,2016-05-10,1,0,5,2,0,HB,No Deposit,50,0,0,Check-Out,2016-05-15

        """

    private func replay(_ options: String...) async throws -> (Desk, ReplayedNumbers) {
        let desk = try await Desk()
        try await desk.succeed("tenant", "set", "seeblick", "--extras-per-night", "35.00")
        let file = try desk.folder.write(Self.bookings.utf8, to: "bookings.csv")
        let run = try await desk.replay(["bookings", file, "--tenant", "seeblick", "--format", "json"] + options)
        try #require(run.exit == 0, "\(run.errors)")
        return (desk, try ReplayedNumbers(run.output))
    }

    @Test func `renews and raises holds, so that all is taken from them`() async throws {
        let (desk, numbers) = try await replay()
        #expect(numbers["checked_out"] == 3 && numbers["reserved_stays"] == 3 && numbers["visa_stays"] == 2)
        #expect(numbers["stay_authorisations"] == 9 && numbers["renewals"] == 5 && numbers["raises"] == 1)
        #expect(numbers["uncovered_stays"] == 0 && numbers["holds_expired"] == 0 && numbers["holds_not_renewed"] == 0)
        #expect(numbers["check_outs_from_holds"] == 136_200 && numbers["check_outs_from_saved_cards"] == 0)
        #expect(numbers["due_of_stays"] == 136_200 && numbers["excess_of_holds"] == 37_800)
        try await desk.succeed("verify")
    }

    @Test func `says before a hold ends that its card refuses, and shows no cover after it`() async throws {
        let (desk, numbers) = try await replay("--refusing-renewals", "10")
        #expect(numbers["refusing_stays"] == 1 && numbers["uncovered_refusing_stays"] == 1 && numbers["uncovered_stays"] == 0)
        #expect(numbers["holds_not_renewed"] == 1 && numbers["not_renewed_announced"] == 1 && numbers["not_renewed_shown_covered"] == 0)
        #expect(numbers["stay_authorisations"] == 7 && numbers["renewals"] == 3 && numbers["raises"] == 1)
        #expect(numbers["check_outs_from_holds"] == 95_600 && numbers["check_outs_from_saved_cards"] == 40_600)
        try await desk.succeed("verify")
    }
}

/// The numbers of a replay as it prints them for programs.
private struct ReplayedNumbers {
    private let object: [String: Any]

    init(_ text: String) throws { object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:] }

    subscript(name: String) -> Int? { object[name] as? Int }
}
