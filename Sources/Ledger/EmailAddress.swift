import Foundation

/// An e-mail address, as guests have them: one rule for API, command line and pages.
///
/// The part before the @ is a dot-atom of RFC 5322, section 3.2.3, with letters of any script (RFC 6531); the part behind it a domain name
/// of at least two labels, with letters of any script (RFC 5890). A quoted part, a comment or an address in brackets is none that a guest has.
package struct EmailAddress: Hashable, Sendable {
    /// As it was given.
    package let text: String
    private let local: Substring
    /// The domain as it stands in the domain name system: `müller.de` is `xn--mller-kva.de`.
    private let domain: String

    /// The most bytes of an address (RFC 5321, section 4.5.3.1.3).
    package static let longest = 254
    private static let longestLocal = 64
    private static let longestDomain = 253
    private static let longestLabel = 63

    /// - Returns: `nil` for text that is not an address.
    package init?(_ text: String) { self.init(text, hasLimits: true) }

    /// Whether it is written as an address is, whatever the length of its parts: as far as `pattern` can tell.
    package static func isWrittenRight(_ text: String) -> Bool { Self(text, hasLimits: false) != nil }

    private init?(_ text: String, hasLimits: Bool) {
        // Checked first: text that is too long is not an address, whatever it contains.
        guard text.utf8.count <= (hasLimits ? 1 : 4) * Self.longest, let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let local = text[..<at]
        let atoms = Self.parts(local)
        guard local.utf8.count <= Self.longestLocal || !hasLimits,
            atoms.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy(Self.isAtomText) })
        else {
            return nil
        }
        var labels: [String] = []
        for label in Self.parts(text[text.utf8.index(after: at)...]) {
            guard let ascii = Self.ascii(label), ascii.utf8.count <= Self.longestLabel || !hasLimits else { return nil }
            labels.append(ascii)
        }
        // No top level begins with a digit, so that no network address is taken for a name.
        guard labels.count > 1, labels.last?.utf8.first.map({ !(48...57).contains($0) }) == true else { return nil }
        let domain = labels.joined(separator: ".")
        guard domain.utf8.count <= Self.longestDomain || !hasLimits else { return nil }
        (self.text, self.local, self.domain) = (text, local, domain)
    }

    /// For programs that take domains only as the domain name system has them.
    package var withASCIIDomain: String { "\(local)@\(domain)" }

    /// The same rule, as far as a regular expression can say it; for JSON Schema. Lengths are counted besides.
    package static let pattern: String = {
        let script =
            #"\u00a1-\u00ac\u00ae-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef"#
        let atom = #"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\#(script)-]+"#
        let inner = "[A-Za-z0-9\(script)-]"
        let label = "[A-Za-z0-9\(script)](\(inner)*[A-Za-z0-9\(script)])?"
        let last = "[A-Za-z\(script)](\(inner)*[A-Za-z0-9\(script)])?"
        return #"^\#(atom)(\.\#(atom))*@(\#(label)\.)+\#(last)$"#
    }()

    /// What stands between dots. A mark that follows one and would be drawn on it parts it from nothing.
    private static func parts(_ text: Substring) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { Substring($0) }
    }

    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_", "`", "{", "|", "}", "~": true
        default: isOfAScript(scalar)
        }
    }

    /// Beyond ASCII: no blanks, no marks of direction, nothing private.
    ///
    /// - Source: RFC 3987, `ucschar`.
    private static func isOfAScript(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000: false
        case 0xA1...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFEFE, 0xFF00...0xFFEF, 0x10000...0x1FFFD, 0x20000...0x2FFFD, 0x30000...0x3FFFD: true
        default: false
        }
    }

    /// A label of a domain as the domain name system has it; `nil` for what is none.
    private static func ascii(_ label: Substring) -> String? {
        let isOfLetters = label.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-": true
            default: isOfAScript(scalar)
            }
        }
        guard isOfLetters, !label.isEmpty, label.utf8.first != UInt8(ascii: "-"), label.utf8.last != UInt8(ascii: "-") else { return nil }
        let isASCII = label.utf8.allSatisfy { $0 < 0x80 }
        // One spelling for each name: small letters, composed.
        return isASCII ? String(label) : "xn--" + Punycode.encoded(label.lowercased().precomposedStringWithCanonicalMapping)
    }
}

/// Letters of any script in letters of ASCII.
///
/// - Source: RFC 3492, section 6.3.
enum Punycode {
    static func encoded(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { Int($0.value) }
        var output = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
        let basic = output.count
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var (next, delta, bias, handled) = (0x80, 0, 72, basic)
        while handled < scalars.count {
            let least = scalars.filter { $0 >= next }.min()!
            delta += (least - next) * (handled + 1)
            next = least
            for scalar in scalars {
                if scalar < next { delta += 1 }
                guard scalar == next else { continue }
                var rest = delta
                for position in stride(from: 36, to: Int.max, by: 36) {
                    let threshold = min(max(position - bias, 1), 26)
                    guard rest >= threshold else { break }
                    output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
                    rest = (rest - threshold) / (36 - threshold)
                }
                output.append(digit(rest))
                bias = adapted(delta, points: handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? 97 + value : 22 + value) }

    private static func adapted(_ delta: Int, points: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / points
        var bias = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}
