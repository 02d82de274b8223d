/// What a collection needs to know of its elements.
protocol Stored {
    var id: String { get }
    /// Unix seconds.
    var created: Int { get }
    /// Gone for lists, still there for `retrieve`: a deleted customer.
    var isListed: Bool { get }
}

extension Stored {
    var isListed: Bool { true }
}

/// All objects of one kind in one account, in the order they were made. Nothing is ever sorted or scanned as a whole:
/// an id leads to a position, a filter to an ascending list of positions.
struct Table<Element: Stored> {
    private(set) var elements: [Element] = []
    private var positions: [String: Int] = [:]
    private var index: [String: [Int]] = [:]

    var isEmpty: Bool { elements.isEmpty }

    /// - Parameter keys: What lists filter by, for example the customer's id.
    mutating func append(_ element: Element, keys: [String?] = []) {
        positions[element.id] = elements.count
        for case let key? in keys { index[key, default: []].append(elements.count) }
        elements.append(element)
    }

    /// Adds an element where its time puts it: behind all that were made up to then.
    mutating func insert(_ element: Element, keys: [String?] = []) {
        let place = firstPosition(atOrAfter: element.created + 1)
        guard place < elements.count else { return append(element, keys: keys) }
        elements.insert(element, at: place)
        positions = positions.mapValues { $0 < place ? $0 : $0 + 1 }
        index = index.mapValues { list in list.map { $0 < place ? $0 : $0 + 1 } }
        positions[element.id] = place
        for case let key? in keys { add(key: key, to: element.id) }
    }

    /// Adds a key that the element got later.
    mutating func add(key: String, to id: String) {
        guard let position = positions[id] else { return }
        var known = index[key] ?? []
        index[key] = nil
        if known.last.map({ $0 < position }) ?? true {
            known.append(position)
        } else {
            let place = known.lowerBound(position)
            if known[place] != position { known.insert(position, at: place) }
        }
        index[key] = known
    }

    mutating func remove(key: String, from id: String) {
        guard let position = positions[id], let place = index[key]?.lowerBound(position) else { return }
        if place < index[key, default: []].count, index[key, default: []][place] == position { index[key]?.remove(at: place) }
    }

    subscript(_ id: String) -> Element? { positions[id].map { elements[$0] } }

    func position(of id: String) -> Int? { positions[id] }

    /// Changes the element in place. An id that is not there is a defect of the simulator.
    mutating func update(_ id: String, _ change: (inout Element) -> Void) {
        guard let position = positions[id] else { preconditionFailure("\(id) is not stored") }
        change(&elements[position])
    }

    /// All elements under a key, oldest first.
    func all(under key: String) -> [Element] { (index[key] ?? []).map { elements[$0] } }

    /// The keys of this collection that start so.
    func keys(startingWith prefix: String) -> [String] { index.keys.filter { $0.hasPrefix(prefix) } }

    /// - Parameter keys: Elements under any of them; nil: every element.
    func walk(keys: [String]?) -> Walk {
        Walk(count: elements.count, lists: keys.map { $0.compactMap { index[$0] } })
    }

    /// Position of the first element made at or after `seconds`; the count when there is none.
    func firstPosition(atOrAfter seconds: Int) -> Int {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].created < seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Steps through positions in either direction without collecting them.
struct Walk {
    let count: Int
    /// Ascending; nil for every position.
    let lists: [[Int]]?

    func previous(before position: Int) -> Int? {
        guard let lists else { return position > 0 ? position - 1 : nil }
        return lists.compactMap { list in
            let place = list.lowerBound(position)
            return place > 0 ? list[place - 1] : nil
        }.max()
    }

    func next(after position: Int) -> Int? {
        guard let lists else { return position + 1 < count ? position + 1 : nil }
        return lists.compactMap { list in
            let place = list.lowerBound(position + 1)
            return place < list.count ? list[place] : nil
        }.min()
    }
}

extension [Int] {
    /// In an ascending array: the first place whose value is not below `value`.
    func lowerBound(_ value: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
