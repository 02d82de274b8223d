import Foundation
import Ledger

@testable import Console

/// Collects what a program says; its clock stands still unless it is moved.
final class Screen: @unchecked Sendable {
    private let lock = NSLock()
    private var outputText = ""
    private var errorTexts: [String] = []
    private var time = Instant(milliseconds: 0)

    var output: String { lock.withLock { outputText } }
    var errors: [String] { lock.withLock { errorTexts } }

    func advance(milliseconds: Int64) { lock.withLock { time = Instant(milliseconds: time.milliseconds + milliseconds) } }

    func terminal(width: Int? = nil) -> Terminal {
        Terminal(
            outputWidth: width, errorWidth: width, clock: { self.lock.withLock { self.time } },
            output: { text in self.lock.withLock { self.outputText += text } },
            error: { text in self.lock.withLock { self.errorTexts.append(text) } })
    }
}

/// A small program with every kind of parameter. Its verbs print what they read.
enum Sample {
    enum Pay: String, CaseIterable, Sendable { case reserved, direct }

    static let database = Parameter.option("db", .file, default: "ledger.db", environment: "LEDGER_DB", "The ledger file.")
    static let tenant = Parameter.argument("TENANT", .text(), "The tenant's id.")
    static let reference = Parameter.argument("REFERENCE", .text(), "The folio's number.")
    static let place = Parameter.optionalArgument("PLACE", .text(), "Where to look.")
    static let guest = Parameter.requiredOption("guest", .text("NAME"), "The guest's name.")
    static let arrival = Parameter.option("arrival", .day, "The day the guest arrives.")
    static let pay = Parameter.option("pay", .choice(of: Pay.self), default: "reserved", "How the guest pays.")
    static let amount = Parameter.option("amount", .amount, "What is held or paid.")
    static let quantity = Parameter.option("quantity", .wholeNumber(1...100), default: "1", "How many.")
    static let tags = Parameter.repeatedOption("tag", .text("WORD"), "A word to find it by.")
    static let quiet = Parameter.flag("quiet", "Sends no mail to the guest.")

    static let open = Verb(
        "folio open", "Opens a folio and asks the guest for the payment.",
        [tenant, reference, guest, arrival, pay, amount, quantity, tags, quiet],
        examples: ["folio open seeblick R-4711 --guest 'Anna Weiß' --arrival 2026-11-20 --amount 300.00"],
        notes: ["With `--pay reserved` nothing is taken before check-out."]
    ) { invocation in
        let facts: [String] = [
            invocation[tenant], invocation[reference], invocation[guest], invocation[arrival]?.description ?? "-",
            invocation[pay].rawValue, try invocation[amount]?.positive(in: .eur).description ?? "-",
            "\(invocation[quantity])", "\(invocation[tags])", "\(invocation[quiet])", invocation[database],
        ]
        try invocation.terminal.write(facts.joined(separator: " | ") + "\n")
    }

    static let list = Verb("folio list", "Lists folios.", [tenant, place], examples: ["folio list seeblick"]) { invocation in
        try invocation.show(Table([Column("tenant", "Tenant")], rows: [[.text(invocation[tenant])]]))
        try invocation.say("One tenant.")
    }

    static let checkOut = Verb("check-out", "Takes what is due.", [tenant], examples: ["check-out seeblick"]) { invocation in
        if invocation[tenant] == "burning" { throw CocoaError(.fileReadCorruptFile) }
        throw CheckOutRefused()
    }

    static let add = Verb(
        "user add", "Adds a user.", [ownTenant, userName], examples: ["user add seeblick anna"]
    ) { invocation in
        try invocation.terminal.write("\(invocation[ownTenant] ?? "-") | \(invocation[userName])\n")
    }
    private static let ownTenant = Parameter.optionalArgument("TENANT", .text(), "Whose.")
    private static let userName = Parameter.argument("NAME", .text(), "The user's name.")

    static let program = Program(
        name: "sample", summary: "A ledger for hotels.", version: "1.2.3", shared: [database], verbs: [open, list, checkOut, add])
}

struct CheckOutRefused: Refusal {
    var code: String { "plan_changed" }
    var message: String { "The plan has changed." }
    var hint: String? { "Look at the new one." }
    var german: RefusalWords { RefusalWords("Der Plan hat sich geändert.", hint: "Sehen Sie sich den neuen an.") }
}

/// Runs the sample program.
func run(_ words: String..., environment: [String: String] = [:], width: Int? = nil) async -> (exit: Int32, output: String, error: String) {
    let screen = Screen()
    let exit = await Sample.program.run(words, environment: environment, terminal: screen.terminal(width: width))
    return (exit, screen.output, screen.errors.joined())
}
