/// One thing: names and values.
package struct Record: Presentable, Sendable {
    /// A name for programs, one for people, and what stands there.
    package struct Field: Sendable {
        let key: String
        let title: String
        let cell: Cell

        /// - Parameter key: `snake_case`, stable: programs read it.
        package init(_ key: String, _ title: String, _ cell: Cell) {
            self.key = key
            self.title = title
            self.cell = cell
        }
    }

    let fields: [Field]

    package init(_ fields: [Field]) { self.fields = fields }

    package func text(width: Int?) -> String { fieldList(fields.map { ($0.title, $0.cell) }, width: width) }

    /// A JSON object with a member for each field, by its key; amounts in minor units, and their currency once.
    package func json() -> String { jsonObject(members) + "\n" }

    /// A header line and one line.
    package func csv() -> String {
        Table(fields.map { Column($0.key, $0.title, $0.cell.currency == nil ? .text : .money) }, rows: [fields.map(\.cell)]).csv()
    }

    var members: [(key: String, cell: Cell)] { fields.map { ($0.key, $0.cell) } }
}

/// One thing and the lists that belong to it: a folio with its lines, holds and payments.
package struct Report: Presentable, Sendable {
    /// A list or an object that belongs to the thing, under a name of its own.
    package struct Section: Sendable {
        let key: String
        let title: String
        enum Content: Sendable { case table(Table), report(Report) }
        let content: Content

        /// - Parameter key: The array's name in JSON.
        package init(_ key: String, _ title: String, _ table: Table) {
            self.key = key
            self.title = title
            content = .table(table)
        }

        /// - Parameter key: The name in JSON of the object within the object.
        package init(_ key: String, _ title: String, _ report: Report) {
            self.key = key
            self.title = title
            content = .report(report)
        }

        func text(width: Int?) -> String {
            switch content {
            case .table(let table): table.text(width: width)
            case .report(let report): report.text(width: width)
            }
        }

        var json: String {
            switch content {
            case .table(let table): "[" + table.jsonRows.joined(separator: ",") + "]"
            case .report(let report): report.jsonText
            }
        }

        var csv: String {
            switch content {
            case .table(let table): table.csv()
            case .report(let report): report.csv()
            }
        }
    }

    let record: Record
    let sections: [Section]

    /// - Parameter sections: At least one; the first is what `--format csv` prints, since a CSV file holds one table.
    package init(_ record: Record, _ sections: [Section]) {
        precondition(!sections.isEmpty, "a report without sections is a record")
        self.record = record
        self.sections = sections
    }

    package func text(width: Int?) -> String {
        record.text(width: width) + sections.map { "\n" + paragraph($0.title, width: width) + $0.text(width: width) }.joined()
    }

    /// One object: the record's members, then an array or an object per section.
    package func json() -> String { jsonText + "\n" }

    fileprivate var jsonText: String { jsonObject(record.members, nested: sections.map { ($0.key, $0.json) }) }

    /// The first section alone: a CSV file holds one table.
    package func csv() -> String { sections[0].csv }
}
