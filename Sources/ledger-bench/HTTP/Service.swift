import Foundation

/// `soferu-ledger serve` as a process of its own, of the same build as this program.
final class Service {
    let port: UInt16
    /// Of an operator.
    let token: String
    private let process: Process

    /// - Parameters:
    ///   - file: A ledger file that is there.
    ///   - folder: Where the service's log is written.
    init(on file: String, in folder: String) throws {
        let made = try Self.run(["token", "create", "--role", "operator", "--name", "bench", "--format", "json"], on: file).output
        guard let token = made.firstMatch(of: /slt_[A-Za-z0-9_\-]+/) else { throw Unusable(what: "soferu-ledger made no token: \(made)") }
        self.token = String(token.0)
        let (process, output) = (Self.process(["serve", "--listen", "127.0.0.1:0", "--requests-per-second", "1000000"], on: file), Pipe())
        process.standardOutput = output
        let log = "\(folder)/service.log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        let greeting = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = greeting.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)/).flatMap({ UInt16($0.1) }) else {
            process.terminate()
            throw Unusable(what: "soferu-ledger serve did not start: \(greeting)")
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

    /// Runs another verb on a ledger file.
    ///
    /// - Throws: `Unusable` when it does not exit with 0.
    @discardableResult
    static func run(_ arguments: [String], on file: String, input: String = "") throws -> (output: String, seconds: Double) {
        let (process, given, output, start) = (process(arguments, on: file), Pipe(), Pipe(), ContinuousClock.now)
        (process.standardInput, process.standardOutput) = (given, output)
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try given.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Unusable(what: "soferu-ledger \(arguments.joined(separator: " ")) exited with \(process.terminationStatus).")
        }
        return (text, (ContinuousClock.now - start) / .seconds(1))
    }

    private static func process(_ arguments: [String], on file: String) -> Process {
        let process = Process()
        process.executableURL = Bundle.main.executableURL!.deletingLastPathComponent().appendingPathComponent("soferu-ledger")
        process.arguments = arguments
        process.environment = ["LEDGER_DB": file]
        process.standardError = FileHandle.nullDevice
        return process
    }
}

/// Why something could not be measured.
struct Unusable: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
