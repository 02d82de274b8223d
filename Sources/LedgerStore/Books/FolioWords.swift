import Foundation
import Ledger

/// The words a folio is found by: those of the guest's name, the reference and the room, in small letters without accents.
enum FolioWords {
    static func words(of folio: Folio) -> Set<String> {
        let texts = [folio.reference, folio.guest.name, folio.room ?? ""]
        // "R-4711" is found as it is, and as "4711".
        return Set(texts.flatMap { pieces($0) + parts($0) })
    }

    /// What somebody looks for, word by word; at most six.
    static func sought(_ text: String) -> [String] { Array(pieces(text).prefix(6)) }

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

extension Transaction {
    func addWords(of folio: Folio, of tenant: Tenant) throws {
        for word in FolioWords.words(of: folio).sorted() {
            try run("INSERT INTO folio_word VALUES (\(tenant.number), \(word), \(folio.number)) ON CONFLICT DO NOTHING")
        }
    }

    func removeWords(of folio: Folio, of tenant: Tenant) throws {
        for word in FolioWords.words(of: folio) {
            try run("DELETE FROM folio_word WHERE tenant = \(tenant.number) AND word = \(word) AND folio = \(folio.number)")
        }
    }

    /// Folios in which every word of the text begins a word of the guest's name, the reference or the room; the latest first.
    /// Capitals and accents do not matter.
    ///
    /// A beginning that thousands of folios share, such as one letter, is answered from the first 20,000 rows only.
    package func folios(matching text: String, of tenant: Tenant, limit: Int) throws -> [Folio] {
        let words = FolioWords.sought(text)
        guard let first = FolioWords.rarest(of: words) else { return [] }
        let numbers = try all(
            """
            SELECT DISTINCT folio FROM (
                SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(first) AND word < \(FolioWords.end(first)) LIMIT 20000)
            ORDER BY folio DESC LIMIT \(words.count == 1 ? limit : 2000)
            """
        ) { try $0.int64(0) }
        var found: [Folio] = []
        for number in numbers where found.count < limit {
            guard let folio = try folio(number: number, of: tenant) else { continue }
            if FolioWords.fit(words, folio) { found.append(folio) }
        }
        return found
    }
}
