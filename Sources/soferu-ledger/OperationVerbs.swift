import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `operations …`: calls to Stripe of which nobody knows yet what they did.
enum OperationVerbs {
    static let all = [list, retry, dismiss]

    private static let operation = Parameter.argument(
        "OPERATION", .wholeNumber(1...Int64.max), "The operation's number, as `operation list` shows it.")
    private static let onlyOperation = Parameter.option(
        "operation", .wholeNumber(1...Int64.max), "Only this operation; without it, all operations without an outcome.")

    private static let list = Verb(
        "operation list", "Lists operations (calls to Stripe) that have no outcome yet.", [Options.tenant],
        examples: ["operation list seeblick"],
        notes: ["Parked operations wait for you; the others are sent again automatically."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let operations = try context.ledger.openOperations(of: invocation[Options.tenant])
        try invocation.show(
            ShapedResult(
                list: StripeWorkShapes.operation, operations,
                people: Table(
                    [
                        Column("number", "No.", .number), Column("folio", "Folio"), Column("what", "What", fit: .wrapped),
                        Column("state", "State"),
                        Column("attempts", "Attempts", .number), Column("created_at", "Since", .instant),
                        Column("problem", "Problem", fit: .wrapped),
                    ],
                    rows: operations.map {
                        [
                            .integer($0.number), .of($0.folio, Cell.text), .text($0.what.english),
                            .text($0.isParked ? "parked" : "waiting"),
                            .integer(Int64($0.attempts)),
                            .instant($0.since), .of($0.problem, Cell.text),
                        ]
                    }, empty: "Stripe has answered all operations.")))
    }

    private static let retry = Verb(
        "operation retry", "Sends operations without an outcome to Stripe again, and resumes what waits for them.",
        [Options.tenant, onlyOperation], examples: ["operation retry seeblick", "operation retry seeblick --operation 17"],
        notes: ["Nothing is done twice: Stripe is asked first what the call did. Exits with 1 if an operation still has no outcome."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let left = try await context.ledger.retryOperations(invocation[onlyOperation], of: invocation[Options.tenant])
        guard left == 0 else { throw OperationsLeft(count: left) }
        try invocation.show(Record([.init("left", "Without an outcome", .integer(0))]))
    }

    private static let dismiss = Verb(
        "operation dismiss", "Dismisses a parked operation permanently, after Stripe has confirmed that it had no effect.",
        [Options.tenant, operation, Options.reason],
        examples: ["operation dismiss seeblick 17 --reason 'the card was removed at Stripe'"],
        notes: [
            "The operation then counts as refused: a hold covers nothing, a payment is not taken, and the folio can be checked out again.",
            "If Stripe shows that it took effect, the effect is booked and nothing is dismissed.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let number = invocation[operation]
        try await context.ledger.dismissOperation(
            number, reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(Record([.init("dismissed", "Dismissed", .integer(number))]))
    }
}

/// Operations have no outcome again.
struct OperationsLeft: OperatorRefusal {
    let count: Int

    var code: String { "operations_left" }
    var message: String { "Stripe has still not answered \(count) \(count == 1 ? "operation" : "operations")." }
    var hint: String? { "`soferu-ledger operation list` says why. `operation dismiss` dismisses one that can never succeed." }
}
