import CSV
import Foundation
import Ledger
import LedgerReplay
import TestSupport
import Testing

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
    private func outcome(_ bytes: [UInt8]) -> String {
        do {
            var table = try TableReader(bytes, columns: Booking.columns.map { TableColumn($0, isRequired: true) }, allowsMore: true)
            var text = ""
            while let row = try table.next() { text += "\(row.line): \(row.fields)\n" }
            return text
        } catch { return "\((error as any Refusal).code): \((error as any Refusal).message)" }
    }

    @Test(arguments: Noise.seeds)
    func `are read the same in every encoding, or refused with the line`(seed: UInt64) {
        var noise = Noise(seed: seed)
        for _ in 0..<Noise.rounds {
            let bytes = noise.damaged(Self.samples, words: Noise.words)
            let plain = outcome(bytes)
            guard let text = String(validating: bytes, as: UTF8.self), text.first?.isASCII == true, text.first != "\0" else { continue }
            let wide: [UInt8] = text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] }
            #expect(outcome([0xFF, 0xFE] + wide) == plain, "\(text)")
            #expect(outcome([0xEF, 0xBB, 0xBF] + bytes) == plain, "\(text)")
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
                let stay = try BookedStay(booking, childrenMissing: Booking.isMissing(named["children"]!), in: ReplayHouse(in: .eur))
                for event in stay.events(index: 0) { _ = event.day.description }
                _ = stay.departure.description
                _ = stay.presence(in: TimeZone(identifier: "Europe/Berlin")!)
                stays += 1
            } catch { #expect(error is any Refusal, "\(error): \(fields)") }
        }
        #expect(stays > 0)
    }

    @Test(arguments: [Int64.max, Int64.max / 30, Int64.max / 60])
    func `with prices beyond all reason are refused`(price: Int64) throws {
        var house = ReplayHouse(in: .eur)
        house.meals["BB"] = Money(minorUnits: price, currency: .eur)
        house.parking = Money(minorUnits: .max, currency: .eur)
        let fields = Dictionary(zip(Booking.columns, Self.rows[0].replacing(",75,0,", with: ",75,3,").components(separatedBy: ","))) { $1 }
        let booking = try Booking(line: 2, currency: .eur) { fields[$0]! }
        #expect(throws: MoneyError.self) { try BookedStay(booking, childrenMissing: false, in: house) }
        house = ReplayHouse(in: .eur)
        house.extrasPerNight = Money(minorUnits: .max, currency: .eur)
        #expect(throws: MoneyError.self) { try BookedStay(booking, childrenMissing: false, in: house) }
    }

    @Test func `a row of nothing but commas does not fill the memory`() {
        let line = [UInt8](repeating: UInt8(ascii: ","), count: 3 << 20)
        #expect(outcome(Array("\(Self.header)\n".utf8) + line).contains("is too long for one row"))
    }
}
