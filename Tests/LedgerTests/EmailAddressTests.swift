import Foundation
import Ledger
import Testing

@Suite struct `An e-mail address` {
    @Test(arguments: [
        "anna@example.com", "o'brien@example.ie", "a&b@example.com", "first.last+tag@sub.example.co.uk", "x@y.de",
        "!#$%&'*+-/=?^_`{|}~@example.com",
        "jürgen@example.de", "info@müller.de", "用户@例子.广告", "ANNA@EXAMPLE.COM", "1@2.de", "a@xn--mller-kva.de",
    ])
    func `is what guests have`(_ text: String) {
        #expect(EmailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "anna", "@example.com", "anna@", "anna@example", ".anna@example.com", "anna.@example.com", "an..na@example.com",
        "anna@.example.com",
        "anna@example..com", "anna@example.com.", "anna@-example.com", "anna@example-.com", "anna @example.com", "anna@exam ple.com",
        "anna@example.com\n", "anna@[192.0.2.1]", "anna@192.0.2.1", "\"anna weiss\"@example.com", "Anna <anna@example.com>",
        "a,b@example.com",
        "anna@example.com,otto@example.com", "anna(x)@example.com", "anna@exa_mple.com", "a\u{200B}b@example.com", "anna\u{A0}@example.com",
        "anna@@example.com", String(repeating: "a", count: 65) + "@example.com", "a@" + String(repeating: "b", count: 64) + ".com",
        "a@" + Array(repeating: "b23456789", count: 26).joined(separator: ".") + ".com",
        "a@" + String(repeating: "\u{FC}", count: 60) + ".de",
    ])
    func `is not everything that is typed`(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }

    /// The vectors are those of RFC 3492, section 7.1, and of registries.
    @Test(arguments: [
        ("info@müller.de", "info@xn--mller-kva.de"), ("info@MÜLLER.de", "info@xn--mller-kva.de"),
        ("info@mu\u{308}ller.de", "info@xn--mller-kva.de"),
        ("a@straße.de", "a@xn--strae-oqa.de"), ("a@bücher.example", "a@xn--bcher-kva.example"), ("a@例子.广告", "a@xn--fsqu00a.xn--4rr70v"),
        ("a@ليهمابتكلموشعربي.example", "a@xn--mgbcah9ar9a4efegftvvn.example"),
        ("a@他们为什么不说中文.example", "a@xn--ihqwcrb4cv8a8dqg056pqjye.example"),
        ("a@pročprostěnemluvíčesky.example", "a@xn--proprostnemluvesky-uyb24dma41a.example"),
        ("o'brien@example.ie", "o'brien@example.ie"), ("jürgen@example.de", "jürgen@example.de"),
    ])
    func `goes to Stripe with its domain in letters of ASCII`(_ text: String, ascii: String) throws {
        #expect(try #require(EmailAddress(text)).withASCIIDomain == ascii)
    }

    @Test(arguments: [
        "anna@example.com", "o'brien@example.ie", "info@müller.de", "用户@例子.广告", "anna@example", "a,b@example.com", "an..na@example.com",
        "a\u{200B}b@example.com",
    ])
    func `is described as it is read`(_ text: String) throws {
        // JavaScript's reading of it, as JSON Schema asks; Swift's own takes no range that begins with a letter it would compose.
        let pattern = try NSRegularExpression(pattern: EmailAddress.pattern)
        let whole = NSRange(location: 0, length: text.utf16.count)
        #expect((pattern.firstMatch(in: text, range: whole)?.range == whole) == (EmailAddress(text) != nil))
    }
}
