/// How results are printed.
package enum OutputFormat: String, CaseIterable, Sendable {
    /// For people: fits the terminal.
    case table
    /// For programs: stable keys in `snake_case`, amounts in minor units.
    case json
    /// For spreadsheets: RFC 4180, amounts with a decimal point.
    case csv

    /// `--format`, on every verb.
    package static let parameter = Parameter.option(
        "format", .choice(of: OutputFormat.self), default: "table",
        "How results are printed: json and csv are for programs; a table fits the terminal, and is as wide as it needs to be in a file or pipe."
    )
}

/// A result that can be printed in every format.
package protocol Presentable {
    /// - Parameter width: Columns of the terminal, `nil` for a pipe, where nothing is shortened.
    func text(width: Int?) -> String
    /// One value with its line end. Amounts are minor units.
    func json() -> String
    /// A header line and the rows, each ended by CR LF. Amounts have a decimal point.
    func csv() -> String
}
