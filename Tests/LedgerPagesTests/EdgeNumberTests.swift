import Foundation
import TestHotel
import TestSupport
import Testing

@testable import LedgerPages

/// Each number of a form or an address of the pages, sent as something else: there is an answer, and no accident.
@Suite struct `Numbers in forms and addresses` {
    private static let folio = "/t/seeblick/folios/R-1"

    @Test(arguments: EdgeNumbers.texts)
    func `are answered`(number: String) async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "50.00")
        for (path, fields) in [
            ("\(Self.folio)/lines", [("sku", "bier"), ("quantity", number), ("seen", "1")]),
            ("\(Self.folio)/lines", [("sku", "bier"), ("quantity", "1"), ("seen", number)]),
            ("\(Self.folio)/lines", [("description", "x"), ("category", "other"), ("price", number), ("seen", number)]),
            ("/t/seeblick/settings/holds", [("days", number)]),
            (
                "/t/seeblick/settings/catalogue",
                [("description", "x"), ("sku", "x"), ("price", number), ("category", "drinks"), ("rate", number)]
            ),
            ("/t/seeblick/settings/taxes", [("tax_category", "food"), ("from", number), ("percent", number)]),
            ("/t/seeblick/access/tokens/revoke", [("token", number)]),
        ] {
            let answer = await house.post(path, fields, as: .admin)
            #expect(answer.status < 500, "\(path) \(fields): \(answer.text.suffix(300))")
        }
        let sent = number.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        for address in [
            "\(Self.folio)?done=added&line=\(sent)&others=\(sent)", "\(Self.folio)?line=1&done=added&others=\(sent)",
            "\(Self.folio)/lines/\(sent)/allowance", "\(Self.folio)/payments/\(sent)/refund", "/t/seeblick/reception?day=\(sent)",
            "/t/seeblick/accounting?month=\(sent)", "/t/seeblick/reception?day=9999-12-31", "/t/seeblick/reception?day=0001-01-01",
            "/t/seeblick/accounting?month=9999-12", "/t/seeblick/accounting?month=0001-01",
        ] {
            let answer = await house.get(address, as: .admin)
            #expect(answer.status < 500, "\(address): \(answer.text.suffix(300))")
        }
    }
}
