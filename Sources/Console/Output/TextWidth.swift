/// Columns that a text takes on a terminal.
func displayWidth(_ text: String) -> Int {
    // Nearly all text is ASCII.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + displayWidth($1) }
}

/// 0, 1 or 2. What a letter is composed of takes no room of its own.
private func displayWidth(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    // VARIATION SELECTOR-16 asks for the coloured, wide picture.
    if scalars.contains("\u{FE0F}"), first.properties.isEmoji { return 2 }
    return first.properties.isEmojiPresentation || isWide(first.value) ? 2 : 1
}

/// - Source: Unicode Standard Annex 11, the blocks whose characters are Wide or Fullwidth.
private func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x20000...0x3FFFD:
        true
    default: false
    }
}

/// The text on one line, without anything that could steer the terminal: a guest's name may come from a stranger.
package func printable(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\n", "\r", "\t", "\u{2028}", "\u{2029}": clean.append(" ")
        // Controls, and the marks that turn the reading direction around.
        case "\u{00}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": clean.append("\u{FFFD}")
        default: clean.append(scalar)
        }
    }
    return String(clean)
}

func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - displayWidth(text)))
    return right ? blanks + text : text + blanks
}

/// The text, or its beginning and `…`.
func shortened(_ text: String, to width: Int) -> String {
    guard displayWidth(text) > width else { return text }
    var short = ""
    var used = 1
    for character in text {
        used += displayWidth(character)
        guard used <= width else { break }
        short.append(character)
    }
    return short + "…"
}

/// A text on lines of its own, broken at blanks where the terminal ends.
///
/// - Parameter width: Columns of the terminal, `nil` for a pipe, where it stays one line.
/// - Returns: At least one line, each with its end.
package func paragraph(_ text: String, width: Int?) -> String {
    (width.map { wrapped(text, to: $0) } ?? [text]).map { $0 + "\n" }.joined()
}

/// Sentences to a person, broken at blanks where the terminal ends. An address longer than a line stays whole, and so does a command between
/// backticks: both are copied.
///
/// - Parameters:
///   - width: As of `paragraph`.
///   - begin: Stands before the first line.
///   - indent: Stands before the others, which belong to it.
/// - Returns: At least one line, each with its end.
func sentences(_ text: String, width: Int?, begin: String = "", indent: String = "") -> String {
    guard let width else { return begin + text + "\n" }
    var words: [String] = []
    var isInCommand = false
    for word in text.split(separator: " ") {
        if isInCommand { words[words.count - 1] += " " + word } else { words.append(String(word)) }
        if word.count(where: { $0 == "`" }) % 2 == 1 { isInCommand.toggle() }
    }
    var lines = [begin + (words.first ?? "")]
    for word in words.dropFirst() {
        if displayWidth(lines[lines.count - 1]) + 1 + displayWidth(word) <= width {
            lines[lines.count - 1] += " " + word
        } else {
            lines.append(indent + word)
        }
    }
    return lines.map { $0 + "\n" }.joined()
}

/// Columns of the longest word between blanks.
func widestWord(of text: String) -> Int { text.split(separator: " ").map { displayWidth(String($0)) }.max() ?? 0 }

/// Lines of at most `width` columns, broken at blanks, or inside a word that is too long for a line.
///
/// - Returns: At least one line.
func wrapped(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for var word in text.split(separator: " ").map(String.init) {
        if !lines[lines.count - 1].isEmpty {
            if displayWidth(lines[lines.count - 1]) + 1 + displayWidth(word) <= width {
                lines[lines.count - 1] += " " + word
                continue
            }
            lines.append("")
        }
        while displayWidth(word) > width {
            var part = ""
            while let first = word.first, displayWidth(part) + displayWidth(first.description) <= width || part.isEmpty {
                part.append(word.removeFirst())
            }
            lines[lines.count - 1] = part
            if word.isEmpty { break }
            lines.append("")
        }
        lines[lines.count - 1] += word
    }
    return lines
}
