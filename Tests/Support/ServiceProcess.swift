import Foundation

/// `soferu-ledger serve` as a process of its own, on a ledger file, beside a simulator.
package final class ServiceProcess: @unchecked Sendable {
    package struct NotStarted: Error { let output: String }
    package struct VerbFailed: Error { let verb: [String], code: Int32, output: String }

    /// `http://127.0.0.1:PORT`.
    package let url: String
    private let process: ChildProcess
    private let output: Pipe
    private var isOver = false
    /// What it wrote to standard error: its log.
    package let log: String

    /// - Parameters:
    ///   - folder: Where `ledger.db`, its key file and the log lie.
    ///   - arguments: Further ones.
    package init(folder: TemporaryFolder, stripe: String, requestsPerSecond: Int = 1_000_000, arguments: [String] = []) async throws {
        output = Pipe()
        log = folder.file("service.log")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try errors.seekToEnd()
        process = try ChildProcess(
            Self.program, ["serve", "--listen", "127.0.0.1:0", "--requests-per-second", "\(requestsPerSecond)"] + arguments,
            environment: Self.environment(folder, stripe), input: FileHandle.nullDevice.fileDescriptor,
            output: output.fileHandleForWriting.fileDescriptor, errors: errors.fileDescriptor)
        try output.fileHandleForWriting.close()
        let text = await output.fileHandleForReading.firstLine()
        guard let address = text.firstMatch(of: /http:\/\/[0-9.]+:[0-9]+/) else {
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

    private static var program: String { SimulatorProcess.products.appendingPathComponent("soferu-ledger").path }

    private static func environment(_ folder: TemporaryFolder, _ stripe: String) -> [String: String] {
        ["LEDGER_DB": folder.file("ledger.db"), "STRIPE_URL": stripe, "TZ": "UTC"]
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
        let (given, output) = (Pipe(), Pipe())
        let process = try ChildProcess(
            program, arguments, environment: environment(folder, stripe), input: given.fileHandleForReading.fileDescriptor,
            output: output.fileHandleForWriting.fileDescriptor, errors: FileHandle.nullDevice.fileDescriptor)
        try given.fileHandleForReading.close()
        try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try given.fileHandleForWriting.close()
        try output.fileHandleForWriting.close()
        let bytes = await withCheckedContinuation { waiting in
            Thread.detachNewThread { waiting.resume(returning: output.fileHandleForReading.readDataToEndOfFile()) }
        }
        let (code, text) = (await process.ended(), String(decoding: bytes, as: UTF8.self))
        guard code == 0 else { throw VerbFailed(verb: arguments, code: code, output: text) }
        return text
    }

    /// Asks it to stop, and waits.
    ///
    /// - Returns: The exit code, or minus the signal that ended it.
    package func stop() async -> Int32 {
        isOver = true
        process.terminate()
        return await process.ended()
    }

    /// Ends it at once, as a power cut does.
    package func kill() async {
        isOver = true
        process.kill()
        _ = await process.ended()
    }
}
