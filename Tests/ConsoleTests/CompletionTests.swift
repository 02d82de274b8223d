import Foundation
import Testing

@testable import Console

/// Texts that a shell would take for something else, and a file as argument.
private let books = Program(
    name: "hotel-books", summary: "Books.", version: "1", shared: [Sample.database],
    verbs: [
        Verb(
            "restore", "Puts a backup in the ledger's place: all of it.",
            [
                Parameter.argument("FILE", .file, "The backup."), Parameter.argument("PAY", .choice(of: Sample.Pay.self), "How."),
                Parameter.option("note", .text("A:B"), "What's noted [or not]: $HOME, `date`, \\ and \"quotes\"."),
            ], examples: ["restore a"]
        ) { _ in }
    ])

/// Has a shell read a script, and gives back what it says. By `popen`: Foundation's `Process` crashes now and then when several are
/// started at once.
private func shell(_ name: String, _ options: String, reads script: String) throws -> (exit: Int32, output: String) {
    let file = NSTemporaryDirectory() + "console-\(UUID().uuidString).\(name)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try script.write(toFile: file, atomically: true, encoding: .utf8)
    guard let stream = popen("\(name) \(options) '\(file)' 2>&1", "r") else { throw CocoaError(.fileReadUnknown) }
    var output: [UInt8] = []
    while case let byte = getc(stream), byte != EOF { output.append(UInt8(byte)) }
    return (pclose(stream) >> 8 & 0xFF, String(decoding: output, as: UTF8.self))
}

@Suite struct `Completion` {
    /// - Parameter words: As bash takes the line apart; the last one is being typed.
    private func bash(_ program: Program, _ words: [String]) throws -> [String] {
        let line = ([program.name] + words).map { "'\($0)'" }.joined(separator: " ")
        let asking = """
            COMP_WORDS=(\(line)); COMP_CWORD=\(words.count)
            \(program.identifier)
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let result = try shell("bash", "--norc", reads: Shell.bash.completions(of: program) + asking)
        #expect(result.exit == 0, "\(result.output)")
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        ("", ["folio", "check-out", "user"]),
        ("fo", ["folio"]),
        ("folio ", ["open", "list"]),
        ("folio open --q", ["--quantity", "--quiet"]),
        ("folio open --pay ", ["reserved", "direct"]),
        ("folio open --pay =", ["reserved", "direct"]),
        ("folio open --pay = d", ["direct"]),
        ("folio open --guest list --pay r", ["reserved"]),
        ("folio open --quiet --format ", ["table", "json", "csv"]),
        ("folio open --guest ", []),
        ("folio open ", []),
        ("--format json folio l", ["list"]),
        ("--format = json folio l", ["list"]),
        ("--db http : //host folio l", ["list"]),
        ("folio list --", ["--db", "--format", "--help"]),
        ("folio list a b ", ["--db", "--format", "--help"]),
        ("--", ["--completions", "--man", "--version", "--db", "--format", "--help"]),
        ("--completions z", ["zsh"]),
        ("weather fo", []),
    ])
    func `bash offers what can stand there`(line: String, offered: [String]) throws {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        #expect(try bash(Sample.program, words) == offered)
    }

    @Test func `bash offers files where a file is meant, and words after it`() throws {
        let folder = NSTemporaryDirectory() + "console \(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "".write(toFile: folder + "/back up.db", atomically: true, encoding: .utf8)
        for words in [["restore"], ["restore", "--db"], ["--db"], ["restore", "--db", "="]] {
            #expect(try bash(books, words + [folder + "/b"]) == [folder + "/back up.db"], "\(words)")
        }
        #expect(try bash(books, ["restore", "a", "d"]) == ["direct"])
    }

    @Test func `zsh and fish show what verbs and options mean, in the words of help`() {
        let zsh = Shell.zsh.completions(of: Sample.program)
        #expect(zsh.hasPrefix("#compdef sample\n"))
        #expect(zsh.contains("'open:Opens a folio and asks the guest for the payment.'"))
        #expect(zsh.contains(#"'--guest=[The guest'\''s name.]:NAME: '"#))
        #expect(zsh.contains("'--pay=[How the guest pays.]:pay:(reserved direct)'"))
        #expect(zsh.contains("'*--tag=[A word to find it by.]:WORD: '"))
        #expect(zsh.contains("'--db=[The ledger file.]:FILE:_files'"))
        let fish = Shell.fish.completions(of: Sample.program)
        #expect(fish.contains("-n '_sample_at 1 folio' -a 'open' -d 'Opens a folio and asks the guest for the payment.'\n"))
        #expect(fish.contains(#"-n '_sample_at any folio open' -l guest -r -f -d 'The guest\'s name.'"#))
        #expect(fish.contains("-l pay -r -f -a 'reserved direct' -d 'How the guest pays.'\n"))
        #expect(fish.contains("complete -c sample -l db -r -F -d 'The ledger file.'\n"))
    }

    @Test(arguments: Shell.allCases)
    func `each shell that is installed can read its script`(kind: Shell) throws {
        for program in [Sample.program, books] {
            let result = try shell(kind.rawValue, "-n", reads: kind.completions(of: program))
            // 127: this shell is not installed.
            #expect((result.exit == 0 && result.output == "") || (result.exit == 127 && kind != .bash), "\(result.output)")
        }
    }

    @Test func `the script goes to standard output, and another shell is refused in one sentence`() async {
        let script = await run("--completions", "bash")
        #expect(script.exit == 0 && script.output == Shell.bash.completions(of: Sample.program))
        #expect(await run("--completions=fish").output.hasPrefix("# Completion of sample 1.2.3, printed by `sample --completions fish`."))
        let refused = await run("--completions", "tcsh")
        #expect(refused.exit == 2 && refused.output == "")
        #expect(
            refused.error == """
                error: --completions needs bash, zsh or fish, not "tcsh".
                  hint: Type `sample --help` for its usage.

                """)
    }
}
