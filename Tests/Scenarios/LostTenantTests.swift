import Foundation
import JSON
import TestSupport
import Testing

/// A tenant that was added after the backup: its books are gone, what they made at Stripe is not.
@Suite struct `A tenant that the backup does not know` {
    private let house: House

    init() async throws { house = try await House(tenants: ["seeblick"]) }

    private func connect() async throws {
        let key = try house.folder.write("sk_test_neu".utf8, to: "neu.key")
        try await house.succeed("tenant", "stripe", "neu", "--secret-key-file", key)
    }

    private func open() async throws -> String {
        try await house.succeed(
            "folio", "open", "neu", "N-1", "--guest", "Nora Neu", "--arrival", "2026-11-18", "--departure", "2026-11-20", "--pay", "direct",
            "--amount", "200.00", "--format", "json")
    }

    /// `neu` has a folio, N-1, and its guest has paid 200.00.
    private func beginBooks() async throws {
        try await house.succeed("tenant", "add", "neu", "--name", "Hotel Neu")
        try await connect()
        let opened = try await open()
        try await house.simulator.pay(page: opened, of: "neu")
        try await house.succeed("sync")
    }

    /// N-1 at `neu` has paid 200.00 when the backup from before `neu` takes the ledger's place.
    ///
    /// - Returns: The id that the books of `neu` had.
    private func loseBooks() async throws -> String {
        let copy = house.folder.file("backup.db")
        try await house.succeed("backup", copy)
        try await beginBooks()
        #expect(try await taken() == 20000)
        let shown = try await house.succeed("tenant", "show", "neu", "--format", "json")
        let books = String(try #require(shown.firstMatch(of: /"books_id":"([0-9a-f]{32})"/), "\(shown)").1)
        try await house.simulator.letPass(seconds: 60)
        _ = await house.service.stop()
        try await house.succeed("restore", copy, "--replace")
        try await house.succeed("sync")
        return books
    }

    private func taken() async throws -> Int {
        let intents =
            try await house.simulator.order("GET", "/v1/payment_intents?limit=100", key: "sk_test_neu")["data"] as? [[String: Any]] ?? []
        return intents.reduce(0) { $0 + ($1["amount_received"] as? Int ?? 0) }
    }

    @Test func `gets its books' id back, and with it what its guests have paid`() async throws {
        let books = try await loseBooks()
        try await house.succeed("tenant", "add", "neu", "--name", "Hotel Neu", "--books-id", books)
        try await connect()
        #expect(try await house.succeed("tenant", "show", "neu").contains(books))
        let early = try await house.verb(
            "folio", "open", "neu", "N-1", "--guest", "Nora Neu", "--arrival", "2026-11-18", "--departure", "2026-11-20", "--pay", "direct",
            "--amount", "200.00")
        #expect(early.exit == 1 && early.errors.contains("Stripe has not been read since"), "\(early.errors)")
        try await house.succeed("sync")
        let told = try await house.verb("reconcile", "--tenant", "neu")
        #expect(told.exit == 1 && !told.output.contains("another ledger"), "\(told.output)")
        let opened = try await open()
        #expect(!opened.contains("cs_"), "no second page: \(opened)")
        try await house.succeed("reconcile", "--repair", "--tenant", "neu")
        let folio = try await house.succeed("folio", "show", "neu", "N-1", "--format", "json")
        #expect(folio.contains("\"captured\":20000"), "\(folio)")
        try await house.succeed("reconcile", "--tenant", "neu")
        #expect(!(try await house.succeed("tenant", "show", "neu").contains("Notices")))
        #expect(try await taken() == 20000)
    }

    @Test func `added anew with other books is told how to get its own back`() async throws {
        let books = try await loseBooks()
        try await house.succeed("tenant", "add", "neu", "--name", "Hotel Neu")
        try await connect()
        try await house.succeed("sync")
        for told in [try await house.verb("reconcile", "--tenant", "neu"), try await house.verb("tenant", "show", "neu")] {
            let words = told.output.replacing(/\s+/, with: " ")
            #expect(words.contains("tenant add"), "\(told.output)")
            #expect(words.replacing(" ", with: "").contains("--books-id"), "\(told.output)")
            #expect(words.replacing(" ", with: "").contains(books), "\(told.output)")
        }
    }

    @Test func `is refused an id of books that is none, or another tenant's`() async throws {
        let shown = try await house.succeed("tenant", "show", "seeblick", "--format", "json")
        let taken = String(try #require(shown.firstMatch(of: /"books_id":"([0-9a-f]{32})"/)).1)
        let refused = try await house.verb("tenant", "add", "neu", "--name", "Hotel Neu", "--books-id", taken)
        #expect(refused.exit == 1 && refused.isOneSentenceWithAHint && refused.errors.contains("seeblick"), "\(refused.errors)")
        for bad in [
            "0123", String(repeating: "g", count: 32), String(repeating: "0", count: 33), "0123456789abcdef0123456789abcde-",
            "0123456789ABCDEF0123456789ABCDEF",
        ] {
            let refused = try await house.verb("tenant", "add", "neu", "--name", "Hotel Neu", "--books-id", bad)
            #expect(refused.exit == 1 && refused.isOneSentenceWithAHint, "\(bad): \(refused.errors)")
            #expect(refused.errors.contains("32 hexadecimal digits"), "\(bad): \(refused.errors)")
        }
        #expect(!(try await house.succeed("tenant", "list").contains("neu")))
    }

    /// A neighbour that had the account before leaves what it made there.
    @Test func `names a neighbour of the same file as what it is`() async throws {
        try await beginBooks()
        try await house.succeed("folio", "cancel", "neu", "N-1", "--fee", "200.00", "--reason", "x")
        try await house.succeed("sync")
        let other = try house.folder.write("sk_test_other".utf8, to: "other.key")
        try await house.succeed("tenant", "stripe", "neu", "--secret-key-file", other)
        try await house.succeed("tenant", "stripe", "seeblick", "--secret-key-file", house.folder.file("neu.key"))
        try await house.succeed("sync", "--tenant", "seeblick")
        let told = try await house.verb("reconcile", "--tenant", "seeblick")
        let shown = try await house.succeed("tenant", "show", "seeblick")
        for words in [told.output, shown].map({ $0.replacing(/\s+/, with: " ") }) {
            #expect(words.contains("\"neu\""), "\(words)")
            #expect(!words.contains("another ledger") && !words.contains("ach ledger"), "\(words)")
        }
    }
}
