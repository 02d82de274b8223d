import Foundation
import Testing

@testable import Ledger

@Suite struct `A rule for texts` {
    private static let all: [TextRule] = [
        .folioReference, .guestName, .email, .languageCode, .roomName, .paymentMethod, .reason, .consent, .search, .lineDescription,
        .itemName,
        .balanceType, .stripeWord, .externalAccount, .accountName,
        .category, .taxRate, .tenantID, .tenantName, .booksID, .currencyCode, .timeZone, .address, .taxNumber, .webhookName, .accessName,
        .actor, .month,
    ]

    private static let texts =
        [
            "", " ", "a", "-", "-a", "a-", "A", "é", "ß", "de", "DE", "d1", "d-", "eur", "EUR", "no_show", "1st", "_a", "card", "none", "7",
            "19",
            "7.5", "7,5", "7.", "100", "100.00", "101", "007", "ohne", "2026-11", "0000-11", "2026-13", "2026-00", "26-11", "Europe/Berlin",
            "UTC", "Etc/GMT+1", "Europe/", "anna@example.com", "anna@müller.de", "anna", "a..b@example.com", "R-4711", " R-1", "R-1 ",
            "R 1", "R\n1", "R\t1", "\u{1}", "\u{85}", "\u{A0}", "\u{FEFF}", "\u{FEFF}a", "\u{2028}", "a\u{2028}b", "Zimmer 12", "\u{1F6CF}",
            "0f3a9c1e5b7d28460f3a9c1e5b7d2846", "0F3A9C1E5B7D28460F3A9C1E5B7D2846", "anna.weiss+x@example.com", ".anna", "+49", "\u{0}",
            "0012",
        ] + [1, 2, 30, 31, 32, 33, 40, 41, 64, 65, 200, 201, 500, 501].map { String(repeating: "a", count: $0) }

    /// ICU's, which reads what JavaScript reads.
    private func fits(_ rule: TextRule, _ text: String, _ compiled: NSRegularExpression? = nil) throws -> Bool {
        let pattern = try compiled ?? NSRegularExpression(pattern: rule.pattern)
        let whole = NSRange(location: 0, length: (text as NSString).length)
        return pattern.firstMatch(in: text, range: whole)?.range == whole && rule.length.contains(text.unicodeScalars.count)
    }

    @Test func `takes what its pattern and its length say, and nothing else`() throws {
        for rule in Self.all {
            for text in Self.texts {
                #expect(try rule.isWritten(text) == fits(rule, text), "\(rule.name.english): \(text.debugDescription)")
            }
        }
    }

    /// They are read by code of their own: compiling a pattern took a fifth of the time of a request.
    @Test(arguments: [(TextRule.taxRate, "019.,n"), (.timeZone, "Aé9/_+")])
    func `takes what its pattern says, whatever is put together from the characters that matter`(rule: TextRule, letters: String) throws {
        let pattern = try NSRegularExpression(pattern: rule.pattern)
        var texts = [""]
        for text in sequence(first: 0, next: { $0 < texts.count - 1 ? $0 + 1 : nil }) where texts[text].count < 5 {
            texts += letters.map { texts[text] + String($0) }
        }
        #expect(texts.count == 9331)
        for text in texts { #expect(try rule.isWritten(text) == fits(rule, text, pattern), "\(text)") }
    }

    @Test func `takes nothing that its pattern refuses`() {
        for rule in Self.all { for text in Self.texts where rule.takes(text) { #expect(rule.isWritten(text)) } }
        #expect(TextRule.folioReference.isWritten(" R-1") && !TextRule.folioReference.takes(" R-1"))
    }

    @Test func `takes the longest text and none that is longer`() {
        for rule in [TextRule.folioReference, .guestName, .roomName, .reason, .lineDescription, .itemName, .tenantName, .actor] {
            let most = rule.length.upperBound
            for letter in ["a", "ß", "\u{1F6CF}"] {
                #expect(rule.takes(String(repeating: letter, count: most)) && rule.isTooLong(String(repeating: letter, count: most + 1)))
            }
            #expect(!rule.takes("") && !rule.takes(" \u{A0}") && !rule.takes("a\nb"))
        }
    }

    @Test func `of words says itself how they are written`() {
        #expect(TextRule.tenantID.pattern == "^[a-z0-9][a-z0-9-]{0,39}$")
        #expect(TextRule.category.pattern == "^[a-z][a-z0-9_]{0,31}$")
        #expect(TextRule.languageCode.pattern == "^[a-z]{2}$")
        #expect(TextRule.booksID.pattern == "^[0-9a-f]{32}$")
    }

    @Test(arguments: ["de", "en", "pt"]) func `for a language takes its two small letters`(code: String) {
        #expect(TextRule.languageCode.takes(code))
    }

    @Test(arguments: ["DE", "é", "d", "deu", "d1", "", "ää"]) func `for a language takes nothing else`(code: String) {
        #expect(!TextRule.languageCode.takes(code))
    }
}
