import Ledger

/// The head of a table's column.
enum Column: Sendable {
    case text(Phrase)
    /// Its values stand at the right.
    case number(Phrase)
    /// What can be done with a row.
    case action
    case markup(HTML)
}

extension Visit {
    /// A table that scrolls by itself where the screen is too narrow for it.
    ///
    /// - Parameter empty: Stands in its place when it has no rows.
    func table(
        _ label: Phrase, empty: Phrase? = nil, class name: String = "", _ columns: [Column], _ rows: HTML,
        foot: HTML = .none
    ) -> HTML {
        if let empty, rows.isEmpty { return self.empty(empty) }
        return """
            <div class="scroll" role="region" aria-label="\(self(label))" tabindex="0"><table class="\(name)">\
            <thead><tr>\(columns.html(head))</tr></thead><tbody>\(rows)</tbody>\
            \(foot.isEmpty ? .none : "<tfoot>\(foot)</tfoot>" as HTML)</table></div>
            """
    }

    private func head(_ column: Column) -> HTML {
        switch column {
        case .text(let name): "<th scope=\"col\">\(self(name))</th>"
        case .number(let name): "<th scope=\"col\" class=\"n\">\(self(name))</th>"
        case .action: "<th scope=\"col\"><span class=\"hidden\">\(self(.action))</span></th>"
        case .markup(let name): "<th scope=\"col\">\(name)</th>"
        }
    }

    func amountCell(_ money: Money) -> HTML {
        "<td class=\"n\(" neg", if: money.isNegative)\">\(self.money(money))</td>"
    }

    /// The same in a table of class `stacked`, whose cells say on a phone themselves what they are.
    func amountCell(_ label: Phrase, _ money: Money) -> HTML {
        "<td class=\"n\(" neg", if: money.isNegative)\" data-label=\"\(self(label))\">\(self.money(money))</td>"
    }

    /// Any other cell of such a table.
    func cell(_ label: Phrase, class name: String? = nil, _ content: HTML) -> HTML {
        "<td\(name.map { " class=\"\($0)\"" as HTML }) data-label=\"\(self(label))\">\(content)</td>"
    }
}
