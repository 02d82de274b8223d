import Console
import LedgerProgram

/// `key rotate`: replaces the key that tenants' Stripe keys are sealed with.
enum KeyVerb {
    static let verb = Verb(
        "key rotate", "Seals all tenants' Stripe keys under a new key, and forgets the old one.", examples: ["key rotate --db ledger.db"],
        notes: ["Interrupted at any point it leaves a key file that opens everything; run it again."]
    ) { invocation in
        let world = try await World.open(invocation, timed: false)
        try world.keyFile.addKey()
        let count = try await world.ledger.resealSecrets()
        try world.keyFile.forgetOldKeys()
        try invocation.say("\(count) \(count == 1 ? "tenant's keys are" : "tenants' keys are") sealed under a new key.")
    }
}
