import Console
import JSON
import LedgerShapes

/// A result that programs read as the API shows it, and people as `people` has it.
struct ShapedResult: Presentable {
    private let object: JSON
    private let file: [UInt8]
    private let people: any Presentable

    /// One thing. As a file it is one row, or the rows of the list that matters most in it.
    init<Model>(_ shape: Shape<Model>, _ model: Model, people: any Presentable) {
        self.init(object: shape.json(model), file: shape.fileHeader + shape.fileLines([model]), people: people)
    }

    init<Model, Row>(_ shape: Shape<Model>, _ model: Model, file rowShape: Shape<Row>, _ rows: [Row], people: any Presentable) {
        self.init(object: shape.json(model), file: rowShape.fileHeader + rowShape.fileLines(rows), people: people)
    }

    /// A list, as a page of the API's.
    ///
    /// - Parameter next: What the last one is called, when there are more; `nil` at the end.
    init<Model: Sendable>(list shape: Shape<Model>, _ models: [Model], next: String? = nil, people: any Presentable) {
        self.init(
            object: shape.page().json(Page(models, next: next)), file: shape.fileHeader + shape.fileLines(models), people: people)
    }

    private init(object: JSON, file: [UInt8], people: any Presentable) {
        (self.object, self.file, self.people) = (object, file, people)
    }

    func text(width: Int?) -> String { people.text(width: width) }
    func json() -> String { String(decoding: object.bytes, as: UTF8.self) + "\n" }
    func csv() -> String { String(decoding: file, as: UTF8.self) }
}
