import Foundation
import Ledger
import LedgerReplay
import TestSupport
import Testing

@testable import Console

/// A file of bookings comes from another program, and may be anything.
@Suite struct `Damaged bookings` {
    private static let header = Booking.columns.joined(separator: ",")
    private static let rows = [
        "1,Resort Hotel,2026-12-01,2,0,1,1,0,BB,No Deposit,75,0,0,Check-Out,2026-12-02",
        "\"2\",\"City \"\"Hotel\"\"\",2026-12-30,365,4,10,2,NA,HB,Non Refund,1234.56,1,5,Canceled,2026-01-01",
        "10000,Ä,9999-12-31,10000,10000,10000,10000,10000,FB,Refundable,92233720368547758.07,10000,10000,No-Show,0001-01-01",
    ]

    private static let samples = [
        ([header] + rows).joined(separator: "\n"), ([header] + rows).joined(separator: "\r\n") + "\r\n",
        "\u{FEFF}" + header + "\n" + rows[0],
        rows[2],
    ].map { Array($0.utf8) }

    /// What a reader makes of it, in words.
    private func outcome(_ bytes: [UInt8], chunk: Int) -> String {
        var rest = bytes[...]
        do {
            let reader = try CSVReader(columns: Booking.columns) { () throws(CSVRefusal) in
                defer { rest = rest.dropFirst(chunk) }
                return Array(rest.prefix(chunk))
            }
            var text = ""
            while let record = try reader.next() { text += "\(record.line): \(record.fields)\n" }
            return text
        } catch { return "\((error as any Refusal).code): \((error as any Refusal).message)" }
    }

    @Test(arguments: Noise.seeds)
    func `are read the same in pieces of any size, or refused with the line`(seed: UInt64) {
        var noise = Noise(seed: seed)
        for _ in 0..<Noise.rounds {
            let bytes = noise.damaged(Self.samples, words: Noise.words)
            let whole = outcome(bytes, chunk: 1 << 20)
            for chunk in [1, 2, 3, 7] { #expect(outcome(bytes, chunk: chunk) == whole, "\(String(decoding: bytes, as: UTF8.self))") }
        }
    }

    @Test(arguments: Noise.seeds)
    func `become a stay or are refused, and no number is too large for either`(seed: UInt64) {
        var noise = Noise(seed: seed)
        var stays = 0
        for _ in 0..<Noise.rounds {
            var fields = Self.rows.randomElement(using: &noise)!.replacing("\"", with: "").components(separatedBy: ",")
            let place = Int.random(in: 0..<fields.count, using: &noise)
            fields[place] = String(decoding: noise.damaged([Array(fields[place].utf8)], words: Noise.words), as: UTF8.self)
            let named = Dictionary(zip(Booking.columns, fields)) { $1 }
            do {
                let booking = try Booking(line: 2, currency: .eur) { named[$0]! }
                let stay = try BookedStay(booking, childrenMissing: Booking.isMissing(named["children"]!), prices: ReplayPrices(in: .eur))
                for event in stay.events(index: 0) { _ = event.day.description }
                _ = booking.departure.description
                stays += 1
            } catch { #expect(error is any Refusal, "\(error): \(fields)") }
        }
        #expect(stays > 0)
    }

    @Test(arguments: [Int64.max, Int64.max / 30, Int64.max / 60])
    func `with prices beyond all reason are refused`(price: Int64) throws {
        var prices = ReplayPrices(in: .eur)
        prices.meals["BB"] = Money(minorUnits: price, currency: .eur)
        prices.parking = Money(minorUnits: .max, currency: .eur)
        let fields = Dictionary(zip(Booking.columns, Self.rows[0].replacing(",75,0,", with: ",75,3,").components(separatedBy: ","))) { $1 }
        let booking = try Booking(line: 2, currency: .eur) { fields[$0]! }
        #expect(throws: MoneyError.self) { try BookedStay(booking, childrenMissing: false, prices: prices) }
    }

    @Test func `a row of nothing but commas does not fill the memory`() {
        let line = [UInt8](repeating: UInt8(ascii: ","), count: 3 << 20)
        #expect(outcome(Array("\(Self.header)\n".utf8) + line, chunk: 1 << 16).contains("is too long for one row"))
    }
}
