import Foundation
import Ledger
import LedgerStore

/// Hotels with open folios: what every contender starts from. One line is on each folio already, so its accounts exist.
struct Town: Sendable {
    let file: String
    let stays: [Stay]

    struct Stay: Sendable {
        let tenant: Tenant
        let folio: Folio
    }

    static let taxRate = TaxRate("19")!
    static let day = Day("2026-11-20")!

    /// - Parameter file: May be there already, with other tenants in it.
    static func build(at file: String, tenants: Int, foliosEach: Int, clock: @escaping Clock = now) async throws -> Town {
        let database = try Database(path: file, clock: clock)
        defer { database.close() }
        var stays: [Stay] = []
        for hotel in 0..<tenants {
            stays += try await database.write { transaction in
                let tenant = try transaction.addTenant(
                    id: "hotel-\(hotel)", name: "Hotel \(hotel)", currency: .eur, timeZone: TimeZone(identifier: "Europe/Berlin")!,
                    settings: Tenant.Settings(), contract: ContractStart(), taxes: .germany, booksID: String(format: "%032x", hotel))
                return try transaction.withBook(of: tenant) { book in
                    try (0..<foliosEach).map { number in
                        let folio = try book.addFolio(
                            "R-\(number)", source: .reservation, guest: Folio.Guest(name: "Guest \(number)", email: nil), arrival: day,
                            departure: day.adding(days: 3), mode: .reserved, method: .card)
                        try book.addDrink(to: folio)
                        return Stay(tenant: tenant, folio: folio)
                    }
                }
            }
        }
        // Neighbours in time are not neighbours in the file.
        var random = SplitMix64(seed: 1)
        stays.shuffle(using: &random)
        return Town(file: file, stays: stays)
    }

    /// The same town in a file of its own.
    func copy(to file: String) throws -> Town {
        try FileManager.default.copyItem(atPath: self.file, toPath: file)
        return Town(file: file, stays: stays)
    }
}

extension Book {
    /// What reception does all day: one drink on a folio.
    func addDrink(to folio: Folio) throws {
        let line = try LineItem(
            number: nextLineNumber(on: folio), kind: .charge,
            LineTerms(.minibar, "Minibar: beer", Money(minorUnits: 350, currency: tenant.currency)), quantity: 2, taxRate: Town.taxRate,
            serviceDate: Town.day, sku: "minibar-beer")
        try add(line, to: folio, by: "reception")
    }
}

/// The machine's clock.
func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
}

/// Small, fast and the same everywhere.
/// - Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
