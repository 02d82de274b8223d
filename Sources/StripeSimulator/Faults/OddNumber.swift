import JSON

/// A number that Stripe would hardly ever send, put into what it does send, so that its readers can be tried.
struct OddNumber: Sendable {
    /// Where it stands: `data.object.amount`, `data.0.created`.
    let path: [String]
    /// Any JSON value as it is to be written: `1e308`, `9223372036854775808`, `"12"`.
    let value: JSON

    /// - Returns: nil when the value is no JSON.
    init?(field: String, value text: String) {
        guard JSON(parsing: Array(text.utf8)) != nil else { return nil }
        path = field.split(separator: ".").map(String.init)
        value = .raw(Array(text.utf8))
    }

    /// - Returns: The same with the number in its place; unchanged where there is no such place.
    func put(into json: JSON) -> JSON { Self.put(value, path[...], into: json) }

    private static func put(_ value: JSON, _ path: ArraySlice<String>, into json: JSON) -> JSON {
        guard let name = path.first else { return value }
        switch json {
        case .object(let members):
            return .object(members.map { ($0.key, $0.key == name ? put(value, path.dropFirst(), into: $0.value) : $0.value) })
        case .array(let elements):
            return .array(elements.enumerated().map { String($0) == name ? put(value, path.dropFirst(), into: $1) : $1 })
        default: return json
        }
    }
}
