import Ledger

enum Tone: String { case good, warn, bad, info }

/// Pieces that several pages are made of.
extension Visit {
    /// Something that happened or is to be known; screen readers say it at once.
    func notice(_ tone: Tone, _ title: String, _ more: HTML = .none) -> HTML {
        """
        <div class="notice \(tone.rawValue)" role="\(tone == .bad ? "alert" : "status")">\
        <p><strong>\(title)</strong></p>\(more)</div>
        """
    }

    func notice(_ refusal: any Refusal) -> HTML {
        let words = words(of: refusal)
        return notice(.bad, words.message, words.hint.map { "<p>\($0)</p>" as HTML } ?? .none)
    }

    func notice(_ tone: Tone, _ title: Phrase, _ more: HTML = .none) -> HTML { notice(tone, self(title), more) }

    func notice(_ tone: Tone, _ title: Phrase, _ more: Phrase) -> HTML { notice(tone, title, "<p>\(self(more))</p>") }

    func badge(_ tone: Tone, _ text: String) -> HTML { "<span class=\"badge \(tone.rawValue)\">\(text)</span>" }

    func muted(_ text: String) -> HTML { "<p class=\"muted\">\(text)</p>" }

    func muted(_ text: Phrase) -> HTML { muted(self(text)) }

    /// Where a list would be that has nothing in it.
    func empty(_ text: Phrase) -> HTML { "<p class=\"empty\">\(self(text))</p>" }

    /// Beside something, and less important.
    func remark(_ text: String?) -> HTML { text.map { "<span class=\"muted\">\($0)</span>" } ?? .none }

    func remark(_ failure: Failure?) -> HTML { remark(failure?.sentence(in: language)) }

    /// A link that looks like a button.
    ///
    /// - Parameter name: More classes.
    func linkButton(_ text: Phrase, _ link: Link, class name: String? = nil) -> HTML {
        "<a class=\"button\(name.map { " \($0)" as HTML })\" href=\"\(link)\">\(self(text))</a>"
    }

    /// The ways to the time before and after what a page shows.
    func earlier(_ text: String, _ link: Link) -> HTML {
        """
        <a class="button" rel="prev" href="\(link)"><span aria-hidden="true">‹</span> \(text)</a>
        """
    }

    func later(_ text: String, _ link: Link) -> HTML {
        """
        <a class="button" rel="next" href="\(link)">\(text) <span aria-hidden="true">›</span></a>
        """
    }

    /// What a page belongs to, above its heading.
    func crumb(_ text: String, _ link: Link) -> HTML { "<p class=\"crumb\"><a href=\"\(link)\">\(text)</a></p>" }

    func crumb(_ text: Phrase, _ link: Link) -> HTML { crumb(self(text), link) }

    func crumb(_ text: Phrase, _ link: Link, _ below: HTML) -> HTML {
        "<p class=\"crumb\"><a href=\"\(link)\">\(self(text))</a> / \(below)</p>"
    }

    /// A page's heading, with what can be done there beside it.
    func pageHead(_ title: String, above: HTML = .none, below: HTML = .none, _ actions: HTML = .none) -> HTML {
        """
        <div class="page-head"><div>\(above)<h1>\(title)</h1>\(below)</div>
        \(actions)</div>
        """
    }

    func actions(_ actions: HTML) -> HTML { "<div class=\"actions\">\(actions)</div>" }

    /// A part of a page, with its heading.
    ///
    /// - Parameters:
    ///   - id: The heading's, by which the part is named.
    ///   - count: How many there are.
    func card(
        _ id: String, _ title: Phrase, class name: String? = nil, count: Int? = nil, hint: Phrase? = nil,
        _ content: HTML
    ) -> HTML {
        """
        <section class="card\(name.map { " \($0)" as HTML })" aria-labelledby="\(id)">\
        <h2 id="\(id)">\(self(title))\(count.map { " \(counted($0))" as HTML })</h2>\(hint.map { muted($0) })
        \(content)</section>
        """
    }

    /// A page of one column, which leads back to what it belongs to.
    func narrow(_ above: HTML, _ title: String, _ content: HTML) -> HTML {
        """
        <div class="narrow">\(above)
        <h1>\(title)</h1>
        \(content)</div>
        """
    }

    /// A name with its value, in a list of such.
    func pair(_ name: Phrase, class kind: String? = nil, _ value: HTML) -> HTML {
        "<div\(kind.map { " class=\"\($0)\"" as HTML })><dt>\(self(name))</dt><dd>\(value)</dd></div>"
    }

    func figure(_ name: Phrase, _ amount: Money, strong: Bool = false, tone: String = "") -> HTML {
        pair(name, class: (strong ? "strong " : "") + tone, "\(money(amount))")
    }

    /// A part of a whole as a figure draws it, 0...1000. A sum of amounts may be too large to be multiplied.
    static func thousandths(_ part: Int64, of whole: Int64) -> Int { Int(Int128(part) * 1000 / Int128(max(1, whole))) }
}
