/// Who has a ledger file and a Stripe beside it, and works with the program on both: a process a verb, or one that serves.
package protocol AtCommandLine: Sendable {
    var folder: TemporaryFolder { get }
    var simulator: SimulatorProcess { get }
}

extension AtCommandLine {
    /// The ledger's.
    package var file: String { folder.file() }
    package var environment: [String: String] { ServiceProcess.environment(folder, simulator.url) }

    /// Runs a verb, whatever it comes to.
    ///
    /// - Parameters: As of `ProgramRun`; `environment` is what the program sees besides the file and Stripe.
    package func run(
        _ arguments: [String], environment: [String: String] = [:], through wrapper: [String] = [], output device: String? = nil,
        input: String = ""
    ) async throws -> ProgramRun {
        try await ProgramRun(
            arguments, environment: self.environment.merging(environment) { $1 }, through: wrapper, output: device, input: input)
    }

    package func verb(_ arguments: String...) async throws -> ProgramRun { try await run(arguments) }

    /// Runs a verb that is to succeed.
    ///
    /// - Returns: What it printed.
    /// - Throws: `ServiceProcess.VerbFailed`.
    @discardableResult package func succeed(_ arguments: String...) async throws -> String { try await succeed(arguments) }

    @discardableResult package func succeed(_ arguments: [String], input: String = "") async throws -> String {
        try await ServiceProcess.output(arguments, folder: folder, stripe: simulator.url, input: input)
    }

    /// What a verb that is to succeed prints as one JSON object; empty when it only says a sentence.
    package func json(_ arguments: String...) async throws -> [String: Any] {
        try await ServiceProcess.verb(arguments, folder: folder, stripe: simulator.url)
    }

    /// A process that serves the file.
    package func serve(_ arguments: String...) async throws -> ServiceProcess {
        try await ServiceProcess(folder: folder, stripe: simulator.url, arguments: arguments)
    }
}
