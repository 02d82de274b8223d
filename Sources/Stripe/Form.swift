/// The parameters of a call, in the order they are written.
///
///     let form: Form = ["amount": 6500, "metadata": ["folio": "R-17"], "expand": ["latest_charge"]]
///     form.encoded  // amount=6500&metadata[folio]=R-17&expand[0]=latest_charge
///
/// The same form always gives the same text: Stripe refuses a repeated idempotency key with other
/// parameters, and an operation is repeated byte for byte.
package struct Form: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    private var fields: [(name: String, value: FormValue)] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, FormValue?)...) {
        for (name, value) in elements { append(name, value) }
    }

    /// - Parameter texts: Written in the order of their keys.
    package init(sorted texts: [String: String]) {
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { append(name, .string(text)) }
    }

    /// Adds a parameter; `nil` adds nothing.
    package mutating func append(_ name: String, _ value: FormValue?) {
        if let value { fields.append((name, value)) }
    }

    /// These fields, and then `other`'s.
    package func appending(_ other: Form) -> Form {
        var form = self
        form.fields += other.fields
        return form
    }

    /// `application/x-www-form-urlencoded`: everything but RFC 3986's unreserved characters is
    /// percent-encoded, except for the brackets that make up nested names, as Stripe's own clients write them.
    package var encoded: String {
        var text = ""
        write(to: &text, inside: nil)
        return text
    }

    fileprivate func write(to text: inout String, inside outer: String?) {
        for (name, value) in fields {
            let name = Self.percentEncoded(name)
            value.write(to: &text, named: outer.map { "\($0)[\(name)]" } ?? name)
        }
    }

    package static func == (a: Form, b: Form) -> Bool {
        a.fields.elementsEqual(b.fields) { $0.name == $1.name && $0.value == $1.value }
    }

    /// - Source: RFC 3986, section 2.3.
    package static func percentEncoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What a parameter may hold.
package indirect enum FormValue: Sendable, Equatable {
    case string(String)
    case integer(Int64)
    case boolean(Bool)
    /// `name[0]=…&name[1]=…`. An empty list writes nothing.
    case list([FormValue])
    /// `name[key]=…`. An empty form writes nothing.
    case form(Form)
}

extension FormValue {
    fileprivate func write(to text: inout String, named name: String) {
        switch self {
        case .string(let value): pair(name, Form.percentEncoded(value), to: &text)
        case .integer(let value): pair(name, String(value), to: &text)
        case .boolean(let value): pair(name, value ? "true" : "false", to: &text)
        case .list(let values):
            for (index, value) in values.enumerated() { value.write(to: &text, named: "\(name)[\(index)]") }
        case .form(let form): form.write(to: &text, inside: name)
        }
    }

    private func pair(_ name: String, _ value: String, to text: inout String) {
        if !text.isEmpty { text += "&" }
        text += name
        text += "="
        text += value
    }
}

extension FormValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: FormValue...) { self = .list(elements) }

    package init(dictionaryLiteral elements: (String, FormValue?)...) {
        var form = Form()
        for (name, value) in elements { form.append(name, value) }
        self = .form(form)
    }
}
