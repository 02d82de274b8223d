/// Text for a man page: what would be an instruction to roff stands there as it is, in ASCII only.
enum Roff {
    /// Sentences for people. What they have in backticks, and every word that begins with a dash, is set as something to type.
    ///
    /// - Returns: Lines of at most 80 columns, as far as their words allow; roff fills them anew.
    static func text(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        let set = parts.indices.map { index in
            if index % 2 == 1 { return "\\fB\(typed(parts[index]))\\fP" }
            return parts[index].split(separator: " ", omittingEmptySubsequences: false).map { word in
                word.hasPrefix("-") ? typed(String(word)) : escaped(String(word))
            }.joined(separator: " ")
        }
        var lines = [""]
        for word in set.joined().split(separator: " ") {
            if lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] = guarded(String(word))
            } else if lines[lines.count - 1].utf8.count + 1 + word.utf8.count <= 80 {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(guarded(String(word)))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// What is typed or copied: dashes and quotes stay what they are on a keyboard.
    static func typed(_ text: String) -> String {
        guarded(escaped(text).map { typewriter[$0] ?? String($0) }.joined())
    }

    /// The same, kept together on one line.
    static func unbroken(_ text: String) -> String { "\\%" + typed(text).replacing(" ", with: "\\ ") }

    private static let typewriter: [Character: String] = ["-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"]

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\e"
            case "\"": "\\(dq"
            case "\n": " "
            case "…": "..."
            default: scalar.isASCII ? String(scalar) : "\\[u\(hexadecimal(scalar))]"
            }
        }.joined()
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// A line that begins with a dot or an apostrophe is a request, unless something without width stands before it.
    private static func guarded(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
