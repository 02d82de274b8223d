import Foundation
import Ledger

/// The words a folio is found by: those of the guest's name and e-mail address, the reference and the room, in small letters without accents.
enum FolioWords {
    static func words(of folio: Folio) -> Set<String> {
        let texts = [folio.reference, folio.guest.name, folio.room ?? ""]
        // "R-4711" is found as it is, and as "4711".
        // An address is found by its beginning and by the name of its server.
        let address = folio.guest.email ?? ""
        return Set(
            texts.flatMap { pieces($0) + parts($0) } + pieces(address) + pieces(address.split(separator: "@").last.map(String.init) ?? ""))
    }

    /// How many words of what somebody types are looked for.
    static let most = 6

    /// What somebody looks for, word by word, the longest first: it leaves the fewest folios.
    static func sought(_ text: String) -> [String] {
        // What begins another word is found with it.
        pieces(text).prefix(most).sorted { $0.count > $1.count }.reduce(into: []) { words, word in
            if !words.contains(where: { $0.hasPrefix(word) }) { words.append(word) }
        }
    }

    /// Behind everything that begins with the word.
    static func end(_ word: String) -> String { word + "\u{10FFFF}" }

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
}
