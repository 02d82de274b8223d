import Console
import Ledger
import LedgerProgram
import LedgerService

/// `backup`, `restore`, `migrate`: the ledger file itself.
enum FileVerbs {
    static let all = [backup, restore, migrate]

    private static let target = Parameter.argument("FILE", .file, "The path of the copy; the file must not exist.")

    private static let backup = Verb(
        "backup", "Copies the ledger file while it is in use.", [target], examples: ["backup ledger-2026-11-24.db"],
        notes: [
            "Lists the last hash of each tenant's journal in the copy; a restored ledger shows the same hashes. The copy does not contain the "
                + "key file: back that up separately."
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try invocation.show(table(try context.ledger.backup(to: invocation[target])))
        try invocation.remark("\(invocation[Options.database]) was copied to \(invocation[target]).")
    }

    private static let source = Parameter.argument("FILE", .file, "The backup; it is not changed.")
    private static let replace = Parameter.flag("replace", "Renames an existing ledger instead of refusing.")

    private static let restore = Verb(
        "restore", "Restores a backup as the ledger, after checking its pages, its format and every tenant's books.",
        [source, replace],
        examples: ["restore ledger-2026-11-24.db --db ledger.db", "restore ledger-2026-11-24.db --db ledger.db --replace"],
        notes: [
            "Stop the service first. An existing ledger is never overwritten: --replace renames it to FILE.replaced- and the time.",
            "The key file must be the one from the time of the backup. All users are logged out. Tokens, users and passwords are those of the "
                + "backup: check `token list` and `user list`. Then run `sync`: no money is taken until Stripe has been read. Sync finds what the ledger "
                + "made at Stripe after the backup. Enter the missing folios and lines, and run `reconcile --repair`.",
        ]
    ) { invocation in
        let path = invocation[Options.database]
        let bar = invocation.progress("Verifying", total: 0)
        let leftovers = Leftovers()
        let restored = try await CommandContext.restore(
            invocation[source], to: path, replace: invocation[replace], making: leftovers.remember, progress: { bar.advance(by: 1000) })
        leftovers.forget()
        bar.finish()
        invocation.keepPrivate(invocation[source])
        // Read from the place where it now lies.
        let context = try await CommandContext.open(invocation, timed: false)
        try invocation.show(table(try context.ledger.journalHeads()))
        try invocation.remark("\(invocation[source]) was restored to \(path).")
        if let aside = restored.aside { try invocation.say("The previous ledger is now \(aside).") }
        if restored.migrationsFound < CommandContext.migrations {
            try invocation.say("It was migrated from \(restored.migrationsFound) to \(CommandContext.migrations).")
        }
        let sealed = try context.ledger.tenantsWithSealedKeys()
        if sealed.isEmpty, restored.aside == nil, try context.ledger.tenantViews().contains(where: \.hasStripeAccount) {
            try invocation.say(
                "Its Stripe keys can be decrypted: `sync` and `serve` will hold and take real money. For a rehearsal, remove the key file "
                    + "\(context.keyFile.path) first.")
        }
        if !sealed.isEmpty {
            try invocation.say(
                "The Stripe keys of \(sealed.joined(separator: ", ")) cannot be decrypted with the key file \(context.keyFile.path): restore the one "
                    + "from the time of the backup, or set the keys again with `tenant stripe`. Without the key file nothing is sent to Stripe, "
                    + "which is right for a rehearsal.")
        }
        try invocation.say(
            "All users are logged out. Check `token list` and `user list`, then run `sync`: until then no money is taken. "
                + "Enter what is missing since the backup, and run `reconcile --repair`.")
    }

    private static func table(_ heads: [JournalHead]) -> Table {
        Table(
            [Column("tenant", "Tenant"), Column("entries", "Entries", .number), Column("last_hash", "Last hash", .hash)],
            rows: heads.map { [.text($0.tenant.id), .integer($0.entries), .hash(hexadecimal($0.hash))] }, empty: "No books yet.")
    }

    private static let migrate = Verb(
        "migrate", "Migrates the ledger file to this program's version.", examples: ["migrate --db ledger.db"],
        notes: ["Every other verb does this automatically; this one does nothing else."]
    ) { invocation in
        let found = try await CommandContext.open(invocation, timed: false).store.migrationsFound
        let (file, all) = (invocation[Options.database], CommandContext.migrations)
        try invocation.say(
            found == all ? "\(file) is up to date (migration \(all))." : "\(file) was migrated from \(found) to \(all).")
    }
}
