import Ledger
import LedgerService
import LedgerStore
import Stripe

/// One running program on the ledger's file: everything it keeps in memory is here, and gone when it dies.
final class Process: @unchecked Sendable {
    let number: Int
    private(set) var file: Database!
    private(set) var ledger: LedgerService!
    private(set) var isDead = false

    init(number: Int, path: String, world: World) throws {
        self.number = number
        let (clock, conductor) = (world.clock, world.conductor)
        // The writer asks for the time before each job.
        file = try Database(
            path: path,
            clock: {
                conductor.waitForPause()
                return clock.now
            }, readers: 2)
        let keyRing = KeyRing(keys: [Array(0..<32)])!
        let (wire, dice) = (Wire(world: world, process: self), Dice(seed: world.dice.next()))
        ledger = LedgerService(store: file, random: world.keys, asksFirst: false, keyRing: { keyRing }) { [unowned self] key in
            var limits = StripeClient.Limits()
            limits.retries.repeats = 1
            return StripeClient(
                key: key, baseURL: "http://stripe", transport: wire, limits: limits, random: dice,
                sleep: { [unowned self] in try await self.sleep($0, world) })
        }
    }

    private func sleep(_ milliseconds: Int, _ world: World) async throws {
        await world.waiting.wait(self, until: world.clock.now.milliseconds + Int64(milliseconds))
        if isDead { throw CancellationError() }
    }

    /// Dies on the spot: nothing it still does reaches the file or Stripe.
    func die() {
        isDead = true
        file.close()
    }
}
