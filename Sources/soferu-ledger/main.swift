import Console
import Foundation
import Ledger
import LedgerProgram

Crash.keepsMemoryToItself()
signal(SIGPIPE, SIG_DFL)
// A file that may not grow any more is an error with a sentence, not the end.
signal(SIGXFSZ, SIG_IGN)

let program = Program(
    name: "soferu-ledger",
    summary: "A ledger for hotels and shops that take payments through Stripe: stays, extras, holds, check-out and monthly statements.",
    version: Version.current,
    shared: Options.all + [Options.simulatedClock],
    verbs: [ServeVerb.verb] + TenantVerbs.all + [FeeNoteVerb.verb] + WebhookVerbs.all + TokenVerbs.all + UserVerbs.all + [AuditVerb.verb]
        + CatalogueVerbs.all
        + FolioVerbs.all + LineVerbs.all
        + PaymentVerbs.all + [
            CheckOutVerb.verb, LateChargeVerb.verb, DocumentVerb.verb,
        ]
        + BookVerbs.all + StripeVerbs.all + OperationVerbs.all + EventVerbs.all + FoundVerbs.all + PayoutVerbs.all + DisputeVerbs.all
        + MovementVerbs.all + RuleVerbs.all
        + UnreadableVerbs.all + FeeVerbs.all
        + FileVerbs.all + [
            KeyVerb.verb
        ])

exit(
    await program.run(
        Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment, terminal: .standard()))
