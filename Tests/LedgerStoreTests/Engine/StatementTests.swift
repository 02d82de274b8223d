import TestSupport
import Ledger
import Testing

@testable import LedgerStore

@Suite struct `Values and rows` {
    let folder = try! TemporaryFolder()

    @Test(arguments: ["'; DROP TABLE note; --", "\"", "?", "", "a\u{0}b", "Grüße 🏨", "\\"])
    func `a value is a value, whatever it says`(text: String) async throws {
        let database = try folder.open()
        try await database.write { try $0.write(text) }
        #expect(try database.read { try $0.one("SELECT text FROM note WHERE text = \(text)") { try $0.string(0) } } == text)
    }

    @Test func `each kind of value comes back as it went in`() async throws {
        enum Meal: String { case breakfast, dinner }
        let database = try folder.open()
        let none: Int64? = nil
        let nobody: String? = nil
        let some: [UInt8]? = [0, 255]
        let meal: Meal? = .dinner
        try database.read { transaction in
            try transaction.each(
                """
                SELECT \(Int(OutsideNumber.range.lowerBound)), \(OutsideNumber.range.upperBound), \(true), \(false), \("text"), \([1, 2, 3] as [UInt8]), \([] as [UInt8]), \(some), \(none),
                    \(nobody), \(Instant.noon), \(Meal.breakfast), \(meal), \(none.map { Int($0) }), \(meal.map { _ in Instant.noon })
                """
            ) { (row: borrowing Row) throws in
                #expect(try row.int(0) == -(1 << 60))
                #expect(try row.int64(1) == 1 << 60)
                #expect(try row.bool(2))
                #expect(try !row.bool(3))
                #expect(try row.string(4) == "text")
                #expect(try row.bytes(5) == [1, 2, 3])
                #expect(try row.bytes(6) == [])
                #expect(try row.optionalBytes(7) == [0, 255])
                #expect(try row.optionalInt64(8) == nil)
                #expect(try row.optionalString(9) == nil)
                #expect(try row.instant(10) == .noon)
                #expect(try row.value(11) as Meal == .breakfast)
                #expect(try row.optionalValue(12, as: Meal.self) == .dinner)
                #expect(try row.optionalInt(13) == nil)
                #expect(try row.optionalInstant(14) == .noon)
            }
        }
    }

    /// The time of 9999-12-31 can be reckoned with, and what is a millisecond later no more.
    @Test(arguments: [Int64.min, .max, 1 << 60 + 1, -(1 << 60) - 1, 253_402_300_800_000])
    func `a number that nobody can have put there throws before it is reckoned with`(number: Int64) throws {
        let database = try folder.open()
        func read<Value>(_ column: (borrowing Row) throws -> Value) throws -> Value? {
            try database.read { transaction in try transaction.one("SELECT \(number)") { row in try column(row) } }
        }
        if number != 253_402_300_800_000 {
            #expect(throws: StoreRefusal.self) { try read { try $0.int64(0) } }
            #expect(throws: StoreRefusal.self) { try read { try $0.optionalInt(0) } }
        }
        #expect(throws: StoreRefusal.self) { try read { try $0.instant(0) } }
        #expect(throws: StoreRefusal.self) { try read { try $0.optionalInstant(0) } }
        let raw = try read { try $0.anyInt64(0) }
        #expect(raw == number)
    }

    @Test(arguments: [Int64.min, .max, 1 << 60 + 1, -(1 << 60) - 1])
    func `a number that could not be read again is not written`(number: Int64) async throws {
        let database = try folder.open()
        await #expect(throws: MoneyError.overflow) { try await database.write { try $0.run("INSERT INTO note (id) VALUES (\(number))") } }
        #expect(try database.read { try $0.one("SELECT count(*) FROM note") { try $0.int(0) } } == 0)
    }

    @Test func `a column of another kind throws instead of becoming zero or empty`() throws {
        let database = try folder.open()
        enum Meal: String { case breakfast }
        try database.read { transaction in
            try transaction.each("SELECT 1, 'text', x'00', NULL, 1.5, CAST(x'FF' AS TEXT), 2") { row in
                #expect(throws: StoreError.self) { try row.string(0) }
                #expect(throws: StoreError.self) { try row.bytes(0) }
                #expect(throws: StoreError.self) { try row.int(1) }
                #expect(throws: StoreError.self) { try row.optionalInt(1) }
                #expect(throws: StoreError.self) { try row.string(2) }
                #expect(throws: StoreError.self) { try row.int(3) }
                #expect(throws: StoreError.self) { try row.string(3) }
                #expect(throws: StoreError.self) { try row.bytes(3) }
                #expect(throws: StoreError.self) { try row.bool(3) }
                #expect(throws: StoreError.self) { try row.instant(3) }
                #expect(throws: StoreError.self) { try row.int(4) }
                #expect(throws: StoreError.self) { try row.string(5) }
                #expect(throws: StoreError.self) { try row.bool(6) }
                let error = #expect(throws: StoreError.self) { try row.value(1, as: Meal.self) }
                #expect(error?.message == "column 'text': expected a name of Meal, found text")
            }
        }
    }

    @Test func `an error keeps the statement and never the values`() async throws {
        let database = try folder.open()
        let error = await #expect(throws: StoreError.self) {
            try await database.write { transaction in
                try transaction.write("Frau Secret")
                try transaction.write("Frau Secret")
            }
        }
        #expect(error?.sql == "INSERT INTO note (text, written_at) VALUES (?, ?)")
        #expect(error?.extendedCode == StoreError.unique)
        #expect(error?.description.contains("Secret") == false)
    }

    @Test func `one takes the first row or none, and runs a statement that writes to its end`() async throws {
        let database = try folder.open()
        let first = try await database.write { transaction in
            try transaction.one("INSERT INTO note (text) VALUES ('a'), ('b'), ('c') RETURNING id") { try $0.int(0) }
        }
        #expect(first == 1)
        #expect(try database.read { try $0.count() } == 3)
        #expect(try database.read { try $0.one("SELECT id FROM note WHERE text = 'd'") { try $0.int(0) } } == nil)
    }

    @Test func `changes counts the rows of the last statement`() async throws {
        let database = try folder.open()
        let changes = try await database.write { transaction in
            for text in ["a", "b", "c"] { try transaction.write(text) }
            try transaction.run("UPDATE note SET written_at = 1 WHERE text > \("a")")
            return transaction.changes
        }
        #expect(changes == 2)
    }

    @Test func `a row closure may run other statements, and the same one again`() async throws {
        let database = try folder.open()
        try await database.write { transaction in
            for text in ["a", "b", "c"] { try transaction.write(text) }
            try transaction.each("SELECT text FROM note ORDER BY id LIMIT 3") { row in
                let text = try row.string(0)
                try transaction.write(text + text)
                #expect(try transaction.one("SELECT count(*) FROM note WHERE text = \(text)") { try $0.int(0) } == 1)
            }
        }
        #expect(try database.read { try $0.texts() } == ["a", "b", "c", "aa", "bb", "cc"])
        #expect(try database.read { try pairs($0, 0) } == 3 + 3 * 3)
    }

    /// Three rows, and below each of them, by the same statement, three more.
    private func pairs(_ transaction: borrowing Transaction, _ depth: Int) throws -> Int {
        var count = 0
        try transaction.each("SELECT text FROM note WHERE length(text) = \(depth + 1)") { _ in
            count += 1
            if depth < 1 { count += try pairs(transaction, depth + 1) }
        }
        return count
    }

    @Test func `an error of the row closure ends the loop and leaves the statement usable`() async throws {
        struct Mistake: Error {}
        let database = try folder.open()
        try await database.write { transaction in
            for text in ["a", "b"] { try transaction.write(text) }
            for _ in 0..<2 {
                var rows = 0
                #expect(throws: Mistake.self) {
                    try transaction.each("SELECT text FROM note") { _ in
                        rows += 1
                        throw Mistake()
                    }
                }
                #expect(rows == 1)
            }
        }
    }

    @Test func `a raw literal is text, and the same text is one prepared statement`() throws {
        let columns: StaticString = "id, text"
        let one: SQL = "SELECT \(raw: columns) FROM note WHERE id = \(1)"
        let two: SQL = "SELECT id, text FROM note WHERE id = \(2)"
        #expect(one.text.description == "SELECT id, text FROM note WHERE id = ?")
        #expect(one.text.description == two.text.description)
        #expect(one.values == [.integer(1)])
        let connection = try Connection(folder.file(), .writer(create: true))
        try connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT); BEGIN")
        let first = try connection.with(one) { $0 }
        #expect(try connection.with(two) { $0 } === first)
        #expect(try connection.with(one) { $0 } === first)
    }
}
