import Foundation
import Ledger

/// Something that Stripe lists.
package protocol StripeListed: Sendable {
    /// Stripe's id: a list is continued from it.
    var id: String { get }
    /// - Throws: `DecodingError` unless `body` is a list of these.
    static func page(_ body: Data) throws -> ListPage<Self>
}

/// One page of a list, newest first.
package struct ListPage<Element: Sendable>: Sendable {
    /// At most 100, the newest first.
    package let elements: [Element]
    /// Whether there are further ones in the direction that was asked for.
    package let hasMore: Bool
}

extension ListPage: Decodable where Element: Decodable {
    private enum CodingKeys: String, CodingKey {
        case elements = "data"
        case hasMore = "has_more"
    }
}

extension StripeListed where Self: Decodable {
    package static func page(_ body: Data) throws -> ListPage<Self> {
        try JSONDecoder().decode(ListPage<Self>.self, from: body)
    }
}

/// A list at Stripe, read page by page and **oldest first**, so that whoever stops in the middle knows that
/// everything before the last element was seen.
///
///     for try await page in client.events(after: lastSeen) { … }
///
/// Stripe lists newest first. From a known element on, its `ending_before` climbs from old to new. Without
/// one, the list is first walked down to its oldest page, of which alone is kept, and then climbed.
package struct Pages<Element: StripeListed>: AsyncSequence {
    /// A page that is refused or stays unanswered ends the walk.
    package typealias Failure = StripeFailure

    let client: StripeClient
    let path: String
    let filters: Form
    let after: String?

    package func makeAsyncIterator() -> Iterator { Iterator(pages: self) }

    /// Keeps one page at a time, and asks for the next when it is wanted.
    package struct Iterator: AsyncIteratorProtocol {
        private let pages: Pages
        private var position: Position

        private enum Position {
            case bottomUnknown
            case above(String)
            case end
        }

        fileprivate init(pages: Pages) {
            self.pages = pages
            position = pages.after.map(Position.above) ?? .bottomUnknown
        }

        /// - Returns: 1...100 elements, oldest first.
        package mutating func next() async throws(StripeFailure) -> [Element]? {
            try await next(isolation: nil)
        }

        /// As `next()`, for the isolation of its caller.
        package mutating func next(isolation actor: isolated (any Actor)?) async throws(StripeFailure) -> [Element]? {
            switch position {
            case .end: return nil
            case .above(let id):
                let page = try await pages.page(["ending_before": .string(id)])
                return deliver(page, isTop: !page.hasMore)
            case .bottomUnknown:
                var page = try await pages.page([:])
                let isOnlyPage = !page.hasMore
                while page.hasMore, let last = page.elements.last {
                    page = try await pages.page(["starting_after": .string(last.id)])
                }
                return deliver(page, isTop: isOnlyPage)
            }
        }

        private mutating func deliver(_ page: ListPage<Element>, isTop: Bool) -> [Element]? {
            guard let newest = page.elements.first else {
                position = .end
                return nil
            }
            position = isTop ? .end : .above(newest.id)
            return page.elements.reversed()
        }
    }

    private func page(_ cursor: Form) async throws(StripeFailure) -> ListPage<Element> {
        let request = StripeRequest.get(path, filters.appending(["limit": 100]).appending(cursor))
        return try await client.call(request, key: nil) { try Element.page($0.body) }.get()
    }
}
