import Foundation
import Ledger

/// The words a folio is found by: those of the guest's name and e-mail address, the reference and the room, in small letters without accents.
///
/// A word with an umlaut is found as it is typed with it, without it (`ohl`), and spelled out (`oehl`).
enum FolioWords {
    static func words(of folio: Folio) -> Set<String> {
        let texts = [folio.reference, folio.guest.name, folio.room ?? ""]
        // "R-4711" is found as it is, and as "4711".
        // An address is found by its beginning and by the name of its server.
        let address = folio.guest.email ?? ""
        return Set(
            (texts + texts.map(spelledOut)).flatMap { pieces($0) + parts($0) } + pieces(address)
                + pieces(address.split(separator: "@").last.map(String.init) ?? ""))
    }

    /// How many words of what somebody types are looked for.
    static let most = 6

    /// The words that somebody looks for, without the punctuation around them: `Smith, John` is `Smith` and `John`. As they were typed.
    static func sought(_ text: String) -> [String] {
        let words = text.split(whereSeparator: \.isWhitespace)
        let bare = words.compactMap { word -> String? in
            let isKept: (Character) -> Bool = { $0.isLetter || $0.isNumber }
            guard let first = word.firstIndex(where: isKept), let last = word.lastIndex(where: isKept) else { return nil }
            return String(word[first...last])
        }
        // A reference may be made of nothing else.
        return bare.isEmpty ? words.map(String.init) : bare
    }

    /// `Öhl` as `Oehl`, for whoever has no umlauts.
    static func spelledOut(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.reduce(into: "") { $0 += umlauts[$1] ?? String($1) }
    }

    private static let umlauts: [Character: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe", "æ": "ae", "Æ": "Ae", "å": "aa", "Å": "Aa",
    ]

    /// Behind everything that begins with the word.
    static func end(_ word: String) -> String { word + "\u{10FFFF}" }

    /// In small letters without accents.
    static func plain(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    /// As much of a word as is kept.
    static func short(_ word: some StringProtocol) -> String { String(String.UnicodeScalarView(word.unicodeScalars.prefix(64))) }

    private static func pieces(_ text: String) -> [String] { plain(text).split(whereSeparator: \.isWhitespace).map { short($0) } }

    private static func parts(_ text: String) -> [String] { plain(text).split { !$0.isLetter && !$0.isNumber }.map { short($0) } }
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
