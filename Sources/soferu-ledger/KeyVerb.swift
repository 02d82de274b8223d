import Console
import LedgerProgram

/// `key rotate`: replaces the key that tenants' Stripe keys are sealed with.
enum KeyVerb {
    static let verb = Verb(
        "key rotate", "Encrypts all tenants' Stripe keys with a new key, and deletes the old key.", examples: ["key rotate --db ledger.db"],
        notes: ["If it is interrupted, the key file can still decrypt everything; run it again."]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        try context.keyFile.addKey()
        let count = try await context.ledger.resealSecrets()
        try context.keyFile.forgetOldKeys()
        try invocation.say("\(count) \(count == 1 ? "tenant's keys are" : "tenants' keys are") encrypted with a new key.")
    }
}
