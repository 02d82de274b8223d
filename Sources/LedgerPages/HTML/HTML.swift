import Ledger

/// Markup that is safe to send. A string does not become one: what is interpolated is escaped, and the text around it
/// can only be a literal of this program.
///
///     let row: HTML = "<td title=\"\(guest.name)\">\(guest.name)</td>"
///
/// Values stand between tags or inside quoted attributes; both are covered by the same escapes. Addresses go through
/// `Link`, because no escape makes `javascript:` harmless.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
    /// The markup itself.
    package private(set) var text: String

    package init(stringLiteral literal: StaticString) { text = Self.string(literal) }
    package init(stringInterpolation parts: StringInterpolation) { text = parts.text }

    private init(markup: String) { text = markup }

    /// Nothing.
    package static let none: HTML = ""

    /// Phrase as somebody typed it.
    package static func escaped(_ text: some StringProtocol) -> HTML {
        var markup = ""
        append(text, to: &markup)
        return HTML(markup: markup)
    }

    /// Both are safe already, so nothing is escaped again.
    package static func + (a: HTML, b: HTML) -> HTML { HTML(markup: a.text + b.text) }
    /// As `+`.
    package static func += (a: inout HTML, b: HTML) { a.text += b.text }

    /// Whether nothing would be sent; blanks are something.
    package var isEmpty: Bool { text.isEmpty }

    /// Takes literals, markup, addresses, numbers and texts; a text is escaped.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        package mutating func appendLiteral(_ literal: StaticString) { text += HTML.string(literal) }
        /// Escaped: a text is never markup.
        package mutating func appendInterpolation(_ value: some StringProtocol) { HTML.append(value, to: &text) }
        /// Digits, with a minus sign where it is negative.
        package mutating func appendInterpolation(_ value: some BinaryInteger) { text += String(value) }
        /// Copied as it stands.
        package mutating func appendInterpolation(_ markup: HTML) { text += markup.text }
        /// Nothing for nil.
        package mutating func appendInterpolation(_ markup: HTML?) { text += markup?.text ?? "" }
        /// One after the other, without anything between them.
        package mutating func appendInterpolation(_ markup: [HTML]) { for part in markup { text += part.text } }
        /// Escaped for an attribute; `Link` has seen to the address itself.
        package mutating func appendInterpolation(_ link: Link) { HTML.append(link.address, to: &text) }

        /// An attribute or a piece of markup only where `condition` holds.
        package mutating func appendInterpolation(_ markup: HTML, if condition: Bool) {
            if condition { text += markup.text }
        }
    }

    fileprivate static func string(_ literal: StaticString) -> String {
        literal.hasPointerRepresentation
            ? literal.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } : String(literal.unicodeScalar)
    }

    /// - Source: HTML Living Standard, "Escaping a string" and "attributes": these five are enough between tags and
    ///   inside quotes. What has no business in a page, such as a control character, is shown as U+FFFD.
    fileprivate static func append(_ value: some StringProtocol, to text: inout String) {
        for scalar in value.unicodeScalars {
            switch scalar {
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "&": text += "&amp;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\n", "\t": text.unicodeScalars.append(scalar)
            // Marks that turn the direction of writing around could dress one name up as another.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": text += "\u{FFFD}"
            default:
                if scalar.value < 32 || scalar.value == 127 {
                    text += "\u{FFFD}"
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
    }
}

/// An address that is allowed in `href` and `action`: a path of this server made of escaped parts, or a page
/// elsewhere over HTTP.
package struct Link: Sendable, Hashable {
    /// The attribute's value, not yet escaped for HTML.
    package let address: String

    /// A path here: `Link("t", tenant.id, "folios", folio.reference)`. Each part is percent-encoded, slashes included.
    package init(_ parts: String..., query: [(String, String)] = []) { self.init(parts: parts, query: query) }

    /// As `init(_:query:)`, for parts that are in a list.
    package init(parts: [String], query: [(String, String)] = []) {
        let fields = query.map { "\(Self.encoded($0))=\(Self.encoded($1))" }
        address =
            "/" + parts.map(Self.encoded).joined(separator: "/")
            + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
    }

    /// A page somewhere else, such as Stripe's.
    ///
    /// - Returns: `nil` unless it is `http:` or `https:` and one word.
    package init?(elsewhere address: String) {
        guard address.hasPrefix("https://") || address.hasPrefix("http://"),
            !address.unicodeScalars.contains(where: { $0.value <= 32 })
        else { return nil }
        self.address = address
    }

    /// A path of this server that came with a request, for going back to where somebody was.
    ///
    /// - Returns: `nil` for anything that a browser could take for another server.
    package init?(back path: String) {
        let bytes = Array(path.utf8)
        guard bytes.first == 47, bytes.count < 500, bytes.count == 1 || (bytes[1] != 47 && bytes[1] != 92),
            bytes.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 92 })
        else { return nil }
        address = path
    }

    /// - Source: RFC 3986, section 2.3: everything but the unreserved characters is encoded.
    static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 65...90, 97...122, 48...57, 45, 46, 95, 126: encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        // A part that is only dots would mean another folder to a browser.
        return encoded == "." || encoded == ".." ? encoded.map { _ in "%2E" }.joined() : encoded
    }
}

extension Sequence {
    /// One piece of markup per element, one after the other.
    func html(_ piece: (Element) throws -> HTML) rethrows -> HTML {
        var all = HTML.none
        for element in self { all += try piece(element) }
        return all
    }
}
