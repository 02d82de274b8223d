import Foundation

/// What is found after check-out, such as a minibar that was counted when the guest had left. It has a folio of its own, and is taken from the
/// stay's saved card as far as the guest has agreed to that; otherwise the guest pays by a link.
package enum LateCharge {
    /// How it is to be paid. The words are those of programs.
    package enum Way: String, Sendable, CaseIterable {
        /// From the stay's saved card, without the guest. Where the bank refuses it, the guest gets a link.
        case card
        /// On a page: for anything, and as long after the stay as somebody finds something.
        case link
    }

    /// Why the saved card is not charged.
    package enum Obstacle: Hashable, Sendable {
        /// The guest has not agreed to late charges, as with a consent from before there were any.
        case noConsent
        /// The last day on which the guest has agreed to them.
        case over(Day)
        /// To these the guest has not agreed, such as damage; in the order of `Category.standard`, a tenant's own behind them.
        case categories([Category])
        /// It is not saved any more.
        case cardGone
        /// Banks have refused it.
        case barred(CardBar)

        /// Whether it is the guest's consent that is missing. Then somebody has to choose the link; where only the card does not do, what the
        /// guest owes is asked for by link at once.
        package var isOfConsent: Bool {
            switch self {
            case .noConsent, .over, .categories: true
            case .cardGone, .barred: false
            }
        }
    }

    /// Why something is not taken from the saved card of a stay; nil where nothing is in the way.
    ///
    /// - Parameters:
    ///   - categories: What is charged.
    ///   - consent: What the guest agreed to with the card; nil for nothing.
    ///   - left: The day on which the guest left: see `Folio.leftOn`.
    ///   - isCardThere: Whether the card is still saved.
    ///   - bar: Why it is not to be used; nil where it may be.
    package static func obstacle(
        toCharging categories: Set<Category>, consent: CardTerms.Late?, left: Day, today: Day, isCardThere: Bool, bar: CardBar?
    ) -> Obstacle? {
        guard let consent else { return .noConsent }
        let last = consent.lastDay(after: left)
        guard today <= last else { return .over(last) }
        let others = categories.filter { !consent.allows($0) }
        guard others.isEmpty else { return .categories(Self.inOrder(others)) }
        guard isCardThere else { return .cardGone }
        return bar.map { .barred($0) }
    }

    private static func inOrder(_ categories: Set<Category>) -> [Category] {
        let standard = Category.standard.filter(categories.contains)
        return standard + categories.subtracting(standard).sorted { $0.name < $1.name }
    }

    /// For so long the same lines on the same stay are taken for one late charge, where nothing tells a repeated request from a new one.
    package static let secondsToRepeat: Int64 = 86_400

    /// The reference of a stay's late charge: `R-4711-L1`. It may be longer than `TextRule.folioReference` takes.
    package static func reference(of stay: String, _ number: Int) -> String { "\(stay)-L\(number)" }

    /// The stay that a late charge would be of that goes by a reference; nil where none goes by it.
    package static func stay(of reference: String) -> String? {
        guard let dash = reference.utf8.lastIndex(of: UInt8(ascii: "-")), dash > reference.startIndex else { return nil }
        let number = reference.utf8[dash...].dropFirst(2)
        guard reference[dash...].hasPrefix("-L"), let first = number.first, first != UInt8(ascii: "0"),
            number.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return String(reference[..<dash])
    }
}

extension CardTerms.Late {
    /// The last day on which the card may be charged.
    ///
    /// - Parameter left: The day on which the guest left.
    package func lastDay(after left: Day) -> Day { left.adding(days: days) }

    /// Only what guests consume is ever charged without them, whatever a consent may name.
    package func allows(_ category: Category) -> Bool { Category.consumption.contains(category) && categories.contains(category) }
}

extension Folio {
    /// The day on which the guest left: the departure that the consent names, or the day of the check-out where that came before. Nil while the
    /// folio is not closed.
    package func leftOn(in zone: TimeZone) -> Day? { closedAt.map { min(departure, $0.day(in: zone)) } }

    /// The last day for which the saved card is kept: until then it may be charged late. A stay that did not take place leaves nothing to
    /// charge, nor does one whose guest has not agreed to late charges.
    ///
    /// - Returns: Nil where there is nothing to keep it for; and while the folio is not closed.
    package func cardIsKept(in zone: TimeZone) -> Day? {
        guard state == .checkedOut, let left = leftOn(in: zone) else { return nil }
        return savedCard?.terms.late?.lastDay(after: left)
    }
}

extension [LineItem] {
    /// Whether both charge the same, in whatever order.
    package func chargesTheSame(as others: [LineItem]) -> Bool {
        func charges(_ lines: [LineItem]) -> [Charge: Int] {
            lines.filter { $0.kind == .charge }.reduce(into: [:]) { $0[Charge($1), default: 0] += 1 }
        }
        return charges(self) == charges(others)
    }

    private struct Charge: Hashable {
        let terms: LineTerms
        let quantity: Int64
        let day: Day

        init(_ line: LineItem) { (terms, quantity, day) = (line.terms, line.quantity, line.serviceDate) }
    }

    /// What still counts on a bill: the categories in which anything is left to pay.
    package var chargedCategories: Set<Category> {
        var sums: [Category: Int64] = [:]
        for line in self { sums[line.category] = (sums[line.category] ?? 0).clampedAdding(line.gross.minorUnits) }
        return Set(sums.filter { $0.value > 0 }.keys)
    }
}
