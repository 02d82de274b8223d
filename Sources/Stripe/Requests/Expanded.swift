/// What every answer that may tell of money brings along, so that it says when the money moved: a call's answer, a read and a list alike.
extension FormValue {
    /// Of an intent: its latest charge with the balance transaction.
    static let charge: FormValue = ["latest_charge.balance_transaction"]
    /// Of a refund: what took the money out, and what brought it back.
    static let movements: FormValue = ["balance_transaction", "failure_balance_transaction"]
}
