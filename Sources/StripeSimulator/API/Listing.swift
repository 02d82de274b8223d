import JSON

extension Account {
    /// One page of a list, by Stripe's cursor rules: newest first; `starting_after` goes on behind the cursor, `ending_before` gives
    /// the page next to the cursor on its newer side; `limit` is clamped to 1…100; `has_more` speaks of the direction walked.
    ///
    /// - Parameters:
    ///   - noun: As Stripe names the object when the cursor is unknown.
    ///   - keys: Only elements under any of these; nil for all.
    ///   - from: Nothing made before (unix seconds).
    func list<Element>(
        _ table: Table<Element>, _ call: Call, noun: String, keys: [String]? = nil, from: Int = 0,
        where isWanted: (Element) -> Bool = { _ in true },
        render: (Element) -> JSON
    ) throws -> JSON {
        let parameters = call.parameters
        let limit = min(max(parameters.int("limit") ?? 10, 1), 100)
        let created = CreatedRange(parameters["created"], from: from)
        let lower = table.firstPosition(atOrAfter: created.lower)
        let upper = created.upper == Int.max ? table.elements.count : table.firstPosition(atOrAfter: created.upper)
        let walk = table.walk(keys: keys)
        let after = parameters.text("starting_after")
        let before = parameters.text("ending_before")
        if after != nil, before != nil {
            throw StripeError.invalid(
                "You can only specify one of these parameters: starting_after, ending_before.", param: "starting_after")
        }

        func cursor(_ id: String, _ param: String) throws -> Int {
            guard let position = table.position(of: id) else { throw StripeError.noSuch(noun, id, param: param, status: 400) }
            return position
        }

        var page: [JSON] = []
        var hasMore = false
        func take(_ position: Int) -> Bool {
            let element = table.elements[position]
            guard element.isListed, isWanted(element) else { return true }
            if page.count == limit {
                hasMore = true
                return false
            }
            page.append(render(element))
            return true
        }

        if let before {
            var position = max(try cursor(before, "ending_before"), lower - 1)
            while let next = walk.next(after: position), next < upper, take(next) { position = next }
            page.reverse()
        } else {
            var position = min(try after.map { try cursor($0, "starting_after") } ?? upper, upper)
            while let next = walk.previous(before: position), next >= lower, take(next) { position = next }
        }
        return .object([("object", "list"), ("data", .array(page)), ("has_more", .bool(hasMore)), ("url", .text(call.path))])
    }
}

/// The `created` filter.
private struct CreatedRange {
    /// First second that counts.
    var lower: Int
    /// First second that no longer counts.
    var upper = Int.max

    init(_ filter: JSON?, from: Int) {
        lower = from
        guard let filter else { return }
        if let exact = filter.intValue {
            lower = max(lower, exact)
            upper = exact + 1
        }
        if let value = filter["gte"]?.intValue { lower = max(lower, value) }
        if let value = filter["gt"]?.intValue { lower = max(lower, value + 1) }
        if let value = filter["lt"]?.intValue { upper = min(upper, value) }
        if let value = filter["lte"]?.intValue { upper = min(upper, value + 1) }
    }
}
