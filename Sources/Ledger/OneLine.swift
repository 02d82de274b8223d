/// What a text on one line is, on every way in: for programs, on the pages and at the command line.
extension String {
    /// No control characters, and something other than white space.
    package var isOneVisibleLine: Bool {
        var isVisible = false
        for scalar in unicodeScalars {
            // Most are ASCII, and need no table of Unicode's to tell.
            if scalar.isASCII {
                if scalar.value < 0x20 || scalar.value == 0x7F { return false }
                if scalar != " " { isVisible = true }
                continue
            }
            if scalar.properties.generalCategory == .control { return false }
            if !scalar.properties.isWhitespace, scalar != "\u{FEFF}" { isVisible = true }
        }
        return isVisible
    }

    /// The same as a regular expression; see `TextRule.pattern`.
    package static let visibleLinePattern =
        #"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u00a0\ufeff][^\u0000-\u001f\u007f-\u009f]*$"#
}
