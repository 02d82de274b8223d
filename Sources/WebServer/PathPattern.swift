/// A path with places to fill in: `/v1/tenants/{tenant}/folios`. What stands in braces is any one segment.
package struct PathPattern: Sendable, Hashable, ExpressibleByStringLiteral {
    /// One segment: a fixed word, or the name that stood in braces.
    package enum Part: Sendable, Hashable { case word(String), parameter(String) }

    /// As it was declared, braces included.
    package let text: String
    /// In order, one per segment.
    package let parts: [Part]

    package init(stringLiteral text: StaticString) { self.init("\(text)") }

    private init(_ text: String) {
        self.text = text
        parts = self.text.split(separator: "/").map { part in
            part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .word(String(part))
        }
    }

    /// A path below this one.
    package static func + (above: PathPattern, below: StaticString) -> PathPattern { PathPattern(above.text + "\(below)") }

    /// The names in braces, in order.
    package var parameters: [String] { parts.compactMap { if case .parameter(let name) = $0 { name } else { nil } } }

    /// The path with something in each place.
    ///
    /// - Parameter value: From a name to what stands there, percent-encoded where that is needed.
    package func filled(_ value: (String) -> String) -> String {
        let segments = parts.map { part in
            switch part {
            case .word(let word): word
            case .parameter(let name): value(name)
            }
        }
        return "/" + segments.joined(separator: "/")
    }

    /// - Parameter segments: As in `HTTPRequest.segments`.
    /// - Returns: What stands in the braces; nil when the path is another.
    package func match(_ segments: [String]) -> [String: String]? {
        guard segments.count == parts.count else { return nil }
        // The words first: they tell most other paths apart, and cost nothing to compare.
        for (part, segment) in zip(parts, segments) {
            if case .word(let word) = part, word != segment { return nil }
        }
        var values: [String: String] = [:]
        for case (.parameter(let name), let segment) in zip(parts, segments) {
            // U+FFFD stands for bytes that are no UTF-8: nothing is called that.
            guard !segment.isEmpty, !segment.unicodeScalars.contains("\u{FFFD}") else { return nil }
            values[name] = segment
        }
        return values
    }
}
