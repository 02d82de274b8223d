import TestSupport

/// The attacked book in memory, opened once for all attacks: each has a transaction of its own, which is undone.
actor OpenedBook {
    /// One connection for each setting, since foreign_keys cannot change inside a transaction.
    private static let all = Task {
        let folder = try TemporaryFolder()
        let file = try folder.write(await AttackedBook.bytes.value)
        let books = try Attack.Settings.all.map { ($0, try OpenedBook(file, $0)) }
        return Dictionary(uniqueKeysWithValues: books)
    }

    private let connection: RawConnection
    private let untouched: [String]

    static func with(_ settings: Attack.Settings) async throws -> OpenedBook { try await all.value[settings]! }

    private init(_ file: String, _ settings: Attack.Settings) throws {
        connection = try RawConnection(
            copyOf: file, foreignKeys: settings.foreignKeys, recursiveTriggers: settings.recursiveTriggers)
        untouched = try connection.dump()
    }

    struct Outcome {
        /// Every row of every table before the attack, and after it.
        let before, after: [String]
        let refusal: RawFailure?
    }

    /// Does what makes the attack possible, then the attack, and undoes both.
    ///
    /// - Parameter isDefended: Whether the schema keeps its triggers, CHECKs and unique indexes during the attack.
    func suffer(_ attack: Attack, isDefended: Bool = true) throws -> Outcome {
        try connection.run("BEGIN")
        // A trigger may have undone the transaction itself.
        defer { try! connection.rollBack() }
        for statement in attack.first { try connection.run(statement) }
        // Without a preparation the book is the first one, or an attack before this one has left something behind.
        let before = attack.first.isEmpty ? untouched : try connection.dump()
        if !isDefended { try connection.disarm() }
        defer { if !isDefended { try! connection.checkConstraints() } }
        var refusal: RawFailure?
        do { try connection.run(attack.sql) } catch let failure as RawFailure { refusal = failure }
        return Outcome(before: before, after: try connection.dump(), refusal: refusal)
    }
}
