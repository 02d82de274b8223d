import Ledger
import WebServer

/// What a form sent. Its bounds come first: comparing texts costs with the square of their length.
struct FormFields: Sendable {
    /// Why a form is not read.
    enum Fault: Error { case tooMany, nameTooLong, valueTooLong, malformed }

    static let most = 500
    private static let (longestName, longestValue) = (64, 4096)
    /// A password may be as long as this; `PasswordRule` says what is one.
    private static let longestPassword = 512

    private let fields: [(name: String, value: String)]
    /// The files that were chosen, by the name of their field.
    private let files: [(name: String, bytes: ArraySlice<UInt8>)]

    static let none = FormFields()
    private init() { (fields, files) = ([], []) }

    /// - Parameters:
    ///   - contentType: As the request's header has it: a form with a file comes in parts.
    ///   - mayHaveFile: Whether such a form is read.
    /// - Throws: `Fault`.
    init(_ body: [UInt8], contentType: String?, mayHaveFile: Bool) throws(Fault) {
        if let boundary = MultipartForm.boundary(contentType) {
            guard mayHaveFile else {
                (fields, files) = ([], [])
                return
            }
            let parts: [MultipartForm.Part]
            do throws(MultipartForm.Fault) {
                parts = try MultipartForm.parts(body, boundary: boundary, most: Self.most)
            } catch { throw error == .tooManyParts ? .tooMany : .malformed }
            files = parts.filter { $0.fileName != nil }.map { ($0.name, $0.content) }
            fields = parts.filter { $0.fileName == nil }.map { ($0.name, String(decoding: $0.content, as: UTF8.self)) }
        } else {
            guard body.count(where: { $0 == UInt8(ascii: "&") }) < Self.most else { throw .tooMany }
            (fields, files) = (HTTPRequest.fields(of: body), [])
        }
        for field in fields {
            guard field.name.utf8.count <= Self.longestName else { throw .nameTooLong }
            let longest = field.name.contains("password") ? Self.longestPassword : Self.longestValue
            guard field.value.utf8.count <= longest else { throw .valueTooLong }
        }
    }

    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// A file that was chosen, or that is empty; nil without the field.
    func file(_ name: String) -> [UInt8]? { files.first { $0.name == name }.map { Array($0.bytes) } }

    /// One text of all but the named ones, files included.
    func text(without names: Set<String>) -> [UInt8] {
        let kept = fields.filter { !names.contains($0.name) }.map { "\($0.name)=\($0.value)" }
        return Array(kept.joined(separator: "\u{0}").utf8)
            + files.flatMap { Array("\u{0}\($0.name)=".utf8) + Array($0.bytes) }
    }
}
