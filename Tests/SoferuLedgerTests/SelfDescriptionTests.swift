import Foundation
import TestSupport
import Testing

/// What the programs tell about themselves to a shell and to `man`.
@Suite struct `What the programs tell about themselves` {
    private static let programs = [ProgramRun.program, SimulatorProcess.products.appendingPathComponent("ledger-replay").path]

    /// The verbs in the program's own list: two blanks before them, two or more behind.
    private func verbs(of program: String) async throws -> [String] {
        let help = try await ProgramRun(program: program, ["--help"]).output
        let list = try #require(help.split(separator: "\nVerbs\n").last?.split(separator: "\n\n").first)
        return list.split(separator: "\n").compactMap { $0.firstMatch(of: /^  ([a-z-]+( [a-z-]+)*)( {2}|$)/).map { String($0.1) } }
    }

    @Test(arguments: programs)
    func `the man page has every verb, and needs no ledger`(program: String) async throws {
        let page = try await ProgramRun(program: program, ["--man"])
        #expect(page.exit == 0 && page.errors == "" && page.output.hasPrefix(".TH "))
        for verb in try await verbs(of: program) {
            #expect(page.output.contains(".SS \(verb.replacing("-", with: "\\-"))\n"), "\(verb)")
        }
    }

    @Test(arguments: programs)
    func `bash completes every verb word by word`(program: String) async throws {
        let script = try await ProgramRun(program: program, ["--completions", "bash"])
        #expect(script.exit == 0 && script.errors == "")
        let name = URL(fileURLWithPath: program).lastPathComponent
        let verbs = try await verbs(of: program)
        #expect(!verbs.isEmpty)
        // One bash for all verbs: for each word of each verb, what is offered where that word stands.
        var asking = script.output
        var expected: [String] = []
        for verb in verbs {
            let words = verb.split(separator: " ").map(String.init)
            for (index, word) in words.enumerated() {
                let typed = ([name] + words[..<index] + ["''"]).joined(separator: " ")
                asking += """
                    COMP_WORDS=(\(typed)); COMP_CWORD=\(index + 1)
                    _\(name.replacing("-", with: "_"))
                    case " ${COMPREPLY[*]} " in *' \(word) '*) echo '\(verb): \(word)' ;; esac

                    """
                expected.append("\(verb): \(word)")
            }
        }
        let folder = try TemporaryFolder()
        try Data(asking.utf8).write(to: URL(fileURLWithPath: folder.file("ask")))
        let result = try await ProgramRun(program: "/bin/bash", ["--norc", folder.file("ask")])
        #expect(result.errors == "")
        #expect(result.output.split(separator: "\n").map(String.init) == expected)
    }
}
