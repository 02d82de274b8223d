import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// What a list of holds that end early leaves out when it is asked for a time.
@Suite struct `Holds that end before their stays, asked for by a time` {
    @Test func `come when something happens to them by then, and not before`() async throws {
        let hotel = try await Hotel()
        // Nine in the morning of 17 December in Berlin: a merchant's hold on a Visa lives until three in the morning of the 22nd.
        for (reference, nights) in [("R-1", 9), ("R-2", 2)] { try await hotel.book(reference, nights: nights, inDays: 30) }
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        func ending(by text: String) throws -> [EndingHold] { try hotel.ledger.endingHolds(of: Hotel.id, by: Instant(text)!) }
        #expect(try ending(by: "2026-12-20T01:59:59Z").isEmpty)
        let found = try ending(by: "2026-12-20T08:00:00Z")
        #expect(found.map(\.folio.reference) == ["R-1"] && found.map(\.next) == [.renewal(at: Instant("2026-12-20T08:00:00Z")!)])
        #expect(try hotel.ledger.endingHolds(of: Hotel.id).map(\.folio.reference) == ["R-1"])
    }
}
