import Ledger

/// Forms, and what stands in them.
extension Visit {
    /// A form that changes something. It carries the session's token and a key of its own.
    ///
    /// - Parameter hasFile: Whether one of its fields is a file.
    func form(
        _ action: Link, class name: String = "", label: String? = nil, hasFile: Bool = false, _ content: HTML
    ) -> HTML {
        """
        <form method="post" action="\(action)" class="\(name)"\(label.map { " aria-label=\"\($0)\"" as HTML })\
        \(" enctype=\"multipart/form-data\"", if: hasFile)>\
        \(hidden("csrf", session?.csrf ?? ""))\(hidden("key", formKey(of: action)))\
        \(content)</form>
        """
    }

    /// A form that comes back before Stripe has answered keeps its key: sent again, it is the same request, and
    /// nothing is done twice.
    private func formKey(of action: Link) -> String {
        guard action.address == request.rawPath, let key, let formKey = field("key"),
            let tenant = place.subject, (try? ledger.isUnfinished(key, of: tenant)) == true
        else { return pages.newKey() }
        return formKey
    }

    /// Enter in a field presses a form's first button. This one stands before the others, and its form is answered
    /// with the page as it is.
    ///
    /// - Source: HTML, "Implicit submission". A disabled button would be passed over where Enter is pressed on a
    ///   radio button, and one that is not laid out always: it is hidden from the eye only.
    var noDefault: HTML {
        "<button class=\"hidden\" name=\"nothing\" value=\"1\" aria-hidden=\"true\" tabindex=\"-1\"></button>"
    }

    /// A labelled input. On a page that a form comes back to with a refusal it holds what was typed, unless that was
    /// a password.
    func input(
        _ label: Phrase, _ name: String, type: String = "text", value: String = "", hint: Phrase? = nil,
        attributes: HTML = .none
    ) -> HTML {
        """
        <div class="field"><label for="f-\(name)">\(self(label))</label>\
        <input id="f-\(name)" name="\(name)" type="\(type)" \
        value="\(type == "password" ? "" : field(name) ?? value)"\
        \(" aria-describedby=\"h-\(name)\"", if: hint != nil) \(attributes)>\
        \(hint.map { "<p class=\"hint\" id=\"h-\(name)\">\(self($0))</p>" as HTML })</div>
        """
    }

    /// The length limit that the browser enforces. HTML counts an emoji twice, so the browser may be stricter than
    /// the rule, never laxer.
    ///
    /// - Parameter isWord: Whether it has to fit the rule's pattern as it is typed, capital letters and blanks
    ///   included.
    func limits(_ rule: TextRule, isRequired: Bool = true, isWord: Bool = false) -> HTML {
        let required: HTML = isRequired ? "required " : .none
        // As HTML has a pattern: always of the whole text, and with a backslash before a hyphen that is meant.
        let pattern = rule.pattern.dropFirst().dropLast().replacing("-]", with: "\\-]")
        return "\(required)maxlength=\"\(rule.length.upperBound)\"\(isWord ? " pattern=\"\(pattern)\"" as HTML : .none)"
    }

    /// The same for a whole number.
    func limits(_ range: ClosedRange<Int64>) -> HTML {
        "required min=\"\(range.lowerBound)\" max=\"\(range.upperBound)\""
    }

    /// Nothing is preselected, so that the user has to choose.
    func select(
        _ label: Phrase, _ name: String, _ options: [(value: String, text: String)], selected: String? = nil,
        isRequired: Bool = true
    ) -> HTML {
        let selected = field(name).flatMap { typed in options.contains { $0.value == typed } ? typed : nil } ?? selected
        let choose: HTML = selected == nil ? "<option value=\"\" selected>\(self(.pleaseChoose))</option>" : .none
        return """
            <div class="field"><label for="f-\(name)">\(self(label))</label>\
            <select id="f-\(name)" name="\(name)"\(" required", if: isRequired)>\(choose)\
            \(options.html { value, text in
            "<option value=\"\(value)\"\(" selected", if: value == selected)>\(text)</option>"
            })</select></div>
            """
    }

    /// As people look for them: what belongs together stands together, by name.
    func inOrder(_ catalogue: [CatalogueItem]) -> [CatalogueItem] {
        let rank = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1, $0) })
        return catalogue.sorted { one, other in
            let (first, second) = (rank[one.category] ?? categories.count, rank[other.category] ?? categories.count)
            return first == second ? one.description < other.description : first < second
        }
    }

    var categories: [Category] {
        [.lodging, .food, .drinks, .minibar, .massage, .wellness, .parking, .shop, .visitorsTax, .other]
    }

    /// One of the categories, by the name that forms send.
    func categorySelect(_ label: Phrase, _ name: String) -> HTML {
        select(label, name, categories.map { ($0.name, self($0.phrase.capitalised)) })
    }

    /// An amount that has to be typed.
    func amountInput(_ label: Phrase, _ name: String, value: String = "", hint: Phrase? = nil) -> HTML {
        input(label, name, value: value, hint: hint, attributes: "\(HTML.amount) autocomplete=\"off\"")
    }

    func hidden(_ name: String, _ value: some CustomStringConvertible) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value.description)\">"
    }

    func checkbox(
        _ name: String, _ label: HTML, value: String = "1", isOn: Bool = false, attributes: HTML = .none
    ) -> HTML {
        """
        <label class="check"><input type="checkbox" name="\(name)" value="\(value)"\
        \(" checked", if: isOn)\(attributes)><span>\(label)</span></label>
        """
    }

    /// A button beside the thing that it is about.
    func smallButton(_ text: Phrase, _ name: String, _ value: String, of thing: String) -> HTML {
        """
        <button class="small" name="\(name)" value="\(value)" \
        aria-label="\(self(text)): \(thing)">\(self(text))</button>
        """
    }

    /// A text to take along, with a button that copies it.
    ///
    /// - Parameter more: Stands beside it.
    func copyField(_ id: String, _ label: Phrase, _ text: String, _ more: HTML = .none) -> HTML {
        """
        <div class="link-row"><label class="hidden" for="\(id)">\(self(label))</label>\
        <input id="\(id)" class="copy" readonly value="\(text)">\
        <button type="button" class="js-only" data-copy="\(id)">\(self(.copy))</button>\(more)</div>
        """
    }

    /// A form's last row: back to where one came from, or on.
    func lastRow(back link: Link, _ back: Phrase, _ next: Phrase) -> HTML {
        """
        <div class="row end">\(linkButton(back, link))<button class="primary">\(self(next))</button></div>
        """
    }

    /// The button of a form that is worked on for a while.
    func slowButton(_ text: String, class name: String = "primary big") -> HTML {
        "<button class=\"\(name)\" data-busy=\"\(self(.working))\">\(text)</button>"
    }
}

extension HTML {
    /// Attributes of a field with a number.
    static let amount: HTML = "required inputmode=\"decimal\""
    /// Of a field with a name that is no word of a language.
    static let word: HTML = "autocapitalize=\"none\" spellcheck=\"false\""
}
