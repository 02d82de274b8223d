import JSON

/// A line of the log as an object of JSON, written member by member: there is one for each request.
struct LogLine {
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(384) }

    mutating func add(_ name: String, _ value: String) {
        begin(name)
        JSON.write(value, to: &bytes)
    }

    mutating func add(_ name: String, _ value: Int) {
        begin(name)
        bytes += String(value).utf8
    }

    private mutating func begin(_ name: String) {
        bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
        JSON.write(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    /// - Precondition: It has a member.
    var text: String { String(decoding: bytes + [UInt8(ascii: "}")], as: UTF8.self) }
}
