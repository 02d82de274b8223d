import Foundation
import Ledger

/// The words a folio is found by: those of the guest's name, the reference and the room, in small letters without accents.
enum FolioWords {
    static func words(of folio: Folio) -> Set<String> {
        let texts = [folio.reference, folio.guest.name, folio.room ?? ""]
        // "R-4711" is found as it is, and as "4711".
        return Set(texts.flatMap { pieces($0) + parts($0) })
    }

    /// How many words of what somebody types are looked for.
    static let most = 6

    /// What somebody looks for, word by word.
    static func sought(_ text: String) -> [String] { Array(pieces(text).prefix(most)) }

    /// The longest word leaves the fewest folios.
    static func rarest(of words: [String]) -> String? { words.max { $0.count < $1.count } }

    /// Behind everything that begins with the word.
    static func end(_ word: String) -> String { word + "\u{10FFFF}" }

    /// Whether every word begins one of the folio's. A single word has been asked for already.
    static func fit(_ words: [String], _ folio: Folio) -> Bool {
        guard words.count > 1 else { return true }
        let known = self.words(of: folio)
        return words.allSatisfy { word in known.contains { $0.hasPrefix(word) } }
    }

    private static func pieces(_ text: String) -> [String] {
        plain(text).split(whereSeparator: \.isWhitespace).map(short)
    }

    private static func parts(_ text: String) -> [String] {
        plain(text).split { !$0.isLetter && !$0.isNumber }.map(short)
    }

    private static func plain(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    private static func short(_ word: Substring) -> String { String(String.UnicodeScalarView(word.unicodeScalars.prefix(64))) }
}

extension Book {
    func addWords(of folio: Folio) throws {
        for word in FolioWords.words(of: folio).sorted() {
            try run(
                """
                INSERT INTO folio_word (tenant, word, folio)
                VALUES (\(tenant.number), \(word), \(folio.number)) ON CONFLICT DO NOTHING
                """)
        }
    }

    func removeWords(of folio: Folio) throws {
        for word in FolioWords.words(of: folio) {
            try run("DELETE FROM folio_word WHERE tenant = \(tenant.number) AND word = \(word) AND folio = \(folio.number)")
        }
    }

    /// Folios in which every word of the text begins a word of the guest's name, the reference or the room; the latest first.
    /// Capitals and accents do not matter.
    package func folios(matching text: String, _ window: Window) throws -> Part<Folio> {
        // The longest word leaves the fewest folios to look at.
        let words: [String?] = FolioWords.sought(text).sorted { $0.count > $1.count }
        guard let first = words.first ?? nil else { return Part([], window, of: 0) }
        let others = words.dropFirst() + Array(repeating: nil, count: FolioWords.most - words.count)
        let (b, c, d, e, f) = (others[1], others[2], others[3], others[4], others[5])
        func end(_ word: String?) -> String? { word.map(FolioWords.end) }
        func statement(_ what: StaticString, _ tail: StaticString, _ window: Window) -> SQL {
            """
            SELECT \(raw: what) FROM folio_word
            WHERE tenant = \(tenant.number) AND word >= \(first) AND word < \(end(first))
                AND (\(b) IS NULL OR folio IN (SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(b) AND word < \(end(b))))
                AND (\(c) IS NULL OR folio IN (SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(c) AND word < \(end(c))))
                AND (\(d) IS NULL OR folio IN (SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(d) AND word < \(end(d))))
                AND (\(e) IS NULL OR folio IN (SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(e) AND word < \(end(e))))
                AND (\(f) IS NULL OR folio IN (SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(f) AND word < \(end(f))))
            \(raw: tail) LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        let numbers = try all(statement("DISTINCT folio", "ORDER BY folio DESC", window)) { try $0.int64(0) }
        let count = try one(statement("count(DISTINCT folio)", "", .one)) { try $0.int(0) } ?? 0
        return Part(try numbers.compactMap { try folio(number: $0) }, window, of: count)
    }
}
