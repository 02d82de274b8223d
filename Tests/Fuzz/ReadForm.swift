@testable import StripeSimulator

/// The simulator's reading of a form; apart from the client's, whose type has the same name.
enum ReadForm {
    /// Every text with the names that lead to it, in the order sent; nil when it is no form.
    static func leaves(_ bytes: [UInt8]) -> [[String]]? { Form.decode(bytes).map { leaves($0, []) } }

    static func same(_ a: [UInt8], _ b: [UInt8]) -> Bool { Form.same(a, b) }

    private static func leaves(_ form: Form, _ path: [String]) -> [[String]] {
        switch form {
        case .text(let text): [path + [text]]
        case .fields(let fields): fields.flatMap { leaves($0.value, path + [$0.name]) }
        }
    }
}
