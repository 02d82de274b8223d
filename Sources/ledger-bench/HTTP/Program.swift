import Foundation

/// One of the project's programs as a process of its own that listens, of the same build as this one.
final class Server {
    let port: UInt16
    private let process: Process

    var url: String { "http://127.0.0.1:\(port)" }

    /// - Parameter log: Where its standard error is written.
    /// - Throws: `Unusable` when it does not say where it listens.
    init(_ program: String, _ arguments: [String], _ environment: [String: String], log: String) throws {
        let (process, output) = (Program.process(program, arguments, environment), Pipe())
        process.standardOutput = output
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        let greeting = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = greeting.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)/).flatMap({ UInt16($0.1) }) else {
            process.terminate()
            throw Unusable(what: "\(program) did not start: \(greeting)")
        }
        self.port = port
        self.process = process
    }

    /// Ends it and waits.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Resident memory in bytes: all of it, and without the pages of files, which the system takes back when it needs them.
    ///
    /// - Source: proc(5), `/proc/pid/status`, VmRSS and RssAnon, in KiB.
    var memory: (resident: Int, own: Int) {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        func bytes(_ field: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
            return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) << 10
        }
        return (bytes("VmRSS"), bytes("RssAnon"))
    }

    /// What its threads have worked, in seconds.
    ///
    /// - Source: proc(5), `/proc/pid/stat`, utime and stime: fields 14 and 15, in clock ticks. The second field may have blanks in it.
    var processorSeconds: Double {
        let text = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        let fields = text.drop { $0 != ")" }.split(separator: " ").dropFirst(12).prefix(2)
        return Double(fields.compactMap { Int($0) }.reduce(0, +)) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}

/// `soferu-ledger` on a ledger file.
struct Program {
    let file: String
    /// nil for a ledger that asks no Stripe.
    var stripe: String?

    private var environment: [String: String] {
        ["LEDGER_DB": file].merging(stripe.map { ["STRIPE_URL": $0, "LEDGER_SIMULATED_CLOCK": "1"] } ?? [:]) { $1 }
    }

    /// Runs a verb to its end.
    ///
    /// - Returns: What it printed.
    /// - Throws: `Unusable` when it does not exit with 0.
    @discardableResult
    func run(_ arguments: String..., input: String = "") throws -> String {
        let (process, given, output) = (Self.process("soferu-ledger", arguments, environment), Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (given, output)
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try given.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Unusable(what: "soferu-ledger \(arguments.joined(separator: " ")) exited with \(process.terminationStatus).")
        }
        return text
    }

    /// Makes an operator's token.
    func token() throws -> String {
        let made = try run("token", "create", "--role", "operator", "--name", "bench", "--format", "json")
        guard let token = made.firstMatch(of: /slt_[A-Za-z0-9_\-]+/) else { throw Unusable(what: "No token was made: \(made)") }
        return String(token.0)
    }

    /// Starts `serve`, which lets every token send as much as it likes.
    func serve(log: String) throws -> Server {
        try Server("soferu-ledger", ["serve", "--listen", "127.0.0.1:0", "--requests-per-second", "1000000"], environment, log: log)
    }

    fileprivate static func process(_ program: String, _ arguments: [String], _ environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = Bundle.main.executableURL!.deletingLastPathComponent().appendingPathComponent(program)
        (process.arguments, process.environment) = (arguments, environment)
        process.standardError = FileHandle.nullDevice
        return process
    }
}

/// Why something could not be measured.
struct Unusable: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
