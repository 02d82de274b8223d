import Foundation
import LedgerSimulation

// Plays runs of the simulation: `ledger-simulation [--seed N] [--runs N] [--stays N] [--plant NAME] [--without GROUP,…]
// [--trace STAY]`. See scripts/simulate.

var options: [String: String] = [:]
var words = Array(CommandLine.arguments.dropFirst())
while words.count >= 2, words[0].hasPrefix("--") {
    options[String(words[0].dropFirst(2))] = words[1]
    words.removeFirst(2)
}
let known = ["seed", "runs", "stays", "plant", "commit", "seconds", "without", "trace"]
guard words.isEmpty, options.keys.allSatisfy(known.contains) else {
    FileHandle.standardError.write(
        Data(
            "usage: ledger-simulation [--seed N] [--runs N] [--stays N] [--seconds N] [--plant NAME] [--without GROUP,…] [--trace STAY]\n"
                .utf8))
    exit(2)
}

exit(Runs(options).play() ? 0 : 1)
