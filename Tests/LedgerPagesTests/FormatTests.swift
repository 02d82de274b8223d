import Foundation
import Ledger
import LedgerPages
import Testing

@Suite struct `Amounts and dates` {
    private func euros(_ units: Int64) -> String { Money(minorUnits: units, currency: .eur).text(in: .german) }

    @Test(
        arguments: [
            (123_456, "1.234,56\u{A0}€"), (0, "0,00\u{A0}€"), (5, "0,05\u{A0}€"), (-2380, "\u{2212}23,80\u{A0}€"),
            (100_000, "1.000,00\u{A0}€"), (99_999, "999,99\u{A0}€"), (123_456_789, "1.234.567,89\u{A0}€"),
        ] as [(Int64, String)])
    func `amounts are written as Germans write them`(units: Int64, text: String) { #expect(euros(units) == text) }

    @Test func `amounts are written as the English do, too, and in any currency`() {
        #expect(Money(minorUnits: -123_456, currency: .eur).text(in: .english) == "\u{2212}€1,234.56")
        #expect(Money(minorUnits: 1234, currency: Currency("jpy")!).text(in: .german) == "1.234\u{A0}JPY")
        #expect(Money(minorUnits: 1234, currency: Currency("kwd")!).text(in: .german) == "1,234\u{A0}KWD")
    }

    @Test func `days, instants and months are written in the reader's language`() {
        let day = Day("2026-11-24")!
        #expect(day.text(in: .german) == "24.11.2026")
        #expect(day.text(in: .english) == "24 Nov 2026")
        let zone = TimeZone(identifier: "Europe/Berlin")!
        #expect(Language.german.instant(Instant("2026-11-24T23:30:00Z")!, in: zone) == "25.11.2026, 00:30")
        #expect(Month("2026-03")!.text(in: .german) == "März 2026")
    }
}
