import Foundation

/// `soferu-ledger serve` as a process of its own, on a ledger file, beside a simulator.
package final class ServiceProcess: @unchecked Sendable {
    package struct NotStarted: Error { let output: String }
    package struct VerbFailed: Error { let verb: [String], code: Int32, output: String }

    /// `http://127.0.0.1:PORT`.
    package let url: String
    package var port: UInt16 { url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0 }
    private let process: ChildProcess
    private let output: Pipe
    private var isOver = false
    /// What it wrote to standard error: its log.
    package let log: String

    /// - Parameters:
    ///   - folder: Where `ledger.db`, its key file and the log lie.
    ///   - stripe: As in `environment`.
    ///   - port: 0 takes any free one.
    ///   - arguments: Further ones.
    ///   - errors: Where its log goes instead of a file.
    package init(
        folder: TemporaryFolder, stripe: String, port: Int = 0, requestsPerSecond: Int = 1_000_000, arguments: [String] = [],
        errors pipe: Int32? = nil
    ) async throws {
        output = Pipe()
        log = folder.file("service.log")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try errors.seekToEnd()
        process = try ChildProcess(
            ProgramRun.program, ["serve", "--listen", "127.0.0.1:\(port)", "--requests-per-second", "\(requestsPerSecond)"] + arguments,
            environment: Self.environment(folder, stripe), input: FileHandle.nullDevice.fileDescriptor,
            output: output.fileHandleForWriting.fileDescriptor, errors: pipe ?? errors.fileDescriptor)
        try output.fileHandleForWriting.close()
        let (reading, starting) = (output.fileHandleForReading, process)
        // Whoever waits for one that hangs may give up.
        let text = await withTaskCancellationHandler {
            await reading.firstLine()
        } onCancel: {
            starting.kill()
        }
        guard let address = text.firstMatch(of: /https?:\/\/[0-9.]+:[0-9]+/) else {
            throw NotStarted(output: text + ((try? String(contentsOfFile: log, encoding: .utf8)) ?? ""))
        }
        url = String(address.0)
    }

    deinit {
        // At once: a service that stops in peace would hold this thread while the simulator waits for its connections.
        guard !isOver else { return }
        process.kill()
        process.wait()
    }

    /// Where no Stripe is, nor its clock: the system's is the clock.
    package static let noStripe = "http://127.0.0.1:1"

    /// - Parameter stripe: A simulator, whose clock is the clock; or `noStripe`.
    package static func environment(_ folder: TemporaryFolder, _ stripe: String) -> [String: String] {
        [
            "LEDGER_DB": folder.file("ledger.db"), "STRIPE_URL": stripe, "LEDGER_SIMULATED_CLOCK": stripe == noStripe ? "0" : "1",
            "TZ": "UTC",
        ]
    }

    /// Runs another verb of the program on the same file.
    ///
    /// - Returns: What it printed as JSON; empty for a verb that only says a sentence.
    @discardableResult
    package static func verb(
        _ arguments: [String], folder: TemporaryFolder, stripe: String, input: String = ""
    ) async throws -> [String: Any] {
        let text = try await output(arguments + ["--format", "json"], folder: folder, stripe: stripe, input: input)
        guard !text.isEmpty else { return [:] }
        return try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? [String: Any] ?? [:]
    }

    /// Runs another verb of the program on the same file.
    ///
    /// - Returns: What it printed.
    package static func output(
        _ arguments: [String], folder: TemporaryFolder, stripe: String, input: String = ""
    ) async throws -> String {
        let run = try await ProgramRun(arguments, environment: environment(folder, stripe), input: input)
        guard run.exit == 0 else { throw VerbFailed(verb: arguments, code: run.exit, output: run.output + run.errors) }
        return run.output
    }

    package func send(_ signal: Int32) { process.send(signal) }

    /// Waits for its end.
    ///
    /// - Returns: The exit code, or minus the signal that ended it.
    package func ended() async -> Int32 {
        isOver = true
        return await process.ended()
    }

    /// Asks it to stop, and waits.
    ///
    /// - Returns: The exit code, or minus the signal that ended it.
    package func stop() async -> Int32 {
        isOver = true
        process.terminate()
        return await process.ended()
    }

    /// From now on no file that it writes may grow beyond so many bytes, as on a full disk; nil gives the room back.
    package func limitFiles(to bytes: Int?) { process.limitFiles(to: bytes) }

    /// From now on it may have so many file handles; nil gives back what it may have.
    package func limitHandles(to count: Int?) { process.limitHandles(to: count) }

    /// Lets it do nothing any more; it can only be killed.
    package func suspend() { process.suspend() }

    /// Ends it at once, as a power cut does.
    package func kill() async {
        isOver = true
        process.kill()
        _ = await process.ended()
    }
}
