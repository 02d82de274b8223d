import Foundation

/// One verb of the program, run to its end as people run it: a process of its own.
package struct ProgramRun: Sendable {
    package let exit: Int32
    package let output: String
    package let errors: String

    /// How a verb says no: what is the matter, what to do about it, and nothing else.
    package var isOneSentenceWithAHint: Bool {
        let lines = errors.split(separator: "\n")
        return lines.count == 2 && lines[0].hasSuffix(".") && lines[1].hasPrefix("  hint: ")
    }

    package static var program: String { SimulatorProcess.products.appendingPathComponent("soferu-ledger").path }

    /// - Parameters:
    ///   - program: Another one than ours.
    ///   - wrapper: A program that starts it, with its arguments.
    ///   - device: Where its output goes instead.
    ///   - input: What stands on standard input.
    package init(
        program: String = Self.program, _ arguments: [String], environment: [String: String] = [:], through wrapper: [String] = [],
        output device: String? = nil,
        input: String = ""
    ) async throws {
        let folder = try TemporaryFolder()
        let (output, errors, typed) = (folder.file("output"), folder.file("errors"), folder.file("input"))
        try Data(input.utf8).write(to: URL(fileURLWithPath: typed))
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        guard let outputs = FileHandle(forWritingAtPath: device ?? output), let complaints = FileHandle(forWritingAtPath: errors),
            let inputs = FileHandle(forReadingAtPath: typed)
        else {
            throw CocoaError(.fileNoSuchFile)
        }
        let line = wrapper + [program] + arguments
        let process = try ChildProcess(
            line[0], Array(line.dropFirst()), environment: environment, input: inputs.fileDescriptor, output: outputs.fileDescriptor,
            errors: complaints.fileDescriptor)
        exit = await process.ended()
        self.output = try String(contentsOfFile: output, encoding: .utf8)
        self.errors = try String(contentsOfFile: errors, encoding: .utf8)
    }
}
