import Console
import Ledger
import LedgerProgram
import LedgerService

/// `backup`, `restore`, `migrate`: the ledger file itself.
enum FileVerbs {
    static let all = [backup, restore, migrate]

    private static let target = Parameter.argument("FILE", .file, "Where the copy goes; must not exist.")

    private static let backup = Verb(
        "backup", "Copies the ledger file while others go on working.", [target], examples: ["backup ledger-2026-11-24.db"],
        notes: [
            "Lists the last hash of each tenant's journal in the copy: a restored ledger shows the same. The key file is not in it; keep "
                + "a copy of that apart."
        ]
    ) { invocation in
        let world = try await World.open(invocation)
        try invocation.show(table(try world.ledger.backup(to: invocation[target])))
        try invocation.remark("\(invocation[Options.database]) was copied to \(invocation[target]).")
    }

    private static let source = Parameter.argument("FILE", .file, "The backup; it is only read.")
    private static let replace = Parameter.flag("replace", "Moves a ledger that is there aside.")

    private static let restore = Verb(
        "restore", "Puts a backup in the ledger's place, once its pages, its format and every tenant's books are proved to be whole.",
        [source, replace],
        examples: ["restore ledger-2026-11-24.db --db ledger.db", "restore ledger-2026-11-24.db --db ledger.db --replace"],
        notes: [
            "Stop the service before. A ledger that is there is never overwritten: --replace renames it to FILE.replaced- and the time.",
            "The key file must be the one from the time of the backup. Everybody is logged out. Tokens, users and passwords are those of the "
                + "backup: look at `token list` and `user list`. Then run `sync`: until Stripe has been read, nothing is taken. What was made after the backup "
                + "is found there; enter the folios and lines that are missing, and run `reconcile --repair`.",
        ]
    ) { invocation in
        let path = invocation[Options.database]
        let bar = invocation.progress("Verifying", total: 0)
        let leftovers = Leftovers()
        let restored = try await World.restore(
            invocation[source], to: path, replace: invocation[replace], making: leftovers.remember, progress: { bar.advance(by: 1000) })
        leftovers.forget()
        bar.finish()
        invocation.keepPrivate(invocation[source])
        // Read from the place where it now lies.
        let world = try await World.open(invocation, timed: false)
        try invocation.show(table(try world.ledger.journalHeads()))
        try invocation.remark("\(invocation[source]) was restored to \(path).")
        if let aside = restored.aside { try invocation.say("The ledger that was there before is now \(aside).") }
        if restored.migrationsFound < World.migrations {
            try invocation.say("It was brought from migration \(restored.migrationsFound) to \(World.migrations).")
        }
        let sealed = try world.ledger.tenantsWithSealedKeys()
        if sealed.isEmpty, restored.aside == nil, try world.ledger.tenantViews().contains(where: \.hasStripeAccount) {
            try invocation.say(
                "Its Stripe keys can be opened: `sync` and `serve` will hold and take real money. For a rehearsal take the key file "
                    + "\(world.keyFile.path) away first.")
        }
        if !sealed.isEmpty {
            try invocation.say(
                "The Stripe keys of \(sealed.joined(separator: ", ")) cannot be opened with the key file \(world.keyFile.path): put back the one "
                    + "from the time of the backup, or set the keys again with `tenant stripe`. Without the key file nothing can be sent, which is "
                    + "right for a rehearsal.")
        }
        try invocation.say(
            "Everybody is logged out. Look at `token list` and `user list`, then run `sync`: until then nothing is taken. "
                + "Enter what is missing since the backup, and run `reconcile --repair`.")
    }

    private static func table(_ heads: [JournalHead]) -> Table {
        Table(
            [Column("tenant", "Tenant"), Column("entries", "Entries", .number), Column("last_hash", "Last hash", .hash)],
            rows: heads.map { [.text($0.tenant.id), .integer($0.entries), .hash(hexadecimal($0.hash))] }, empty: "No books yet.")
    }

    private static let migrate = Verb(
        "migrate", "Brings the ledger file up to this program's version.", examples: ["migrate --db ledger.db"],
        notes: ["Every verb does so by itself; this one does nothing else."]
    ) { invocation in
        let found = try await World.open(invocation, timed: false).store.migrationsFound
        let (file, all) = (invocation[Options.database], World.migrations)
        try invocation.say(
            found == all ? "\(file) is up to date (migration \(all))." : "\(file) was brought from migration \(found) to \(all).")
    }
}
