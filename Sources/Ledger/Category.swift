/// What kind of revenue a line item is. A tenant may add its own.
package struct Category: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    package static let lodging = Category(unchecked: "lodging")
    package static let food = Category(unchecked: "food")
    package static let drinks = Category(unchecked: "drinks")
    package static let minibar = Category(unchecked: "minibar")
    package static let massage = Category(unchecked: "massage")
    package static let wellness = Category(unchecked: "wellness")
    package static let parking = Category(unchecked: "parking")
    package static let shop = Category(unchecked: "shop")
    package static let cancellation = Category(unchecked: "cancellation")
    package static let noShow = Category(unchecked: "no_show")
    package static let visitorsTax = Category(unchecked: "visitors_tax")
    package static let other = Category(unchecked: "other")

    /// - Returns: `nil` unless it is 1 to 32 lower-case letters, digits or underscores, the first a letter:
    ///   it becomes part of an account's name.
    package init?(_ name: String) {
        let letters = Array(name.utf8)
        guard (1...32).contains(letters.count), (97...122).contains(letters[0]),
            letters.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 95 })
        else { return nil }
        self.name = name
    }

    private init(unchecked name: String) { self.name = name }

    package var description: String { name }

    /// Collected for somebody else, and owed to them: no revenue.
    package var isTransitory: Bool { self == .visitorsTax }
}
