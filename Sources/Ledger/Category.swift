/// What kind of revenue a line item is. A tenant may add its own.
package struct Category: Hashable, Codable, Sendable, CustomStringConvertible {
    /// As `TextRule.category`: part of an account's name, `revenue:lodging:7`.
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

    /// Those that every tenant has.
    package static let standard: [Category] = [
        .lodging, .food, .drinks, .minibar, .massage, .wellness, .parking, .shop, .visitorsTax, .other, .cancellation, .noShow,
    ]

    /// What a guest consumes during the stay. Only this may be charged to a saved card after check-out.
    package static let consumption: [Category] = [.food, .drinks, .minibar, .massage, .wellness, .parking, .shop]

    /// - Returns: `nil` for what `TextRule.category` does not take.
    package init?(_ name: String) {
        guard TextRule.category.takes(name) else { return nil }
        self.name = name
    }

    private init(unchecked name: String) { self.name = name }

    package var description: String { name }

    /// Collected for somebody else, and owed to them: no revenue.
    package var isPassThrough: Bool { self == .visitorsTax }
}

extension Set<Category> {
    /// What guests consume, in the order of `Category.consumption`.
    package var inOrder: [Category] { Category.consumption.filter(contains) }
}
