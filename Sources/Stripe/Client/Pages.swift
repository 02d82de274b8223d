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
    /// Elements that could not be read; each holds up itself only.
    package let unreadable: [UnreadableElement]
    /// Whether there are further ones in the direction that was asked for.
    package let hasMore: Bool
    /// The ids of the first and the last element, also when they could not be read; nil for an empty page.
    fileprivate let ends: (newest: String, oldest: String)?
}

/// Something in one of Stripe's lists that is not of the shape that the list should have.
package struct UnreadableElement: Sendable, Equatable {
    /// Stripe's id, by which it can be read alone. Where it has none, or one that no object of Stripe's can have, a name that is made of its
    /// text: the same as long as the text is.
    package let id: String
    /// What is wrong with it, for the operator.
    package let why: String

    /// - Parameters:
    ///   - id: As it stands in the list.
    ///   - text: Its JSON.
    fileprivate init(id: String?, text: Data, why: String) {
        self.id = id.flatMap { StripeID.isValid($0) ? $0 : nil } ?? "unnamed_\(hexadecimal(SHA256.digest(Array(text))).prefix(16))"
        self.why = why
    }
}

/// Some elements of a list, oldest first.
package struct ListSlice<Element: Sendable>: RandomAccessCollection, Sendable {
    private let elements: [Element]
    /// Those that could not be read, in no particular order.
    package let unreadable: [UnreadableElement]
    /// The id of the newest element, also when it could not be read: the list is continued from it.
    package let newestID: String

    fileprivate init(_ page: ListPage<Element>, newest: String) {
        elements = page.elements.reversed()
        unreadable = page.unreadable
        newestID = newest
    }

    /// Of the oldest element.
    package var startIndex: Int { 0 }
    /// One beyond the newest element.
    package var endIndex: Int { elements.count }
    /// - Parameter index: `startIndex` is the oldest.
    package subscript(index: Int) -> Element { elements[index] }
}

extension StripeListed where Self: Decodable {
    package static func page(_ body: Data) throws -> ListPage<Self> {
        try ListPage(body) { try JSONDecoder().decode(Self.self, from: $0) }
    }
}

/// What a list says beside its elements.
private struct ListHead: Decodable {
    struct Identified: Decodable {
        let id: String?

        private enum CodingKeys: CodingKey { case id }

        /// An element may be anything.
        init(from decoder: any Decoder) {
            id = try? decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .id)
        }
    }
    let data: [Identified]
    let has_more: Bool
}

extension ListPage where Element: StripeListed {
    /// Reads each element by itself, so that one that is odd does not hide the others.
    ///
    /// - Throws: `DecodingError` unless `body` is a list.
    init(_ body: Data, read: (Data) throws -> Element) throws {
        let head = try JSONDecoder().decode(ListHead.self, from: body)
        var (elements, unreadable): ([Element], [UnreadableElement]) = ([], [])
        for (identified, slice) in zip(head.data, JSONSlices.elements(of: "data", in: body)) {
            do { elements.append(try read(slice)) } catch {
                unreadable.append(UnreadableElement(id: identified.id, text: slice, why: plainWords(of: error)))
            }
        }
        self.elements = elements
        self.unreadable = unreadable
        hasMore = head.has_more
        let ids = head.data.compactMap(\.id)
        ends = ids.first.flatMap { first in ids.last.map { (first, $0) } }
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

        /// - Returns: 1...100 elements, oldest first; none only where none could be read.
        package mutating func next() async throws(StripeFailure) -> ListSlice<Element>? {
            try await next(isolation: nil)
        }

        /// As `next()`, for the isolation of its caller.
        package mutating func next(isolation actor: isolated (any Actor)?) async throws(StripeFailure) -> ListSlice<Element>? {
            switch position {
            case .end: return nil
            case .above(let id):
                let page = try await pages.page(["ending_before": .string(id)])
                return deliver(page, isTop: !page.hasMore)
            case .bottomUnknown:
                var page = try await pages.page([:])
                let isOnlyPage = !page.hasMore
                while page.hasMore, let last = page.ends?.oldest {
                    page = try await pages.page(["starting_after": .string(last)])
                }
                return deliver(page, isTop: isOnlyPage)
            }
        }

        private mutating func deliver(_ page: ListPage<Element>, isTop: Bool) -> ListSlice<Element>? {
            guard let newest = page.ends?.newest else {
                position = .end
                return nil
            }
            position = isTop ? .end : .above(newest)
            return ListSlice(page, newest: newest)
        }
    }

    private func page(_ cursor: Form) async throws(StripeFailure) -> ListPage<Element> {
        let request = StripeRequest.get(path, filters.appending(["limit": 100]).appending(cursor))
        return try await client.ask(request) { try Element.page($0.body) }.get()
    }
}
