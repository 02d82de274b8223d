/// What is to become of something that may be missing.
package enum ValueChange<Value: Sendable>: Sendable {
    /// Nothing is said of it.
    case stays
    /// It is missing from now on.
    case cleared
    case set(Value)

    /// Whether nothing is said of it.
    package var isUntouched: Bool {
        if case .stays = self { true } else { false }
    }

    /// What is set; `nil` for the two others.
    package var value: Value? {
        guard case .set(let value) = self else { return nil }
        return value
    }
}
