/// A decoded form body or query: `a[b][0]=c` read as a tree, before anything is known about its meaning.
indirect enum Form: Sendable {
    case text(String)
    /// In the order sent. Numbers in brackets are names here; `a[]=` appends a member named "".
    case fields([(name: String, value: Form)])

    static let empty = Form.fields([])

    /// Deeper than any parameter of Stripe's, and far from where reading one inside the other fills the stack.
    private static let deepest = 32

    /// - Returns: nil when a `%` is not followed by two hexadecimal digits, the text is not UTF-8, or a name has more than 32 parts.
    /// - Source: WHATWG URL, `application/x-www-form-urlencoded`; the brackets are Stripe's.
    static func decode(_ bytes: [UInt8]) -> Form? {
        var root = Form.empty
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
            guard let name = unescape(pair[..<(equals ?? pair.endIndex)]) else { return nil }
            guard let value = equals.map({ unescape(pair[pair.index(after: $0)...]) }) ?? "" else { return nil }
            let path = segments(of: name)
            guard path.count <= deepest else { return nil }
            root.insert(value, at: path[...])
        }
        return root
    }

    private static func unescape(_ bytes: some Sequence<UInt8>) -> String? {
        var output: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): output.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else { return nil }
                output.append(high << 4 | low)
            default: output.append(byte)
            }
        }
        return String(validating: output, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// `a[b][c]` is a, b, c. A name whose brackets do not match stands for itself.
    private static func segments(of name: String) -> [String] {
        guard let open = name.firstIndex(of: "["), open != name.startIndex, name.last == "]" else { return [name] }
        let inner = name[name.index(after: open)...].dropLast()
        return [String(name[..<open])] + inner.split(separator: "][", omittingEmptySubsequences: false).map(String.init)
    }

    private mutating func insert(_ text: String, at path: ArraySlice<String>) {
        guard let name = path.first else {
            self = .text(text)
            return
        }
        var fields: [(name: String, value: Form)] = []
        if case .fields(let known) = self { fields = known }
        self = .empty
        if let position = fields.firstIndex(where: { $0.name == name && name != "" }) {
            fields[position].value.insert(text, at: path.dropFirst())
        } else {
            var value = Form.empty
            value.insert(text, at: path.dropFirst())
            fields.append((name, value))
        }
        self = .fields(fields)
    }

    subscript(_ name: String) -> Form? {
        guard case .fields(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }

    var textValue: String? { if case .text(let value) = self { value } else { nil } }

    /// Whether two bodies say the same, in whatever order and spelling.
    static func same(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        if a == b { return true }
        guard let a = decode(a), let b = decode(b) else { return false }
        return a.isSame(as: b)
    }

    private func isSame(as other: Form) -> Bool {
        switch (self, other) {
        case (.text(let a), .text(let b)): return a == b
        case (.fields(let a), .fields(let b)):
            guard a.count == b.count else { return false }
            let a = a.sorted { $0.name < $1.name }
            let b = b.sorted { $0.name < $1.name }
            return zip(a, b).allSatisfy { $0.name == $1.name && $0.value.isSame(as: $1.value) }
        default: return false
        }
    }
}
