import Foundation
import JSON

/// Numbers at which reckoning goes wrong, if it ever does, as somebody could send them.
package enum EdgeNumbers {
    /// As they stand in JSON: what is no number is among them, where one is expected.
    package static let json: [String] =
        whole + ["9223372036854775808", "-9223372036854775809", "18446744073709551616", "0.5", "-0.0", "1e308", "1e999", "1e-400", "1E18"]
        + [String(repeating: "9", count: 400), #""12""#, #""""#, #""9223372036854775807""#, "null", "true", "[]", "{}"]

    /// Those that an Int64 holds.
    package static let whole: [String] = [
        "-9223372036854775808", "9223372036854775807", "0", "-1", "1000000000000000000", "-1000000000000000000", "9007199254740992",
        "1152921504606846976", "253402300800", "4611686018427387904",
    ]

    /// As they stand in a query, a form or a column.
    package static let texts: [String] = whole + ["9223372036854775808", "1e308", "0.5", "92233720368547758.07", "-0", "+1", "NaN", ""]
}

extension JSON {
    /// Where the numbers in it stand, and what else `counts`, member by member.
    package func places(where counts: (JSON) -> Bool = { $0.isNumber }) -> [[String]] {
        switch self {
        case .object(let members): members.flatMap { name, value in value.places(where: counts).map { [name] + $0 } }
        case .array(let elements):
            elements.enumerated().flatMap { position, value in value.places(where: counts).map { [String(position)] + $0 } }
        default: counts(self) ? [[]] : []
        }
    }

    package var isNumber: Bool {
        switch self {
        case .int, .decimal: true
        default: false
        }
    }

    /// The same with something else in one place.
    package func replacing(_ place: some Collection<String>, with text: String) -> JSON {
        guard let name = place.first else { return .raw(Array(text.utf8)) }
        switch self {
        case .object(let members):
            return .object(members.map { ($0.key, $0.key == name ? $0.value.replacing(place.dropFirst(), with: text) : $0.value) })
        case .array(let elements):
            return .array(elements.enumerated().map { String($0) == name ? $1.replacing(place.dropFirst(), with: text) : $1 })
        default: return self
        }
    }
}
