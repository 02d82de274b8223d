import Console
import Ledger
import LedgerStore

/// `backup`, `migrate`: the ledger file itself.
enum FileVerbs {
    static let all = [backup, migrate]

    private static let target = Parameter.argument("FILE", .file, "Where the copy goes; must not exist.")

    private static let backup = Verb(
        "backup", "Copies the ledger file while others go on working.", [target], examples: ["backup ledger-2026-11-24.db"]
    ) { invocation in
        let world = try await World.open(invocation, timed: false)
        try world.store.backup(to: invocation[target])
        try invocation.say("\(invocation[Options.database]) was copied to \(invocation[target]).")
    }

    private static let migrate = Verb(
        "migrate", "Brings the ledger file up to this program's version.", examples: ["migrate --db ledger.db"],
        notes: ["Every verb does so by itself; this one does nothing else."]
    ) { invocation in
        let found = try await World.open(invocation, timed: false).store.migrationsFound
        let (file, all) = (invocation[Options.database], Migration.released.count)
        try invocation.say(
            found == all ? "\(file) is up to date (migration \(all))." : "\(file) was brought from migration \(found) to \(all).")
    }
}
