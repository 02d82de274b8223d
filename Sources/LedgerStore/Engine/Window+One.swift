import Ledger

extension Window {
    /// For counting: one row with the count.
    static let one = Window(limit: 1)
}
