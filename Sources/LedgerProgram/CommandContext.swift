import Console
import Foundation
import Ledger
import LedgerAccess
import LedgerService
import LedgerStore
import Stripe

/// The parts of a program, built once for one verb. Nothing else in the command line knows the store.
package struct CommandContext: Sendable {
    /// The ledger's file.
    package let store: Database
    /// What people and programs can ask of the ledger.
    package let ledger: LedgerService
    /// Users, sessions, passwords and tokens of the same file.
    package let access: LedgerAccess
    /// The books' clock, which `store` and `ledger` go by.
    package let clock: LedgerClock
    /// Beside the ledger's file, or where `--key-file` says.
    package let keyFile: KeyFile
    /// Without a slash at the end.
    package let stripeURL: String
    /// Carries every call to Stripe, of all tenants.
    package let transport: CurlTransport
    /// Who runs the verb, as the journal names them.
    package let actor: String
    /// What was found about the files and set right, or should be: sentences.
    package let fileNotes: [String]
    /// `nil` where the system's clock is the clock.
    private let simulator: SimulatorClock?

    /// May do everything: whoever has the file can change it anyway.
    package var caller: Caller { .commandLine(actor: actor) }

    /// - Parameters:
    ///   - create: Whether a missing ledger file is made.
    ///   - createsKeyFile: Whether a missing key file is made.
    ///   - asksFirst: See `LedgerService`.
    ///   - timed: Whether the verb needs to know what time it is. One that does not never asks anybody.
    ///   - saysNotes: Whether `fileNotes` are written to standard error here.
    /// - Throws: `StoreRefusal` when the file cannot be used; `FileRefusal.openToOthers`; `SimulatedClockRefusal` with `--simulated-clock`.
    package static func open(
        _ invocation: Invocation, create: Bool = false, createsKeyFile: Bool = false, asksFirst: Bool = true, timed: Bool = true,
        saysNotes: Bool = true
    ) async throws -> CommandContext {
        let url = invocation[Options.stripeURL].text
        let transport = CurlTransport()
        let simulator =
            timed && invocation[Options.simulatedClock]
            ? try SimulatorClock(at: invocation[Options.stripeURL], transport: transport) : nil
        let clock = LedgerClock()
        if let simulator { clock.follow(try await simulator.time()) }
        let store = try Database(path: invocation[Options.database], clock: { clock.now }, create: create)
        let notes = try tightenFiles(invocation[Options.database])
        if saysNotes { for note in notes { invocation.terminal.writeError(note + "\n") } }
        let random = RandomSource(SystemRandomNumberGenerator())
        let keyFile = KeyFile(path: invocation[Options.keyFile] ?? invocation[Options.database] + ".key")
        var ledger = LedgerService(
            store: store, random: random, asksFirst: asksFirst, keyRing: { try keyFile.ring(create: createsKeyFile) }
        ) { key in
            StripeClient(key: key, baseURL: url, transport: transport)
        }
        if let publicURL = invocation[Options.publicURL] { ledger = ledger.reached(at: publicURL.text) }
        if simulator != nil, let tenant = try ledger.tenants().first(where: { $0.isLive == true }) {
            throw SimulatedClockRefusal.live(tenant: tenant.id)
        }
        return CommandContext(
            store: store, ledger: ledger, access: LedgerAccess(store: store, random: random), clock: clock, keyFile: keyFile,
            stripeURL: url, transport: transport,
            actor: invocation[Options.actor], fileNotes: notes, simulator: simulator)
    }

    /// Puts a backup in a ledger's place, see `Database.restore`. What it notes down has the system's time.
    ///
    /// - Parameter progress: Called now and then, for each 1,000 entries.
    package static func restore(
        _ backup: String, to path: String, replace: Bool, making: ([String]) -> Void, progress: () -> Void
    ) async throws -> Restored {
        let clock = LedgerClock()
        return try await Database.restore(
            backup, to: path, replace: replace, clock: { clock.now }, making: making, progress: { _, _ in progress() })
    }

    /// How many migrations a ledger has that is up to date.
    package static var migrations: Int { Migration.released.count }

    /// Once it has proved to be a ledger, with what lies beside it.
    private static func tightenFiles(_ path: String) throws -> [String] {
        var notes: [String] = []
        for file in ["", "-wal", "-shm", "-journal"].map({ path + $0 }) where try PrivateFile.tighten(file) {
            notes.append(PrivateFile.sentence(file))
        }
        if PrivateFile.isInOpenFolder(path) {
            notes.append("Any user can replace \(path): remove the write permission of others from its folder (chmod o-w).")
        }
        return notes
    }

    /// Sets the clock to the simulator's, which can be moved by order, and leaves it as it is while that is silent; `nil` where the system's
    /// clock is the clock.
    package var followsSimulator: (@Sendable () async -> Void)? {
        guard let simulator else { return nil }
        let clock = clock
        return { if let time = try? await simulator.time() { clock.follow(time) } }
    }

    /// Runs `body` for the tenant that was asked for, or for one after the other. Then one tenant's trouble keeps no other from
    /// its turn.
    ///
    /// - Returns: Who was refused, and why.
    package func eachTenant(_ only: String?, _ body: (Tenant) async throws -> Void) async throws -> [(Tenant, any Refusal)] {
        let tenants = try only.map { [try ledger.tenant($0)] } ?? ledger.tenantsToAsk()
        var refused: [(Tenant, any Refusal)] = []
        for tenant in tenants {
            do {
                try await body(tenant)
            } catch let refusal as any Refusal {
                refused.append((tenant, refusal))
            } catch {
                // Alone it is told as it is.
                guard only == nil else { throw error }
                refused.append((tenant, Unexpected(tenant: tenant.id, what: plainWords(of: error))))
            }
        }
        return refused
    }
}

/// An error that has no words of its own, met at one of several tenants.
private struct Unexpected: OperatorRefusal {
    let tenant: String
    let what: String

    var code: String { "unexpected" }
    var message: String { "This should not have happened at tenant \"\(tenant)\": \(what)." }
    var hint: String? { "The other tenants are done; run it with --tenant \(tenant) to see this failure alone." }
}
