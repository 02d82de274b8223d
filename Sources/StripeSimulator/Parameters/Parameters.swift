import JSON

/// A request's checked parameters.
struct Parameters: Sendable {
    let root: JSON

    subscript(_ path: String...) -> JSON? {
        var value: JSON? = root
        for name in path { value = value?[name] }
        return value
    }

    func text(_ path: String...) -> String? { find(path)?.textValue }
    func int(_ path: String...) -> Int? { find(path)?.intValue }
    func bool(_ path: String...) -> Bool? { find(path)?.boolValue }
    func texts(_ path: String...) -> [String]? { find(path).map(\.texts) }
    /// Whether the parameter was sent, be it to unset it.
    func has(_ name: String) -> Bool { root[name] != nil }

    private func find(_ path: [String]) -> JSON? {
        var value: JSON? = root
        for name in path { value = value?[name] }
        return value
    }

    /// `metadata` as Stripe stores it: sent values laid over the old ones, empty ones removed, all removed by an empty `metadata`.
    func metadata(over old: JSON = .emptyObject) -> JSON {
        guard let sent = root["metadata"] else { return old }
        guard let members = sent.members else { return .emptyObject }
        var result = old
        for (key, value) in members { result[key] = value == "" ? JSON?.none : value }
        return result
    }
}
