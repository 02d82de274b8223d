import Console
import Foundation
import Ledger
import LedgerProgram

signal(SIGPIPE, SIG_DFL)
// A file that may not grow any more is an error with a sentence, not the end.
signal(SIGXFSZ, SIG_IGN)

let program = Program(
    name: "ledger-replay", summary: "Imports a hotel's past bookings into a ledger, using a simulated Stripe.", version: Version.current,
    shared: Options.all, verbs: [BookingsVerb.verb])

exit(
    await program.run(
        Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment, terminal: .standard()))
