/// Which part of a list is looked at.
package struct Window: Sendable, Hashable {
    /// How many are left out before it.
    package let offset: Int
    /// How many it has at most.
    package let limit: Int

    package init(offset: Int = 0, limit: Int) {
        self.offset = offset
        self.limit = limit
    }

    /// A page number; the first is 1, and anything invalid is 1, too.
    package init(page: Int, of size: Int) {
        // More pages than anybody reads, so that the product cannot overflow.
        self.init(offset: (min(max(page, 1), 1_000_000) - 1) * size, limit: size)
    }
}

/// A part of a list, with how many there are in all: no list ends without saying so.
package struct Part<Element: Sendable>: Sendable {
    /// At most `window.limit`.
    package let elements: [Element]
    /// Where `elements` stand in the whole list.
    package let window: Window
    /// Of the whole list.
    package let count: Int

    /// - Parameter count: Of the whole list.
    package init(_ elements: [Element], _ window: Window, of count: Int) {
        self.elements = elements
        self.window = window
        self.count = count
    }

    /// A part of a list that is there as a whole.
    package init(of all: [Element], _ window: Window) {
        self.init(Array(all.dropFirst(window.offset).prefix(window.limit)), window, of: all.count)
    }

    /// Translates the elements all at once; window and count stay.
    package func map<Other>(_ transform: ([Element]) throws -> [Other]) rethrows -> Part<Other> {
        Part<Other>(try transform(elements), window, of: count)
    }
}
