import Console
import Ledger
import LedgerProgram
import LedgerService

/// `tenant fee-note`: how the VAT of Stripe's fees is treated.
enum FeeNoteVerb {
    private static let treatment = Parameter.argument(
        "TREATMENT", .choice(of: StripeFeeTreatment.self),
        "reverse_charge: the tenant owes the tax itself (§ 13b UStG); exempt: § 4 no. 8 UStG. The tenant's adviser decides.")
    private static let from = Parameter.requiredOption("from", .month, "The first month that it is about; it must be open.")
    private static let words = Parameter.option(
        "words", .text("WORDS", .reason), "What the statement prints, instead of the usual words.")

    static let verb = Verb(
        "tenant fee-note", "Says how the VAT of Stripe's fees is treated; the statement prints it.",
        [Options.tenant, treatment, from, words],
        examples: ["tenant fee-note seeblick reverse_charge --from 2026-12"],
        notes: ["It holds until another is set. A closed month keeps what it said."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let note = StripeFeeNote(from: invocation[from], treatment: invocation[treatment], words: invocation[words])
        try await context.ledger.setStripeFeeNote(note, of: invocation[Options.tenant], by: context.actor)
        try invocation.say("From \(note.from): \(note.phrase.english)")
    }
}
