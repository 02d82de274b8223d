import Ledger
import TestHotel
import Testing

@testable import LedgerPages

/// Reception does not want to wait for the guest any more.
@Suite struct `Taking the payment page back` {
    private static let path = "/t/seeblick/folios/R-1/check-out"

    @Test func `opens the folio again and says so, with the plan for what is due`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        _ = try await house.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
        try await house.charge("R-1", "107.00")
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = await house.post(Self.path, [("plan", plan)])
        let waiting = await house.get(Self.path)
        #expect(waiting.text.contains("Zahlungsseite zurückziehen") && waiting.text.contains("action=\"\(Self.path)/withdrawal\""))
        let done = await house.post("\(Self.path)/withdrawal", [])
        #expect(done.status == 303 && done.header("Location") == Self.path)
        #expect(try house.ledger.folio("R-1", of: Hotel.id).folio.state == .open)
        let open = await house.get(Self.path)
        #expect(open.text.contains("Die Zahlungsseite wurde zurückgezogen.") && open.text.contains("name=\"plan\""))
        let again = await house.post("\(Self.path)/withdrawal", [])
        #expect(again.status == 409 && again.text.contains("name=\"plan\""), "nothing to take back is told, and the plan stays")
    }
}
