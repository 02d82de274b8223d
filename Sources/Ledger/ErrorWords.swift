/// What an error says to a person or into a log: its own words, where it has some, and never what the compiler makes of its cases.
package func plainWords(of error: any Error) -> String {
    switch error {
    case let refusal as any Refusal: refusal.message
    case let error as DecodingError: plainWords(ofDecoding: error)
    case let error as any CustomStringConvertible: error.description
    default: "an error of the kind \(type(of: error))"
    }
}

/// All that an error knows, for the operator's log: with what SQLite said, for example, which no caller is told.
package func fullWords(of error: any Error) -> String {
    switch error {
    case let error as any Refusal & CustomStringConvertible: error.description
    default: plainWords(of: error)
    }
}

/// Where a JSON text is not what was expected, without quoting it.
private func plainWords(ofDecoding error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "it" : path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context): "\(place(context.codingPath)) is empty"
    case .typeMismatch(_, let context): "\(place(context.codingPath)) has the wrong type"
    case .dataCorrupted(let context): context.codingPath.isEmpty ? "it is not JSON" : "\(place(context.codingPath)) is not valid"
    @unknown default: "it cannot be read"
    }
}
