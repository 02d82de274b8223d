import Ledger

/// A statement with its values: `"SELECT name FROM tenant WHERE id = \(id)"`.
///
/// An interpolated value becomes a bound `?`, never text. The text itself is made of literals only, so
/// nothing that arrives at run time can become SQL; `\(raw:)` inserts a further literal, for example a list of columns that
/// several statements share.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    let text: Text
    let values: [Value]

    package init(stringLiteral text: StaticString) {
        self.text = Text(text)
        values = []
    }

    /// What the compiler calls for a literal with values in it.
    package init(stringInterpolation parts: StringInterpolation) {
        text = parts.text
        values = parts.values
    }

    /// Exactly what SQLite can store in our STRICT tables; there is no floating point in a ledger.
    package enum Value: Equatable, Sendable {
        case null
        case integer(Int64)
        case text(String)
        case blob([UInt8])
    }

    /// Takes literals and values only: a `String` becomes a bound value, never text.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = Text()
        fileprivate var values: [Value] = []

        /// What the compiler calls first; both are estimates.
        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserve(2 * interpolationCount + 1)
            values.reserveCapacity(interpolationCount)
        }

        /// A piece of the statement itself, known when the program is built.
        package mutating func appendLiteral(_ literal: StaticString) { text.append(literal) }

        /// Writes a `?` and binds the value to it.
        package mutating func appendInterpolation(_ value: some Bindable) {
            bind(value.bound)
        }

        /// `nil` becomes NULL.
        package mutating func appendInterpolation(_ value: (some Bindable)?) {
            bind(value?.bound ?? .null)
        }

        /// Bound as the text of its raw value.
        package mutating func appendInterpolation<Name: RawRepresentable<String>>(_ value: Name) {
            bind(.text(value.rawValue))
        }

        /// `nil` becomes NULL.
        package mutating func appendInterpolation<Name: RawRepresentable<String>>(_ value: Name?) {
            bind(value.map { .text($0.rawValue) } ?? .null)
        }

        /// A piece of the statement itself, known when the program is built: a list of columns, a table.
        package mutating func appendInterpolation(raw fragment: StaticString) { text.append(fragment) }

        /// A statement within the statement, with its values.
        package mutating func appendInterpolation(_ part: SQL) {
            text.append(part.text)
            values += part.values
        }

        private mutating func bind(_ value: Value) {
            text.append("?")
            values.append(value)
        }
    }
}

extension SQL {
    /// The literals a statement is made of, compared by their addresses in the program: finding a prepared
    /// statement costs a few comparisons, and no text is put together or hashed on the way.
    struct Text: Hashable, Sendable, CustomStringConvertible {
        private var fragments: [StaticString] = []
        private var identity: UInt = 0

        init() {}
        init(_ text: StaticString) { append(text) }

        mutating func reserve(_ count: Int) { fragments.reserveCapacity(count) }

        mutating func append(_ fragment: StaticString) {
            precondition(fragment.hasPointerRepresentation, "a fragment of SQL is a string literal")
            guard fragment.utf8CodeUnitCount > 0 else { return }
            fragments.append(fragment)
            identity = (identity ^ UInt(bitPattern: fragment.utf8Start)) &* 0x9E37_79B9_7F4A_7C15
            identity ^= identity >> 29
        }

        mutating func append(_ part: Text) { for fragment in part.fragments { append(fragment) } }

        static func == (a: Text, b: Text) -> Bool {
            guard a.identity == b.identity, a.fragments.count == b.fragments.count else { return false }
            for (x, y) in zip(a.fragments, b.fragments)
            where x.utf8Start != y.utf8Start || x.utf8CodeUnitCount != y.utf8CodeUnitCount { return false }
            return true
        }

        func hash(into hasher: inout Hasher) { hasher.combine(identity) }

        var description: String {
            fragments.reduce(into: "") { $0 += $1.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }
        }
    }
}

/// A value that can be bound in a statement.
package protocol Bindable {
    /// As SQLite keeps it: integer, text, blob or NULL.
    var bound: SQL.Value { get }
}

extension Int: Bindable { package var bound: SQL.Value { .integer(Int64(self)) } }
extension Int64: Bindable { package var bound: SQL.Value { .integer(self) } }
extension Bool: Bindable { package var bound: SQL.Value { .integer(self ? 1 : 0) } }
extension String: Bindable { package var bound: SQL.Value { .text(self) } }
extension [UInt8]: Bindable { package var bound: SQL.Value { .blob(self) } }
/// Stored as whole milliseconds since 1970-01-01T00:00:00Z.
extension Instant: Bindable { package var bound: SQL.Value { .integer(milliseconds) } }
