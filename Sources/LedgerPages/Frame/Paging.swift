import Ledger

/// Lists that are longer than a page say so, and lead on.
extension Visit {
    /// Which part of a list the address asks for.
    ///
    /// - Parameter name: The parameter of the address that names the page.
    func window(_ name: String, of size: Int) -> Window { Window(page: query(name).flatMap { Int($0) } ?? 1, of: size) }

    /// How many there are, beside a heading; nothing for none.
    func counted(_ count: Int) -> HTML { count == 0 ? .none : "<span class=\"count\">\(language.number(count))</span>" }

    /// Which part is shown of how many, and the ways to the rest; nothing where all is shown.
    ///
    /// - Parameter name: As for `window`.
    func pager<Element>(_ part: Part<Element>, _ name: String) -> HTML {
        let (size, offset) = (part.window.limit, part.window.offset)
        guard part.count > part.elements.count, size > 0 else { return .none }
        let page = offset / size + 1
        func way(_ to: Int, _ words: Phrase, _ rel: HTML) -> HTML {
            "<a class=\"button small\" rel=\"\(rel)\" href=\"\(here(name, String(to)))\">\(self(words))</a>"
        }
        let shown: Phrase =
            part.elements.isEmpty
            ? .noneOf(language.number(part.count))
            : .shownOf(
                language.number(offset + 1), language.number(offset + part.elements.count), language.number(part.count))
        return """
            <nav class="pager" aria-label="\(self(shown))"><span class="muted">\(self(shown))</span>\
            \(page > 1 ? way(min(page - 1, (part.count + size - 1) / size), .earlierPage, "prev") : .none)\
            \(offset + part.elements.count < part.count && !part.elements.isEmpty
                ? way(page + 1, .nextPage, "next") : .none)</nav>
            """
    }

    /// This page with another value of one of its parameters.
    private func here(_ name: String, _ value: String) -> Link {
        let others = request.parameters.filter { $0.name != name && $0.name != "done" }.map { ($0.name, $0.value) }
        var parts = request.segments
        // The answer to a form belongs to a page.
        while !Route.isPage(parts) { parts.removeLast() }
        return Link(parts: parts, query: others + [(name, value)])
    }
}
